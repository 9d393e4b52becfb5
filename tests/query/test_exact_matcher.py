"""Exact matching: every name of a country finds it, whatever its case, accents and hyphens."""

from __future__ import annotations

import pytest

from bilatcli.index.store import Index
from bilatcli.normalization import normalize
from bilatcli.packs import loader
from bilatcli.query.errors import Ambiguous
from bilatcli.query.exact_matcher import MAX_NAME_TOKENS, match_exactly
from bilatcli.query.interpret import interpret
from bilatcli.query.request import Request
from bilatcli.query.tokenizer import tokenize
from support import RELATIONS

COUNTRIES = loader.load_countries(RELATIONS.with_name("countries.toml"))
NAMES = sorted({name.text for country in COUNTRIES for name in country.names})

PAIRS = {"Taiwan, China", "Hong Kong, China", "Macao, China", "Macau, China"}
"""Names that are also two countries: in a question they are the pair, in any order."""


def interpret_codes(index: Index, *words: str) -> list[str]:
    """Return the codes of the countries in words that have nothing else."""
    query = interpret(Request("facts", words), index)
    assert query.filter is None
    return query.codes


def match_whole(index: Index, text: str) -> set[str]:
    """Return the codes of the countries that a whole text is a name of."""
    phrase = tokenize([text])
    found = match_exactly(phrase, index)
    assert set(found) == {(0, len(phrase))}, text
    return {match.code for match in found[0, len(phrase)]}


def test_every_name_finds_its_country(index: Index) -> None:
    """Each name in countries.toml finds exactly the countries that have it."""
    owners: dict[str, set[str]] = {}
    for country in COUNTRIES:
        names = [name.text for name in country.names]
        for text in (country.code, country.alpha3, country.numeric, *names):
            if text is not None:
                owners.setdefault(normalize(text), set()).add(country.code)
    assert len(owners) > 2000
    for text in NAMES:
        if text in PAIRS:
            continue
        expected = owners[normalize(text)]
        assert match_whole(index, text) == expected
        assert match_whole(index, normalize(text).upper()) == expected


@pytest.mark.parametrize(
    "words", ["Taiwan China", "China Taiwan", "Taiwan, China", "taiwan and china"]
)
def test_pair_in_any_order(index: Index, words: str) -> None:
    """A name that is also two countries is the pair, in either order."""
    assert sorted(interpret_codes(index, words)) == ["CN", "TW"]


def test_no_name_is_too_long() -> None:
    """The longest name is within the limit of tokens."""
    assert max(len(tokenize([name])) for name in NAMES) <= MAX_NAME_TOKENS


def test_every_code_finds_its_country(index: Index) -> None:
    """Each ISO 3166-1 code is a country by itself, in either case."""
    for country in COUNTRIES:
        for code in (country.code, country.alpha3, country.numeric):
            if code is not None:
                assert interpret_codes(index, code) == [country.code]
                assert interpret_codes(index, code.lower()) == [country.code]


def test_a_name_of_several_countries_is_ambiguous(index: Index) -> None:
    """A name that several countries have is never read as one of them."""
    names = [name for name in NAMES if name not in PAIRS]
    shared = [name for name in names if len(match_whole(index, name)) > 1]
    assert "Korea" in shared
    for name in shared:
        with pytest.raises(Ambiguous) as refused:
            interpret(Request("facts", [name]), index)
        codes = {candidate.id for candidate in refused.value.candidates}
        assert codes == match_whole(index, name)


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
def test_a_match_says_how_it_was_found(index: Index, text: str, code: str, match: str) -> None:
    """Names, codes, capitals and demonyms find the country, and the match names the kind."""
    (found,) = interpret(Request("facts", [text]), index).countries
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
    """Two countries are found in one word or several, whatever joins them."""
    assert interpret_codes(index, *words) == ["AZ", "PK"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("pakistan/azerbaijan", ["PK", "AZ"]),
        ("south korea north korea", ["KR", "KP"]),
        ("guinea guinea-bissau", ["GN", "GW"]),
        ("dominica dominican republic", ["DM", "DO"]),
        ("niger nigeria", ["NE", "NG"]),
        ("bosnia and herzegovina and serbia", ["BA", "RS"]),
        ("serbia and montenegro", ["RS", "ME"]),
        ("trinidad and tobago", ["TT"]),
        ("azerbaijan baku aze", ["AZ"]),
    ],
)
def test_the_longest_names_are_chosen(index: Index, text: str, codes: list[str]) -> None:
    """A name inside a longer one is not read. Countries keep their order, each once."""
    assert interpret_codes(index, text) == codes


@pytest.mark.parametrize(
    ("text", "codes", "rest"),
    [
        ("in pk", ["IN", "PK"], None),
        ("az in", ["AZ", "IN"], None),
        ("no pk", ["NO", "PK"], None),
        ("is", ["IS"], None),
        ("pakistan in kashmir", ["PK"], "kashmir"),
        ("azerbaijan pakistan in 2015", ["AZ", "PK"], None),
        ("pakistan do it jf-17 az", ["PK", "AZ"], "jf-17"),
        ("what is it that azerbaijan did", ["AZ"], None),
        ("azerbaijan no pakistan", ["AZ", "PK"], None),
        ("France et la Suisse", ["FR", "CH"], None),
    ],
)
def test_codes_that_are_words(index: Index, text: str, codes: list[str], rest: str | None) -> None:
    """`in` is India only if a second country is needed and nothing else is left."""
    query = interpret(Request("facts", [text]), index)
    assert (query.codes, query.filter) == (codes, rest)


@pytest.mark.parametrize(
    ("text", "codes", "words"),
    [
        ("Sino-Indian border", "CN IN", "border"),
        ("Indo-Pak", "IN PK", ""),
        ("Anglo–French", "GB FR", ""),
        ("Greco-Turkish", "GR TR", ""),
        ("Indo-Pacific", "", "Indo-Pacific"),
        ("sino", "", "sino"),
        ("sino az", "AZ", "sino"),
    ],
)
def test_combining_forms(index: Index, text: str, codes: str, words: str) -> None:
    """The first part of a compound is a country before a hyphen and the name of another."""
    query = interpret(Request("facts", [text]), index)
    assert (" ".join(query.codes), " ".join([*query.words, *query.unused])) == (codes, words)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("🇯🇵 🇰🇷", "JP KR"),
        ("🇦🇿🇵🇰", "AZ PK"),
        ("отношения между Россией и Грузией", "RU GE"),
        ("Ирана с Пакистаном", "IR PK"),  # noqa: RUF001 -- Russian
        ("Украины и России", "UA RU"),
        ("Турции Азербайджану", "TR AZ"),
    ],
)
def test_flags_and_cases(index: Index, text: str, codes: str) -> None:
    """A flag is a code, and a Russian name is found in all its cases without a guess."""
    query = interpret(Request("facts", [text]), index)
    assert (" ".join(query.codes), query.words) == (codes, [])
    assert {match.kind for match in query.countries} <= {"translation", "code"}
