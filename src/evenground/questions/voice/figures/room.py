"""Decisions and participation on one time axis, with the shrinking room for choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from evenground.drawing import BAND, CATEGORIES, DASHES, INK, MUTED, SHAPES
from evenground.evidence import Figure, Message, Table
from evenground.questions.voice.measures.timing.room_for_choice import RoomForChoice

MARKS = ("wording:mark.asked", "wording:mark.made", "wording:mark.money", "wording:mark.decided")
"""What is marked on the axis, each with a row and a shape of its own."""
OPEN, FREE = "wording:line.open", "wording:line.free"
_ROWS = {mark: -0.12 - 0.11 * n for n, mark in enumerate(MARKS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One event on the axis: which mark, when, and what happened."""

    mark: str
    day: date
    words: str


def room_figure(
    room: RoomForChoice, marked: Sequence[Marked], *, known: Mapping[str, Any]
) -> Figure:
    """Return the picture; its table holds the marked events and the room when each day began."""
    return Figure(
        key="room",
        spec=_spec(room, marked),
        title=Message(code="figure.room", parameters=known),
        alternative=Message(code="figure.room.alternative", parameters=known),
        table=_table(room, marked),
    )


def _table(room: RoomForChoice, marked: Sequence[Marked]) -> Table:
    at = {day: n for n, day in enumerate(room.days)}
    rows = tuple(
        (
            one.day,
            Message(code=one.mark.removeprefix("wording:")),
            one.words or Message(code="not_stated"),
            _between(room.open_low, room.open_high, at.get(one.day)),
            _between(room.free_low, room.free_high, at.get(one.day)),
        )
        for one in sorted(marked, key=lambda one: one.day)
    )
    return Table(key="room", columns=("day", "mark", "what", "open_then", "free_then"), rows=rows)


def _between(low: np.ndarray, high: np.ndarray, at: int | None) -> Message:
    if at is None:
        return Message(code="not_known")
    ends = {"low": float(low[at]), "high": float(high[at])}
    if ends["low"] == ends["high"]:
        return Message(code="share.known", parameters={"share": ends["low"]})
    whole = ends["low"] == 0 and ends["high"] == 1
    return Message(code="not_known") if whole else Message(code="share.between", parameters=ends)


def _spec(room: RoomForChoice, marked: Sequence[Marked]) -> dict[str, Any]:
    lines = [
        {"day": str(day), "line": name, "low": round(float(a), 4), "high": round(float(b), 4)}
        for name, low, high in (
            (OPEN, room.open_low, room.open_high),
            (FREE, room.free_low, room.free_high),
        )
        for day, a, b in zip(room.days, low, high, strict=True)
    ]
    points = [{"day": str(one.day), "mark": one.mark, "row": _ROWS[one.mark]} for one in marked]
    years = (room.days[-1] - room.days[0]).days
    return {
        "data": {"values": lines},
        "width": 640,
        "height": 340,
        "encoding": {
            "x": {
                "field": "day",
                "type": "temporal",
                "title": None,
                "axis": {"format": "%Y" if years > 5 * 365 else "%Y-%m", "tickCount": 4},
                "scale": {"type": "utc"},
            }
        },
        "layer": [_band(), *_lines(), *_events(points)],
    }


def _share(field: str) -> dict[str, Any]:
    return {
        "field": field,
        "type": "quantitative",
        "title": "wording:axis.room",
        "axis": {"values": [0, 0.5, 1], "format": "%"},
        "scale": {"domain": [min(_ROWS.values()) - 0.08, 1.03], "nice": False},
    }


def _band() -> dict[str, Any]:
    """Return what is not known of the money, as a band behind the lines."""
    return {
        "transform": [{"filter": "datum.high > datum.low"}],
        "mark": {"type": "area", "interpolate": "step-after", "color": BAND, "opacity": 0.6},
        "encoding": {
            "y": _share("low"),
            "y2": {"field": "high"},
            "detail": {"field": "line", "type": "nominal"},
        },
    }


def _lines() -> list[dict[str, Any]]:
    by = {"field": "line", "type": "nominal"}
    names = [OPEN, FREE]
    legend = {"title": None, "symbolType": "stroke", "symbolSize": 600}
    return [
        {
            "mark": {"type": "line", "interpolate": "step-after"},
            "encoding": {
                "y": _share("high"),
                "stroke": {
                    **by,
                    "scale": {"domain": names, "range": list(CATEGORIES[:2])},
                    "legend": legend,
                },
                "strokeDash": {
                    **by,
                    "scale": {"domain": names, "range": [list(one) for one in DASHES[:2]]},
                    "legend": legend,
                },
            },
        }
    ]


def _events(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    asked = [one for one in points if one["mark"] == MARKS[0]]
    return [
        {
            "data": {"values": asked},
            "mark": {"type": "rule", "color": MUTED, "strokeDash": [2, 3]},
        },
        {
            "data": {"values": points},
            "mark": {"type": "point", "size": 90, "color": INK},
            "encoding": {
                "y": _share("row"),
                "shape": {
                    "field": "mark",
                    "type": "nominal",
                    "scale": {"domain": list(MARKS), "range": list(SHAPES)},
                    "legend": {"title": None, "symbolFillColor": INK, "symbolStrokeWidth": 0},
                },
            },
        },
    ]
