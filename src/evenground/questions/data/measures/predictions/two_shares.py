"""Two independent shares beside one another: their difference and their ratio, with intervals.

Sources: Newcombe (1998), "Interval estimation for the difference between independent proportions",
Statistics in Medicine 17, 873-890, method 10; Koopman (1984), "Confidence intervals for the ratio
of two binomial proportions", Biometrics 40, 513-517; Wilson (1927), Journal of the American
Statistical Association 22, 209-212.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.language import N_
from evenground.methods.exact_limits import tail
from evenground.methods.validation import Vector, wrong

_FARTHEST = 60.0
"""Ratios are looked for between e^-60 and e^60."""
_HALVINGS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoShares:
    """A share less another, and over another.

    Attributes
    ----------
    difference, difference_low, difference_high
        -1 to 1.
    ratio, ratio_low, ratio_high
        0 to infinity; ``ratio`` is not a number where both shares are 0.
    confidence
        Level of both intervals, 0-1.
    """

    difference: float
    difference_low: float
    difference_high: float
    ratio: float
    ratio_low: float
    ratio_high: float
    confidence: float


def two_shares(
    first: tuple[int, int], second: tuple[int, int], *, confidence: float = 0.95
) -> TwoShares:
    """Return the difference and the ratio of two shares, first to second.

    Parameters
    ----------
    first, second
        How many of how many, each at least one.
    confidence
        0-1.

    Raises
    ------
    UsageError
        If a count is negative or above what it is a part of, or nothing is counted.
    """
    (x1, n1), (x2, n2) = first, second
    if not (0 <= x1 <= n1 and 0 <= x2 <= n2 and n1 > 0 and n2 > 0):
        raise wrong(
            "two_shares", N_("{first} and {second} are no shares"), first=first, second=second
        )
    p1, p2 = x1 / n1, x2 / n2
    (low1, low2), (high1, high2) = wilson_limits([x1, x2], [n1, n2], confidence=confidence)
    low, high = koopman_limits(first, second, confidence=confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = float(np.float64(p1) / np.float64(p2))
    return TwoShares(
        difference=p1 - p2,
        difference_low=p1 - p2 - float(np.hypot(p1 - low1, high2 - p2)),
        difference_high=p1 - p2 + float(np.hypot(high1 - p1, p2 - low2)),
        ratio=ratio,
        ratio_low=low,
        ratio_high=high,
        confidence=confidence,
    )


def wilson_limits(
    count: ArrayLike, n: ArrayLike, *, confidence: float = 0.95
) -> tuple[Vector, Vector]:
    """Return Wilson's score limits of shares; arrays broadcast, ``n`` above 0."""
    z2 = float(special.ndtri(1 - tail(confidence))) ** 2
    x, size = np.asarray(count, dtype=np.float64), np.asarray(n, dtype=np.float64)
    middle = (x + z2 / 2) / (size + z2)
    half = np.sqrt(z2 * (x * (size - x) / size + z2 / 4)) / (size + z2)
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


def koopman_limits(
    first: tuple[int, int], second: tuple[int, int], *, confidence: float = 0.95
) -> tuple[float, float]:
    """Return Koopman's score limits of the ratio of two shares; 0 and infinite at the ends."""
    (x1, n1), (x2, n2) = first, second
    z2 = float(special.ndtri(1 - tail(confidence))) ** 2
    if x1 == 0 and x2 == 0:
        return 0.0, np.inf

    def excess(log_ratio: float) -> float:
        return _score(np.exp(log_ratio), first, second) - z2

    middle = np.log((x1 or 0.5) / n1) - np.log((x2 or 0.5) / n2)
    low = float(np.exp(_crossing(excess, float(middle), -_FARTHEST))) if x1 else 0.0
    high = float(np.exp(_crossing(excess, float(middle), _FARTHEST))) if x2 else np.inf
    return low, high


def _crossing(excess: Callable[[float], float], inside: float, outside: float) -> float:
    """Return where ``excess`` turns from at most 0 to above it, by halving."""
    for _ in range(_HALVINGS):
        middle = (inside + outside) / 2
        if excess(middle) > 0:
            outside = middle
        else:
            inside = middle
    return inside


def _score(ratio: float, first: tuple[int, int], second: tuple[int, int]) -> float:
    """Return Koopman's chi-square of a ratio: shares are fitted with just that ratio."""
    (x1, n1), (x2, n2) = first, second
    a = ratio * (n1 + n2)
    b = ratio * (x2 + n1) + x1 + n2
    p2 = (b - np.sqrt(max(b * b - 4 * a * (x1 + x2), 0.0))) / (2 * a)
    p2 = min(max(p2, 1e-300), 1.0)
    p1 = min(ratio * p2, 1.0)
    total = 0.0
    for x, n, p in ((x1, n1, p1), (x2, n2, p2)):
        variance = n * p * (1 - p)
        if variance > 0:
            total += (x - n * p) ** 2 / variance
        elif abs(x - n * p) > 1e-12:  # noqa: PLR2004 - rounding
            return np.inf
    return float(total)
