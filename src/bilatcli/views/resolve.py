"""Names, each as a whole: what they are read as, as a document."""

from __future__ import annotations

from bilatcli.query import countries
from bilatcli.query.request import Query
from bilatcli.text import json_string
from bilatcli.views.document import Document

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.views.document import Member


def resolved(asked: Sequence[str], request: Request, index: Index) -> Document:
    """Return the document of names and what each of them, as a whole, was read as."""
    found = [countries.resolve(name, index) for name in asked]
    said = [
        f"`{each.input}` can mean {_named(each)}: say which" for each in found if each.candidates
    ]
    said += [
        f"no country is called `{each.input}`"
        for each in found
        if each.match is None and not each.candidates
    ]
    members: dict[str, Member] = {
        "query": Query(request).json(),
        "names": [_resolution_json(each) for each in found],
    }
    is_empty = all(each.match is None for each in found)
    return Document(
        "resolve", members, rows="names", fields=request.fields, notes=said, is_empty=is_empty
    )


def _named(resolution: countries.Resolution) -> str:
    return ", ".join(f"{match.name} ({match.code})" for match in resolution.candidates)


def _resolution_json(resolution: countries.Resolution) -> str:
    """Return what a name was read as in JSON; `code` is null where it is none or ambiguous."""
    match, next_best = resolution.match, resolution.runner_up
    read = (
        f'"code":"{match.code}","name":{json_string(match.name)},"match":"{match.match}","score":{match.score}'
        if match
        else '"code":null,"name":null,"match":null,"score":null'
    )
    second = (
        f'{{"code":"{next_best.code}","name":{json_string(next_best.name)},"score":{next_best.score}}}'
        if next_best
        else "null"
    )
    others = ",".join(
        f'{{"code":"{m.code}","name":{json_string(m.name)}}}' for m in resolution.candidates
    )
    return f'{{"input":{json_string(resolution.input)},{read},"runner_up":{second},"candidates":[{others}]}}'
