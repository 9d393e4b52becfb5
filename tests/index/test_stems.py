"""Stems: all forms and spellings of a word have one stem, other words have another."""

from __future__ import annotations

import pytest

from bilatcli.index.spelling import unify_spelling
from bilatcli.index.stems import has_forms, split_words, stem_text, stem_word, subject_pattern
from bilatcli.normalization import normalize

ALIKE = """
embassy/embassies recognised/recognized recognise/recognizes defence/defense defences/defensive
organisation/organization organisations/organize centre/centers theatre/theater programme/programs
labour/labor neighbour/neighboring harbours/harbor behaviour/behavior licence/licensed
analyse/analyzed cancelled/canceled travelled/traveled fuelled/fueled dialogue/dialogs
catalogues/catalog kilometres/kilometer metre/meters grey/gray aluminium/aluminum
manoeuvres/maneuver judgement/judgments agreements/agreement exercises/exercise drones/drone
militarisation/militarization normalise/normalization modernise/modernizing supplies/supply
colour/colors honoured/honored favour/favors armoured/armored offence/offenses sulphur/sulfur
paediatric/pediatric archaeological/archeological fulfil/fulfilled criticise/criticized
authorities/authority officers/officer promises/promised precise/precisely
"""
APART = """
sold/soldiers organs/organisation paradise/parade party/part police/policy expert/expertise
united/units import/important accords/according author/authorities office/officers any/ani
relations/relatives hour/horse four/for court/cort arms/army wise/wizard colony/colour
"""


@pytest.mark.parametrize("pair", ALIKE.split())
def test_forms_of_a_word(pair: str) -> None:
    """Singular and plural, forms of a verb, British and American spelling have one stem."""
    one, other = pair.split("/")
    assert stem_word(one) == stem_word(other)


@pytest.mark.parametrize("pair", APART.split())
def test_different_words(pair: str) -> None:
    """Words that only begin alike have different stems."""
    one, other = pair.split("/")
    assert stem_word(one) != stem_word(other)


@pytest.mark.parametrize("word", ["jf17", "2024", "as", "кашмир", "kashmirs" * 9, ""])
def test_words_without_forms(word: str) -> None:
    """Numbers, designations, short words and those of other scripts are their own stems."""
    assert not has_forms(word)
    assert stem_word(word) == word


@pytest.mark.parametrize("word", "exercise advice hour tour noise paris our is us ring".split())
def test_words_with_one_spelling(word: str) -> None:
    """A word that only looks like a British form stays as it is."""
    assert unify_spelling(word) == word


def test_texts() -> None:
    """A text has the stem of each word; a long one that mentions a subject may go on."""
    assert stem_text("two embassies of 2024") == "two embassi of 2024"
    assert subject_pattern("kashmir") == "kashmir*"
    assert subject_pattern("oic") == "oic"


@pytest.mark.parametrize(
    ("text", "designations"),
    [
        ("Two JF-17s, and a T-129.", {"jf17s", "t129"}),
        ("plain words 17", set()),
        ("Words, in (brackets).", set()),
        ("Çöl JF17", set()),
        ("Çöl TB-2", {"tb2"}),
        ("a-b c-d", {"ab", "cd"}),
        ("a-b ab", set()),
        ("–", set()),
    ],
)
def test_split_words(text: str, designations: set[str]) -> None:
    """A designation is written with more than letters and digits, and is a new word without."""
    words, found = split_words(text)
    assert words == normalize(text).split()
    assert found == designations
