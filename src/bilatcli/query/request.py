"""A request: the view, the words and the options that a user gave, validated."""

from __future__ import annotations

from bilatcli.environment import STANDARD_STREAM
from bilatcli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bilatcli.environment import Environment

CITED = "cited"
"""The verification that the option `verified` asks for."""
NEWEST = frozenset("latest newest recent".split())
"""Words that ask for the newest facts."""
DATE_WORDS = NEWEST | frozenset("today now yesterday last past previous this current".split())
"""Words that can begin a date, or ask for the newest facts, without a digit."""


class Request:
    """What a user asks of a view: the words and the options that were given.

    Options are given by their keys, as texts or booleans. Raises UsageError for an invalid value.
    `has_ids` is True if the words are ids of records only, and `unknown` lists the ids that no
    record has; the view `cite` sets both. Dates in the words are moved to options, or for the view
    `diff` to `dates`: `typed` are the words before that, and `readings` say how dates were read.
    Dates such as `last year` need the `environment`, which knows the day.
    """

    # The values of options that are not given.
    has_ids = all = chart = verified = matrix = curated = elsewhere = edition = receipt = False
    raw = no_user_packs = no_pager = all_rows = brief = ids = force = False
    country: str | None = None
    topic: str | None = None
    measure: str | None = None
    verification: str | None = None
    status: str | None = None
    from_: str | None = None
    to: str | None = None
    mentions: str | None = None
    limit: int | None = None
    as_of: str | None = None
    since: str | None = None
    until: str | None = None
    index: str | None = None
    data: tuple[str, ...] = ()
    sort: str | None = None
    sources: str | None = None
    output: str | None = None
    color = "auto"
    style: str | None = None
    format: str | None = None
    citations: str | None = None
    fields: list[str] | None = None
    typed: list[str] | None = None

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
        self.dates: list[str] = []
        self.readings: list[str] = []
        self.unknown: list[str] = []
        self.environment = environment
        if options == {"json": True}:
            # What programs ask for most, without importing all options.
            self.format = "json"
        elif options:
            from bilatcli.query.option_values import read_options

            read_options(self, options)

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
        from bilatcli.query.command_line import write_command

        return write_command(self, words, changes)


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
