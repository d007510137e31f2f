"""Binomial and hypergeometric probabilities.

SciPy's ``stats`` has both, but loading it takes longer than many a dossier's whole computation.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.methods.validation import Vector


def log_choices(n: ArrayLike, k: ArrayLike) -> Vector:
    """Return the logarithm of the number of ways to choose k of n; minus infinity outside 0..n."""
    whole, part = np.broadcast_arrays(np.asarray(n, np.float64), np.asarray(k, np.float64))
    inside = (part >= 0) & (part <= whole)
    safe = np.where(inside, part, 0.0)
    ways = (
        special.gammaln(whole + 1) - special.gammaln(safe + 1) - special.gammaln(whole - safe + 1)
    )
    return np.where(inside, ways, -np.inf)


def binomial_mass(count: ArrayLike, n: ArrayLike, probability: ArrayLike) -> Vector:
    """Return P(X = count) for n trials; arguments broadcast, ``probability`` is 0-1."""
    x, p = np.asarray(count, np.float64), np.asarray(probability, np.float64)
    misses = np.maximum(np.asarray(n, np.float64) - x, 0.0)
    hits = np.maximum(x, 0.0)
    return np.exp(log_choices(n, count) + special.xlogy(hits, p) + special.xlog1py(misses, -p))


def binomial_at_most(count: ArrayLike, n: ArrayLike, probability: ArrayLike) -> Vector:
    """Return P(X <= count) for n trials, by the regularised incomplete beta function."""
    x, trials, p = np.broadcast_arrays(
        np.asarray(count, np.float64),
        np.asarray(n, np.float64),
        np.asarray(probability, np.float64),
    )
    inside = (x >= 0) & (x < trials)
    tail = special.betaincc(np.where(inside, x, 0) + 1, np.where(inside, trials - x, 1), p)
    return np.where(inside, tail, (x >= trials).astype(np.float64))


def hypergeometric_mass(
    count: ArrayLike, *, n_all: ArrayLike, n_inside: ArrayLike, n_drawn: ArrayLike
) -> Vector:
    """Return P(X = count) when ``n_drawn`` of ``n_all`` are drawn and ``n_inside`` are marked."""
    drawn = np.asarray(n_drawn, np.float64)
    every, inside = np.asarray(n_all, np.float64), np.asarray(n_inside, np.float64)
    hits = np.asarray(count, np.float64)
    ways = log_choices(inside, hits) + log_choices(every - inside, drawn - hits)
    return np.exp(ways - log_choices(every, drawn))
