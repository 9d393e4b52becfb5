"""The series of the view `figures` as types."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bilatcli.packs.value_types import Actor, Edtf, Measure, Slug, Status, Topic, Verification
from bilatcli.views.schema_facts import FactId
from bilatcli.views.schema_names import Part
from bilatcli.views.schema_parts import Query

Year = Annotated[str, Field(pattern="^[0-9]{4}$")]
Figure = Annotated[int | float, Field(ge=0)]


class FigureQuery(Query):
    """A question for figures as it was interpreted."""

    measure: Measure | None


class FigureRow(Part):
    """A figure that a fact has, in US dollars (`value_usd`) or per cent (`share`).

    `date` is the date of the figure: `as_of` of the fact, or else its `date`. `year` is the last
    year of it.
    """

    year: Year | None
    date: Edtf | None
    value: Figure
    kind: Literal["value_usd", "share"]
    fact: FactId
    status: Status
    verification: Verification
    sources: list[Slug]


class Spread(Part):
    """The lowest and the highest figure of trade for a year, if they differ; plans are left out.

    Figures for a year may cover different months of it.
    """

    year: Year
    lowest: Figure
    highest: Figure
    facts: list[FactId]


class FigureSeries(Part):
    """The figures of a pair that count the same and have one kind, superseded ones included.

    Goods or money go `from` one `to` the other; both are null if the facts do not say.
    """

    relation: Slug
    topic: Topic
    measure: Measure | None
    from_: Actor | None = Field(alias="from")
    to: Actor | None
    rows: list[FigureRow]
    spread: list[Spread]
