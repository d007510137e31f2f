"""The boundary reform: what the small areas of 2018 became in 2024.

Two areas had grown and were split, two pairs had shrunk and were merged, and one border was moved
while both areas kept their codes, which is the case that goes wrong unnoticed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from evenground_demo.areas import Area, numbered
from evenground_demo.land import GRID

SPLIT = ("08", "07")
MERGED = ("02", "04")
MOVED = "01"
"""Districts in which it happened."""

STRIP_METRES = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Editions:
    """Both boundary sets; ``split``, ``merged`` and ``moved`` are codes of the 2024 edition."""

    old: tuple[Area, ...]
    new: tuple[Area, ...]
    moved: tuple[str, str]
    split: tuple[str, ...]
    merged: tuple[str, ...]


def make_editions(areas: Sequence[Area]) -> Editions:
    """Give both editions their areas and codes; ``areas`` are those of 2024, without codes."""
    homes = [i for i, area in enumerate(areas) if area.use == "homes"]
    pairs = [_pair(areas, homes, district, last=True) for district in SPLIT]
    halved = [_middling(areas, homes, district) for district in MERGED]
    moved = _pair(areas, homes, MOVED, last=False)
    before: dict[int, list[Area]] = {i: [area] for i, area in enumerate(areas)}
    _move(before, *moved)
    for first, second in pairs:
        united = shapely.union(areas[first].shape, areas[second].shape, grid_size=GRID)
        before[first], before[second] = [_reshaped(areas[first], united)], []
    for i in halved:
        before[i] = _halves(areas[i])
    order = [i for i in sorted(before) for _ in before[i]]
    old = numbered(_noded([area for i in sorted(before) for area in before[i]]))
    born = sorted({*halved, *(i for pair in pairs for i in pair)})
    code = {i: area.code for i, area in zip(order, old, strict=True)}
    fresh = numbered([areas[i] for i in born], after=Counter(area.district for area in old))
    code |= {i: area.code for i, area in zip(born, fresh, strict=True)}
    new = [replace(area, code=code[i]) for i, area in enumerate(areas)]
    return Editions(
        old=tuple(sorted(old, key=lambda area: area.code)),
        new=tuple(sorted(new, key=lambda area: area.code)),
        moved=(code[moved[0]], code[moved[1]]),
        split=tuple(sorted(code[i] for pair in pairs for i in pair)),
        merged=tuple(sorted(code[i] for i in halved)),
    )


def _move(before: dict[int, list[Area]], giver: int, taker: int) -> None:
    """Undo the move: in 2018 the strip still belonged to the taker."""
    (there,), (here,) = before[giver], before[taker]
    border = shapely.intersection(there.shape, here.shape)
    strip = border.buffer(STRIP_METRES, quad_segs=2)
    rest = _reshaped(there, shapely.difference(there.shape, strip, grid_size=GRID))
    lost = shapely.difference(there.shape, rest.shape, grid_size=GRID)
    before[giver] = [rest]
    before[taker] = [_reshaped(here, shapely.union(here.shape, lost, grid_size=GRID))]


def _noded(areas: Sequence[Area]) -> list[Area]:
    """Give every area all corners that its neighbours have on the shared border."""
    net = shapely.union_all([area.shape.boundary for area in areas], grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize([net]))
    shapes = np.array([area.shape for area in areas])
    overlap = shapely.area(shapely.intersection(shapes[:, None], faces[None, :]))
    is_land = overlap.sum(axis=0) > shapely.area(faces) / 2
    owner = np.where(is_land, overlap.argmax(axis=0), -1)
    return [
        replace(area, shape=shapely.union_all(faces[owner == i], grid_size=GRID))
        for i, area in enumerate(areas)
    ]


def _reshaped(area: Area, shape: shapely.Geometry) -> Area:
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    return replace(area, shape=parts[0])


def _middling(areas: Sequence[Area], homes: Sequence[int], district: str) -> int:
    members = [i for i in homes if areas[i].district == district]
    return members[len(members) // 2]


def _pair(
    areas: Sequence[Area], homes: Sequence[int], district: str, *, last: bool
) -> tuple[int, int]:
    """Return an area and the neighbour in its district with the longest shared border."""
    members = [i for i in homes if areas[i].district == district]
    first = members[len(members) - 3 if last else 2]
    others = [i for i in members if i != first]
    border = [shapely.intersection(areas[first].shape, areas[i].shape).length for i in others]
    return first, others[int(np.argmax(border))]


def _halves(area: Area) -> list[Area]:
    low_x, low_y, high_x, high_y = area.shape.bounds
    middle = round((low_x + high_x) / 2, 1)
    west = shapely.box(low_x - 10, low_y - 10, middle, high_y + 10)
    parts = (
        shapely.intersection(area.shape, west, grid_size=GRID),
        shapely.difference(area.shape, west, grid_size=GRID),
    )
    return [
        replace(_reshaped(area, part), name=f"{area.name} {side}")
        for part, side in zip(parts, ("West", "East"), strict=True)
    ]
