"""A question: as it was asked (`Request`), and as it is understood (`Query`): countries and filter."""

from __future__ import annotations

from bilatcli.errors import Ambiguous, Candidate, NoSuchCountry, UsageError
from bilatcli.query import countries, filters, parser
from bilatcli.query.filters import Filter
from bilatcli.query.options import (
    AS_A_DATE,
    AS_OF,
    CHART,
    CITATIONS,
    COLOR,
    COUNTRY,
    CURATED,
    EXCHANGE,
    FORMAT,
    INDEX,
    LIMIT,
    MATRIX,
    SINCE,
    STYLE,
    STYLED_FORMAT,
    TOPIC,
    UNTIL,
    VERIFICATION,
    VERIFIED,
    chosen,
    count_of,
    day_of,
    end_of,
    format_of,
    text_of,
)
from bilatcli.text import normalize, json_string, normalize_joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bilatcli.index.store import Index
    from bilatcli.query.countries import Match

MAX_TOKENS = 64
"""More words than this are no question."""
MAX_COUNTRIES = 6
"""The statements of the views have room for the pairs among as many."""


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
        ),
        *("index", "json", "limit"),
        *(
            "has_ids",
            "matrix",
            "raw",
            "since",
            "style",
            "topic",
            "unknown",
            "until",
            "verification",
            "verified",
        ),
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
        self.raw = bool(options.get("raw"))
        self.country = text_of(options, "country")
        self.topic = chosen(TOPIC, options)
        self.verification = chosen(VERIFICATION, options)
        self.limit = count_of(LIMIT, options)
        self.as_of = day_of(AS_OF, options, last=True)
        self.since = day_of(SINCE, options, last=False)
        self.until = day_of(UNTIL, options, last=True)
        self.index = text_of(options, "index")
        data = options.get("data")
        self.data: tuple[str, ...] = tuple(data) if isinstance(data, list) else ()
        self.color = chosen(COLOR, options) or "auto"
        self.style = text_of(options, "style")
        self.format = _format(self.style, options)
        self.citations = chosen(CITATIONS, options)
        if self.citations is not None and self.format != "markdown":
            raise UsageError(
                f"{CITATIONS.flag} is of Markdown: add --format markdown, or leave it out"
            )
        fields = text_of(options, "fields")
        named = (
            None
            if fields is None
            else [field.strip() for field in fields.split(",") if field.strip()]
        )
        self.fields = None if named is None else list(dict.fromkeys(named))
        if self.style is not None and self.fields is not None:
            raise UsageError("--style has all fields of a source: leave --fields out")
        if self.fields == []:
            raise UsageError(
                "--fields names nothing: give keys with commas between, such as `id,date,text`"
            )

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
            raise UsageError(
                f"`{self.view}` compares two dates, but got {len(self.dates) or 'none'}: {how}"
            )
        days = [end_of(date, last=True) for date in self.dates]
        for date, day in zip(self.dates, days, strict=True):
            if day is None:
                raise UsageError(f"`{date}` is no date: {AS_A_DATE}")
        first, last = (day or "" for day in days)
        if first >= last:
            raise UsageError(
                f"`{self.dates[0]}` does not end before `{self.dates[1]}`: write the earlier date first"
            )
        return first, last

    def command(self, words: Sequence[str], *, country: str | None = None) -> str:
        """The command line that asks the same of other words, or of another country in the option for one."""
        from shlex import join

        options: list[str] = []
        chosen = (
            (TOPIC, self.topic),
            (COUNTRY, country or self.country),
            (VERIFICATION, self.verification),
        )
        for option, value in (*chosen, (LIMIT, self.limit), (STYLE, self.style)):
            options += [] if value is None else [option.flag, str(value)]
        options += ["--all"] if self.all else []
        options += [
            option.flag
            for option in (VERIFIED, MATRIX, CURATED, CHART)
            if getattr(self, option.key)
        ]
        for option in (AS_OF, SINCE, UNTIL):
            options += [option.flag, day] if (day := getattr(self, option.key)) else []
        options += [part for path in self.data for part in ("--data", path)]
        if self.index:
            from bilatcli.urls import remove_password

            options += [INDEX.flag, remove_password(self.index)]
        return join(["bilatcli", self.view, *filter(None, words), *self.dates, *options])


def _format(style: str | None, options: Mapping[str, object]) -> str | None:
    """The format that is asked for in whichever way, if any; raises UsageError where there are two of them."""
    is_json = bool(options.get("json")) or text_of(options, "format") == "json"
    if style is not None and is_json and style != "csl-json":
        raise UsageError(
            f"JSON and --style {style} ask for two formats: give one of them, or --style csl-json"
        )
    if style is not None and not is_json:
        if style in EXCHANGE and text_of(options, "format"):
            raise UsageError(f"--format and --style {style} ask for two formats: give one of them")
        return format_of(STYLED_FORMAT, options)
    return format_of(FORMAT, options)


def _is_like_date(word: str) -> bool:
    """Whether a word is meant as a date: four digits, and only digits and hyphens behind them."""
    return (
        word.isascii()
        and word[:4].isdigit()
        and word[4:5] in ("", "-")
        and not word.strip("0123456789-")
    )


class Query:
    """A question as it is understood: which countries, and which words the facts must have.

    `codes` are the countries' codes, each once, in the order they were named; `pairs` the ids of the relations among
    them, whether any pack has them or not.
    """

    __slots__ = ("codes", "countries", "pairs", "readings", "request", "unused", "words")

    def __init__(
        self, request: Request, countries: Sequence[Match] = (), wanted: Filter | None = None
    ) -> None:
        wanted = wanted or Filter()
        self.request = request
        self.countries = list(countries)
        self.codes = list(dict.fromkeys([match.code for match in self.countries]))
        codes = sorted([code.lower() for code in self.codes])
        self.pairs = [
            f"{one}-{other}" for place, one in enumerate(codes) for other in codes[place + 1 :]
        ]
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
        wanted = [(f" {normalize(word)}", f" {normalize_joined(word)}") for word in self.words]
        whole = f" {normalize_joined(''.join(self.words))}" if len(wanted) > 1 else "\n"

        def takes(words: str) -> bool:
            return (
                all(apart in words or together in words for apart, together in wanted)
                or whole in words
            )

        return takes

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
    if len(query.codes) > MAX_COUNTRIES:
        raise UsageError(f"{len(query.codes)} countries are too many: name at most {MAX_COUNTRIES}")
    return query


def option_country(request: Request, index: Index) -> Match:
    """Return the one country that `--country` names.

    Raises UsageError where it names nothing, NoSuchCountry or Ambiguous with the command for each that may be meant.
    """
    asked = request.country or ""
    if not asked.strip():
        raise UsageError(
            f"{COUNTRY.flag} names nothing: give a country, as in `--country azerbaijan`"
        )
    found = countries.resolve(asked, index)
    if found.match is not None:
        return found.match
    ask, words = request.command, request.words
    near = found.candidates or countries.suggestions(asked, index)
    candidates = [
        Candidate(m.code, m.name, command=ask(words, country=m.code.lower()), score=m.score)
        for m in near
    ]
    raise Ambiguous(asked, candidates) if found.candidates else NoSuchCountry(asked, candidates)


def read(request: Request, index: Index) -> tuple[list[Match], list[str]]:
    """Return the countries of a request in order, and the words that are left over as they were typed."""
    phrase = parser.tokens(request.words)
    if len(phrase) > MAX_TOKENS:
        raise UsageError(f"{len(phrase)} words are no question: give at most {MAX_TOKENS}")
    found = parser.read(phrase, index) if phrase else {}
    free = parser.free_tokens(phrase, found)
    unknown = [
        i for i in free if not phrase[i].is_glued and not filters.is_known(phrase[i].folded, index)
    ]
    if unknown:
        alike = parser.read_like(phrase, found, unknown, index)
        inside = {
            span for span in found for start, end in alike if start <= span[0] and span[1] <= end
        }
        found = {span: matches for span, matches in found.items() if span not in inside} | alike
        parser.mark_joining(phrase, found, index)
    found = parser.without_compounds(phrase, found)
    countries = [_one(request, phrase, span, found[span]) for span in sorted(found)]
    return countries, parser.left_over(phrase, found)


def require_country(query: Query, index: Index) -> None:
    """Raise NoSuchCountry, or UsageError where nothing was typed, unless a country was understood."""
    if query.countries:
        return
    if not "".join(query.request.words).strip():
        example = " ".join(
            ["bilatcli", query.request.view, "azerbaijan pakistan", *query.request.dates]
        )
        raise UsageError(f"name a country or two, as in `{example}`")
    word = query.filter or query.request.text
    near = countries.suggestions(word, index)
    ask = query.request.command
    candidates = [
        Candidate(m.code, m.name, command=ask([m.code.lower()]), score=m.score) for m in near
    ]
    raise NoSuchCountry(word, candidates)


def _one(
    request: Request, phrase: Sequence[parser.Token], span: parser.Span, matches: Sequence[Match]
) -> Match:
    """The one country of a run of tokens; raises Ambiguous, with the command for each, where there are several."""
    if len(matches) == 1:
        return matches[0]
    before, after = (
        parser.whole_pieces(phrase[: span[0]]).split(),
        parser.whole_pieces(phrase[span[1] :]).split(),
    )
    candidates = [
        Candidate(
            m.code,
            m.name,
            command=request.command([*before, m.code.lower(), *after]),
            score=m.score,
        )
        for m in matches
    ]
    raise Ambiguous(matches[0].input, candidates)
