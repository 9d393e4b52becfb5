"""Countries in the data of the Office of the Historian, and since when they are the present ones.

A past state is not the present country: what was before a day of `SINCE` is left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from common import Countries

US = "US"
SINCE = {
    "AM": "1991-09-21",  # the Republic of 1918 to 1920
    "AT": "1918-11-12",  # Austria-Hungary
    "CD": "1960-06-30",  # the Belgian Congo
    "CN": "1949-10-01",  # the Republic of China
    "CZ": "1993-01-01",  # Czechoslovakia
    "GT": "1840-01-01",  # the Federal Republic of Central America
    "HU": "1918-11-16",  # Austria-Hungary
    "IN": "1947-08-15",  # British India
    "KR": "1948-08-15",  # Korea under Japan, and before
    "ME": "2006-06-03",  # the Kingdom of Montenegro; Yugoslavia
    "ML": "1960-09-22",  # the Federation of Mali
    "MY": "1963-09-16",  # the Federation of Malaya
    "PH": "1946-07-04",  # a possession of the United States
    "RS": "2006-06-05",  # the Kingdom of Serbia; Yugoslavia; Serbia and Montenegro
    "RU": "1991-12-25",  # the Russian Empire; the Soviet Union
    "SK": "1993-01-01",  # Czechoslovakia
    "TR": "1923-10-29",  # the Ottoman Empire
    "TW": "1949-12-08",  # before, the Republic of China had its seat in Nanjing
    "TZ": "1964-04-26",  # Tanganyika; Zanzibar
    "VA": "1929-06-07",  # the Papal States; Rome after 1870
    "VN": "1976-07-02",  # the State of Vietnam; South Vietnam
    "YE": "1990-05-22",  # North Yemen; South Yemen
    "ZW": "1980-04-18",  # Rhodesia
}
"""The day since which a country is the present state, if the data has states before it."""

UNITED_ARAB_REPUBLIC = {"EG", "SY"}
UNION_OF_EGYPT_AND_SYRIA = "1958-02-22", "1961-09-28"

OWN_NAMES = {
    "Korea": "KR",
    "Muscat & Oman": "OM",
    "Somoa": "WS",
    "St. Christopher and Nevis": "KN",
}
"""Names that the lists of visits alone have. No visitor from North Korea is in them."""


def present_country(name: str, date: str, countries: Countries) -> str | None:
    """Return the code of the present country of a name at a date. Others are left out.

    A name in brackets is accepted if it is another name of the same country.
    """
    parts = re.fullmatch(r"(.+?) \((.+)\)", name)
    if parts and countries.find(parts[1]) == countries.find(parts[2]) is not None:
        code = countries.find(parts[1])
    else:
        code = OWN_NAMES.get(name) or countries.code(name)
    if code is not None and is_past(code, date):
        countries.leave_out("states before the present one", name)
        return None
    return None if code == US else code


def is_past(code: str, date: str) -> bool:
    """Return True if a country of a date is not the present state."""
    start, end = UNION_OF_EGYPT_AND_SYRIA
    is_in_union = code in UNITED_ARAB_REPUBLIC and start <= date <= end
    return is_in_union or date < SINCE.get(code, "")
