"""The facts of documents as types: those of `packs.models`, with the keys that documents add.

Each key with a `Key` is a column of tables; `scripts/fields.py` puts it into `bilatcli.fields`.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from bilatcli.packs import models
from bilatcli.packs.keys import Key, Section, Shown
from bilatcli.packs.record import Record
from bilatcli.packs.value_types import Actor, Coverage, Slug

FactId = Annotated[
    str,
    Field(
        pattern="^[a-z]{2}-[a-z]{2}/[a-z0-9]+(-[a-z0-9]+)*$", examples=["az-pk/recognition-1991"]
    ),
    Shown("id"),
]
Day = Annotated[
    str,
    Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="a day, as ISO 8601 writes it"),
    Shown("day"),
]


def _require_all_keys(schema: dict[str, Any]) -> None:
    """Turn the schema of a fact in a pack, where keys may be absent, into that of a document."""
    schema["required"] = list(schema["properties"])
    for value in schema["properties"].values():
        value.pop("default", None)


_COMPLETE = ConfigDict(extra="ignore", json_schema_extra=_require_all_keys)
"""A fact in a document has all keys of its type, null if unknown. A later release may add keys."""


class DocumentKeys(Record):
    """The keys of a fact that documents add to those of packs, or have in another form."""

    id: Annotated[
        FactId, Key("Id", "id of the fact, such as az-pk/recognition-1991", Section.IDENTITY)
    ]
    relation: Annotated[
        Slug, Key("Relation", "id of the pair", Section.IDENTITY, refers=("relations", "id"))
    ]
    superseded_by: Annotated[
        FactId | None,
        Key("Superseded by", "id of the fact that replaced it", refers=("facts", "id")),
    ] = None
    pack: Annotated[Slug, Key("Pack", "name of its pack", Section.ORIGIN)]
    coverage: Annotated[
        Coverage, Key("Coverage", "whether an editor wrote it, or it was generated", Section.ORIGIN)
    ]
    first: Annotated[
        Day | None,
        Key("First day", "first day of `date`, or of `as_of`; null if open", Section.DERIVED),
    ]
    last: Annotated[
        Day | None,
        Key("Last day", "last day of `until`, `date` or `as_of`; null if open", Section.DERIVED),
    ]


class Fact(DocumentKeys, models.Fact):
    """A dated, cited statement, with the keys that every fact has."""

    model_config = _COMPLETE


class PlainFact(DocumentKeys, models.PlainFact):
    """A fact of a topic that has no keys of its own."""

    model_config = _COMPLETE


class MilitaryFact(DocumentKeys, models.MilitaryFact):
    """A fact on arms, exercises or agreements; its stages follow SIPRI's order and delivery."""

    model_config = _COMPLETE

    chain: Annotated[
        str | None, Key("Chain", "the talks and orders that it is part of", Section.TOPIC)
    ] = None
    supplier: Annotated[
        Actor | None,
        Key(
            "Supplier",
            "who supplies, in an arms transfer: code of a country, or a name",
            Section.DERIVED,
        ),
    ] = None
    recipient: Annotated[
        Actor | None,
        Key(
            "Recipient",
            "who receives, in an arms transfer: code of a country, or a name",
            Section.DERIVED,
        ),
    ] = None


class Stance(DocumentKeys, models.Stance):
    """A fact on the position that a holder takes on an issue, and whom it favours."""

    model_config = _COMPLETE


class TradeFact(DocumentKeys, models.TradeFact):
    """A fact that may have a figure: on trade, or on another topic that is counted in money."""

    model_config = _COMPLETE


AnyFact = Annotated[PlainFact | MilitaryFact | Stance | TradeFact, Field(discriminator="topic")]
