"""Who would gain and who would lose if as many units were spread evenly: bars to either side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evenground.drawing import BAND, BAND_LINE, DIVERGING, INK, MUTED
from evenground.evidence import Figure, Message, Table

_HEIGHT = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Gains:
    """Units of each group as placed and if spread evenly, and what lots give (low, high)."""

    names: tuple[str, ...]
    placed: tuple[float, ...]
    even: tuple[float, ...]
    lot: tuple[tuple[float, float], ...]


def gain_bars(gains: Gains, *, key: str, known: Mapping[str, Any]) -> Figure:
    """Return bars of units above (right) and below (left) an even spread, before the lots' band."""
    rows = [
        {
            "group": name,
            "apart": round(placed - even, 2),
            "low": round(low - even, 2),
            "high": round(high - even, 2),
            "side": "wording:legend.above" if placed >= even else "wording:legend.below",
        }
        for name, placed, even, (low, high) in zip(
            gains.names, gains.placed, gains.even, gains.lot, strict=True
        )
    ]
    table = Table(
        key="gains",
        columns=("group", "units", "even", "apart", "lot_low", "lot_high"),
        rows=tuple(
            (name, round(placed, 1), round(even, 1), round(placed - even, 1), *map(_short, lot))
            for name, placed, even, lot in zip(
                gains.names, gains.placed, gains.even, gains.lot, strict=True
            )
        ),
    )
    return Figure(
        key=f"gains-{key}",
        spec=_spec(rows),
        title=Message(code="figure.gains", parameters=known),
        alternative=Message(code="figure.gains.alternative", parameters=known),
        table=table,
    )


def _short(value: float) -> float:
    return round(value, 1)


def _spec(rows: list[dict[str, Any]]) -> dict[str, Any]:
    at = {
        "field": "group",
        "type": "nominal",
        "sort": [row["group"] for row in rows],
        "axis": None,
        "scale": {"paddingInner": 0, "paddingOuter": 0},
    }
    titled = {"type": "quantitative", "title": "wording:axis.apart"}
    legend = {"title": None, "symbolType": "square"}
    domain = ["wording:legend.above", "wording:legend.below", "wording:legend.chance"]
    colours = {"domain": domain, "range": [DIVERGING[4], DIVERGING[0], BAND]}
    fill = {"type": "nominal", "scale": colours, "legend": legend}
    low = min(0.0, *(row["apart"] for row in rows), *(row["low"] for row in rows))
    return {
        "data": {"values": rows},
        "width": 640,
        "height": {"step": _HEIGHT},
        "layer": [
            {
                "mark": {
                    "type": "bar", "height": 26, "yOffset": 12,
                    "stroke": BAND_LINE, "strokeDash": [3, 2],
                },
                "encoding": {
                    "y": at,
                    "x": {"field": "low", **titled},
                    "x2": {"field": "high"},
                    "fill": {"datum": "wording:legend.chance", **fill},
                },
            },
            {
                "mark": {"type": "bar", "height": 10, "yOffset": 12},
                "encoding": {
                    "y": at,
                    "x": {"field": "apart", **titled},
                    "fill": {"field": "side", **fill},
                },
            },
            {
                "mark": {"type": "rule", "color": MUTED},
                "encoding": {"x": {"datum": 0, "type": "quantitative"}},
            },
            {
                "mark": {
                    "type": "text", "align": "left", "baseline": "bottom", "yOffset": -6,
                    "color": INK,
                },
                "encoding": {
                    "y": at,
                    "x": {"datum": low, "type": "quantitative"}, "text": {"field": "group"},
                },
            },
        ],
    }  # fmt: skip
