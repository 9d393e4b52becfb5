"""The answer of the command `refresh` as types."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bilatcli.views.schema_facts import FactId
from bilatcli.views.schema_names import Part


class StateCounts(Part):
    """The number of facts in drafts in each state."""

    unknown: int
    no_value: int = Field(alias="no-value")
    retracted: int
    superseded: int
    changed: int
    current: int


class DraftFact(Part):
    """A fact in a draft, at a line and column from 1: its state, its old and its new text.

    `changed` is true if the draft gets the new text. `detail` is the id of the fact that superseded
    it, why it was retracted, the field that it lacks, or the ids that may be meant.
    """

    file: str
    line: int
    column: int
    id: FactId
    field: str
    state: Literal["unknown", "no-value", "retracted", "superseded", "changed", "current"]
    changed: bool
    old: str
    new: str | None
    detail: str | None


class Refresh(Part):
    """The answer of the command `refresh`."""

    schema_: Annotated[Literal["bilatcli/refresh@1"], Field(alias="schema")]
    counts: StateCounts
    facts: list[DraftFact]
