"""The bundled list of countries, for what checks or fills the texts of packs."""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from bilatcli import resources
from bilatcli.fuzzy import find_nearest
from bilatcli.normalization import normalize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bilatcli.packs.country_models import Country

MIN_SIMILARITY, MIN_LETTERS = 83, 5
"""Minimum similarity of a misspelt name, 0 to 100, and its minimum length."""

_SEPARATOR = re.compile(r"\s*(?:[,;/\u2013-]|\band\b)\s*")
_QUALIFIER = re.compile(r"[(\[,]")
_FLAG_LETTERS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
_FLAG_OFFSET = 0x1F1E6 - ord("A")


@cache
def load_bundled_countries() -> Mapping[str, Country]:
    """Return the countries by their ISO 3166-1 alpha-2 codes."""
    from bilatcli.packs.loader import load_countries

    countries = load_countries(os.path.join(resources.data_folder(), "countries.toml"))
    return {country.code: country for country in countries}


@cache
def load_country_names() -> Mapping[str, str]:
    """Return the displayed names of the countries by their codes."""
    return {code: country.name for code, country in load_bundled_countries().items()}


@cache
def _index_names() -> Mapping[str, Sequence[str]]:
    """Return the codes of the countries that each code and name means, normalized."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for code, country in load_bundled_countries().items():
        names = (*(each.text for each in country.names), country.name)
        for name in (*names, country.alpha3, country.numeric or "", code):
            found[normalize(name)][code] = None
    return {name: sorted(codes) for name, codes in found.items() if name}


def suggest_code(text: str) -> str:
    """Return the remedy for a text that is not a code: the codes of the countries that it names.

    >>> suggest_code("az"), suggest_code("KEN"), suggest_code("uganda")
    ('did you mean `AZ`?', 'did you mean `KE`?', 'did you mean `UG`?')
    >>> suggest_code("Azerbajan"), suggest_code("AZ, Turkey")
    ('did you mean `AZ`?', 'write "AZ", "TR"')
    """
    if codes := _find_codes(text):
        return f"did you mean `{'` or `'.join(codes)}`?"
    parts = [_find_codes(part) for part in _SEPARATOR.split(text)]
    if len(parts) > 1 and all(len(part) == 1 for part in parts):
        return f"write {', '.join(json.dumps(part[0]) for part in parts)}"
    near = find_nearest(normalize(text), _index_names(), cutoff=MIN_SIMILARITY)
    if near and len(text) >= MIN_LETTERS and not _QUALIFIER.search(text):
        return f"did you mean `{'` or `'.join(_index_names()[near])}`?"
    return "use an ISO 3166-1 alpha-2 code"


def _find_codes(text: str) -> Sequence[str]:
    """Return the codes of the countries that a name, code, number or flag means."""
    letters = "".join(chr(ord(each) - _FLAG_OFFSET) for each in text if each in _FLAG_LETTERS)
    return _index_names().get(normalize(letters or text), ())
