"""The presentation of a key: its heading, its meaning, and the kind of its values.

The types of records have this as `Annotated` metadata. JSON Schemas show the meanings as
descriptions. `scripts/fields.py` generates `bilatcli.fields` and `export.columns` from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema


class Section(IntEnum):
    """The order of columns in a table; within a section it is that of the type."""

    IDENTITY = 0
    STATEMENT = 1
    ACTORS = 2
    TOPIC = 3
    DOUBT = 4
    ORIGIN = 5
    DERIVED = 6
    REVIEW = 7


@dataclass(frozen=True, slots=True)
class Shown:
    """The kind of the values of a type: one of those that `render.values` can show."""

    kind: str


@dataclass(frozen=True, slots=True)
class Key:
    """A key that is a column of tables and exports.

    `kind` overrides how its type is shown. `refers` names the table of an export and the column
    there that its values are keys of.
    """

    heading: str
    meaning: str
    section: Section = Section.STATEMENT
    kind: str = ""
    refers: tuple[str, str] | None = None

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema of a value with the meaning as its description."""
        return {**handler(schema), "description": self.meaning}
