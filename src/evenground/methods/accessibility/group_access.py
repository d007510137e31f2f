"""Access of the average person of each group, and how it varies when who lives where is uncertain.

The mean over a group needs no access by origin: ``Σ_i p_gi A_i = Σ_j R_j Σ_i p_gi f_ij``, with
``R_j`` supply per demand at a site. So each draw costs one sparse product per group, and only sites
times draws are held.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from evenground.language import N_
from evenground.methods.accessibility.floating_catchment import ratio_or_zero
from evenground.methods.accessibility.resampling import Resampling, blocks_of
from evenground.methods.accessibility.weights import CatchmentWeights
from evenground.methods.validation import Vector, Whole, matrix, vector, wrong

Statistic = Callable[[Vector, Vector], ArrayLike]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupAccess:
    """Mean access of groups.

    Attributes
    ----------
    mean, shape (n_groups,)
        Supply per person, averaged over the people of each group; missing for an empty one.
    draws, shape (n_draws, n_groups)
        The same in each draw.
    """

    mean: Vector
    draws: Vector


def group_access_draws(
    weights: CatchmentWeights,
    supply: ArrayLike,
    *,
    people: ArrayLike,
    draws: Resampling | ArrayLike,
    demand: ArrayLike | None = None,
) -> GroupAccess:
    """Return mean enhanced two-step access by group, as it is and in each draw.

    Parameters
    ----------
    weights
        ``f`` of all pairs; ``selection_weights`` of them gives the three-step method.
    supply, shape (n_sites,)
        Capacity of each site, 0 or more.
    people, shape (n_groups, n_origins)
        Of each group at each origin, 0 or more.
    draws
        A ``Resampling``, or multipliers of shape (n_draws, n_origins). An origin's people of all
        groups count as often as it is drawn, both as competitors and in the mean.
    demand, shape (n_origins,)
        Everybody who competes; ``None`` if the groups are everybody, each person in one.

    Returns
    -------
    GroupAccess
        A site that a draw leaves without visitors serves nobody in it.

    Raises
    ------
    UsageError
        If shapes differ, or a value is negative or missing.
    """
    given = vector("supply", supply, size=weights.n_sites)
    groups = matrix("people", people, shape=(None, weights.n_origins))
    n_groups = len(groups)
    if demand is not None:
        everybody = vector("demand", demand, size=weights.n_origins)
        groups = np.vstack([groups, everybody])
    blocks = blocks_of(draws, n_origins=weights.n_origins)
    flows = [_flow(weights, row, blocks.unit, blocks.n_units) for row in groups]
    counts = sparse.csr_array(  # a sparse product: a dense one would wake further threads
        [np.bincount(blocks.unit, weights=row, minlength=blocks.n_units) for row in groups]
    )[:n_groups]

    def means(times: Vector) -> Vector:
        at_site = [flow.T @ times for flow in flows]
        around = sum(at_site[:n_groups]) if demand is None else at_site[-1]
        ratio = ratio_or_zero(given[:, None], np.asarray(around))
        total = np.stack([(ratio * of_group).sum(axis=0) for of_group in at_site[:n_groups]])
        below = counts @ times
        return np.divide(total, below, out=np.full(total.shape, np.nan), where=below > 0)

    return GroupAccess(
        mean=means(np.ones((blocks.n_units, 1)))[:, 0],
        draws=np.concatenate([means(times).T for times in blocks.times]),
    )


def access_statistic_draws(
    weights: CatchmentWeights,
    supply: ArrayLike,
    *,
    demand: ArrayLike,
    draws: Resampling | ArrayLike,
    statistic: Statistic,
) -> Vector:
    """Return any statistic of enhanced two-step access in each draw.

    Parameters
    ----------
    weights, supply, draws
        As in ``group_access_draws``.
    demand, shape (n_origins,)
        People at each origin, 0 or more.
    statistic
        Called with access and demand, both of shape (n_origins, n), for n draws at a time, of which
        nothing is kept; returns shape (n,) or (n_statistics, n).

    Returns
    -------
    array, shape (n_draws,) or (n_draws, n_statistics)

    Raises
    ------
    UsageError
        If shapes differ, a value is negative or missing, or ``statistic`` returns another number
        of draws.
    """
    given = vector("supply", supply, size=weights.n_sites)[:, None]
    people = vector("demand", demand, size=weights.n_origins)[:, None]
    blocks = blocks_of(draws, n_origins=weights.n_origins)
    found: list[Vector] = []
    for times in blocks.times:
        drawn = times[blocks.unit] * people
        ratio = ratio_or_zero(given, weights.by_origin.T @ drawn)
        value = np.asarray(statistic(weights.by_origin @ ratio, drawn), dtype=np.float64)
        if not value.ndim or value.shape[-1] != times.shape[1]:
            raise wrong(
                "statistic_shape",
                N_("statistic returns shape {shape} for {n} draws"),
                shape=value.shape,
                n=times.shape[1],
            )
        found.append(value.T)
    return np.concatenate(found)


def _flow(weights: CatchmentWeights, people: Vector, unit: Whole, n_units: int) -> Any:
    """Return people of a group who come to each site from each unit, (n_units, n_sites)."""
    whole = weights.by_origin
    data = whole.data * np.repeat(people, np.diff(whole.indptr))
    flow = sparse.csr_array((data, whole.indices, whole.indptr), shape=whole.shape)
    if n_units == whole.shape[0]:
        return flow
    ends = np.arange(unit.size + 1)
    belongs = sparse.csr_array((np.ones(unit.size), unit, ends), shape=(unit.size, n_units))
    return (belongs.T @ flow).tocsr()
