"""Layers of a map: areas in the colours of their classes, and places that hold units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground.drawing import NO_DATA, PAPER, SEQUENTIAL, UNIT
from evenground.evidence import Message
from evenground.frame.areas import Frame
from evenground.frame.unit_sets import Placed

MOST_CLASSES = len(SEQUENTIAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shading:
    """The class of each area (-1: none) and the classes' names, low to high."""

    classes: NDArray[np.int64]
    names: tuple[str | Message, ...]
    title: Message


def shaded_areas(area_ids: Sequence[str], shading: Shading, labels: list[str]) -> dict[str, Any]:
    """Return the layer of areas, each in the colour of its class."""
    none = "wording:class.none"
    values = [
        {"area_id": area_id, "class": labels[at] if at >= 0 else none}
        for area_id, at in zip(area_ids, shading.classes.tolist(), strict=True)
    ]
    steps = np.linspace(0, MOST_CLASSES - 1, len(labels)).round().astype(int)
    colours = [SEQUENTIAL[step] for step in steps]
    unknown = bool((shading.classes < 0).any())
    domain = [*labels, none] if unknown else labels
    return {
        "data": {"name": "areas", "format": {"property": "features"}},
        "transform": [
            {
                "lookup": "id",
                "from": {"data": {"values": values}, "key": "area_id", "fields": ["class"]},
            }
        ],
        "mark": "geoshape",
        "encoding": {
            "fill": {
                "field": "class",
                "type": "ordinal",
                "scale": {"domain": domain, "range": [*colours, NO_DATA] if unknown else colours},
                "legend": {"title": "wording:legend.shading", "symbolType": "square"},
            }
        },
    }


def unit_points(placed: Placed, areas: Frame) -> dict[str, Any]:
    """Return the layer of places that hold units; those beyond the map's edges are not drawn."""
    import shapely

    shapes = [shape for shape in placed.set.places if shape is not None]
    points = shapely.get_coordinates(shapely.centroid(shapes)) if shapes else np.zeros((0, 2))
    west, south, east, north = shapely.total_bounds(areas.outlines)
    on_map = (points >= (west, south)).all(axis=1) & (points <= (east, north)).all(axis=1)
    points = points[on_map]
    values = [{"x": x, "y": y} for x, y in sorted(points.round().astype(np.int64).tolist())]
    return {
        "data": {"values": values},
        "mark": {"type": "point", "style": "unit"},
        "encoding": {
            "longitude": {"field": "x", "type": "quantitative"},
            "latitude": {"field": "y", "type": "quantitative"},
            "shape": {
                "datum": "wording:legend.unit",
                "type": "nominal",
                "scale": {"range": ["circle"]},
                "legend": {"title": None, "symbolFillColor": UNIT, "symbolStrokeColor": PAPER},
            },
        },
    }


def adjacency(areas: Frame) -> NDArray[np.int64]:
    """Return pairs of neighbouring areas, each once, shape (n, 2); those at a corner count."""
    import shapely

    if not areas.has_shapes:
        return np.zeros((0, 2), dtype=np.int64)
    tree = shapely.STRtree(areas.outlines)
    first, second = tree.query(areas.outlines, predicate="intersects")
    return np.column_stack([first, second])[first < second]


def borders(areas: Frame) -> NDArray[np.int64]:
    """Return pairs of areas that share a border, each once, shape (n, 2); a corner is none."""
    import shapely

    pairs = adjacency(areas)
    shared = shapely.intersection(areas.outlines[pairs[:, 0]], areas.outlines[pairs[:, 1]])
    return pairs[shapely.get_dimensions(shared) >= 1]
