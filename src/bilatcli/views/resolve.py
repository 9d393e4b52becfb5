"""The view `resolve`: names of countries to ISO codes."""

from __future__ import annotations

from bilatcli.errors import UsageError
from bilatcli.query import countries
from bilatcli.query.interpret import Query
from bilatcli.text import json_object
from bilatcli.views import View
from bilatcli.views.document import Document

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.index.store import Index
    from bilatcli.query.countries import Resolution
    from bilatcli.query.request import Request
    from bilatcli.views.document import Member


def build(request: Request, index: Index) -> Document:
    """Return what each word of the request, as a whole name, means."""
    if not request.words:
        raise UsageError(
            "no name was given",
            hint="try `bilatcli resolve azerbaijan`, or pipe names into `bilatcli resolve -`",
        )
    return resolve_names(request.words, request, index)


def resolve_names(names: Sequence[str], request: Request, index: Index) -> Document:
    """Return the document of what each name, as a whole, means."""
    found = [countries.resolve_name(name, index) for name in names]
    notes = [_explain_ambiguous(each) for each in found if each.candidates and not each.subject]
    notes += _explain_subjects(found, index)
    notes += [f"no country is called `{each.input}`" for each in found if _is_unknown(each)]
    members: dict[str, Member] = {
        "query": Query(request).to_json(),
        "names": [_resolution_json(each) for each in found],
    }
    is_empty = any(each.match is None for each in found)
    return Document(
        VIEW.name, members, rows="names", fields=request.fields, notes=notes, is_empty=is_empty
    )


def _is_unknown(resolution: Resolution) -> bool:
    return not (resolution.match or resolution.candidates or resolution.subject)


def _explain_subjects(found: Sequence[Resolution], index: Index) -> list[str]:
    """Return what names that are not countries mean, and which commands have an answer."""
    subjects = [each.subject for each in found if each.subject is not None]
    if not subjects:
        return []
    from bilatcli.query.refusals import explain_subject

    return [explain_subject(subject, index) for subject in subjects]


def _explain_ambiguous(resolution: Resolution) -> str:
    *first, last = (f"{match.name} ({match.code})" for match in resolution.candidates)
    return f"`{resolution.input}` could mean {', '.join(first)} or {last}; choose one"


def _resolution_json(resolution: Resolution) -> str:
    """Return the JSON of what a name means; `code` is null if it is unknown or ambiguous."""
    match, second, subject = resolution.match, resolution.runner_up, resolution.subject
    return json_object(
        input=resolution.input,
        code=match.code if match else None,
        name=match.name if match else None,
        match=match.match if match else None,
        score=match.score if match else None,
        runner_up=(
            {"code": second.code, "name": second.name, "score": second.score} if second else None
        ),
        candidates=[{"code": each.code, "name": each.name} for each in resolution.candidates],
        kind=subject.kind if subject else "country" if match else None,
        subject=subject.id if subject else None,
        members=subject.members if subject else [],
        part_of=subject.part_of if subject else [],
    )


VIEW = View(
    "resolve",
    "Resolve names to ISO codes, with the score of each match.",
    build=build,
    examples=('bilatcli resolve holland "ivory coast"', "bilatcli resolve - < names.txt"),
    words="NAME",
    options=(),
    columns=(
        ("input", 0),
        ("code", 0),
        ("name", 0),
        ("match", 0),
        ("score", 60),
        ("runner_up", 80),
        ("kind", 90),
    ),
)
