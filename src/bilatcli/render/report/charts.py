"""Charts of figures as SVG. Vega-Lite draws them, by a library of the extra `report` that is asked here alone."""

from __future__ import annotations

import json

from bilatcli.errors import EnvironmentFault
from bilatcli.render import values
from bilatcli.text import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

_INK = "currentColor"
_AXIS = {
    "labelColor": _INK,
    "titleColor": _INK,
    "tickColor": _INK,
    "domainColor": _INK,
    "gridColor": "#80808040",
}
_CONFIG = {
    "background": None,
    "font": "system-ui, sans-serif",
    "axis": {**_AXIS, "labelFontSize": 12, "titleFontSize": 12},
    "view": {"stroke": None},
}
WIDTH, ROW = 480, 26
"""The length of the axis, and the height of a figure's bar with its space, in pixels."""
_UNITS = "replace(replace(format(datum.value, '$~s'), 'G', ' bn'), 'M', ' m')"


def figures(measure: str, facts: Sequence[Mapping[str, Any]], numbers: Mapping[str, int]) -> str:
    """Return figures in dollars as SVG: a bar each in the order of dates, with its value and its sources' numbers.

    What has been superseded is fainter. Raises EnvironmentFault without the library.
    """
    try:
        import vl_convert
    except ImportError:
        raise EnvironmentFault(
            "the chart of a report needs vl-convert: `pip install 'bilatcli[report]'`"
        ) from None
    spec = {
        "width": WIDTH,
        "height": ROW * len(facts),
        "padding": {"left": 4, "right": 150, "top": 4, "bottom": 4},
        "description": f"{printable(measure)} in US dollars, by date",
        "data": {"values": [_bar(place, fact, numbers) for place, fact in enumerate(facts)]},
        "config": _CONFIG,
        "encoding": {
            "y": {
                "field": "place",
                "type": "ordinal",
                "title": None,
                "axis": {"labelExpr": _dates(facts), "ticks": False},
            },
            "x": {
                "field": "value",
                "type": "quantitative",
                "title": None,
                "axis": {"labelExpr": _UNITS, "tickCount": 4},
            },
            "opacity": {"field": "opacity", "type": "quantitative", "scale": None},
        },
        "layer": [
            {"mark": {"type": "bar", "color": _INK, "height": ROW / 2}},
            {
                "mark": {"type": "text", "color": _INK, "align": "left", "dx": 6, "fontSize": 12},
                "encoding": _LABEL,
            },
        ],
    }
    drawn: str = vl_convert.vegalite_to_svg(json.dumps(spec))
    return drawn


_LABEL = {"text": {"field": "label"}, "opacity": {"value": 1}}


def _dates(facts: Sequence[Mapping[str, Any]]) -> str:
    """An expression of Vega for the date of each row, which two rows may share."""
    return f"{json.dumps([str(fact['date'] or fact['as_of']) for fact in facts])}[datum.value]"


def _bar(place: int, fact: Mapping[str, Any], numbers: Mapping[str, int]) -> dict[str, Any]:
    is_past = fact["status"] == "superseded"
    label = f"{values.money(fact['value_usd'])} {values.marks(fact['sources'], numbers)}{' superseded' if is_past else ''}"
    return {
        "place": place,
        "value": fact["value_usd"],
        "label": label,
        "opacity": 0.4 if is_past else 0.85,
    }
