"""Small areas with codes, names, districts and uses; the boundary reform of 2024."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from evenground_demo.land import GRID, Land, placed
from evenground_demo.tessellation import make_cells
from evenground_demo.text_files import texts

N_AREAS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One small area; ``use`` is "homes" or what stands there instead of homes."""

    code: str
    name: str
    district: str
    use: str
    shape: shapely.Polygon


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """One district: code, name, and the union of its small areas."""

    code: str
    name: str
    shape: shapely.Geometry


def make_areas(land: Land, *, seed: int) -> tuple[Area, ...]:
    """Return the areas of the 2024 edition without codes, in a stable order."""
    places = texts("places")
    cells = make_cells(land, n_cells=N_AREAS, seed=seed)
    inside = _middles(cells)
    north = shapely.covers(land.pieces[0], shapely.points(inside))
    bank = np.where(north, "north", "south").tolist()
    district = _nearest_district(places["districts"], inside, bank)
    special = _special(places["special"], inside, district)
    areas: list[Area] = []
    for entry in places["districts"]:
        away = np.hypot(*(inside - placed(np.array(entry["at"], float))).T)
        order = [int(i) for i in np.argsort(away, kind="stable") if district[i] == entry["code"]]
        names = _names(entry["small_areas"], taken={one["name"] for one in places["special"]})
        for i in order:
            name, use = special.get(i) or (next(names), "homes")
            areas.append(Area(code="", name=name, district=entry["code"], use=use, shape=cells[i]))
    return tuple(areas)


def _names(names: Sequence[str], *, taken: set[str]) -> Iterator[str]:
    """Give out free names, then the same names with "New" before them."""
    free = [name for name in names if name not in taken]
    return chain(free, (f"New {name}" for name in free))


def numbered(areas: Sequence[Area], *, after: Mapping[str, int] | None = None) -> tuple[Area, ...]:
    """Give codes "DDNN" (district, number) in order, counting on from ``after`` by district."""
    last = dict(after or {})
    coded: list[Area] = []
    for area in areas:
        last[area.district] = last.get(area.district, 0) + 1
        coded.append(replace(area, code=f"{area.district}{last[area.district]:02d}"))
    return tuple(coded)


def make_districts(areas: Sequence[Area]) -> tuple[District, ...]:
    """Unite small areas into districts."""
    names = {entry["code"]: entry["name"] for entry in texts("places")["districts"]}
    return tuple(
        District(
            code=code,
            name=name,
            shape=shapely.union_all(
                [area.shape for area in areas if area.district == code], grid_size=GRID
            ),
        )
        for code, name in names.items()
    )


def middles(areas: Sequence[Area]) -> NDArray[np.float64]:
    """Return a point inside each area, projected metres, (n, 2)."""
    return _middles([area.shape for area in areas])


def _middles(shapes: Sequence[shapely.Geometry]) -> NDArray[np.float64]:
    points = shapely.point_on_surface(np.array(shapes))
    return np.stack([shapely.get_x(points), shapely.get_y(points)], axis=1)


def _nearest_district(
    districts: Sequence[Mapping[str, Any]], middle: NDArray[np.float64], bank: Sequence[str]
) -> list[str]:
    at = placed(np.array([entry["at"] for entry in districts], float))
    distance = np.hypot(*np.moveaxis(middle[:, None, :] - at[None, :, :], 2, 0))
    other = np.array([[entry["bank"] != side for entry in districts] for side in bank])
    nearest = np.where(other, np.inf, distance).argmin(axis=1)
    return [districts[i]["code"] for i in nearest]


def _special(
    entries: Sequence[Mapping[str, Any]], middle: NDArray[np.float64], district: Sequence[str]
) -> dict[int, tuple[str, str]]:
    chosen: dict[int, tuple[str, str]] = {}
    for entry in entries:
        away = np.hypot(*(middle - placed(np.array(entry["at"], float))).T)
        away[[code != entry["district"] for code in district]] = np.inf
        chosen[int(away.argmin())] = (entry["name"], entry["use"])
    return chosen
