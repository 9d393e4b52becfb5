"""Which shared organisations say most about a pair of countries, in words."""

from __future__ import annotations

from bilatcli.text import make_printable, plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    Organisation = Mapping[str, Any]

MAX_NAMED = 6
"""Maximum number of notable organisations that are named."""
MAX_OTHERS = 2
"""Maximum number of other organisations that are named, if no notable one is shared."""

_NOTABLE = (
    *("UN Security Council", "EU", "NATO", "G-7", "G-20", "CSTO", "EAEU", "CIS", "SCO", "BRICS"),
    *("Quad", "USMCA", "ANZUS", "ASEAN", "AU", "ECOWAS", "WAEMU", "CEMAC", "EAC", "SADC", "IGAD"),
    *("SACU", "COMESA", "AMU", "GCC", "LAS", "OIC", "Mercosur", "CAN", "SICA", "Caricom", "OECS"),
    *("OAS", "CELAC", "SAARC", "BIMSTEC", "ECO", "D-8", "GUAM", "BSEC", "Schengen Convention"),
    *("EMU", "EFTA", "Benelux", "NC", "CE", "CBSS", "Arctic Council", "OPEC", "OAPEC", "APEC"),
    *("EAS", "PIF", "OECD", "OSCE", "C", "CPLP", "OIF"),
)
"""Organisations that say most about a pair, in the order in which they are named."""


def format_memberships(shared: Sequence[Organisation]) -> str:
    """Return the shared organisations that matter most, and how many others there are.

    Only those count of which both countries are members. It is empty if there are none.
    """
    members = sorted(filter(_is_shared, shared), key=_rank)
    named = list(filter(_is_notable, members))[:MAX_NAMED] or members[:MAX_OTHERS]
    rest = len(members) - len(named)
    names = [str(each["name"]) for each in named]
    others = f" and {plural(rest, 'other')}" if rest else ""
    return make_printable(", ".join(names)) + others


def _is_shared(organisation: Organisation) -> bool:
    """Return True if both are members: not observers or the like."""
    return set(organisation["statuses"].values()) in ({"member"}, {"permanent"})


def _is_notable(organisation: Organisation) -> bool:
    return organisation["organisation"] in _NOTABLE


def _rank(organisation: Organisation) -> tuple[int, int]:
    """Return the place of an organisation: notable ones, then those with the fewest members."""
    name = organisation["organisation"]
    return (_NOTABLE.index(name) if name in _NOTABLE else len(_NOTABLE)), organisation["members"]
