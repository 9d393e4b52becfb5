"""A request: the view, the words and the options that a user gave, validated."""

from __future__ import annotations

from bilatcli.environment import STANDARD_STREAM
from bilatcli.errors import UsageError
from bilatcli.query.options import (
    AS_OF,
    CHART,
    CITATIONS,
    COLOR,
    COUNTRY,
    CURATED,
    EDITION,
    ELSEWHERE,
    FIELDS,
    FORMAT,
    FROM,
    INDEX,
    LIMIT,
    MATRIX,
    MEASURE,
    MENTIONS,
    NO_USER_PACKS,
    OUTPUT,
    SINCE,
    SORT,
    SOURCES,
    STATUS,
    STYLE,
    TO,
    TOPIC,
    UNTIL,
    VERIFICATION,
    VERIFIED,
    get_text,
    parse_choice,
    parse_day,
    parse_format,
    parse_int,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bilatcli.environment import Environment

CITED = "cited"
"""The verification that the option `verified` asks for."""
NEWEST = frozenset("latest newest recent".split())
"""Words that ask for the newest facts."""
DATE_WORDS = NEWEST | frozenset("today now yesterday last past previous this current".split())
"""Words that can begin a date, or ask for the newest facts, without a digit."""

_FORM_KEYS = frozenset((STYLE.key, CITATIONS.key, FIELDS.key, OUTPUT.key))
"""Options that decide with `format` and `json` on the form of an answer."""


class Request:
    """What a user asks of a view: the words and the options that were given.

    Options are given by their keys, as texts or booleans. Raises UsageError for an invalid value.
    `has_ids` is True if the words are ids of records only, and `unknown` lists the ids that no
    record has; the view `cite` sets both. Dates in the words are moved to options, or for the view
    `diff` to `dates`: `typed` are the words before that, and `readings` say how dates were read.
    Dates such as `last year` need the `environment`, which knows the day.
    """

    __slots__ = (  # noqa: RUF023 -- in the order of `__init__`
        "view",
        "words",
        "typed",
        "dates",
        "readings",
        "has_ids",
        "unknown",
        "all",
        "chart",
        "verified",
        "matrix",
        "curated",
        "elsewhere",
        "edition",
        "raw",
        "receipt",
        "country",
        "topic",
        "measure",
        "verification",
        "status",
        "from_",
        "to",
        "mentions",
        "limit",
        "as_of",
        "since",
        "until",
        "index",
        "data",
        "no_user_packs",
        "no_pager",
        "sort",
        "all_rows",
        "brief",
        "sources",
        "ids",
        "output",
        "force",
        "color",
        "style",
        "format",
        "citations",
        "fields",
        "environment",
    )

    def __init__(
        self,
        view: str,
        words: Sequence[str] = (),
        environment: Environment | None = None,
        /,
        **options: object,
    ) -> None:
        self.view = view
        self.words = list(words)
        self.typed: list[str] | None = None
        self.dates: list[str] = []
        self.readings: list[str] = []
        self.environment = environment
        self.has_ids = False
        self.unknown: list[str] = []
        self.all = bool(options.get("all"))
        self.chart = bool(options.get("chart"))
        self.verified = bool(options.get("verified"))
        self.matrix = bool(options.get("matrix"))
        self.curated = bool(options.get("curated"))
        self.elsewhere = bool(options.get("elsewhere"))
        self.edition = bool(options.get("edition"))
        self.receipt = bool(options.get("receipt"))
        self.raw = bool(options.get("raw"))
        self.country = get_text(options, "country")
        self.topic = parse_choice(TOPIC, options)
        self.measure = parse_choice(MEASURE, options)
        self._read_kind_options(options)
        self.limit = parse_int(LIMIT, options)
        self.as_of = parse_day(AS_OF, options, last=True, environment=environment)
        self.since = parse_day(SINCE, options, last=False, environment=environment)
        self.until = parse_day(UNTIL, options, last=True, environment=environment)
        self.check_dates()
        self.index = get_text(options, "index")
        data = options.get("data")
        self.data: tuple[str, ...] = tuple(data) if isinstance(data, list) else ()
        self.no_user_packs = bool(options.get("no_user_packs"))
        self.sort = parse_choice(SORT, options)
        self._read_display_options(options)
        self._read_form_options(options)

    def _read_kind_options(self, options: Mapping[str, object]) -> None:
        """Set which facts are included. Raises UsageError if two options contradict each other."""
        self.status = parse_choice(STATUS, options)
        self.from_ = get_text(options, FROM.key)
        self.to = get_text(options, TO.key)
        self.mentions = get_text(options, MENTIONS.key)
        self.verification = parse_choice(VERIFICATION, options)
        if self.verified and self.verification not in (None, CITED):
            raise UsageError(
                f"`verified` means `{CITED}`, but `verification` is `{self.verification}`",
                hint="give one of them",
                options=("verified", "verification"),
            )

    def _read_display_options(self, options: Mapping[str, object]) -> None:
        """Set what says how an answer is shown, and where."""
        self.no_pager = bool(options.get("no_pager"))
        self.all_rows = bool(options.get("all_rows"))
        self.brief = bool(options.get("brief"))
        self.sources = parse_choice(SOURCES, options)
        self.ids = bool(options.get("ids"))
        self.force = bool(options.get("force"))
        self.output = get_text(options, "output")
        self.color = parse_choice(COLOR, options) or "auto"

    def _read_form_options(self, options: Mapping[str, object]) -> None:
        """Set the form of an answer: its format, style, citations and fields."""
        if _FORM_KEYS.isdisjoint(options):
            self.style = self.citations = self.fields = None
            self.format = parse_format(FORMAT, options)
            return
        from bilatcli.query.option_values import parse_form

        self.style, self.format, self.citations, self.fields = parse_form(self.view, options)

    @property
    def writes_file(self) -> bool:
        """True if the answer goes to a file, not to standard output."""
        return self.output not in (None, STANDARD_STREAM)

    @property
    def text(self) -> str:
        """The words as one phrase, as they were typed."""
        return " ".join(self.words if self.typed is None else self.typed)

    @property
    def today(self) -> str | None:
        """The day in UTC as `YYYY-MM-DD`, or None if the request has no environment."""
        return None if self.environment is None else self.environment.today

    def read_dates(self) -> None:
        """Move the dates in the words to options. Raises UsageError if they contradict each other.

        A second call changes nothing.
        """
        if any(map(_may_have_date, self.words)):
            from bilatcli.query.date_words import read_dates

            read_dates(self)

    def replace_words(self, words: Sequence[str]) -> None:
        """Set the words that are left once dates are read, and keep what was typed."""
        self.typed = self.words if self.typed is None else self.typed
        self.words = list(words)

    def check_dates(self) -> None:
        """Raise UsageError if the first day is after the last one."""
        if self.since and self.until and self.since > self.until:
            raise UsageError(
                f"`since` ({self.since}) is after `until` ({self.until})",
                hint="write the earlier date first",
                options=("since", "until"),
            )

    @property
    def has_parties(self) -> bool:
        """True if an option says who did it, to whom, or what facts mention."""
        return not (self.from_ is self.to is self.mentions is None)

    @property
    def wanted_verification(self) -> str | None:
        """The only verification that facts may have, or None."""
        return CITED if self.verified else self.verification

    @property
    def is_selected_late(self) -> bool:
        """True if options select facts that are fetched: a statement alone cannot count them."""
        return self.has_parties or self.status is not None

    @property
    def is_narrowed(self) -> bool:
        """True if options ask for facts of some kind or time only."""
        kinds = (self.topic, self.status, self.verification, self.since, self.until)
        return self.has_parties or any(kinds)

    def list_flags(self, keys: Iterable[str]) -> str:
        """Return the flags of those options that are given, as in ``--from` and `--to``."""
        given = {"from": self.from_, "to": self.to, "mentions": self.mentions}
        given |= {"status": self.status, "verification": self.verification}
        return " and ".join(f"`--{key}`" for key in keys if given[key] is not None)

    def command(self, words: Sequence[str], **changes: str | None) -> str:
        """Return the command line that asks the same with other words, and `changes` of options.

        A change to None leaves an option out.
        """
        from shlex import join

        parts = ["bilatcli", self.view, *filter(None, words), *self.dates]
        for option, value in (
            (TOPIC, self.topic),
            (MEASURE, self.measure),
            (COUNTRY, self.country),
            (VERIFICATION, self.verification),
            (STATUS, self.status),
            (FROM, self.from_),
            (TO, self.to),
            (MENTIONS, self.mentions),
            (LIMIT, self.limit),
            (SORT, self.sort),
            (STYLE, self.style),
        ):
            asked = changes.get(option.key, value)
            parts += [] if asked is None else [option.flag, str(asked)]
        parts += ["--all"] if self.all else []
        parts += [
            option.flag
            for option in (VERIFIED, MATRIX, CURATED, ELSEWHERE, EDITION, CHART, NO_USER_PACKS)
            if getattr(self, option.key)
        ]
        for option in (AS_OF, SINCE, UNTIL):
            parts += [option.flag, day] if (day := getattr(self, option.key)) else []
        parts += [part for path in self.data for part in ("--data", path)]
        if self.index:
            from bilatcli.urls import remove_password

            parts += [INDEX.flag, remove_password(self.index)]
        return join(parts)


def is_newest(text: str) -> bool:
    """Return True if all words of a text ask for the newest facts, and it has any."""
    words = text.casefold().split()
    return bool(words) and NEWEST.issuperset(words)


def _may_have_date(text: str) -> bool:
    """Return True if a text may have a date: it has four digits, or a word that begins one."""
    words = text.lower().split()
    return not DATE_WORDS.isdisjoint(words) or any(
        sum(map(str.isdigit, word)) >= len("2024") for word in words
    )
