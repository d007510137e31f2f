"""Unit jumps: from some day on, for a while or for good, values come in another unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from evenground.evidence import Message
from evenground.methods.validation import Vector
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.network.beside import beside_network
from evenground.questions.data.measures.network.contrasts import Course, after_step, for_a_while
from evenground.questions.data.measures.network.conversions import conversions
from evenground.questions.data.measures.network.daily import Daily
from evenground.questions.data.measures.network.episodes import Episode, flagged_days, shown
from evenground.questions.data.measures.network.features import (
    Scale,
    counts_activity,
    scale_of,
    steady_features,
)
from evenground.questions.data.measures.network.lattices import Lattice, lattices
from evenground.questions.data.measures.network.reference import Places
from evenground.questions.data.measures.network.steps import has_steps, step_sizes, steps_of
from evenground.questions.data.measures.network.unit_explained import Explained, explained

NAME = "unit_jumps"
LEAST_DAYS = 8
"""Fewer days say nothing about a series' ways."""
UNIT_Z = 6.0
"""How many times its usual size a step must be to be looked at: less than for a shift, as a
conversion must explain it too."""
MOST_DAYS_FOR_A_WHILE = 45
"""What lasts longer is looked at where it begins and where it ends."""


PARTLY = 4.0
"""That a day is affected in part must explain more than that it is not, by so much."""


class Stretch(NamedTuple):
    """Days in another unit: positions of the first that may be affected and the first after."""

    start: int
    end: int
    how: Explained


def unit_jumps(episodes: Sequence[Episode]) -> Check:
    """Return how many stretches come in another unit, given those of all columns."""
    definition = Message(
        code="definition.unit_jumps", parameters={"z": UNIT_Z, "n_known": len(conversions())}
    )
    check = Check.counted(NAME, len(episodes), unit="stretches", definition=definition)
    return check.showing(flags=flagged_days(episodes, NAME), stretches=shown(episodes))


def unit_episodes(days: Daily, places: Places | None = None) -> list[Episode]:
    """Return the stretches of one column in which values come in another unit."""
    if days.day.size < LEAST_DAYS:
        return []
    scale = scale_of(days)
    features = steady_features(days, scale)
    changing = lattices(days)
    found = _found(days, scale, features, np.zeros_like(features), changing)
    network = beside_network(features, days, scale, places)
    if network is not None:
        for i, beside in _found(days, scale, features, network, changing).items():
            found[i] = apart([*found.get(i, ()), *beside])
    return [_episode(days, i, one) for i in sorted(found) for one in found[i]]


def apart(stretches: list[Stretch]) -> list[Stretch]:
    """Return stretches that do not overlap, in order; of two that do, the better explained."""
    kept: list[Stretch] = []
    for one in sorted(stretches, key=lambda one: -one.how.gain):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _found(
    days: Daily,
    scale: Scale,
    features: Vector,
    network: Vector,
    changing: dict[int, tuple[Lattice, ...]],
) -> dict[int, list[Stretch]]:
    beside = features - network
    sizes = step_sizes(beside)
    asked = has_steps(sizes, threshold=UNIT_Z)
    asked[list(changing)] = True
    asked &= np.isfinite(network[:, 0]).any(axis=1)
    activity = counts_activity(days)
    found: dict[int, list[Stretch]] = {}
    for i in np.flatnonzero(asked):
        stretches = changing.get(int(i), ())
        steps = set(steps_of(beside[i], sizes[i], threshold=UNIT_Z))
        steps |= {one.start for one in stretches[1:] if not _near(one.start, steps)}
        course = Course(
            profile=days.profile[:, [i]],
            features=beside[i],
            network=network[[i]],
            scale=scale.of(int(i)),
            lattices=stretches,
            activity=bool(activity[i]),
        )
        found[int(i)] = unit_stretches(course, sorted(steps))
    return found


def _near(position: int, steps: set[int]) -> bool:
    return any(abs(position - step) <= 1 for step in steps)


def unit_stretches(course: Course, steps: list[int]) -> list[Stretch]:
    """Return the stretches of one sensor that come in another unit, given its steps.

    Parameters
    ----------
    course
        The sensor's days.
    steps
        Positions of the first days after each step.
    """
    found = apart(list(_passing(course, steps)))
    free = [
        step for step in steps if not any(one.start - 1 <= step <= one.end + 1 for one in found)
    ]
    return apart(
        [*found, *_lasting(course.without([slice(one.start, one.end) for one in found]), free)]
    )


def _passing(course: Course, steps: list[int]) -> Iterator[Stretch]:
    """Return every stretch between two steps that a conversion explains."""
    known = conversions()
    for j, begin in enumerate(steps):
        for end in steps[j + 1 : j + 4]:
            if end - begin > MOST_DAYS_FOR_A_WHILE:
                break
            best: Stretch | None = None
            for before, first in ((begin, begin), (begin, begin + 1), (begin - 1, begin)):
                for last, after in ((end, end), (end - 1, end), (end, end + 1)):
                    if last <= first:
                        continue
                    contrast = for_a_while(course, before, slice(first, last), after)
                    how = explained(contrast, known) if contrast else None
                    if how and (best is None or how.gain > best.how.gain + PARTLY):
                        best = Stretch(before, after, how)
            if best:
                yield best


def _lasting(course: Course, steps: list[int]) -> Iterator[Stretch]:
    """Return stretches that begin with a step and last until another, or to the end."""
    known = conversions()
    alone = [step for step in steps if step - 1 not in steps]
    bounds = [0, *alone, course.n_days]
    since: Stretch | None = None
    for k in range(1, len(bounds) - 1):
        begin, at, end = bounds[k - 1 : k + 2]
        best: tuple[int, Explained] | None = None
        for last, first in ((at, at), (at - 1, at), (at, at + 1)):
            if last - begin < 1 or end - first < 1:
                continue
            contrast = after_step(course, slice(begin, last), slice(first, end))
            how = explained(contrast, known) if contrast else None
            if how and (best is None or how.gain > best[1].gain + PARTLY):
                best = (last, how)
        if best is None:
            continue
        back = since is not None and _inverse(since.how, best[1])
        if since is not None:
            yield since._replace(end=best[0] + 1 if back else best[0])
        since = None if back else Stretch(best[0], course.n_days, best[1])
    if since is not None:
        yield since


def _inverse(one: Explained, other: Explained) -> bool:
    return bool(np.isclose(one.conversion.factor * other.conversion.factor, 1, rtol=0.06))


def _episode(days: Daily, i: int, stretch: Stretch) -> Episode:
    first = int(days.day[0])
    how = stretch.how
    return Episode(
        sensor=days.sensors[i],
        column=days.column,
        start_day=first + stretch.start,
        end_day=None if stretch.end == days.day.size else first + stretch.end,
        last_day=int(days.day[-1]),
        figures={
            "conversion": how.conversion.name,
            "alike": list(how.alike),
            "z": round(how.unexplained, 1),
            "left": round(how.left, 2),
        },
    )
