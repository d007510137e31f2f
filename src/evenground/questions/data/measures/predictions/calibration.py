"""Whether scores mean what they say: reliability by bins, and the Brier score taken apart.

Sources: Murphy (1973), "A new vector partition of the probability score", Journal of Applied
Meteorology 12, 595-600; Stephenson, Coelho and Jolliffe (2008), "Two extra components in the Brier
score decomposition", Weather and Forecasting 23, 752-757, for what scores within a bin add.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.exact_limits import share_limits
from evenground.methods.validation import Flags, Vector, Whole, vector, wrong

DEFAULT_BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """Scores beside what came, by bins.

    Attributes
    ----------
    edges, shape (n_bins + 1,)
        Ends of the bins; a score at an inner end belongs to the bin above.
    n, shape (n_bins,)
        Rows in each bin.
    mean_score, observed, shape (n_bins,)
        Mean score and share that came; not a number in an empty bin.
    low, high, shape (n_bins,)
        Clopper and Pearson's interval of ``observed``, at a level that holds for all bins together.
    confidence
        That level, 0-1.
    """

    edges: Vector
    n: Whole
    mean_score: Vector
    observed: Vector
    low: Vector
    high: Vector
    confidence: float

    @property
    def departs(self) -> Flags:
        """Whether a bin's mean score lies outside the interval of what came, shape (n_bins,)."""
        return (self.mean_score < self.low) | (self.mean_score > self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brier:
    """Mean squared difference of score and outcome, and its parts.

    ``score = reliability - resolution + uncertainty + within``; ``within`` is what the spread of
    scores inside the bins adds (their variance less twice their covariance with what came).
    """

    score: float
    reliability: float
    resolution: float
    uncertainty: float
    within: float


def score_edges(scores: ArrayLike, *, n_bins: int = DEFAULT_BINS) -> Vector:
    """Return ends of bins with about equally many scores; each value its own if they are few.

    Parameters
    ----------
    scores, shape (n,)
        Numbers, at least one. Equal scores are never parted.
    n_bins
        At least 1.

    Raises
    ------
    UsageError
        If there is no score, one is missing, or ``n_bins`` is below 1.
    """
    values = vector("scores", scores, least=-np.inf)
    if not values.size or n_bins < 1:
        raise wrong("no_scores", N_("{n} scores, {bins} bins"), n=values.size, bins=n_bins)
    different = np.unique(values)
    if different.size <= n_bins:
        cuts = (different[1:] + different[:-1]) / 2
    else:
        cuts = np.unique(np.quantile(values, np.arange(1, n_bins) / n_bins, method="higher"))
        cuts = cuts[cuts > different[0]]
    return np.concatenate([different[:1], cuts, different[-1:]])


def reliability(
    scores: ArrayLike, came: ArrayLike, *, edges: ArrayLike | None = None, confidence: float = 0.95
) -> Reliability:
    """Return scores beside what came.

    Parameters
    ----------
    scores, came, shape (n,)
        Scores (any scale) and outcomes (0 or 1).
    edges, shape (n_bins + 1,)
        From ``score_edges`` of all groups together, so that groups are put into the same bins;
        ``None`` takes those of these scores.
    confidence
        0-1; each bin's interval is at ``1 - (1 - confidence) / n_bins``.

    Raises
    ------
    UsageError
        If lengths differ, an outcome is neither 0 nor 1, or ends do not rise.
    """
    value, seen = scores_and_outcomes(scores, came)
    ends = score_edges(value) if edges is None else vector("edges", edges, least=-np.inf)
    if ends.size < 2 or (np.diff(ends) < 0).any():  # noqa: PLR2004 - a begin and an end
        raise wrong("edges", N_("The ends of bins are {edges}"), edges=ends.tolist())
    at, n_bins = _bins(value, ends), ends.size - 1
    n = np.bincount(at, minlength=n_bins)
    hits = np.bincount(at, weights=seen, minlength=n_bins)
    level = 1 - (1 - confidence) / n_bins
    low, high = share_limits(hits, n, confidence=level)
    empty = np.full(n_bins, np.nan)
    return Reliability(
        edges=ends,
        n=n.astype(np.int64),
        mean_score=np.divide(
            np.bincount(at, weights=value, minlength=n_bins), n, out=empty.copy(), where=n > 0
        ),
        observed=np.divide(hits, n, out=empty.copy(), where=n > 0),
        low=low,
        high=high,
        confidence=confidence,
    )


def brier(scores: ArrayLike, came: ArrayLike, *, edges: ArrayLike | None = None) -> Brier | None:
    """Return the Brier score and its parts; ``None`` without rows.

    Parameters
    ----------
    scores, came, shape (n,)
        Probabilities, 0-1, and outcomes, 0 or 1.
    edges
        As in ``reliability``.

    Raises
    ------
    UsageError
        If a score is outside 0-1, or as for ``reliability``.
    """
    value, seen = scores_and_outcomes(scores, came)
    if not value.size:
        return None
    if ((value < 0) | (value > 1)).any():
        raise wrong(
            "not_probability", N_("A score of {score} is no probability"), score=float(value.max())
        )
    found = reliability(value, seen, edges=edges)
    held = found.n > 0
    weight, base = found.n[held] / value.size, float(seen.mean())
    observed, mean = found.observed[held], found.mean_score[held]
    score = float(np.square(value - seen).mean())
    parts = (
        float(weight @ np.square(mean - observed)),
        float(weight @ np.square(observed - base)),
        base * (1 - base),
    )
    return Brier(
        score=score, reliability=parts[0], resolution=parts[1], uncertainty=parts[2],
        within=score - (parts[0] - parts[1] + parts[2]),
    )  # fmt: skip


def scores_and_outcomes(scores: ArrayLike, came: ArrayLike) -> tuple[Vector, Vector]:
    """Return both as arrays of floats.

    Raises
    ------
    UsageError
        If lengths differ, a score is missing, or an outcome is neither 0 nor 1.
    """
    value = vector("scores", scores, least=-np.inf)
    seen = vector("came", came, size=value.size)
    if not np.isin(seen, (0, 1)).all():
        raise wrong("outcome_value", N_("An outcome is neither 0 nor 1"))
    return value, seen


def _bins(value: Vector, ends: Vector) -> Whole:
    return np.searchsorted(ends[1:-1], value, side="right").astype(np.int64)
