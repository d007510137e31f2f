"""Level shifts: days from which on a series lies higher or lower than it did, at once.

Source: Eichinger and Kirch (2018), Bernoulli 24, 526-564, for the statistic (see ``windows``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from evenground.evidence import Message, settled
from evenground.methods.validation import Vector
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.network.beside import beside_network
from evenground.questions.data.measures.network.daily import Daily
from evenground.questions.data.measures.network.episodes import Episode, flagged_days, shown
from evenground.questions.data.measures.network.features import scale_of, steady_features
from evenground.questions.data.measures.network.reference import Places
from evenground.questions.data.measures.network.steps import (
    LEAST_WINDOWS,
    STEP_Z,
    WIDTHS,
    has_steps,
    step_sizes,
    steps_of,
)
from evenground.questions.data.measures.network.windows import (
    known_median,
    robust_scale,
    window_differences,
)

NAME = "level_shifts"
LEAST_DAYS = 8
"""Days that a level must last on either side."""
AT_ONCE = ((2, 0.6), (4, 0.7), (7, 0.75))
"""Which part of a shift must be there within so many days; less is a slope."""
_NEAR = 2


class Shift(NamedTuple):
    """A shift of one series: position of the first day after it, size in scales, and in figures."""

    at: int
    z: float
    size: float


def level_shifts(episodes: Sequence[Episode]) -> Check:
    """Return how often the level of a series shifted, given the shifts of all columns."""
    definition = Message(
        code="definition.level_shifts", parameters={"z": STEP_Z, "n_days": LEAST_DAYS}
    )
    check = Check.counted(NAME, len(episodes), unit="shifts", definition=definition)
    return check.showing(flags=flagged_days(episodes, NAME), shifts=shown(episodes))


def shift_episodes(
    days: Daily, units: list[Episode], places: Places | None = None
) -> list[Episode]:
    """Return the shifts of one column, each the day on which it happened.

    Parameters
    ----------
    days
        The column's days.
    units
        Stretches that come in another unit, which are left out.
    places
        Where sensors stand.
    """
    if days.day.size < 2 * LEAST_DAYS:
        return []
    scale = scale_of(days)
    features = steady_features(without_stretches(days, units), scale)
    network = beside_network(features, days, scale, places)
    found = _found(features)
    if network is not None:
        for i, shifts in _found(features - network).items():
            known = [one.at for one in found.get(i, [])]
            apart = [one for one in shifts if all(abs(one.at - at) > _NEAR for at in known)]
            found[i] = sorted([*found.get(i, []), *apart])
    return [_episode(days, i, one) for i in sorted(found) for one in found[i]]


def without_stretches(days: Daily, episodes: list[Episode]) -> Daily:
    """Return the days without those of some episodes."""
    if not episodes:
        return days
    which = {code: i for i, code in enumerate(days.sensors)}
    profile = days.profile
    for one in episodes:
        start, stop = one.days.start - int(days.day[0]), one.days.stop - int(days.day[0])
        profile[:, which[one.sensor], start:stop] = np.nan
    return replace(days, low=profile[0], median=profile[1], high=profile[2])


def _found(features: Vector) -> dict[int, list[Shift]]:
    sizes = step_sizes(features)
    found: dict[int, list[Shift]] = {}
    for i in np.flatnonzero(has_steps(sizes)):
        shifts = shifts_among(features[i, 0], steps_of(features[i], sizes[i]))
        if shifts:
            found[int(i)] = shifts
    return found


def shifts_among(level: Vector, steps: tuple[int, ...]) -> list[Shift]:
    """Return the steps at which the level itself shifts, at once and for some days.

    Parameters
    ----------
    level, shape (n_days,)
        Level of each day.
    steps
        Positions of the first days after each step of the series.
    """
    apart = [step for step in steps if step - 1 not in steps]
    bounds = [0, *apart, level.size]
    shifts: list[Shift] = []
    for k in range(1, len(bounds) - 1):
        begin, at, end = bounds[k - 1 : k + 2]
        if min(at - begin, end - at) < LEAST_DAYS:
            continue
        width = max(w for w in WIDTHS if w <= min(at - begin, end - at))
        usual = np.concatenate(
            [window_differences(side, width, width) for side in (level[begin:at], level[at:end])]
        )
        if np.isfinite(usual).sum() < LEAST_WINDOWS:
            usual = window_differences(level, width, width)
        scale = float(robust_scale(usual))
        size = float(window_differences(level, width, width)[at])
        if scale > 0 and abs(size) >= STEP_Z * scale and _at_once(level, at, width, size):
            shifts.append(Shift(at, abs(size) / scale, size))
    return shifts


def _at_once(level: Vector, at: int, width: int, size: float) -> bool:
    """Say whether most of a shift over ``width`` days is there within fewer of them.

    It may have happened in the course of a day, so the day after is as good.
    """
    for narrow, part in AT_ONCE:
        if narrow >= width:
            break
        near = window_differences(level, narrow, narrow)[at : at + 2] * np.sign(size)
        known = near[np.isfinite(near)]
        if not known.size or known.max() < part * abs(size):
            return False
    return True


def _episode(days: Daily, i: int, shift: Shift) -> Episode:
    at, day = shift.at, int(days.day[0]) + shift.at
    before = days.median[i, max(at - LEAST_DAYS, 0) : at]
    after = days.median[i, at : at + LEAST_DAYS]
    return Episode(
        sensor=days.sensors[i],
        column=days.column,
        start_day=day,
        end_day=day + 1,
        last_day=int(days.day[-1]),
        figures={
            "z": round(shift.z, 1),
            "median_before": settled(float(known_median(before))),
            "median_after": settled(float(known_median(after))),
        },
    )
