"""Would chance placement give two groups such different rates? The exact answer for fractions.

Under placement by chance the difference ``T = Σ w (first - θ both)`` over places has a distribution
that follows from the areas alone: the n-fold convolution of what one place gives
(``evenground.methods.convolution``). θ is the first group's part of the two baselines.
Source: the convolution is that of a sum of independent draws; Feller (1971), An Introduction to
Probability Theory and Its Applications II, chapter XV.
"""

from __future__ import annotations

import numpy as np

from evenground.methods.convolution import sum_distribution
from evenground.methods.margins_of_error import normal_nodes
from evenground.methods.validation import Vector
from evenground.questions.reach.measures.effective_size import AreaDraw


def fair_p_value(
    place_units: Vector, place_share: Vector, fair: AreaDraw, *, relative_error: float
) -> float:
    """Return the two-sided p-value of equal rates under placement by chance.

    Parameters
    ----------
    place_units, shape (n_places,)
        Units at each place, above 0.
    place_share, shape (2, n_places)
        The part of each place that falls to the first and the second group.
    fair
        Chance of every area; rows of ``share``: first, second group.
    relative_error
        Standard error of the logarithm of the two baselines' ratio, integrated out.

    Returns
    -------
    float
        Twice the smaller tail, at most 1.
    """
    expected = fair.share @ fair.probability
    theta = float(expected[0] / expected.sum())
    values = fair.share[0] - theta * fair.share.sum(axis=0)
    observed = float(place_units @ (place_share[0] - theta * place_share.sum(axis=0)))
    law = sum_distribution(place_units, values, fair.probability)
    # An error of the baselines moves the share that even placement would give.
    reached = float(place_units.sum() * expected.sum())
    odds = theta / max(1 - theta, _TINY)
    width = float(np.sqrt((place_units @ place_units) * (fair.probability @ values**2)))
    slope = max(reached * theta * (1 - theta), _TINY)
    shifts, weights = normal_nodes(relative_error, resolution=max(width / slope, _TINY))
    moved = odds * np.exp(shifts)
    seen = observed - (moved / (1 + moved) - theta) * reached
    below = float(weights @ [law.lower(value) for value in seen])
    above = float(weights @ [law.upper(value) for value in seen])
    return min(1.0, 2 * min(below, above))


_TINY = 1e-12
