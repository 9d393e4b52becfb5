"""Charts of figures as SVG, drawn by Vega-Lite; the only module that imports `vl_convert`."""

from __future__ import annotations

import json

from bilatcli.errors import EnvironmentFault
from bilatcli.render import values
from bilatcli.text import make_printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    Fact = Mapping[str, Any]

AXIS_WIDTH_PX, ROW_HEIGHT_PX = 480, 26
"""Length of the axis, and height of a bar with its space."""
OPACITY, SUPERSEDED_OPACITY = 0.85, 0.4

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
_MONEY_LABELS = "replace(replace(format(datum.value, '$~s'), 'G', ' bn'), 'M', ' m')"
_LAYERS = (
    {"mark": {"type": "bar", "color": _INK, "height": ROW_HEIGHT_PX / 2}},
    {
        "mark": {"type": "text", "color": _INK, "align": "left", "dx": 6, "fontSize": 12},
        "encoding": {"text": {"field": "label"}, "opacity": {"value": 1}},
    },
)


def draw_figures(measure: str, facts: Sequence[Fact], numbers: Mapping[str, int]) -> str:
    """Return figures in US dollars as a bar chart in SVG, in the order of the facts.

    Each bar has its value and the numbers of its sources; superseded ones are fainter. Raises
    EnvironmentFault if `vl_convert` is not installed.
    """
    try:
        import vl_convert
    except ImportError:
        raise EnvironmentFault(
            "the chart of a report needs vl-convert: `pip install 'bilatcli[report]'`"
        ) from None
    chart: str = vl_convert.vegalite_to_svg(json.dumps(_make_chart(measure, facts, numbers)))
    return chart


def _make_chart(
    measure: str, facts: Sequence[Fact], numbers: Mapping[str, int]
) -> dict[str, object]:
    """Return the specification of a chart for Vega-Lite."""
    return {
        "width": AXIS_WIDTH_PX,
        "height": ROW_HEIGHT_PX * len(facts),
        "padding": {"left": 4, "right": 150, "top": 4, "bottom": 4},
        "description": f"{make_printable(measure)} in US dollars, by date",
        "data": {"values": [_make_bar(row, fact, numbers) for row, fact in enumerate(facts)]},
        "config": _CONFIG,
        "encoding": {
            "y": {
                "field": "row",
                "type": "ordinal",
                "title": None,
                "axis": {"labelExpr": _date_labels(facts), "ticks": False},
            },
            "x": {
                "field": "value",
                "type": "quantitative",
                "title": None,
                "axis": {"labelExpr": _MONEY_LABELS, "tickCount": 4},
            },
            "opacity": {"field": "opacity", "type": "quantitative", "scale": None},
        },
        "layer": list(_LAYERS),
    }


def _date_labels(facts: Sequence[Fact]) -> str:
    """Return a Vega expression for the date of each row: two rows may have the same date."""
    return f"{json.dumps([str(fact['date'] or fact['as_of']) for fact in facts])}[datum.value]"


def _make_bar(row: int, fact: Fact, numbers: Mapping[str, int]) -> dict[str, object]:
    is_superseded = fact["status"] == "superseded"
    marks = values.format_marks(fact["sources"], numbers)
    label = f"{values.format_money(fact['value_usd'])} {marks}"
    return {
        "row": row,
        "value": fact["value_usd"],
        "label": f"{label} superseded" if is_superseded else label,
        "opacity": SUPERSEDED_OPACITY if is_superseded else OPACITY,
    }
