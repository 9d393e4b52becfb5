"""The scene of a question: which countries, capitals and disputed areas its map shows."""

from __future__ import annotations

from bilatcli.index import Statement
from bilatcli.maps.frame import bounding_frame
from bilatcli.maps.shapes import Shapes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from bilatcli.index.store import Index
    from bilatcli.maps.frame import Frame
    from bilatcli.maps.shapes import Point, Shape
    from bilatcli.query.interpret import Query

MAX_RELATED = 8
"""Maximum number of related countries: those that most facts mention."""

CAPITALS = Statement(
    "map_capitals",
    "SELECT country, name, latitude, longitude FROM capital WHERE latitude IS NOT NULL",
)

_LIST_KEYS = ("actors", "toward", "partners")
_SINGLE_KEYS = ("holder", "favours", "against")
"""The keys of facts that have codes of countries."""


class Scene:
    """What a map shows.

    `selected` are the countries of the question and `related` others that their facts mention, each
    as names by codes, in order. `mentions` has the number of facts that mention each other country
    or actor. `capitals` are names and places by the codes of countries.
    """

    def __init__(
        self,
        shapes: Shapes,
        *,
        selected: Mapping[str, str],
        related: Mapping[str, str],
        mentions: Mapping[str, int],
        capitals: Mapping[str, tuple[str, Point]],
    ) -> None:
        self.shapes = shapes
        self.selected = selected
        self.related = related
        self.mentions = mentions
        self.capitals = capitals

    @property
    def title(self) -> str:
        """The names of the selected countries."""
        return "–".join(self.selected.values())

    @property
    def frame(self) -> Frame:
        """The smallest frame of the selected countries; raises ValueError if none can be placed."""
        countries, capitals = self.shapes.countries, self.capitals
        return bounding_frame(
            [countries[code] for code in self.selected if code in countries],
            [capitals[code][1] for code in self.selected if code in capitals],
        )

    @property
    def unplaced(self) -> list[str]:
        """The codes of selected countries that have neither a shape nor a capital."""
        known = (*self.shapes.countries, *self.capitals)
        return [code for code in self.selected if code not in known]

    def disputed_in(self, frame: Frame) -> list[Shape]:
        """Return the disputed areas and lines that a frame shows."""
        return [
            shape
            for shape in self.shapes.disputed
            if any(any(frame.project_ring(ring)) for ring in shape.rings)
        ]

    def captions(self, frame: Frame) -> list[str]:
        """Return the sentences under a map: related countries, the data set, disputed areas."""
        related = [f"{name} ({self.mentions[code]})" for code, name in self.related.items()]
        rest = len(self.mentions) - len(related)
        more = f" and {rest} more" if rest else ""
        mentioned = [f"Mentioned in their facts: {', '.join(related)}{more}."] if related else []
        names = [shape.name for shape in self.disputed_in(frame)]
        disputed = f" Disputed: {', '.join(names)}." if names else ""
        source = "Shapes: Natural Earth 1:110m, which shows de facto control."
        return [*mentioned, f"{source}{disputed}"]


def build_scene(query: Query, facts: Iterable[Mapping[str, Any]], index: Index) -> Scene:
    """Return what the map of a question shows; `facts` are the facts that answer it."""
    selected = {match.code: match.name for match in query.countries}
    mentions: dict[str, int] = {}
    for fact in facts:
        for code in _find_codes(fact) - selected.keys():
            mentions[code] = mentions.get(code, 0) + 1
    names = index.country_names
    by_mentions = sorted(mentions, key=lambda code: (-mentions[code], names.get(code, "")))
    related = {code: names[code] for code in by_mentions[:MAX_RELATED] if code in names}
    capitals = {
        row["country"]: (row["name"], (float(row["longitude"]), float(row["latitude"])))
        for row in index.rows(CAPITALS)
    }
    return Scene(Shapes(), selected=selected, related=related, mentions=mentions, capitals=capitals)


def _find_codes(fact: Mapping[str, Any]) -> set[str]:
    """Return the codes of all countries and other actors that a fact has."""
    pair = fact["relation"].upper().split("-")
    listed = (code for key in _LIST_KEYS for code in fact.get(key) or ())
    return {*pair, *listed, *(fact[key] for key in _SINGLE_KEYS if fact.get(key))}
