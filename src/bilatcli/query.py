"""A question: as it was asked (`Request`), and as it is understood (`Query`): countries, filter, options."""

from __future__ import annotations

from bilatcli import filters, names, reading
from bilatcli.errors import Ambiguous, Candidate, NoSuchCountry, UsageError
from bilatcli.filters import Filter
from bilatcli.text import fold, json_string, squeeze
from bilatcli.vocabulary import TOPICS, VERIFICATIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bilatcli.index import Index
    from bilatcli.names import Match

MAX_TOKENS = 64
"""More words than this are no question."""
MAX_COUNTRIES = 6
"""The statements of the views have room for the pairs among as many."""

FORMATS = ("table", "json", "ndjson", "csv", "tsv", "markdown")
COLOURS = ("auto", "always", "never")

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

    __slots__ = ("choices", "flag", "help", "is_flag", "key", "metavar", "offers", "repeats", "short")

    def __init__(  # noqa: PLR0913 -- a declaration, whose lines are given by name
        self,
        key: str,
        help: str,
        *,
        metavar: str = "",
        choices: tuple[str, ...] = (),
        offers: tuple[str, ...] = (),
        repeats: bool = False,
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
        # Another spelling of the flag, as in -o.
        self.short = short


JSON = Option("json", "Print the document as JSON; the same as --format json.")
FORMAT = Option(
    "format",
    "How to print: table on a terminal and tsv in a pipe, unless said.",
    metavar="FORMAT",
    choices=FORMATS,
)
FIELDS = Option("fields", "Only these keys of each fact, source, relation or cell, in this order.", metavar="A,B")
ALL = Option("all", "Superseded facts too.")
VERIFIED = Option("verified", "Only facts whose verification is `cited`.")
TOPIC = Option("topic", "Only facts on this topic.", metavar="TOPIC", choices=TOPICS)
AS_OF = Option("as_of", "What held on this day (YYYY, YYYY-MM or YYYY-MM-DD) and was known then.", metavar="DATE")
SINCE = Option("since", "Only facts that reach into the time from this day on.", metavar="DATE")
UNTIL = Option("until", "Only facts that reach into the time up to this day.", metavar="DATE")
CHART = Option("chart", "Above the table, a line of bars: how many facts each year has.")
MATRIX = Option("matrix", "Whom each holder favours on each issue, as one matrix; without WORDS, of all packs.")
COUNTRY = Option("country", "Only relations, or facts on them, with this country, in any spelling.", metavar="NAME")
CURATED = Option("curated", "Only relations with facts that an editor wrote, not those in outline alone.")
VERIFICATION = Option("verification", "Only facts that are verified so.", metavar="WORD", choices=VERIFICATIONS)
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
LIMIT = Option("limit", "Show at most so many facts (20 unless said).", metavar="N")
DATA = Option("data", "A pack of one's own, or a folder of packs; may be repeated.", metavar="PATH", repeats=True)
COLOR = Option("color", "Colour a table.", metavar="WHEN", choices=COLOURS)

OUTPUT_OPTIONS = (JSON, FORMAT, FIELDS, DATA, COLOR)
CHOOSING = (ALL, VERIFIED, AS_OF, SINCE, UNTIL)
FACT_OPTIONS = (*CHOOSING, CITATIONS)
SEARCH_OPTIONS = (TOPIC, COUNTRY, VERIFICATION, *FACT_OPTIONS, LIMIT)

USUAL_LIMIT = 20
"""So many facts a search shows unless told otherwise."""
LONGEST_LIMIT = 9
"""A number of more digits is no limit."""


class Request:
    """A question as it was asked: the view, the words, and the options that were given.

    `has_ids` says that the words are ids and nothing else; `unknown` are those of them that no record has.
    """

    __slots__ = (
        *(
            "all",
            "as_of",
            "chart",
            "citations",
            "color",
            "country",
            "curated",
            "data",
            "dates",
            "fields",
            "format",
            "json",
            "limit",
        ),
        *("has_ids", "matrix", "since", "style", "topic", "unknown", "until", "verification", "verified"),
        *("view", "words"),
    )

    def __init__(self, view: str, words: Sequence[str] = (), **options: object) -> None:
        self.view = view
        self.words = list(words)
        self.dates: list[str] = []
        self.has_ids = False
        self.unknown: list[str] = []
        self.all = bool(options.get("all"))
        self.chart = bool(options.get("chart"))
        self.verified = bool(options.get("verified"))
        self.matrix = bool(options.get("matrix"))
        self.curated = bool(options.get("curated"))
        self.country = _text(options, "country")
        self.topic = chosen(TOPIC, options)
        self.verification = chosen(VERIFICATION, options)
        self.limit = _count(LIMIT, options)
        self.as_of = day_of(AS_OF, options, last=True)
        self.since = day_of(SINCE, options, last=False)
        self.until = day_of(UNTIL, options, last=True)
        data = options.get("data")
        self.data: tuple[str, ...] = tuple(data) if isinstance(data, list) else ()
        self.color = chosen(COLOR, options) or "auto"
        self.style = _text(options, "style")
        self.format = _format(self.style, options)
        self.citations = chosen(CITATIONS, options)
        if self.citations is not None and self.format != "markdown":
            raise UsageError(f"{CITATIONS.flag} is of Markdown: add --format markdown, or leave it out")
        fields = _text(options, "fields")
        named = None if fields is None else [field.strip() for field in fields.split(",") if field.strip()]
        self.fields = None if named is None else list(dict.fromkeys(named))
        if self.style is not None and self.fields is not None:
            raise UsageError("--style has all fields of a source: leave --fields out")
        if self.fields == []:
            raise UsageError("--fields names nothing: give keys with commas between, such as `id,date,text`")

    @property
    def text(self) -> str:
        """The words as one phrase."""
        return " ".join([*self.words, *self.dates])

    def take_dates(self) -> tuple[str, str]:
        """Take the two dates that the words end with out of `words`, into `dates`, and return the last day of each.

        Raises UsageError unless there are just two, and the first ends before the second.
        """
        self.words = self.text.split()
        self.dates = []
        while self.words and _is_like_date(self.words[-1]):
            self.dates.insert(0, self.words.pop())
        if len(self.dates) != 2:
            how = f"end with two, as in `bilatcli {self.view} azerbaijan pakistan 2024 2026`"
            raise UsageError(f"`{self.view}` compares two dates, but got {len(self.dates) or 'none'}: {how}")
        days = [_end_of(date, last=True) for date in self.dates]
        for date, day in zip(self.dates, days, strict=True):
            if day is None:
                raise UsageError(f"`{date}` is no date: {_AS_A_DATE}")
        first, last = (day or "" for day in days)
        if first >= last:
            raise UsageError(f"`{self.dates[0]}` does not end before `{self.dates[1]}`: write the earlier date first")
        return first, last

    def command(self, words: Sequence[str], *, country: str | None = None) -> str:
        """The command line that asks the same of other words, or of another country in the option for one."""
        from shlex import join

        options: list[str] = []
        chosen = ((TOPIC, self.topic), (COUNTRY, country or self.country), (VERIFICATION, self.verification))
        for option, value in (*chosen, (LIMIT, self.limit), (STYLE, self.style)):
            options += [] if value is None else [option.flag, str(value)]
        options += ["--all"] if self.all else []
        options += [option.flag for option in (VERIFIED, MATRIX, CURATED, CHART) if getattr(self, option.key)]
        for option in (AS_OF, SINCE, UNTIL):
            options += [option.flag, day] if (day := getattr(self, option.key)) else []
        options += [part for path in self.data for part in ("--data", path)]
        return join(["bilatcli", self.view, *filter(None, words), *self.dates, *options])


def chosen(option: Option, options: Mapping[str, object]) -> str | None:
    """The value of an option that has a list of them; raises UsageError for one that is not on it."""
    value = _text(options, option.key)
    if value is None or value in option.choices:
        return value
    from bilatcli.similar import nearest

    near = nearest(value, option.choices)
    hint = f"did you mean `{near}`?" if near else f"there are {', '.join(option.choices)}"
    raise UsageError(f"{option.flag} cannot be `{value}`: {hint}")


def _format(style: str | None, options: Mapping[str, object]) -> str | None:
    """The format that is asked for in whichever way, if any; raises UsageError where there are two of them."""
    is_json = bool(options.get("json")) or _text(options, "format") == "json"
    if style is not None and is_json and style != "csl-json":
        raise UsageError(f"JSON and --style {style} ask for two formats: give one of them, or --style csl-json")
    if style is not None and not is_json:
        if style in EXCHANGE and _text(options, "format"):
            raise UsageError(f"--format and --style {style} ask for two formats: give one of them")
        return format_of(STYLED_FORMAT, options)
    return format_of(FORMAT, options)


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
    value = _text(options, option.key)
    if value is None:
        return None
    day = _end_of(value, last=last)
    if day is None:
        raise UsageError(f"{option.flag} cannot be `{value}`: {_AS_A_DATE}")
    return day


_AS_A_DATE = "write a date as 2016, 2016-12 or 2016-12-31"


def _is_like_date(word: str) -> bool:
    """Whether a word is meant as a date: four digits, and only digits and hyphens behind them."""
    return word.isascii() and word[:4].isdigit() and word[4:5] in ("", "-") and not word.strip("0123456789-")


def _end_of(value: str, *, last: bool) -> str | None:
    """The last day of a date, or else its first, as `YYYY-MM-DD`; None for what is no date."""
    year, month, day = [*value.split("-"), "", ""][:3]
    is_date = [len(part) for part in value.split("-")] in ([4], [4, 2], [4, 2, 2]) and value.replace("-", "").isdigit()
    if is_date and value.isascii() and int(year) > 0 and int(month or 1) in range(1, 13):
        longest = _days(int(year), int(month or 12))
        if int(day or 1) in range(1, longest + 1):
            return f"{year}-{month or (12 if last else '01')}-{day or (longest if last else '01')}"
    return None


def _count(option: Option, options: Mapping[str, object]) -> int | None:
    """The number that an option has; raises UsageError for what is none from 1 on."""
    value = _text(options, option.key)
    if value is None:
        return None
    if value.isascii() and value.isdigit() and len(value) <= LONGEST_LIMIT and int(value):
        return int(value)
    raise UsageError(f"{option.flag} cannot be `{value}`: write a whole number from 1 on, such as 50")


def _days(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _text(options: Mapping[str, object], key: str) -> str | None:
    value = options.get(key)
    return value if isinstance(value, str) else None


class Query:
    """A question as it is understood: which countries, and which words the facts must have."""

    __slots__ = ("countries", "readings", "request", "unused", "words")

    def __init__(self, request: Request, countries: Sequence[Match] = (), wanted: Filter | None = None) -> None:
        wanted = wanted or Filter()
        self.request = request
        self.countries = list(countries)
        self.words = wanted.words
        self.readings = wanted.readings
        self.unused = wanted.unused

    @property
    def filter(self) -> str | None:
        """The words that the facts must have, or None."""
        return " ".join(self.words) or None

    def taking(self) -> Callable[[str], bool]:
        """Return what tells whether folded words have the filter: each of its words begins one of theirs.

        A designation is found however it is written: `JF-17`, `jf17`, `JF 17`.
        """
        wanted = [(f" {fold(word)}", f" {squeeze(word)}") for word in self.words]
        whole = f" {squeeze(''.join(self.words))}" if len(wanted) > 1 else "\n"

        def takes(words: str) -> bool:
            return all(apart in words or together in words for apart, together in wanted) or whole in words

        return takes

    def codes(self) -> list[str]:
        """The countries' codes, each once, in the order they were named."""
        return list(dict.fromkeys(match.code for match in self.countries))

    def pairs(self) -> list[str]:
        """The ids of the relations among the countries, whether any pack has them or not."""
        codes = sorted(code.lower() for code in self.codes())
        return [f"{one}-{other}" for place, one in enumerate(codes) for other in codes[place + 1 :]]

    def notes(self) -> list[str]:
        """What was understood otherwise than it was typed, a line each."""
        otherwise = [match for match in self.countries if match.kind in ("fuzzy", "former")]
        read = [f"reading `{match.input}` as {match.name} ({match.code})" for match in otherwise]
        return [*read, *self.readings, *(f"no fact has `{word}`: left out" for word in self.unused)]

    def json(self) -> str:
        """The `query` of a document."""
        request = self.request
        countries = ",".join(_match_json(match) for match in self.countries)
        wanted = "null" if self.filter is None else json_string(self.filter)
        unused = ",".join(map(json_string, self.unused))
        topic = "null" if request.topic is None else json_string(request.topic)
        switches = f'"all":{_bool(request.all)},"verified":{_bool(request.verified)}'
        days = {"as_of": request.as_of, "since": request.since, "until": request.until}
        when = ",".join(f'"{key}":{_or_null(day)}' for key, day in days.items())
        return (
            f'{{"text":{json_string(request.text)},"countries":[{countries}],"filter":{wanted},'
            f'"unused":[{unused}],"topic":{topic},{switches},{when}}}'
        )


def _match_json(match: Match) -> str:
    return (
        f'{{"input":{json_string(match.input)},"code":"{match.code}","name":{json_string(match.name)},'
        f'"match":"{match.match}","score":{match.score}}}'
    )


def _or_null(day: str | None) -> str:
    return f'"{day}"' if day else "null"


def _bool(value: object) -> str:
    return "true" if value else "false"


def understand(request: Request, index: Index) -> Query:
    """Return what a request asks: its countries, exactly or by likeness, and the words left over as a filter.

    Raises Ambiguous where a word names several countries.
    """
    countries, words = read(request, index)
    query = Query(request, countries, filters.understand(words, index) if words else None)
    if len(query.codes()) > MAX_COUNTRIES:
        raise UsageError(f"{len(query.codes())} countries are too many: name at most {MAX_COUNTRIES}")
    return query


def option_country(request: Request, index: Index) -> Match:
    """Return the one country that `--country` names.

    Raises UsageError where it names nothing, NoSuchCountry or Ambiguous with the command for each that may be meant.
    """
    asked = request.country or ""
    if not asked.strip():
        raise UsageError(f"{COUNTRY.flag} names nothing: give a country, as in `--country azerbaijan`")
    found = names.resolve(asked, index)
    if found.match is not None:
        return found.match
    ask, words = request.command, request.words
    near = found.candidates or names.suggestions(asked, index)
    candidates = [Candidate(m.code, m.name, command=ask(words, country=m.code.lower()), score=m.score) for m in near]
    raise Ambiguous(asked, candidates) if found.candidates else NoSuchCountry(asked, candidates)


def read(request: Request, index: Index) -> tuple[list[Match], list[str]]:
    """Return the countries of a request in order, and the words that are left over as they were typed."""
    phrase = reading.tokens(request.words)
    if len(phrase) > MAX_TOKENS:
        raise UsageError(f"{len(phrase)} words are no question: give at most {MAX_TOKENS}")
    found = reading.read(phrase, index) if phrase else {}
    free = reading.free_tokens(phrase, found)
    unknown = [i for i in free if not phrase[i].is_glued and not filters.is_known(phrase[i].folded, index)]
    if unknown:
        alike = reading.read_like(phrase, found, unknown, index)
        inside = {span for span in found for start, end in alike if start <= span[0] and span[1] <= end}
        found = {span: matches for span, matches in found.items() if span not in inside} | alike
        reading.mark_joining(phrase, found, index)
    found = reading.without_compounds(phrase, found)
    countries = [_one(request, phrase, span, found[span]) for span in sorted(found)]
    return countries, reading.left_over(phrase, found)


def require_country(query: Query, index: Index) -> None:
    """Raise NoSuchCountry, or UsageError where nothing was typed, unless a country was understood."""
    if query.countries:
        return
    if not "".join(query.request.words).strip():
        example = " ".join(["bilatcli", query.request.view, "azerbaijan pakistan", *query.request.dates])
        raise UsageError(f"name a country or two, as in `{example}`")
    word = query.filter or query.request.text
    near = names.suggestions(word, index)
    ask = query.request.command
    candidates = [Candidate(m.code, m.name, command=ask([m.code.lower()]), score=m.score) for m in near]
    raise NoSuchCountry(word, candidates)


def _one(request: Request, phrase: Sequence[reading.Token], span: reading.Span, matches: Sequence[Match]) -> Match:
    """The one country of a run of tokens; raises Ambiguous, with the command for each, where there are several."""
    if len(matches) == 1:
        return matches[0]
    before, after = reading.whole_pieces(phrase[: span[0]]).split(), reading.whole_pieces(phrase[span[1] :]).split()
    candidates = [
        Candidate(m.code, m.name, command=request.command([*before, m.code.lower(), *after]), score=m.score)
        for m in matches
    ]
    raise Ambiguous(matches[0].input, candidates)
