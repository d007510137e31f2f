"""Changes of resolution: days from which on the smallest step of a series' values is another."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from evenground.evidence import Message, settled
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.network.daily import Daily
from evenground.questions.data.measures.network.episodes import Episode, flagged_days, shown
from evenground.questions.data.measures.network.lattices import (
    LEAST_DAYS,
    LEAST_READINGS,
    Lattice,
    lattices,
)

NAME = "resolution_changes"
OFTEN = 6
"""A series that changes more often a year does so by nature, such as by the size of its values."""
YEAR = 365.25
_NEAR = 2


class Found(NamedTuple):
    """Changes of resolution in one column.

    ``episodes`` holds the first day of each, ``by_nature`` the sensors whose smallest step changes
    so often that it must be their way; ``told`` says whether any day has enough readings.
    """

    episodes: list[Episode]
    by_nature: list[str]
    told: bool


def resolution_episodes(days: Daily, units: list[Episode]) -> Found:
    """Return the changes of resolution of one column that do not come with another unit."""
    episodes: list[Episode] = []
    by_nature: list[str] = []
    for i, stretches in lattices(days).items():
        changes = _changes(days, i, stretches, units)
        if len(changes) > OFTEN * max(days.day.size / YEAR, 1.0):
            by_nature.append(days.sensors[i])
        else:
            episodes += changes
    return Found(episodes, by_nature, bool((days.n >= LEAST_READINGS).any()))


def resolution_changes(found: Mapping[str, Found]) -> Check:
    """Return how often the smallest step of a series' values changed; ``found`` is by column."""
    definition = Message(
        code="definition.resolution_changes",
        parameters={"n_readings": LEAST_READINGS, "n_days": LEAST_DAYS, "n_often": OFTEN},
    )
    if not any(one.told for one in found.values()):
        reason = Message(
            code="reason.resolution_changes.too_few_readings",
            parameters={"n_readings": LEAST_READINGS},
        )
        return Check.not_established(NAME, unit="changes", definition=definition, reason=reason)
    episodes = [episode for one in found.values() for episode in one.episodes]
    check = Check.counted(NAME, len(episodes), unit="changes", definition=definition)
    by_nature = [
        {"sensor": sensor, "column": column}
        for column, one in found.items()
        for sensor in one.by_nature
    ]
    return check.showing(
        flags=flagged_days(episodes, NAME), changes=shown(episodes), by_nature=by_nature
    )


def _changes(
    days: Daily, i: int, stretches: tuple[Lattice, ...], units: list[Episode]
) -> list[Episode]:
    """Return the changes of one sensor that do not come with another unit."""
    first, last = int(days.day[0]), int(days.day[-1])
    bounds = [
        day
        for one in units
        if one.sensor == days.sensors[i]
        for day in (one.start_day, one.end_day)
        if day is not None
    ]
    changes: list[Episode] = []
    for before, after in pairwise(stretches):
        day = first + after.start
        if any(abs(day - bound) <= _NEAR for bound in bounds):
            continue
        changes.append(
            Episode(
                sensor=days.sensors[i],
                column=days.column,
                start_day=day,
                end_day=day + 1,
                last_day=last,
                figures={"step_before": _step(before), "step_after": _step(after)},
            )
        )
    return changes


def _step(lattice: Lattice) -> float | None:
    return settled(lattice.step) if np.isfinite(lattice.step) else None
