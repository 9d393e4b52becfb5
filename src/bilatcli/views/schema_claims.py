"""The answer of the command `verify` as types."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bilatcli.packs.value_types import CountryCode
from bilatcli.views.schema_facts import AnyFact, Day
from bilatcli.views.schema_names import Part
from bilatcli.views.schema_parts import Source


class NumberRead(Part):
    """A number in a sentence, from `low` to `high`, in a unit, a currency or none."""

    text: str
    low: float
    high: float
    unit: str | None
    vague: Literal["about", "above", "below"] | None


class SentenceReading(Part):
    """What was read in a sentence.

    `from` and `to` are codes of countries if it shows who did it to whom. Dates are EDTF. `words`
    are stems. `reservations` are kinds of words that say that something was planned or denied.
    """

    countries: list[CountryCode]
    subjects: list[str]
    from_: list[CountryCode] = Field(alias="from")
    to: list[CountryCode]
    dates: list[str]
    numbers: list[NumberRead]
    systems: list[str]
    words: list[str]
    negated: bool
    reservations: list[str]


class CheckedClaim(Part):
    """A sentence with its verdict, and the facts that this rests on or the nearest, best first.

    Line and column count from 1; `start` and `end` are places in the text, in characters from 0.
    """

    file: str | None
    text: str
    line: int
    column: int
    start: int
    end: int
    verdict: Literal[
        "supported", "differs", "outdated", "disputed", "not recorded", "not checkable"
    ]
    reason: str
    reading: SentenceReading
    facts: list[AnyFact]


class VerdictCounts(Part):
    """The number of sentences with each verdict."""

    supported: int
    differs: int
    outdated: int
    disputed: int
    not_recorded: int
    not_checkable: int


class Verify(Part):
    """The answer of the command `verify`, with a claim for each sentence, in order.

    `as_of` is the day whose record counts, null for today.
    """

    schema_: Literal["bilatcli/verify@1"] = Field(alias="schema")
    as_of: Day | None
    counts: VerdictCounts
    claims: list[CheckedClaim]
    sources: list[Source]
    countries: dict[CountryCode, str]
