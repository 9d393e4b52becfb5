"""The options of the command line, each declared once, and what is read out of those that were given."""

from __future__ import annotations

from bilatcli.errors import UsageError
from bilatcli.vocabulary import TOPICS, VERIFICATIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

FORMATS = ("table", "json", "ndjson", "csv", "tsv", "markdown")
COLOURS = ("auto", "always", "never")
DATE = "DATE"
"""What stands for a date in the help."""

EXCHANGE = ("bibtex", "biblatex", "ris", "csl-json")
"""Styles that are formats of other programs."""
LIST_OF_STYLES = "list"
USUAL_STYLES = ("apa", "chicago-author-date", "mla", "ieee", "oscola", "gost-r-7-0-5-2008")
"""A few of the CSL styles, by their ids."""
PAGES = ("text", "markdown", "html")
"""The formats that a bibliography in a CSL style can have."""
FOOTNOTES, PANDOC = "footnotes", "pandoc"
"""How facts in Markdown name their sources."""


class Option:
    """One option of the command line, for whoever reads it: the front door, the Typer app, completion, the manual."""

    __slots__ = (
        "choices",
        "flag",
        "help",
        "is_flag",
        "is_number",
        "key",
        "metavar",
        "offers",
        "repeats",
        "short",
    )

    def __init__(  # noqa: PLR0913 -- a declaration, whose lines are given by name
        self,
        key: str,
        help: str,
        *,
        metavar: str = "",
        choices: tuple[str, ...] = (),
        offers: tuple[str, ...] = (),
        repeats: bool = False,
        is_number: bool = False,
        short: str = "",
    ) -> None:
        self.key = key
        self.flag = "--" + key.replace("_", "-")
        self.help = help
        self.metavar = metavar
        self.choices = choices
        # What completion offers; other values may be taken too.
        self.offers = offers or choices
        self.is_flag = not metavar
        self.repeats = repeats
        self.is_number = is_number
        # Another spelling of the flag, as in -o.
        self.short = short


JSON = Option("json", "Print the document as JSON; the same as --format json.")
FORMAT = Option(
    "format",
    "How to print: table on a terminal and tsv in a pipe, unless said.",
    metavar="FORMAT",
    choices=FORMATS,
)
FIELDS = Option(
    "fields",
    "Only these keys of each fact, source, relation or cell, in this order.",
    metavar="A,B",
)
ALL = Option("all", "Superseded facts too.")
VERIFIED = Option("verified", "Only facts whose verification is `cited`.")
TOPIC = Option("topic", "Only facts on this topic.", metavar="TOPIC", choices=TOPICS)
AS_OF = Option(
    "as_of", "What held on this day (YYYY, YYYY-MM or YYYY-MM-DD) and was known then.", metavar=DATE
)
SINCE = Option("since", "Only facts that reach into the time from this day on.", metavar=DATE)
UNTIL = Option("until", "Only facts that reach into the time up to this day.", metavar=DATE)
CHART = Option("chart", "Above the table, a line of bars: how many facts each year has.")
MATRIX = Option(
    "matrix", "Whom each holder favours on each issue, as one matrix; without WORDS, of all packs."
)
COUNTRY = Option(
    "country",
    "Only relations, or facts on them, with this country, in any spelling.",
    metavar="NAME",
)
CURATED = Option(
    "curated", "Only relations with facts that an editor wrote, not those in outline alone."
)
VERIFICATION = Option(
    "verification", "Only facts that are verified so.", metavar="WORD", choices=VERIFICATIONS
)
STYLE = Option(
    "style",
    "Sources as bibtex, biblatex, ris or csl-json, or in a CSL style by its id or .csl file; `list` lists them.",
    metavar="STYLE",
    offers=(*EXCHANGE, *USUAL_STYLES, LIST_OF_STYLES),
)
STYLED_FORMAT = Option("format", FORMAT.help, metavar=FORMAT.metavar, choices=PAGES)
CITATIONS = Option(
    "citations",
    "How --format markdown cites: footnotes unless said; pandoc writes [@key], with the keys of cite --style bibtex.",
    metavar="HOW",
    choices=(FOOTNOTES, PANDOC),
)
LIMIT = Option("limit", "Show at most so many facts (20 unless said).", metavar="N", is_number=True)
DATA = Option(
    "data",
    "A pack of one's own, or a folder of packs; may be repeated.",
    metavar="PATH",
    repeats=True,
)
INDEX = Option(
    "index", "Ask the index published there, postgresql://USER@HOST/DATABASE.", metavar="ADDRESS"
)
FORCE = Option("force", "Replace what is there already.")
RAW = Option(
    "raw",
    "In csv and tsv, cells that a spreadsheet would run as they are, without the apostrophe before them.",
)
COLOR = Option("color", "Colour a table or a map.", metavar="WHEN", choices=COLOURS)

CORPUS = (DATA, INDEX)
"""Where answers come from."""
OUTPUT_OPTIONS = (JSON, FORMAT, RAW, FIELDS, *CORPUS, COLOR)
CHOOSING = (ALL, VERIFIED, AS_OF, SINCE, UNTIL)
FACT_OPTIONS = (*CHOOSING, CITATIONS)
PRINTING = (*OUTPUT_OPTIONS, CHART, CITATIONS, STYLE)
"""Options that say out of which packs and how a document is printed, and not what it says."""
SEARCH_OPTIONS = (TOPIC, COUNTRY, VERIFICATION, *FACT_OPTIONS, LIMIT)

USUAL_LIMIT = 20
"""So many facts a search shows unless told otherwise."""
LONGEST_LIMIT = 9
"""A number of more digits is no limit."""


def chosen(option: Option, options: Mapping[str, object]) -> str | None:
    """The value of an option that has a list of them; raises UsageError for one that is not on it."""
    value = text_of(options, option.key)
    if value is None or value in option.choices:
        return value
    from bilatcli.fuzzy import find_nearest

    near = find_nearest(value, option.choices)
    hint = f"did you mean `{near}`?" if near else f"there are {', '.join(option.choices)}"
    raise UsageError(f"{option.flag} cannot be `{value}`: {hint}")


def format_of(option: Option, options: Mapping[str, object]) -> str | None:
    """The format that `option` or --json asks for, if any; raises UsageError where the two do not ask for one."""
    format = chosen(option, options)
    if not options.get("json"):
        return format
    if format not in (None, "json"):
        raise UsageError(f"--json and --format {format} ask for two formats: give one of them")
    return "json"


def day_of(option: Option, options: Mapping[str, object], *, last: bool) -> str | None:
    """The first or last day of the date that an option has; raises UsageError for what is no date."""
    value = text_of(options, option.key)
    if value is None:
        return None
    day = end_of(value, last=last)
    if day is None:
        raise UsageError(f"{option.flag} cannot be `{value}`: {AS_A_DATE}")
    return day


AS_A_DATE = "write a date as 2016, 2016-12 or 2016-12-31"


def end_of(value: str, *, last: bool) -> str | None:
    """The last day of a date, or else its first, as `YYYY-MM-DD`; None for what is no date."""
    year, month, day = [*value.split("-"), "", ""][:3]
    is_date = [len(part) for part in value.split("-")] in (
        [4],
        [4, 2],
        [4, 2, 2],
    ) and value.replace("-", "").isdigit()
    if is_date and value.isascii() and int(year) > 0 and int(month or 1) in range(1, 13):
        longest = _days(int(year), int(month or 12))
        if int(day or 1) in range(1, longest + 1):
            return f"{year}-{month or (12 if last else '01')}-{day or (longest if last else '01')}"
    return None


def count_of(option: Option, options: Mapping[str, object]) -> int | None:
    """The number that an option has; raises UsageError for what is none from 1 on."""
    value = text_of(options, option.key)
    if value is None:
        return None
    if value.isascii() and value.isdigit() and len(value) <= LONGEST_LIMIT and int(value):
        return int(value)
    raise UsageError(
        f"{option.flag} cannot be `{value}`: write a whole number from 1 on, such as 50"
    )


def _days(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def text_of(options: Mapping[str, object], key: str) -> str | None:
    """The text under a key, or None."""
    value = options.get(key)
    return value if isinstance(value, str) else None
