"""Do the sites stand where need is greatest, more or less than lots by people would have it?

Source: exact distribution of units over places that fall by chance, as in ``methods.group_units``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.chance_band import ChanceBand, band_of_distribution
from evenground.methods.group_units import group_units_distribution
from evenground.methods.null_allocation import FairDraw
from evenground.methods.validation import Flags, positive_total, vector, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class TopNeedFit:
    """Units in the areas of greatest need, beside lots.

    Attributes
    ----------
    band
        The share found, 0-1, beside what as many places put down by lot give; its two tails.
    expected
        The share that lots give on average, 0-1: that of the people who live there (or of the
        candidate places that lie there).
    people_share
        The share of people who live in those areas, 0-1.
    n_units, n_units_top
        All units, and those in those areas.
    n_places, n_areas_top
        Places that hold units; areas in the top.
    """

    band: ChanceBand
    expected: float
    people_share: float
    n_units: float
    n_units_top: float
    n_places: int
    n_areas_top: int

    @property
    def ratio(self) -> float:
        """Units in those areas per unit that lots would put there; missing if that is none."""
        return self.band.observed / self.expected if self.expected > 0 else float("nan")


def top_need_fit(
    units: ArrayLike, fair: FairDraw, *, top: ArrayLike, level: float = 0.95
) -> TopNeedFit | None:
    """Return the share of units in the areas of greatest need beside placement by lot.

    Parameters
    ----------
    units, shape (n_areas,)
        Units found by area, 0 or more.
    fair
        Places with their units, which move together; people with their error, which is integrated
        out; listed candidate places, if only there can be built.
    top, shape (n_areas,)
        Whether an area is among those of greatest need, such as ``NeedStability.around.stable``.
    level
        Of the band, 0-1.

    Returns
    -------
    TopNeedFit or None
        ``None`` if no area is in the top: then nothing can be told.

    Raises
    ------
    UsageError
        If shapes differ, units are negative, missing or all 0.
    """
    found = vector("units", units, size=fair.n_areas)
    total = positive_total("units", found)
    flags = _flags(top, fair.n_areas)
    if not flags.any():
        return None
    law = group_units_distribution(fair, flags.astype(np.float64))
    scale = float(fair.place_units.sum())
    observed = float(found[flags].sum()) / total
    people = fair.baseline.value
    return TopNeedFit(
        band=band_of_distribution(observed, law, scale=scale, level=level),
        expected=law.mean / scale,
        people_share=float(people[flags].sum() / people.sum()),
        n_units=total,
        n_units_top=float(found[flags].sum()),
        n_places=fair.place_units.size,
        n_areas_top=int(flags.sum()),
    )


def _flags(top: ArrayLike, n_areas: int) -> Flags:
    flags = np.asarray(top)
    if flags.shape != (n_areas,) or flags.dtype != np.bool_:
        raise wrong(
            "flags",
            N_("{name} has shape {shape} of {kind}, expected {n} times yes or no"),
            name="top",
            shape=flags.shape,
            kind=str(flags.dtype),
            n=n_areas,
        )
    return flags
