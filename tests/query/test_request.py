"""Requests: words and options as they are given, validated."""

from __future__ import annotations

import pytest

from bilatcli.errors import UsageError
from bilatcli.query.option_values import make_request
from bilatcli.query.options import DATE_HINT, TOPIC, find_options
from bilatcli.query.request import Request
from bilatcli.views import FACT_OPTIONS

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
    "readings": [],
    "typed": None,
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
        ({"style": "APA"}, {"style": "apa"}),
        ({"style": "My Style.csl"}, None),
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


ALLOWED = (TOPIC, *find_options(FACT_OPTIONS))


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
    request = make_request("search", words, options, ALLOWED)
    assert {key: getattr(request, key) for key in expected} == expected


@pytest.mark.parametrize(
    ("words", "options", "message"),
    [
        ("az", {"topik": "trade"}, "`search` has no option `topik`; did you mean `topic`?"),
        ("az", {"format": None}, "`search` has no option `format`; did you mean `from`?"),
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
        make_request("search", words, options, ALLOWED)
    assert refused.value.message.startswith(message)
