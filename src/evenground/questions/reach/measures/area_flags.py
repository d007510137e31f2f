"""Single areas with fewer, or more, units than chance placement explains.

Each area's units are set against their distribution when places fall by the baseline (mid-p), and
the two lists ("fewer than", "more than") are each held by Benjamini and Hochberg's procedure to
half the false discovery rate, so that both together keep to it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.counting_distributions import hypergeometric_mass
from evenground.methods.exact_allocation import compound_hypergeometric, lattice, mass_function
from evenground.methods.group_units import class_chances
from evenground.methods.mid_p import binomial_mid_p
from evenground.methods.multiple_testing import benjamini_hochberg, step_up_reaches
from evenground.methods.null_allocation import FairDraw
from evenground.methods.validation import Flags, Vector, Whole, vector

_CELLS_AT_ONCE = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Attainable:
    """Whether any outcome could flag a single area.

    Attributes
    ----------
    p_if_empty, shape (n_areas,)
        The smallest p-value of "fewer than" that an area can have: when it holds nothing.
    can_flag_fewer
        Whether some outcome would put at least one area on the list "fewer than".
    can_flag_more
        The same for "more than": all units in the area with the smallest baseline.
    flags_when_empty, shape (n_areas,)
        Whether the area would be flagged if it alone were empty.
    empty_probability
        Chance that an area with the average baseline holds nothing, 0-1.
    rate
        False discovery rate of both lists together.
    """

    p_if_empty: Vector
    can_flag_fewer: bool
    can_flag_more: bool
    flags_when_empty: Flags
    empty_probability: float
    rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFlags:
    """Areas outside what chance explains.

    Attributes
    ----------
    expected, shape (n_areas,)
        Units under placement by chance.
    p_fewer, p_more, shape (n_areas,)
        Mid-p of so few, so many.
    adjusted_fewer, adjusted_more, shape (n_areas,)
        Benjamini-Hochberg adjusted; compare with ``rate / 2``.
    fewer, more, shape (n_areas,)
        The two lists.
    attainable
        Whether flags were possible at all.
    """

    expected: Vector
    p_fewer: Vector
    p_more: Vector
    adjusted_fewer: Vector
    adjusted_more: Vector
    fewer: Flags
    more: Flags
    attainable: Attainable


def flag_areas(
    units: ArrayLike, fair: FairDraw, *, false_discovery_rate: float = 0.05
) -> AreaFlags:
    """Return the areas with fewer, and with more, units than chance placement explains.

    Parameters
    ----------
    units, shape (n_areas,)
        Units found by area.
    fair
        Places, baseline with its error, candidates. Areas without baseline are never flagged as
        having fewer.
    false_discovery_rate
        Of both lists together, 0-1; each list is held to half of it.

    Raises
    ------
    UsageError
        If shapes differ or units are negative or missing.
    """
    found = vector("units", units, size=fair.n_areas)
    fewer, more = _mid_p(found, fair)
    level = false_discovery_rate / 2
    adjusted_fewer, adjusted_more = benjamini_hochberg(fewer), benjamini_hochberg(more)
    return AreaFlags(
        expected=fair.probability * fair.place_units.sum(),
        p_fewer=fewer,
        p_more=more,
        adjusted_fewer=adjusted_fewer,
        adjusted_more=adjusted_more,
        fewer=adjusted_fewer <= level,
        more=adjusted_more <= level,
        attainable=attainable_flags(fair, false_discovery_rate=false_discovery_rate),
    )


def attainable_flags(fair: FairDraw, *, false_discovery_rate: float = 0.05) -> Attainable:
    """Return whether flagging single areas is possible at all with so few units over so many areas.

    The best case for "fewer than" is that all areas but one are empty; the step-up procedure then
    looks at their p-values together. 60 units over 116 equal areas leave an area empty with
    probability 0.59, so that no outcome can flag any.
    """
    level = false_discovery_rate / 2
    smallest = p_if_empty(fair)
    some_unit = np.argmax(smallest)  # the last area to be emptied: the one hardest to flag
    best = np.where(np.arange(fair.n_areas) == some_unit, 1.0, smallest)
    alone = np.zeros(fair.n_areas)
    alone[np.argmin(np.where(fair.probability > 0, fair.probability, np.inf))] = (
        fair.place_units.sum()
    )
    _, heaped = _mid_p(alone, fair)
    return Attainable(
        p_if_empty=smallest,
        can_flag_fewer=step_up_reaches(best, rate=level),
        can_flag_more=step_up_reaches(heaped, rate=level),
        flags_when_empty=smallest * fair.n_areas <= level,
        empty_probability=float((1.0 - 1.0 / fair.n_areas) ** fair.place_units.size),
        rate=false_discovery_rate,
    )


def p_if_empty(fair: FairDraw) -> Vector:
    """Return the smallest p-value of "fewer than" by area, shape (n_areas,): P(nothing)/2."""
    n_places = fair.place_units.size
    if fair.candidates is not None:
        total = int(fair.candidates.sum())
        nothing = hypergeometric_mass(0, n_all=total, n_inside=fair.candidates, n_drawn=n_places)
        return nothing / 2
    chance, weight = class_chances(fair, np.eye(fair.n_areas))
    return (weight * (1.0 - chance) ** n_places).sum(axis=1) / 2


def _mid_p(found: Vector, fair: FairDraw) -> tuple[Vector, Vector]:
    """Return mid-p of so few and so many units, each of shape (n_areas,)."""
    if fair.candidates is not None:
        return _candidate_mid_p(found, fair)
    chance, weight = class_chances(fair, np.eye(fair.n_areas))
    grid = lattice(fair.place_units)
    seen = np.rint(found / grid.step).astype(np.int64)
    if (grid.steps == 1).all():  # plain binomials: only the probabilities needed
        below, _ = binomial_mid_p(seen[:, None], grid.total, chance)
        lower = np.clip((weight * below).sum(axis=1), 0.0, 1.0)
        return lower, 1.0 - lower
    mass = mass_function(grid.steps)
    lower = np.empty(fair.n_areas)
    at_once = max(1, _CELLS_AT_ONCE // (weight.shape[1] * (grid.total + 1)))
    for start in range(0, fair.n_areas, at_once):
        rows = slice(start, start + at_once)
        mixed = np.einsum(
            "ak,akx->ax",
            weight[rows],
            mass(chance[rows].ravel()).reshape(*chance[rows].shape, -1),
        )
        lower[rows] = _mid_p_rows(mixed, seen[rows])
    return lower, 1.0 - lower


def _mid_p_rows(mass: Vector, seen: Whole) -> Vector:
    last = np.minimum(seen, mass.shape[1] - 1)
    cumulative = np.cumsum(mass, axis=1)
    row = np.arange(seen.size)
    return np.clip(cumulative[row, last] - mass[row, last] / 2, 0.0, 1.0)


def _candidate_mid_p(found: Vector, fair: FairDraw) -> tuple[Vector, Vector]:
    listed = np.zeros(0, dtype=np.int64) if fair.candidates is None else fair.candidates
    total = int(listed.sum())
    exact = {
        int(n): compound_hypergeometric(
            fair.place_units, n_candidates=total, n_candidates_inside=int(n)
        )
        for n in np.unique(listed)
    }
    lower = np.array(
        [exact[int(n)].mid_p_lower(float(u)) for n, u in zip(listed, found, strict=True)]
    )
    return lower, 1.0 - lower
