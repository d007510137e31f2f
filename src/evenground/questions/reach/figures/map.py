"""Areas shaded by who lives there or by the rate of units, with the units on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground.drawing import map_frame, map_furniture
from evenground.evidence import Figure, Message, Table
from evenground.frame.areas import Frame
from evenground.frame.maps import Shading, shaded_areas, unit_points
from evenground.frame.unit_sets import Placed

MOST_DRAWN = 1_500
"""More places than this are not drawn one by one; the page would grow and show a smear."""


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
