"""What is there, sensor by sensor and over time: a strip for each sensor, in steps of darkness."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from evenground.drawing import INK, NO_DATA, SEQUENTIAL
from evenground.evidence import Figure, Message, Table
from evenground.questions.data.figures.availability import Availability
from evenground.questions.data.figures.when import DAY, HOUR, milliseconds, time_axis

MOST_STRIPS = 40
"""More sensors than this are not told apart on a page; the others share one strip."""

CLASSES = ("none", "some", "half", "most", "all")
FLOORS = (0.0, 0.5, 0.9, 0.99)
"""Where classes begin: above none, from half, from nine in ten, from 99 in 100."""

_COLOURS = (NO_DATA, SEQUENTIAL[0], SEQUENTIAL[1], SEQUENTIAL[2], SEQUENTIAL[4])
_STEP, _THICK = 20, 14
_NAME_PIXELS, _ROOM = 90, 18
"""Longer names are cut; letters may be wider on the reader's screen than they are here."""


def availability_strip(found: Availability, *, most: int = MOST_STRIPS) -> Figure:
    """Return the figure: one strip per sensor, those with most missing first.

    Where there are more than ``most`` sensors, the others share the last strip, which says so. Of
    neighbouring stretches of one class one bar is made.
    """
    names, share = _strips(found, most)
    days = found.step / DAY
    known = {
        "n": len(found.names),
        "share": found.overall,
        "n_shown": min(len(found.names), most),
        "n_others": len(found.names) - most + 1,
        "n_without": found.n_without_cadence,
        "step": _length(found.step),
        "days": days,
    }
    title = "alone" if len(found.names) == 1 else "many"
    shown = "together" if len(found.names) > most else "alternative"
    return Figure(
        key="availability",
        spec=_spec(found, names, share),
        title=Message(code=f"figure.availability.{title}", parameters=known),
        alternative=Message(code=f"figure.availability.{shown}", parameters=known),
        table=Table(
            key="availability",
            columns=("sensor", "there", "stretches_empty", "stretches"),
            rows=tuple(
                (label(name), round(float(total), 4), int((row == 0).sum()), row.size)
                for name, total, row in zip(found.names, found.total, found.share, strict=True)
            ),
        ),
    )


def label(name: str) -> str | Message:
    """Return a sensor's name; a table of one series has none."""
    return name or Message(code="figure.whole_table")


def _length(step: int) -> Message:
    """Return how long a stretch is, in words to be."""
    if step >= DAY:
        return Message(code="length.days", parameters={"n": step // DAY})
    return Message(code="length.hours", parameters={"n": step // HOUR})


def _strips(found: Availability, most: int) -> tuple[list[str], np.ndarray[Any, Any]]:
    """Return names and shares of the strips that are drawn."""
    names = [name or "wording:figure.whole_table" for name in found.names]
    if len(names) <= most:
        return names, found.share
    kept = most - 1
    others = "wording:figure.others"
    together = found.share[kept:].mean(axis=0, keepdims=True)
    return [*names[:kept], others], np.vstack([found.share[:kept], together])


def classes_of(share: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return the class of each share, 0 (none) to 4 (99 in 100 or more)."""
    settled = np.round(share, 6)
    return np.where(settled <= 0, 0, np.searchsorted(FLOORS, settled, side="right"))


def _bars(
    found: Availability, names: list[str], share: np.ndarray[Any, Any]
) -> Iterator[dict[str, Any]]:
    """Yield a bar for each run of stretches of one class."""
    last = int(found.edges[-1])
    for name, row in zip(names, classes_of(share), strict=True):
        starts = np.flatnonzero(np.diff(row, prepend=-1))
        ends = np.append(starts[1:], row.size)
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            yield {
                "sensor": name,
                "from": milliseconds(int(found.edges[start])),
                "to": milliseconds(min(int(found.edges[end]), last)),
                "class": f"wording:availability.{CLASSES[row[start]]}",
            }


def _spec(found: Availability, names: list[str], share: np.ndarray[Any, Any]) -> dict[str, Any]:
    edges = (int(found.edges[0]), int(found.edges[-1]))
    domain = [f"wording:availability.{name}" for name in CLASSES]
    return {
        "data": {"values": list(_bars(found, names, share))},
        "width": 640,
        "height": {"step": _STEP},
        "mark": {"type": "bar", "height": _THICK},
        "encoding": {
            "y": {
                "field": "sensor",
                "type": "nominal",
                "sort": names,
                "title": None,
                "axis": {
                    "labelExpr": "datum.label",
                    "labelLimit": _NAME_PIXELS,
                    "labelPadding": _NAME_PIXELS + _ROOM,
                    "labelAlign": "left",
                    "labelColor": INK,
                },
            },
            "x": {"field": "from", **time_axis(*edges), "title": "wording:axis.availability"},
            "x2": {"field": "to"},
            "fill": {
                "field": "class",
                "type": "ordinal",
                "scale": {"domain": domain, "range": list(_COLOURS)},
                "legend": {"title": "wording:legend.availability", "symbolType": "square"},
            },
        },
    }
