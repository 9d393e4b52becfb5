"""Subjects that are not countries: what a phrase names, and that nothing near one is a country."""

from __future__ import annotations

import json

import pytest

from bilatcli.index.country_tables import LOOKALIKES
from bilatcli.index.store import Index
from bilatcli.normalization import is_unspaced
from bilatcli.packs.loader import load_subjects, load_words
from bilatcli.packs.subject_models import Subject
from bilatcli.query.countries import resolve_name
from bilatcli.query.interpret import Query, interpret
from bilatcli.query.request import Request
from bilatcli.query.subjects import find_subjects
from bilatcli.query.tokenizer import tokenize
from support import ROOT, Run

SUBJECTS = load_subjects(ROOT / "data" / "names" / "subjects.toml")
LOOKALIKE_STEP = 97
"""One in so many lookalikes is tried."""


def make_query(index: Index, text: str) -> Query:
    """Return the interpretation of words of the view `facts`."""
    return interpret(Request("facts", [text]), index)


@pytest.mark.parametrize("subject", SUBJECTS.subject, ids=lambda subject: subject.id)
def test_every_name(index: Index, subject: Subject) -> None:
    """Each name alone means its subject, or the country that it is read as."""
    for text in subject.texts:
        found = resolve_name(text, index)
        if subject.reads_as:
            assert found.match is not None, text
            assert found.match.code == subject.reads_as, text
        else:
            assert found.match is None, text
            assert found.subject is not None, text
            assert found.subject.id == subject.id, text


def test_every_place(index: Index) -> None:
    """Each part of a country is known with its country."""
    for places in SUBJECTS.place:
        for name in places.names:
            found = resolve_name(name, index)
            assert found.match is None, name
            assert found.subject is not None, name
            assert found.subject.part_of == [places.part_of], name


@pytest.mark.parametrize(
    ("text", "codes", "subjects", "filter"),
    [
        ("az karabagh", ["AZ"], ["nagorno-karabakh"], "karabagh"),
        ("qarabağ azerbaijan", ["AZ"], ["nagorno-karabakh"], "qarabağ"),
        ("az нагорный карабах", ["AZ"], ["nagorno-karabakh"], "нагорный карабах"),
        ("India Լեռնային Ղարաբաղ", ["IN"], ["nagorno-karabakh"], "Լեռնային Ղարաբաղ"),
        ("russia ukraine crimea", ["RU", "UA"], ["crimea"], "crimea"),
        ("Northern Cyprus Turkey", ["TR"], ["northern-cyprus"], "Northern Cyprus"),
        ("kurdistan iraq", ["IQ"], ["kurdistan"], "kurdistan"),
        ("Iraqi Kurdistan", [], ["iraqi-kurdistan"], "Iraqi Kurdistan"),
        ("NATO Turkey", ["TR"], ["nato"], "NATO"),
        ("EU Azerbaijan", ["AZ"], ["eu"], "EU"),
        ("africa china", ["CN"], ["africa"], "africa"),
        ("South Africa china", ["ZA", "CN"], [], ""),
        ("kashmir in pakistan", ["PK"], ["kashmir"], "kashmir"),
        ("taliban-pakistan", ["PK"], ["taliban"], "taliban"),
        ("serbia and montenegro", ["RS", "ME"], [], ""),
        ("austria hungary", ["AT", "HU"], [], ""),
        ("Österreich-Ungarn", ["AT", "HU"], [], ""),
        ("denmark norway", ["DK", "NO"], [], ""),
        ("east germany poland", ["DE", "PL"], [], ""),
        ("china pakistan economic corridor", ["CN", "PK"], [], "economic corridor"),
        ("克什米尔", [], ["kashmir"], "克什米尔"),
        ("nagorno-karabakh az jf-17", ["AZ"], ["nagorno-karabakh"], "nagorno-karabakh jf-17"),
        ("pakistan", ["PK"], [], ""),
    ],
)
def test_phrases(
    index: Index, text: str, codes: list[str], subjects: list[str], filter: str
) -> None:
    """A subject is not a country; its name is a word of the filter, whole as typed."""
    query = make_query(index, text)
    assert query.codes == codes
    assert [subject.id for subject in query.subjects] == subjects
    assert (query.filter or "") == filter


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("karabgh", "nagorno-karabakh"),
        ("nagorny karabah", "nagorno-karabakh"),
        ("chechnia", "chechnya"),
        ("kurdistn", "kurdistan"),
        ("abkhasia", "abkhazia"),
        ("crimeea", "crimea"),
        ("afrca", "africa"),
        ("hezbolah", "hezbollah"),
    ],
)
def test_misspelt_subjects(index: Index, text: str, subject: str) -> None:
    """A misspelt subject is read as the subject, which is announced, and never as a country."""
    query = make_query(index, f"azerbaijan {text}")
    assert query.codes == ["AZ"]
    assert [each.id for each in query.subjects] == [subject]
    assert query.notes()[0] == f"reading `{text}` as {query.subjects[0].name}"


@pytest.mark.parametrize("text", ["karabak", "chechnia", "kurdistn", "guinea pig", "crimia"])
def test_nothing_near_a_subject_is_a_country(index: Index, text: str) -> None:
    """A name alone that resembles a subject is not a country either."""
    assert resolve_name(text, index).match is None


@pytest.mark.parametrize(
    ("text", "code", "note"),
    [
        ("Scotland", "GB", "reading `Scotland` as United Kingdom (GB)"),
        ("Schottland", "GB", "reading `Schottland` as United Kingdom (GB)"),
        ("gaza", "PS", "reading `gaza` as Palestine (PS)"),
        ("GDR", "DE", "reading `GDR` as Germany (DE)"),
        ("Zanzibar", "TZ", "reading `Zanzibar` as Tanzania (TZ)"),
    ],
)
def test_read_as_a_country(index: Index, text: str, code: str, note: str) -> None:
    """Some parts of countries and former states are read as a country, which is announced."""
    query = make_query(index, text)
    assert (query.codes, query.subjects) == ([code], [])
    assert query.notes() == [note]


@pytest.mark.parametrize(
    ("name", "subject", "code"),
    [
        ("Inner Mongolia Autonomous Region", "inner-mongolia-autonomous-region", None),
        ("N. Cyprus", "northern-cyprus", None),
        ("N. Ireland", None, "GB"),
    ],
)
def test_parts_with_other_words(
    index: Index, name: str, subject: str | None, code: str | None
) -> None:
    """A part of a country with words for its form, or shortened, is not a likeness of another."""
    found = resolve_name(name, index)
    assert (found.subject and found.subject.id) == subject
    assert (found.match and found.match.code) == code


def test_a_country_code_stays_one(index: Index) -> None:
    """Territories with an ISO code are found by it and by their names."""
    for text, code in (("eh", "EH"), ("Western Sahara", "EH"), ("Falklands", "FK"), ("gib", "GI")):
        assert make_query(index, text).codes == [code]


def test_unknown_words_may_be_places(index: Index) -> None:
    """A part of a country that no fact mentions is known, also in a phrase."""
    query = make_query(index, "texas mexico")
    assert query.codes == ["MX"]
    assert [(each.kind, each.part_of) for each in query.subjects] == [("place", ["US"])]


def test_a_subject_in_a_document(index: Index) -> None:
    """A document says which subjects were named, beside the countries."""
    query = json.loads(make_query(index, "NATO Turkey").to_json())
    assert query["subjects"] == [
        {"input": "NATO", "id": "nato", "name": "NATO", "kind": "organisation"}
    ]
    assert query["filter"] == "NATO"


@pytest.mark.parametrize(
    ("text", "named", "mentions"),
    [
        ("eu", " the eu and nato ", True),
        ("eu", " europe and asia ", False),
        ("eu", " the european union ", True),
        ("karabagh", " nagorno karabakh ", True),
        ("karabagh", " the karabakhis ", True),
        ("karabagh", " carabao ", False),
    ],
)
def test_mentions(index: Index, text: str, named: str, mentions: bool) -> None:  # noqa: FBT001
    """A text mentions a subject by any of its search texts; acronyms match as whole words."""
    (subject,) = find_subjects(tokenize([text]), index).values()
    assert subject.is_mentioned(named) is mentions


def test_a_member_of_an_organisation(index: Index) -> None:
    """That a country is a member of an organisation is noted, with the date of the list."""
    query = make_query(index, "NATO Turkey Azerbaijan")
    assert query.notes() == ["Türkiye is a member of NATO (as of 2026-01)"]


def test_a_subject_that_no_fact_mentions(run: Run) -> None:
    """If no fact on a country mentions a subject, the answer says what it is and where it leads."""
    facts = run("facts", "ASEAN", "Turkey")
    assert facts.code == 1
    assert "`bilatcli facts tr`" in facts.err
    assert "an organisation, not a country; try `bilatcli list --country ASEAN`" in facts.err
    summary = run("summary", "NATO", "Turkey")
    assert summary.code == 0
    assert "Türkiye is a member of NATO (as of 2026-01)" in summary.err
    kurdistan = run("facts", "kurdistan", "iraq")
    assert (kurdistan.code, kurdistan.out.count("\n")) == (1, 1)
    assert "`kurdistan` has no ISO country code" in kurdistan.err


@pytest.mark.parametrize(
    "word",
    (
        "wakanda borduria latveria Volga Toyota Schmidt Andalusia Burgundy"
        " FIFA IEA UNISFA Akan Avar Audi SIPRI Lachin La\u00e7\u0131n"
        # In other languages: cities, peoples and languages, months and days, persons.
        " londres Λευκωσία Praga Вена Bruxelas Kopenhag"
        " Кушит Walesisch marte sábado Maria Mario Tomas Garcia"
    ).split(),
)
def test_proper_nouns_are_not_countries(index: Index, word: str) -> None:
    """Fiction, rivers, regions, peoples, makers, organisations, persons are not misspelt countries.

    The abbreviations of organisations are those of the memberships in the data.
    """
    assert resolve_name(word, index).match is None
    assert make_query(index, f"azerbaijan {word}").codes == ["AZ"]


@pytest.mark.parametrize("word", load_words(ROOT / "data" / LOOKALIKES)[::LOOKALIKE_STEP])
def test_lookalikes_are_not_countries(index: Index, word: str) -> None:
    """A name that resembles that of a country is not read as one, alone or beside a country."""
    assert resolve_name(word, index).match is None
    if " " not in word and not is_unspaced(word[0]):
        assert make_query(index, f"azerbaijan {word}").codes == ["AZ"]


def test_find_subjects_prefers_the_longest(index: Index) -> None:
    """Of overlapping names in a phrase, the longest is found."""
    found = find_subjects(tokenize(["who holds Nagorno-Karabakh and the Line of Control"]), index)
    assert [(span, subject.input) for span, subject in found.items()] == [
        ((6, 9), "Line of Control"),
        ((2, 4), "Nagorno-Karabakh"),
    ]
