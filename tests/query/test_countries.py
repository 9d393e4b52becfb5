"""Country names: one name as a whole, however tables write it, exactly or misspelt."""

from __future__ import annotations

import pytest

from bilatcli.index.store import Index
from bilatcli.query.countries import resolve_name, suggest_countries
from bilatcli.query.names import MAX_CACHED_NAMES, Match, look_up_names
from bilatcli.query.plain_names import MAX_NAME_WORDS, find_plain_name, list_runs


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
        # Notes and numbers.
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
        # Two languages, and places.
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
        # With a qualifier that agrees, chooses, or says nothing.
        ("Burma (Myanmar)", "MM", "exact", 100.0),
        ("China, Hong Kong", "HK", "exact", 100.0),
        ("Macao S.A.R., China", "MO", "alias", 100.0),
        ("China, región administrativa especial de Hong Kong", "HK", "exact", 100.0),
        ("Китай, Специальный административный район Гонконг", "HK", "exact", 100.0),
        ("Iran (Republic of)", "IR", "exact", 100.0),
        ("Paris, FR", "FR", "alias", 100.0),
        # Official names in other languages.
        ("République d'Irlande", "IE", "exact", 100.0),
        ("İrlanda Cumhuriyeti", "IE", "exact", 100.0),
        ("아일랜드 공화국", "IE", "exact", 100.0),
        ("索马里共和国", "SO", "exact", 100.0),
        ("جمهورية إيران الإسلامية", "IR", "exact", 100.0),
        ("Республика Косово", "XK", "exact", 100.0),
        ("Republik Portugl", "PT", "fuzzy", 88.9),
        ("Nyaste republiken Venezuela", "VE", "fuzzy", 56.2),
        ("Bolivarianska republiken Venezuela", "VE", "exact", 100.0),
        ("Konqo (KDR)", "CD", "exact", 100.0),
        # With accents and punctuation that make the difference.
        ("Mỹ", "US", "exact", 100.0),
        ("Bỉ", "BE", "exact", 100.0),
        ("Suède", "SE", "exact", 100.0),
        ("SUÈDE", "SE", "exact", 100.0),
        ("R.-U.", "GB", "exact", 100.0),
        ("É.-U.", "US", "exact", 100.0),
        # With an article, before it or in brackets.
        ("la République française", "FR", "exact", 100.0),
        ("Belgique (la)", "BE", "exact", 100.0),
        ("los Estados Unidos de América", "US", "exact", 100.0),
        # Territories and islands.
        ("Territorio de la Isla Norfolk", "NF", "exact", 100.0),
        ("Komonvelt Severna Marijanska Ostrva", "MP", "exact", 100.0),
        (
            "Hong Kong Región Administrativa Especial de la República Popular China",
            "HK",
            "alias",
            100.0,
        ),
        # An adjective or a case of the name.
        ("Republika Estońska", "EE", "exact", 100.0),
        ("Republika Cypryjska", "CY", "fuzzy", 44.4),
        ("Republika Irlandii", "IE", "fuzzy", 87.5),
        ("الجمهورية التركية", "TR", "fuzzy", 80.0),
        ("중화인민공화국 홍콩 특별행정구", "HK", "fuzzy", 96.2),
        ("Bermudské ostrovy", "BM", "fuzzy", 66.7),
        # Two states of one name.
        ("Republika Koreja", "KR", "exact", 100.0),
        ("Kiinan tasavalta", "TW", "exact", 100.0),
        ("Kiinan kansantasavalta", "CN", "exact", 100.0),
        ("Gemenebest Dominica", "DM", "exact", 100.0),
        # Misspelt after generic words.
        ("Kingdom of Azerbaijn", "AZ", "fuzzy", 90.0),
        ("State of Swedn", "SE", "fuzzy", 83.3),
        ("Commonwealth of Portugl", "PT", "fuzzy", 87.5),
        ("Kyrgyzst?n", "KG", "fuzzy", 90.0),
        ("Kyrgyzst\ufffdn", "KG", "fuzzy", 90.0),
    ],
)
def test_a_name(index: Index, name: str, code: str, match: str, score: float) -> None:
    """A name finds one country, however tables write it."""
    found = resolve_name(name, index)
    assert found.match is not None
    assert (found.input, found.match.input) == (name, name)
    assert (found.match.code, found.match.match, found.match.score) == (code, match, score)
    (row,) = look_up_names({code.lower()}, index)[code.lower()]
    assert found.match.name == row[1]
    assert (found.runner_up, found.candidates) == (None, ())


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        "–",
        "1",
        "banana",
        # English words that resemble names in other languages.
        "airplane",
        "franchise",
        "indies",
        "qqqqqqq",
        "Nowhere, Anywhere",
        "one/two",
        "France xy",
        "Nowhere, France, Anywhere",
        # A qualifier that contradicts, or may choose another country.
        "Georgia (US)",
        "Georgia (U.S. state)",
        "Georgia, United States",
        "Papua (province of Indonesia)",
        "Santiago (Dominican Republic)",
        "Norfolk, Virginia",
        "Atlanta, GA",
        "Tennessee, TN",
        # Letters that folding makes a code, and an abbreviation in another order.
        "₀₁₂",
        "₨",
        "ﬁ",
        "㏂",
        # Letters after an apostrophe, which are no footnote, and three of a name of six.
        "Palu'e",
        "So'a",
        "nad",
        "COM1",
        "1#IND",
        "<<< %s(un='%s') = %u",
        # Republics whose other word is not known, or is another state's too.
        "Донецкая Народная Республика",
        "Republik Qwertland",
    ],
)
def test_other_texts_are_not_names(index: Index, name: str) -> None:
    """A text that is not a name finds no country."""
    found = resolve_name(name, index)
    assert (found.input, found.match, found.runner_up, found.candidates) == (name, None, None, ())


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("korea", [("KP", "North Korea", 100.0), ("KR", "South Korea", 100.0)]),
        ("Congo", [("CD", "DR Congo", 100.0), ("CG", "Republic of the Congo", 100.0)]),
        ("France/Germany", [("FR", "France", 100.0), ("DE", "Germany", 100.0)]),
        ("Ieland", [("IE", "Ireland", 85.7), ("IS", "Iceland", 85.7)]),
    ],
)
def test_an_ambiguous_name(
    index: Index, name: str, candidates: list[tuple[str, str, float]]
) -> None:
    """A name of several countries, or equally close to several, has candidates and no match."""
    found = resolve_name(name, index)
    assert (found.input, found.match, found.runner_up) == (name, None, None)
    assert [(each.code, each.name, each.score) for each in found.candidates] == candidates
    assert {each.input for each in found.candidates} == {name}


@pytest.mark.parametrize(
    ("name", "code", "score", "second", "less"),
    [
        ("Slovnia", "SI", 87.5, "SK", 75.0),
        ("Austrla", "AT", 85.7, "AU", 77.8),
        ("Guina", "GN", 83.3, "GY", 66.7),
    ],
)
def test_a_runner_up(
    index: Index, name: str, code: str, score: float, second: str, less: float
) -> None:
    """A misspelt name has the second best match as well."""
    found = resolve_name(name, index)
    assert found.match is not None
    assert found.runner_up is not None
    assert (found.match.code, found.match.score) == (code, score)
    assert (found.runner_up.code, found.runner_up.score) == (second, less)
    assert (found.runner_up.input, found.runner_up.match) == (name, "fuzzy")
    assert found.candidates == ()


@pytest.mark.parametrize(
    ("kind", "match"),
    [
        ("name", "exact"),
        ("official", "exact"),
        ("native", "exact"),
        ("translation", "exact"),
        ("alias", "alias"),
        ("former", "alias"),
        ("demonym", "alias"),
        ("capital", "alias"),
        ("code", "code"),
        ("fuzzy", "fuzzy"),
    ],
)
def test_the_kind_of_a_match(kind: str, match: str) -> None:
    """Documents tell four kinds of matches apart."""
    assert Match("x", "AZ", "Azerbaijan", kind=kind).match == match


def test_names_are_cached(index: Index) -> None:
    """Looked-up texts are kept in memory, unknown ones too, up to a limit."""
    index.names.clear()
    assert look_up_names({"azerbaijan", "no such name"}, index)["azerbaijan"] == [
        ("AZ", "Azerbaijan", "name")
    ]
    assert index.names["no such name"] == []
    index.names["azerbaijan"] = [("XX", "Cached", "name")]
    assert look_up_names({"azerbaijan"}, index)["azerbaijan"] == [("XX", "Cached", "name")]
    index.names.update({str(number): [] for number in range(MAX_CACHED_NAMES)})
    full = look_up_names({"azerbaijan", "pakistan"}, index)
    assert set(full) == {"azerbaijan", "pakistan"}
    assert full["azerbaijan"] == [("AZ", "Azerbaijan", "name")]
    index.names.clear()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("republic of azerbaijan", ["AZ"]),
        ("gambia the", ["GM"]),
        ("of the", []),
        ("", []),
        ("no such name", []),
    ],
)
def test_plain_names(index: Index, text: str, codes: list[str]) -> None:
    """A name with other articles, or its words in another order, finds its country."""
    assert [code for code, _, _ in find_plain_name(text, index)] == codes


@pytest.mark.parametrize(
    ("word", "suggestions"),
    [
        ("Åland", [("AX", "name", 100.0)]),
        ("azrbjn", [("AZ", "fuzzy", 60.0)]),
        ("kashmeer", [("kashmir", "subject", 75.0)]),
        ("latest", []),
        ("qqqqqqq", []),
    ],
)
def test_suggestions(index: Index, word: str, suggestions: list[tuple[str, str, float]]) -> None:
    """At most three names are suggested, best first, if they are near."""
    found = suggest_countries(word, index)
    assert [(each.code, each.kind, each.score) for each in found] == suggestions


@pytest.mark.parametrize("form", ["Fiji ({})", "Fiji, {}", "Republic {}", "republique {}"])
def test_many_words_beside_a_name(index: Index, form: str) -> None:
    """A name with thousands of words takes no time or memory that grows with their square."""
    words = " ".join(f"qwert{i}" for i in range(3000))
    resolve_name(form.format(words), index)
    assert len(list_runs(words.split())) < MAX_NAME_WORDS * 3000
