"""Pilot, payments and promises on one axis of months from the start."""

from __future__ import annotations

from datetime import date
from typing import Any

from evenground.drawing import FIRST, INK, MUTED, SECOND
from evenground.evidence import Figure, Message, Table
from evenground.questions.promise.measures.pilot.horizon import HorizonCheck, Span

_COLOURS = {"pilot": FIRST, "contract": SECOND, "asset_life": SECOND, "effect": MUTED}


def horizons_figure(checked: HorizonCheck, *, start: date) -> Figure:
    """Return the figure: a bar for each length, the end of the pilot marked through all."""
    rows = [
        {"name": _name(one), "months": round(one.end, 1), "colour": _COLOURS[one.kind]}
        for one in checked.spans
    ]
    known = {"start": start, "months": round(checked.spans[0].end)}
    return Figure(
        key="horizons",
        spec=_spec(rows, round(checked.spans[0].end, 1)),
        title=Message(code="figure.horizons", parameters=known),
        alternative=Message(code="figure.horizons.alternative", parameters=known),
        table=Table(
            key="horizons",
            columns=("length_of", "months_from_start"),
            rows=tuple((_told(one), round(one.end, 1)) for one in checked.spans),
        ),
    )


def _name(span: Span) -> str:
    return span.name if span.kind == "effect" else f"wording:span.{span.kind}"


def _told(span: Span) -> Message | str:
    return span.name if span.kind == "effect" else Message(code=f"span.{span.kind}")


def _spec(rows: list[dict[str, Any]], end: float) -> dict[str, Any]:
    at = {
        "field": "name",
        "type": "nominal",
        "sort": [row["name"] for row in rows],
        "axis": None,
        "scale": {"paddingInner": 0, "paddingOuter": 0},
    }
    months = {"field": "months", "type": "quantitative", "title": "wording:axis.horizons"}
    bars = {
        "mark": {"type": "bar", "height": 8, "yOffset": 9},
        "encoding": {"y": at, "x": months, "fill": {"field": "colour", "scale": None}},
    }
    names = {
        "mark": {
            "type": "text", "align": "left", "baseline": "bottom", "yOffset": -1, "color": INK,
        },
        "encoding": {"y": at, "x": {"value": 0}, "text": {"field": "name"}},
    }  # fmt: skip
    rule = {
        "data": {"values": [{"end": end}]},
        "mark": {"type": "rule", "color": FIRST, "strokeDash": [2, 3]},
        "encoding": {"x": {"field": "end", "type": "quantitative"}},
    }
    return {
        "data": {"values": rows},
        "width": 640,
        "height": {"step": 44},
        "layer": [bars, names, rule],
    }
