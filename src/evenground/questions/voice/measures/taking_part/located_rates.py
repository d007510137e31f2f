"""Located comments per 1,000 residents, each counted once, by class of area.

The rate is of places, not of people: who wrote a comment, and whether they live where it points to,
is not known, and nothing is inferred about it (Robinson 1950, American Sociological Review 15,
351-357).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.boundary_assignment import Assignment, summed
from evenground.methods.exact_limits import count_limits
from evenground.methods.validation import Flags, Vector, Whole, vector, wrong

PER = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatedRates:
    """Comments by class of area.

    Attributes
    ----------
    comments, shape (n_classes,)
        Comments that lie in areas of the class, each counted once; one on a boundary between
        classes that is equally near to both is split.
    residents, shape (n_classes,)
        People who live there.
    rate, shape (n_classes,)
        Comments per 1,000 residents, 0 or more; NaN where nobody lives.
    least, most, shape (n_classes,)
        Lowest and highest rate over all areas to which comments on boundaries may belong: exact.
    low, high, shape (n_classes,)
        Limits of ``rate`` as the mean of a Poisson count, at ``confidence``; too narrow where one
        person left many comments, which is not known.
    within, counted_twice, shape (n_classes,)
        Rates as they come from dropping comments on boundaries, and from counting them in every
        area that they touch: for comparison with other tools.
    n, n_on_boundary, n_outside, n_in_no_class
        All comments, those on boundaries, those in no area, those in areas of no class.
    confidence
        0-1.
    """

    comments: Vector
    residents: Vector
    rate: Vector
    least: Vector
    most: Vector
    low: Vector
    high: Vector
    within: Vector
    counted_twice: Vector
    n: int
    n_on_boundary: int
    n_outside: int
    n_in_no_class: float
    confidence: float


def located_rates(
    assignment: Assignment,
    residents: ArrayLike,
    classes: ArrayLike,
    *,
    confidence: float = 0.95,
) -> LocatedRates:
    """Return located comments per 1,000 residents by class of area.

    Each comment counts once (``methods.boundary_assignment``), and the range runs over every area
    to which one on a boundary may belong: a class has its fewest when all doubtful comments that
    another class may have go there. Limits are Garwood's (1936), Biometrika 28, 437-442.

    Parameters
    ----------
    assignment
        Comments with the areas that they may lie in.
    residents, shape (n_areas,)
        People of each area, 0 or more.
    classes, shape (n_areas,)
        Class of each area from 0 on; -1 for areas of no class.
    confidence
        0-1.

    Raises
    ------
    UsageError
        If lengths differ, a count is negative or missing, a class is no whole number from -1 on,
        or no area has a class.
    """
    people = vector("residents", residents, size=assignment.n_areas)
    label = _labels(classes, assignment.n_areas)
    n_classes = int(label.max()) + 1
    inside = label >= 0
    living = summed(label[inside], people[inside], size=n_classes)
    of = label[assignment.area]
    classed = of >= 0
    comments = summed(of[classed], assignment.share[classed], size=n_classes)
    least, most = _extremes(assignment, of, n_classes)
    low, high = count_limits(comments, confidence=confidence)
    sure = classed & ~assignment.ambiguous[assignment.unit]
    ones = np.ones(of.size)
    return LocatedRates(
        comments=comments,
        residents=living,
        rate=_per(comments, living),
        least=_per(least, living),
        most=_per(most, living),
        low=_per(low, living),
        high=_per(high, living),
        within=_per(summed(of[sure], ones[sure], size=n_classes), living),
        counted_twice=_per(summed(of[classed], ones[classed], size=n_classes), living),
        n=assignment.n_units,
        n_on_boundary=assignment.n_ambiguous,
        n_outside=assignment.n_outside,
        n_in_no_class=float(assignment.share[~classed].sum()),
        confidence=confidence,
    )


def _labels(classes: ArrayLike, size: int) -> Whole:
    found = vector("classes", classes, size=size, least=-1.0)
    if (found != np.rint(found)).any() or (found < 0).all():
        raise wrong(
            "classes",
            N_("classes must be whole numbers from -1 on, at least one of them from 0 on"),
        )
    return found.astype(np.int64)


def _extremes(assignment: Assignment, of: Whole, n_classes: int) -> tuple[Vector, Vector]:
    """Return the fewest and the most comments that each class may have."""
    doubtful: Flags = assignment.ambiguous
    least, most = np.zeros(n_classes), np.zeros(n_classes)
    for one in range(n_classes):
        here = np.bincount(assignment.unit[of == one], minlength=assignment.n_units)
        every = np.bincount(assignment.unit, minlength=assignment.n_units)
        surely = (here == every) & (here > 0)
        given = np.bincount(
            assignment.unit[of == one], weights=assignment.share[of == one],
            minlength=assignment.n_units,
        )  # fmt: skip
        least[one] = np.where(doubtful, surely, given).sum()
        most[one] = np.where(doubtful, here > 0, given).sum()
    return least, most


def _per(count: Vector, people: Vector) -> Vector:
    return PER * np.divide(count, people, out=np.full_like(count, np.nan), where=people > 0)
