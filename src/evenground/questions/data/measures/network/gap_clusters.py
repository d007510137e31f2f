"""Do gaps come by hour of the day, by day of the week, or by area?

Gaps that begin close to each other have one cause, so a day (or a week) counts as one draw, however
many gaps it holds. Each is summed up by its waves: sums of ``cos`` and ``sin`` of k times the angle
of every gap's beginning on the clock (or in the week). If no hour is like another, the angle of a
day is chance, waves of all days add up to nothing, and the sum of squares divided by its variance
is about chi-squared (Rayleigh's test with weighted vectors and several harmonics; Mardia and Jupp
2000, Directional Statistics, section 6.3.1). Areas are compared by the shares missing of their
sensors (Kruskal and Wallis 1952, Journal of the American Statistical Association 47, 583-621), or,
with random numbers at hand, by dealing sensors out to areas anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.evidence import Message, settled
from evenground.methods.exact_limits import share_limits
from evenground.methods.validation import Vector, Whole
from evenground.questions.data.measures.network.daily import DAY_US
from evenground.questions.data.measures.network.folded_lists import entries_of, wholes

if TYPE_CHECKING:
    import pyarrow as pa

HOURS, WEEKDAYS = 24, 7
LEAST_BLOCKS = 15
"""Fewer days (or weeks) with gaps tell nothing."""
LEAST_SENSORS = 3
"""Sensors that an area must have to count, in two areas or more."""
ALPHA = 0.01
_HOUR_US = 3_600_000_000
_HOUR_WAVES, _WEEK_WAVES = 4, 3
_THURSDAY = 3
_SIGNIFICANT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustering:
    """Whether gaps cluster by one thing.

    Attributes
    ----------
    by
        ``hour``, ``weekday`` or ``area``.
    clusters
        Whether chance alone is set aside at 1 %; ``None`` if it cannot be told.
    p_value
        Of gaps that come regardless; ``nan`` if it cannot be told.
    where
        The hour (0-23), weekday (0 is Monday) or area with the most; empty if it cannot be told.
    share, low, high
        Share of the gaps that begin there (of an area: share of its readings that are missing), and
        its exact limits, which allow for the most having been picked.
    expected
        The share that it would have if gaps came regardless.
    n
        Days, weeks or sensors that it rests on.
    reason
        Why it cannot be told.
    """

    by: str
    clusters: bool | None
    p_value: float = np.nan
    where: str = ""
    share: float = np.nan
    low: float = np.nan
    high: float = np.nan
    expected: float = np.nan
    n: int = 0
    reason: Message | None = None

    def shown(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        numbers = {
            name: _number(getattr(self, name))
            for name in ("p_value", "share", "low", "high", "expected")
        }
        return {"clusters": self.clusters, "where": self.where, "n": self.n, **numbers}


def gap_clusters(
    folded: pa.Table,
    areas: Mapping[str, str] | None = None,
    *,
    rng: np.random.Generator | None = None,
    n_draws: int = 1_999,
) -> tuple[Clustering, ...]:
    """Return whether gaps cluster by hour, by weekday and, if ``areas`` are given, by area.

    Parameters
    ----------
    folded
        The folded table.
    areas
        Area of each sensor.
    rng, n_draws
        Source of chance, and how often sensors are dealt out anew; without, a limit distribution
        stands in for it.
    """
    begins = _begins(folded)
    hour = _by_clock(
        "hour", begins // DAY_US, (begins % DAY_US) // _HOUR_US, slots=HOURS, n_waves=_HOUR_WAVES
    )
    days = begins // DAY_US + _THURSDAY
    week = _by_clock("weekday", days // 7, days % 7, slots=WEEKDAYS, n_waves=_WEEK_WAVES)
    if areas is None:
        return hour, week
    return hour, week, _by_area(folded, areas, rng, n_draws)


def _begins(folded: pa.Table) -> Whole:
    """Return when the first missing reading of each gap was due, in microseconds."""
    entries, parent = entries_of(folded, "gaps")
    return wholes(entries, "start") + folded.column("cadence").to_numpy()[parent]


def _by_clock(by: str, block: Whole, slot: Whole, *, slots: int, n_waves: int) -> Clustering:
    """Return whether gaps cluster by hour or weekday; ``block`` is the day or week of each."""
    blocks, which = np.unique(block, return_inverse=True)
    if blocks.size < LEAST_BLOCKS:
        reason = Message(
            code=f"reason.gap_clusters.{by}", parameters={"n": blocks.size, "n_least": LEAST_BLOCKS}
        )
        return Clustering(by=by, clusters=None, n=int(blocks.size), reason=reason)
    angle = 2 * np.pi * np.outer(np.arange(1, n_waves + 1), slot + 0.5) / slots
    waves = np.concatenate([np.cos(angle), np.sin(angle)])
    sums = np.stack([np.bincount(which, weights=wave) for wave in waves]).astype(np.float64)
    p_value = _chance_of_waves(sums)
    starts = np.bincount(slot, minlength=slots)
    at = int(np.argmax(starts))
    low, high = share_limits(starts[at], starts.sum(), confidence=1 - 0.05 / slots)
    return Clustering(
        by=by, clusters=p_value < ALPHA, p_value=p_value, where=str(at),
        share=float(starts[at] / starts.sum()), low=float(low), high=float(high),
        expected=1 / slots, n=int(blocks.size),
    )  # fmt: skip


def _chance_of_waves(sums: Vector) -> float:
    """Return the p-value of waves (2 n_waves, n_blocks) adding up to so much by chance.

    A turn of a block by a random angle leaves the length of each of its waves as it is, so the
    variance of either part of a wave's total is half of the sum of squared lengths.
    """
    from scipy import special

    n_waves = sums.shape[0] // 2
    cosines, sines = sums[:n_waves], sums[n_waves:]
    variance = (cosines**2 + sines**2).sum(axis=1) / 2
    totals = cosines.sum(axis=1) ** 2 + sines.sum(axis=1) ** 2
    statistic = float((totals / np.where(variance > 0, variance, np.inf)).sum())
    return float(special.gammaincc(n_waves, statistic / 2))


def _by_area(
    folded: pa.Table, areas: Mapping[str, str], rng: np.random.Generator | None, n_draws: int
) -> Clustering:
    """Return whether sensors of some areas miss more of their readings than those of others."""
    sensors = [code or "" for code in folded.column("sensor").to_pylist()]
    missing = folded.column("n_missing").to_numpy(zero_copy_only=False).astype(np.float64)
    expected = folded.column("n_expected").to_numpy(zero_copy_only=False).astype(np.float64)
    known = np.array([code in areas for code in sensors]) & np.isfinite(missing) & (expected > 0)
    names, which = np.unique(
        [areas[code] for code, is_in in zip(sensors, known, strict=True) if is_in],
        return_inverse=True,
    )
    missing, expected = missing[known], expected[known]
    if names.size:
        kept = (np.bincount(which) >= LEAST_SENSORS)[which]
        names, which = np.unique(names[which[kept]], return_inverse=True)
        missing, expected = missing[kept], expected[kept]
    if names.size < _SIGNIFICANT:
        reason = Message(code="reason.gap_clusters.area", parameters={"n_least": LEAST_SENSORS})
        return Clustering(by="area", clusters=None, n=int(missing.size), reason=reason)
    p_value = _chance_of_areas(missing / expected, which, rng, n_draws)
    rates = np.bincount(which, weights=missing) / np.bincount(which, weights=expected)
    at = int(np.argmax(rates))
    mine = which == at
    low, high = _between_sensors(missing[mine], expected[mine], 0.05 / names.size)
    return Clustering(
        by="area", clusters=p_value < ALPHA, p_value=p_value, where=str(names[at]),
        share=float(rates[at]), low=low, high=high,
        expected=float(missing.sum() / expected.sum()), n=int(missing.size),
    )  # fmt: skip


def _chance_of_areas(
    share: Vector, which: Whole, rng: np.random.Generator | None, n_draws: int
) -> float:
    """Return the p-value of areas (n_sensors,) differing so much in their sensors' shares."""
    from scipy import special

    ranks = _ranks(share)
    n, sizes = share.size, np.bincount(which)
    variance = ranks.var() * n / (n - 1)
    if variance == 0:
        return 1.0

    def statistic(order: Vector) -> float:
        means = np.bincount(which, weights=order) / sizes
        return float((sizes * (means - (n + 1) / 2) ** 2).sum() / variance)

    observed = statistic(ranks)
    if rng is None:
        return float(special.gammaincc((sizes.size - 1) / 2, observed / 2))
    drawn = sum(statistic(rng.permutation(ranks)) >= observed - 1e-9 for _ in range(n_draws))
    return (1 + drawn) / (1 + n_draws)


def _ranks(x: Vector) -> Vector:
    """Return ranks from 1 on, equal values the mean of theirs."""
    _, which, counts = np.unique(x, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[which]


def _between_sensors(missing: Vector, expected: Vector, alpha: float) -> tuple[float, float]:
    """Return limits of a share missing, where readings of one sensor are missing together.

    A ratio of sums with sensors as draws (Cochran 1977, Sampling Techniques, section 6.4).
    """
    from scipy import special

    n, rate = missing.size, float(missing.sum() / expected.sum())
    rest = missing - rate * expected
    error = float(np.sqrt((rest @ rest) * n / (n - 1)) / expected.sum())
    t = float(special.stdtrit(n - 1, 1 - alpha / 2))
    return max(rate - t * error, 0.0), min(rate + t * error, 1.0)


def _number(value: float) -> float | None:
    return settled(value) if np.isfinite(value) else None
