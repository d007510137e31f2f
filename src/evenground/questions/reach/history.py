"""How the units came to stand where they do: at each date, what stood and what had been added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from evenground.frame.areas import Frame
from evenground.frame.sites import Site
from evenground.frame.unit_sets import Placed, UnitSet, place, unit_set
from evenground.methods.validation import Whole
from evenground.protocol import Case

LEAST_DATES = 2
MOST_DATES = 40
"""More dates than this are no time line that anybody reads; the latest are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One date: what stood, and the places that had been added since the date before.

    ``added`` is ``None`` at the first date, and where nothing was added.
    """

    day: date
    stock: Placed
    added: Placed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Dates, oldest first, of one option's units.

    ``first`` are the places of the first date, each once however many units stand there.
    ``by_lists``: whole lists of several dates were compared; else dates of installation were read.
    """

    steps: tuple[Step, ...]
    first: Placed
    by_lists: bool

    @property
    def days(self) -> tuple[date, ...]:
        """The dates."""
        return tuple(step.day for step in self.steps)

    @property
    def stock(self) -> NDArray[np.float64]:
        """Units by date and area, shape (n_dates, n_areas)."""
        return np.array([step.stock.by_area for step in self.steps])

    @property
    def before(self) -> Whole:
        """Places that stood at the first date, by area, shape (n_areas,)."""
        return places_by_area(self.first)

    @property
    def added(self) -> Whole:
        """Places added between dates, by area, shape (n_dates - 1, n_areas)."""
        n_areas = self.steps[0].stock.assignment.n_areas
        return np.array(
            [
                np.zeros(n_areas, dtype=np.int64)
                if step.added is None
                else places_by_area(step.added)
                for step in self.steps[1:]
            ]
        )


def places_by_area(placed: Placed) -> Whole:
    """Count whole places by area, each where its larger part lies, shape (n_areas,)."""
    area = placed.assignment.area_of_unit
    inside = area[(area >= 0) & (placed.set.units > 0)]
    return np.bincount(inside, minlength=placed.assignment.n_areas).astype(np.int64)


def history_of(
    option: str, sites: Sequence[Site], sets: Sequence[UnitSet], *, case: Case, areas: Frame
) -> History | None:
    """Return how an option's units came about; ``None`` where fewer than two dates are known.

    Parameters
    ----------
    option
        Its key; empty for what stands today.
    sites
        All rows of the table of sites.
    sets
        All unit sets, among them the option's lists.
    case, areas
        The initiative, the day and the settings; what places are laid over.
    """
    tolerance = case.settings.number("tolerance_metres")
    near = case.settings.number("same_place_metres")
    lists = sorted(
        (one for one in sets if one.option == option and one.observed),
        key=lambda one: one.observed or date.min,
    )
    if len(lists) >= LEAST_DATES:
        # Places of lists that are too old to show are known all the same.
        pairs = [(one, _new_places(one, lists[:at], near)) for at, one in enumerate(lists)]
        pairs = pairs[-MOST_DATES:]
    else:
        rows = [site for site in sites if site.option == option and not site.candidate]
        known = {row.observed for row in rows if row.observed and row.observed <= case.today}
        latest = max(known, default=None)
        pairs = _by_installation([row for row in rows if row.observed == latest], case, near)
    if len(pairs) < LEAST_DATES:
        return None

    def laid(one: UnitSet) -> Placed:
        return place(one, areas, tolerance_metres=tolerance)

    steps = tuple(
        Step(
            day=stock.observed or case.today,
            stock=laid(stock),
            added=laid(_apart(added, near)) if added is not None and at else None,
        )
        for at, (stock, added) in enumerate(pairs)
    )
    return History(
        steps=steps,
        first=laid(_apart(pairs[0][0], near)),
        by_lists=len(lists) >= LEAST_DATES,
    )


def _new_places(one: UnitSet, earlier: Sequence[UnitSet], metres: float) -> UnitSet | None:
    """Return the places of a list that are farther than so many metres from all earlier ones.

    Lists rarely carry codes that last, and the same bin is surveyed anew; a place without a shape
    is new if no earlier list holds as many of its area.
    """
    known = [shape for old in earlier for shape in old.places if shape is not None]
    new = np.ones(one.n_places, dtype=np.bool_)
    has_shape = np.array([shape is not None for shape in one.places], dtype=np.bool_)
    if known and has_shape.any():
        tree = shapely.STRtree(known)
        near, _ = tree.query(one.places[has_shape], predicate="dwithin", distance=metres)
        new[np.flatnonzero(has_shape)[np.unique(near)]] = False
    _count_codes(one, earlier, new)
    return _part(one, new) if new.any() else None


def _apart(one: UnitSet, metres: float) -> UnitSet:
    """Keep one place of those that hang together: what was put down at once was one decision."""
    has_shape = np.flatnonzero([shape is not None for shape in one.places])
    shapes = one.places[has_shape]
    if len(shapes) < 2:  # noqa: PLR2004 - a pair
        return one
    first, second = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=metres)
    n = len(shapes)
    links = sparse.coo_array((np.ones(len(first)), (first, second)), shape=(n, n))
    _, group = csgraph.connected_components(links, directed=False)
    kept = np.ones(one.n_places, dtype=np.bool_)
    kept[has_shape] = False
    kept[has_shape[np.unique(group, return_index=True)[1]]] = True
    return _part(one, kept)


def _count_codes(one: UnitSet, earlier: Sequence[UnitSet], new: NDArray[np.bool_]) -> None:
    """Take away, of the places that only have an area code, as many as an earlier list holds."""
    left: dict[str, int] = {}
    for old in earlier:
        here: dict[str, int] = {}
        for shape, code in zip(old.places, old.area_ids, strict=True):
            if shape is None:
                here[code] = here.get(code, 0) + 1
        left = {code: max(left.get(code, 0), here.get(code, 0)) for code in {*left, *here}}
    for at, (shape, code) in enumerate(zip(one.places, one.area_ids, strict=True)):
        if shape is None and left.get(code, 0) > 0:
            left[code] -= 1
            new[at] = False


def _part(one: UnitSet, kept: NDArray[np.bool_]) -> UnitSet:
    rows = np.flatnonzero(kept)
    return replace(
        one,
        n_places=len(rows),
        places=one.places[rows],
        area_ids=tuple(one.area_ids[row] for row in rows),
        units=one.units[rows],
        capacity=None if one.capacity is None else one.capacity[rows],
    )


def _by_installation(
    rows: Sequence[Site], case: Case, near: float
) -> list[tuple[UnitSet, UnitSet | None]]:
    """Return what stood at the end of each year, and places that are new in it."""
    today = case.today
    years = sorted({row.installed.year for row in rows if row.installed and row.installed <= today})
    found: list[tuple[UnitSet, UnitSet | None]] = []
    for year in range(years[0], today.year + 1) if years else ():
        day = min(date(year, 12, 31), today)
        standing = [row for row in rows if row.stands(day) and row.is_located]
        if not standing:
            continue
        stock = replace(unit_set(standing, case.initiative), observed=day)
        found.append((stock, _new_places(stock, [old for old, _ in found], near)))
    return found[-MOST_DATES:]
