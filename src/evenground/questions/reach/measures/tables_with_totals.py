"""All tables with given totals, gone through area by area: values of a sum, with their chances.

Given both totals, a table ``n`` has a chance in proportion to ``Π N_i! / Π n_it!`` (Freeman and
Halton 1951, Biometrika 38, 141-149). Tables that leave the same to later areas and have the same
value so far are carried on as one, as in the network method of Mehta and Patel (1983), Journal of
the American Statistical Association 78, 427-434.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from math import comb, prod

import numpy as np
from scipy.special import gammaln

from evenground.methods.validation import Vector, Whole

_MOST_STATES = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TableValues:
    """A distribution over tables.

    Attributes
    ----------
    value, shape (n_values,)
        Whole numbers, rising.
    probability, shape (n_values,)
        Adds up to 1.
    """

    value: Whole
    probability: Vector


def tables_by_value(
    by_year: Whole, by_area: Whole, *, value: Callable[[Whole, Whole], Whole]
) -> TableValues | None:
    """Return the distribution of a sum over areas, among all tables with the given totals.

    Parameters
    ----------
    by_year, shape (n_years,)
        Units of each year.
    by_area, shape (n_areas,)
        Units of each area; the two have the same sum.
    value
        Takes ways to spread one area's units, shape (n_ways, n_years), with ``by_year``, and
        returns whole numbers, shape (n_ways,).

    Returns
    -------
    TableValues or None
        ``None`` where there is too much to go through.
    """
    left, so_far, weight = by_year[None], np.zeros(1, dtype=np.int64), np.ones(1)
    *smaller, largest = np.sort(by_area).tolist()
    if _is_too_much(smaller, by_year.tolist()):
        return None
    for total in smaller:
        if _n_ways(total, by_year.size) * left.shape[0] > _MOST_STATES:
            return None
        ways = _ways(total, by_year.size)
        ways_weight = np.exp(gammaln(total + 1) - gammaln(ways + 1.0).sum(axis=1))
        ahead = left[:, None] - ways
        fits = (ahead >= 0).all(axis=2)
        sums = (so_far[:, None] + value(ways, by_year))[fits]
        states = np.column_stack([ahead[fits], sums])
        states, same = np.unique(states, axis=0, return_inverse=True)
        weight = np.bincount(same.ravel(), weights=(weight[:, None] * ways_weight)[fits])
        weight /= weight.sum()
        left, so_far = states[:, :-1], states[:, -1]
    so_far = so_far + value(left, by_year)  # the last area gets what is left
    weight = weight * np.exp(gammaln(largest + 1) - gammaln(left + 1.0).sum(axis=1))
    values, same = np.unique(so_far, return_inverse=True)
    chance = np.bincount(same, weights=weight)
    return TableValues(value=values, probability=chance / chance.sum())


def _is_too_much(totals: list[int], by_year: list[int]) -> bool:
    """Say at once, from how many ways there are to leave something to later areas."""
    n_years, given, n_paths = len(by_year), 0, 1
    n_boxes = prod(n + 1 for n in by_year)
    for total in totals:
        n_ways = _n_ways(total, n_years)
        if min(n_paths, n_boxes, _n_ways(given, n_years)) * n_ways > _MOST_STATES:
            return True
        given, n_paths = given + total, n_paths * n_ways
    return False


def _n_ways(total: int, n_years: int) -> int:
    return comb(total + n_years - 1, n_years - 1)


def _ways(total: int, n_years: int) -> Whole:
    """Return all ways to spread ``total`` units over years, shape (n_ways, n_years)."""
    bars = np.array(
        list(combinations(range(total + n_years - 1), n_years - 1)), dtype=np.int64
    ).reshape(-1, n_years - 1)
    edges = np.pad(bars, ((0, 0), (1, 1)), constant_values=((0, 0), (-1, total + n_years - 1)))
    return np.diff(edges, axis=1) - 1
