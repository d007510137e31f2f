"""Do gaps come by hour of the day, by day of the week, or by area?

Gaps that begin close to each other have one cause, so a day (or a week) counts as one draw, however
many gaps it holds. Each is summed up by its waves: sums of ``cos`` and ``sin`` of k times the angle
of every gap's beginning on the clock (or in the week). If no hour is like another, the angle of a
day is chance, waves of all days add up to nothing, and the sum of squares divided by its variance
is about chi-squared (Rayleigh's test with weighted vectors and several harmonics; Mardia and Jupp
2000, Directional Statistics, section 6.3.1). A gap begins when a reading was due, so sensors whose
readings are due less than once an hour tell no hour, and those due less than once a day no weekday.
Areas are compared by the shares missing of their sensors (see ``kruskal_wallis``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.evidence import Message, settled
from evenground.methods.exact_limits import share_limits
from evenground.methods.validation import Vector, Whole
from evenground.questions.data.measures.network.daily import DAY_US
from evenground.questions.data.measures.network.folded_lists import entries_of, wholes
from evenground.questions.data.measures.network.kruskal_wallis import group_chance

if TYPE_CHECKING:
    import pyarrow as pa

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HOURS = 24
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
    p_value, error
        Of gaps that come regardless; ``nan`` if it cannot be told. Its standard error where chance
        was drawn, else 0.
    where
        The hour (0-23), weekday (0 is Monday) or area with the most; empty if it cannot be told.
    share, low, high
        Share of the gaps that begin there (of an area: share of its readings that are missing), and
        its exact limits, which allow for the most having been picked.
    expected
        The share that it would have if gaps came regardless.
    n
        Days, weeks or sensors that it rests on.
    counts
        Of all gaps, those that begin in each hour (24, from midnight on) or on each weekday (7,
        from Monday on), told or not; empty of areas.
    reason
        Why it cannot be told.
    """

    by: str
    clusters: bool | None
    p_value: float = np.nan
    error: float = 0.0
    where: str = ""
    share: float = np.nan
    low: float = np.nan
    high: float = np.nan
    expected: float = np.nan
    n: int = 0
    counts: tuple[int, ...] = ()
    reason: Message | None = None

    def shown(self) -> dict[str, Any]:
        """Return it ready for JSON; why it cannot be told is ``reason``."""
        numbers = {
            name: _number(getattr(self, name))
            for name in ("p_value", "error", "share", "low", "high", "expected")
        }
        return {"clusters": self.clusters, "where": self.where, "n": self.n, **numbers}

    def said(self) -> Message | None:
        """Say that gaps cluster, and where; ``None`` where they do not, or it cannot be told."""
        if not self.clusters:
            return None
        known = {
            "share": self.share, "low": self.low, "high": self.high, "expected": self.expected,
            "n": self.n,
        }  # fmt: skip
        return Message(code=f"note.gaps.{self.by}", parameters={**self._named(), **known})

    def _named(self) -> dict[str, Any]:
        if self.by == "hour":
            at = int(self.where)
            return {"from": f"{at:02}:00", "to": f"{at + 1:02}:00"}
        if self.by == "weekday":
            return {"day": Message(code=f"weekday.{WEEKDAYS[int(self.where)]}")}
        return {"area": self.where}


def gap_clusters(
    folded: pa.Table,
    areas: Mapping[str, str] | None = None,
    *,
    rng: np.random.Generator | None = None,
    n_draws: int = 9_999,
) -> tuple[Clustering, ...]:
    """Return whether gaps cluster by hour, by weekday and, if ``areas`` are given, by area.

    Parameters
    ----------
    folded
        The folded table.
    areas
        Area of each sensor.
    rng, n_draws
        Source of chance, and how often sensors are dealt out to areas anew where there are too many
        ways to list them all; without, a limit distribution stands in for it.
    """
    begins, every = _begins(folded)
    day, clock = np.divmod(begins, DAY_US)
    hour = _by_clock(
        _Clock(by="hour", slots=HOURS, n_waves=_HOUR_WAVES, seldom_us=_HOUR_US),
        day, clock // _HOUR_US, every,
    )  # fmt: skip
    week, weekday = np.divmod(day + _THURSDAY, len(WEEKDAYS))
    by_weekday = _by_clock(
        _Clock(by="weekday", slots=len(WEEKDAYS), n_waves=_WEEK_WAVES, seldom_us=DAY_US),
        week, weekday, every,
    )  # fmt: skip
    if areas is None:
        return hour, by_weekday
    return hour, by_weekday, _by_area(folded, areas, rng, n_draws)


def _begins(folded: pa.Table) -> tuple[Whole, Whole]:
    """Return when the first missing reading of each gap was due, and the cadence; microseconds."""
    entries, parent = entries_of(folded, "gaps")
    every = folded.column("cadence").fill_null(0).to_numpy()[parent]
    return wholes(entries, "start") + every, every


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clock:
    """Slots of a day or a week, and the cadence (microseconds) beyond which none can be told."""

    by: str
    slots: int
    n_waves: int
    seldom_us: int


def _by_clock(clock: _Clock, block: Whole, slot: Whole, every: Whole) -> Clustering:
    """Return whether gaps cluster by hour or weekday; ``block`` is the day or week of each."""
    counts = tuple(np.bincount(slot, minlength=clock.slots).tolist())
    often = every <= clock.seldom_us
    if slot.size and not often.any():
        reason = Message(code=f"reason.gap_clusters.{clock.by}.seldom")
        return Clustering(by=clock.by, clusters=None, counts=counts, reason=reason)
    blocks, which = np.unique(block[often], return_inverse=True)
    if blocks.size < LEAST_BLOCKS:
        reason = Message(
            code=f"reason.gap_clusters.{clock.by}",
            parameters={"n": int(blocks.size), "n_least": LEAST_BLOCKS},
        )
        n = int(blocks.size)
        return Clustering(by=clock.by, clusters=None, n=n, counts=counts, reason=reason)
    at = which * clock.slots + slot[often]
    begun = np.bincount(at, minlength=blocks.size * clock.slots).reshape(-1, clock.slots)
    return replace(_told(clock, begun), counts=counts)


def _told(clock: _Clock, begun: Whole) -> Clustering:
    """Return whether gaps cluster; ``begun``, shape (n_blocks, slots), counts their beginnings."""
    middle = (np.arange(clock.slots) + 0.5) / clock.slots
    angle = 2 * np.pi * np.outer(np.arange(1, clock.n_waves + 1), middle)
    waves = np.concatenate([np.cos(angle), np.sin(angle)])
    p_value = _chance_of_waves(waves @ begun.T.astype(np.float64))
    starts = begun.sum(axis=0)
    at = int(np.argmax(starts))
    low, high = share_limits(starts[at], starts.sum(), confidence=1 - 0.05 / clock.slots)
    return Clustering(
        by=clock.by, clusters=p_value < ALPHA, p_value=p_value, where=str(at),
        share=float(starts[at] / starts.sum()), low=float(low), high=float(high),
        expected=1 / clock.slots, n=len(begun),
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
    folded = folded.select(["sensor", "n_missing", "n_expected"]).sort_by("sensor")
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
    chance = group_chance(missing / expected, which, rng=rng, n_draws=n_draws)
    n = int(missing.size)
    few = Message(code="reason.gap_clusters.area.few", parameters={"n": n})
    is_told = chance.n_ways * ALPHA >= 1
    rates = np.bincount(which, weights=missing) / np.bincount(which, weights=expected)
    at = int(np.argmax(rates))
    mine = which == at
    low, high = _between_sensors(missing[mine], expected[mine], 0.05 / names.size)
    return Clustering(
        by="area", clusters=chance.p_value < ALPHA if is_told else None, p_value=chance.p_value,
        error=chance.error, where=str(names[at]), share=float(rates[at]), low=low, high=high,
        expected=float(missing.sum() / expected.sum()), n=n, reason=None if is_told else few,
    )  # fmt: skip


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
