"""Turnout: how many of those who could take part did, by area or by group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.exact_limits import share_limits
from evenground.methods.inequality.distribution import divided
from evenground.methods.validation import Vector, vector, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """Turnout by group or area, with everybody at the end of none: ``whole`` holds the total.

    Attributes
    ----------
    n, of, shape (n_groups,)
        Who took part, and who could.
    share, low, high, shape (n_groups,)
        Share that took part, 0-1, with limits at ``confidence``; NaN, 0 and 1 where nobody could.
    least, most, shape (n_groups,)
        Share if none, or all that fit, of those whose group is not known were of the group, 0-1.
    whole
        Share of all, those of unknown group included, 0-1; NaN where nobody could.
    n_unknown
        Who took part and whose group is not known.
    confidence
        0-1.
    """

    n: Vector
    of: Vector
    share: Vector
    low: Vector
    high: Vector
    least: Vector
    most: Vector
    whole: float
    n_unknown: int
    confidence: float


def turnout(
    n: ArrayLike, of: ArrayLike, *, n_unknown: int = 0, confidence: float = 0.95
) -> Turnout:
    """Return turnout with exact limits, and bounds for those whose group is not known.

    Limits are Clopper and Pearson's (1934), Biometrika 26, 404-413, and hold whoever the unknown
    ones are (Horowitz and Manski 1995, Econometrica 63, 281-302). They say what would come of other
    such votes; those who voted are counted, not sampled.

    Parameters
    ----------
    n, of, shape (n_groups,)
        Whole numbers: who took part, and who could have.
    n_unknown
        Who took part and whose group is not known.
    confidence
        0-1.

    Raises
    ------
    UsageError
        If lengths differ, a count is negative, missing or not whole, or more took part than could.
    """
    who = vector("n", n)
    could = vector("of", of, size=who.size)
    if (who != np.rint(who)).any() or (could != np.rint(could)).any() or n_unknown < 0:
        raise wrong("turnout_counts", N_("who took part and who could must be whole numbers"))
    if (who > could).any():
        first = int(np.argmax(who > could))
        raise wrong(
            "turnout_range",
            N_("n[{index}] is {n}, above the {of} who could take part"),
            index=first, n=int(who[first]), of=int(could[first]),
        )  # fmt: skip
    most = np.minimum(who + n_unknown, could)
    total = float(could.sum())
    return Turnout(
        n=who,
        of=could,
        share=divided(who, could),
        low=share_limits(who, could, confidence=confidence)[0],
        high=share_limits(most, could, confidence=confidence)[1],
        least=divided(who, could),
        most=divided(most, could),
        whole=min(float(who.sum() + n_unknown) / total, 1.0) if total else float("nan"),
        n_unknown=n_unknown,
        confidence=confidence,
    )
