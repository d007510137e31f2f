"""Ramps: a straight rise or fall from some day on, told from noise, from a step and from a season.

A season is a yearly wave, and a part of what the network itself does; how large it may be is stated
beforehand (a normal distribution), so that in less than a year a slope that a season could make is
not told with certainty. With the prior's inverse variances on the diagonal of L, the slope and its
variance are those of generalised ridge regression: ``(X'X + L)^-1 X'y`` (Hoerl and Kennard 1970,
Technometrics 12, 55-67). Noise of days that follow each other is alike; its variance is multiplied
by ``(1 + r) / (1 - r)``, with r the correlation of neighbouring days (Bartlett 1946).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.validation import Vector, Whole
from evenground.questions.data.measures.network.windows import TO_DEVIATION

YEAR = 365.25
ENOUGH_NEIGHBOURS = 40
"""So many neighbours tell what is usual among them."""
LEAST_DAYS = 20
"""Days that a ramp takes at least; less is a shift."""
PLACES_OF_A_RAMP = 20
"""So many days, evenly spread, are tried as a ramp's beginning and as its end."""
CHI_SQUARED = 3.841
"""Quantile at 95 % for one degree of freedom."""
_MOST_INFLATION = 60.0
_BLOCK = 15
_RESPONSE, _MOST_RESPONSE = 0.02, 0.5
_USUAL_INFLATION = 3.0
_NOTHING = 1e-9
_LEAST_BLOCKS = 8
_FINER = 5
_HOPEFUL = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ramp:
    """The straight slope that explains a stretch of days most.

    Attributes
    ----------
    start, end
        Positions of the first and of the last day of the slope.
    slope, error
        Change per day, and its standard error.
    low, high
        Profile-likelihood interval of the slope at 95 %, where the ramp begins and ends unknown.
    alone
        How many standard errors the slope is from 0 if no season is allowed for.
    beyond_season
        How much better the ramp is than any season that the network's own leaves room for, in
        squared standard deviations of the noise.
    basis
        Days since the start, up to the end, shape (n_days,).
    weights
        What the slope weighs each day by, seasons allowed for, shape (n_days,).
    """

    start: int
    end: int
    slope: float
    error: float
    low: float
    high: float
    alone: float
    beyond_season: float
    basis: Vector
    weights: Vector

    @property
    def z(self) -> float:
        """How many standard errors the slope is from 0."""
        return abs(self.slope) / self.error if self.error > 0 else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """What seasons may do to a series.

    Attributes
    ----------
    waves
        Regressors, shape (n_waves, n_days).
    spread
        Standard deviation of the coefficient of each; infinite where the days tell it themselves.
    most
        The same for a sensor that has little in common with its neighbours.
    """

    waves: Vector
    spread: Vector
    most: Vector


def season_of(day: Whole, network: Vector, others: Vector) -> Season:
    """Return what seasons may do to a sensor beside its network.

    Parameters
    ----------
    day, shape (n_days,)
        Days since 1970-01-01.
    network, shape (n_days,)
        What the network does from day to day; ``nan`` counts as 0.
    others, shape (n_neighbours, n_days)
        The sensor's neighbours, each less its own network.

    Returns
    -------
    Season
        A yearly wave, of any size if there are eleven months or more, else with a standard
        deviation of a quarter of what its neighbours move slowly over, or of a hundredth of what
        the network moves over if that is more; half-yearly waves, smaller; and a fiftieth of what
        the network does. At most, waves are three times that, and the sensor does half more or less
        than the network.
    """
    slow = _smooth(np.nan_to_num(network))
    turn = 2 * np.pi * day / YEAR
    few = np.nan_to_num(others[:ENOUGH_NEIGHBOURS])
    apart = [float(np.ptp(_smooth(one))) for one in few]
    range_ = float(np.ptp(slow))
    moves = max(range_ / 100, float(np.median(apart)) / 4 if apart else 0.0)
    told = day.size >= YEAR * 11 / 12
    first = np.inf if told else moves
    second = range_ / 20 if told else moves / 4
    waves = [np.sin(turn), np.cos(turn), np.sin(2 * turn), np.cos(2 * turn), slow - slow.mean()]
    return Season(
        waves=np.stack(waves),
        spread=np.array([first, first, second, second, _RESPONSE]),
        most=np.array([3 * first, 3 * first, second, second, _MOST_RESPONSE]),
    )


def steepest(y: Vector, season: Season) -> Ramp | None:
    """Return the ramp that explains most of a stretch of days, ``None`` if it is too short.

    Parameters
    ----------
    y, shape (n_days,)
        Figures of each day; ``nan`` where there is none.
    season
        What seasons may do to them.
    """
    found = np.isfinite(y)
    if found.sum() < LEAST_DAYS or y.size < LEAST_DAYS:
        return None
    marks = np.unique(np.linspace(0, y.size - 1, min(PLACES_OF_A_RAMP, y.size)).astype(np.int64))
    coarse = _best(y, season, *_ramps(marks, marks, y.size))
    if coarse.z < _HOPEFUL:
        return coarse
    apart = int(np.diff(marks).max())
    near = np.unique(np.linspace(-apart, apart, 2 * _FINER + 1).astype(np.int64))
    at = (np.unique(np.clip(mark + near, 0, y.size - 1)) for mark in (coarse.start, coarse.end))
    first, last = at
    return _best(y, season, *_ramps(first, last, y.size))


def _best(y: Vector, season: Season, bases: Vector, ends: Whole) -> Ramp:
    """Return the ramp among ``bases`` (n_ramps, n_days) that explains most."""
    found = np.isfinite(y)
    known, values = bases[:, found], y[found]
    waves = season.waves[:, found]
    beside = _fitted(known, values, waves, season.spread)
    alone = _fitted(known, values, waves[:0], season.spread[:0])
    at = int(np.argmax(beside.explains))
    variance = _variance(beside.rest(at))
    seasonal = _fitted(known[:1], values, waves, season.most)
    worse = float(values @ seasonal.rests) - float(values @ beside.rests) + beside.explains[at]
    low, high = _profile(beside, variance)
    weights = np.zeros(y.size)
    weights[found] = beside.bases[at]
    plain = float(np.sqrt(_variance(alone.rest(at)) / alone.left[at]))
    return Ramp(
        start=int(ends[at, 0]),
        end=int(ends[at, 1]),
        slope=float(beside.slope[at]),
        error=float(np.sqrt(variance / beside.left[at])),
        low=low,
        high=high,
        alone=abs(float(alone.slope[at])) / plain if plain > 0 else 0.0,
        beyond_season=float(worse) / variance if variance > 0 else 0.0,
        basis=bases[at],
        weights=weights,
    )


def _profile(fitted: _Fitted, variance: float) -> tuple[float, float]:
    """Return the slopes that some ramp explains nearly as well as the best one does."""
    worse = fitted.explains.max() - fitted.explains
    room = np.maximum(CHI_SQUARED * variance - worse, 0.0)
    half = np.sqrt(room / fitted.left)
    near = room > 0
    if not near.any():
        best = float(fitted.slope[np.argmax(fitted.explains)])
        return best, best
    return float((fitted.slope - half)[near].min()), float((fitted.slope + half)[near].max())


def slopes_on(y: Vector, ramp: Ramp) -> Vector:
    """Return the slopes that other series (n_series, n_days) have on the same ramp, (n_series,).

    ``nan`` where less than half of the days are known.
    """
    found = np.isfinite(y)
    n = np.maximum(found.sum(axis=1), 1)
    mean = (found * ramp.weights).sum(axis=1) / n
    weights = np.where(found, ramp.weights - mean[:, None], 0.0)
    below = (weights * ramp.basis).sum(axis=1)
    above = (weights * np.where(found, y, 0.0)).sum(axis=1)
    known = (2 * n >= ramp.basis.size) & (below > 0)
    return np.where(known, above / np.where(below > 0, below, 1.0), np.nan)


@dataclass(frozen=True, slots=True)
class _Fitted:
    slope: Vector
    left: Vector
    explains: Vector
    rests: Vector
    bases: Vector

    def rest(self, at: int) -> Vector:
        """Return what is left of the values once ramp and season are taken away."""
        return self.rests - self.slope[at] * self.bases[at]


def _fitted(bases: Vector, y: Vector, waves: Vector, spread: Vector) -> _Fitted:
    """Return the slope on each basis (n_bases, n), a constant and waves (n_waves, n) allowed for.

    ``left`` is what of a basis' sum of squares these leave; ``explains`` is what of the sum of
    squares of ``y`` its slope takes away. ``rests`` is ``y`` less its fit on constant and waves.
    """
    kept = spread > 0
    others = np.concatenate([np.ones((1, y.size)), waves[kept]])
    tight = np.concatenate([[0.0], 1 / spread[kept] ** 2])
    inverse = np.linalg.pinv(others @ others.T + np.diag(_day_to_day(y) * tight))
    hat = others.T @ inverse
    y_left = y - hat @ (others @ y)
    bases_left = bases - (bases @ others.T) @ hat.T
    left = np.einsum("bn,bn->b", bases, bases_left)
    cross = bases @ y_left
    safe = np.where(left > _NOTHING, left, np.inf)
    slope = cross / safe
    return _Fitted(slope, safe, cross**2 / safe, y_left, bases_left)


def _day_to_day(y: Vector) -> float:
    """Return the variance of noise by the differences of days, as large as if these were alone."""
    scale = TO_DEVIATION * float(np.median(np.abs(np.diff(y)))) if y.size > 1 else 0.0
    return scale**2 / 2 * _USUAL_INFLATION


def _ramps(first: Whole, last: Whole, n_days: int) -> tuple[Vector, Whole]:
    """Return ramps (n_ramps, n_days) and their first and last days (n_ramps, 2)."""
    start, end = np.meshgrid(first, last, indexing="ij")
    long = end - start >= LEAST_DAYS - 1
    ends = np.stack([start[long], end[long]], axis=1)
    ramps = np.clip(np.arange(n_days), ends[:, [0]], ends[:, [1]]) - ends[:, [0]]
    return ramps.astype(np.float64), ends


def _variance(rest: Vector) -> float:
    """Return the variance of residuals, as large as if neighbouring days were not alike."""
    n = rest.size
    variance = float(rest @ rest) / max(n - 4, 1)
    if variance == 0:
        return 0.0
    r = min(max(float(rest[1:] @ rest[:-1]) / float(rest @ rest), 0.0), 0.98)
    inflation = (1 + r) / (1 - r)
    blocks = n // _BLOCK
    if blocks >= _LEAST_BLOCKS:  # fewer say little about slow wandering
        means = rest[: blocks * _BLOCK].reshape(blocks, _BLOCK).mean(axis=1)
        inflation = max(inflation, float(means.var()) * _BLOCK / variance)
    return variance * min(inflation, _MOST_INFLATION)


def _smooth(x: Vector) -> Vector:
    """Return the mean of the days around each day, two weeks or what there is of them."""
    if x.size < _BLOCK:
        return np.full(x.shape, x.mean() if x.size else 0.0)
    edge = np.pad(x, _BLOCK // 2, mode="edge")
    return np.convolve(edge, np.ones(_BLOCK) / _BLOCK, mode="valid")
