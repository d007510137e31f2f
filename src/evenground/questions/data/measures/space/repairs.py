"""The likeliest repair of each row whose coordinates lead elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.data.measures.space.coordinates import (
    LARGEST_LATITUDE,
    LARGEST_LONGITUDE,
    Coordinates,
    distinct,
)
from evenground.questions.data.measures.space.readings import (
    OTHER_SYSTEM,
    SWAPPED,
    ZERO,
    Reading,
    readings,
)
from evenground.questions.data.measures.space.region import Region

FEWEST_UNSURE = 3
"""So many places, and half of all those just outside, must be explained by a small slip."""
_NONE, _SEVERAL = -1, -2
Test = Callable[[Vector, Vector], Flags]
Faults = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repairs:
    """What is wrong with coordinates, entry by entry.

    Attributes
    ----------
    kind, shape (n,)
        Position in ``kinds`` of the fault of each entry; -1 none, -2 far away with more than one
        repair.
    kinds
        Faults as ``(axis, code)`` pairs; the axis is ``x``, ``y`` or ``both``.
    system
        For each kind the coordinate system it was written in, empty unless that is the fault.
    x, y, shape (n,)
        Coordinates after the repair; as written where there is no fault, not a number where the
        repair is not known.
    is_far, shape (n,)
        Far from where places are expected, and no repair known.
    perhaps, shape (n,)
        Just outside, and inside if degrees and minutes were written as decimals; too few to tell.
    """

    kind: Whole
    kinds: tuple[Faults, ...]
    system: tuple[str, ...]
    x: Vector
    y: Vector
    is_far: Flags
    perhaps: Flags

    @property
    def at_fault(self) -> Flags:
        """Whether an entry's coordinates are at fault, repair known or not; shape (n,)."""
        return self.kind != _NONE

    @property
    def ambiguous(self) -> Flags:
        """Whether more than one repair would do; shape (n,)."""
        return self.kind == _SEVERAL


def coordinate_repairs(places: Coordinates, region: Region) -> Repairs:
    """Return each entry's likeliest repair: the unique one of fewest slips that leads home.

    Parameters
    ----------
    places, n
        Coordinates as written.
    region
        Where they are expected.

    Notes
    -----
    A row that is not at home is read in every other way (``readings``). The reading of fewest slips
    that leads home is its repair; if several do, with different results, the city's outline decides
    if it can, else the row is ambiguous. A row that is far even from near, and that nothing leads
    home, is repaired by the unique reading that leads near.
    """
    whole = _whole_table(region)
    if whole is not None:
        return _all_alike(places, region, whole)
    away = np.flatnonzero(places.present & ~region.holds(places.x, places.y))
    found, position = distinct(places.take(away))
    return _of_entries(places, away, _distinct_repairs(found, region), position)


def _of_entries(places: Coordinates, away: Whole, one: Repairs, position: Whole) -> Repairs:
    """Return the repairs of all entries from those of the distinct places among ``away``."""
    size = places.x.size
    kind, x, y = np.full(size, _NONE, dtype=np.int64), places.x.copy(), places.y.copy()
    is_far, perhaps = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    kind[away], x[away], y[away] = one.kind[position], one.x[position], one.y[position]
    is_far[away], perhaps[away] = one.is_far[position], one.perhaps[position]
    return replace(one, kind=kind, x=x, y=y, is_far=is_far, perhaps=perhaps)


def _whole_table(region: Region) -> str | None:
    """Return the fault of a whole table whose bulk is no longitude and latitude."""
    if not region.degrees or region.origin != "data":
        return None
    x, y = (abs(ends[0] + ends[1]) / 2 for ends in (region.x, region.y))
    if max(x, y) > LARGEST_LONGITUDE:
        return OTHER_SYSTEM
    return SWAPPED if y > LARGEST_LATITUDE >= x else None


def _all_alike(places: Coordinates, region: Region, code: str) -> Repairs:
    unknown = np.full(places.x.size, np.nan)
    x, y = (places.y, places.x) if code == SWAPPED else (unknown, unknown)
    is_far = places.present & ~region.is_near(places.x, places.y)
    mine = places.present & ~is_far
    return Repairs(
        kind=np.where(mine, 0, _NONE), kinds=((("both", code),),), system=("",),
        x=np.where(mine, x, places.x), y=np.where(mine, y, places.y),
        is_far=is_far, perhaps=np.zeros_like(is_far),
    )  # fmt: skip


def _distinct_repairs(places: Coordinates, region: Region) -> Repairs:
    """Return the repairs of distinct places, none of them at home."""
    x, y = places.x, places.y
    ways = sorted(readings(x, y, region), key=lambda way: way.slips)
    choice = _fewest_slips(ways, region.holds, size=x.size)
    if region.outline is not None and (choice == _SEVERAL).any():
        choice = np.where(choice == _SEVERAL, _decided(ways, region, choice), choice)
    near = region.is_near(x, y)
    far = (choice == _NONE) & ~near
    if far.any():
        choice = np.where(far, _fewest_slips(ways, region.is_near, size=x.size), choice)
    # Degrees and minutes move a place by less than a degree: it may as well be a true one.
    little = np.array([*(way.unsure for way in ways), False, False], dtype=np.bool_)[choice]
    little &= np.abs(x) <= LARGEST_LONGITUDE
    others = near | little
    perhaps = little & bool(little.sum() < max(FEWEST_UNSURE, others.sum() / 2))
    zero = (x == 0) & (y == 0)
    choice = np.where(zero, len(ways), np.where(perhaps, _NONE, choice))
    found = _chosen(places, ways, choice)
    return replace(found, is_far=(choice == _NONE) & ~near, perhaps=perhaps & ~zero)


def _chosen(places: Coordinates, ways: Sequence[Reading], choice: Whole) -> Repairs:
    used = [int(one) for one in np.unique(choice) if one >= 0]
    x, y = places.x.copy(), places.y.copy()
    for one in used:
        chosen = choice == one
        known = one < len(ways) and not ways[one].system
        x[chosen] = ways[one].x[chosen] if known else np.nan
        y[chosen] = ways[one].y[chosen] if known else np.nan
    x[choice == _SEVERAL] = y[choice == _SEVERAL] = np.nan
    zero: Faults = (("both", ZERO),)
    nowhere = np.zeros(x.size, dtype=np.bool_)
    return Repairs(
        kind=np.where(choice < 0, choice, np.searchsorted(used, choice)).astype(np.int64),
        kinds=tuple(ways[one].faults if one < len(ways) else zero for one in used),
        system=tuple(ways[one].system if one < len(ways) else "" for one in used),
        x=x, y=y, is_far=nowhere, perhaps=nowhere,
    )  # fmt: skip


def _fewest_slips(ways: Sequence[Reading], test: Test, *, size: int) -> Whole:
    """Return the reading of fewest slips that passes, shape (size,); -1 none, -2 several."""
    slips = np.full(size, np.inf)
    chosen = np.full(size, _NONE, dtype=np.int64)
    x, y = np.full(size, np.nan), np.full(size, np.nan)
    for number, way in enumerate(ways):
        hit = test(way.x, way.y) & (way.slips <= slips)
        first = hit & (chosen == _NONE)
        other = hit & ~first & ~(_alike(way.x, x) & _alike(way.y, y))
        x, y = np.where(first, way.x, x), np.where(first, way.y, y)
        slips[first] = way.slips
        chosen = np.where(first, number, np.where(other, _SEVERAL, chosen))
    return chosen


def _alike(one: Vector, other: Vector) -> Flags:
    return np.asarray(np.isclose(one, other, rtol=1e-12, atol=0.0), dtype=np.bool_)


def _decided(ways: Sequence[Reading], region: Region, before: Whole) -> Whole:
    """Return what the city's outline leaves of several readings."""
    import shapely

    shapely.prepare(region.outline)

    def inside(x: Vector, y: Vector) -> Flags:
        return region.holds(x, y) & shapely.intersects_xy(region.outline, x, y)

    after = _fewest_slips(ways, inside, size=before.size)
    return np.where(after == _NONE, _SEVERAL, after)
