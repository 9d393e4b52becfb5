"""The options of the methods of `bilatcli.api.Corpus` as types of their keywords."""

from __future__ import annotations

from typing import TypedDict


class KindOptions(TypedDict, total=False):
    """Options that select facts by their verification and status, and by who takes part.

    `from_` is who did it, `to` to whom, and `mentions` whom or what facts mention: names or codes.
    """

    verified: bool
    verification: str | None
    status: str | None
    from_: str | None
    to: str | None
    mentions: str | None


class SelectOptions(KindOptions, total=False):
    """Options that select facts, also superseded ones, and by their time.

    A date is `2024`, `2024-12` or `2024-12-31`.
    """

    all: bool
    as_of: str | None
    since: str | None
    until: str | None


class SourceOptions(SelectOptions, total=False):
    """Options that select the facts whose sources are listed, also by their topic.

    With `edition` the packs of the facts are listed in place of their sources.
    """

    topic: str | None
    edition: bool


class FactOptions(SelectOptions, total=False):
    """Options that select facts and say their order (`newest`, `oldest`) and greatest number."""

    sort: str | None
    limit: int | None


class TopicOptions(FactOptions, total=False):
    """Options that select facts, also by their topic."""

    topic: str | None


class PairOptions(TopicOptions, total=False):
    """Options that select facts; with `elsewhere` those on a pair filed under others, too."""

    elsewhere: bool


class MilitaryOptions(FactOptions, total=False):
    """Options that select military facts."""

    elsewhere: bool


class FigureOptions(PairOptions, total=False):
    """Options that select figures, also by their measure, such as `exports`."""

    measure: str | None


class SearchOptions(TopicOptions, total=False):
    """Options that select facts on all relations, or on those of a country."""

    country: str | None


class StanceOptions(FactOptions, total=False):
    """Options that select stances; with `matrix` the document has them as a matrix, too."""

    elsewhere: bool
    matrix: bool


class DiffOptions(KindOptions, total=False):
    """Options that select changes."""

    topic: str | None
    sort: str | None
    limit: int | None


class ListOptions(TypedDict, total=False):
    """Options that select relations."""

    country: str | None
    curated: bool
    limit: int | None
