"""Exact confidence limits of a share and of a Poisson count.

SciPy's ``stats`` has both, but loading it takes longer than many a dossier's whole computation.
Sources: Clopper and Pearson (1934), Biometrika 26, 404-413; Garwood (1936), Biometrika 28, 437-442.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.language import N_
from evenground.methods.validation import Vector, wrong


def share_limits(
    count: ArrayLike, n: ArrayLike, *, confidence: float = 0.95
) -> tuple[Vector, Vector]:
    """Return Clopper and Pearson's limits of a share.

    Parameters
    ----------
    count, n
        Arrays that broadcast together: how many of how many. Counts that were divided by a
        dispersion need not be whole.
    confidence
        0-1; each limit is missed with a chance of at most half of what is left of 1.

    Returns
    -------
    tuple
        Low and high, each of the common shape, 0-1; 0 to 1 where ``n`` is 0.

    Raises
    ------
    UsageError
        If a count is negative or above ``n``, or ``confidence`` is not inside 0-1.
    """
    half = tail(confidence)
    x, size = np.broadcast_arrays(np.asarray(count, np.float64), np.asarray(n, np.float64))
    if not ((x >= 0) & (x <= size)).all():
        raise wrong("count_range", N_("a count is below 0 or above what it is a part of"))
    rest = size - x
    low = special.betaincinv(np.where(x > 0, x, 1), rest + 1, half)
    high = special.betaincinv(x + 1, np.where(rest > 0, rest, 1), 1 - half)
    return np.where(x > 0, low, 0.0), np.where(rest > 0, high, 1.0)


def count_limits(count: ArrayLike, *, confidence: float = 0.95) -> tuple[Vector, Vector]:
    """Return Garwood's limits of the mean of Poisson counts.

    Parameters
    ----------
    count
        What was counted, 0 or more. Counts that were divided by a dispersion need not be whole.
    confidence
        As for ``share_limits``.

    Returns
    -------
    tuple
        Low and high, each of the shape of ``count``; the low one is 0 where nothing was counted.

    Raises
    ------
    UsageError
        If a count is negative or missing, or ``confidence`` is not inside 0-1.
    """
    half = tail(confidence)
    x = np.asarray(count, np.float64)
    if not (x >= 0).all():
        raise wrong("count_range", N_("a count is below 0 or missing"))
    low = special.gammaincinv(np.where(x > 0, x, 1), half)
    return np.where(x > 0, low, 0.0), special.gammaincinv(x + 1, 1 - half)


def tail(confidence: float) -> float:
    """Return the chance that is left on either side: half of ``1 - confidence``.

    Raises
    ------
    UsageError
        If ``confidence`` is not inside 0-1.
    """
    if not 0 < confidence < 1:
        raise wrong(
            "confidence", N_("confidence is {confidence}, not within 0-1"), confidence=confidence
        )
    return (1 - confidence) / 2
