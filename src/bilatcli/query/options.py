"""The options of the command line, each declared once, and functions that parse their values."""

from __future__ import annotations

from bilatcli.errors import UsageError
from bilatcli.vocabulary import MEASURES, STATUSES, TOPICS, VERIFICATIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bilatcli.environment import Environment

FORMATS = ("table", "json", "ndjson", "csv", "tsv", "markdown")
COLOR_MODES = ("auto", "always", "never")
DATE_METAVAR = "DATE"

EXCHANGE_STYLES = ("bibtex", "biblatex", "ris", "csl-json")
"""Values of `style` that are formats of reference managers."""
LIST_STYLES = "list"
"""The value of `style` that lists all styles."""
COMMON_STYLES = ("apa", "chicago-author-date", "mla", "ieee", "oscola", "gost-r-7-0-5-2008")
"""A few ids of CSL styles, for completion."""
BIBLIOGRAPHY_FORMATS = ("text", "markdown", "html")
"""Formats of a bibliography in a CSL style."""
FOOTNOTES, PANDOC = "footnotes", "pandoc"

DEFAULT_LIMIT = 20
"""Number of facts that a search returns without `limit`."""
MAX_LIMIT_DIGITS = 9
MAX_LIMIT = 10**MAX_LIMIT_DIGITS - 1
DATE_ORDERS = ("newest", "oldest")
SORT_ORDERS = (*DATE_ORDERS, "relevance")
SOURCE_LISTS = ("none", "short", "full")
"""How the sources of a table are listed: not at all, by outlet and year, or in full."""

DATE_HINT = "write a date as 2016, 2016-12, 2016-12-31, `March 2024` or `last year`"


class Option:
    """The declaration of one option.

    It serves both parsers, the help, completion, the manual, and the tools for assistants.
    `choices` are all values that are allowed. `suggestions` are values for completion, if others
    are allowed as well. `noun` names the value in an error, as in "unknown topic". `short` is a
    second spelling of the flag, such as `-o`. An option has one value unless it `is_repeatable`.
    """

    __slots__ = (
        "choices",
        "flag",
        "help",
        "is_flag",
        "is_number",
        "is_repeatable",
        "key",
        "metavar",
        "noun",
        "short",
        "suggestions",
    )

    def __init__(  # noqa: PLR0913 -- a declaration, with its members by name
        self,
        key: str,
        help: str,
        *,
        metavar: str = "",
        choices: tuple[str, ...] = (),
        suggestions: tuple[str, ...] = (),
        noun: str = "",
        is_repeatable: bool = False,
        is_number: bool = False,
        short: str = "",
    ) -> None:
        self.key = key
        self.flag = "--" + key.replace("_", "-")
        self.help = help
        self.metavar = metavar
        self.choices = choices
        self.suggestions = suggestions or choices
        self.noun = noun or key
        self.is_flag = not metavar
        self.is_repeatable = is_repeatable
        self.is_number = is_number
        self.short = short

    @property
    def python_name(self) -> str:
        """The name of the argument in Python: `from_` for `from`, which is a word of Python."""
        return f"{self.key}_" if self.key == "from" else self.key


JSON = Option("json", "Print the document as JSON (same as --format json).")
FORMAT = Option(
    "format",
    "Output format (default: table on a terminal, tsv in a pipe).",
    metavar="FORMAT",
    choices=FORMATS,
)
FIELDS = Option("fields", "Print only these fields, in this order.", metavar="A,B")
ALL = Option("all", "Include superseded and retracted facts.")
VERIFIED = Option("verified", "Only facts with the verification status `cited`.")
TOPIC = Option("topic", "Only facts on this topic.", metavar="TOPIC", choices=TOPICS)
AS_OF = Option(
    "as_of",
    "Answer as of this date (YYYY, YYYY-MM or YYYY-MM-DD): what held, and was known, then.",
    metavar=DATE_METAVAR,
)
SINCE = Option("since", "Only facts that hold on or after this date.", metavar=DATE_METAVAR)
UNTIL = Option("until", "Only facts that hold on or before this date.", metavar=DATE_METAVAR)
CHART = Option("chart", "Add a bar chart of facts per year above the table.")
MATRIX = Option(
    "matrix",
    "Show as a matrix whom each holder favours on each issue; without WORDS, for all relations.",
)
MEASURE = Option("measure", "Only this measure.", metavar="MEASURE", choices=MEASURES)
COUNTRY = Option("country", "Only relations that include this country.", metavar="NAME")
ELSEWHERE = Option(
    "elsewhere", "Add facts in which both countries of a pair take part, filed under other pairs."
)
CURATED = Option("curated", "Only relations with facts that an editor wrote.")
VERIFICATION = Option(
    "verification",
    "Only facts with this verification status.",
    metavar="WORD",
    choices=VERIFICATIONS,
    noun="verification status",
)
STATUS = Option("status", "Only facts with this status.", metavar="WORD", choices=STATUSES)
FROM = Option(
    "from", "Only facts on what this country or organisation did, said or supplied.", metavar="WHO"
)
TO = Option("to", "Only facts on what was done to, said to or supplied to this one.", metavar="WHO")
MENTIONS = Option(
    "mentions", "Only facts that mention this country, territory or organisation.", metavar="NAME"
)
STYLE = Option(
    "style",
    "Print sources as bibtex, biblatex, ris or csl-json, or in a CSL style (its id or .csl file); "
    "`list` lists the styles.",
    metavar="STYLE",
    suggestions=(*EXCHANGE_STYLES, *COMMON_STYLES, LIST_STYLES),
)
STYLED_FORMAT = Option("format", FORMAT.help, metavar=FORMAT.metavar, choices=BIBLIOGRAPHY_FORMATS)
CITATIONS = Option(
    "citations",
    "How --format markdown cites sources: footnotes (default), or pandoc, which writes [@key] "
    "with the keys of cite --style bibtex.",
    metavar="HOW",
    choices=(FOOTNOTES, PANDOC),
    noun="citation format",
)
LIMIT = Option("limit", "At most N facts or rows.", metavar="N", is_number=True, short="-n")
SORT = Option(
    "sort",
    "Order of facts (default: newest first on a terminal, else by topic; search: relevance).",
    metavar="ORDER",
    choices=SORT_ORDERS,
    noun="order",
)
ALL_ROWS = Option("all_rows", "Show all rows of a table, however many the screen has.")
BRIEF = Option("brief", "Show dates and statements only (table).")
SOURCES = Option(
    "sources",
    "How a table lists sources (default: short).",
    metavar="HOW",
    choices=SOURCE_LISTS,
    noun="list of sources",
)
IDS = Option("ids", "Show the ids of facts (table).")
OUTPUT = Option("output", "File to write; `-` is standard output.", metavar="FILE", short="-o")
DATA = Option(
    "data", "Your own pack or folder of packs (repeatable).", metavar="PATH", is_repeatable=True
)
INDEX = Option(
    "index",
    "Query the index published at this address, postgresql://USER@HOST/DATABASE.",
    metavar="ADDRESS",
)
NO_USER_PACKS = Option("no_user_packs", "Leave out the packs in the user's data folder.")
FORCE = Option("force", "Replace existing files.")
RAW = Option(
    "raw", "Do not quote-protect cells that a spreadsheet would treat as formulas (csv, tsv)."
)
COLOR = Option(
    "color", "When to use colour.", metavar="WHEN", choices=COLOR_MODES, noun="colour mode"
)
NO_PAGER = Option("no_pager", "Do not show a long answer in a pager.")
RECEIPT = Option(
    "receipt", "Add the editions of the packs, the question, the day and a hash of the answer."
)
EDITION = Option("edition", "Cite the packs that the facts are in, not their sources.")
CORPUS_OPTIONS = (DATA, NO_USER_PACKS, INDEX)
"""Options that choose the packs."""
DISPLAY_OPTIONS = (ALL_ROWS, BRIEF, SOURCES, IDS)
"""Options that say how much a table shows."""
OUTPUT_OPTIONS = (
    *(JSON, FORMAT, RAW, FIELDS, OUTPUT, FORCE, RECEIPT),
    *CORPUS_OPTIONS,
    *DISPLAY_OPTIONS,
    *(COLOR, NO_PAGER),
)
PARTY_OPTIONS = (FROM, TO, MENTIONS)
"""Options that select facts by who did it, to whom, and what they mention."""
NAME_OPTIONS = (COUNTRY, *PARTY_OPTIONS)
"""Options whose value is the name of a country, or of something else that acts or is mentioned."""
PRESENTATION_OPTIONS = (*OUTPUT_OPTIONS, CHART, CITATIONS, STYLE)
"""Options that choose packs or layout, and do not change the content of a document."""
_VIEW_OPTIONS = (
    *(ALL, VERIFIED, TOPIC, AS_OF, SINCE, UNTIL, CHART, MATRIX, MEASURE, ELSEWHERE, CURATED),
    *(VERIFICATION, STATUS, *NAME_OPTIONS, STYLE, CITATIONS, LIMIT, SORT, EDITION),
)
"""Options that only some views have."""


def find_options(keys: Iterable[str]) -> tuple[Option, ...]:
    """Return those options of views that have these keys. Raises KeyError for another key."""
    by_key = {option.key: option for option in _VIEW_OPTIONS}
    return tuple([by_key[key] for key in keys])


def get_text(options: Mapping[str, object], key: str) -> str | None:
    """Return the text under a key, or None if there is none."""
    value = options.get(key)
    return value if isinstance(value, str) else None


def parse_choice(option: Option, options: Mapping[str, object]) -> str | None:
    """Return the value of an option with choices, or None. Raises UsageError for other values."""
    value = get_text(options, option.key)
    if value is None or value in option.choices:
        return value
    from bilatcli.fuzzy import did_you_mean

    raise UsageError(f"unknown {option.noun} `{value}`", hint=did_you_mean(value, option.choices))


def parse_format(option: Option, options: Mapping[str, object]) -> str | None:
    """Return the format that `option` or `json` sets, or None. Raises UsageError if they differ."""
    format = parse_choice(option, options)
    if not options.get("json"):
        return format
    if format not in (None, "json"):
        raise UsageError(
            f"`json` and `format` {format} are two output formats",
            hint="remove one of them",
            options=("json", "format"),
        )
    return "json"


def parse_day(
    option: Option,
    options: Mapping[str, object],
    *,
    last: bool,
    environment: Environment | None = None,
) -> str | None:
    """Return the first or last day of an option's date, or None. Raises UsageError if invalid.

    Dates such as `last year` need the `environment`, which knows the day.
    """
    value = get_text(options, option.key)
    if value is None:
        return None
    day = parse_date(value, last=last)
    if day is None:
        from bilatcli.query.dates import parse_date_words

        today = None if environment is None else environment.today
        day = parse_date_words(value, last=last, today=today)
    if day is None:
        raise UsageError(
            f"`{option.key}` cannot be `{value}`", hint=DATE_HINT, options=(option.key,)
        )
    return day


def parse_date(text: str, *, last: bool) -> str | None:
    """Return the first or last day of a date as `YYYY-MM-DD`, or None if the date is not valid.

    >>> parse_date("2016", last=False), parse_date("2016-02", last=True)
    ('2016-01-01', '2016-02-29')
    """
    parts = text.split("-")
    is_date = [len(part) for part in parts] in ([4], [4, 2], [4, 2, 2])
    if not is_date or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    from datetime import date

    year, *rest = map(int, parts)
    try:
        month = rest[0] if rest else 12 if last else 1
        day = rest[1] if len(rest) == 2 else _count_days(year, month) if last else 1
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _count_days(year: int, month: int) -> int:
    """Return the number of days in a month. The module `calendar` takes too long to import."""
    from datetime import date

    return 31 if month == 12 else (date(year, month + 1, 1) - date(year, month, 1)).days


def parse_int(option: Option, options: Mapping[str, object]) -> int | None:
    """Return the number that an option has, or None. Raises UsageError if it is not positive."""
    value = get_text(options, option.key)
    if value is None:
        return None
    if value.isascii() and value.isdigit() and len(value) <= MAX_LIMIT_DIGITS and int(value):
        return int(value)
    raise UsageError(
        f"`{option.key}` cannot be `{value}`",
        hint="it must be a positive whole number, such as 50",
        options=(option.key,),
    )
