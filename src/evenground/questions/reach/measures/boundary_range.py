"""Lowest and highest value of a statistic over all areas that units on boundaries may belong to.

Where a statistic rises with every unit that a group gets, its extremes come from giving each
doubtful unit to the best and to the worst of its areas: exact. The ratio of two groups is a linear-
fractional function of such choices, solved exactly by Dinkelbach's method (1967, Management Science
13, 492-498). The dissimilarity index is a sum over areas, so that groups of areas which share no
doubtful unit can be searched apart; each is enumerated if small, else bounded area by area, and
``certificate`` says which.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement
from math import comb, prod

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.boundary_assignment import Assignment, summed, units_by_area
from evenground.methods.validation import Flags, Vector, Whole, matrix, positive_total, vector

EXACT, BOUND = "exact", "bound"
_MOST_COMBINATIONS = 50_000
_SLACK = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissibleRange:
    """A statistic over all admissible assignments.

    Attributes
    ----------
    low, assigned, high
        Lowest value, value under the geometric rule, highest value; ``low <= assigned <= high``.
    certificate
        ``exact``: both ends are attained. ``bound``: no assignment lies beyond them.
    n_ambiguous
        Units on boundaries.
    """

    low: float
    assigned: float
    high: float
    certificate: str
    n_ambiguous: int


def group_units_range(
    assignment: Assignment, units: ArrayLike, area_share: ArrayLike
) -> AdmissibleRange:
    """Return the range of the units that a group gets; divide by totals for shares or rates.

    Parameters
    ----------
    assignment
        Units with their admissible areas.
    units, shape (n_units,)
        What each counts for.
    area_share, shape (n_areas,)
        The part of each area that belongs to the group, 0-1.
    """
    weight = vector("units", units, size=assignment.n_units)
    part = vector("area_share", area_share, size=assignment.n_areas)
    assigned = float(part @ units_by_area(assignment, weight))
    gain = part[assignment.area]
    low = float(weight @ _choose(assignment, gain, best=np.minimum))
    high = float(weight @ _choose(assignment, gain, best=np.maximum))
    return _exact_range(assignment, low=low, assigned=assigned, high=high)


def area_units_range(assignment: Assignment, units: ArrayLike) -> tuple[Vector, Vector]:
    """Return the fewest and the most units that each area may hold, each of shape (n_areas,)."""
    weight = vector("units", units, size=assignment.n_units)
    doubtful = assignment.ambiguous[assignment.unit]
    worth = weight[assignment.unit]
    low = np.where(doubtful, 0.0, assignment.share) * worth
    high = np.where(doubtful, 1.0, assignment.share) * worth
    size = assignment.n_areas
    return (
        summed(assignment.area, low, size=size),
        summed(assignment.area, high, size=size),
    )


def rate_ratio_range(
    assignment: Assignment, units: ArrayLike, area_share: ArrayLike, baseline: ArrayLike
) -> AdmissibleRange:
    """Return the range of the ratio of two groups' rates.

    Parameters
    ----------
    assignment
        Units with their admissible areas.
    units, shape (n_units,)
        What each counts for.
    area_share, shape (2, n_areas)
        The parts of each area that belong to the first and the second group.
    baseline, shape (2,)
        Their baselines, above 0.

    Returns
    -------
    AdmissibleRange
        Infinite where the second group may hold nothing.
    """
    weight = vector("units", units, size=assignment.n_units)
    part = matrix("area_share", area_share, shape=(2, assignment.n_areas))
    base = vector("baseline", baseline, size=2)
    rates = (part @ units_by_area(assignment, weight)) / base
    gains = part[:, assignment.area] / base[:, None]
    high = _highest_ratio(assignment, weight, gains)
    turned = _highest_ratio(assignment, weight, gains[::-1])
    low = 0.0 if np.isinf(turned) else (np.inf if turned == 0 else 1.0 / turned)
    assigned = float(rates[0] / rates[1]) if rates[1] > 0 else np.inf
    return _exact_range(assignment, low=low, assigned=assigned, high=high)


def dissimilarity_range(
    assignment: Assignment, units: ArrayLike, baseline: ArrayLike
) -> AdmissibleRange:
    """Return the range of the dissimilarity index.

    Parameters
    ----------
    assignment
        Units with their admissible areas.
    units, shape (n_units,)
        What each counts for.
    baseline, shape (n_areas,)
        Adds up to more than 0.
    """
    weight = vector("units", units, size=assignment.n_units)
    base = vector("baseline", baseline, size=assignment.n_areas)
    found = units_by_area(assignment, weight)
    even = positive_total("units", found) * base / positive_total("baseline", base)
    fixed, _ = area_units_range(assignment, weight)
    low = high = 0.0
    certificate = EXACT
    for areas, pools in _pieces(assignment, weight):
        ends = _enumerated(fixed - even, areas, pools)
        if ends is None:
            certificate = BOUND
            ends = _bounded(fixed - even, areas, pools)
        low, high = low + ends[0], high + ends[1]
    calm = np.ones(assignment.n_areas, dtype=bool)
    calm[assignment.area[assignment.ambiguous[assignment.unit]]] = False
    rest = float(np.abs(found - even)[calm].sum())
    total = 2 * found.sum()
    assigned = float(np.abs(found - even).sum()) / total
    ends = ((rest + low) / total, assigned, (rest + high) / total)
    return _range(assignment, ends, certificate=certificate)


def _exact_range(
    assignment: Assignment, *, low: float, assigned: float, high: float
) -> AdmissibleRange:
    return _range(assignment, (low, assigned, high), certificate=EXACT)


def _range(
    assignment: Assignment, values: tuple[float, float, float], *, certificate: str
) -> AdmissibleRange:
    low, assigned, high = values
    if not assignment.n_ambiguous:
        low = high = assigned  # the same sum in another order may differ in its last digit
    return AdmissibleRange(
        low=min(low, assigned),
        assigned=assigned,
        high=max(high, assigned),
        certificate=certificate,
        n_ambiguous=assignment.n_ambiguous,
    )


def _choose(assignment: Assignment, gain: Vector, *, best: np.ufunc) -> Vector:
    """Return what each unit gives if it goes to the area with the best gain, shape (n_units,)."""
    given = np.bincount(
        assignment.unit, weights=assignment.share * gain, minlength=assignment.n_units
    )
    extreme = np.full(assignment.n_units, -np.inf if best is np.maximum else np.inf)
    best.at(extreme, assignment.unit, gain)
    return np.where(assignment.ambiguous, extreme, given)


def _highest_ratio(assignment: Assignment, weight: Vector, gains: Vector) -> float:
    """Maximise first/second over assignments, each step by the best choices at the last ratio."""
    ratio = -1.0
    for _ in range(100):
        score = gains[0] - max(ratio, 0.0) * gains[1]
        above, below = _totals_at_best(assignment, weight, gains, score)
        if below <= _SLACK:
            return np.inf
        if above / below <= ratio * (1 + _SLACK):
            break
        ratio = above / below
    return ratio


def _totals_at_best(
    assignment: Assignment, weight: Vector, gains: Vector, score: Vector
) -> tuple[float, float]:
    order = np.lexsort((gains[1], -score, assignment.unit))
    unit = assignment.unit[order]
    first = np.r_[True, np.diff(unit) > 0] if unit.size else np.zeros(0, dtype=bool)
    at = order[first]
    chosen = np.zeros(assignment.unit.size)
    chosen[at] = 1.0
    doubtful = assignment.ambiguous[assignment.unit]
    share = np.where(doubtful, chosen, assignment.share) * weight[assignment.unit]
    return float(share @ gains[0]), float(share @ gains[1])


_Pool = tuple[tuple[int, ...], float, int]
"""Units alike: the areas that they may go to, what each counts for, how many there are."""


def _pieces(assignment: Assignment, weight: Vector) -> Iterator[tuple[Whole, list[_Pool]]]:
    """Yield groups of areas tied together by doubtful units, with those units pooled."""
    doubtful: Flags = assignment.ambiguous[assignment.unit]
    unit, area = assignment.unit[doubtful], assignment.area[doubtful]
    if not unit.size:
        return
    from scipy import sparse
    from scipy.sparse import csgraph

    starts = np.flatnonzero(np.r_[True, np.diff(unit) > 0])
    choices = [tuple(part.tolist()) for part in np.split(area, starts[1:])]
    pooled: dict[tuple[tuple[int, ...], float], int] = {}
    for places, worth in zip(choices, weight[unit[starts]].tolist(), strict=True):
        pooled[places, worth] = pooled.get((places, worth), 0) + 1
    anchor = np.repeat(area[starts], np.diff(np.r_[starts, area.size]))
    size = assignment.n_areas
    graph = sparse.coo_matrix((np.ones(area.size), (anchor, area)), shape=(size, size))
    _, piece = csgraph.connected_components(graph, directed=False)
    for label in np.unique(piece[area]):
        pools = [(p, w, n) for (p, w), n in sorted(pooled.items()) if piece[p[0]] == label]
        yield np.unique(area[piece[area] == label]), pools


def _enumerated(excess: Vector, areas: Whole, pools: list[_Pool]) -> tuple[float, float] | None:
    """Return the lowest and highest sum of absolute excess over all choices; None if too many."""
    n_choices = prod(comb(n + len(places) - 1, n) for places, _, n in pools)
    if n_choices > _MOST_COMBINATIONS:
        return None
    position = {area: i for i, area in enumerate(areas.tolist())}
    options = [
        np.array(
            [
                np.bincount([position[a] for a in chosen], minlength=areas.size) * worth
                for chosen in combinations_with_replacement(places, n)
            ],
            dtype=np.float64,
        )
        for places, worth, n in pools
    ]
    sums = np.zeros((1, areas.size))
    for option in options:
        sums = (sums[:, None, :] + option[None, :, :]).reshape(-1, areas.size)
    total = np.abs(excess[areas] + sums).sum(axis=1)
    return float(total.min()), float(total.max())


def _bounded(excess: Vector, areas: Whole, pools: list[_Pool]) -> tuple[float, float]:
    """Bound the sum: every area by itself gets the amount that suits the bound best."""
    room = np.zeros(excess.size)
    for places, worth, n in pools:
        room[list(places)] += worth * n
    floor, ceiling = excess[areas], excess[areas] + room[areas]
    crosses = (floor < 0) & (ceiling > 0)
    least = np.where(crosses, 0.0, np.minimum(np.abs(floor), np.abs(ceiling)))
    most = np.maximum(np.abs(floor), np.abs(ceiling))
    # Whatever is not given to one area goes to another, so the excesses together are fixed.
    together = float(excess[areas].sum()) + sum(worth * n for _, worth, n in pools)
    return max(float(least.sum()), abs(together)), float(most.sum())
