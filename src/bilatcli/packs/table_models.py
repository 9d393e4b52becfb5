"""The record of a `[[table]]`: a CSV file beside the pack, and what turns its rows into facts."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from bilatcli.packs.keys import Key
from bilatcli.packs.record import Record
from bilatcli.packs.templates import COLUMN_TYPES, OPTIONAL_MARK
from bilatcli.packs.value_types import (
    FROM_LIST,
    Coverage,
    Slug,
    Text,
    Texts,
    Topic,
    validation_error,
)
from bilatcli.vocabulary import DEFAULT_RANK

MAX_RANK = 9

PAIR_COLUMNS = {"undirected": ("a", "b"), "directed": ("from", "to")}
"""The columns with the countries of a row, by the kind of pair."""

_COLUMN = re.compile(r"[a-z][a-z0-9_]*")
_FILE = re.compile(r"[^/\\:]+\.csv")


def _check_file(value: str) -> str:
    if not _FILE.fullmatch(value):
        raise validation_error(
            f"`{value}` is not the name of a CSV file", "name a file beside the pack: `name.csv`"
        )
    return value


def _check_columns(columns: dict[str, str]) -> dict[str, str]:
    for name, kind in columns.items():
        if not _COLUMN.fullmatch(name):
            raise validation_error(
                f"`{name}` is not the name of a column",
                "begin with a lower-case letter; letters, digits and `_` may follow",
            )
        if name in ("a", "b", "from", "to"):
            raise validation_error(
                f"`{name}` is a column that `pair` gives", "remove it, or rename it"
            )
        if kind.removesuffix(OPTIONAL_MARK) not in COLUMN_TYPES:
            raise validation_error(
                f"`{kind}` is not a type of a column",
                f"use one of {', '.join(COLUMN_TYPES)}; a `?` after it allows empty cells",
            )
    return columns


def _to_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _check_some(values: tuple[str, ...]) -> tuple[str, ...]:
    if not values:
        raise validation_error("there is no template", "write one, or remove the key")
    return values


def _check_scalar(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise validation_error(
            "the value must be a number or a template", "write a number, or `{column}` in quotes"
        )
    return value


FileName = Annotated[str, AfterValidator(_check_file)]
ColumnTypes = Annotated[dict[str, str], AfterValidator(_check_columns)]
Templates = Annotated[
    tuple[Text, ...], FROM_LIST, BeforeValidator(_to_list), AfterValidator(_check_some)
]
Number = Annotated[int | float | Text, BeforeValidator(_check_scalar)]
"""A number, or the template that is a column with one. What it may be, the facts decide."""
Rank = Annotated[int, Field(ge=1, le=MAX_RANK)]


class Table(Record):
    """A data set with a row for a pair of countries, and the templates that make facts of rows.

    A template is a text in Python's format syntax over the columns. The keys of a fact are
    templates or constants; a template that is one column alone has the type of the column.
    """

    id: Annotated[Slug, Key("Id", "id of the table, with which the ids of its facts begin")]
    file: Annotated[FileName, Key("File", "name of the CSV file beside the pack")]
    topic: Annotated[Topic, Key("Topic", "subject area")]
    pair: Annotated[
        Literal["undirected", "directed"],
        Key("Pair", "columns of the countries: `a` and `b`, or `from` and `to`"),
    ] = "undirected"
    columns: Annotated[
        ColumnTypes, Key("Columns", "type of each other column; `?` after it allows empty cells")
    ] = {}  # noqa: RUF012 -- pydantic copies it
    headline: Annotated[bool, Key("Headline", "true if a summary shows its facts")] = False
    text: Annotated[
        Templates, Key("Statement", "the statement; of several, the first whose columns are filled")
    ]
    date: Annotated[Text | None, Key("Date", "when it happened or began, EDTF")] = None
    until: Annotated[Text | None, Key("Until", "when it ended, EDTF")] = None
    as_of: Annotated[Text | None, Key("As of", "date of a figure, EDTF")] = None
    event: Annotated[Text | None, Key("Event", "id that facts on one event share")] = None
    key: Annotated[
        Text | None, Key("Key", "template of the end of a fact's id (default: that of its date)")
    ] = None
    status: Annotated[Text, Key("Status", "whether it holds today")] = "current"
    kind: Annotated[Text | None, Key("Kind", "kind of military fact")] = None
    system: Annotated[Text | None, Key("System", "weapon or equipment")] = None
    stage: Annotated[Text | None, Key("Stage", "how far an order or agreement has come")] = None
    quantity: Annotated[Number | None, Key("Quantity", "number of items")] = None
    partners: Annotated[
        Texts, Key("Partners", "codes of other countries that took part, or their columns")
    ] = ()
    issue: Annotated[Text | None, Key("Issue", "what the stance is on")] = None
    holder: Annotated[Text | None, Key("Holder", "whose stance it is")] = None
    position: Annotated[Text | None, Key("Position", "what the holder wants")] = None
    favours: Annotated[Text | None, Key("Favours", "whom it favours")] = None
    against: Annotated[Text | None, Key("Against", "whom it opposes")] = None
    measure: Annotated[Text | None, Key("Measure", "what the figure counts")] = None
    value_usd: Annotated[Number | None, Key("Value", "US dollars")] = None
    share: Annotated[Number | None, Key("Share", "percentage")] = None
    sources: Annotated[Texts, Key("Sources", "ids of its sources")]
    verification: Annotated[Text, Key("Verification", "how well it is verified")]
    note: Annotated[
        Templates | None,
        Key("Note", "what is uncertain; left out if no template has all its columns"),
    ] = None
    keep: Annotated[
        Literal["newest", "history", "all"],
        Key(
            "Keep",
            "`newest`: a row supersedes older ones of its pair, direction and series; `history`: "
            "it makes them historical",
        ),
    ] = "all"
    series: Annotated[Texts, Key("Series", "columns that tell series of rows apart")] = ()
    rank: Annotated[Rank, Key("Rank", "how telling for a summary: 1 is shown first")] = DEFAULT_RANK
    coverage: Annotated[
        Coverage | None, Key("Coverage", "how its facts were made (default: that of the pack)")
    ] = None


OWN_KEYS = ("id", "file", "pair", "columns", "key", "keep", "series", "rank", "coverage")
"""The keys of a table that are not those of a fact."""
