"""Requests: words and options as they are given, validated."""

from __future__ import annotations

import pytest

from bilatcli.errors import UsageError
from bilatcli.query.options import DATE_HINT, FACT_OPTIONS, LIMIT, TOPIC
from bilatcli.query.request import Request

UNSET: dict[str, object] = {
    "all": False,
    "chart": False,
    "verified": False,
    "matrix": False,
    "curated": False,
    "raw": False,
    "has_ids": False,
    "country": None,
    "topic": None,
    "verification": None,
    "limit": None,
    "as_of": None,
    "since": None,
    "until": None,
    "index": None,
    "style": None,
    "format": None,
    "citations": None,
    "fields": None,
    "color": "auto",
    "data": (),
    "dates": [],
    "unknown": [],
}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, {}),
        ({"all": True, "verified": True}, {"all": True, "verified": True}),
        ({"chart": True, "matrix": True, "curated": True, "raw": True}, None),
        ({"topic": "trade", "verification": "cited", "color": "never"}, None),
        ({"limit": "7"}, {"limit": 7}),
        ({"as_of": "2020"}, {"as_of": "2020-12-31"}),
        ({"since": "2001-02"}, {"since": "2001-02-01"}),
        ({"until": "2019-02"}, {"until": "2019-02-28"}),
        ({"country": "iran", "index": "postgresql://db/facts"}, None),
        ({"data": ["a.toml", "b"]}, {"data": ("a.toml", "b")}),
        ({"json": True}, {"format": "json"}),
        ({"fields": " id, date,,text,id "}, {"fields": ["id", "date", "text"]}),
        ({"style": "bibtex"}, None),
        ({"style": "csl-json", "json": True}, {"style": "csl-json", "format": "json"}),
        ({"style": "csl-json", "format": "json"}, None),
        ({"style": "apa", "format": "html"}, None),
        ({"style": "apa"}, None),
        ({"format": "markdown", "citations": "pandoc"}, None),
    ],
)
def test_options_are_parsed(options: dict[str, object], expected: dict[str, object] | None) -> None:
    """A given option is set, parsed if it has a form, and all others keep their defaults."""
    request = Request("facts", ["az", "pk"], **options)
    changed = options if expected is None else expected
    assert {key: getattr(request, key) for key in UNSET} == {**UNSET, **changed}
    assert (request.view, request.words, request.text) == ("facts", ["az", "pk"], "az pk")


@pytest.mark.parametrize(
    ("options", "message", "command_line"),
    [
        (
            {"style": "apa", "json": True},
            "JSON and `style` `apa` are two output formats",
            "JSON and `--style` `apa` are two output formats",
        ),
        (
            {"style": "bibtex", "format": "json"},
            "JSON and `style` `bibtex` are two output formats",
            "JSON and `--style` `bibtex` are two output formats",
        ),
        (
            {"style": "bibtex", "format": "text"},
            "`format` and `style` `bibtex` are two output formats",
            "`--format` and `--style` `bibtex` are two output formats",
        ),
        (
            {"style": "apa", "format": "csv"},
            "unknown format `csv`; choose from text, markdown, html",
            "unknown format `csv`; choose from text, markdown, html",
        ),
        (
            {"style": "apa", "fields": "id"},
            "`style` and `fields` cannot be combined",
            "`--style` and `--fields` cannot be combined",
        ),
        (
            {"citations": "pandoc"},
            "`citations` applies to Markdown only; set `format` to markdown",
            "`--citations` applies to Markdown only; set `--format` to markdown",
        ),
        ({"fields": ""}, "`fields` is empty", "`--fields` is empty"),
        ({"fields": " , "}, "`fields` is empty", "`--fields` is empty"),
        ({"limit": "limit"}, "`limit` cannot be `limit`", "`--limit` cannot be `limit`"),
        ({"as_of": "x"}, "`as_of` cannot be `x`", "`--as-of` cannot be `x`"),
    ],
)
def test_options_that_cannot_be_combined(
    options: dict[str, object], message: str, command_line: str
) -> None:
    """Invalid options are refused in one sentence, with keys for Python and flags for a shell."""
    with pytest.raises(UsageError) as refused:
        Request("cite", ["az"], **options)
    assert refused.value.message.startswith(message)
    assert refused.value.command_line_message.startswith(command_line)


# --- plain data


ALLOWED = (TOPIC, *FACT_OPTIONS, LIMIT)


@pytest.mark.parametrize(
    ("words", "options", "expected"),
    [
        ("az pk", {}, {"words": ["az pk"]}),
        (["az", "pk"], {"all": True, "topic": None}, {"words": ["az", "pk"], "all": True}),
        (("az", 2024), {"limit": 5}, {"words": ["az", "2024"], "limit": 5}),
        ("", {"limit": "5", "since": "2001"}, {"limit": 5, "since": "2001-01-01"}),
    ],
)
def test_a_request_from_plain_data(
    words: object, options: dict[str, object], expected: dict[str, object]
) -> None:
    """Words are a text or a list, options plain values; None is an option that is not given."""
    request = Request.from_mapping("search", words, options, ALLOWED)
    assert {key: getattr(request, key) for key in expected} == expected


@pytest.mark.parametrize(
    ("words", "options", "message"),
    [
        ("az", {"topik": "trade"}, "`search` has no option `topik`; did you mean `topic`?"),
        ("az", {"format": None}, "`search` has no option `format`; choose from words, all, "),
        ([["az"]], {}, "`words` must be text, or a list of texts"),
        ([True], {}, "`words` must be text, or a list of texts"),
        (None, {}, "`words` must be text, or a list of texts"),
        ("az", {"all": "yes"}, "`all` must be true or false"),
        ("az", {"topic": 3}, "`topic` must be text"),
        ("az", {"limit": True}, "`limit` must be a number"),
        ("az", {"limit": 1.5}, "`limit` must be a number"),
        ("az", {"limit": 0}, "`limit` cannot be `0`; it must be a positive whole number"),
        ("az", {"as_of": "yesterday"}, f"`as_of` cannot be `yesterday`; {DATE_HINT}"),
    ],
)
def test_plain_data_that_is_refused(
    words: object, options: dict[str, object], message: str
) -> None:
    """An unknown key or a value of the wrong type is refused, by the key of the option."""
    with pytest.raises(UsageError) as refused:
        Request.from_mapping("search", words, options, ALLOWED)
    assert refused.value.message.startswith(message)


# --- dates at the end


@pytest.mark.parametrize(
    ("words", "rest", "dates", "days"),
    [
        ("az pk 2024 2026", "az pk", "2024 2026", ("2024-12-31", "2026-12-31")),
        ("az pk 2024-02 2024-03-01", "az pk", "2024-02 2024-03-01", ("2024-02-29", "2024-03-01")),
        ("2024 az 2024 2025", "2024 az", "2024 2025", ("2024-12-31", "2025-12-31")),
        ("2001 2002", "", "2001 2002", ("2001-12-31", "2002-12-31")),
        ("17-20 2001 2002", "17-20", "2001 2002", ("2001-12-31", "2002-12-31")),
        ("2001a 2001 2002", "2001a", "2001 2002", ("2001-12-31", "2002-12-31")),
        ("2001-X 2001 2002", "2001-X", "2001 2002", ("2001-12-31", "2002-12-31")),
        ("20011 2001 2002", "20011", "2001 2002", ("2001-12-31", "2002-12-31")),
    ],
)
@pytest.mark.parametrize("is_split", [True, False])
def test_two_dates_are_popped(
    words: str, rest: str, dates: str, days: tuple[str, str], *, is_split: bool
) -> None:
    """The two dates at the end move from the words to the dates. Popping twice changes nothing."""
    request = Request("diff", words.split() if is_split else [words])
    for _ in range(2):
        assert request.pop_dates() == days
        assert (request.words, request.dates) == (rest.split(), dates.split())
        assert request.text == f"{rest} {dates}".strip()


EXAMPLE = "end with two, as in `bilatcli diff azerbaijan pakistan 2024 2026`"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("az pk", f"`diff` compares two dates, but got none; {EXAMPLE}"),
        ("", f"`diff` compares two dates, but got none; {EXAMPLE}"),
        ("az pk 2024", f"`diff` compares two dates, but got 1; {EXAMPLE}"),
        ("2023 2024 2025", f"`diff` compares two dates, but got 3; {EXAMPLE}"),
        ("az 2024 2025-13", f"`2025-13` is not a date; {DATE_HINT}"),
        ("az 2024-02-30 2025", f"`2024-02-30` is not a date; {DATE_HINT}"),
        ("az 2026 2024", "`2026` does not end before `2024`; write the earlier date first"),
        ("az 2024-12 2024", "`2024-12` does not end before `2024`; write the earlier date first"),
    ],
)
def test_dates_that_cannot_be_compared(words: str, message: str) -> None:
    """No, one or three dates, an invalid date, and the wrong order are refused in one sentence."""
    with pytest.raises(UsageError) as refused:
        Request("diff", words.split()).pop_dates()
    assert refused.value.message == message


# --- suggested commands

EVERY_OPTION = {
    "topic": "stance",
    "country": "pk",
    "verification": "cited",
    "limit": "5",
    "all": True,
    "verified": True,
    "matrix": True,
    "curated": True,
    "chart": True,
    "as_of": "2020",
    "since": "2001-02",
    "until": "2019-03-04",
    "data": ["a b.toml", "c"],
}
COMMAND_WITH_EVERY_OPTION = (
    "bilatcli search az --topic stance --country pk --verification cited --limit 5 --all "
    "--verified --matrix --curated --chart --as-of 2020-12-31 --since 2001-02-01 "
    "--until 2019-03-04 --data 'a b.toml' --data c"
)


@pytest.mark.parametrize(
    ("view", "options", "words", "command"),
    [
        ("facts", {}, ["az", "pk"], "bilatcli facts az pk"),
        ("facts", {}, ["", "az"], "bilatcli facts az"),
        ("facts", {}, ["côte d'ivoire"], """bilatcli facts 'côte d'"'"'ivoire'"""),
        ("cite", {"style": "bibtex"}, ["az"], "bilatcli cite az --style bibtex"),
        (
            "search",
            EVERY_OPTION,
            ["az"],
            COMMAND_WITH_EVERY_OPTION,
        ),
        (
            "facts",
            {"index": "postgresql://ann:secret@db.example/facts"},
            ["kr"],
            "bilatcli facts kr --index postgresql://ann@db.example/facts",
        ),
    ],
)
def test_a_command_asks_the_same_with_other_words(
    view: str, options: dict[str, object], words: list[str], command: str
) -> None:
    """A command has all options that were given, is quoted for a shell, and has no password."""
    assert Request(view, ["x"], **options).command(words) == command


def test_a_command_with_another_country_and_dates() -> None:
    """The country of an option can be replaced; popped dates come after the words."""
    assert Request("list", country="x").command([], country="tr") == "bilatcli list --country tr"
    diff = Request("diff", ["az", "pk", "2024", "2026"])
    diff.pop_dates()
    assert diff.command(["kp", "pk"]) == "bilatcli diff kp pk 2024 2026"
