"""Views, one module each: its declaration, its statement and its document. `run` puts a request."""

from __future__ import annotations

from bilatcli.errors import IndexDamaged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from bilatcli.index.store import Index
    from bilatcli.query.options import Option
    from bilatcli.query.request import Request
    from bilatcli.views.document import Document

    Build: TypeAlias = Callable[[Request, Index], Document]
    Columns: TypeAlias = Sequence[tuple[str, int]]

NAMES = (
    "summary",
    "facts",
    "timeline",
    "diff",
    "military",
    "figures",
    "stances",
    "issues",
    "events",
    "search",
    "latest",
    "cite",
    "show",
    "resolve",
    "list",
)
"""The views in the order of the help. Each is `VIEW` in the module of its name in this package."""

KIND_OPTIONS = ("verified", "verification", "status", "from", "to", "mentions")
"""Options, by their keys, that select facts by anything except their topic and time."""
SELECT_OPTIONS = ("all", *KIND_OPTIONS, "as_of", "since", "until")
"""Options that select facts, on all topics."""
FACT_OPTIONS = (*SELECT_OPTIONS, "sort", "limit", "citations")
SEARCH_OPTIONS = ("topic", "country", *FACT_OPTIONS)
REPORT_OPTIONS = ("topic", "as_of", *KIND_OPTIONS)
"""Options that select the facts of a report."""

DETAIL_ONLY = 10**6
"""A minimum width, in characters, that no screen has: the value is always part of the statement."""

STATUS_COLUMNS = ("status", 90), ("sources", 76)

TOPIC_COLUMNS = tuple(
    (key, DETAIL_ONLY) for key in ("system", "stage", "quantity", "holder", "favours", "against")
)
"""The keys that only facts on some topics have."""

DATED_FACT_COLUMNS = (
    ("date", 0),
    ("topic", 110),
    ("measure", 130),
    ("value_usd", 130),
    ("text", 0),
    *STATUS_COLUMNS,
    *TOPIC_COLUMNS,
)
"""The columns of facts in the order of their dates, whatever their topics."""


class View:
    """One question about the corpus: its declaration, and `build`, which answers it.

    `words` names the words that it takes, and `examples` are command lines for its help.
    `tool_hint` tells an assistant more, such as when to use it. `columns` are the keys
    of its table, each with the width of the screen, in characters, from which it has a column of
    its own; on a narrower screen its value is part of the statement. A table has a section for each
    value of the key `group`, unless its facts are ranked. `noun` is what one of its facts is
    called. `topic` is the topic of all its facts, if there is only one. `option_keys` are the
    options of its own, by their keys: the options are declared in a module that most questions do
    without.
    """

    def __init__(  # noqa: PLR0913 -- a declaration: every view names what it gives
        self,
        name: str,
        help: str,
        *,
        build: Build,
        examples: Sequence[str],
        tool_hint: str = "",
        words: str = "WORDS",
        options: Sequence[str] = FACT_OPTIONS,
        columns: Columns = (),
        group: str | None = None,
        noun: str = "fact",
        topic: str | None = None,
        is_ranked: bool = False,
    ) -> None:
        self.name = name
        self.help = help
        self.build = build
        self.examples = examples
        self.tool_hint = tool_hint
        self.words = words
        self.option_keys = options
        self.columns = columns
        self.group = group
        self.noun = noun
        self.topic = topic
        self.is_ranked = is_ranked

    @property
    def options(self) -> tuple[Option, ...]:
        """The options of its own, and those of every view."""
        from bilatcli.query.options import OUTPUT_OPTIONS, find_options

        return (*find_options(self.option_keys), *OUTPUT_OPTIONS)

    @property
    def select_options(self) -> list[Option]:
        """The options that decide what the document says, not how it is printed."""
        from bilatcli.query.options import PRESENTATION_OPTIONS

        return [option for option in self.options if option not in PRESENTATION_OPTIONS]


class _Catalog:
    """The views by name. The module of a view is imported on first use."""

    # Not a subclass of Mapping, whose abstract methods cost as much as importing another module.

    def __getitem__(self, name: str) -> View:
        if name not in NAMES:
            raise KeyError(name)
        module = __import__(f"{__name__}.{name}", fromlist=("VIEW",))
        view: View = module.VIEW
        return view

    def __contains__(self, name: object) -> bool:
        return name in NAMES

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)

    def get(self, name: str) -> View | None:
        """Return the view of a name, or None if there is none."""
        return self[name] if name in NAMES else None

    def values(self) -> list[View]:
        """Return all views."""
        return [self[name] for name in NAMES]


VIEWS = _Catalog()


def run(view: View, request: Request, index: Index) -> Document:
    """Return the document that answers a request.

    If rows of the index do not fit together, the index is compiled again, and queried once more.
    Raises a BilatcliError if there is no answer.
    """
    try:
        return _build(view, request, index)
    except IndexDamaged:
        index.rebuild()
        return _build(view, request, index)


def _build(view: View, request: Request, index: Index) -> Document:
    index.begin()
    try:
        document = view.build(request, index)
        if document.fields is None:
            from bilatcli.query.names import fetch_country_names

            document.name_countries(fetch_country_names(document.find_codes(), index))
        return document
    finally:
        index.end()
