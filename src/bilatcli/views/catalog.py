"""The catalogue of views, and `run`: a question and an index in, a document out.

What the rows of the statements are is told in `found`.
"""

from __future__ import annotations

from bilatcli.query import options
from bilatcli.views import answers
from bilatcli.views.base import View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.views.document import Document


def run(view: View, request: Request, index: Index) -> Document:
    """Return the document that answers a request; raises a BilatcliError where there is no answer.

    Rows that do not fit together are damage that the database did not notice: the index is made again, once.
    """
    try:
        return view.build(view, request, index)
    except (LookupError, ValueError, TypeError):
        if not index.can_be_made:
            raise
        index.make_again()
        return view.build(view, request, index)


NEVER = 10**6
"""The width of the screen from which a value that only ever joins the statement has a column of its own."""

_STANDING = ("status", 90), ("sources", 76)
_OF_TOPICS = tuple(
    (key, NEVER) for key in ("system", "stage", "quantity", "holder", "favours", "against")
)
_IN_TIME = (
    ("date", 0),
    ("topic", 110),
    ("measure", 130),
    ("value_usd", 130),
    ("text", 0),
    *_STANDING,
    *_OF_TOPICS,
)

CATALOGUE = (
    View(
        "summary",
        "Who, since when, status, overview and headline facts; of one country, its relations.",
        build=answers.summary,
        noun="headline fact",
        columns=(("date", 0), ("text", 0), *_STANDING),
    ),
    View(
        "facts",
        "Every fact, by topic and date.",
        build=answers.facts,
        options=(options.TOPIC, *options.FACT_OPTIONS),
        columns=(
            ("date", 0),
            ("measure", 130),
            ("value_usd", 130),
            ("text", 0),
            *_STANDING,
            *_OF_TOPICS,
        ),
        group="topic",
    ),
    View(
        "timeline",
        "Dated facts in the order of their dates, year by year, and how many each year has.",
        build=answers.timeline,
        options=(options.TOPIC, *options.FACT_OPTIONS, options.CHART),
        columns=_IN_TIME,
        group="year",
        noun="dated fact",
    ),
    View(
        "diff",
        "What changed from the end of one date to the end of another: added, superseded, ended.",
        build=answers.diff,
        words="WORDS FROM TO",
        options=(options.TOPIC, options.VERIFIED, options.CITATIONS),
        columns=_IN_TIME,
        group="change",
        noun="change",
    ),
    View(
        "military",
        "Arms, exercises, agreements: stage, quantity, value, and talks to order to delivery as one chain.",
        build=answers.military,
        columns=(
            ("date", 0),
            ("system", 130),
            ("stage", 90),
            ("quantity", 110),
            ("value_usd", 110),
            ("text", 0),
            *_STANDING,
            ("partners", NEVER),
        ),
        group="kind",
        noun="military fact",
        topic="military",
    ),
    View(
        "stances",
        "Who holds what on which issue, and for whom; by pair, by country or by issue.",
        build=answers.stances,
        options=(options.MATRIX, *options.FACT_OPTIONS),
        columns=(
            ("date", 0),
            ("holder", 60),
            ("favours", 90),
            ("position", 120),
            ("text", 0),
            *_STANDING,
            ("against", NEVER),
        ),
        group="issue",
        noun="stance",
        topic="stance",
    ),
    View(
        "search",
        "Facts of all relations that say these words, the likeliest first; also by who acts and titles of sources.",
        build=answers.search,
        words="TEXT",
        options=options.SEARCH_OPTIONS,
        columns=(("date", 0), ("relation", 90), ("text", 0), *_STANDING),
        is_ranked=True,
    ),
    View(
        "cite",
        "Numbered sources of a pair, a country or facts, in any style; of a source, the facts that rest on it.",
        build=answers.cite,
        words="WORDS-OR-IDS",
        options=(options.STYLE, *options.CHOOSING),
    ),
    View(
        "show",
        "One fact whole, with its chain and sources; one source; or all facts of an event.",
        build=answers.show,
        words="ID",
        options=(options.CITATIONS,),
        columns=(("date", 0), ("text", 0), *_STANDING),
        group="topic",
    ),
    View(
        "resolve",
        "Names to ISO codes, with how well each matched.",
        build=answers.resolve,
        words="NAME",
        options=(),
        columns=(
            ("input", 0),
            ("code", 0),
            ("name", 0),
            ("match", 0),
            ("score", 60),
            ("runner_up", 80),
        ),
        has_statement=False,
    ),
    View(
        "list",
        "Which relations are recorded, with counts by topic, newest date and how much is verified.",
        build=answers.relations,
        words="",
        options=(options.COUNTRY, options.CURATED),
        columns=(
            ("id", 0),
            ("name", 0),
            ("facts", 0),
            ("sources", 80),
            ("newest", 60),
            ("verified", 70),
            ("status", 130),
            ("topics", NEVER),
        ),
    ),
)

VIEWS = {view.name: view for view in CATALOGUE}

BATCH = "batch"
PLAIN = {**{view.name: view.options for view in CATALOGUE}, BATCH: options.CORPUS}
"""The options of each command whose plain command lines the front door reads by itself."""
