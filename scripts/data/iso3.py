"""ISO 3166-1 alpha-3 codes of data sets as alpha-2 codes."""

from __future__ import annotations

import tomllib

from common import DATA


def read_alpha3() -> dict[str, str]:
    """Return the alpha-2 codes of the countries by their alpha-3 codes."""
    countries = tomllib.loads((DATA / "countries.toml").read_text(encoding="utf-8"))["country"]
    return {each["alpha3"]: each["code"] for each in countries if "alpha3" in each}
