"""Which areas have data and which are empty, and whether chance alone would leave them so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.validation import Flags, Vector, vector

LEAST_CHANCE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaCoverage:
    """Areas and residents with and without data.

    Attributes
    ----------
    n_areas, n_with_data
        Areas in all, and those with at least one row.
    share_areas
        ``n_with_data / n_areas``, 0-1.
    share_residents
        Share of residents who live in areas with data, 0-1; ``None`` without residents.
    empty, shape (n_areas,)
        Whether an area has no row.
    expected, shape (n_areas,)
        Rows that it would hold if rows were spread as residents are; not a number without them.
    beyond_chance, shape (n_areas,)
        Whether an empty area would have been left so by such a spread less than once in twenty
        tables, over all areas together.
    """

    n_areas: int
    n_with_data: int
    share_areas: float
    share_residents: float | None
    empty: Flags
    expected: Vector
    beyond_chance: Flags

    @property
    def n_empty(self) -> int:
        """How many areas are empty."""
        return int(self.empty.sum())


def area_coverage(rows: ArrayLike, residents: ArrayLike | None = None) -> AreaCoverage | None:
    """Return which areas have data; ``None`` where there are no areas.

    Parameters
    ----------
    rows, shape (n_areas,)
        Rows in each area, 0 or more.
    residents, shape (n_areas,)
        Residents of each area.

    Notes
    -----
    An area with a share ``p`` of residents is empty with chance ``(1 - p)^n`` if ``n`` rows fall
    independently; empty areas are told beyond chance at 0.05 divided by the number of areas
    (Bonferroni), so that few rows say nothing.

    Raises
    ------
    UsageError
        If lengths differ, or a count is negative or missing.
    """
    count = vector("rows", rows)
    if not count.size:
        return None
    empty = count == 0
    people = None if residents is None else vector("residents", residents, size=count.size)
    total = 0.0 if people is None else float(people.sum())
    share = None if people is None or total <= 0 else people / total
    unlikely = np.zeros(count.size, dtype=np.bool_)
    expected = np.full(count.size, np.nan)
    if share is not None:
        expected = share * count.sum()
        chance = np.power(1 - share, count.sum())
        unlikely = empty & (chance < LEAST_CHANCE / count.size)
    return AreaCoverage(
        n_areas=count.size,
        n_with_data=int((~empty).sum()),
        share_areas=float((~empty).mean()),
        share_residents=None if share is None else float(share[~empty].sum()),
        empty=empty,
        expected=expected,
        beyond_chance=unlikely,
    )
