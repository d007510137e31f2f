"""Do values of some groups lie higher than those of others, whatever their distribution?

The statistic of Kruskal and Wallis (1952, Journal of the American Statistical Association 47,
583-621) with their correction for equal values; its chance is that of dealing the values out to the
groups anew: all ways where they are few, else as many as are drawn, else the limit distribution.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.middle_ranks import middle_ranks
from evenground.methods.validation import Vector, Whole, vector, wrong

MOST_LISTED = 10_000
"""Ways to deal values out that are all gone through."""
_AT_ONCE = 1_000_000
"""Values dealt out at a time."""
_LEAST_GROUPS = 2
_EQUAL = 1e-9
"""Statistics nearer than this are equal but for rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChance:
    """The chance of groups that differ as much as these do.

    Attributes
    ----------
    statistic
        From 0 on; 0 where all values are equal.
    p_value
        0-1.
    error
        Standard error of ``p_value`` from drawing; 0 where nothing was drawn.
    n_ways
        Ways to deal the values out to groups of these sizes; ``inf`` beyond what numbers hold.
    """

    statistic: float
    p_value: float
    error: float
    n_ways: float


def group_chance(
    values: ArrayLike,
    group: ArrayLike,
    *,
    rng: np.random.Generator | None = None,
    n_draws: int = 9_999,
) -> GroupChance:
    """Return the chance of groups whose values differ so much.

    Parameters
    ----------
    values, shape (n,)
        Any finite numbers.
    group, shape (n,)
        Number of the group of each, 0 … n_groups - 1, none of them empty.
    rng, n_draws
        Source of chance, and how often values are dealt out, where there are more than 10,000 ways;
        without one, the limit distribution (chi-squared) stands in for it.

    Raises
    ------
    UsageError
        If a value is missing, or there are fewer than two groups or an empty one.
    """
    from scipy import special

    which = np.asarray(group, dtype=np.int64)
    ranks = middle_ranks(vector("values", values, size=which.size, least=-np.inf))
    sizes = np.bincount(which)
    if sizes.size < _LEAST_GROUPS or not sizes.all():
        raise wrong(
            "groups_few", N_("group has {n} groups that are not empty, expected two or more"),
            n=int(np.count_nonzero(sizes)),
        )  # fmt: skip
    n_ways = _ways(sizes)
    if ranks.min() == ranks.max():
        return GroupChance(statistic=0.0, p_value=1.0, error=0.0, n_ways=n_ways)
    observed = float(_statistics(ranks[None, :], which)[0])
    if n_ways <= MOST_LISTED:
        listed = np.array(list(_dealt(sizes.tolist(), range(ranks.size))), dtype=np.int64)
        # The values of a way stand group by group.
        found = _statistics(ranks[listed], np.repeat(np.arange(sizes.size), sizes))
        p_value, error = float((found >= observed - _EQUAL).mean()), 0.0
    elif rng is None:
        p_value, error = float(special.gammaincc((sizes.size - 1) / 2, observed / 2)), 0.0
    else:
        p_value, error = _drawn(ranks, which, rng, n_draws)
    return GroupChance(statistic=observed, p_value=p_value, error=error, n_ways=n_ways)


def _drawn(
    ranks: Vector, which: Whole, rng: np.random.Generator, n_draws: int
) -> tuple[float, float]:
    """Return the p-value of drawing, (b + 1) / (n + 1), and its standard error."""
    observed = float(_statistics(ranks[None, :], which)[0])
    most, reached = max(_AT_ONCE // ranks.size, 1), 0
    for first in range(0, n_draws, most):
        several = np.tile(ranks, (min(most, n_draws - first), 1))
        found = _statistics(rng.permuted(several, axis=1), which)
        reached += int((found >= observed - _EQUAL).sum())
    p_value = (reached + 1) / (n_draws + 1)
    return p_value, float(np.sqrt(p_value * (1 - p_value) / (n_draws + 1)))


def _statistics(ranks: Vector, which: Whole) -> Vector:
    """Return the statistic of each row of ranks, shape (n_ways, n)."""
    n = which.size
    sizes = np.bincount(which)
    member = (which[:, None] == np.arange(sizes.size)).astype(np.float64)
    means = ranks @ member / sizes
    return ((means - (n + 1) / 2) ** 2 @ sizes) / (ranks[0].var() * n / (n - 1))


def _dealt(sizes: list[int], left: range | tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield every way to deal positions out to groups, as positions group by group."""
    if len(sizes) == 1:
        yield tuple(left)
        return
    for mine in combinations(left, sizes[0]):
        taken = set(mine)
        rest = tuple(one for one in left if one not in taken)
        for others in _dealt(sizes[1:], rest):
            yield (*mine, *others)


def _ways(sizes: Whole) -> float:
    from scipy import special

    log = float(special.gammaln(sizes.sum() + 1) - special.gammaln(sizes + 1).sum())
    with np.errstate(over="ignore"):
        return float(np.round(np.exp(log)))
