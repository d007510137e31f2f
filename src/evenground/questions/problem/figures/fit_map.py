"""Where the units stand on a map of where the need is greatest for sure, perhaps, and not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from evenground.drawing import map_frame, map_furniture
from evenground.evidence import Figure, Message, Table
from evenground.frame.areas import Frame
from evenground.frame.maps import Shading, shaded_areas, unit_points
from evenground.frame.unit_sets import Placed

MOST_DRAWN = 1_500
"""More places than this are not drawn one by one; the page would grow and show a smear."""


def fit_map(placed: Placed, areas: Frame, *, shading: Shading, known: Mapping[str, Any]) -> Figure:
    """Return the map of one unit set; its table counts units by class, and lists no area."""
    import shapely

    frame = map_frame(tuple(float(edge) for edge in shapely.total_bounds(areas.outlines)))
    labels = [f"wording:class.{i}" for i in range(len(shading.names))]
    drawn = placed.set.n_places <= MOST_DRAWN
    return Figure(
        key="fit-map",
        spec={
            "width": frame.width,
            "height": frame.height,
            "projection": frame.projection,
            "layer": [
                shaded_areas(areas.area_ids, shading, labels),
                *([unit_points(placed, areas)] if drawn else []),
                *map_furniture(frame, north="wording:map.north"),
            ],
        },
        title=Message(code="figure.fit", parameters=known),
        alternative=Message(code="figure.fit.alternative", parameters=known),
        table=_table(placed, shading),
    )


def _table(placed: Placed, shading: Shading) -> Table:
    rows = tuple(
        (
            name,
            int((shading.classes == row).sum()),
            round(float(placed.by_area[shading.classes == row].sum()), 1),
        )
        for row, name in enumerate(shading.names)
    )
    left = shading.classes < 0
    if np.any(left):
        unknown = Message(code="class.none")
        rows += ((unknown, int(left.sum()), round(float(placed.by_area[left].sum()), 1)),)
    return Table(key="fit_map", columns=("need_class", "n_areas", "units"), rows=rows)
