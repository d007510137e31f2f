"""Is a roll-out more unequal than lots would make it? The Gini index at each date, beside lots.

The Gini index of few units is high whoever places them, and falls by itself as units are added. So
the index of what stood at each date is set beside those of many roll-outs in which as many units
were placed in each year, each by lot according to people.
Source: Gini index of people as in Lerman and Yitzhaki (1989), Journal of Econometrics 42, 43-47;
index beside random allocation, Carrington and Troske (1997), Journal of Business & Economic
Statistics 15, 402-409.
"""

from __future__ import annotations

import numpy as np

from evenground.methods.chance_band import ChanceBand, band_of_draws
from evenground.methods.inequality.gini import gini_rows
from evenground.methods.null_allocation import multinomial_allocations
from evenground.methods.validation import Vector
from evenground.questions.reach.measures.placement_panel import PlacementPanel


def gini_by_lot(
    panel: PlacementPanel, *, rng: np.random.Generator, n_draws: int = 999, level: float = 0.95
) -> tuple[ChanceBand | None, ...]:
    """Return the Gini index of units per person at the end of each year, beside lots.

    Parameters
    ----------
    panel
        Units by year and area. Units that stood before the first year stay where they are in every
        draw; need plays no part.
    rng, n_draws
        Source of chance; roll-outs drawn, each whole, so that years of one draw belong together.
    level
        Of the band, 0-1.

    Returns
    -------
    tuple, n_years
        The index, 0-1, with the middle and the band of the lots; ``None`` while nothing stands.
    """
    living = panel.people > 0
    people, before = panel.people[living], panel.before[living]
    chance = people / people.sum()
    stood, drawn = before.copy(), np.tile(before, (n_draws, 1))
    bands: list[ChanceBand | None] = []
    for placed in panel.new[:, living]:
        stood = stood + placed
        drawn += multinomial_allocations(
            np.ones(int(placed.sum())), chance, rng=rng, n_draws=n_draws
        )
        if not stood.any():
            bands.append(None)
            continue
        observed = float(gini_rows(stood / people, people[None, :])[0])
        bands.append(band_of_draws(observed, gini_of_counts(drawn, people), level=level))
    return tuple(bands)


def gini_of_counts(counts: Vector, people: Vector) -> Vector:
    """Return the Gini index of units per person of many allocations over the same people.

    Parameters
    ----------
    counts, shape (n_draws, n_areas)
        Units, 0 or more; each row with a total above 0.
    people, shape (n_areas,)
        Above 0.

    Returns
    -------
    array, shape (n_draws,)
        ``Σ share of units × (2 rank - 1)``, with the fractional rank of people at the middle of
        each area, areas in the order of their units per person; 0-1.
    """
    order = np.argsort(counts / people, axis=1, kind="stable")
    living = people[order]
    reached = np.cumsum(living, axis=1)
    middle = (2.0 * reached - living) / reached[:, -1:]
    units = np.take_along_axis(counts, order, axis=1)
    return np.maximum(((middle - 1.0) * units).sum(axis=1) / units.sum(axis=1), 0.0)
