"""Could chance placement look like this? A group's share of units under random allocation."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.exact_allocation import (
    ExactDistribution,
    compound_hypergeometric,
    lattice,
    mass_function,
)
from evenground.methods.margins_of_error import (
    group_totals,
    log_error_nodes,
    relative_error,
)
from evenground.methods.null_allocation import FairDraw, allocations
from evenground.methods.validation import Flags, Vector, vector
from evenground.questions.reach.measures.evenness_null import ChanceBand, band_of_draws
from evenground.questions.reach.measures.group_attribution import Membership

N_DRAWS = 9_999
"""Allocations simulated where a group's share cannot be computed."""

_MOST_ERROR = 2.0
"""Beyond this a margin says that the count is unknown; the logarithm would run off."""


def group_share_null(
    units: ArrayLike,
    fair: FairDraw,
    membership: Membership,
    *,
    rng: np.random.Generator,
    level: float = 0.95,
) -> tuple[ChanceBand, ...]:
    """Return each group's share of units beside its distribution under placement by chance.

    Parameters
    ----------
    units, shape (n_areas,)
        Units found by area.
    fair
        Places, baseline with its error, candidates.
    membership
        The part of each area that belongs to each group. Classes of areas are computed exactly
        (convolution over places); fractions are simulated.
    rng, level
        Source of chance for what is simulated; level of the band (0-1).

    Returns
    -------
    tuple of ChanceBand, n_groups
        In shares, 0-1.
    """
    found = vector("units", units, size=fair.n_areas)
    observed = membership.share @ found / found.sum()
    whole: Flags = np.all(np.isin(membership.share, (0.0, 1.0)), axis=1)
    drawn = np.zeros((0, 0))
    if not bool(whole.all()):
        drawn = allocations(fair, rng=rng, n_draws=N_DRAWS) @ membership.share.T
        drawn /= fair.place_units.sum()
    bands: list[ChanceBand] = []
    for group, share in enumerate(membership.share):
        if whole[group]:
            exact = group_units_distribution(fair, share)
            bands.append(_exact_band(float(observed[group]), exact, level=level))
        else:
            bands.append(band_of_draws(float(observed[group]), drawn[:, group], level=level))
    return tuple(bands)


def group_units_distribution(fair: FairDraw, areas: ArrayLike) -> ExactDistribution:
    """Return the exact distribution of units in a class of areas under placement by chance.

    Parameters
    ----------
    fair
        Places, baseline, candidates. An error of the baseline is integrated out over the
        logarithm of the class's odds.
    areas, shape (n_areas,)
        1 for areas of the class, 0 for others.
    """
    share = vector("areas", areas, size=fair.n_areas)
    if fair.candidates is not None:
        return compound_hypergeometric(
            fair.place_units,
            n_candidates=int(fair.candidates.sum()),
            n_candidates_inside=int(share @ fair.candidates),
        )
    chance, weight = class_chances(fair, share[None, :])
    grid = lattice(fair.place_units)
    mass = weight[0] @ mass_function(grid.steps)(chance[0])
    return ExactDistribution(
        support=np.arange(mass.size) * grid.step, probability=mass, is_exact=grid.is_exact
    )


def class_chances(fair: FairDraw, share: Vector) -> tuple[Vector, Vector]:
    """Return what the chance of a class may be, given the error of the baseline.

    Parameters
    ----------
    share, shape (n_classes, n_areas)
        0 or 1.

    Returns
    -------
    tuple
        Chances and weights, each of shape (n_classes, n_nodes); the weights of a class add up to 1.
    """
    inside = group_totals(fair.baseline, share)
    outside = group_totals(fair.baseline, 1.0 - share)
    result_chance: list[Vector] = []
    result_weight: list[Vector] = []
    with np.errstate(divide="ignore"):
        log_odds = np.log(inside.value) - np.log(outside.value)
    error = np.hypot(relative_error(inside), relative_error(outside))
    n_nodes = 1
    for centre, spread in zip(log_odds, error, strict=True):
        is_certain = not np.isfinite(centre)
        shifts, weight = log_error_nodes(0.0 if is_certain else min(float(spread), _MOST_ERROR))
        result_chance.append(1.0 / (1.0 + np.exp(-(centre + shifts))))
        result_weight.append(weight)
        n_nodes = max(n_nodes, weight.size)
    return _padded(result_chance, n_nodes), _padded(result_weight, n_nodes)


def _padded(rows: list[Vector], size: int) -> Vector:
    table = np.zeros((len(rows), size))
    for row, values in zip(table, rows, strict=True):
        row[: values.size] = values
    return table


def _exact_band(observed: float, units: ExactDistribution, *, level: float) -> ChanceBand:
    total = float(units.support[-1])
    tail = (1 - level) / 2
    return ChanceBand(
        observed=observed,
        median=units.quantile(0.5) / total,
        low=units.quantile(tail) / total,
        high=units.quantile(1 - tail) / total,
        level=level,
        mid_p_low=units.mid_p_lower(observed * total),
        mid_p_high=units.mid_p_upper(observed * total),
        exact=units.is_exact,
        n_draws=0,
    )
