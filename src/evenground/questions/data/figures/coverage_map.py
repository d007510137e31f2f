"""Residents in reach of a working sensor, area by area, with the sensors as points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground.drawing import INK, PAPER, UNIT, map_frame, map_furniture
from evenground.evidence import Figure, Message, Table
from evenground.frame.maps import Shading, shaded_areas

CLASSES = ("none", "some", "half", "most", "all")
FLOORS = (0.0, 0.5, 0.9, 0.99)
"""Where classes begin: above nobody, from half, from nine in ten, from 99 in 100."""
MOST_DRAWN = 1_500
"""More sensors than this are not drawn one by one."""
IDLE_BELOW = 0.5
"""A sensor that works less of the time than this is drawn as one that does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageByArea:
    """Who is in reach, by area.

    Attributes
    ----------
    area_ids, outlines, shape (n,)
        Areas with their shapes in metres.
    share, shape (n,)
        Share of residents in reach of a sensor while it works, 0-1; not a number where nobody
        lives or nobody knows.
    residents, shape (n,)
        People; 0 where nobody lives.
    places, shape (m, 2)
        Where sensors stand, in the metres of the outlines.
    uptime, shape (m,)
        Share of the time that each works, 0-1.
    """

    area_ids: tuple[str, ...]
    outlines: NDArray[np.object_]
    share: NDArray[np.float64]
    residents: NDArray[np.float64]
    places: NDArray[np.float64]
    uptime: NDArray[np.float64]


def coverage_map(found: CoverageByArea, *, known: Mapping[str, Any]) -> Figure:
    """Return the map; its table counts areas and residents by class, and lists no area.

    ``known`` fills the title: ``share`` of all residents in reach, within ``metres``.
    """
    import shapely

    frame = map_frame(tuple(float(edge) for edge in shapely.total_bounds(found.outlines)))
    names = tuple(f"wording:coverage.{name}" for name in CLASSES)
    shading = Shading(
        classes=_classes(found.share), names=names, title=Message(code="legend.shading")
    )
    layers = [shaded_areas(found.area_ids, shading, list(names)), *_sensors(found)]
    return Figure(
        key="coverage-map",
        spec={
            "width": frame.width,
            "height": frame.height,
            "projection": frame.projection,
            "resolve": {"scale": {"shape": "independent"}},
            "layer": [*layers, *map_furniture(frame, north="wording:map.north")],
        },
        title=Message(code="figure.coverage_map", parameters=known),
        alternative=Message(code="figure.coverage_map.alternative", parameters=known),
        table=_table(found, names),
    )


def _classes(share: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the class of each share, 0 (nobody) to 4, and -1 where there is none."""
    settled = np.nan_to_num(np.round(share, 9), nan=-1.0)
    found = np.where(settled <= 0, 0, np.searchsorted(FLOORS, settled, side="right"))
    return np.where(np.isnan(share), -1, found).astype(np.int64)


def _sensors(found: CoverageByArea) -> list[dict[str, Any]]:
    """Return layers of sensors: discs where they work, crosses where they mostly do not."""
    import shapely

    if found.uptime.size > MOST_DRAWN:
        return []
    west, south, east, north = shapely.total_bounds(found.outlines)
    x, y = found.places[:, 0], found.places[:, 1]
    inside = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    idle = found.uptime < IDLE_BELOW
    working = {"type": "point", "style": "unit"}
    crosses = {
        "type": "point",
        "filled": True,
        "color": INK,
        "stroke": PAPER,
        "size": 120,
        "strokeWidth": 1,
    }
    signs = (
        (inside & ~idle, working, "circle", "legend.working", {"symbolFillColor": UNIT}),
        (inside & idle, crosses, "cross", "legend.idle", {"symbolFillColor": INK}),
    )  # fmt: skip
    return [
        _points(found.places[chosen], mark, shape, f"wording:{code}", look)
        for chosen, mark, shape, code, look in signs
        if chosen.any()
    ]


def _points(
    places: NDArray[np.float64],
    mark: Mapping[str, Any],
    shape: str,
    name: str,
    look: Mapping[str, Any],
) -> dict[str, Any]:
    values = [{"x": x, "y": y} for x, y in sorted(places.round().astype(np.int64).tolist())]
    return {
        "data": {"values": values},
        "mark": dict(mark),
        "encoding": {
            "longitude": {"field": "x", "type": "quantitative"},
            "latitude": {"field": "y", "type": "quantitative"},
            "shape": {
                "datum": name,
                "type": "nominal",
                "scale": {"range": [shape]},
                "legend": {"title": None, **look},
            },
        },
    }


def _table(found: CoverageByArea, names: tuple[str, ...]) -> Table:
    classes = _classes(found.share)
    labelled = [*enumerate(Message(code=name.removeprefix("wording:")) for name in names)]
    if np.any(classes < 0):
        labelled.append((-1, Message(code="class.none")))
    rows = tuple(
        (name, int((classes == at).sum()), round(float(found.residents[classes == at].sum())))
        for at, name in labelled
    )
    return Table(key="coverage_map", columns=("in_reach", "n_areas", "residents"), rows=rows)
