"""Rates by group as bars, with intervals and the band that chance placement gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evenground.drawing import BAND, BAND_LINE, INK, SEQUENTIAL
from evenground.evidence import Figure, Message, Table
from evenground.frame.areas import Grouping
from evenground.methods.chance_band import ChanceBand
from evenground.questions.reach.comparison import Comparison
from evenground.questions.reach.findings import cells

_HEIGHT = 64
_TICK = 12


def group_bars(
    grouping: Grouping,
    comparison: Comparison,
    chance: Sequence[ChanceBand],
    *,
    known: Mapping[str, Any],
) -> Figure:
    """Return the bars of one grouping; ``known`` fills its title and alternative."""
    rows = [_row(grouping, comparison, chance, row) for row in range(len(grouping.names))]
    columns = ("group", "rate", "rate_low", "rate_high", "chance_low", "chance_high")
    fields = ("group", "value", "low", "high", "band_low", "band_high")
    table = Table(
        key="bars",
        columns=columns,
        rows=tuple(tuple(_rounded(row[field]) for field in fields) for row in rows),
    )
    return Figure(
        key=f"bars-{grouping.group.key}",
        spec=_spec(rows, [row["group"] for row in rows]),
        title=Message(code="figure.bars", parameters=known),
        alternative=Message(code="figure.bars.alternative", parameters=known),
        table=table,
    )


def _rounded(value: Any) -> Any:
    return round(value, 2) if isinstance(value, float) else value


def _row(
    grouping: Grouping, comparison: Comparison, chance: Sequence[ChanceBand], row: int
) -> dict[str, Any]:
    estimate = cells.rate(comparison, row)
    people = float(comparison.baseline.value[row])
    per = comparison.rates.per if comparison.rates else 1.0
    scale = per * comparison.n_inside / people if people else 0.0
    band = chance[row] if row < len(chance) else None
    return {
        "group": grouping.names[row],
        "value": estimate.value,
        "low": estimate.low,
        "high": estimate.high,
        "band_low": band.low * scale if band else None,
        "band_high": band.high * scale if band else None,
    }


def _spec(rows: list[dict[str, Any]], order: list[str]) -> dict[str, Any]:
    at = {
        "field": "group",
        "type": "nominal",
        "sort": order,
        "axis": None,
        "scale": {"paddingInner": 0, "paddingOuter": 0},
    }
    titled = {"title": "wording:axis.rate"}
    domain = ["wording:legend.in_place", "wording:legend.chance"]
    fill = {
        "type": "nominal",
        "scale": {"domain": domain, "range": [SEQUENTIAL[2], BAND]},
        "legend": {"title": None, "symbolType": "square"},
    }
    stroke = {
        "datum": "wording:legend.interval",
        "type": "nominal",
        "scale": {"range": [INK]},
        "legend": {"title": None, "symbolType": "stroke"},
    }
    offset = {"yOffset": _TICK}
    bar = {"type": "bar", "height": 10, **offset}
    band = {"type": "bar", "height": 26, "stroke": BAND_LINE, "strokeDash": [3, 2], **offset}
    text = {"type": "text", "align": "left", "baseline": "bottom", "yOffset": -6}
    tick = {"type": "tick", "size": _TICK, **offset}
    quantity = {"type": "quantitative", **titled}
    chance = {
        "data": {"values": [row for row in rows if row["band_low"] is not None]},
        "mark": band,
        "encoding": {
            **_span("band_low", "band_high", titled),
            "fill": {"datum": domain[1], **fill},
        },
    }
    rate = {"field": "value", **quantity}
    layers = [
        {"mark": bar, "encoding": {"x": rate, "fill": {"datum": domain[0], **fill}}},
        {
            "mark": {"type": "rule", **offset},
            "encoding": {**_span("low", "high", titled), "stroke": stroke},
        },
        {"mark": tick, "encoding": {"x": {"field": "low", **quantity}}},
        {"mark": tick, "encoding": {"x": {"field": "high", **quantity}}},
        {"mark": text, "encoding": {"x": {"value": 0}, "text": {"field": "group"}}},
    ]
    return {
        "data": {"values": rows},
        "width": 640,
        "height": {"step": _HEIGHT},
        "encoding": {"y": at},
        "layer": [chance, *layers] if chance["data"]["values"] else layers,
    }


def _span(low: str, high: str, titled: Mapping[str, Any]) -> dict[str, Any]:
    return {"x": {"field": low, "type": "quantitative", **titled}, "x2": {"field": high}}
