"""Groups that add up: found by looking, since whoever knows the table's meaning knows it too.

Men and women make up all residents; ages under 5 and 5 to 17 make up those under 18. No table says
so, yet anyone can subtract. A set of groups that adds up to another in every area is therefore
taken to do so by meaning. A chance match does no harm but a few more cells suppressed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from evenground.methods.disclosure.table_system import TOLERANCE, Vector

MOST_COMBINED = 20
"""Up to so many parts every combination is tried; beyond, pairs and runs of neighbouring groups."""

_NEAR = 1e-3
"""Weighted sums further apart than this are sums of other counts."""

Chosen = tuple[int, ...]
Sum = tuple[int, Chosen]


def additive_groups(counts: Vector, *, most_per_group: int = 8) -> tuple[Sum, ...]:
    """Return every ``(whole, parts)`` with ``counts[whole] == counts[parts].sum(axis=0)``.

    Parameters
    ----------
    counts, shape (n_groups, n_areas)
        Complete counts; ages and the like in their natural order.
    most_per_group
        Sums listed per whole; those with the fewest parts come first.
    """
    n_groups, n_areas = counts.shape
    if not n_areas:
        return ()
    # One number per group, so that sums of numbers are numbers of sums; a match is checked below.
    prints = counts @ np.random.default_rng(n_areas).uniform(0.5, 1.5, n_areas)
    found: list[Sum] = []
    for whole in range(n_groups):
        parts = [
            group
            for group in range(n_groups)
            if group != whole
            and counts[group].any()
            and (counts[group] <= counts[whole] + TOLERANCE).all()
        ]
        tries = _all_combinations if len(parts) <= MOST_COMBINED else _pairs_and_runs
        sums = [
            chosen
            for chosen in tries(prints, float(prints[whole]), parts)
            if len(chosen) > 1
            and np.allclose(counts[list(chosen)].sum(axis=0), counts[whole], atol=TOLERANCE)
        ]
        found += [(whole, chosen) for chosen in sorted(sums, key=_size)[:most_per_group]]
    return tuple(found)


def _size(chosen: Chosen) -> tuple[int, Chosen]:
    return len(chosen), chosen


def _all_combinations(prints: Vector, wanted: float, parts: list[int]) -> Iterator[Chosen]:
    """Meet in the middle: sums of one half of the parts against what the other half leaves."""
    half = len(parts) // 2
    first, second = _subset_sums(prints[parts[:half]]), _subset_sums(prints[parts[half:]])
    order = np.argsort(first, kind="stable")
    start = np.searchsorted(first[order], wanted - second - _NEAR)
    end = np.searchsorted(first[order], wanted - second + _NEAR)
    for high in np.flatnonzero(end > start):
        for low in order[start[high] : end[high]]:
            bits = int(low) | int(high) << half
            yield tuple(part for place, part in enumerate(parts) if bits >> place & 1)


def _subset_sums(prints: Vector) -> Vector:
    """Sum of every subset, at the place that its bits spell."""
    sums = np.zeros(1)
    for one in prints:
        sums = np.concatenate([sums, sums + one])
    return sums


def _pairs_and_runs(prints: Vector, wanted: float, parts: list[int]) -> Iterator[Chosen]:
    for pair in combinations(parts, 2):
        if abs(prints[pair[0]] + prints[pair[1]] - wanted) < _NEAR:
            yield pair
    running = np.concatenate([[0.0], np.cumsum(prints[parts])])
    for start in range(len(parts)):
        for length in np.flatnonzero(abs(running[start + 3 :] - running[start] - wanted) < _NEAR):
            yield tuple(parts[start : start + 3 + int(length)])
