"""Could chance placement look like this? A group's share of units under random allocation."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.convolution import sum_distribution
from evenground.methods.exact_allocation import (
    ExactDistribution,
    compound_hypergeometric,
    lattice,
    mass_function,
)
from evenground.methods.group_attribution import Membership
from evenground.methods.margins_of_error import (
    group_totals,
    normal_nodes,
    relative_error,
    total_error,
)
from evenground.methods.null_allocation import FairDraw, allocations
from evenground.methods.validation import Vector, vector, wrong
from evenground.questions.reach.measures.evenness_null import ChanceBand, band_of_draws

N_DRAWS = 9_999
"""Allocations simulated where a group's share cannot be computed."""

_TINY = 1e-12
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
        The part of each area that belongs to each group. Everything is computed exactly, by
        convolution over places, but fractions with listed candidates, which are simulated.
    rng, level
        Source of chance for what is simulated; level of the band (0-1).

    Returns
    -------
    tuple of ChanceBand, n_groups
        In shares, 0-1.
    """
    found = vector("units", units, size=fair.n_areas)
    observed = membership.share @ found / found.sum()
    bands: list[ChanceBand] = []
    for seen, share in zip(observed.tolist(), membership.share, strict=True):
        if not np.isin(share, (0.0, 1.0)).all() and fair.candidates is not None:
            drawn = allocations(fair, rng=rng, n_draws=N_DRAWS) @ share / fair.place_units.sum()
            bands.append(band_of_draws(seen, drawn, level=level))
        else:
            law = group_units_distribution(fair, share)
            bands.append(_exact_band(seen, law, n_units=float(fair.place_units.sum()), level=level))
    return tuple(bands)


def group_units_distribution(fair: FairDraw, areas: ArrayLike) -> ExactDistribution:
    """Return the exact distribution of a group's units under placement by chance.

    Parameters
    ----------
    fair
        Places, baseline, candidates. An error of the baseline is integrated out over the
        logarithm of the class's odds.
    areas, shape (n_areas,)
        The part of each area that belongs to the group: 1 or 0 for a class, fractions for a
        population group.

    Raises
    ------
    UsageError
        If candidates are listed and parts are fractions: such a distribution is only simulated.
    """
    share = vector("areas", areas, size=fair.n_areas)
    if not np.isin(share, (0.0, 1.0)).all():
        if fair.candidates is not None:
            raise wrong("fractions_of_candidates", N_("fractions of listed candidates"))
        return _fraction_distribution(fair, share)
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
        support=grid.step * np.arange(mass.size, dtype=np.float64),
        probability=mass,
        is_exact=grid.is_exact,
    )


def _fraction_distribution(fair: FairDraw, share: Vector) -> ExactDistribution:
    """Return the distribution for a population group: each place gives the part of its area.

    An error of the baseline moves the group's even share; its mean moves with it, by linearisation.
    """
    law = sum_distribution(fair.place_units, share, fair.probability)
    even = float(fair.probability @ share)
    error = total_error(fair.baseline) / fair.baseline.value.sum()
    spread = float(np.linalg.norm((share - even) * error)) * float(fair.place_units.sum())
    width = float(np.linalg.norm(fair.place_units)) * float(
        np.sqrt(fair.probability @ (share - even) ** 2)
    )
    shifts, weights = normal_nodes(spread, resolution=max(width, _TINY))
    step = float(law.support[1] - law.support[0])
    mass = np.zeros(law.probability.size)
    for moved, weight in zip(np.rint(shifts / step).astype(np.int64), weights, strict=True):
        at = np.clip(np.arange(mass.size) + moved, 0, mass.size - 1)
        mass += weight * np.bincount(at, weights=law.probability, minlength=mass.size)
    return ExactDistribution(support=law.support, probability=mass, is_exact=law.is_exact)


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
    n_places = fair.place_units.sum() ** 2 / (fair.place_units @ fair.place_units)
    n_nodes = 1
    for centre, spread in zip(log_odds, error, strict=True):
        is_certain = not np.isfinite(centre)
        width = 2.0 * np.cosh(0.0 if is_certain else centre / 2) / np.sqrt(n_places)
        shifts, weight = normal_nodes(
            0.0 if is_certain else min(float(spread), _MOST_ERROR), resolution=float(width)
        )
        result_chance.append(1.0 / (1.0 + np.exp(-(centre + shifts))))
        result_weight.append(weight)
        n_nodes = max(n_nodes, weight.size)
    return _padded(result_chance, n_nodes), _padded(result_weight, n_nodes)


def _padded(rows: list[Vector], size: int) -> Vector:
    table = np.zeros((len(rows), size))
    for row, values in zip(table, rows, strict=True):
        row[: values.size] = values
    return table


def _exact_band(
    observed: float, units: ExactDistribution, *, n_units: float, level: float
) -> ChanceBand:
    tail = (1 - level) / 2
    return ChanceBand(
        observed=observed,
        median=units.quantile(0.5) / n_units,
        low=units.quantile(tail) / n_units,
        high=units.quantile(1 - tail) / n_units,
        level=level,
        mid_p_low=units.mid_p_lower(observed * n_units),
        mid_p_high=units.mid_p_upper(observed * n_units),
        exact=units.is_exact,
        n_draws=0,
    )
