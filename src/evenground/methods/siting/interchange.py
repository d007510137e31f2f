"""Good sites quickly: greedy addition, then exchange of one site for another while that helps.

Source: Teitz and Bart (1968), Operations Research 16, 955-961 (the exchange); Whitaker (1983), A
fast algorithm for the greedy interchange, INFOR 21, 95-108 (what all removals cost, at once);
Minoux (1978) for the lazy greedy: a gain can only shrink as sites are added.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as field_of
from heapq import heapify, heappop, heappush
from itertools import cycle, islice

import numpy as np

from evenground.methods.siting.choice import Choice
from evenground.methods.siting.meter import Meter
from evenground.methods.validation import Vector, Whole

_WORTH_IT = 1e-10
_PASSES_A_ROUND = 6
"""To try every candidate once takes so many passes over the costs, for each row of weights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What a heuristic sees.

    Attributes
    ----------
    columns, shape (m, n)
        Costs by candidate, finite.
    weights, shape (n_rows, n)
        People of each group whose total cost matters.
    score
        What a choice is worth, from totals of shape (n_rows, k) to (k,); less is better, and it
        grows with each total.
    choice
        Which sites may be chosen together.
    """

    columns: Vector
    weights: Vector
    score: Callable[[Vector], Vector]
    choice: Choice


def weighted_sums(weights: Vector, values: Vector) -> Vector:
    """Return ``Σ_i w_gi v_i``, shape (n_rows,): by a loop whose last digit hangs on no thread."""
    return np.einsum("gi,i->g", weights, values)


def greedy(field: Field) -> Whole:
    """Return sites added one by one, each with the greatest gain in total cost (per price)."""
    weight = field.weights.sum(axis=0)
    sites = [int(j) for j in np.flatnonzero(field.choice.forced)]
    worst = field.columns.max(axis=0)
    paid = field.columns[sites].min(axis=0) if sites else worst
    price = np.where(field.choice.prices > 0, field.choice.prices, 1.0)
    gains = [(-np.inf, j) for j in range(len(field.columns))]
    while (may := field.choice.additions(sites)).any():
        heapify(gains)
        kept: list[tuple[float, int]] = []
        fresh: set[int] = set()
        while gains:
            gain, j = heappop(gains)
            if not may[j]:
                kept.append((gain, j))
            elif j in fresh:
                sites.append(j)
                break
            else:
                saved = np.einsum("i,i->", np.maximum(paid - field.columns[j], 0.0), weight)
                fresh.add(j)
                heappush(gains, (-float(saved) / float(price[j]), j))
        gains += kept
        paid = np.minimum(paid, field.columns[sites[-1]])
    return np.array(sites, dtype=np.int64)


@dataclass(slots=True)
class _State:
    """Sites with the nearest and second nearest of each demand point, as positions in ``sites``.

    ``row``, ``point`` and ``weight`` list the weights above 0; ``cell`` numbers the pair of row and
    nearest site of each.
    """

    sites: Whole
    first: Whole
    second: Whole
    paid: Vector
    next_paid: Vector
    row: Whole
    point: Whole
    weight: Vector
    cell: Whole = field_of(init=False)

    def __post_init__(self) -> None:
        self.number_cells()

    def number_cells(self) -> None:
        """Bring ``cell`` up to date."""
        self.cell = self.row * self.sites.size + self.first[self.point]


def interchange(
    field: Field, sites: Whole, *, pool: Whole, rounds: int = 1_000, meter: Meter | None = None
) -> Whole:
    """Return sites of which none can be exchanged for one of ``pool`` with gain.

    Parameters
    ----------
    field
        What a choice is worth.
    sites, shape (n_sites,)
        Where to begin.
    pool, shape (n_pool,)
        Candidates to try, in this order, again and again.
    rounds
        Times that ``pool`` is gone through at most.
    meter
        Told of the work of each time through ``pool``, after which it may stop this.
    """
    if not pool.size or not sites.size:
        return sites
    state = _state_of(field, sites.copy())
    inside = np.zeros(len(field.columns), dtype=bool)
    inside[sites] = True
    best, idle = _worth(field, state), 0
    each = _PASSES_A_ROUND * len(field.weights)
    for number, j in enumerate(islice(cycle(pool.tolist()), rounds * pool.size)):
        idle += 1
        if meter is not None and number % pool.size == 0:
            meter.spend(each)
            if number and meter.asked:
                break
        if not inside[j]:
            k, value = _best_exchange(field, state, j)
            if value < best - _WORTH_IT * abs(best):
                inside[state.sites[k]], inside[j] = False, True
                _exchange(field, state, k, j)
                best, idle = _worth(field, state), 0
        if idle >= pool.size:
            break
    return state.sites


def _worth(field: Field, state: _State) -> float:
    return float(field.score(weighted_sums(field.weights, state.paid)[:, None])[0])


def _state_of(field: Field, sites: Whole) -> _State:
    first, second, paid, next_paid = _two_nearest(field.columns[sites])
    row, point = np.nonzero(field.weights)
    return _State(
        sites=sites,
        first=first,
        second=second,
        paid=paid,
        next_paid=next_paid,
        row=row,
        point=point,
        weight=field.weights[row, point],
    )


def _two_nearest(costs: Vector) -> tuple[Whole, Whole, Vector, Vector]:
    """Return the two rows with the least value in each column, and the values."""
    n_sites, n = costs.shape
    every = np.arange(n)
    first = costs.argmin(axis=0)
    paid = costs[first, every]
    if n_sites == 1:
        return first, first.copy(), paid, np.full(n, np.finfo(np.float64).max / 4)
    rest = costs.copy()
    rest[first, every] = np.inf
    second = rest.argmin(axis=0)
    return first, second, paid, rest[second, every]


def _best_exchange(field: Field, state: _State, j: int) -> tuple[int, float]:
    """Return which site gives way best to candidate ``j``, and what the choice is worth then."""
    column = field.columns[j]
    nearer = np.minimum(column, state.paid)
    stranded = np.minimum(np.maximum(column, state.paid), state.next_paid) - state.paid
    shape = (len(field.weights), state.sites.size)
    lost = state.weight * stranded[state.point]
    totals = np.bincount(state.cell, lost, shape[0] * shape[1]).reshape(shape)
    totals += weighted_sums(field.weights, nearer)[:, None]
    value = np.where(field.choice.swaps(state.sites, j), field.score(totals), np.inf)
    k = int(value.argmin())
    return k, float(value[k])


def _exchange(field: Field, state: _State, k: int, j: int) -> None:
    column = field.columns[j]
    state.sites[k] = j
    lost = (state.first == k) | (state.second == k)
    nearer = ~lost & (column < state.paid)
    between = ~lost & ~nearer & (column < state.next_paid)
    state.second[nearer], state.next_paid[nearer] = state.first[nearer], state.paid[nearer]
    state.first[nearer], state.paid[nearer] = k, column[nearer]
    state.second[between], state.next_paid[between] = k, column[between]
    again = np.flatnonzero(lost)
    found = _two_nearest(field.columns[np.ix_(state.sites, again)])
    state.first[again], state.second[again], state.paid[again], state.next_paid[again] = found
    state.number_cells()
