"""Areas shaded by who lives there or by the rate of units, with the units on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground.drawing import NO_DATA, PAPER, SEQUENTIAL, UNIT, map_frame, map_furniture
from evenground.evidence import Figure, Message, Table
from evenground.frame.areas import Frame
from evenground.frame.unit_sets import Placed

MOST_CLASSES = len(SEQUENTIAL)
MOST_DRAWN = 1_500
"""More places than this are not drawn one by one; the page would grow and show a smear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shading:
    """The class of each area (-1: none) and the classes' names, low to high."""

    classes: NDArray[np.int64]
    names: tuple[str | Message, ...]
    title: Message


def unit_map(
    placed: Placed,
    areas: Frame,
    *,
    shading: Shading,
    quotient: NDArray[np.float64],
    known: Mapping[str, Any],
) -> Figure:
    """Return the map of one unit set; ``quotient`` (n_areas,) is NaN where people are too few."""
    import shapely

    frame = map_frame(tuple(float(edge) for edge in shapely.total_bounds(areas.outlines)))
    labels = [
        f"wording:class.{i}" if isinstance(name, Message) else name
        for i, name in enumerate(shading.names)
    ]
    many = placed.set.n_places > MOST_DRAWN
    return Figure(
        key=f"map-{placed.set.option or 'today'}",
        spec={
            "width": frame.width,
            "height": frame.height,
            "projection": frame.projection,
            "layer": [
                shaded_areas(areas.area_ids, shading, labels),
                *([] if many else [unit_points(placed, areas)]),
                *map_furniture(frame, north="wording:map.north"),
            ],
        },
        title=Message(code="figure.map", parameters=known),
        alternative=Message(
            code=f"figure.map.alternative{'.many' if many else ''}", parameters=known
        ),
        table=_table(placed, areas.area_ids, shading, quotient),
    )


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


def _table(
    placed: Placed, area_ids: Sequence[str], shading: Shading, quotients: NDArray[np.float64]
) -> Table:
    unknown, too_small = Message(code="class.none"), Message(code="too_small")
    rows = tuple(
        (
            area_id,
            round(float(units), 2),
            round(quotient, 2) if np.isfinite(quotient) else too_small,
            shading.names[at] if at >= 0 else unknown,
        )
        for area_id, units, quotient, at in zip(
            area_ids,
            placed.by_area.tolist(),
            quotients.tolist(),
            shading.classes.tolist(),
            strict=True,
        )
    )
    return Table(key="map", columns=("area", "units", "location_quotient", "shading"), rows=rows)
