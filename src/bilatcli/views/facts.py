"""The view `facts`: every fact on the relations among countries, or of one country."""

from __future__ import annotations

from bilatcli.query.interpret import interpret, require_country
from bilatcli.views import FACT_OPTIONS, STATUS_COLUMNS, TOPIC_COLUMNS, View
from bilatcli.views.result import find_facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.views.document import Document


def build(request: Request, index: Index) -> Document:
    """Return the facts by topic and date."""
    query = interpret(request, index)
    require_country(query, index, takes_subjects=True)
    return find_facts(query, index).document(VIEW)


VIEW = View(
    "facts",
    "List every fact by topic and date.",
    build=build,
    tool_hint="Narrow it by words, topic or dates.",
    examples=(
        "bilatcli facts az pk --topic trade",
        "bilatcli facts armenia embassy --since 2015",
        "bilatcli facts az pk --mentions india",
    ),
    options=("topic", "elsewhere", *FACT_OPTIONS),
    columns=(
        ("date", 0),
        ("measure", 130),
        ("value_usd", 130),
        ("text", 0),
        *STATUS_COLUMNS,
        *TOPIC_COLUMNS,
    ),
    group="topic",
)
