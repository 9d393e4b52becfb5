"""The rows of the views `issues` and `events` as types."""

from __future__ import annotations

from typing import Annotated

from bilatcli.packs.keys import Key
from bilatcli.packs.value_types import Actor, Edtf, Slug
from bilatcli.views.schema_names import Part

Count = int


class IssueLine(Part):
    """An issue, with counts of its stances."""

    id: Annotated[Slug, Key("Issue", "what the positions are on")]
    facts: Annotated[Count, Key("Facts", "number of facts, superseded ones included")]
    stances: Annotated[
        Count,
        Key("Current", "number of current stances; one on record in several relations counts once"),
    ]
    holders: Annotated[list[Actor], Key("Holders", "who takes a position", kind="actors")]
    relations: Annotated[list[Slug], Key("Relations", "ids of the relations with a fact on it")]
    newest: Annotated[Edtf | None, Key("Newest", "date of the newest fact, EDTF")]


class EventLine(Part):
    """An event, with counts of the facts that record it."""

    id: Annotated[Slug, Key("Event", "what happened, for `show`")]
    facts: Annotated[Count, Key("Facts", "number of facts, superseded ones included")]
    relations: Annotated[list[Slug], Key("Relations", "ids of the relations that record it")]
    first: Annotated[Edtf | None, Key("First", "date of the first fact, EDTF")]
    newest: Annotated[Edtf | None, Key("Newest", "date of the newest fact, EDTF")]
