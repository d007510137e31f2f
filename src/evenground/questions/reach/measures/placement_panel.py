"""What was placed where and when: units by year and area, beside the people who live there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, matrix, positive_total, vector, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementPanel:
    """Units newly placed, year by year.

    Attributes
    ----------
    new, shape (n_years, n_areas)
        Whole counts of units newly placed; rows in order of time. Periods may differ in length.
    people, shape (n_areas,)
        What placement without favour would follow.
    need, shape (n_areas,), or None
        An indicator of need in any unit, if placement was meant to follow it too.
    before, shape (n_areas,)
        Whole counts of units that stood before the first year.
    """

    new: Vector
    people: Vector
    need: Vector | None
    before: Vector

    @property
    def earlier(self) -> Vector:
        """Units that stood in each area when each year began, shape (n_years, n_areas)."""
        return self.before + np.cumsum(self.new, axis=0) - self.new


def placement_panel(
    new: ArrayLike,
    people: ArrayLike,
    *,
    need: ArrayLike | None = None,
    before: ArrayLike | None = None,
) -> PlacementPanel:
    """Return a checked ``PlacementPanel``.

    Units that were put down together at one place are one decision: count places, not pieces, or
    chance looks smaller than it is.

    Parameters
    ----------
    new, shape (n_years, n_areas)
        Whole counts, 0 or more; rows in order of time.
    people, shape (n_areas,)
        0 or more.
    need, shape (n_areas,), optional
        Any numbers.
    before, shape (n_areas,), optional
        Whole counts, 0 or more; none stood if left out.

    Raises
    ------
    UsageError
        If shapes differ, a value is missing or negative, a count is not whole, nobody lives
        anywhere, or a unit was placed where nobody lives.
    """
    living = vector("people", people)
    positive_total("people", living)
    placed = whole_counts("new", matrix("new", new, shape=(None, living.size)))
    stood = np.zeros(living.size) if before is None else vector("before", before, size=living.size)
    deserted = (living == 0) & (placed.sum(axis=0) > 0)
    if deserted.any():
        raise wrong(
            "units_without_people",
            N_("units were placed in {n_areas} areas where people[{index}] is 0"),
            n_areas=int(deserted.sum()),
            index=int(np.flatnonzero(deserted)[0]),
        )
    return PlacementPanel(
        new=placed,
        people=living,
        need=None if need is None else vector("need", need, size=living.size, least=-np.inf),
        before=whole_counts("before", stood),
    )


def whole_counts(name: str, values: Vector) -> Vector:
    """Return ``values``, of any shape, unchanged.

    Raises
    ------
    UsageError
        If one is not a whole number: parts of a unit cannot be drawn.
    """
    parts = values != np.rint(values)
    if parts.any():
        raise wrong(
            "count_not_whole",
            N_("{name} holds {found}; {n_bad} such values, only whole numbers are admitted"),
            name=name,
            found=float(values[parts][0]),
            n_bad=int(parts.sum()),
        )
    return values
