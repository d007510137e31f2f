"""Restricted wild cluster bootstrap of one effect, with its interval by inverting the test.

Sources: Cameron, Gelbach and Miller (2008), Bootstrap-based improvements for inference with
clustered errors, Review of Economics and Statistics 90, 414-427; Roodman, MacKinnon, Nielsen and
Webb (2019), Fast and wild, Stata Journal 19, 4-60; Webb (2023), Reworking wild bootstrap-based
inference for clustered errors, Canadian Journal of Economics 56, 839-858 (six-point weights);
limits with few treated clusters: MacKinnon and Webb (2017), Journal of Applied Econometrics 32,
233-254.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from evenground.language import N_
from evenground.methods.exact_limits import tail
from evenground.methods.validation import Vector, wrong
from evenground.questions.promise.measures.staggered.cluster_grams import ClusterGrams

ENUMERATED = 10_000
_TIE = 1e-10
_NOTHING = 1e-12
_HALVINGS = 60
_DOUBLINGS = 60
_WEBB = np.sqrt([0.5, 1.0, 1.5])


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """How signs are drawn where they are too many to list.

    Attributes
    ----------
    weights
        ``rademacher``: -1 or 1. ``webb``: six values, for a dozen clusters or fewer.
    n
        How often.
    """

    weights: Literal["rademacher", "webb"] = "rademacher"
    n: int = 9_999


@dataclass(frozen=True, slots=True, kw_only=True)
class WildBootstrap:
    """An effect with its test and interval.

    Attributes
    ----------
    effect, low, high
        In the outcome's unit; infinite where no value is ruled out.
    p, p_error
        Of no effect, 0-1; its Monte-Carlo standard error, 0 where all signs are listed.
    confidence
        Of the interval, 0-1: the one asked for, or the highest that can be had.
    least_p
        The smallest p that so few clusters can give.
    can_tell
        Whether ``least_p`` is at most alpha.
    enumerated, n_draws
        Whether all signs were listed (then no chance is in the answer); how many were looked at.
    """

    effect: float
    low: float
    high: float
    p: float
    p_error: float
    confidence: float
    least_p: float
    can_tell: bool
    enumerated: bool
    n_draws: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inverse:
    """Squared statistics of all signs, as ratios of polynomials in the null's distance.

    The distance is told in standard errors from the estimate, so that the statistic found is its
    square. Numerators are ``linear[0] - d linear[1]``, squared denominators
    ``square[0] - 2 d square[1] + d^2 square[2]``, each of shape (n_draws,).
    """

    linear: tuple[Vector, Vector]
    square: tuple[Vector, Vector, Vector]
    enumerated: bool

    def p(self, away: float) -> float:
        """Return the p of the value that lies ``away`` from the estimate."""
        above = (self.linear[0] - away * self.linear[1]) ** 2
        below = self.square[0] - 2 * away * self.square[1] + away**2 * self.square[2]
        reached = above >= away**2 * np.maximum(below, 0) * (1 - _TIE)
        n = int(reached.sum())
        return n / reached.size if self.enumerated else (n + 1) / (reached.size + 1)


def restricted_wild_bootstrap(
    grams: ClusterGrams,
    *,
    coefficient: int = 0,
    alpha: float = 0.05,
    rng: np.random.Generator | None = None,
    draws: Draws | None = None,
) -> WildBootstrap:
    """Return the bootstrap test of one coefficient and the values that it does not reject.

    Parameters
    ----------
    grams
        The regression by cluster.
    coefficient
        Which one, from 0.
    alpha
        Level of the test, 0-1.
    rng
        Source of chance; needed with more than 14 clusters.
    draws
        How chance is drawn then; 9,999 signs by default. Webb's weights are drawn always.

    Raises
    ------
    UsageError
        If chance is needed and no ``rng`` is given, or ``alpha`` is not within 0-1.

    Notes
    -----
    The limits are found by halving, to about 1e-12 of the standard error. With one or two treated
    clusters this test all but never rejects, unless the effect is many times the noise: then use
    enumerated re-assignment instead.
    """
    tail(1 - alpha)
    how = draws or Draws()
    signs, enumerated = _signs(grams.n_clusters, rng=rng, draws=how)
    effect, error, inverse = _polynomials(grams, coefficient, signs=signs, listed=enumerated)
    p = inverse.p(-effect / error)
    least = 1 / len(signs) if enumerated else 1 / (len(signs) + 1)
    can_tell = least <= alpha
    level = alpha if can_tell else least
    return WildBootstrap(
        effect=effect,
        low=effect - error * _limit(inverse, -1.0, level),
        high=effect + error * _limit(inverse, 1.0, level),
        p=p,
        p_error=0.0 if enumerated else float(np.sqrt(p * (1 - p) / len(signs))),
        confidence=1 - level,
        least_p=least,
        can_tell=can_tell,
        enumerated=enumerated,
        n_draws=len(signs),
    )


def _signs(
    n_clusters: int, *, rng: np.random.Generator | None, draws: Draws
) -> tuple[Vector, bool]:
    """Return rows of weights; opposite rows give the same squared statistic, so one is listed."""
    if draws.weights == "rademacher" and 2 ** (n_clusters - 1) <= ENUMERATED:
        numbers = np.arange(2 ** (n_clusters - 1))[:, None]
        return 1.0 - 2.0 * (numbers >> np.arange(n_clusters) & 1), True
    if rng is None:
        raise wrong(
            "chance_needed", N_("{n} clusters are too many to list all signs: give rng"),
            n=n_clusters,
        )  # fmt: skip
    drawn = rng.integers(0, 2, (draws.n, n_clusters), dtype=np.int8)
    signs = 1.0 - 2.0 * drawn.astype(np.float64)
    if draws.weights == "webb":
        signs *= _WEBB[rng.integers(0, 3, signs.shape, dtype=np.int8)]
    return signs, False


def _polynomials(
    grams: ClusterGrams, j: int, *, signs: Vector, listed: bool
) -> tuple[float, float, _Inverse]:
    """Return the effect, its CR1 error, and every statistic as a function of the null's value."""
    gram = grams.gram.sum(axis=0)
    rest = np.delete(np.arange(gram.shape[0]), j)
    whole = grams.coefficients
    row = grams.inverse[j]
    scores = grams.moment - grams.gram @ whole
    variance = float(((scores @ row) ** 2).sum())
    error = float(np.sqrt(variance))
    if not error > _NOTHING * abs(float(whole[j])):
        raise wrong("no_error", N_("the effect has no error by cluster to draw from"))
    # Residuals under the null: those of the estimate less its distance times these.
    moved = np.zeros(gram.shape[0])
    moved[j] = 1.0
    moved[rest] = -np.linalg.solve(gram[np.ix_(rest, rest)], gram[rest, j])
    slope = error * (grams.gram @ moved)
    onto = np.einsum("k,ckl->cl", row, grams.gram) @ grams.inverse
    numerators, residuals = [], []
    for score in (scores, slope):
        by_cluster = score @ row
        numerators.append(signs @ by_cluster)
        residuals.append(signs * by_cluster - signs @ (onto @ score.T).T)
    pairs = ((0, 0), (0, 1), (1, 1))
    products = [np.einsum("rc,rc->r", residuals[a], residuals[b]) for a, b in pairs]
    inverse = _Inverse(
        linear=(numerators[0] / error, numerators[1] / error),
        square=(products[0] / variance, products[1] / variance, products[2] / variance),
        enumerated=listed,
    )
    return float(whole[j]), error, inverse


def _limit(inverse: _Inverse, side: float, alpha: float) -> float:
    """Return how many errors away the first value lies that is rejected, infinite for none."""
    inside, outside = 0.0, 1.0
    for _ in range(_DOUBLINGS):
        if inverse.p(side * outside) <= alpha:
            break
        inside, outside = outside, 2 * outside
    else:
        return np.inf
    for _ in range(_HALVINGS):
        middle = (inside + outside) / 2
        if inverse.p(side * middle) <= alpha:
            outside = middle
        else:
            inside = middle
    return outside
