"""Drift: a sensor moves away from its network, slowly and for weeks."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from evenground.evidence import Message, settled
from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.network.daily import Daily
from evenground.questions.data.measures.network.departures import (
    Departures,
    departures,
    without_one,
)
from evenground.questions.data.measures.network.episodes import Episode, flagged_days, shown
from evenground.questions.data.measures.network.level_shifts import (
    shifts_among,
    without_stretches,
)
from evenground.questions.data.measures.network.ramps import (
    LEAST_DAYS,
    Ramp,
    season_of,
    slopes_on,
    steepest,
)
from evenground.questions.data.measures.network.reference import LEAST_NEIGHBOURS, Places
from evenground.questions.data.measures.network.steps import step_sizes, steps_of
from evenground.questions.data.measures.network.windows import (
    TO_DEVIATION,
    known_median,
    robust_scale,
    window_differences,
)

NAME = "drift"
PER_DAYS = 30
DRIFT_Z = 4.5
"""How many standard errors a slope must be from 0; part of these is what its neighbours' slopes
over the same days vary by."""
BEYOND_SEASON = 4.0
"""How much better a ramp must explain the days than a season would, in squared deviations."""
LEAST_SIZE = 0.5
"""A drift must come to so many times the noise of one reading."""
_SCREEN = 3.5
_UNUSUAL, _UNUSUAL_AMONG_MANY = 2.0, 3.5
_MANY = 12
_LEVEL = 0.95
_TWO_SIDED = 1.96
_NOTHING = 1e-12


class Drifting(NamedTuple):
    """One sensor's drift: positions of its first and last day, change per day with its interval."""

    start: int
    end: int
    slope: float
    low: float
    high: float
    z: float


class Found(NamedTuple):
    """Drift in one column.

    ``episodes`` holds each stretch, ``season_or_drift`` the sensors that move away from their
    network as a season might make them; ``n_told`` sensors have enough neighbours and days,
    ``n_alone`` have not.
    """

    episodes: list[Episode]
    season_or_drift: list[str]
    n_told: int
    n_alone: int


def drift(found: Mapping[str, Found]) -> Check:
    """Return how many stretches of drift there are; ``found`` is by column."""
    definition = Message(
        code="definition.drift",
        parameters={"n_neighbours": LEAST_NEIGHBOURS, "n_days": LEAST_DAYS, "z": DRIFT_Z},
    )
    n_told = sum(one.n_told for one in found.values())
    n_alone = sum(one.n_alone for one in found.values())
    if n_told == 0:
        why = "too_few_neighbours" if n_alone else "too_few_days"
        reason = Message(
            code=f"reason.drift.{why}",
            parameters={"n_neighbours": LEAST_NEIGHBOURS, "n_days": PER_DAYS},
        )
        return Check.not_established(NAME, unit="stretches", definition=definition, reason=reason)
    episodes = [episode for one in found.values() for episode in one.episodes]
    check = Check.counted(NAME, len(episodes), unit="stretches", definition=definition)
    doubtful = [
        {"sensor": sensor, "column": column}
        for column, one in found.items()
        for sensor in one.season_or_drift
    ]
    return check.showing(
        flags=flagged_days(episodes, NAME), stretches=shown(episodes), series_told=n_told,
        series_not_told=n_alone, season_or_drift=doubtful,
    )  # fmt: skip


def drift_episodes(days: Daily, units: list[Episode], places: Places | None = None) -> Found:
    """Return the drift of one column.

    Parameters
    ----------
    days
        The column's days.
    units
        Stretches that come in another unit, which are left out.
    places
        Where sensors stand; without, all others are a sensor's neighbours.
    """
    n_sensors, n_days = days.median.shape
    if n_days < PER_DAYS:
        return Found([], [], 0, 0)
    cleared = without_stretches(days, units)
    apart = departures(cleared, places)
    told = np.isfinite(apart.beside).sum(axis=1) >= PER_DAYS
    episodes: list[Episode] = []
    doubtful: list[str] = []
    for i in np.flatnonzero(told & _worth_a_look(apart.beside)):
        others = without_one(apart, int(i))
        found, seasonal = drifting(apart.beside[i], others, days.day, apart.network[i])
        said = _in_its_unit(found, cleared.median[i], apart)
        large = [one for one in said if _large(one, days.noise[i])]
        episodes += [_episode(days, int(i), one) for one in large]
        if seasonal and not large:
            doubtful.append(days.sensors[i])
    return Found(episodes, doubtful, int(told.sum()), int(n_sensors - told.sum()))


def _in_its_unit(found: list[Drifting], median: Vector, apart: Departures) -> list[Drifting]:
    """Return drift in the unit of the column; a ratio is of the level during the drift."""
    if not apart.logarithmic:
        return found
    during = [float(known_median(median[one.start : one.end + 1])) for one in found]
    return [
        one._replace(slope=one.slope * level, low=one.low * level, high=one.high * level)
        for one, level in zip(found, during, strict=True)
    ]


def _large(one: Drifting, noise: float) -> bool:
    """Say whether a drift comes to enough beside the noise of a reading, if that is known."""
    return abs(one.slope) * (one.end - one.start) >= LEAST_SIZE * np.nan_to_num(noise)


def drifting(
    beside: Vector, others: Vector, day: Whole, network: Vector
) -> tuple[list[Drifting], bool]:
    """Return the drift of one sensor, and whether a season may have been mistaken for it.

    Parameters
    ----------
    beside, shape (n_days,)
        The sensor less its network.
    others, shape (n_neighbours, n_days)
        Its neighbours less theirs.
    day, network, shape (n_days,)
        Days since 1970-01-01, and what the network does.
    """
    found: list[Drifting] = []
    seasonal = False
    for part in _between_shifts(beside):
        ramp = steepest(beside[part], season_of(day[part], network[part], others[:, part]))
        if ramp is None:
            continue
        wander = _wander(slopes_on(others[:, part], ramp), ramp.error)
        if not np.isfinite(wander):
            continue
        error = float(np.hypot(ramp.error, wander))
        z = abs(ramp.slope) / error if error > 0 else 0.0
        if z >= DRIFT_Z and ramp.beyond_season >= BEYOND_SEASON:
            found.append(_drifting(part.start, ramp, wander, z))
        elif min(ramp.alone, abs(ramp.slope) / max(wander, _NOTHING)) >= DRIFT_Z:
            seasonal = True
    return found, seasonal


def _wander(slopes: Vector, error: float) -> float:
    """Return by how much slopes of neighbours vary beyond their error, more if they are few.

    ``nan`` if they are too few to tell.
    """
    known = slopes[np.isfinite(slopes)]
    if known.size < LEAST_NEIGHBOURS:
        return np.nan
    usual = TO_DEVIATION * float(np.median(np.abs(known)))
    beyond = max(usual**2 - error**2, 0.0)
    return float(np.sqrt(beyond * (1 + LEAST_NEIGHBOURS / known.size)))


def _drifting(begin: int, ramp: Ramp, wander: float, z: float) -> Drifting:
    """Return a ramp that begins at a position as drift; its interval allows for wandering."""
    beyond = _TWO_SIDED * wander
    return Drifting(
        start=begin + ramp.start,
        end=begin + ramp.end,
        slope=ramp.slope,
        low=ramp.slope - float(np.hypot(ramp.low - ramp.slope, beyond)),
        high=ramp.slope + float(np.hypot(ramp.high - ramp.slope, beyond)),
        z=z,
    )


def _between_shifts(beside: Vector) -> list[slice]:
    """Return the stretches between a series' shifts, as positions."""
    one = beside[None]
    steps = steps_of(one, step_sizes(one[None])[0])
    at = [0, *(shift.at for shift in shifts_among(beside, steps)), beside.size]
    return [slice(a, b) for a, b in pairwise(at)]


def _worth_a_look(beside: Vector) -> Flags:
    """Say which sensors move slowly by more than their noise, and than sensors usually do."""
    noise = np.nan_to_num(robust_scale(window_differences(beside, 1, 1))) / np.sqrt(2)
    out = np.zeros(beside.shape[0], dtype=np.bool_)
    unusual = _UNUSUAL if beside.shape[0] < _MANY else _UNUSUAL_AMONG_MANY
    for width in (15, 30, 60):
        moves = window_differences(beside, width, width)
        usual = np.nan_to_num(known_median(robust_scale(moves), axis=0))
        most = np.nan_to_num(np.abs(moves)).max(axis=1)
        out |= most >= np.maximum(_SCREEN * noise * np.sqrt(2 / width), unusual * usual)
    return out


def _episode(days: Daily, i: int, one: Drifting) -> Episode:
    per = one.slope * PER_DAYS
    noise = float(days.noise[i])
    first = int(days.day[0])
    lasts = one.end >= days.day.size - LEAST_DAYS // 2
    return Episode(
        sensor=days.sensors[i],
        column=days.column,
        start_day=first + one.start,
        end_day=None if lasts else first + one.end + 1,
        last_day=int(days.day[-1]),
        figures={
            "per_30_days": settled(per),
            "low": settled(one.low * PER_DAYS),
            "high": settled(one.high * PER_DAYS),
            "level": _LEVEL,
            "noise_sd_per_30_days": settled(abs(per) / noise) if noise > 0 else None,
            "z": round(one.z, 1),
        },
    )
