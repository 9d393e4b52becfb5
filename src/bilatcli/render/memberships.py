"""Which shared organisations say most about a pair of countries, in words.

The reference work still lists some memberships that have ended, and a sentence such as "both in
NAFTA" would be wrong today. They are left out here, by two tables of our own that cite no source
(`_ENDED` and `_LEFT`): they only hide, and never add, a membership. Documents in JSON keep the list
of the reference work as it is.
"""

from __future__ import annotations

from bilatcli.text import make_printable, plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    Organisation = Mapping[str, Any]

MAX_NAMED = 6
"""Maximum number of shared organisations that are named."""

_NOTABLE = (
    *("UN Security Council", "EU", "NATO", "G-7", "G-20", "CSTO", "EAEU", "CIS", "SCO", "BRICS"),
    *("Quad", "USMCA", "ANZUS", "ASEAN", "AU", "ECOWAS", "WAEMU", "CEMAC", "EAC", "SADC", "IGAD"),
    *("SACU", "COMESA", "AMU", "GCC", "LAS", "OIC", "Mercosur", "CAN", "SICA", "Caricom", "OECS"),
    *("OAS", "CELAC", "SAARC", "BIMSTEC", "ECO", "D-8", "GUAM", "BSEC", "Schengen Convention"),
    *("EMU", "EFTA", "Benelux", "NC", "CE", "CBSS", "Arctic Council", "OPEC", "OAPEC", "APEC"),
    *("EAS", "PIF", "OECD", "OSCE", "C", "CPLP", "OIF"),
)
"""Organisations that say most about a pair, in the order in which they are named."""

_NAMES = {
    "C": "Commonwealth",
    "CAN": "Andean Community",
    "CE": "Council of Europe",
    "EAS": "East Asia Summit",
    "EMU": "euro area",
    "G-20": "G20",
    "G-7": "G7",
    "LAS": "Arab League",
    "NC": "Nordic Council",
    "OIF": "Francophonie",
    "PIF": "Pacific Islands Forum",
    "Schengen Convention": "Schengen",
}
"""Names of organisations whose abbreviation few readers know."""

_ENDED = ("EAEC", "G-5", "G-8", "GCTU", "NAFTA", "UNASUR", "UNHRC")
"""Organisations that have ended, or have members for a term only: our knowledge, not cited."""
_LEFT = {
    "CE": ("RU",),
    "CIS": ("UA",),
    "EAPC": ("RU",),
    "ECB": ("GB",),
    "EIB": ("GB",),
    "EU": ("GB",),
}
"""Members that have left, although the reference work lists them: our knowledge, not cited."""


def format_memberships(shared: Sequence[Organisation]) -> str:
    """Return the shared organisations that matter most, and how many others there are.

    Only those count of which both countries are members today. It is empty if there are none.
    """
    members = [each for each in shared if _is_shared(each)]
    notable = sorted(filter(_is_notable, members), key=_rank)
    named = notable[:MAX_NAMED] or sorted(members, key=_rank)[:MAX_NAMED]
    rest = len(members) - len(named)
    names = [_format_name(each) for each in named]
    others = f" and {plural(rest, 'other')}" if rest else ""
    return make_printable(", ".join(names)) + others


def _format_name(organisation: Organisation) -> str:
    """Return the name of an organisation. A document of an older version has no names."""
    abbreviation = str(organisation["organisation"])
    return str(organisation.get("name") or _NAMES.get(abbreviation, abbreviation))


def _is_shared(organisation: Organisation) -> bool:
    """Return True if both are members in the reference work, and neither has left since."""
    name, statuses = organisation["organisation"], organisation["statuses"]
    if name in _ENDED or any(code in _LEFT.get(name, ()) for code in statuses):
        return False
    return set(statuses.values()) in ({"member"}, {"permanent"})


def _is_notable(organisation: Organisation) -> bool:
    return organisation["organisation"] in _NOTABLE


def _rank(organisation: Organisation) -> tuple[int, int]:
    """Return the place of an organisation: notable ones, then those with the fewest members."""
    name = organisation["organisation"]
    return (_NOTABLE.index(name) if name in _NOTABLE else len(_NOTABLE)), organisation["members"]
