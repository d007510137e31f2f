"""Errors of predicted amounts by group: bias, and how far off predictions are.

Sources: Efron (1979), Annals of Statistics 7, 1-26; Hesterberg (2015), "What teachers should know
about the bootstrap", American Statistician 69, 371-386, for the expanded percentile interval, which
mends that plain percentiles are too narrow for few rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.bootstrap import resampled_counts
from evenground.methods.exact_limits import tail
from evenground.methods.validation import Flags, Vector, Whole, vector, wrong

LEAST = 20
"""Of fewer rows a group's error cannot be told."""
MOST_DRAWN = 20_000
"""From this many rows on, means are normal beyond doubt, and the interval is that of the normal."""
DEFAULT_DRAWS = 2000
_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupErrors:
    """Errors by group, in the unit of what is predicted; each array has shape (n_groups,).

    Attributes
    ----------
    groups
        Names, in order.
    n
        Rows of each.
    bias, bias_low, bias_high
        Mean of prediction less outcome; above 0 if predictions are too high.
    mean_absolute_error, error_low, error_high
        Mean of its size.
    confidence, least
        Level of each interval, 0-1; rows below which a group's errors cannot be told.
    """

    groups: tuple[str, ...]
    n: Whole
    bias: Vector
    bias_low: Vector
    bias_high: Vector
    mean_absolute_error: Vector
    error_low: Vector
    error_high: Vector
    confidence: float
    least: int

    @property
    def is_enough(self) -> Flags:
        """Whether a group has enough rows, shape (n_groups,)."""
        return self.n >= self.least

    def reason(self, group: int) -> Message | None:
        """Return why the errors of a group cannot be told, or ``None``."""
        if self.is_enough[group]:
            return None
        parameters = {"group": self.groups[group], "n": int(self.n[group]), "least": self.least}
        return Message(code="reason.error_rates.few", parameters=parameters)


def regression_errors(
    predicted: ArrayLike,
    observed: ArrayLike,
    group: ArrayLike,
    *,
    rng: np.random.Generator,
    confidence: float = 0.95,
) -> GroupErrors:
    """Return bias and mean absolute error by group.

    Parameters
    ----------
    predicted, observed, shape (n,)
        In one unit.
    group, shape (n,)
        Name of each row's group or area.
    rng
        Source of chance for the bootstrap (2,000 resamples within each group).
    confidence
        Level of each interval, 0-1.

    Raises
    ------
    UsageError
        If lengths differ or a value is missing.
    """
    said = vector("predicted", predicted, least=-np.inf)
    seen = vector("observed", observed, size=said.size, least=-np.inf)
    names = np.asarray(group, dtype=object)
    if names.shape != said.shape:
        raise wrong("group_shape", N_("group has shape {shape}"), shape=names.shape)
    texts = np.array(["" if one is None else str(one) for one in names.tolist()], dtype=str)
    groups, code = np.unique(texts, return_inverse=True)
    off = said - seen
    found = [
        _errors(off[code.reshape(-1) == one], rng=rng, confidence=confidence)
        for one in range(groups.size)
    ]
    table = np.array(found, dtype=np.float64).reshape(-1, 7)
    return GroupErrors(
        groups=tuple(groups.tolist()),
        n=table[:, 0].astype(np.int64),
        bias=table[:, 1],
        bias_low=table[:, 2],
        bias_high=table[:, 3],
        mean_absolute_error=table[:, 4],
        error_low=table[:, 5],
        error_high=table[:, 6],
        confidence=confidence,
        least=LEAST,
    )


def _errors(off: Vector, *, rng: np.random.Generator, confidence: float) -> list[float]:
    both = np.column_stack([off, np.abs(off)])
    mean = both.mean(axis=0)
    low, high = _interval(both, rng=rng, confidence=confidence)
    return [off.size, mean[0], low[0], high[0], mean[1], max(low[1], 0.0), high[1]]


def _interval(
    values: Vector, *, rng: np.random.Generator, confidence: float
) -> tuple[Vector, Vector]:
    """Return limits of the means of columns, shape (n, n_columns): expanded percentiles."""
    n = len(values)
    mean = values.mean(axis=0)
    if n == 1:
        return np.full(mean.size, -np.inf), np.full(mean.size, np.inf)
    t = float(special.stdtrit(n - 1, 1 - tail(confidence)))
    if n > MOST_DRAWN:
        half = t * values.std(axis=0, ddof=1) / np.sqrt(n)
        return mean - half, mean + half
    beyond = float(special.ndtr(-np.sqrt(n / (n - 1)) * t))
    at_once = max(_AT_ONCE // n, 1)
    means = np.concatenate(
        [
            resampled_counts(n, rng=rng, n_draws=min(at_once, DEFAULT_DRAWS - start)) @ values / n
            for start in range(0, DEFAULT_DRAWS, at_once)
        ]
    )
    low, high = np.quantile(means, [beyond, 1 - beyond], axis=0)
    return low, high
