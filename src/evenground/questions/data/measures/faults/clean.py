"""Clean readings as city networks give them: nothing is wrong with these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from evenground.questions.data.measures.faults.stream import Floats, Stream, Whole

SECOND = 1_000_000
DAY = 86_400 * SECOND
BEGINS = 1_704_067_200 * SECOND
"""2024-01-01 00:00."""
WEATHER_DAYS = 3.0
OWN_HOURS = 1.0


class Times(NamedTuple):
    """When a network reads: instants, and the same in days and as parts of a year."""

    at: Whole
    days: Floats
    year: Floats
    every_days: float


def autoregression(rng: np.random.Generator, n: int, *, keeps: float) -> Floats:
    """Return a stationary series of mean 0 and standard deviation 1 that forgets slowly.

    Parameters
    ----------
    rng
        Where chance comes from.
    n
        How many values.
    keeps
        What part of a value the next one keeps, 0-1.

    Notes
    -----
    ``x_t = keeps x_{t-1} + e_t``; worked out in stretches over which ``keeps`` to their length is
    no smaller than 1e-100, so that no loop over values is needed.
    """
    noise = rng.standard_normal(n)
    noise[1:] *= np.sqrt(1 - keeps**2)
    if keeps <= 0:
        return noise
    stretch = max(1, int(-230 / np.log(keeps))) if keeps < 1 else n
    x, before = np.empty(n), 0.0
    for first in range(0, n, stretch):
        part = noise[first : first + stretch]
        powers = keeps ** np.arange(part.size)
        x[first : first + part.size] = powers * (before * keeps + np.cumsum(part / powers))
        before = x[first + part.size - 1]
    return x


def _common(rng: np.random.Generator, times: Times) -> Floats:
    keeps = float(np.exp(-times.every_days / WEATHER_DAYS))
    return autoregression(rng, times.at.size, keeps=keeps)


def _own(rng: np.random.Generator, times: Times) -> Floats:
    keeps = float(np.exp(-times.every_days * 24 / OWN_HOURS))
    return autoregression(rng, times.at.size, keeps=keeps)


def _temperature(rng: np.random.Generator, times: Times, weather: Floats) -> Floats:
    """Degrees Celsius to 0.1: season, day, weather, the place, the instrument."""
    season = -np.cos(2 * np.pi * times.year)
    day = -np.cos(2 * np.pi * (times.days - 0.15))
    place = rng.normal(0, 0.7)
    air = 9 + 9 * season + (2.5 + season) * day + 3.5 * weather + place
    return np.round(air + 0.2 * _own(rng, times) + rng.normal(0, 0.25, times.at.size), 1)


def _particles(rng: np.random.Generator, times: Times, weather: Floats) -> Floats:
    """Micrograms PM2.5 per cubic metre to 0.1: lognormal, with rush hours and stale air."""
    rush = np.cos(4 * np.pi * (times.days - 0.33)) - np.cos(2 * np.pi * times.days)
    log = 2.1 + rng.normal(0, 0.15) + 0.55 * weather + 0.15 * rush + 0.15 * _own(rng, times)
    return np.round(np.exp(log + rng.normal(0, 0.08, times.at.size)), 1).astype(np.float64)


def _traffic(rng: np.random.Generator, times: Times, weather: Floats) -> Floats:
    """Vehicles counted between readings: two rushes, weekends, hardly any at night."""
    of_day = times.days % 1
    profile = np.exp(-(((of_day - 0.34) / 0.06) ** 2)) + np.exp(-(((of_day - 0.71) / 0.08) ** 2))
    profile += 0.55 * np.exp(-(((of_day - 0.53) / 0.16) ** 2)) + 0.006
    profile *= np.where(times.days.astype(np.int64) % 7 >= 5, 0.6, 1.0)  # noqa: PLR2004 - weekend
    busy = rng.uniform(15, 60) * times.every_days * 288
    return rng.poisson(busy * profile * np.exp(0.05 * weather)).astype(np.float64)


def _humidity(rng: np.random.Generator, times: Times, weather: Floats) -> Floats:
    """Per cent to 0.1, never saturated."""
    day = -np.cos(2 * np.pi * (times.days - 0.15))
    reach = 0.9 * weather - 0.5 * day + 0.1 * _own(rng, times) + rng.normal(0, 0.2)
    return np.round(20 + 75 / (1 + np.exp(-reach)) + rng.normal(0, 0.4, times.at.size), 1)


def _noise(rng: np.random.Generator, times: Times, weather: Floats) -> Floats:
    """Decibel to 0.1: restless by day, quiet at night, with passing vehicles."""
    day = -np.cos(2 * np.pi * (times.days - 0.1))
    restless = 1.6 + 0.8 * day
    passing = restless * 1.2 * np.abs(_own(rng, times)) + 0.2 * weather
    return np.round(54 + 6 * day + passing + restless * rng.normal(0, 1, times.at.size), 1)


KINDS: Mapping[str, Callable[[np.random.Generator, Times, Floats], Floats]] = {
    "temperature": _temperature,
    "particles": _particles,
    "traffic": _traffic,
    "humidity": _humidity,
    "noise": _noise,
}


def clean_network(
    rng: np.random.Generator, *, kind: str, sensors: int, days: float, cadence_seconds: int = 300
) -> Stream:
    """Return a network of sensors with which nothing is wrong.

    Sensors share the weather and have noise of their own; values are rounded as instruments do.

    Parameters
    ----------
    rng
        Where chance comes from.
    kind
        ``temperature`` (degrees Celsius), ``particles`` (PM2.5), ``traffic`` (counts), ``humidity``
        (per cent) or ``noise`` (decibel).
    sensors, days, cadence_seconds
        How many, for how long from 2024-01-01 on, and how often they read.

    Returns
    -------
    The rows of the first sensor in the order of time, then of the second, and so on.
    """
    every = cadence_seconds * SECOND
    at = BEGINS + np.arange(int(days * DAY // every), dtype=np.int64) * every
    passed = (at - BEGINS) / DAY
    times = Times(at, passed, passed / 365.25, every / DAY)
    weather = _common(rng, times)
    values = [KINDS[kind](rng, times, weather) for _ in range(sensors)]
    return Stream(
        names=tuple(f"{kind}-{i + 1:03d}" for i in range(sensors)),
        sensor=np.repeat(np.arange(sensors, dtype=np.int64), at.size),
        time=np.tile(at, sensors),
        value=np.concatenate(values) if values else np.empty(0),
    )
