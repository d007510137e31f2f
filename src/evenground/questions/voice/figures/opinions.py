"""The opinion map: where the crowd is dense, how sure one place is, and groups that hold."""

from __future__ import annotations

from typing import Any

import numpy as np

from evenground.drawing import DASHES, INK, PAPER, SEQUENTIAL
from evenground.methods.validation import Vector
from evenground.questions.voice.measures.opinions.crowd_density import (
    CrowdDensity,
    crowd_density,
    ellipse,
    runs,
)
from evenground.questions.voice.measures.opinions.opinion_map import OpinionMap

LETTERS = "ABCDE"
REGIONS = ("wording:map.half", "wording:map.most", "wording:map.nearly_all")
PERSON, CENTRE = "wording:map.person", "wording:map.centre"
_COLOURS = (SEQUENTIAL[3], SEQUENTIAL[2], SEQUENTIAL[1])
_SIZE = 420


def opinion_spec(found: OpinionMap) -> dict[str, Any]:
    """Return the picture as Vega-Lite; it shows regions and ellipses, and nobody's own place."""
    again = found.stability
    positions = found.positions[None] if again is None else again.positions
    crowd = crowd_density(positions)
    outlines = _person(positions, crowd)
    letters = list[dict[str, Any]]()
    groups = found.groups
    if groups is not None and again is not None:
        for group, centre in enumerate(groups.centres):
            near = [each[((each - centre) ** 2).sum(axis=1).argmin()] for each in again.centres]
            outlines += _outline(ellipse(np.stack(near)), CENTRE, group + 1)
            letters.append(
                {"x": _short(centre[0]), "y": _short(centre[1]), "letter": LETTERS[group]}
            )
    return _spec(crowd, outlines, letters)


def _person(positions: Vector, crowd: CrowdDensity) -> list[dict[str, Any]]:
    """Return how far one person's place is from sure, drawn in the lower left corner."""
    apart = positions - positions.mean(axis=0)
    typical = ellipse(apart.reshape(-1, 2), held=0.95)
    corner = crowd.edges[0] - typical.min(axis=0) + 0.02 * np.ptp(crowd.edges)
    return _outline(typical + corner, PERSON, 0)


def _outline(corners: Vector, kind: str, line: int) -> list[dict[str, Any]]:
    """Return the corners of one closed line; its number keeps it apart from others of its kind."""
    return [
        {"kind": kind, "line": line, "at": at, "x": _short(x), "y": _short(y)}
        for at, (x, y) in enumerate(corners.tolist())
    ]


def _short(value: float) -> float:
    return float(f"{value:.4g}")


def _named(letters: list[dict[str, Any]], place: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the letters of groups, above their middles and with a rim that keeps them legible."""
    text = {"type": "text", "fontWeight": "bold", "fontSize": 18, "dy": -20, "color": INK}
    rim = {**text, "color": PAPER, "stroke": PAPER, "strokeWidth": 5, "strokeJoin": "round"}
    return [
        {
            "data": {"values": letters},
            "mark": mark,
            "encoding": {**place, "text": {"field": "letter", "type": "nominal"}},
        }
        for mark in (rim, text)
    ]


def _cells(crowd: CrowdDensity) -> list[dict[str, Any]]:
    edges = [_short(edge) for edge in crowd.edges.tolist()]
    return [
        {
            "x": edges[first],
            "x2": edges[last + 1],
            "y": edges[row],
            "y2": edges[row + 1],
            "held": REGIONS[place],
        }
        for first, last, row, place in runs(crowd)
    ]


def _spec(
    crowd: CrowdDensity, outlines: list[dict[str, Any]], letters: list[dict[str, Any]]
) -> dict[str, Any]:
    whole = [_short(crowd.edges[0]), _short(crowd.edges[-1])]
    ends = {"domain": whole, "nice": False, "zero": False}
    axis = {"labels": False, "ticks": False, "grid": False, "domain": False}
    place = {
        name: {"field": name, "type": "quantitative", "scale": ends, "axis": axis, "title": None}
        for name in ("x", "y")
    }
    kinds = [PERSON, CENTRE] if letters else [PERSON]
    return {
        "width": _SIZE,
        "height": _SIZE,
        "layer": [
            _regions(crowd, place),
            *_outlined(outlines, place, kinds),
            *_named(letters, place),
        ],
    }


def _regions(crowd: CrowdDensity, place: dict[str, Any]) -> dict[str, Any]:
    shade = {
        "field": "held",
        "type": "nominal",
        "scale": {"domain": list(REGIONS), "range": list(_COLOURS)},
    }
    return {
        "data": {"values": _cells(crowd)},
        # A line of its own colour closes the seams between rows.
        "mark": {"type": "rect", "strokeWidth": 0.8},
        "encoding": {
            **place,
            "x2": {"field": "x2"},
            "y2": {"field": "y2"},
            "fill": {**shade, "legend": {"title": None, "symbolType": "square", "columns": 1}},
            "stroke": {**shade, "legend": None},
        },
    }


def _outlined(
    outlines: list[dict[str, Any]], place: dict[str, Any], kinds: list[str]
) -> list[dict[str, Any]]:
    """Return lines, each on a broader one of paper: they stand out from dark regions too."""
    drawn = {
        **place,
        "order": {"field": "at", "type": "quantitative"},
        "detail": {"field": "line", "type": "nominal"},
    }
    dashes = {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": kinds, "range": [list(one) for one in DASHES[: len(kinds)]]},
        # Room between both legends, where they stand side by side.
        "legend": {
            "title": None,
            "symbolType": "stroke",
            "symbolSize": 600,
            "columns": 1,
            "padding": 10,
        },
    }
    return [
        {
            "data": {"values": outlines},
            "mark": {"type": "line", "stroke": PAPER, "strokeWidth": 4},
            "encoding": drawn,
        },
        {
            "data": {"values": outlines},
            "mark": {"type": "line", "stroke": INK},
            "encoding": {**drawn, "strokeDash": dashes},
        },
    ]
