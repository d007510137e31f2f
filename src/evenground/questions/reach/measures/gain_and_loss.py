"""The same units elsewhere: what each group has, against what another way to place them would give.

Source: the deviation of actual from even provision is the numerator of the Hoover index, Hoover
(1936), Review of Economics and Statistics 18, 162-171; whole units by the largest remainder,
Balinski and Young (1982), Fair Representation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.validation import Vector, positive_total, vector
from evenground.questions.reach.measures.least_attainable import largest_remainder


@dataclass(frozen=True, slots=True, kw_only=True)
class GainAndLoss:
    """Units by group as placed, spread evenly, and the difference.

    Attributes
    ----------
    placed, even, shape (n_groups,)
        Units; both add up to the same number where groups do not overlap.
    change, shape (n_groups,)
        ``even - placed``: what each group would gain (above 0) or lose if units were spread evenly.
    moved
        Units that would have to stand with another group: the sum of all gains.
    """

    placed: Vector
    even: Vector
    change: Vector
    moved: float


def gain_and_loss(placed: ArrayLike, baseline: ArrayLike, *, whole: bool) -> GainAndLoss:
    """Return what each group would gain or lose if as many units followed a baseline.

    Parameters
    ----------
    placed, shape (n_groups,)
        Units of each group, 0 or more.
    baseline, shape (n_groups,)
        People or need of each group, 0 or more.
    whole
        Whether units stay whole (classes of areas: by the largest remainder) or are attributed in
        parts (groups of people who live side by side).

    Raises
    ------
    UsageError
        If a value is negative or missing, lengths differ, or the baseline adds up to nothing.
    """
    here = vector("placed", placed)
    weight = vector("baseline", baseline, size=here.size)
    total = float(here.sum())
    quota = total * weight / positive_total("baseline", weight)
    is_whole = whole and total > 0 and abs(total - round(total)) < 1e-9  # noqa: PLR2004 - sums
    even = largest_remainder(round(total), weight).astype(np.float64) if is_whole else quota
    change = even - here
    return GainAndLoss(
        placed=here, even=even, change=change, moved=float(np.maximum(change, 0.0).sum())
    )
