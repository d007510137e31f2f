"""Watching pairs as they come in: an interval that holds whenever one stops, exactly.

In each pair (two areas, or two weeks of one area) a fair coin says which is treated. Take a
constant effect off the differences and their signs are fair coins, whatever their sizes. Whoever
bets on them multiplies a stake by ``2 / (1 + exp(-2 b x))``, which is fair; so a stake of 1 ever
grows to 1/alpha with a chance of at most alpha, and effects under which it did are left out.

Sources: Ville (1939), Etude critique de la notion de collectif; de la Pena (1999), Annals of
Probability 27, 537-564 (sums that are symmetric in sign); betting and mixtures, Waudby-Smith and
Ramdas (2024), Journal of the Royal Statistical Society B 86, 1-27; Howard, Ramdas, McAuliffe and
Sekhon (2021), Annals of Statistics 49, 1055-1080.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.validation import Vector, vector, wrong

ASSUMES = (Message(code="assumes.fair_coin_in_pairs"), Message(code="assumes.constant_effect"))
_BETS = np.geomspace(0.02, 3.0, 16)
"""How boldly it is bet, for differences in units of their scale; even stakes on each."""
_HALVINGS = 60
_LARGEST = 690.0
"""Log of an e-value that is still a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceSequence:
    """Intervals that hold at all times together with a chance of at least ``1 - alpha``.

    Attributes
    ----------
    lows, highs, shape (n,)
        After each pair, in the outcome's unit; each lies within the one before.
    e_values, shape (n,)
        Evidence against no effect at all, 0 or more; ``1 / alpha`` or more is reached with a chance
        of at most alpha if there is none.
    p, shape (n,)
        One divided by the largest e-value so far, at most 1: a p-value whenever one stops.
    alpha
        Error over all times, 0-1.
    exact
        Whether it holds for any number of pairs, or for many only.
    assumptions
        What it rests on; to be printed.
    """

    lows: Vector
    highs: Vector
    e_values: Vector
    p: Vector
    alpha: float
    exact: bool
    assumptions: tuple[Message, ...]


def pair_confidence_sequence(
    differences: ArrayLike, *, scale: float, alpha: float = 0.05
) -> ConfidenceSequence:
    """Return the interval after each pair, and the evidence against no effect.

    Parameters
    ----------
    differences, shape (n,)
        Treated less untreated in each pair, in the order in which they came, in the outcome's unit.
    scale
        About their standard deviation, from history; to be sealed. It may be wrong: then the
        interval is wider, not less sure.
    alpha
        Error over all times together, 0-1.

    Raises
    ------
    UsageError
        If a difference is missing, the scale is not above 0, or alpha is not inside 0-1.
    """
    d = vector("differences", differences, least=-np.inf)
    if not (scale > 0 and math.isfinite(scale) and 0 < alpha < 1):
        raise wrong(
            "betting_scale",
            N_("scale is {scale} and alpha {alpha}; above 0, and within 0-1"),
            scale=scale,
            alpha=alpha,
        )
    x = d / scale
    stakes = np.logaddexp(_log_stake(x), _log_stake(-x)) - math.log(2)
    evidence = np.exp(np.minimum(stakes, _LARGEST))
    p = np.minimum(1.0, 1 / np.maximum.accumulate(evidence))
    goal = math.log(2 / alpha)
    return ConfidenceSequence(
        lows=scale * _limits(x, goal),
        highs=-scale * _limits(-x, goal),
        e_values=evidence,
        p=p,
        alpha=alpha,
        exact=True,
        assumptions=ASSUMES,
    )


def _log_stake(x: Vector) -> Vector:
    """Return the log of what betting on positive signs has made of 1 after each pair."""
    each = math.log(2) - np.logaddexp(0.0, -2 * _BETS[:, None] * x[None, :])
    return np.logaddexp.reduce(np.cumsum(each, axis=1), axis=0) - math.log(_BETS.size)


def _limits(x: Vector, goal: float) -> Vector:
    """Return after each pair the largest effect below which betting on more has won."""
    low = -np.inf
    found = np.empty(x.size)
    for n in range(1, x.size + 1):
        seen = x[:n]
        most = n * math.log(2)  # what the boldest could have won
        if most > goal and (low == -np.inf or _won(seen, low) > goal):
            low = max(low, _root(seen, goal, low))
        found[n - 1] = low
    return found


def _won(seen: Vector, effect: float) -> float:
    each = math.log(2) - np.logaddexp(0.0, -2 * _BETS[:, None] * (seen - effect)[None, :])
    return float(np.logaddexp.reduce(each.sum(axis=1)) - math.log(_BETS.size))


def _root(seen: Vector, goal: float, low: float) -> float:
    """Return where the stake falls to its goal; it falls as the effect rises."""
    far = float(seen.max())  # there no bet on more has won anything
    near = low
    if not math.isfinite(near):
        width = max(1.0, float(np.ptp(seen)))
        near = float(seen.min()) - width
        while _won(seen, near) <= goal:
            width *= 2
            near -= width
            if width > 1e9:  # noqa: PLR2004 - as good as nothing
                return -np.inf
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        near, far = (middle, far) if _won(seen, middle) > goal else (near, middle)
    return near
