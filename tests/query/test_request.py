"""A question as it was asked, and as it is understood."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilatcli.errors import Ambiguous, NoSuchCountry, UsageError
from bilatcli.index.store import Index
from bilatcli.query.countries import Match
from bilatcli.query.filters import Filter
from bilatcli.query.request import (
    MAX_COUNTRIES,
    MAX_TOKENS,
    Query,
    Request,
    option_country,
    require_country,
    understand,
)
from bilatcli.views.catalog import VIEWS, run


def asked(index: Index, *words: str, **options: object) -> Query:
    """How a question is understood."""
    return understand(Request("facts", words, **options), index)


def found(index: Index, *words: str) -> list[str]:
    """The ids of the facts that answer a question."""
    document = run(VIEWS["facts"], Request("facts", words, all=True), index).load()
    return [fact["id"] for fact in document["facts"]]


def test_what_is_not_asked_for_is_not_set() -> None:
    """A question without options asks for none, and for no format."""
    request = Request("facts", ["az", "pk"])
    assert (request.text, request.all, request.verified, request.topic) == (
        "az pk",
        False,
        False,
        None,
    )
    assert (request.format, request.fields, request.data, request.color) == (None, None, (), "auto")


def test_what_is_asked_for_is_set() -> None:
    """Options become the question's, `--json` the format and `--fields` a list."""
    options = {
        "all": True,
        "verified": True,
        "topic": "trade",
        "json": True,
        "fields": " id, date,,text ",
        "data": ["x"],
    }
    request = Request("facts", [], **options)
    assert (request.all, request.verified, request.topic, request.format) == (
        True,
        True,
        "trade",
        "json",
    )
    assert (request.fields, request.data) == (["id", "date", "text"], ("x",))


def test_json_may_be_asked_for_twice() -> None:
    """`--json --format json` asks for one format."""
    assert Request("facts", [], json=True, format="json").format == "json"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"json": True, "format": "table"},
            "--json and --format table ask for two formats: give one of them",
        ),
        ({"format": "jsno"}, "--format cannot be `jsno`: did you mean `json`?"),
        (
            {"format": "x"},
            "--format cannot be `x`: there are table, json, ndjson, csv, tsv, markdown",
        ),
        (
            {"format": ""},
            "--format cannot be ``: there are table, json, ndjson, csv, tsv, markdown",
        ),
        ({"topic": "millitary"}, "--topic cannot be `millitary`: did you mean `military`?"),
        ({"color": "allways"}, "--color cannot be `allways`: did you mean `always`?"),
        (
            {"fields": ""},
            "--fields names nothing: give keys with commas between, such as `id,date,text`",
        ),
        (
            {"fields": " , "},
            "--fields names nothing: give keys with commas between, such as `id,date,text`",
        ),
    ],
)
def test_what_cannot_be_asked(options: dict[str, object], message: str) -> None:
    """An option that makes no sense is refused in one sentence that says what does."""
    with pytest.raises(UsageError) as refused:
        Request("facts", ["az"], **options)
    assert refused.value.message == message


def test_the_command_for_other_words() -> None:
    """A suggested command asks the same of other words, quoted for a shell."""
    request = Request("facts", ["az"], all=True, verified=True, topic="trade")
    assert request.command(["côte d'ivoire", "az"]) == (
        """bilatcli facts 'côte d'"'"'ivoire' az --topic trade --all --verified"""
    )


@pytest.mark.parametrize(
    ("words", "codes", "rest"),
    [
        (["az", "pk", "jf-17"], ["AZ", "PK"], "jf-17"),
        (["jf-17", "az-pk"], ["AZ", "PK"], "jf-17"),
        (["az", "jf17", "pk"], ["AZ", "PK"], "jf17"),
        (["azerbaijan pakistan JF 17"], ["AZ", "PK"], "JF 17"),
        (["pakistan and kashmir"], ["PK"], "kashmir"),
        (["kashmir"], [], "kashmir"),
        (["az", "pk"], ["AZ", "PK"], None),
        ([], [], None),
        (["", "  "], [], None),
    ],
)
def test_what_is_left_over_is_the_filter(
    index: Index, words: list[str], codes: list[str], rest: str | None
) -> None:
    """Words that no country takes are the filter, as they were typed, wherever they stand."""
    query = asked(index, *words)
    assert (query.codes, query.filter) == (codes, rest)


@pytest.mark.parametrize(
    "words", [["jf-17"], ["jf17"], ["JF–17"], ["JF 17"], ["JF", "17"], ["17", "jf"]], ids=" ".join
)
def test_a_designation_is_found_however_it_is_written(index: Index, words: list[str]) -> None:
    """`jf-17`, `jf17` and `JF 17` all find every fact that names the aircraft, and leave the others out."""
    every = run(VIEWS["facts"], Request("facts", ["az", "pk"], all=True), index).load()["facts"]
    named = [fact["id"] for fact in every if "JF-17" in fact["text"]]
    assert len(named) > 10
    ids = found(index, "az", "pk", *words)
    assert set(named) <= set(ids)
    assert "az-pk/recognition-1991" not in ids


def test_every_word_of_a_filter_counts(index: Index) -> None:
    """Two words find the facts that have both, in any order."""
    both = found(index, "az", "pk", "jf-17", "block")
    assert both
    assert set(both) == set(found(index, "az", "pk", "block", "jf-17"))
    assert set(both) == set(found(index, "az", "pk", "jf-17")) & set(
        found(index, "az", "pk", "block")
    )


@pytest.mark.parametrize(
    ("rest", "words", "takes"),
    [
        ([], "", True),
        (["kash"], "on kashmir", True),
        (["mir"], "on kashmir", False),
        (["KASHMIR"], "on kashmir", True),
        (["jf-17"], "jf 17 jf17", True),
        (["jf17"], "jf 17 jf17", True),
        (["jf-18"], "jf 17 jf17", False),
        (["kashmir", "jf17"], "on kashmir", False),
    ],
)
def test_a_filter_is_the_beginning_of_words(rest: list[str], words: str, *, takes: bool) -> None:
    """A word of a filter is found at the beginning of a fact's words, not inside them."""
    assert Query(Request("facts"), [], Filter(rest)).taking()(f" {words} ") is takes


def test_the_query_of_a_document(index: Index) -> None:
    """A document says how its question was read: each country with what was typed, how it matched and how well."""
    query = asked(index, "azerbaijn", "pak", "jf-17", all=True, topic="military")
    assert json.loads(query.json()) == {
        "text": "azerbaijn pak jf-17",
        "countries": [
            {
                "input": "azerbaijn",
                "code": "AZ",
                "name": "Azerbaijan",
                "match": "fuzzy",
                "score": 90.0,
            },
            {"input": "pak", "code": "PK", "name": "Pakistan", "match": "code", "score": 100.0},
        ],
        "filter": "jf-17",
        "unused": [],
        "topic": "military",
        "all": True,
        "verified": False,
        "as_of": None,
        "since": None,
        "until": None,
    }


@given(st.text())
def test_any_words_make_valid_json(text: str) -> None:
    """Whatever was typed comes back in the document as it was typed."""
    match = Match(text, "AZ", text, kind="fuzzy", score=90.1)
    told = json.loads(
        Query(Request("facts", [text]), [match], Filter([text] if text else [])).json()
    )
    assert (told["text"], told["filter"]) == (text, text or None)
    assert told["countries"] == [
        {"input": text, "code": "AZ", "name": text, "match": "fuzzy", "score": 90.1}
    ]


@pytest.mark.parametrize(
    ("words", "notes"),
    [
        (["azerbaijn", "pk"], ["reading `azerbaijn` as Azerbaijan (AZ)"]),
        (["east timor"], ["reading `east timor` as Timor-Leste (TL)"]),
        (["azerbaijan", "Baku", "az"], []),
    ],
)
def test_what_was_read_otherwise_is_noted(index: Index, words: list[str], notes: list[str]) -> None:
    """A misspelt or former name is noted, so that nobody is misled; what was typed rightly is not."""
    assert asked(index, *words).notes() == notes


@pytest.mark.parametrize(
    ("typed", "filter", "unused", "notes"),
    [
        ("thunder", "thunder", [], []),
        ("JF-17", "JF-17", [], []),
        ("jf17 block", "jf17 block", [], []),
        ("excercises", "exercises", [], ["reading `excercises` as the word `exercises`"]),
        ("khojali", "khojaly", [], ["reading `khojali` as the word `khojaly`"]),
        (
            "nagorno-karabah",
            "nagorno-karabakh",
            [],
            ["reading `nagorno-karabah` as the word `nagorno-karabakh`"],
        ),
        (
            "jf-17 zzz qqq",
            "jf-17",
            ["zzz", "qqq"],
            ["no fact has `zzz`: left out", "no fact has `qqq`: left out"],
        ),
        ("zzz", "zzz", [], []),
        ("jf-99", "jf-99", [], []),
    ],
)
def test_a_filter_is_forgiving(
    index: Index, typed: str, filter: str, unused: list[str], notes: list[str]
) -> None:
    """Words that no fact has are mended where that is clear, else left out and named; alone they leave nothing."""
    query = asked(index, "az", "pk", typed)
    assert (query.filter, query.unused, query.notes()) == (filter, unused, notes)


def test_too_many_words(index: Index) -> None:
    """A question of more words than a question has is refused, and one of just as many is not."""
    assert asked(index, *["word"] * MAX_TOKENS).filter
    with pytest.raises(UsageError) as refused:
        asked(index, *["word"] * (MAX_TOKENS + 1))
    assert (
        refused.value.message
        == f"{MAX_TOKENS + 1} words are no question: give at most {MAX_TOKENS}"
    )


def test_too_many_countries(index: Index) -> None:
    """As many countries as the statements have room for are taken, each counted once, and no more."""
    countries = ["az", "pk", "tr", "ir", "ge", "kz", "uz", "tm", "tj"]
    room = countries[:MAX_COUNTRIES]
    assert len(asked(index, *room, *room).codes) == len(room) < len(countries)
    with pytest.raises(UsageError) as refused:
        asked(index, *countries)
    assert refused.value.message == f"9 countries are too many: name at most {MAX_COUNTRIES}"


def test_a_country_is_required(index: Index) -> None:
    """Without a country a question is no question: one with words gets the nearest names, one without an example."""
    require_country(asked(index, "az"), index)
    with pytest.raises(NoSuchCountry) as missed:
        require_country(asked(index, "azrbjn", all=True), index)
    assert missed.value.candidates[0].command == "bilatcli facts az --all"
    with pytest.raises(NoSuchCountry) as strange:
        require_country(asked(index, "qqqqqqq"), index)
    assert strange.value.message == (
        "no country is called `qqqqqqq`: give a country's name, code, capital or people"
    )
    with pytest.raises(UsageError) as empty:
        require_country(asked(index), index)
    assert (
        empty.value.message == "name a country or two, as in `bilatcli facts azerbaijan pakistan`"
    )


@given(st.lists(st.text(st.characters(), max_size=12), max_size=6))
def test_whatever_is_typed_is_understood_or_refused(index: Index, words: list[str]) -> None:
    """Any words, lone surrogates included, make a query or one of our errors, and valid JSON."""
    try:
        query = asked(index, *words)
    except (UsageError, NoSuchCountry):
        return
    assert json.loads(query.json())["countries"] == [
        {"input": m.input, "code": m.code, "name": m.name, "match": m.match, "score": m.score}
        for m in query.countries
    ]


# --- two dates, one country in an option, and the command that says which is meant


@pytest.mark.parametrize(
    ("words", "rest", "dates", "days"),
    [
        (
            ["az", "pk", "2024", "2026"],
            ["az", "pk"],
            ["2024", "2026"],
            ("2024-12-31", "2026-12-31"),
        ),
        (
            ["az pk 2024-02 2024-03-01"],
            ["az", "pk"],
            ["2024-02", "2024-03-01"],
            ("2024-02-29", "2024-03-01"),
        ),
        (
            ["2024", "az", "2024", "2025"],
            ["2024", "az"],
            ["2024", "2025"],
            ("2024-12-31", "2025-12-31"),
        ),
        (["2001", "2002"], [], ["2001", "2002"], ("2001-12-31", "2002-12-31")),
        (["17-20", "2001", "2002"], ["17-20"], ["2001", "2002"], ("2001-12-31", "2002-12-31")),
        (["2001a", "2001", "2002"], ["2001a"], ["2001", "2002"], ("2001-12-31", "2002-12-31")),
        (["2001-X", "2001", "2002"], ["2001-X"], ["2001", "2002"], ("2001-12-31", "2002-12-31")),
        (["20011", "2001", "2002"], ["20011"], ["2001", "2002"], ("2001-12-31", "2002-12-31")),
    ],
)
def test_two_dates_are_taken_from_the_end(
    words: list[str], rest: list[str], dates: list[str], days: tuple[str, str]
) -> None:
    """The last two words are dates, each of which ends on a day; what stands before them is the question."""
    request = Request("diff", words)
    assert request.take_dates() == days
    assert (request.words, request.dates) == (rest, dates)
    assert request.text == " ".join([*rest, *dates])
    # Asked again, the same is taken.
    assert (request.take_dates(), request.words, request.dates) == (days, rest, dates)


EXAMPLE = "end with two, as in `bilatcli diff azerbaijan pakistan 2024 2026`"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["az", "pk"], f"`diff` compares two dates, but got none: {EXAMPLE}"),
        ([], f"`diff` compares two dates, but got none: {EXAMPLE}"),
        (["az", "pk", "2024"], f"`diff` compares two dates, but got 1: {EXAMPLE}"),
        (["2023", "2024", "2025"], f"`diff` compares two dates, but got 3: {EXAMPLE}"),
        (
            ["az", "2024", "2025-13"],
            "`2025-13` is no date: write a date as 2016, 2016-12 or 2016-12-31",
        ),
        (
            ["az", "2024-02-30", "2025"],
            "`2024-02-30` is no date: write a date as 2016, 2016-12 or 2016-12-31",
        ),
        (["az", "2026", "2024"], "`2026` does not end before `2024`: write the earlier date first"),
        (
            ["az", "2024-12", "2024"],
            "`2024-12` does not end before `2024`: write the earlier date first",
        ),
    ],
)
def test_dates_that_cannot_be_compared(words: list[str], message: str) -> None:
    """None, one or three dates, one that is none, or two in the wrong order are refused in one sentence."""
    with pytest.raises(UsageError) as refused:
        Request("diff", words).take_dates()
    assert refused.value.message == message


@pytest.mark.parametrize("asked_for", ["Azerbaijan", "aze", "baku", "azerbaijn"])
def test_the_country_of_an_option(index: Index, asked_for: str) -> None:
    """A country in an option is read as it is elsewhere."""
    match = option_country(Request("list", country=asked_for), index)
    assert (match.code, match.name, match.input) == ("AZ", "Azerbaijan", asked_for)


@pytest.mark.parametrize("nothing", ["", "  ", None])
def test_an_option_that_names_no_country(index: Index, nothing: str | None) -> None:
    """An empty name is told from one that is no country."""
    with pytest.raises(UsageError) as refused:
        option_country(Request("list", country=nothing), index)
    assert (
        refused.value.message
        == "--country names nothing: give a country, as in `--country azerbaijan`"
    )


def test_an_option_that_may_name_several(index: Index) -> None:
    """Of several countries each has the command that says which, with all else that was asked."""
    request = Request("search", ["kashmir", "talks"], country="Korea", all=True)
    with pytest.raises(Ambiguous) as doubtful:
        option_country(request, index)
    assert (
        doubtful.value.message == "`Korea` can mean North Korea (KP), South Korea (KR): say which"
    )
    assert [
        (each.id, each.name, each.command, each.score) for each in doubtful.value.candidates
    ] == [
        ("KP", "North Korea", "bilatcli search kashmir talks --country kp --all", 100.0),
        ("KR", "South Korea", "bilatcli search kashmir talks --country kr --all", 100.0),
    ]


def test_an_option_that_is_no_country(index: Index) -> None:
    """What is no country gets the nearest, each with its command."""
    with pytest.raises(NoSuchCountry) as missed:
        option_country(Request("list", country="banana"), index)
    assert missed.value.message.startswith(
        "no country is called `banana`: did you mean Canada (CA)"
    )
    first = missed.value.candidates[0]
    assert (first.id, first.name, first.command) == ("CA", "Canada", "bilatcli list --country ca")
    assert first.score is not None
    assert 0 < first.score < 100


def test_the_command_has_every_option() -> None:
    """Each option that was given comes back in a command, and none that was not."""
    options: dict[str, object] = {
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
    assert Request("search", ["x"], **options).command(["", "az"], country="tr") == (
        "bilatcli search az --topic stance --country tr --verification cited --limit 5 --all --verified --matrix "
        "--curated --chart --as-of 2020-12-31 --since 2001-02-01 --until 2019-03-04 --data 'a b.toml' --data c"
    )
    assert (
        Request("search", ["x"], **options)
        .command(["az"])
        .startswith("bilatcli search az --topic stance --country pk ")
    )
    assert (
        Request("cite", ["x"], style="bibtex").command(["az"]) == "bilatcli cite az --style bibtex"
    )
    diff = Request("diff", ["az", "pk", "2024", "2026"])
    diff.take_dates()
    assert diff.command(["kp", "pk"]) == "bilatcli diff kp pk 2024 2026"


def test_several_countries_of_one_word(index: Index) -> None:
    """The command for each puts its code where the word stood, between what stood before and behind it."""
    with pytest.raises(Ambiguous) as doubtful:
        asked(index, "pk", "Korea", "jf-17", all=True)
    assert [
        (each.id, each.name, each.command, each.score) for each in doubtful.value.candidates
    ] == [
        ("KP", "North Korea", "bilatcli facts pk kp jf 17 --all", 100.0),
        ("KR", "South Korea", "bilatcli facts pk kr jf 17 --all", 100.0),
    ]


def test_a_missing_country_beside_dates(index: Index) -> None:
    """The example of a question that needs dates has those that were given."""
    request = Request("diff", ["2024", "2026"])
    request.take_dates()
    with pytest.raises(UsageError) as refused:
        require_country(understand(request, index), index)
    assert (
        refused.value.message
        == "name a country or two, as in `bilatcli diff azerbaijan pakistan 2024 2026`"
    )


def test_a_missing_country_is_told_by_its_words(index: Index) -> None:
    """The words that were to be a country are told, the nearest countries with names and likeness."""
    with pytest.raises(NoSuchCountry) as missed:
        require_country(asked(index, "azrbjn"), index)
    first = missed.value.candidates[0]
    assert missed.value.message.startswith(
        "no country is called `azrbjn`: did you mean Azerbaijan (AZ)"
    )
    assert (first.id, first.name) == ("AZ", "Azerbaijan")
    assert first.score is not None
    assert 0 < first.score < 100


@pytest.mark.parametrize(
    ("options", "format"),
    [
        ({"style": "bibtex"}, None),
        ({"style": "csl-json", "json": True}, "json"),
        ({"style": "csl-json", "format": "json"}, "json"),
        ({"style": "apa", "format": "html"}, "html"),
        ({"style": "apa"}, None),
        ({"format": "csv"}, "csv"),
        ({"format": "markdown", "citations": "pandoc"}, "markdown"),
    ],
)
def test_format_beside_a_style(options: dict[str, object], format: str | None) -> None:
    """A style has formats of its own, and csl-json is JSON however that is asked for."""
    assert Request("cite", [], **options).format == format


TWO_FORMATS = "ask for two formats: give one of them"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"style": "apa", "json": True},
            f"JSON and --style apa {TWO_FORMATS}, or --style csl-json",
        ),
        (
            {"style": "bibtex", "format": "json"},
            f"JSON and --style bibtex {TWO_FORMATS}, or --style csl-json",
        ),
        ({"style": "bibtex", "format": "text"}, f"--format and --style bibtex {TWO_FORMATS}"),
        (
            {"style": "apa", "format": "csv"},
            "--format cannot be `csv`: there are text, markdown, html",
        ),
        (
            {"style": "apa", "fields": "id"},
            "--style has all fields of a source: leave --fields out",
        ),
        (
            {"citations": "pandoc"},
            "--citations is of Markdown: add --format markdown, or leave it out",
        ),
        ({"limit": "0"}, "--limit cannot be `0`: write a whole number from 1 on, such as 50"),
        ({"as_of": "x"}, "--as-of cannot be `x`: write a date as 2016, 2016-12 or 2016-12-31"),
        ({"since": "x"}, "--since cannot be `x`: write a date as 2016, 2016-12 or 2016-12-31"),
        ({"until": "x"}, "--until cannot be `x`: write a date as 2016, 2016-12 or 2016-12-31"),
        (
            {"verification": "x"},
            "--verification cannot be `x`: there are cited, single-source-claim, ",
        ),
    ],
)
def test_options_that_do_not_go_together(options: dict[str, object], message: str) -> None:
    """What asks for two things at once, or for what there is none of, is refused in one sentence."""
    with pytest.raises(UsageError) as refused:
        Request("cite", ["az"], **options)
    assert refused.value.message.startswith(message)


def test_every_option_is_set() -> None:
    """Days of options are the first or the last of their date; fields and words are each as they were given."""
    request = Request(
        "search",
        ["az"],
        as_of="2020",
        since="2001-02",
        until="2019-02",
        limit="7",
        chart=True,
        matrix=True,
        curated=True,
    )
    assert (request.as_of, request.since, request.until, request.limit) == (
        "2020-12-31",
        "2001-02-01",
        "2019-02-28",
        7,
    )
    assert (request.chart, request.matrix, request.curated) == (True, True, True)
    empty = Request("search")
    assert (empty.view, empty.words, empty.dates, empty.unknown, empty.has_ids) == (
        "search",
        [],
        [],
        [],
        False,
    )
    assert (empty.chart, empty.matrix, empty.curated, empty.country, empty.style) == (
        False,
        False,
        False,
        None,
        None,
    )
    assert (empty.as_of, empty.since, empty.until, empty.limit, empty.verification) == (
        None,
        None,
        None,
        None,
        None,
    )
    assert Request("facts", fields="id, date,id").fields == ["id", "date"]


def test_pairs_of_countries(index: Index) -> None:
    """Each pair of the countries has an id, in the order of their codes."""
    assert asked(index, "tr", "az", "pk", "az").pairs == ["az-pk", "az-tr", "pk-tr"]
    assert asked(index, "tr").pairs == []


def test_days_in_the_document(index: Index) -> None:
    """A document says of which days the question was."""
    told = json.loads(
        asked(index, "az", verified=True, as_of="2020", since="2001", until="2019", zzz=1).json()
    )
    days = {key: told[key] for key in ("as_of", "since", "until")}
    assert days == {"as_of": "2020-12-31", "since": "2001-01-01", "until": "2019-12-31"}
    assert (told["all"], told["verified"], told["topic"], told["filter"]) == (
        False,
        True,
        None,
        None,
    )
    assert json.loads(asked(index, "az", "pk", "jf-17", "zzz", "qqq").json())["unused"] == [
        "zzz",
        "qqq",
    ]


def test_a_designation_of_two_words() -> None:
    """Two words of a filter are also found where they are written as one, at the beginning of a word alone."""
    takes = Query(Request("facts"), [], Filter(["jf", "17"])).taking()
    assert takes(" jf17 ")
    assert not takes(" xjf17 ")
    assert not takes(" jf 18 ")


def test_the_command_names_an_engine_without_its_password() -> None:
    """A command that is suggested has all options, and the address of a published index without what is secret."""
    request = Request(
        "facts", ["korea"], topic="trade", index="postgresql://ann:secret@db.example/facts"
    )
    told = "bilatcli facts kr --topic trade --index postgresql://ann@db.example/facts"
    assert request.command(["kr"]) == told
