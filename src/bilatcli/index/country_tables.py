"""The tables on countries: names, and forms to compare misspelt names with."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from bilatcli.index.attribute_tables import fill_attribute_tables
from bilatcli.index.name_keys import (
    COMMON,
    KINDS,
    encode_block,
    script_of,
    sort_key_form,
    spelling_of,
)
from bilatcli.index.state_words import is_state_word, strip_state_words
from bilatcli.index.subject_tables import fill_subject_tables, load_subjects, read_names
from bilatcli.index.tables import Values, insert_rows
from bilatcli.normalization import normalize
from bilatcli.packs import loader
from bilatcli.packs.country_models import Country, Translations
from bilatcli.packs.subject_models import Subject
from bilatcli.vocabulary import COMBINING_MARK

NameRow = tuple[str, str, str]
"""(normalized name, country code, kind)"""

_COUNTRIES = "countries.toml"
_TRANSLATIONS = tuple(
    f"names/{file}.toml" for file in ("translations", "iso-codes", "variants", "un-names")
)
_COMMON_WORDS = "names/everyday.txt"
LOOKALIKES = "names/lookalikes.txt"
_WORD_LISTS = (
    ("common_word", _COMMON_WORDS),
    ("common_word", "names/proper-nouns.txt"),
    ("common_word", LOOKALIKES),
    ("conjunction", "names/joiners.txt"),
)
_QUESTION_WORDS = "names/question-words.txt"
"""Each line has a language, or `optional`, and words of it. `profile_of` is two words."""
_COMBINING_FORMS = "names/combining-forms.txt"
"""Each line has the code of a country and forms of its name before a hyphen: `sino`."""
_REORDERED_KINDS = ("name", "official", "alias")
"""The kinds of names whose words people write in another order."""
_BARE_KINDS = (*_REORDERED_KINDS, "native", "translation")
"""The kinds of names that may have words for the form of a state."""
_KOREAS = ("KP", "KR")
"""Countries whose names are one word and one that tells them apart: South Korea."""
_MIN_FUZZY_LENGTH = 4
"""Letters that a name must have to be compared with misspelt ones."""


def fill_country_tables(connection: sqlite3.Connection, folder: str) -> None:
    """Fill the tables from the files in the data folder. Raises PackError for errors in them."""
    subjects = load_subjects(folder)
    _fill_names(connection, folder, subjects.subject)
    fill_subject_tables(connection, subjects)
    fill_attribute_tables(connection, folder)
    for table, file in _WORD_LISTS:
        words = loader.load_words(os.path.join(folder, file))
        insert_rows(connection, table, ((word,) for word in words), ignore_existing=True)
    asked = (
        (normalize(word), language)
        for language, word in _read_pairs(os.path.join(folder, _QUESTION_WORDS))
    )
    insert_rows(connection, "question_word", asked, ignore_existing=True)
    forms = (
        (f"{form}{COMBINING_MARK}", code, "demonym")
        for code, form in _read_pairs(os.path.join(folder, _COMBINING_FORMS))
    )
    insert_rows(connection, "name", forms)


def _read_pairs(path: str) -> Iterator[tuple[str, str]]:
    """Yield the first word of each line of a file with each of the others."""
    for line in loader.load_words(path):
        first, *others = line.split()
        yield from ((first, other) for other in others)


def _fill_names(connection: sqlite3.Connection, folder: str, subjects: Sequence[Subject]) -> None:
    """Fill the tables of names. If a country has one text twice, its first kind is kept.

    Names of subjects that are read as a country come first, so that the reading is announced.
    """
    read = read_names(subjects)
    insert_rows(connection, "name", ((text, *country) for text, country in read.items()))
    for country in loader.load_countries(os.path.join(folder, _COUNTRIES)):
        insert_rows(connection, "country", [(country.code, country.name)])
        insert_rows(connection, "name", _name_rows(country), ignore_existing=True)
    names = connection.execute("SELECT normalized, code, kind FROM name").fetchall()
    plain = [row for row in names if row[2] in _REORDERED_KINDS]
    common = set(loader.load_words(os.path.join(folder, _COMMON_WORDS)))
    insert_rows(connection, "plain_name", _plain_name_rows(plain, common))
    parts = {word for name, _, _ in plain if " " in name for word in name.split()}
    insert_rows(connection, "name_word", ((word,) for word in sorted(parts)))
    for file in _TRANSLATIONS:
        for translated in loader.load_translations(os.path.join(folder, file)):
            insert_rows(connection, "name", _translation_rows(translated), ignore_existing=True)
            places = ((normalize(place), translated.code) for place in translated.places)
            insert_rows(connection, "place", places, ignore_existing=True)
    names = connection.execute("SELECT normalized, code, kind FROM name").fetchall()
    insert_rows(connection, "plain_name", _bare_name_rows(names))
    insert_rows(connection, "name", _shared_name_rows(names), ignore_existing=True)
    insert_rows(connection, "name_block", _name_block_rows(names))


def _name_rows(country: Country) -> Iterator[NameRow]:
    for code in (country.code, country.alpha3, country.numeric):
        if code is not None:
            yield normalize(code), country.code, "code"
    for name in country.names:
        yield normalize(name.text), country.code, name.kind


def _translation_rows(country: Translations) -> Iterator[NameRow]:
    for text in country.translations:
        if normalized := normalize(text):
            yield normalized, country.code, "translation"
    for text in country.spellings:
        yield spelling_of(text), country.code, "translation"


def _plain_name_rows(names: Iterable[NameRow], common: Container[str]) -> Iterator[NameRow]:
    """Yield the sorted forms of names that belong to one country only.

    A common word is not such a form: `united nation` is not the United Kingdom.
    """
    found: dict[str, dict[str, str]] = {}
    for normalized, code, kind in names:
        found.setdefault(sort_key_form(normalized), {}).setdefault(code, kind)
    yield from (row for row in _keep_unique(found) if row[0] and row[0] not in common)


def _bare_name_rows(names: Iterable[NameRow]) -> Iterator[NameRow]:
    """Yield the names without words for the form of a state, if they belong to one country only."""
    holders: dict[str, dict[str, str]] = {}
    for normalized, code, kind in names:
        if kind in _BARE_KINDS:
            bare = strip_state_words(normalized)
            is_long = all(len(word) > 1 for word in bare.text.split())
            if bare.word_count and is_long and len(bare.text) >= _MIN_FUZZY_LENGTH:
                holders.setdefault(bare.form, {}).setdefault(code, kind)
    yield from _keep_unique(holders)


def _keep_unique(holders: Mapping[str, Mapping[str, str]]) -> Iterator[NameRow]:
    """Yield the forms of one country, sorted. `holders` has the countries and kinds of each."""
    for form, kinds in sorted(holders.items()):
        if len(kinds) == 1:
            ((code, kind),) = kinds.items()
            yield form, code, kind


def _shared_name_rows(names: Sequence[NameRow]) -> Iterator[NameRow]:
    """Yield the word that the names of both Koreas have in a language, as an ambiguous name."""
    known = {normalized for normalized, _, _ in names}
    words: dict[str, set[str]] = {code: set() for code in _KOREAS}
    for normalized, code, kind in names:
        if code in words and kind in _BARE_KINDS and normalized.count(" ") in (1, 2):
            words[code].update(normalized.split())
    for word in sorted(set.intersection(*words.values()) - known):
        if len(word) >= _MIN_FUZZY_LENGTH and not is_state_word(word):
            yield from ((word, code, "translation") for code in _KOREAS)


def _name_block_rows(names: Iterable[NameRow]) -> Iterator[Values]:
    """Yield the blocks of names that misspelt names are compared with."""
    blocks: dict[tuple[str, int], list[NameRow]] = {}
    for name in names:
        normalized, _, kind = name
        is_compared = kind in KINDS and normalized == normalize(normalized)
        if is_compared and len(normalized) >= _MIN_FUZZY_LENGTH:
            is_translation = kind == "translation"
            key = (script_of(normalized), len(normalized)) if is_translation else (COMMON, 0)
            blocks.setdefault(key, []).append(name)
    for (script, length), block in sorted(blocks.items()):
        yield script, length, *encode_block(sorted(block))
