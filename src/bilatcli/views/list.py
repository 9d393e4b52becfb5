"""The view `list`: the recorded relations, a line each."""

from __future__ import annotations

from bilatcli.errors import UsageError
from bilatcli.index import Statement
from bilatcli.query.interpret import Query
from bilatcli.query.refusals import find_option_countries
from bilatcli.text import plural
from bilatcli.views import DETAIL_ONLY, View
from bilatcli.views.document import Document
from bilatcli.views.relation_lines import fetch_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.views.document import Member


OTHER_RELATIONS = Statement(
    "other_relations",
    "SELECT COUNT(*) AS relations FROM relation WHERE json = '' AND coverage = 'outline'",
)


def build(request: Request, index: Index) -> Document:
    """Return all relations, or those of a country or of members of a region, curated ones first."""
    if request.text.strip():
        raise UsageError(
            f"`list` takes no words, but got `{request.text}`",
            hint=f"try `bilatcli summary {request.text}`",
        )
    query = Query(request, [] if request.country is None else find_option_countries(request, index))
    lines = fetch_lines(index, countries=query.codes, is_curated=request.curated)
    left_out = len(lines[request.limit or len(lines) :])
    members: dict[str, Member] = {"query": query.to_json(), "relations": lines[: request.limit]}
    others = [] if query.codes or request.curated else _explain_others(index)
    notes = query.notes() if lines else [*query.notes(), _explain_empty(query)]
    if left_out:
        notes.append(f"{plural(left_out, 'more relation')} (`--limit {len(lines)}` shows all)")
    notes += others
    return Document(VIEW.name, members, rows="relations", fields=request.fields, notes=notes)


def _explain_others(index: Index) -> list[str]:
    """Return the note on the pairs that are not listed: those with generated rows only."""
    ((count,),) = index.rows(OTHER_RELATIONS)
    where = "`--country NAME` lists those of a country"
    return [f"{plural(count, 'more pair')} with rows of tables only ({where})"] if count else []


def _explain_empty(query: Query) -> str:
    curated = "curated " if query.request.curated else ""
    country = f" with {query.countries[0].name}" if query.countries else ""
    hint = ": leave out `--curated`" if query.request.curated else ""
    return f"no {curated}relation{country} is recorded{hint}"


VIEW = View(
    "list",
    "List the recorded relations with counts by topic, newest date and share of cited facts.",
    build=build,
    examples=("bilatcli list --curated", "bilatcli list --country georgia"),
    words="",
    options=("country", "curated", "limit"),
    columns=(
        ("id", 0),
        ("name", 0),
        ("facts", 0),
        ("sources", 80),
        ("newest", 60),
        ("verified", 70),
        ("status", 130),
        ("topics", DETAIL_ONLY),
    ),
)
