"""The answer of the command `compare` as types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from bilatcli.packs.comparison import CHANGES
from bilatcli.packs.value_types import Slug
from bilatcli.views.schema_names import Part

if TYPE_CHECKING:
    Change = str
else:
    Change = Literal[CHANGES]


class EditionInfo(Part):
    """An edition: its path, its packs, and the number of its `cited` facts that hold."""

    path: str
    packs: list[Slug]
    cited: int


class ChangeCounts(Part):
    """The number of facts with each change."""

    removed: int
    retracted: int
    lowered: int
    superseded: int
    re_sourced: int = Field(alias="re-sourced")
    corrected: int
    checked: int
    raised: int
    added: int


class ChangedValue(Part):
    """A key of a record, with its value in both editions; null if it has none."""

    key: str
    old: Any
    new: Any


class RecordChange(Part):
    """A change of a record. `table` and `text` are those of a fact.

    `lowered` and `raised` are changes of the verification. `worse` is true if the new edition has
    less to rely on.
    """

    record: Literal["pack", "source", "relation", "fact"]
    id: str
    change: Change
    worse: bool
    relation: Slug | None
    table: Slug | None
    text: str | None
    values: list[ChangedValue]


class Compare(Part):
    """The answer of the command `compare`; `worse` is true if the exit code is 1."""

    schema_: Literal["bilatcli/compare@1"] = Field(alias="schema")
    old: EditionInfo
    new: EditionInfo
    worse: bool
    counts: ChangeCounts
    changes: list[RecordChange]
