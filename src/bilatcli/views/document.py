"""The document that a view returns and renderers print, joined from texts that are JSON already."""

from __future__ import annotations

from bilatcli.errors import IndexDamaged, UsageError
from bilatcli.text import json_object, json_string, to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from bilatcli.errors import BilatcliError

    Member = str | list[str] | dict[str, str | list[str]]
    """The JSON of a value, of each element of an array, or of each member of an object."""

_UNSCANNED = frozenset(
    "schema facts chain sources chains years between changes matches total".split()
)
"""Members without codes of countries, or with those of facts only."""
_LINES_END = '"status":'
"""The first key of a listed relation after those with codes."""
_CODE_LENGTH = len("AZ")
_ID_LENGTH = len("az-pk")


class Document:
    """The answer to a question.

    `members` are the members of the JSON object in order, each as JSON. `rows` is the key of the
    array that answers the question: facts, sources, relations, names or cells. If `fields` is given
    only these keys of each row are kept. `notes` say how the question was read and what was left
    out. `is_empty` says that nothing was found (default: if there are no rows), or for `resolve`
    not every name. `codes` are those of the countries in the facts of the document.

    Renderers also read `has_chart`, which asks for a chart above the table, and `keys`, the
    citation key of each source by its id; without keys Markdown cites by footnotes.
    """

    def __init__(  # noqa: PLR0913 -- its parts by name
        self,
        view: str,
        members: Mapping[str, Member],
        *,
        rows: str,
        fields: Sequence[str] | None = None,
        notes: Sequence[str] = (),
        codes: Iterable[str] = (),
        is_empty: bool | None = None,
    ) -> None:
        self.view = view
        self.members: dict[str, Member] = {"schema": json_string(f"bilatcli/{view}@1"), **members}
        self.rows = rows
        self.fields = fields
        self.notes = list(notes)
        self.has_chart = False
        self.keys: Mapping[str, str] | None = None
        self._codes = frozenset(codes)
        self._is_empty = is_empty
        if fields is not None:
            _check_fields(fields, rows)
            self._parent()[rows] = [_select_fields(row, fields) for row in self.elements]

    @property
    def elements(self) -> list[str]:
        """The JSON of each row."""
        found = self._parent()[self.rows]
        return found if isinstance(found, list) else []

    def _parent(self) -> dict[str, Any]:
        """Return the object that has the rows as a member: the document, or one of its members."""
        for member in self.members.values():
            if isinstance(member, dict) and self.rows in member:
                return member
        return self.members

    @property
    def is_empty(self) -> bool:
        """True if nothing was found."""
        return not self.elements if self._is_empty is None else self._is_empty

    def find_codes(self) -> set[str]:
        """Return what can be the code of a country: in values, and in the ids of relations."""
        pieces: set[str] = set()
        for key, member in self.members.items():
            if key not in _UNSCANNED:
                _scan_member(key, member, pieces)
        codes = set(self._codes)
        for piece in pieces:
            if len(piece) == _CODE_LENGTH and piece.isascii() and piece.isupper():
                codes.add(piece)
            elif len(piece) == _ID_LENGTH and piece[_CODE_LENGTH] == "-":
                codes.update(piece.upper().split("-"))
        return codes

    def name_countries(self, names: Mapping[str, str]) -> None:
        """Add the member `countries`: the name of each country by its code."""
        self.members["countries"] = to_json(dict(names))

    def text(self, newline: str = "\n", end: str = "") -> str:
        """Return the document as JSON, a line for each member and for each element of an array.

        `newline` separates these lines. `end` is appended.
        """
        return "".join(self.pieces(newline, end))

    def pieces(self, newline: str = "\n", end: str = "") -> list[str]:
        """Return the pieces of the text, which are written faster than the text: most are ASCII."""
        pieces: list[str] = []
        _append_object(self.members, newline, newline, pieces)
        pieces.append(end)
        return pieces

    def load(self) -> dict[str, Any]:
        """Return the document as plain data.

        Raises IndexDamaged if the text of a record in the index is not JSON.
        """
        from bilatcli.json_reader import parse_json

        try:
            loaded: dict[str, Any] = parse_json(self.text())
        except ValueError:
            raise IndexDamaged from None
        return loaded


def _scan_member(key: str, member: Member, pieces: set[str]) -> None:
    """Add to `pieces` what is between the quotation marks of a member of a document."""
    if isinstance(member, str):
        pieces.update(member.split('"'))
    elif isinstance(member, dict):
        for each in member.values():
            _scan_member("", each, pieces)
    elif key == "relations":
        lines = [element[: element.find(_LINES_END)] for element in member]
        pieces.update("".join(lines).split('"'))
    else:
        for element in member:
            pieces.update(element.split('"'))


def _append_object(
    members: Mapping[str, Member], newline: str, separator: str, pieces: list[str]
) -> None:
    """Append an object to the pieces of a text; `separator` follows the comma after a member."""
    start = "{"
    for key, member in members.items():
        pieces.append(f'{start}"{key}":')
        if isinstance(member, str):
            pieces.append(member)
        elif isinstance(member, list):
            _append_array(member, newline, pieces)
        else:
            _append_object(member, newline, "", pieces)
        start = f",{separator}"
    pieces.append("}")


def _append_array(elements: Sequence[str], newline: str, pieces: list[str]) -> None:
    if not elements:
        pieces.append("[]")
        return
    start = "[" + newline
    for element in elements:
        pieces.append(start + element)
        start = "," + newline
    pieces.append(newline + "]")


def _check_fields(fields: Sequence[str], rows: str) -> None:
    """Raise UsageError for a field that rows of this kind do not have."""
    from bilatcli.fields import FIELDS

    known = [column.key for column in FIELDS[rows]]
    for field in fields:
        if field not in known:
            from bilatcli.fuzzy import did_you_mean

            raise UsageError(
                f"{rows} have no field `{field}`",
                hint=did_you_mean(field, known, otherwise=f"fields are {', '.join(known)}"),
            )


def _select_fields(row: str, fields: Sequence[str]) -> str:
    """Return the JSON of a row with some of its members only; a missing one is null."""
    from bilatcli.json_reader import parse_json

    try:
        values = parse_json(row)
    except ValueError:
        raise IndexDamaged from None
    return to_json({field: values.get(field) for field in fields})


def error_text(
    error: BilatcliError,
    *,
    line: int | None = None,
    newline: str = "\n",
    is_command_line: bool = False,
) -> str:
    """Return the JSON document of an error; `line` is the number of its line in a batch.

    The message names options by their flags if `is_command_line`, else by their keys.
    """
    content = json_object(
        kind=error.kind,
        message=error.command_line_message if is_command_line else error.message,
        line=line,
        candidates=[
            {"id": each.id, "name": each.name, "command": each.command, "score": each.score}
            for each in error.candidates
        ],
        problems=[
            {
                "file": each.file,
                "line": each.line,
                "column": each.column,
                "what": each.what,
                "remedy": each.remedy,
            }
            for each in error.problems
        ],
    )
    return f'{{"schema":"bilatcli/error@1",{newline}"error":{content}}}'
