"""The published JSON Schemas of documents and packs. `schema/` is generated from these types.

All keys are always present, null if unknown. Adding a key is not a new version. With `--fields`,
rows have the chosen keys only.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, RootModel

from bilatcli.packs import models
from bilatcli.packs.value_types import CountryCode, Slug
from bilatcli.views.schema_claims import Verify
from bilatcli.views.schema_comparison import Compare
from bilatcli.views.schema_editions import Receipt, Version
from bilatcli.views.schema_errors import Error
from bilatcli.views.schema_facts import AnyFact, Day, FactId
from bilatcli.views.schema_figures import FigureQuery, FigureSeries
from bilatcli.views.schema_listings import EventLine, IssueLine
from bilatcli.views.schema_names import Part, ResolvedName
from bilatcli.views.schema_parts import (
    Cell,
    Chain,
    Change,
    Matrix,
    Outline,
    Profile,
    Query,
    Relation,
    RelationLine,
    SearchMatch,
    SearchQuery,
    Source,
    Support,
)
from bilatcli.views.schema_refresh import Refresh


class Document(Part):
    """What every answer has. `countries` has the name of each country in it, by its code.

    `receipt` is there only if it was asked for.
    """

    query: Query
    countries: dict[CountryCode, str]
    receipt: Receipt | None = None


class Facts(Document):
    """The answer of the view `facts`."""

    schema_: Literal["bilatcli/facts@1"] = Field(alias="schema")
    relation: Relation | None
    facts: list[AnyFact]
    sources: list[Source]


class Year(Part):
    """The number of facts in a year. A fact that lasted longer counts in its first year."""

    year: Annotated[str, Field(pattern="^[0-9]{4}$")]
    facts: int


class Timeline(Facts):
    """The answer of the view `timeline`: dated facts by their first day, and years with facts."""

    schema_: Literal["bilatcli/timeline@1"] = Field(alias="schema")  # type: ignore[assignment]  # a view has its own
    years: list[Year]


class Between(Part):
    """The last days of the two dates that are compared."""

    from_: Day = Field(alias="from")
    to: Day


class Diff(Facts):
    """The answer of the view `diff`: facts as of the last day, and the change of each."""

    schema_: Literal["bilatcli/diff@1"] = Field(alias="schema")  # type: ignore[assignment]  # as above
    between: Between
    changes: list[Change]


class Summary(Facts):
    """The answer of the view `summary`.

    For a pair: headlines, generated facts and `outline`. For a country: its relations, its
    `profile` and the newest facts.
    """

    schema_: Literal["bilatcli/summary@1"] = Field(alias="schema")  # type: ignore[assignment]  # as above
    relations: list[RelationLine]
    outline: Outline | None
    profile: Profile | None


class Military(Facts):
    """The answer of the view `military`."""

    schema_: Literal["bilatcli/military@1"] = Field(alias="schema")  # type: ignore[assignment]  # as above
    chains: list[Chain]


class Figures(Facts):
    """The answer of the view `figures`: facts with a figure, and the same figures as series."""

    schema_: Literal["bilatcli/figures@1"] = Field(alias="schema")  # type: ignore[assignment]  # as above
    query: FigureQuery
    measures: list[FigureSeries]


class Search(Facts):
    """The answer of the view `search`: the best matches first, out of `total`."""

    schema_: Literal["bilatcli/search@1"] = Field(alias="schema")  # type: ignore[assignment]  # as above
    query: SearchQuery
    total: int
    matches: list[SearchMatch]


class Latest(Facts):
    """The answer of the view `latest`: the newest dated facts first, out of `total`."""

    schema_: Literal["bilatcli/latest@1"] = Field(alias="schema")  # type: ignore[assignment]  # as above
    query: SearchQuery
    total: int


class Stances(Facts):
    """The answer of the view `stances`; `matrix` is null without `--matrix`.

    `positions` has what each holder of a stance thinks today on its issue, by facts of all
    relations.
    """

    schema_: Literal["bilatcli/stances@1"] = Field(alias="schema")  # type: ignore[assignment]  # as above
    support: list[Support]
    positions: list[Cell]
    matrix: Matrix | None


class Issues(Document):
    """The answer of the view `issues`."""

    schema_: Literal["bilatcli/issues@1"] = Field(alias="schema")
    issues: list[IssueLine]


class Events(Document):
    """The answer of the view `events`."""

    schema_: Literal["bilatcli/events@1"] = Field(alias="schema")
    events: list[EventLine]


class Cite(Document):
    """The answer of the view `cite`.

    For ids, `facts` has the facts, and for a source those that cite it, in `alone` those that cite
    no other. `unsourced` are the facts of the answer without a source.
    """

    schema_: Literal["bilatcli/cite@1"] = Field(alias="schema")
    relation: Relation | None
    sources: list[Source]
    facts: list[AnyFact]
    alone: list[FactId]
    unsourced: list[FactId]


class Show(Document):
    """The answer of the view `show`: a fact with its chain, a source, or the facts of an event."""

    schema_: Literal["bilatcli/show@1"] = Field(alias="schema")
    facts: list[AnyFact]
    chain: list[AnyFact]
    sources: list[Source]


class List(Document):
    """The answer of the view `list`."""

    schema_: Literal["bilatcli/list@1"] = Field(alias="schema")
    relations: list[RelationLine]


class Resolve(Document):
    """The answer of the view `resolve`: one element for each name."""

    schema_: Literal["bilatcli/resolve@1"] = Field(alias="schema")
    names: list[ResolvedName]


class Finding(Part):
    """A finding of `check`. Lines and columns count from 1; line 0 stands for the whole file."""

    code: Annotated[str, Field(pattern="^BL[0-9]{3}$")]
    name: Slug
    severity: Literal["error", "warning", "note"]
    file: str
    line: int
    column: int
    what: str
    remedy: str


class FindingCounts(Part):
    """The number of findings of each severity."""

    error: int
    warning: int
    note: int


class LinkCounts(Part):
    """The number of web addresses of each answer."""

    ok: int
    moved: int
    gone: int
    refused: int
    no_answer: int
    skipped: int


class Check(Part):
    """The answer of the command `check`."""

    schema_: Literal["bilatcli/check@1"] = Field(alias="schema")
    files: list[str]
    counts: FindingCounts
    links: LinkCounts | None = None
    findings: list[Finding]


class Line(
    RootModel[AnyFact | Source | RelationLine | ResolvedName | Cell | IssueLine | EventLine]
):
    """A line of NDJSON."""


PUBLISHED: dict[str, type[BaseModel]] = {
    "pack": models.Pack,
    "facts": Facts,
    "timeline": Timeline,
    "diff": Diff,
    "summary": Summary,
    "military": Military,
    "figures": Figures,
    "stances": Stances,
    "issues": Issues,
    "events": Events,
    "search": Search,
    "latest": Latest,
    "cite": Cite,
    "show": Show,
    "list": List,
    "resolve": Resolve,
    "check": Check,
    "compare": Compare,
    "verify": Verify,
    "refresh": Refresh,
    "version": Version,
    "error": Error,
    "line": Line,
}
"""The types that have a JSON Schema, by the name of the schema."""


def json_schema(name: str) -> dict[str, Any]:
    """Return a JSON Schema (draft 2020-12): that of `pack`, or of a document by its view."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {**dialect, **PUBLISHED[name].model_json_schema(mode="validation", by_alias=True)}
