"""Estimates of cost and duration with published optimism bias.

Source: Mott MacDonald (2002), Review of Large Public Procurement in the UK: projects of two kinds
(a mean by their parts), and what managing the risks takes off the upper figure.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import positive_total, vector, wrong


def combined_uplift(uplifts: ArrayLike, parts: ArrayLike) -> float:
    """Return the uplift of a project of several kinds, as a share of the plan.

    Parameters
    ----------
    uplifts, shape (n,)
        Uplift of each kind, as a share (0.24: 24 % more).
    parts, shape (n,)
        What each kind is of the plan, in any unit, 0 or more.

    Raises
    ------
    UsageError
        If a number is missing or negative, lengths differ, or parts add up to nothing.
    """
    each = vector("uplifts", uplifts)
    sizes = vector("parts", parts, size=each.size)
    return float(np.dot(each, sizes) / positive_total("parts", sizes))


def managed_uplift(upper: float, managed: float, *, lower: float = 0.0) -> float:
    """Return what is left of the upper uplift once risks are managed, no less than the lower one.

    Parameters
    ----------
    upper, lower
        Shares of the plan, 0 or more.
    managed
        The part of what drives it up that is managed, 0-1.

    Raises
    ------
    UsageError
        If ``managed`` is not within 0-1, or the uplifts are out of order.
    """
    if not 0 <= managed <= 1 or not 0 <= lower <= upper:
        raise wrong(
            "managed_uplift",
            N_("{managed} of an uplift from {lower} to {upper} cannot be managed"),
            managed=managed,
            lower=lower,
            upper=upper,
        )
    return max(upper * (1 - managed), lower)
