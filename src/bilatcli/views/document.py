"""The document: what a view returns and every renderer prints, put together from text that is JSON already."""

from __future__ import annotations

from bilatcli.errors import EnvironmentFault, UsageError
from bilatcli.text import json_safe, json_string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping, Sequence
    from typing import Any

    from bilatcli.errors import BilatcliError

DAMAGED = "the index is damaged: empty the cache folder, and where that does not help install bilatcli again"

Member = str | list[str] | dict[str, str | list[str]]
"""The JSON text of a value, of each element of an array, or of each member of an object in the same way."""


class Document:
    """The answer to a question.

    `members` are the keys of the JSON object in order, each with its JSON text; `rows` names the array whose elements
    are the facts, sources, relations or cells that were asked for, and `fields` the keys of theirs to keep, if not all.
    `notes` are said beside the answer: what was understood otherwise, what was left out. Rows may say that nothing was
    found (`is_empty`). A table begins with a chart where one was asked for (`has_chart`); Markdown
    cites by `keys`, the citation key of each source by its id, where there are any, and by footnotes where not.
    """

    def __init__(
        self,
        view: str,
        members: Mapping[str, Member],
        *,
        rows: str,
        fields: Sequence[str] | None = None,
        notes: Sequence[str] = (),
        is_empty: bool | None = None,
    ) -> None:
        self.view = view
        self.members: dict[str, Member] = {"schema": json_string(f"bilatcli/{view}@1"), **members}
        self.rows = rows
        self.fields = fields
        self.notes = list(notes)
        self.has_chart = False
        self.keys: Mapping[str, str] | None = None
        self._is_empty = is_empty
        if fields is not None:
            _check_fields(fields, rows)
            self._around()[rows] = [_only(fields, row) for row in self.elements]

    @property
    def elements(self) -> list[str]:
        """The JSON text of each row."""
        found = self._around()[self.rows]
        return found if isinstance(found, list) else []

    def _around(self) -> MutableMapping[str, Any]:
        """What has the rows: the document, or the one member of it in which they stand."""
        inside = (
            member
            for member in self.members.values()
            if isinstance(member, dict) and self.rows in member
        )
        return next(inside, self.members)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not self.elements if self._is_empty is None else self._is_empty

    def text(self, newline: str = "\n", end: str = "") -> str:
        """Return the document as JSON: a member a line, and the elements of an array a line each; `end` behind it."""
        pieces: list[str] = []
        _put(self.members, newline, pieces, newline)
        pieces.append(end)
        return "".join(pieces)

    def load(self) -> dict[str, Any]:
        """Return the document as plain data, for renderers that look into it.

        Raises EnvironmentFault where the index that it comes from has been damaged within a text.
        """
        from json import loads

        try:
            loaded: dict[str, Any] = loads(self.text())
        except ValueError:
            raise EnvironmentFault(DAMAGED) from None
        return loaded


def _put(
    member: Member | Mapping[str, Member], newline: str, pieces: list[str], between: str = ""
) -> None:
    """Add a member to the pieces of a text; they are joined once, since a copy of all facts takes its time."""
    if isinstance(member, str):
        pieces.append(member)
    elif not member:
        pieces.append("[]" if isinstance(member, list) else "{}")
    elif isinstance(member, list):
        begun = "[" + newline
        for each in member:
            pieces += begun, each
            begun = "," + newline
        pieces.append(newline + "]")
    else:
        begun = "{"
        for key, inner in member.items():
            pieces.append(f'{begun}"{key}":')
            _put(inner, newline, pieces)
            begun = "," + between
        pieces.append("}")


def _check_fields(fields: Sequence[str], rows: str) -> None:
    from bilatcli.fields import ROWS

    known = [column.key for column in ROWS[rows]]
    for field in fields:
        if field not in known:
            from bilatcli.fuzzy import nearest

            near = nearest(field, known)
            hint = f"did you mean `{near}`?" if near else f"there are {', '.join(known)}"
            raise UsageError(f"{rows} have no field `{field}`: {hint}")


def _only(fields: Sequence[str], row: str) -> str:
    from json import dumps, loads

    whole = loads(row)
    kept = {field: whole.get(field) for field in fields}
    return json_safe(dumps(kept, ensure_ascii=False, separators=(",", ":")))


def error_text(error: BilatcliError, *, line: int | None = None, newline: str = "\n") -> str:
    """Return the JSON document that stands in for an answer that there is none of; `line` is that of a batch."""
    candidates = ",".join(
        f'{{"id":{json_string(c.id)},"name":{json_string(c.name)},"command":{json_string(c.command)},'
        f'"score":{"null" if c.score is None else c.score}}}'
        for c in error.candidates
    )
    problems = ",".join(
        f'{{"file":{json_string(p.file)},"line":{p.line},"column":{p.column},'
        f'"what":{json_string(p.what)},"remedy":{json_string(p.remedy)}}}'
        for p in error.problems
    )
    return (
        f'{{"schema":"bilatcli/error@1",{newline}"error":{{"kind":"{error.kind}","message":{json_string(error.message)},'
        f'"line":{"null" if line is None else line},"candidates":[{candidates}],"problems":[{problems}]}}}}'
    )
