"""Segmented regression: a line before the start, another after it, and seasons as waves.

Source: Wagner, Soumerai, Zhang and Ross-Degnan (2002), Journal of Clinical Pharmacy and
Therapeutics 27, 299-309 (segments); Bernal, Cummins and Gasparrini (2017), International Journal of
Epidemiology 46, 348-355 (pairs of sine and cosine for seasons).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Vector, wrong

N_LINES = 4
"""Level and slope before the start, and how both change."""
_SHORTEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """A season as pairs of sine and cosine.

    Attributes
    ----------
    period
        Times in one round, 2 or more; need not be whole.
    n_pairs
        Waves of ``period``, ``period / 2`` and so on; half the period at most, which for a whole
        period is as good as a level for each time of the round.
    """

    period: float
    n_pairs: int = 2


def segmented_design(n_times: int, start: int, seasons: Sequence[Season] = ()) -> Vector:
    """Return the regressors, shape (n_times, 4 + n_waves).

    Columns: 1; times from the start on, negative before; 1 from the start on; times since the
    start, 0 before it; waves.

    Raises
    ------
    UsageError
        If fewer than two times lie before the start or after it, or a season is none.
    """
    if not _SHORTEST <= start <= n_times - _SHORTEST:
        raise wrong(
            "series_segments",
            N_("{before} times before the start and {after} from it on; both must be at least 2"),
            before=start,
            after=n_times - start,
        )
    since = np.arange(n_times, dtype=np.float64) - start
    after = since >= 0
    columns = [np.ones(n_times), since, after, after * since]
    for season in seasons:
        columns += _waves(since, season)
    return np.column_stack(columns).astype(np.float64)


def mean_after(n_times: int, start: int, n_columns: int) -> Vector:
    """Return the weights that make the mean effect from the start on of the coefficients."""
    weights = np.zeros(n_columns)
    weights[2:4] = 1.0, (n_times - start - 1) / 2
    return weights


def at_end(n_times: int, start: int, n_columns: int) -> Vector:
    """Return the weights that make the effect at the last time of the coefficients."""
    weights = np.zeros(n_columns)
    weights[2:4] = 1.0, n_times - start - 1.0
    return weights


def _waves(since: Vector, season: Season) -> list[Vector]:
    if not (season.period >= _SHORTEST and 1 <= season.n_pairs <= season.period / 2):
        raise wrong(
            "season",
            N_("{n} pairs of waves for a period of {period}: at least one, at most half of it"),
            n=season.n_pairs,
            period=season.period,
        )
    waves: list[Vector] = []
    for k in range(1, season.n_pairs + 1):
        angle = 2 * math.pi * k / season.period * since
        waves.append(np.cos(angle))
        if 2 * k < season.period:  # at half the period the sine is 0 throughout
            waves.append(np.sin(angle))
    return waves
