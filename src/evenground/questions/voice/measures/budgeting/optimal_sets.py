"""All sets of projects that have the greatest total value, proven in whole numbers.

Projects are gone through one after another. What matters of a choice so far is its cost, its value
and what it used of caps and conflicts that are still open; choices that agree in these are one. A
choice is dropped only where even the best that could still be added, fractions of projects allowed,
leaves it below a value that is known to be reachable (Martello and Toth 1990, Knapsack Problems,
sections 2.2 and 2.6).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.voice.measures.budgeting.limits import Limits

MOST_CHOICES = 400_000
"""Choices that are held at once; with more it is not told which sets are optimal."""

_Matrix = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptimalSets:
    """The best value and who belongs to sets that have it.

    Attributes
    ----------
    value
        The greatest total value.
    n_sets
        How many sets have it, as a float: exact below 2**53.
    first
        Places of the set that the order of ties picks: going down that order, each project is
        taken that some optimal set with the earlier decisions holds.
    always, ever
        Places that stand in all of these sets, and in at least one.
    """

    value: int
    n_sets: float
    first: tuple[int, ...]
    always: tuple[int, ...]
    ever: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layer:
    """One project: to which choices of the next layer passing it over and taking it lead, or -1."""

    place: int
    passed: Whole
    taken: Whole


def optimal_sets(
    worth: tuple[Whole, Whole],
    budget: int,
    *,
    limits: Limits,
    order: tuple[int, ...],
    reached: int,
) -> OptimalSets | None:
    """Return the optimal sets, or ``None`` where there are too many choices to hold.

    Parameters
    ----------
    worth, shape (m,) each
        Value and cost of each project.
    budget
        What a set may cost.
    limits
        Who takes part, caps and conflicts.
    order
        All places, the one that wins ties first.
    reached
        A value that some admissible set has; 0 will do, and the greater the faster.
    """
    values, costs = worth
    places = _in_order(values, costs, limits)
    start = np.zeros((1, 2 + len(limits.caps) + len(limits.exclusive)), dtype=np.int64)
    choices, layers = start, list[_Layer]()
    for at, place in enumerate(places):
        bound = _Bound(values[places[at + 1 :]], costs[places[at + 1 :]])
        grown = _grown(choices, place, worth, (budget, limits))
        grown[:, 2:] *= _still_open(places[at + 1 :], limits)
        may = (grown[:, 0] <= budget) & (bound.of(grown, budget) >= reached)
        choices, layer = _merged(grown, may, place, choices.shape[0])
        layers.append(layer)
        if choices.shape[0] > MOST_CHOICES:
            return None
    best = choices[:, 1] == choices[:, 1].max()
    return _told(int(choices[:, 1].max()), best, layers, order)


def _in_order(values: Whole, costs: Whole, limits: Limits) -> list[int]:
    """Return who may add value: those with caps or conflicts in common together, best first."""
    out = set(limits.left_out)
    groups = [*(cap.members for cap in limits.caps), *limits.exclusive]
    group = {place: at for at, places in reversed(list(enumerate(groups))) for place in places}
    worth = [-(int(value) / int(cost)) for value, cost in zip(values, costs, strict=True)]
    chosen = [place for place in range(values.size) if place not in out and values[place]]
    return sorted(chosen, key=lambda place: (group.get(place, len(groups)), worth[place], place))


def _grown(
    choices: _Matrix, place: int, worth: tuple[Whole, Whole], within: tuple[int, Limits]
) -> _Matrix:
    """Return all choices without a project, then all with it; inadmissible ones cost too much."""
    values, costs = worth
    budget, limits = within
    taken = choices.copy()
    taken[:, 0] += costs[place]
    taken[:, 1] += values[place]
    for at, cap in enumerate(limits.caps):
        if place in cap.members:
            taken[:, 2 + at] += costs[place]
            taken[taken[:, 2 + at] > cap.most, 0] = budget + 1
    for at, chosen in enumerate(limits.exclusive):
        if place in chosen:
            column = 2 + len(limits.caps) + at
            taken[taken[:, column] > 0, 0] = budget + 1
            taken[:, column] = 1
    return np.concatenate([choices, taken])


def _still_open(later: list[int], limits: Limits) -> Whole:
    """Return 1 for each cap and conflict that a later project has part in, else 0."""
    remaining = set(later)
    groups = [*(cap.members for cap in limits.caps), *limits.exclusive]
    return np.array([int(bool(remaining & set(one))) for one in groups], dtype=np.int64)


class _Bound:
    """The most that later projects can add, parts of them allowed and caps left aside."""

    def __init__(self, values: Whole, costs: Whole) -> None:
        best = np.argsort(-(values / costs), kind="stable")
        self._costs = np.concatenate([[0], np.cumsum(costs[best])]).astype(np.float64)
        self._values = np.concatenate([[0], np.cumsum(values[best])]).astype(np.float64)

    def of(self, choices: _Matrix, budget: int) -> Vector:
        """Return a value that no completion of a choice is above, shape (n,)."""
        left = np.maximum(budget - choices[:, 0], 0).astype(np.float64)
        more = np.interp(left, self._costs, self._values)
        return (choices[:, 1] + more) * (1 + 1e-12) + 1e-6  # above any rounding


def _merged(grown: _Matrix, may: Flags, place: int, n_before: int) -> tuple[_Matrix, _Layer]:
    kept = np.flatnonzero(may)
    rows = grown[kept]
    sorting = np.lexsort(rows.T)
    ordered = rows[sorting]
    new = np.ones(kept.size, dtype=np.bool_)
    new[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    leads = np.full(grown.shape[0], -1, dtype=np.int64)
    leads[kept[sorting]] = np.cumsum(new) - 1
    layer = _Layer(place=place, passed=leads[:n_before], taken=leads[n_before:])
    return ordered[new], layer


def _told(value: int, best: Flags, layers: list[_Layer], order: tuple[int, ...]) -> OptimalSets:
    ways = _ways(best, layers, {})
    ever = [layer.place for layer, after in zip(layers, ways[1:], strict=True)
            if _some(layer.taken, after)]  # fmt: skip
    never_passed = {layer.place for layer, after in zip(layers, ways[1:], strict=True)
                    if not _some(layer.passed, after)}  # fmt: skip
    decided = {layer.place: layer.place in never_passed for layer in layers}
    open_ones = set(ever) - never_passed
    fixed = {place: taken for place, taken in decided.items() if place not in open_ones}
    for place in order:
        if place in open_ones:
            fixed[place] = bool(_ways(best, layers, {**fixed, place: True})[0][0])
    return OptimalSets(
        value=value,
        n_sets=float(ways[0][0]),
        first=tuple(place for place in order if fixed.get(place)),
        always=tuple(sorted(never_passed)),
        ever=tuple(sorted(ever)),
    )


def _ways(best: Flags, layers: list[_Layer], fixed: dict[int, bool]) -> list[Vector]:
    """Return for each layer how many ways lead from its choices to an optimal set."""
    ways = [best.astype(np.float64)]
    for layer in reversed(layers):
        after = np.append(ways[-1], 0.0)  # the place -1 leads nowhere
        told = fixed.get(layer.place)
        passed = after[layer.passed] if told is not True else 0.0
        taken = after[layer.taken] if told is not False else 0.0
        ways.append(np.zeros(layer.passed.size) + passed + taken)
    return ways[::-1]


def _some(leads: Whole, after: Vector) -> bool:
    return bool(np.append(after, 0.0)[leads].any())
