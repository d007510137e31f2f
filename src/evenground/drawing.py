"""How every figure looks: sizes, fonts, colours, and the frame, scale and north of a map.

Specifications name colours by the constants below. When a figure is drawn for a page, each of them
becomes a CSS variable, so that one drawing is legible on light and on dark paper and in print. All
palettes keep their order in greyscale and for the common colour-vision deficiencies; a mark that
carries meaning by colour also carries it by position, shape, dash or label.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FONT = "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"
"""Fonts with the metrics of Arial, which the drawing program measures text with."""

WIDTH = 640
"""Width of a figure on a page, in pixels."""

NARROW_WIDTH = 340
"""Width at which a figure is drawn a second time, for telephones."""

FONT_SIZE = 14

TITLE_Y = -10
"""Where the title of an upright axis stands: above the plot, in pixels."""

INK = "#1b2430"
MUTED = "#4d5864"
GRID = "#d9dee3"
PAPER = "#ffffff"
AREA_LINE = "#fdfdfe"
NO_DATA = "#efeeea"
NO_DATA_LINE = "#8d8a83"
BAND = "#cdd5dc"
BAND_LINE = "#7d8893"
UNIT = "#a83c12"
FIRST, SECOND, THIRD, FOURTH = "#1d5e8a", "#a85a00", "#2b7358", "#75478a"
SEQUENTIAL = ("#dfecf2", "#a6ccdb", "#6aa6bd", "#397d98", "#114a64")
DIVERGING = ("#8a4a08", "#d29a54", "#e9e7e2", "#7fa8cf", "#1f5284")
CATEGORIES = (FIRST, SECOND, THIRD, FOURTH)
SHAPES = ("circle", "square", "triangle-up", "diamond")
DASHES: tuple[tuple[int, ...], ...] = ((1, 0), (7, 3), (2, 3), (9, 3, 2, 3))

VARIABLES: Mapping[str, tuple[str, str]] = {
    INK: ("ink", "#e9ecef"),
    MUTED: ("muted", "#b4bdc7"),
    GRID: ("grid", "#3a434d"),
    PAPER: ("paper", "#15191e"),
    AREA_LINE: ("area-line", "#161a20"),
    NO_DATA: ("no-data", "#2a2d30"),
    NO_DATA_LINE: ("no-data-line", "#8f9297"),
    BAND: ("band", "#48535e"),
    BAND_LINE: ("band-line", "#98a3ae"),
    UNIT: ("unit", "#ffae7d"),
    FIRST: ("first", "#82bdec"),
    SECOND: ("second", "#f0aa5c"),
    THIRD: ("third", "#79cba9"),
    FOURTH: ("fourth", "#cfa6e2"),
    SEQUENTIAL[0]: ("step-1", "#223642"),
    SEQUENTIAL[1]: ("step-2", "#2f5566"),
    SEQUENTIAL[2]: ("step-3", "#437c93"),
    SEQUENTIAL[3]: ("step-4", "#6facc3"),
    SEQUENTIAL[4]: ("step-5", "#bfe4f1"),
    DIVERGING[0]: ("fewer-2", "#e8a24e"),
    DIVERGING[1]: ("fewer-1", "#8f6430"),
    DIVERGING[2]: ("even", "#3b3d40"),
    DIVERGING[3]: ("more-1", "#44698c"),
    DIVERGING[4]: ("more-2", "#8fc3f5"),
}
"""Colour on light paper -> (name of the CSS variable without its prefix, colour on dark paper)."""


def vega_config(
    *, font_scale: float = 1.0, narrow: bool = False, stacked: bool = False
) -> dict[str, Any]:
    """Return the Vega-Lite configuration of every figure, with fonts ``font_scale`` times as large.

    The page draws with this configuration, so specifications need not carry it. ``narrow`` sets the
    entries of legends one below the other, ``stacked`` one legend below the other.
    """
    size = FONT_SIZE * font_scale
    text = {"font": FONT, "fontSize": size}
    return {
        "aria": False,
        "background": None,
        "font": FONT,
        "padding": 2,
        "autosize": {"type": "fit", "contains": "padding"},
        "view": {"stroke": None, "continuousWidth": WIDTH},
        "axis": _axis(size),
        "axisX": {"titleAnchor": "start"},
        "axisY": {"titleAnchor": "start", "titleAlign": "left", "titleAngle": 0, "titleY": TITLE_Y},
        "axisBand": {"grid": False, "domain": False, "ticks": False, "labelColor": INK},
        "header": {"labelColor": INK, "labelFontSize": size, "title": None},
        "legend": _legend(size, narrow=narrow, stacked=stacked or narrow),
        "text": {**text, "color": INK},
        "rule": {"color": INK, "strokeWidth": 1.5},
        "line": {"strokeWidth": 2.5, "color": FIRST},
        "bar": {"color": FIRST},
        "area": {"color": BAND, "opacity": 1},
        "point": {"color": FIRST, "filled": True, "size": 70, "opacity": 1},
        "circle": {"color": UNIT, "opacity": 1},
        "tick": {"color": INK, "opacity": 1, "thickness": 2},
        "style": {
            "unit": {
                "filled": True,
                "color": UNIT,
                "stroke": PAPER,
                "strokeWidth": font_scale,
                "size": 45 * font_scale,
            },
            "chance": {"fill": BAND, "stroke": BAND_LINE, "strokeDash": [3, 2]},
        },
        "geoshape": {"stroke": AREA_LINE, "strokeWidth": 0.6, "fill": SEQUENTIAL[0]},
        "range": {
            "category": list(CATEGORIES),
            "ordinal": list(SEQUENTIAL),
            "ramp": list(SEQUENTIAL),
            "heatmap": list(SEQUENTIAL),
            "diverging": list(DIVERGING),
            "symbol": list(SHAPES),
        },
    }


def _axis(size: float) -> dict[str, Any]:
    return {
        "domainColor": MUTED,
        "gridColor": GRID,
        "labelColor": MUTED,
        "labelFontSize": size,
        "labelPadding": 6,
        "labelLimit": 260,
        "labelOverlap": "greedy",
        "tickColor": MUTED,
        "tickCount": 5,
        "tickSize": 4,
        "titleColor": INK,
        "titleFontSize": size,
        "titleFontWeight": "normal",
        "titlePadding": 8,
    }


def _legend(size: float, *, narrow: bool, stacked: bool) -> dict[str, Any]:
    direction = "vertical" if stacked else "horizontal"
    return {
        "orient": "bottom",
        "columns": 1 if narrow else 0,
        "layout": {"bottom": {"anchor": "start", "direction": direction, "margin": size}},
        "symbolOpacity": 1,
        "labelColor": INK,
        "labelFontSize": size,
        "labelLimit": 0,
        "labelOffset": size / 3,
        "columnPadding": size,
        "rowPadding": size / 4,
        "offset": 12,
        "symbolSize": size * size,
        "symbolStrokeWidth": 1.5,
        "titleColor": INK,
        "titleFontSize": size,
        "titleFontWeight": "normal",
        "titleLimit": 0,
        "titlePadding": 6,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFrame:
    """Where a city lies in a map: pixels and how metres become pixels (``x * scale + shift``)."""

    width: int
    height: int
    scale: float
    shift: tuple[float, float]

    @property
    def projection(self) -> dict[str, Any]:
        """The Vega-Lite projection, the same on every map of a city: outlines are shared."""
        return {
            "type": "identity",
            "reflectY": True,
            "scale": self.scale,
            "translate": list(self.shift),
        }


_MARGIN = 6
_STRIP = 46
_TALLEST = 720
_KM = 1000
_ARROW = "M0,-1L0.55,0.9L0,0.45L-0.55,0.9Z"


def map_frame(bounds: Sequence[float]) -> MapFrame:
    """Return the frame of a map whose areas have these bounds.

    Parameters
    ----------
    bounds
        ``(west, south, east, north)`` in metres of the projected coordinate system.
    """
    west, south, east, north = bounds
    across, up = max(east - west, 1.0), max(north - south, 1.0)
    scale = min((WIDTH - 2 * _MARGIN) / across, (_TALLEST - 2 * _MARGIN) / up)
    drawn_height = round(up * scale) + 2 * _MARGIN
    left = (WIDTH - across * scale) / 2
    return MapFrame(
        width=WIDTH,
        height=drawn_height + _STRIP,
        scale=float(f"{scale:.9e}"),
        shift=(round(left - west * scale, 3), round(_MARGIN + north * scale, 3)),
    )


def map_furniture(frame: MapFrame, *, north: str = "N") -> list[dict[str, Any]]:
    """Return the layers that draw a scale bar and an arrow to the north under the map."""
    metres = _round_length(frame.width / 4 / frame.scale)
    label = f"{metres / _KM:g} km" if metres >= _KM else f"{metres:g} m"
    end, base = _MARGIN + metres * frame.scale, frame.height - 16
    ends = ((_MARGIN, base, end, base), (_MARGIN, base - 5, _MARGIN, base + 5))
    bars = [*ends, (end, base - 5, end, base + 5)]
    arrow = frame.width - 16
    text = {"type": "text", "baseline": "middle"}
    return [
        *(_rule(bar) for bar in bars),
        _mark({**text, "align": "left", "text": label}, end + 10, base),
        _mark({**text, "align": "right", "text": north}, arrow - 14, base),
        _mark({"type": "point", "shape": _ARROW, "size": 420, "filled": True, "color": INK},
              arrow, base),
    ]  # fmt: skip


def _rule(ends: tuple[float, float, float, float]) -> dict[str, Any]:
    x, y, x2, y2 = (round(end, 2) for end in ends)
    layer = _mark({"type": "rule"}, x, y)
    layer["encoding"] |= {"x2": {"value": x2}, "y2": {"value": y2}}
    return layer


def _mark(mark: dict[str, Any], x: float, y: float) -> dict[str, Any]:
    where = {"x": {"value": round(x, 2)}, "y": {"value": round(y, 2)}}
    return {"data": {"values": [{}]}, "mark": mark, "encoding": where}


def _round_length(longest: float) -> float:
    """Return the longest of 1, 2 or 5 times a power of ten that is no longer than ``longest``."""
    power = 10.0 ** math.floor(math.log10(longest))
    return max(step * power for step in (1, 2, 5) if step * power <= longest)
