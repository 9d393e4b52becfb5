"""Which places of a data set are known: capitals, and those in `data/names/iso-codes.toml`."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from typing import Any

from bilatcli.normalization import normalize
from common import DATA


def read_places() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return the capitals and the other places of each country, as normalized names."""
    capitals: dict[str, set[str]] = defaultdict(set)
    places: dict[str, set[str]] = defaultdict(set)
    for each in _countries("countries.toml"):
        names = (name["text"] for name in each["names"] if name["kind"] == "capital")
        capitals[each["code"]].update(normalize(name) for name in names)
    for each in _countries("names/attributes.toml"):
        if "capital" in each:
            capitals[each["code"]].add(normalize(each["capital"]))
    for each in _countries("names/iso-codes.toml"):
        places[each["code"]].update(normalize(name) for name in each.get("places", ()))
    return capitals, places


def _countries(name: str) -> Any:
    return tomllib.loads((DATA / name).read_text("utf-8"))["country"]


QUARTERS = {
    ("BE", "Brussels"): """
        Auderghem, Etterbeek, Forest, Ixelles, Saint-Gilles, Schaerbeek, Uccle, Watermael-Boitsfort,
        Woluwe-Saint-Lambert, Woluwe-Saint-Pierre
    """,
    ("DE", "Berlin"): "Charlottenburg-Wilmersdorf, Mitte, Pankow, Steglitz-Zehlendorf",
    ("GB", "London"): """
        Belgravia, City of Westminster, Kensington, London Borough of Camden, Marylebone, Mayfair,
        Royal Borough of Kensington and Chelsea, South Kensington
    """,
    ("HU", "Budapest"): "Zugló",
    ("JP", "Tokyo"): "Chiyoda-ku, Meguro-ku, Minato-ku, Setagaya-ku, Shibuya-ku, Shinagawa-ku",
    ("KR", "Seoul"): "Jongno District, Yongsan District",
    ("PE", "Lima"): "Jesús María, Miraflores, San Isidro",
    ("RU", "Moscow"): """
        Arbat District, Basmanny District, Dorogomilovo District, Khamovniki District,
        Presnensky District
    """,
}
"""Quarters of capitals in which embassies are, by the names of the data set. Not consulates, which
are in other cities that have quarters of the same name."""
SEATS = {"IL": "Tel Aviv", "TZ": "Dar es Salaam"}
"""Cities that are not the capital, but in which most embassies are."""

_MUNICIPALITY = re.compile(r"(?: City)?(?: Capital)?(?: [Mm]unicipality)?$")
_NUMBERED = re.compile(r"\d+\w\w arrondissement of | District [IVX]+$| (?:[IVX]+|\d+)$")
_SECOND_NAME = re.compile(r" [-/] .*")


class Cities:
    """The names of places, to tell which cities of the data set are known."""

    def __init__(self) -> None:
        self.capitals, self.places = read_places()
        self._quarters = {
            (code, normalize(quarter)): capital
            for (code, capital), quarters in QUARTERS.items()
            for quarter in quarters.split(",")
        }

    def find_seat(self, city: str, host: str) -> str:
        """Return the city of an embassy, or "" if it is not known. A quarter is in its capital."""
        if city == SEATS.get(host):
            return city
        quarter = normalize(_SECOND_NAME.sub("", city))
        capital = self._quarters.get((host, quarter)) or _NUMBERED.sub("", city)
        return self.known(capital, host)

    def known(self, city: str, host: str) -> str:
        """Return a city of the host, or "" if it is not known."""
        for capital in (city, _MUNICIPALITY.sub("", city)):
            if normalize(capital) in self.capitals[host]:
                # A sentence may end with it.
                return "Washington, DC" if host == "US" else capital
        return city if normalize(city) in self.places[host] else ""

    def is_elsewhere(self, city: str, host: str) -> bool:
        """Return True if a city is the capital of another country, and unknown in the host."""
        others = (names for code, names in self.capitals.items() if code != host)
        text = normalize(city)
        return bool(text) and not self.known(city, host) and any(text in each for each in others)
