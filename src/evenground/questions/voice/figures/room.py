"""Decisions and participation on one time axis, with the shrinking room for choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from evenground.drawing import BAND, CATEGORIES, DASHES, INK, MUTED, SHAPES
from evenground.evidence import Figure, Message, Table
from evenground.methods.validation import Vector
from evenground.questions.voice.measures.timing.room_for_choice import RoomForChoice

MARKS = ("wording:mark.asked", "wording:mark.made", "wording:mark.money", "wording:mark.decided")
"""What is marked on the axis, each with a row and a shape of its own."""
_MARK = "wording:mark."
_EPOCH, _DAY_MS = date(1970, 1, 1), 86_400_000
_LEFT = 0.28
_MANY_DAYS = 5 * 365
OPEN, FREE = "wording:line.open", "wording:line.free"
_ROWS = {mark: -0.14 - 0.13 * n for n, mark in enumerate(MARKS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One event on the axis: which mark, when, and what happened."""

    mark: str
    day: date
    words: str


def room_figure(
    room: RoomForChoice, marked: Sequence[Marked], *, known: Mapping[str, Any]
) -> Figure | None:
    """Return the picture; its table holds the marked events and the room when each day began.

    A line of which nothing is known on any day is not drawn; without any line there is no picture.
    """
    if not _lines_of(room):
        return None
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


def _lines_of(room: RoomForChoice) -> dict[str, tuple[Vector, Vector]]:
    """Return the least and the largest share by line, for lines of which something is known."""
    both = {OPEN: (room.open_low, room.open_high), FREE: (room.free_low, room.free_high)}
    named = {OPEN: room.n_choices > 0, FREE: True}
    return {
        name: (low, high)
        for name, (low, high) in both.items()
        if named[name] and ((low > 0) | (high < 1)).any()
    }


def _spec(room: RoomForChoice, marked: Sequence[Marked]) -> dict[str, Any]:
    drawn = _lines_of(room)
    lines = [
        {"day": str(day), "line": name, "low": round(float(a), 4), "high": round(float(b), 4)}
        for name, (low, high) in drawn.items()
        for day, a, b in _from_first_open(room.days, low, high)
    ]
    points = [{"day": str(one.day), "mark": one.mark, "row": _ROWS[one.mark]} for one in marked]
    years = (room.days[-1] - room.days[0]).days
    return {
        "data": {"values": lines},
        "width": 640,
        "height": 380,
        "encoding": {
            "x": {
                "field": "day",
                "type": "temporal",
                "title": None,
                "axis": {
                    "format": "%Y" if years > _MANY_DAYS else "%Y-%m",
                    "tickCount": 3,
                    "labelOverlap": "parity",
                    "labelSeparation": 10,
                },
                "scale": {"type": "utc", "domain": _domain(room.days)},
            }
        },
        "layer": [_band(), *_lines(tuple(drawn)), *_events(points)],
    }


def _from_first_open(
    days: Sequence[date], low: Vector, high: Vector
) -> Iterator[tuple[date, float, float]]:
    """Yield a line from the first day with room: what is not on the table yet is not closed."""
    begun = int(np.argmax(high > 0)) if (high > 0).any() else 0
    yield from zip(days[begun:], low[begun:].tolist(), high[begun:].tolist(), strict=True)


def _domain(days: Sequence[date]) -> list[int]:
    """Return the ends of the axis in milliseconds, with room on the left for names of rows."""
    first, last = ((day - _EPOCH).days for day in (days[0], days[-1]))
    start = first - max(round(_LEFT * (last - first)), 1)
    return [start * _DAY_MS, max(last, first + 1) * _DAY_MS]


def _share(field: str) -> dict[str, Any]:
    return {
        "field": field,
        "type": "quantitative",
        "title": "wording:axis.room",
        "axis": {"values": [0, 0.5, 1], "format": "%", "tickCount": 3},
        "scale": {"domain": [min(_ROWS.values()) - 0.08, 1.03], "nice": False},
    }


def _band() -> dict[str, Any]:
    """Return what is not known, as a band behind the lines.

    Days on which all is known stay in the data: without them a band would run on over them.
    """
    return {
        "mark": {"type": "area", "interpolate": "step-after", "color": BAND, "opacity": 0.6},
        "encoding": {
            "y": _share("low"),
            "y2": {"field": "high"},
            "detail": {"field": "line", "type": "nominal"},
        },
    }


def _lines(names: Sequence[str]) -> list[dict[str, Any]]:
    by = {"field": "line", "type": "nominal"}
    places = [(OPEN, FREE).index(name) for name in names]
    legend = {"title": None, "symbolType": "stroke", "symbolSize": 600, "columnPadding": 44}
    return [
        {
            "mark": {"type": "line", "interpolate": "step-after"},
            "encoding": {
                "y": _share("high"),
                "stroke": {
                    **by,
                    "scale": {"domain": list(names), "range": [CATEGORIES[n] for n in places]},
                    "legend": legend,
                },
                "strokeDash": {
                    **by,
                    "scale": {"domain": list(names), "range": [list(DASHES[n]) for n in places]},
                    "legend": legend,
                },
            },
        }
    ]


def _events(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a line at each time that people were asked, and a named row of marks for each kind."""
    asked = [one for one in points if one["mark"] == MARKS[0]]
    named = [
        {"name": f"wording:row.{mark.removeprefix(_MARK)}", "row": row}
        for mark, row in _ROWS.items()
    ]
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
                    "legend": None,
                },
            },
        },
        {
            "data": {"values": named},
            "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 5},
            "encoding": {
                "x": {"value": 0},
                "y": _share("row"),
                "text": {"field": "name", "type": "nominal"},
            },
        },
    ]
