"""The editions of packs as types: in receipts, and in the answer to `--version --json`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bilatcli.packs.value_types import Slug
from bilatcli.views.schema_facts import Day
from bilatcli.views.schema_names import Part

Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class PackEdition(Part):
    """The edition of a pack: the day that it gives, and its digest as in `Version`."""

    name: Slug
    updated: Day
    digest: Digest


class Receipt(Part):
    """What an answer came from: the question, the day, the program and the editions of its packs.

    `answer` is the SHA-256 of the document as `--json` prints it without a receipt.
    """

    question: str
    day: Day
    version: str
    packs: list[PackEdition]
    answer: Digest


class InstalledPack(Part):
    """A pack that answers come from, and the number of its facts.

    `digest` is the SHA-256 of its file and of those of its tables, one after another.
    """

    name: Slug
    title: str
    licence: str
    updated: Day
    facts: int
    digest: Digest


class IndexInfo(Part):
    """The index: its format and its place.

    The place is `bundled` with the program, the user's `cache` if there are own packs, `memory` if
    the cache cannot be written, or an `engine`.
    """

    format: int
    place: Literal["bundled", "cache", "memory", "engine"]


class Version(Part):
    """The answer to `--version --json`: the program, its libraries and its packs in their order."""

    schema_: Literal["bilatcli/version@1"] = Field(alias="schema")
    version: str
    python: str
    sqlite: str
    index: IndexInfo
    packs: list[InstalledPack]
