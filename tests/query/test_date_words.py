"""Dates in the words of a question."""

from __future__ import annotations

import pytest

from bilatcli.environment import Environment
from bilatcli.errors import UsageError
from bilatcli.query.date_words import pop_dates
from bilatcli.query.options import DATE_HINT
from bilatcli.query.request import Request

ENVIRONMENT = Environment(environ={"SOURCE_DATE_EPOCH": "1795824000"})
"""The day is 2026-11-28."""


def ask(*words: str, **options: object) -> Request:
    """Return a request whose dates are read."""
    request = Request("facts", words, ENVIRONMENT, **options)
    request.read_dates()
    return request


@pytest.mark.parametrize("is_split", [True, False])
@pytest.mark.parametrize(
    ("words", "rest", "options"),
    [
        ("az pk since 2020", "az pk", "since 2020-01-01"),
        ("az since 2020 pk jf-17", "az pk jf-17", "since 2020-01-01"),
        ("az pk from 2020", "az pk", "since 2020-01-01"),
        ("az pk starting in 2020", "az pk", "since 2020-01-01"),
        ("az pk after 2024", "az pk", "since 2025-01-01"),
        ("az pk after March 2024", "az pk", "since 2024-04-01"),
        ("az pk before 2016", "az pk", "until 2015-12-31"),
        ("az pk prior to 2016", "az pk", "until 2015-12-31"),
        ("az pk until 2016", "az pk", "until 2016-12-31"),
        ("az pk up to 2016", "az pk", "until 2016-12-31"),
        ("az pk 2020-2022", "az pk", "since 2020-01-01 until 2022-12-31"),
        ("az pk 2020–2022", "az pk", "since 2020-01-01 until 2022-12-31"),
        ("az pk 2020-22", "az pk", "since 2020-01-01 until 2022-12-31"),
        ("az pk 2020 - 2022", "az pk", "since 2020-01-01 until 2022-12-31"),
        ("az pk 2020 to 2022", "az pk", "since 2020-01-01 until 2022-12-31"),
        ("az pk from 2020 to 2022", "az pk", "since 2020-01-01 until 2022-12-31"),
        ("az pk between 2020 and 2022", "az pk", "since 2020-01-01 until 2022-12-31"),
        (
            "between az and pk 2020 to today",
            "between az and pk",
            "since 2020-01-01 until 2026-11-28",
        ),
        ("az pk since 2020 until 2022", "az pk", "since 2020-01-01 until 2022-12-31"),
        ("az pk in March 2024", "az pk", "since 2024-03-01 until 2024-03-31"),
        ("az pk March 2024", "az pk", "since 2024-03-01 until 2024-03-31"),
        ("az pk in 2024", "az pk", "since 2024-01-01 until 2024-12-31"),
        ("az pk in the 1990s", "az pk", "since 1990-01-01 until 1999-12-31"),
        ("az pk on 5 May 2024?", "az pk", "since 2024-05-05 until 2024-05-05"),
        ("az pk last year", "az pk", "since 2025-01-01 until 2025-12-31"),
        ("az pk this year", "az pk", "since 2026-01-01 until 2026-12-31"),
        ("az pk since last year", "az pk", "since 2025-01-01"),
        ("az pk in the last 5 years", "az pk", "since 2021-11-28 until 2026-11-28"),
        ("az pk today", "az pk", "as_of 2026-11-28"),
        ("az pk as of March 2020", "az pk", "as_of 2020-03-31"),
        ("az pk seit 2020", "az pk", "since 2020-01-01"),
        ("az pk im März 2024", "az pk", "since 2024-03-01 until 2024-03-31"),
        ("az pk depuis 2020", "az pk", "since 2020-01-01"),
        ("az pk jusqu’en 2020", "az pk", "until 2020-12-31"),
        ("az pk с 2020 года", "az pk", "since 2020-01-01"),  # noqa: RUF001 -- Russian
        ("az pk 2020'den beri", "az pk", "since 2020-01-01"),
        ("az pk 2024’te", "az pk", "since 2024-01-01 until 2024-12-31"),
        ("az pk 2024", "az pk 2024", ""),
        ("az pk 2011-12", "az pk 2011-12", ""),
        ("az pk 2022-2020", "az pk 2022-2020", ""),
        ("az pk 1990s", "az pk 1990s", ""),
        ("pk in 2024", "pk in 2024", ""),
        ("esp mar 2024", "esp mar 2024", ""),
        ("az pk since", "az pk since", ""),
        ("az pk last", "az pk last", ""),
        ("az pk in march", "az pk in march", ""),
        ("jf-17 2000-19-11 12345", "jf-17 2000-19-11 12345", ""),
    ],
)
def test_dates_in_words_become_options(
    words: str, rest: str, options: str, *, is_split: bool
) -> None:
    """A date after a word such as `since`, and a date in words, is an option."""
    request = ask(*(words.split() if is_split else [words]))
    given = {key: getattr(request, key) for key in ("since", "until", "as_of")}
    assert " ".join(f"{key} {day}" for key, day in given.items() if day) == options
    assert (" ".join(request.words), request.text) == (rest, words)
    request.read_dates()
    assert " ".join(request.words) == rest


def test_dates_that_were_read_are_noted() -> None:
    """A note has the options that say the same."""
    assert ask("az pk since 2020").readings == ["reading `since 2020` as --since 2020"]
    assert ask("az pk in March 2024 as of 2025").readings == [
        "reading `in March 2024` as --since 2024-03 --until 2024-03",
        "reading `as of 2025` as --as-of 2025",
    ]
    assert ask("az pk 2024").readings == []


@pytest.mark.parametrize(
    ("words", "rest", "sort", "limit"),
    [
        ("az pk latest", "az pk", "newest", 10),
        ("most recent az pk", "az pk", "newest", 10),
        ("latest", "latest", None, None),
    ],
)
def test_newest_facts(words: str, rest: str, sort: str | None, limit: int | None) -> None:
    """A word such as `latest` asks for the newest facts, unless it is the only one."""
    request = ask(*words.split())
    assert (" ".join(request.words), request.sort, request.limit) == (rest, sort, limit)
    assert ask("az latest", limit="3").limit == 3


def test_options_take_dates_in_words() -> None:
    """The value of an option may be a date in words."""
    request = ask("az", since="March 2024", until="last year", as_of="yesterday")
    assert (request.since, request.until) == ("2024-03-01", "2025-12-31")
    assert request.as_of == "2026-11-27"


@pytest.mark.parametrize(
    ("words", "options", "message"),
    [
        ("az", {"since": "2025", "until": "2024"}, "`--since` (2025-01-01) is after `--until`"),
        ("az since 2025 until 2024", {}, "`--since` (2025-01-01) is after `--until` (2024-12-31)"),
        ("az since 2025", {"until": "2024"}, "`--since` (2025-01-01) is after `--until`"),
        ("az since 2025", {"since": "2024"}, "`since 2025` gives a second date for `--since`"),
        ("az pk in 2020 since 2021", {}, "`since 2021` gives a second date for `--since`"),
        ("az", {"since": "soon"}, f"`--since` cannot be `soon`; {DATE_HINT}"),
    ],
)
def test_dates_that_contradict(words: str, options: dict[str, object], message: str) -> None:
    """The wrong order, and two dates for one option, are refused in one sentence."""
    with pytest.raises(UsageError) as refused:
        ask(words, **options)
    assert refused.value.command_line_message.startswith(message)


# --- the dates of `diff`


@pytest.mark.parametrize(
    ("words", "rest", "dates", "days"),
    [
        ("az pk 2024 2026", "az pk", "2024 2026", ("2024-12-31", "2026-12-31")),
        ("az pk 2024-02 2024-03-01", "az pk", "2024-02 2024-03-01", ("2024-02-29", "2024-03-01")),
        ("2024 az 2024 2025", "2024 az", "2024 2025", ("2024-12-31", "2025-12-31")),
        ("2001 2002", "", "2001 2002", ("2001-12-31", "2002-12-31")),
        ("17-20 2001 2002", "17-20", "2001 2002", ("2001-12-31", "2002-12-31")),
        ("2001a 2001 2002", "2001a", "2001 2002", ("2001-12-31", "2002-12-31")),
        ("20011 2001 2002", "20011", "2001 2002", ("2001-12-31", "2002-12-31")),
        ("az pk 2023", "az pk", "2023 2026-11-28", ("2023-12-31", "2026-11-28")),
        ("az pk since 2023", "az pk", "2023 2026-11-28", ("2023-12-31", "2026-11-28")),
        ("az pk 2023 now", "az pk", "2023 now", ("2023-12-31", "2026-11-28")),
        ("az pk 2023-2025", "az pk", "2023 2025", ("2023-12-31", "2025-12-31")),
        ("az pk from 2023 to 2025", "az pk", "2023 2025", ("2023-12-31", "2025-12-31")),
        ("az pk March 2023", "az pk", "March 2023 2026-11-28", ("2023-03-31", "2026-11-28")),
        ("az pk since last year", "az pk", "last year 2026-11-28", ("2025-12-31", "2026-11-28")),
        ("az pk 2026", "az pk", "2026 2026-11-28", ("2026-01-01", "2026-11-28")),
    ],
)
@pytest.mark.parametrize("is_split", [True, False])
def test_two_dates_are_popped(
    words: str, rest: str, dates: str, days: tuple[str, str], *, is_split: bool
) -> None:
    """The dates at the end move to `dates`; one is compared with today. Twice changes nothing."""
    request = Request("diff", words.split() if is_split else [words], ENVIRONMENT)
    for _ in range(2):
        assert pop_dates(request) == days
        assert (request.words, " ".join(request.dates)) == (rest.split(), dates)
        assert request.text == words


EXAMPLE = "end with one or two, as in `bilatcli diff azerbaijan pakistan 2024`"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("az pk", f"`diff` compares two dates, but got none; {EXAMPLE}"),
        ("", f"`diff` compares two dates, but got none; {EXAMPLE}"),
        ("2023 2024 2025", f"`diff` compares two dates, but got 3; {EXAMPLE}"),
        ("az 2024 2025-13", f"`2025-13` is not a date; {DATE_HINT}"),
        ("az 2024-02-30 2025", f"`2024-02-30` is not a date; {DATE_HINT}"),
        ("az 2026 2024", "`2026` does not end before `2024`; write the earlier date first"),
        ("az 2024-12 2024", "`2024-12` does not end before `2024`; write the earlier date first"),
        ("az 2030", "`2030` does not end before `2026-11-28`; write the earlier date first"),
    ],
)
def test_dates_that_cannot_be_compared(words: str, message: str) -> None:
    """No date, three dates, an invalid one, and the wrong order are refused in one sentence."""
    with pytest.raises(UsageError) as refused:
        pop_dates(Request("diff", words.split(), ENVIRONMENT))
    assert refused.value.message.startswith(message)


def test_one_date_needs_the_day() -> None:
    """Without a day, there must be two dates."""
    with pytest.raises(UsageError, match="compares two dates, but got 1"):
        pop_dates(Request("diff", ["az", "2024"]))
