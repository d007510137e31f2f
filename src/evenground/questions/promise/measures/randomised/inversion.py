"""The interval that a permutation test leaves: every constant effect that it does not reject.

An estimator that is linear in the outcomes moves along a straight line as a constant effect is
taken off, so that each assignment overtakes the one that came at one effect exactly. The interval's
ends are order statistics of those, found without a grid.

Sources: Rosenbaum (2002), Observational Studies, section 2.6.2 (inversion); Garthwaite (1996),
Biometrics 52, 1387-1393 (the same by search, for comparison).

Two tails that between them reject every assignment say nothing: every effect is left then.
"""

from __future__ import annotations

import numpy as np

from evenground.methods.validation import Flags, Vector

_PARALLEL = 1e-12


def overtaking(estimates: Vector, exposures: Vector, at: int) -> tuple[Vector, Flags, Flags]:
    """Return for each assignment the effect at which it draws level with the one that came.

    Parameters
    ----------
    estimates, shape (n,)
        Of the outcomes as they came.
    exposures, shape (n,)
        Of what an effect of 1 added to them; 1 at the assignment that came.
    at
        Which one came.

    Returns
    -------
    tuple
        The effects, and which assignments reach it from there upwards, and which from there
        downwards; neither where they run side by side.
    """
    gap = 1 - exposures
    parallel = np.abs(gap) <= _PARALLEL
    level = np.divide(estimates[at] - estimates, gap, out=np.zeros_like(gap), where=~parallel)
    return level, ~parallel & (gap > 0), ~parallel & (gap < 0)


def inverted_interval(
    estimates: Vector, exposures: Vector, at: int, *, n_rejected: int
) -> tuple[float, float]:
    """Return the least and the largest constant effect that neither tail rejects.

    A tail rejects when at most ``n_rejected`` assignments, the one that came among them, lie as far
    out. Ends are infinite where a tail cannot reject. Arguments as for ``overtaking``.
    """
    if _says_nothing(estimates, n_rejected):
        return -np.inf, np.inf
    low = _least(estimates, exposures, at, n_rejected)
    high = -_least(-estimates, exposures, at, n_rejected)
    return low, high


def _least(estimates: Vector, exposures: Vector, at: int, n_rejected: int) -> float:
    """Return the least effect at which more than ``n_rejected`` estimates are as large."""
    level, upwards, downwards = overtaking(estimates, exposures, at)
    beside = ~upwards & ~downwards
    slack = 1e-9 * float(np.ptp(estimates))
    always = int((estimates[beside] >= estimates[at] - slack).sum())
    up, down = np.sort(level[upwards]), np.sort(level[downwards])
    if always + down.size > n_rejected:
        return -np.inf
    places = np.concatenate([up, down])
    n_here = (
        always
        + np.searchsorted(up, places, side="right")
        + down.size
        - np.searchsorted(down, places, side="left")
    )
    enough = places[n_here > n_rejected]
    return float(enough.min()) if enough.size else np.inf


def interval_ends(
    estimates: Vector, exposures: Vector, *, n_rejected: int
) -> tuple[Vector, Vector]:
    """Return the interval's ends if each assignment in turn had come, two of shape (n,).

    Parameters
    ----------
    estimates, shape (n,)
        Of the same outcomes under each assignment.
    exposures, shape (n, n)
        Row b, column a: estimate b of what an effect of 1 adds if a came.
    n_rejected
        As for ``inverted_interval``, at least 1. Where an exposure is 1 or more, the end is put
        further out rather than nearer.
    """
    n = len(estimates)
    if _says_nothing(estimates, n_rejected):
        return np.full(n, -np.inf), np.full(n, np.inf)
    gap = 1 - exposures
    crosses = gap > _PARALLEL
    level = (estimates[None, :] - estimates[:, None]) / np.where(crosses, gap, 1.0)
    last = n_rejected - 1  # beside the one that came itself
    others = ~np.eye(n, dtype=np.bool_)
    low = np.where(crosses, level, np.where(others, -np.inf, np.inf))
    high = np.where(crosses, level, np.where(others, np.inf, -np.inf))
    return (
        np.partition(low, last, axis=0)[last],
        np.partition(high, n - 1 - last, axis=0)[n - 1 - last],
    )


def _says_nothing(estimates: Vector, n_rejected: int) -> bool:
    return 2 * n_rejected >= len(estimates)
