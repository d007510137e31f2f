"""Is the served area more broken up than if as many people were served anywhere?

Served areas are relabelled at random by sequential fill: areas with people are taken in a random
order until the people served are as many as now; the area at which the number is passed is taken if
that comes nearer to it; at least one area is served, and one is not. So the people served differ
from the true number by less than the people of one area. The fill looks at neither borders nor
money: a service built outwards from its centre hangs together better than this by nature, so "more
broken up than chance" says much, and "less" little.
Source: Monte Carlo test, Besag and Diggle (1977), Simple Monte Carlo tests for spatial pattern,
Applied Statistics 26, 327-333.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.chance_band import ChanceBand, band_of_draws
from evenground.methods.validation import Flags, Vector
from evenground.questions.problem.measures.archipelago import (
    PatchMap,
    archipelago_rows,
    checked_served,
)

_AT_ONCE = 2**18


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchipelagoBands:
    """Each measure of ``Archipelago`` beside what random relabelling gives."""

    n_patches: ChanceBand
    largest_share: ChanceBand
    island_share: ChanceBand
    small_share: ChanceBand
    effective_mesh_people: ChanceBand
    coherence: ChanceBand
    distance_metres: ChanceBand


def archipelago_null(
    served: ArrayLike,
    on: PatchMap,
    *,
    rng: np.random.Generator,
    n_draws: int = 999,
    level: float = 0.95,
) -> ArchipelagoBands | None:
    """Return how broken up the served area is, beside random relabelling.

    Parameters
    ----------
    served, on
        As for ``archipelago``.
    rng, n_draws, level
        Source of chance, number of relabellings, level of the band (0-1).

    Returns
    -------
    ArchipelagoBands or None
        ``None`` if nobody is served or everybody: then there is nothing to relabel.

    Raises
    ------
    UsageError
        As ``archipelago``.
    """
    flags = checked_served(served, on)
    if not flags.any() or bool(flags[on.people > 0].all()):
        return None
    found = archipelago_rows(flags[None, :], on)
    draws: dict[str, list[Vector]] = {name: [] for name in found}
    target = float(on.people[flags].sum())
    step = max(1, _AT_ONCE // flags.size)
    for start in range(0, n_draws, step):
        rows = relabelled(on, target, rng=rng, n_draws=min(step, n_draws - start))
        for name, values in archipelago_rows(rows, on).items():
            draws[name].append(values)
    return ArchipelagoBands(
        **{
            name: band_of_draws(float(found[name][0]), np.concatenate(parts), level=level)
            for name, parts in draws.items()
        }
    )


def relabelled(on: PatchMap, target: float, *, rng: np.random.Generator, n_draws: int) -> Flags:
    """Return random served areas with about ``target`` people, shape (n_draws, n_areas)."""
    lived_in = np.flatnonzero(on.people > 0)
    order = lived_in[np.argsort(rng.random((n_draws, lived_in.size)), axis=1)]
    people = on.people[order]
    taken = np.cumsum(people, axis=1) - people / 2 <= target
    taken[:, 0], taken[:, -1] = True, False
    served = np.zeros((n_draws, on.people.size), dtype=np.bool_)
    np.put_along_axis(served, order, taken, axis=1)
    return served
