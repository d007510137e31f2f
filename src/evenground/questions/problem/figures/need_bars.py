"""Values by group as bars with intervals: how great a need is, who has a service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evenground.drawing import INK, SEQUENTIAL
from evenground.evidence import Figure, Message, Table

_HEIGHT = 56
_TICK = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedBars:
    """A value of each group and the interval that it is known by."""

    names: tuple[str, ...]
    value: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


def need_bars(bars: NeedBars, *, key: str, title: Message, known: Mapping[str, Any]) -> Figure:
    """Return the bars of one need; ``known`` fills the alternative and the title of the axis."""
    rows = [
        {
            "group": name,
            "value": _settled(value),
            "low": _settled(low),
            "high": _settled(high),
        }
        for name, value, low, high in zip(bars.names, bars.value, bars.low, bars.high, strict=True)
    ]
    return Figure(
        key=f"need-{key}",
        spec=_spec(rows),
        title=title,
        alternative=Message(code="figure.need.alternative", parameters=known),
        table=Table(
            key="need_bars",
            columns=("group", "need", "need_low", "need_high"),
            rows=tuple(tuple(row.values()) for row in rows),
        ),
    )


def _settled(value: float) -> float:
    """Round to four digits, small values and large ones alike."""
    return float(f"{value:.4g}")


def _spec(rows: list[dict[str, Any]]) -> dict[str, Any]:
    at = {
        "field": "group",
        "type": "nominal",
        "sort": [row["group"] for row in rows],
        "axis": None,
        "scale": {"paddingInner": 0, "paddingOuter": 0},
    }
    titled = {"type": "quantitative", "title": "wording:axis.need"}
    offset = {"yOffset": _TICK}
    tick = {"type": "tick", "size": _TICK, **offset}
    text = {"type": "text", "align": "left", "baseline": "bottom", "yOffset": -6, "color": INK}
    sure = [row for row in rows if row["low"] < row["high"]]
    ends = [
        {"data": {"values": sure}, "mark": tick, "encoding": {"x": {"field": end, **titled}}}
        for end in ("low", "high")
    ]
    span = {
        "data": {"values": sure},
        "mark": {"type": "rule", "color": INK, **offset},
        "encoding": {"x": {"field": "low", **titled}, "x2": {"field": "high"}},
    }
    return {
        "data": {"values": rows},
        "width": 640,
        "height": {"step": _HEIGHT},
        "encoding": {"y": at},
        "layer": [
            {
                "mark": {"type": "bar", "height": 10, "color": SEQUENTIAL[2], **offset},
                "encoding": {"x": {"field": "value", **titled}},
            },
            *([span, *ends] if sure else []),
            {"mark": text, "encoding": {"x": {"value": 0}, "text": {"field": "group"}}},
        ],
    }
