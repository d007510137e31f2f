"""Readings of many kinds with nothing wrong, and the folded table made of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pytest

from evenground.questions.data.measures.series.fold import Auditing
from evenground.questions.data.measures.series.folded import folded_table
from evenground.questions.data.measures.series.series import Series

DAY = 86_400_000_000
FIRST_DAY = 18_000
"""2019-04-14."""


def autoregression(n, keeps, rng):
    noise = rng.normal(size=n) * np.sqrt(1 - keeps**2)
    out = np.empty(n)
    now = 0.0
    for i, step in enumerate(noise):
        now = keeps * now + step
        out[i] = now
    return out


def weather(days, per_day, rng, *, keeps=0.75):
    """Return weather that changes smoothly from day to day."""
    daily = np.repeat(autoregression(days + 1, keeps, rng), per_day)
    return np.convolve(daily, np.ones(per_day) / per_day, "valid")[: days * per_day]


def _flat(t, rng, n, days, per_day):
    return 20 + 5 * np.sin(2 * np.pi * t) + rng.normal(size=n)


def _temperature(t, rng, n, days, per_day):
    season = -10 * np.cos(2 * np.pi * (t - 20) / 365.25)
    air = 10 + season + 3.5 * weather(days, per_day, rng) + 4 * np.sin(2 * np.pi * t)
    return np.round(air + 0.3 * rng.normal(size=n), 1)


def _particles(t, rng, n, days, per_day):
    log = 2.5 + 0.45 * weather(days, per_day, rng) + 0.25 * np.sin(2 * np.pi * t)
    return np.round(np.exp(log + 0.1 * rng.normal(size=n)), 1)


def _counts(t, rng, n, days, per_day):
    hour = (t % 1) * 24
    shape = 0.05 + np.exp(-((hour - 8) ** 2) / 8) + 1.2 * np.exp(-((hour - 17) ** 2) / 10)
    weekday = np.array([1, 1.02, 1.03, 1.03, 1.05, 0.7, 0.55])[t.astype(int) % 7]
    return rng.poisson(60 * shape * weekday).astype(float)


def _gamma(t, rng, n, days, per_day):
    return rng.gamma(4, 5, size=n)


KINDS = {
    "flat": _flat, "temperature": _temperature, "particles": _particles, "counts": _counts,
    "gamma": _gamma,
}  # fmt: skip


class Clean(NamedTuple):
    """Makes readings of one sensor of a kind."""

    kinds: tuple[str, ...]

    def __call__(self, kind, rng, *, days=365, per_day=24):
        n = days * per_day
        return KINDS[kind](np.arange(n) / per_day, rng, n, days, per_day)


@pytest.fixture(scope="session")
def clean():
    """Return what makes clean readings: ``clean(kind, rng, days=…, per_day=…)``."""
    return Clean(tuple(KINDS))


@pytest.fixture(scope="session")
def fold_of():
    """Return what folds readings by sensor, each ``per_day`` a day from 2019-04-14 on."""

    def fold(series, *, per_day=24, column="value") -> pa.Table:
        audits = []
        for sensor, values in series.items():
            times = FIRST_DAY * DAY + np.arange(len(values), dtype=np.int64) * (DAY // per_day)
            one = Series(sensor=sensor, times=times, values={column: np.asarray(values, float)})
            audits.append(Auditing().audit(one))
        return folded_table(audits)

    return fold


@pytest.fixture(scope="session")
def common():
    """Return what makes a network that shares its weather, one entry per sensor."""

    def network(n_sensors, rng, *, days=180, per_day=24, noise=1.0):
        n = days * per_day
        t = np.arange(n) / per_day
        shared = 12 - 8 * np.cos(2 * np.pi * (t - 50) / 365.25) + 3 * weather(days, per_day, rng)
        shared = shared + 4 * np.sin(2 * np.pi * t)
        return {
            f"s{i:02d}": shared + rng.normal(0, 1) + noise * rng.normal(size=n)
            for i in range(n_sensors)
        }

    return network
