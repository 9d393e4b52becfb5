"""The dates that a question has in its words become the options `since`, `until` and `as_of`."""

from __future__ import annotations

from datetime import date, timedelta

from bilatcli.errors import UsageError
from bilatcli.query.dates import find_period, shorten_day, word_key
from bilatcli.query.options import AS_OF, DATE_HINT, SINCE, UNTIL, parse_date
from bilatcli.query.request import NEWEST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.query.dates import Days
    from bilatcli.query.request import Request

_SINCE, _AFTER, _BEFORE, _UNTIL, _IN, _AS_OF = "since", "after", "before", "until", "in", "as of"

_PREPOSITIONS = {
    # English
    "since": _SINCE,
    "from": _SINCE,
    "starting": _SINCE,
    "after": _AFTER,
    "before": _BEFORE,
    "prior to": _BEFORE,
    "until": _UNTIL,
    "till": _UNTIL,
    "up to": _UNTIL,
    "through": _UNTIL,
    "in": _IN,
    "during": _IN,
    "on": _IN,
    "within": _IN,
    "as of": _AS_OF,
    "as at": _AS_OF,
    # German
    "seit": _SINCE,
    "ab": _SINCE,
    "nach": _AFTER,
    "vor": _BEFORE,
    "bis": _UNTIL,
    "im": _IN,
    "im jahr": _IN,
    # French
    "depuis": _SINCE,
    "apres": _AFTER,
    "avant": _BEFORE,
    "jusqu'en": _UNTIL,
    "jusqu'a": _UNTIL,
    "jusqu en": _UNTIL,
    "jusqu a": _UNTIL,
    "en": _IN,
    # Russian
    "с": _SINCE,  # noqa: RUF001 -- Russian
    "после": _AFTER,
    "до": _BEFORE,
    "по": _UNTIL,
    "в": _IN,
}
"""What a word, or two, before a date means. The words are as `word_key` returns them."""
_TURKISH = {"beri": _SINCE, "sonra": _AFTER, "once": _BEFORE}
"""What a word after a year with a Turkish ending means: `2020'den beri`."""
_TURKISH_FROM, _TURKISH_IN = ("den", "dan", "ten", "tan"), ("de", "da", "te", "ta")
_BEFORE_RANGE = frozenset(
    "from between von zwischen de entre с между".split()  # noqa: RUF001 -- Russian
)
_RANGE_WORDS = frozenset("to till until through bis a по до".split())
"""Words between two dates."""
_AND_WORDS = frozenset("and und et и".split())
"""The same, if a word such as `between` comes before the first."""
_BETWEEN_DATES = _RANGE_WORDS | _AND_WORDS | frozenset("since from between".split())
"""Words before and between the dates of the view `diff`."""
_DASHES = frozenset("- – — … ..".split())
MAX_NEWEST = 10
"""Maximum number of facts for a word such as `latest`."""
_NOW = frozenset("today now".split())
_UNCLEAR = frozenset(["mar"])
"""Names of months that are codes of countries, too."""


class DateReading:
    """Options that words at the beginning of a list mean, and how many words these are.

    The days of `options` are `YYYY-MM-DD`.
    """

    __slots__ = ("options", "size")

    def __init__(self, options: dict[str, str], size: int) -> None:
        self.options = options
        self.size = size


def read_dates(request: Request) -> None:
    """Move the dates in the words of a request to its options, and note how they were read.

    The words before that are in `request.typed`. Raises UsageError if two dates are given for one
    option, or if `since` is after `until`.
    """
    words = [word for given in request.words for word in given.split()]
    kept: list[str] = []
    place = 0
    if len(words) > 1:
        words = _read_order(words, request)
    while place < len(words):
        reading = _read_at(words, place, request)
        if reading is None:
            kept.append(words[place])
            place += 1
            continue
        typed = " ".join(words[place : place + reading.size])
        _set_options(request, reading.options, typed)
        place += reading.size
    if request.readings:
        request.replace_words(kept)
        request.check_dates()


def _read_order(words: Sequence[str], request: Request) -> list[str]:
    """Return words without `latest`, which becomes the options `sort` and `limit`."""
    place = next((place for place, word in enumerate(words) if word_key(word) in NEWEST), None)
    if place is None or request.sort is not None:
        return list(words)
    typed = words[place]
    start = place - 1 if place and word_key(words[place - 1]) == "most" else place
    request.sort = "newest"
    request.limit = request.limit or MAX_NEWEST
    request.readings.append(f"reading `{typed}` as --sort newest --limit {request.limit}")
    rest = [word for word in words[place + 1 :] if word_key(word) not in NEWEST]
    return [*words[:start], *rest]


def _set_options(request: Request, options: dict[str, str], typed: str) -> None:
    for key in options:
        if getattr(request, key) is not None:
            raise UsageError(
                f"`{typed}` gives a second date for `{key}`", hint="keep one", options=(key,)
            )
    flags = []
    for option in (SINCE, UNTIL, AS_OF):
        if option.key in options:
            day = options[option.key]
            setattr(request, option.key, day)
            flags.append(f"{option.flag} {shorten_day(day, last=option is not SINCE)}")
    request.readings.append(f"reading `{typed}` as {' '.join(flags)}")


def _read_at(words: Sequence[str], place: int, request: Request) -> DateReading | None:
    """Return what the words from a place on mean, if they begin with a date in words."""
    left = words[place:]
    keys = [word_key(word) for word in left[:3]]
    return (
        _read_range(left, keys, request.today)
        or _read_preposition(words, place, keys, request.today)
        or _read_turkish(keys)
        or _read_bare(left, keys, request.today)
    )


def _read_range(words: Sequence[str], keys: Sequence[str], today: str | None) -> DateReading | None:
    """Return the reading of `2020-2022`, `from 2020 to 2022` or `between 2020 and 2022`."""
    skipped = int(keys[0] in _BEFORE_RANGE)
    joined = keys[skipped : skipped + 1]
    if joined and (years := _split_range(joined[0])):
        return _make_range(years[0][0], years[1][1], skipped + 1)
    one = find_period(words[skipped:], today)
    if one is None:
        return None
    size = skipped + one[1]
    between = words[size] if size < len(words) else ""
    is_range = word_key(between) in (_RANGE_WORDS | _AND_WORDS if skipped else _RANGE_WORDS)
    if not is_range and between not in _DASHES:
        return None
    other = find_period(words[size + 1 :], today)
    return _make_range(one[0][0], other[0][1], size + 1 + other[1]) if other else None


def _make_range(first: object, final: object, size: int) -> DateReading:
    return DateReading({"since": str(first), "until": str(final)}, size)


def _split_range(key: str) -> tuple[Days, Days] | None:
    """Return the times of two years with a hyphen: `2020-2022`, `2020-22`, `2020..2022`."""
    for separator in ("...", "..", "/", "-"):
        one, found, other = key.partition(separator)
        if found:
            break
    if len(one) != 4 or parse_date(key, last=False):
        return None
    if len(other) == 2:
        other = one[:2] + other
    years = find_period([one]), find_period([other])
    if len(other) != 4 or years[0] is None or years[1] is None or one >= other:
        return None
    return years[0][0], years[1][0]


def _read_preposition(
    words: Sequence[str], place: int, keys: Sequence[str], today: str | None
) -> DateReading | None:
    """Return the reading of a date after a word such as `since`."""
    for size in (2, 1):
        meaning = _PREPOSITIONS.get(" ".join(keys[:size]))
        after = words[place + size :]
        if meaning is None or (meaning == _IN and _is_code(words, place)):
            continue
        skipped = int(meaning == _SINCE and len(after) > 1 and word_key(after[0]) in ("in", "from"))
        if found := find_period(after[skipped:], today):
            return _apply(meaning, found[0], size + skipped + found[1])
    return None


def _is_code(words: Sequence[str], place: int) -> bool:
    """Return True if `in` is India, as in `pk in 2024`: a second code after the only word."""
    return place == 1 and len(words[0]) == 2 and word_key(words[place]) == "in"


def _apply(meaning: str, days: Days, size: int) -> DateReading:
    """Return what a preposition before a time means as options."""
    first, final = days
    options = {
        _SINCE: {"since": first},
        _AFTER: {"since": final + timedelta(1) if final.year < 9999 else final},
        _BEFORE: {"until": first - timedelta(1) if first.toordinal() > 1 else first},
        _UNTIL: {"until": final},
        _IN: {"since": first, "until": final},
        _AS_OF: {"as_of": final},
    }[meaning]
    return DateReading({key: day.isoformat() for key, day in options.items()}, size)


def _read_turkish(keys: Sequence[str]) -> DateReading | None:
    """Return the reading of a year with a Turkish ending: `2024'te`, `2020'den beri`."""
    year, apostrophe, ending = keys[0].partition("'")
    found = find_period([year]) if apostrophe and len(year) == 4 else None
    if found is None:
        return None
    if ending in _TURKISH_IN:
        return _apply(_IN, found[0], 1)
    meaning = _TURKISH.get(keys[1]) if len(keys) > 1 and ending in _TURKISH_FROM else None
    return _apply(meaning, found[0], 2) if meaning else None


def _read_bare(words: Sequence[str], keys: Sequence[str], today: str | None) -> DateReading | None:
    """Return the reading of a date in words without a preposition: `March 2024`, `last year`.

    A bare number is not one: it filters the words of facts.
    """
    found = find_period(words, today)
    if found is None or keys[0] in _UNCLEAR or (found[1] == 1 and keys[0][:1].isdigit()):
        return None
    return _apply(_AS_OF if keys[0] in _NOW else _IN, *found)


# --- the dates of the view `diff`


def pop_dates(request: Request) -> tuple[str, str]:
    """Move the two dates at the end of the words to `dates`, and return the last day of each.

    If there is only one, the other is today. Raises UsageError if there are none or more than two,
    or if the first does not end before the second.
    """
    words = [word for given in (request.typed or request.words) for word in given.split()]
    start = next(
        (place for place in range(len(words)) if _read_dates(words[place:], request.today)),
        len(words),
    )
    found = _read_dates(words[start:], request.today) or []
    request.replace_words(words[:start])
    today = request.today
    if len(found) == 1 and today is not None:
        typed, (first, final) = found[0]
        now = date.fromisoformat(today)
        found = [(typed, (first, final if final < now else first)), (today, (now, now))]
    request.dates = [typed for typed, _ in found]
    _check_pair(request, found)
    return found[0][1][1].isoformat(), found[1][1][1].isoformat()


def _check_pair(request: Request, found: Sequence[tuple[str, Days]]) -> None:
    """Raise UsageError unless there are two dates, the earlier one first."""
    last = request.words[-1] if request.words else ""
    if last[:4].isdecimal() and last[4:5] == "-" and not last.strip("0123456789-"):
        raise UsageError(f"`{last}` is not a date", hint=DATE_HINT)
    if len(found) != 2:
        raise UsageError(
            f"`{request.view}` compares two dates, but got {len(found) or 'none'}",
            hint=f"end with one or two, as in `bilatcli {request.view} azerbaijan pakistan 2024`",
        )
    (typed, (_, one)), (other_typed, (_, other)) = found
    if one >= other:
        raise UsageError(
            f"`{typed}` does not end before `{other_typed}`", hint="write the earlier date first"
        )


def _read_dates(words: Sequence[str], today: str | None) -> list[tuple[str, Days]] | None:
    """Return the dates that the words are, each as typed; None if they are anything else."""
    found: list[tuple[str, Days]] = []
    place = 0
    while place < len(words):
        key = word_key(words[place])
        if years := _split_range(key):
            typed = key.split("-", 1) if "-" in key else [key[:4], key[-4:]]
            found += zip(typed, years, strict=True)
            place += 1
        elif one := find_period(words[place:], today):
            found.append((" ".join(words[place : place + one[1]]), one[0]))
            place += one[1]
        elif key in _BETWEEN_DATES or words[place] in _DASHES:
            place += 1
        else:
            return None
    return found or None
