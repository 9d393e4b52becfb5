"""The view `list`: the recorded relations, a line each."""

from __future__ import annotations

from bilatcli.errors import UsageError
from bilatcli.query import options
from bilatcli.query.interpret import Query, find_option_countries
from bilatcli.text import plural
from bilatcli.views import DETAIL_ONLY, View
from bilatcli.views.document import Document
from bilatcli.views.relation_lines import fetch_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.views.document import Member


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
    notes = query.notes() if lines else [*query.notes(), _explain_empty(query)]
    if left_out:
        notes.append(f"{plural(left_out, 'more relation')} (`--limit {len(lines)}` shows all)")
    return Document(VIEW.name, members, rows="relations", fields=request.fields, notes=notes)


def _explain_empty(query: Query) -> str:
    curated = "curated " if query.request.curated else ""
    country = f" with {query.countries[0].name}" if query.countries else ""
    hint = ": leave out `--curated`" if query.request.curated else ""
    return f"no {curated}relation{country} is recorded{hint}"


VIEW = View(
    "list",
    "List the recorded relations with counts by topic, newest date and share of cited facts.",
    build=build,
    tool_hint="Up to 600 kB unless `curated` or `country` is given.",
    examples=("bilatcli list --curated", "bilatcli list --country georgia"),
    words="",
    options=(options.COUNTRY, options.CURATED, options.LIMIT),
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
