"""Words to countries: everything that a country is called finds it, misspelt too, and everyday words find none."""

from __future__ import annotations

import pytest

from bilatcli.errors import Ambiguous
from bilatcli.index.store import Index
from bilatcli.packs import loader
from bilatcli.query import countries, parser
from bilatcli.query.request import Query, Request, understand
from bilatcli.text import normalize
from support import RELATIONS

COUNTRIES = loader.load_countries(RELATIONS.with_name("countries.toml"))

TEXTS = sorted(
    {
        name.text
        for country in COUNTRIES
        for name in country.names
        if len(normalize(name.text).split()) <= parser.LONGEST
    }
)
"""Every text that a country is found by, codes aside, short enough to be looked up."""

OF_TWO = "Serbia and Montenegro"
"""A country that was; as a phrase it means both halves."""


def asked(index: Index, *words: str) -> Query:
    """How a question is understood."""
    return understand(Request("facts", words), index)


def codes(index: Index, *words: str) -> list[str]:
    """The countries that a question is about; their words are all of it."""
    query = asked(index, *words)
    assert query.filter is None
    return query.codes


def meanings(index: Index, text: str) -> set[str]:
    """The countries that a text names exactly, taken as a whole."""
    phrase = parser.tokens([text])
    found = parser.read(phrase, index)
    assert set(found) == {(0, len(phrase))}, text
    return {match.code for match in found[0, len(phrase)]}


def test_every_name_finds_its_country(index: Index) -> None:
    """Each text of the list names just the countries that it stands under, whatever its case, accents and hyphens."""
    under: dict[str, set[str]] = {}
    for country in COUNTRIES:
        for text in (
            country.code,
            country.alpha3,
            country.numeric,
            *(name.text for name in country.names),
        ):
            if text is not None:
                under.setdefault(normalize(text), set()).add(country.code)
    assert len(under) > 2000
    for text in TEXTS:
        if text == OF_TWO:
            continue
        assert meanings(index, text) == meanings(index, normalize(text).upper()) == under[normalize(text)]


def test_no_name_is_longer_than_what_is_looked_up() -> None:
    """The longest name of a country is within the run of tokens that is compared with names."""
    longest = max(
        (name.text for country in COUNTRIES for name in country.names),
        key=lambda text: len(normalize(text).split()),
    )
    assert len(parser.tokens([longest])) <= parser.LONGEST, longest


def test_every_code_finds_its_country(index: Index) -> None:
    """Each ISO 3166-1 code, of two letters, three letters or three digits, is a country by itself, in either case."""
    for country in COUNTRIES:
        for code in (country.code, country.alpha3, country.numeric):
            if code is not None:
                assert codes(index, code) == codes(index, code.lower()) == [country.code]


def test_a_name_under_several_countries_is_ambiguous(index: Index) -> None:
    """A text that stands under more than one country is never read as one of them."""
    shared = [text for text in TEXTS if text != OF_TWO and len(meanings(index, text)) > 1]
    assert "Soviet Union" in shared
    for text in shared:
        with pytest.raises(Ambiguous) as refused:
            asked(index, text)
        assert {candidate.id for candidate in refused.value.candidates} == meanings(index, text)


@pytest.mark.parametrize(
    ("text", "code", "match"),
    [
        ("Azerbaijan", "AZ", "exact"),
        ("AZƏRBAYCAN", "AZ", "exact"),
        ("az", "AZ", "code"),
        ("Aze", "AZ", "code"),
        ("031", "AZ", "code"),
        ("baku", "AZ", "alias"),
        ("Azerbaijani", "AZ", "alias"),
        ("Pakistanis", "PK", "alias"),
        ("Islamic Republic of Pakistan", "PK", "exact"),
        ("cote d ivoire", "CI", "exact"),
        ("Côte d’Ivoire", "CI", "exact"),
        ("Ivory Coast", "CI", "exact"),
        ("turkey", "TR", "exact"),
        ("TURKIYE", "TR", "exact"),
        ("Deutschland", "DE", "exact"),
        ("Swiss", "CH", "alias"),
        ("Dutch", "NL", "alias"),
        ("u.s.a.", "US", "alias"),
        ("USA", "US", "code"),
        ("UK", "GB", "alias"),
        ("Guinea-Bissau", "GW", "exact"),
        ("guinea", "GN", "exact"),
        ("dominican republic", "DO", "exact"),
        ("São Tomé", "ST", "alias"),
        ("Burma", "MM", "exact"),
        ("Kosovo", "XK", "exact"),
        ("XKX", "XK", "code"),
        ("East Timor", "TL", "alias"),
        ("Washington", "US", "alias"),
        ("Reykjavik", "IS", "alias"),
        ("Reykjavík", "IS", "alias"),
    ],
)
def test_what_a_country_is_called(index: Index, text: str, code: str, match: str) -> None:
    """Names, official and native names, codes, capitals and peoples all find the country, and say how."""
    (found,) = asked(index, text).countries
    assert (found.input, found.code, found.match, found.score) == (text, code, match, 100.0)


@pytest.mark.parametrize(
    "words",
    [
        ["az", "pk"],
        ["az-pk"],
        ["AZ–PK"],
        ["az/pk"],
        ["az,pk"],
        ["az & pk"],
        ["az↔pk"],
        ["Baku–Islamabad"],
        ["azerbaijan and pakistan"],
        ["azerbaijan", "and", "pakistan"],
        ["azerbaijan vs pakistan"],
        ["between azerbaijan and pakistan"],
        ["Azerbaijan/Pakistan"],
        ["azerbaijani-pakistani"],
        ["AZE 586"],
        ["azerbaijn pakstan"],
    ],
    ids=" ".join,
)
def test_joined_countries(index: Index, words: list[str]) -> None:
    """Two countries are found in one word or several, whatever joins them, and nothing is left over as a filter."""
    assert codes(index, *words) == ["AZ", "PK"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pakistan/azerbaijan", ["PK", "AZ"]),
        ("south korea north korea", ["KR", "KP"]),
        ("guinea guinea-bissau", ["GN", "GW"]),
        ("dominica dominican republic", ["DM", "DO"]),
        ("niger nigeria", ["NE", "NG"]),
        ("bosnia and herzegovina and serbia", ["BA", "RS"]),
        ("trinidad and tobago", ["TT"]),
        ("azerbaijan baku aze", ["AZ"]),
    ],
)
def test_the_longest_name_counts(index: Index, text: str, expected: list[str]) -> None:
    """Names inside longer names are not read, countries keep their order, and each is taken once."""
    assert codes(index, text) == expected


@pytest.mark.parametrize(
    ("text", "expected", "rest"),
    [
        ("in pk", ["IN", "PK"], None),
        ("az in", ["AZ", "IN"], None),
        ("no pk", ["NO", "PK"], None),
        ("is", ["IS"], None),
        ("pakistan in kashmir", ["PK"], "kashmir"),
        ("azerbaijan pakistan in 2015", ["AZ", "PK"], "2015"),
        ("pakistan do it jf-17 az", ["PK", "AZ"], "jf-17"),
        ("what is it that azerbaijan did", ["AZ"], "what that did"),
        ("azerbaijan no pakistan", ["AZ", "PK"], None),
    ],
)
def test_codes_that_are_everyday_words(
    index: Index, text: str, expected: list[str], rest: str | None
) -> None:
    """`in` is India where a second country is wanted and nothing else is said, and else a word that says nothing."""
    query = asked(index, text)
    assert (query.codes, query.filter) == (expected, rest)


@pytest.mark.parametrize(
    ("text", "code", "score"),
    [
        ("azerbaijn", "AZ", 90.0),
        ("azerbaijann", "AZ", 90.9),
        ("pakstan", "PK", 87.5),
        ("afganistna", "AF", 81.8),
        ("germny", "DE", 85.7),
        ("AZERBAIJN", "AZ", 90.0),
        ("sri lanak", "LK", 88.9),
        ("hong kng", "HK", 88.9),
        ("cote divoire", "CI", 92.3),
    ],
)
def test_misspelt_names(index: Index, text: str, code: str, score: float) -> None:
    """A name with a letter wrong finds its country, with how like it is, and never passes for exact."""
    (found,) = asked(index, text).countries
    assert (found.input, found.code, found.match, found.score) == (text, code, "fuzzy", score)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("united kingdon", "GB"),
        ("south afrika", "ZA"),
        ("new zeland", "NZ"),
        ("north macedona", "MK"),
        ("united arab emirats", "AE"),
        ("equatorial guinee", "GQ"),
    ],
)
def test_misspelt_names_of_several_words(index: Index, text: str, code: str) -> None:
    """A name of several words is found with a letter wrong too, whole, and none of them is left over as a filter."""
    query = asked(index, text)
    assert (query.codes, query.filter) == ([code], None)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("congo", {"CD": "bilatcli facts cd az", "CG": "bilatcli facts cg az"}),
        ("Korea", {"KP": "bilatcli facts kp az", "KR": "bilatcli facts kr az"}),
        ("dominican", {"DM": "bilatcli facts dm az", "DO": "bilatcli facts do az"}),
    ],
)
def test_ambiguous_names(index: Index, text: str, candidates: dict[str, str]) -> None:
    """A word that names several countries is refused with the command for each, the other words kept."""
    with pytest.raises(Ambiguous) as refused:
        asked(index, text, "az")
    assert {candidate.id: candidate.command for candidate in refused.value.candidates} == candidates
    assert f"`{text}` can mean" in refused.value.message


@pytest.mark.parametrize(
    "word",
    [
        "banana",
        "trade",
        "none",
        "engine",
        "island",
        "roman",
        "human",
        "march",
        "river",
        "2015",
        "jf-17",
        "xyz",
        "–",
        "🇦🇿",
    ],
)
def test_everyday_words_are_no_country(index: Index, word: str) -> None:
    """A word that is like no name, or that facts use, is left over as a filter."""
    assert asked(index, word, "pakistan").codes == ["PK"]


def test_suggestions(index: Index) -> None:
    """A word that is not like enough to be read as a country still has its nearest names suggested, best first."""
    found = countries.suggestions("azrbjn", index)
    assert found[0].code == "AZ"
    assert [match.score for match in found] == sorted(
        (match.score for match in found), reverse=True
    )
    assert countries.suggestions("qqqqqqq", index) == []


# --- one name as a whole


@pytest.mark.parametrize(
    ("name", "code", "match", "score"),
    [
        ("Azerbaijan", "AZ", "exact", 100.0),
        ("AZE", "AZ", "code", 100.0),
        ("baku", "AZ", "alias", 100.0),
        ("Korea, Rep.", "KR", "alias", 100.0),
        ("Iran, Islamic Republic of", "IR", "exact", 100.0),
        # Misencoded, once and with what HTML makes of `&`.
        ("C\u00c3\u00b4te d'Ivoire", "CI", "exact", 100.0),
        ("Cura\u00c3\u00a7ao", "CW", "exact", 100.0),
        ("\u00c3\x85land Islands", "AX", "exact", 100.0),
        ("Antigua &amp; Barbuda", "AG", "exact", 100.0),
        # With notes and numbers.
        ("France (metropolitan)", "FR", "exact", 100.0),
        ("France [1]", "FR", "exact", 100.0),
        ("(1) France", "FR", "exact", 100.0),
        ("(France)", "FR", "exact", 100.0),
        ("France,", "FR", "exact", 100.0),
        ("12. France", "FR", "exact", 100.0),
        ("France\u00b9*", "FR", "exact", 100.0),
        ("the Gambia a", "GM", "exact", 100.0),
        ("France a", "FR", "exact", 100.0),
        ("Guinea [zzz] Bissau", "GW", "exact", 100.0),
        ("Guinea (zzz) Bissau)", "GW", "exact", 100.0),
        ("the Baku x", "AZ", "alias", 100.0),
        ("the South Africa x", "ZA", "exact", 100.0),
        ("South Africa x", "ZA", "exact", 100.0),
        # Twice, and behind or before a place.
        ("nowhere/France/anywhere", "FR", "exact", 100.0),
        ("France/x, Germany", "FR", "exact", 100.0),
        ("Deutschland / Germany", "DE", "exact", 100.0),
        ("Nowhere/France", "FR", "exact", 100.0),
        ("Marseille, France", "FR", "exact", 100.0),
        ("France, Marseille", "FR", "exact", 100.0),
        ("Somewhere, Anywhere, France", "FR", "exact", 100.0),
        # Misspelt.
        ("switzerlnd", "CH", "fuzzy", 90.9),
        ("FranceXa", "FR", "fuzzy", 75.0),
        ("Republic of Azerbaijn", "AZ", "fuzzy", 95.5),
        # Misspelt behind words that say what a country is.
        ("Kingdom of Azerbaijn", "AZ", "fuzzy", 90.0),
        ("State of Swedn", "SE", "fuzzy", 83.3),
        ("Commonwealth of Portugl", "PT", "fuzzy", 87.5),
        ("Kyrgyzst?n", "KG", "fuzzy", 90.0),
        ("Kyrgyzst\ufffdn", "KG", "fuzzy", 90.0),
    ],
)
def test_one_name(index: Index, name: str, code: str, match: str, score: float) -> None:
    """A name is one country however tables write it, and what was given comes back."""
    found = countries.resolve(name, index)
    assert found.input == name
    assert found.match is not None
    assert found.match.input == name
    assert (found.match.code, found.match.match, found.match.score) == (code, match, score)
    assert found.match.name == next(country.name for country in COUNTRIES if country.code == code)
    assert (found.runner_up, found.candidates) == (None, ())


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        "–",
        "banana",
        "qqqqqqq",
        "Nowhere, Anywhere",
        "one/two",
        "France xy",
        "Nowhere, France, Anywhere",
    ],
)
def test_no_name(index: Index, name: str) -> None:
    """What is no country is none, and no other is guessed."""
    found = countries.resolve(name, index)
    assert (found.input, found.match, found.runner_up, found.candidates) == (name, None, None, ())


@pytest.mark.parametrize(
    ("name", "codes"),
    [("korea", ["KP", "KR"]), ("Congo", ["CD", "CG"]), ("France/Germany", ["FR", "DE"])],
)
def test_one_name_of_several(index: Index, name: str, codes: list[str]) -> None:
    """A name of several countries is none of them; each is told."""
    found = countries.resolve(name, index)
    assert (found.input, found.match, found.runner_up) == (name, None, None)
    assert [match.code for match in found.candidates] == codes
    assert {match.input for match in found.candidates} == {name}


@pytest.mark.parametrize(
    ("name", "code", "score", "second", "less"),
    [
        ("Slovnia", "SI", 87.5, "SK", 75.0),
        ("Austrla", "AT", 85.7, "AU", 77.8),
        ("Guina", "GN", 83.3, "GY", 66.7),
    ],
)
def test_runner_up(
    index: Index, name: str, code: str, score: float, second: str, less: float
) -> None:
    """Of a misspelt name the next likest country is told, with how like it is."""
    found = countries.resolve(name, index)
    assert found.match is not None
    assert found.runner_up is not None
    assert (found.match.code, found.match.score) == (code, score)
    assert (found.runner_up.code, found.runner_up.score, found.runner_up.match) == (
        second,
        less,
        "fuzzy",
    )
    assert found.runner_up.input == name
    assert found.candidates == ()


def test_lookup_remembers(index: Index) -> None:
    """What was looked up once is remembered, what is no name too; too much of it is forgotten, the question's not."""
    index.names.clear()
    assert countries.lookup({"azerbaijan", "no such name"}, index)["azerbaijan"] == [
        ("AZ", "Azerbaijan", "name")
    ]
    assert index.names["no such name"] == []
    index.names["azerbaijan"] = [("XX", "Remembered", "name")]
    assert countries.lookup({"azerbaijan"}, index)["azerbaijan"] == [("XX", "Remembered", "name")]
    index.names.update({str(number): [] for number in range(countries.REMEMBERED)})
    full = countries.lookup({"azerbaijan", "pakistan"}, index)
    assert set(full) == {"azerbaijan", "pakistan"}
    assert full["azerbaijan"] == [("AZ", "Azerbaijan", "name")]
    index.names.clear()


@pytest.mark.parametrize(
    ("folded", "code"),
    [
        ("republic of azerbaijan", "AZ"),
        ("gambia the", "GM"),
        ("of the", None),
        ("", None),
        ("no such name", None),
    ],
)
def test_plain(index: Index, folded: str, code: str | None) -> None:
    """Words in another order, with articles or without, mean the country whose name they are."""
    assert [known[0] for known in countries.plain(folded, index)] == ([code] if code else [])


def test_a_misspelling_of_several(index: Index) -> None:
    """Where two countries are as likely, neither is taken; both are told with their names and how like they are."""
    found = countries.resolve("Ieland", index)
    assert (found.input, found.match, found.runner_up) == ("Ieland", None, None)
    assert [
        (each.code, each.name, each.score, each.kind, each.input) for each in found.candidates
    ] == [
        ("IE", "Ireland", 85.7, "fuzzy", "Ieland"),
        ("IS", "Iceland", 85.7, "fuzzy", "Ieland"),
    ]


def test_three_suggestions(index: Index) -> None:
    """For a word that is no country the three nearest are told; one that is the same is no misspelling."""
    assert [
        (each.code, each.kind, each.score, each.input)
        for each in countries.suggestions("Åland", index)
    ] == [
        ("AX", "name", 100.0, "Åland"),
        ("PL", "fuzzy", 66.7, "Åland"),
        ("TH", "fuzzy", 62.5, "Åland"),
    ]
