"""Places put down by chance: many simulated allocations of the same places over the same areas.

The reference is not a model of how a city decides. It answers one question: could a placement that
looks at nothing but the baseline have come out like this?
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.alias_sampling import alias_counts, alias_table
from evenground.methods.margins_of_error import UncertainCounts, draw_true_counts, total_error
from evenground.methods.validation import Vector, Whole, positive_total, vector, wrong

_FEW = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FairDraw:
    """What a placement by chance is made of.

    Attributes
    ----------
    place_units, shape (n_places,)
        Units at each place; they move together.
    baseline, n_areas
        What even placement follows (people, need, surface) with its error. With an error the true
        baseline is drawn anew in each simulation, so that imprecise counts do not pass for
        uneven placement.
    candidates, shape (n_areas,), or None
        How many listed candidate places lie in each area. Given, places are drawn from them without
        replacement and the baseline plays no part in the draw.
    """

    place_units: Vector
    baseline: UncertainCounts
    candidates: Whole | None = None

    @property
    def probability(self) -> Vector:
        """The chance of each area for a single place, shape (n_areas,)."""
        weight = (
            self.baseline.value if self.candidates is None else self.candidates.astype(np.float64)
        )
        return weight / positive_total("baseline", weight)

    @property
    def n_areas(self) -> int:
        """How many areas there are."""
        return self.baseline.size


def fair_draw(
    place_units: ArrayLike, baseline: UncertainCounts, *, candidates: ArrayLike | None = None
) -> FairDraw:
    """Return a checked ``FairDraw``; places without units are left out, since none can be seen.

    Raises
    ------
    UsageError
        If no place holds units, the baseline adds up to nothing, or candidates are too few.
    """
    units = vector("place_units", place_units)
    units = units[units > 0]
    positive_total("place_units", units)
    positive_total("baseline", baseline.value)
    if candidates is None:
        return FairDraw(place_units=units, baseline=baseline)
    listed = vector("candidates", candidates, size=baseline.size)
    if listed.sum() < units.size:
        raise wrong(
            "candidates_few",
            N_("{n_places} places, but {n_candidates} candidates"),
            n_places=units.size,
            n_candidates=int(listed.sum()),
        )
    return FairDraw(
        place_units=units, baseline=baseline, candidates=np.rint(listed).astype(np.int64)
    )


def allocations(fair: FairDraw, *, rng: np.random.Generator, n_draws: int) -> Vector:
    """Return simulated units by area, shape (n_draws, n_areas); every row adds up to all units."""
    if fair.candidates is not None:
        return candidate_allocations(fair.place_units, fair.candidates, rng=rng, n_draws=n_draws)
    probability = fair.probability
    if total_error(fair.baseline).any():
        drawn = draw_true_counts(fair.baseline, rng=rng, n_draws=n_draws)
        drawn[~drawn.any(axis=1)] = fair.baseline.value  # margins may leave nobody anywhere
        probability = drawn / drawn.sum(axis=1, keepdims=True)
    return multinomial_allocations(fair.place_units, probability, rng=rng, n_draws=n_draws)


def multinomial_allocations(
    place_units: ArrayLike, probability: ArrayLike, *, rng: np.random.Generator, n_draws: int
) -> Vector:
    """Return units by area when each place falls in an area with the given chance.

    Parameters
    ----------
    place_units, shape (n_places,)
        Units at each place. Places with equal units are drawn together as one multinomial.
    probability, shape (n_areas,) or (n_draws, n_areas)
        Chances, each row adding up to 1.
    rng, n_draws
        Source of chance and number of allocations.

    Returns
    -------
    array, shape (n_draws, n_areas)
        Units.
    """
    units = vector("place_units", place_units)
    chance = np.asarray(probability, dtype=np.float64)
    result = np.zeros((n_draws, chance.shape[-1]))
    sizes, times = np.unique(units[units > 0], return_counts=True)
    # A multinomial draw costs a step per area, an alias draw one per place.
    is_few = chance.ndim == 1 and times.size > 0 and times.min() <= _FEW * chance.size
    table = alias_table(chance) if is_few else None
    for size, n_places in zip(sizes, times, strict=True):
        if table is not None and n_places <= _FEW * chance.size:
            result += size * alias_counts(table, int(n_places), rng=rng, n_draws=n_draws)
        else:
            result += size * rng.multinomial(int(n_places), chance, size=n_draws)
    return result


def candidate_allocations(
    place_units: ArrayLike, candidates: ArrayLike, *, rng: np.random.Generator, n_draws: int
) -> Vector:
    """Return units by area when places are drawn from listed candidates without replacement.

    Parameters
    ----------
    place_units, shape (n_places,)
        Units at each place.
    candidates, shape (n_areas,)
        Candidate places in each area, whole numbers.

    Returns
    -------
    array, shape (n_draws, n_areas)
        Units; multivariate hypergeometric in places.
    """
    units = vector("place_units", place_units)
    listed = np.asarray(candidates, dtype=np.int64)
    sizes, times = np.unique(units[units > 0], return_counts=True)
    result = np.zeros((n_draws, listed.size))
    left = np.broadcast_to(listed, (n_draws, listed.size)).copy()
    for size, n_places in zip(sizes, times, strict=True):
        if sizes.size == 1:
            taken = rng.multivariate_hypergeometric(
                listed, int(n_places), size=n_draws, method="marginals"
            )
        else:
            taken = np.stack(
                [
                    rng.multivariate_hypergeometric(row, int(n_places), method="marginals")
                    for row in left
                ]
            )
            left -= taken
        result += size * taken
    return result
