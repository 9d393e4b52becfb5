"""Find the countries that the title of a treaty names."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from typing import NamedTuple

from bilatcli.normalization import normalize
from common import DATA

MAX_NAME_WORDS = 9

# Names in titles that our list of countries lacks. "Korea" is only used of the South there.
OWN_NAMES = {
    "cote divoire": "CI",
    "england": "GB",
    "indo": "IN",
    "korea": "KR",
    "peoples republic of china": "CN",
    "plo": "PS",
    "portugese": "PT",
    "roumania": "RO",
    "rumania": "RO",
    "tunis": "TN",
    "united states of brazil": "BR",
    "us": "US",
    "usa": "US",
}
SOVIET = ("soviet union", "union of soviet socialist republics", "ussr", "soviet")
# Names of today that contain one of `NOT_TODAY`.
TODAY = ("socialist republic of viet nam",)
# States that are gone, parts of states, and names that two states have had.
NOT_TODAY = (
    "abkhazia",
    "austria hungary",
    "austro hungarian",
    "baden",
    "bavaria",
    "congo",
    "czech and slovak",
    "czechoslovak",
    "czechoslovakia",
    "democratic peoples republic of korea",
    "democratic republic of viet nam",
    "democratic yemen",
    "east pakistan",
    "german democratic",
    "north viet nam",
    "peoples democratic republic of yemen",
    "prussia",
    "republic of viet nam",
    "serbia and montenegro",
    "serbia montenegro",
    "south ossetia",
    "south viet nam",
    "southern rhodesia",
    "united arab republic",
    "upper volta",
    "yemen arab republic",
    "yugoslav",
    "yugoslavia",
)


class Named(NamedTuple):
    """What a title names: codes of countries, if the Soviet Union is among them, other words."""

    codes: frozenset[str]
    is_soviet: bool
    words: tuple[str, ...]


class Titles:
    """Names of countries by their normalized texts."""

    def __init__(self) -> None:
        self._names: dict[str, set[str]] = defaultdict(set)
        listed = tomllib.loads((DATA / "countries.toml").read_text(encoding="utf-8"))
        for country in listed["country"]:
            for name in country["names"]:
                if name["kind"] != "capital":
                    self._names[normalize(name["text"])].add(country["code"])
        self._names |= {name: {code} for name, code in OWN_NAMES.items()}

    def read(self, title: str, pair: frozenset[str]) -> Named | None:
        """Return what a title names, the longest names first.

        Of several meanings, that in `pair` is meant. A title with a state that is gone is None.
        """
        words = normalize(title).split()
        text = f" {' '.join(words)} "
        for name in TODAY:
            text = text.replace(name, "")
        if any(f" {name} " in text for name in NOT_TODAY):
            return None
        codes: set[str] = set()
        others: list[str] = []
        is_soviet, at = False, 0
        while at < len(words):
            for size in range(min(MAX_NAME_WORDS, len(words) - at), 0, -1):
                name = " ".join(words[at : at + size])
                meanings = self._names.get(name, set())
                if meanings or name in SOVIET:
                    codes |= (meanings & pair) or meanings
                    is_soviet = is_soviet or name in SOVIET
                    at += size
                    break
            else:
                others.append(words[at])
                at += 1
        return Named(frozenset(codes), is_soviet, tuple(others))
