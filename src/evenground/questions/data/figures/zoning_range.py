"""A value with the areas as they are, beside what other zonings would make of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenground.drawing import FIRST, INK, MUTED, SEQUENTIAL
from evenground.evidence import Figure, Message, Table

_HEIGHT = 56
_DOWN = 12
_THICK = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What random zonings into ``n_zones`` zones make of a value: middle, and where 95 % lie."""

    n_zones: int
    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoningRange:
    """A value at ``n_areas`` areas, and at coarser scales, the finest first."""

    value: float
    n_areas: int
    scales: Sequence[Scale]


def zoning_range(found: ZoningRange, *, known: Mapping[str, Any]) -> Figure:
    """Return a row for each scale with a bar for the zonings, and a line at the areas' own value.

    ``known`` fills the title; ``statistic`` names the value there and on the axis.
    """
    shown = {**known, "value": found.value, "n_areas": found.n_areas}
    return Figure(
        key="zoning-range",
        spec=_spec(found),
        title=Message(code="figure.zoning_range", parameters=shown),
        alternative=Message(code="figure.zoning_range.alternative", parameters=shown),
        table=Table(
            key="zoning_range",
            columns=("zoning", "value", "zoned_low", "zoned_high"),
            rows=(
                (_areas(found), _settled(found.value), None, None),
                *(
                    (_zones(one), _settled(one.median), _settled(one.low), _settled(one.high))
                    for one in found.scales
                ),
            ),
        ),
    )


def _areas(found: ZoningRange) -> Message:
    return Message(code="zoning.areas", parameters={"n": found.n_areas})


def _zones(one: Scale) -> Message:
    return Message(code="zoning.zones", parameters={"n": one.n_zones})


def _settled(value: float) -> float:
    return float(f"{value:.4g}")


def _spec(found: ZoningRange) -> dict[str, Any]:
    rows = [
        {"zoning": f"wording:zoning.zones_named|zones={one.n_zones}",
         "median": _settled(one.median), "low": _settled(one.low), "high": _settled(one.high)}
        for one in found.scales
    ]  # fmt: skip
    own = f"wording:zoning.areas_named|areas={found.n_areas}"
    order = [own, *(row["zoning"] for row in rows)]
    at = {"field": "zoning", "type": "nominal", "sort": order, "axis": None,
          "scale": {"domain": order, "paddingInner": 0, "paddingOuter": 0}}  # fmt: skip
    across = {"type": "quantitative", "title": "wording:axis.zoning", "scale": {"zero": False}}
    value = _settled(found.value)
    text = {"type": "text", "align": "left", "baseline": "bottom", "yOffset": -6, "color": INK}
    return {
        "data": {"values": rows},
        "width": 640,
        "height": {"step": _HEIGHT},
        "layer": [
            {
                "data": {"values": [{"value": value}]},
                "mark": {"type": "rule", "color": MUTED, "strokeDash": [4, 3]},
                "encoding": {"x": {"field": "value", **across}},
            },
            {
                "mark": {"type": "bar", "height": _THICK, "yOffset": _DOWN,
                         "color": SEQUENTIAL[1]},
                "encoding": {"y": at, "x": {"field": "low", **across}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "tick", "size": _THICK + 6, "yOffset": _DOWN, "color": INK},
                "encoding": {"y": at, "x": {"field": "median", **across}},
            },
            {
                "data": {"values": [{"zoning": own, "value": value}]},
                "mark": {"type": "point", "filled": True, "size": 110, "yOffset": _DOWN,
                         "color": FIRST},
                "encoding": {"y": at, "x": {"field": "value", **across}},
            },
            {
                "data": {"values": [{"zoning": one} for one in order]},
                "mark": text,
                "encoding": {"y": at, "x": {"value": 0}, "text": {"field": "zoning"}},
            },
        ],
    }  # fmt: skip
