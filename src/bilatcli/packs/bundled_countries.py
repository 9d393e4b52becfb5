"""The bundled list of countries, for what checks or fills the texts of packs."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from bilatcli import resources
from bilatcli.text import normalize

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bilatcli.packs.country_models import Country


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
def _index_names() -> Mapping[str, str]:
    """Return the codes of countries by all their codes and names, normalized."""
    return {
        normalize(name): code
        for code, country in load_bundled_countries().items()
        for name in (*(each.text for each in country.names), country.name, country.alpha3, code)
    }


def suggest_code(text: str) -> str:
    """Return the remedy for a text that is not a code: the code of the country that it names.

    >>> suggest_code("az"), suggest_code("KEN"), suggest_code("uganda")
    ('did you mean `AZ`?', 'did you mean `KE`?', 'did you mean `UG`?')
    """
    code = _index_names().get(normalize(text))
    return f"did you mean `{code}`?" if code else "use an ISO 3166-1 alpha-2 code"
