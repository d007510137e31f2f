"""An event study that is small enough to be bounded: periods put together, or near the start."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.validation import Flags
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.staggered.aggregates import aggregated_effects
from evenground.questions.promise.measures.staggered.event_study import (
    REFERENCE,
    EventStudy,
    event_study,
    event_study_of,
)
from evenground.questions.promise.measures.staggered.group_time import (
    Comparison,
    callaway_santanna,
)

MOST, FEWEST = 12, 2
"""Periods at most on either side of the start, and with few clusters."""
_CLUSTERS_A_PERIOD = 4
_FEW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTimes:
    """An event study with what its periods are.

    Attributes
    ----------
    study
        At least one coefficient before the reference.
    length
        Times of the panel in each of its periods.
    n_least
        Treated clusters, or those compared with, whichever are fewer.
    """

    study: EventStudy
    length: int
    n_least: int


def event_times(panel: Panel, *, clusters: ArrayLike | None = None) -> EventTimes | None:
    """Return effects by time since the start; ``None`` with fewer than two periods before it.

    One start: two-way fixed effects, of periods put together so that 12 at most lie on either side.
    Several: group-time effects (Callaway and Sant'Anna), near the start where all cohorts are seen.
    There is a period for every four clusters at most: with more, a covariance from so few clusters
    makes joint statements reject far too often.

    Parameters
    ----------
    panel
        Several treated units; with one start, units never treated.
    clusters, shape (n_units,)
        Which units' errors go together; each unit by itself by default.

    Raises
    ------
    UsageError
        If effects cannot be told from one another.
    """
    n_least = _fewer(panel, clusters)
    most = min(max(n_least // _CLUSTERS_A_PERIOD, FEWEST), MOST)
    if panel.cohorts.size == 1 and panel.cohorts[0] < FEWEST:
        return None
    if panel.cohorts.size == 1:
        length = _length(panel, most)
        shortened = together(panel, length)
        study = event_study(shortened, clusters=clusters)
        return EventTimes(study=study, length=length, n_least=n_least)
    comparison = Comparison(
        controls="not yet treated" if panel.ever_treated.all() else "never treated",
        base="universal",
    )
    cells = callaway_santanna(panel, comparison=comparison, clusters=clusters)
    study = event_study_of(aggregated_effects(cells, "dynamic"))
    study = _kept(study, _near(study, panel, most))
    if not study.n_pre or not study.n_post:
        return None
    return EventTimes(study=study, length=1, n_least=n_least)


def together(panel: Panel, length: int) -> Panel:
    """Return means over ``length`` times each, counted from the one start; rests at both ends go.

    A shorter last period would lie nearer to the others than they do to one another, and make a
    straight drift look bent.
    """
    if length == 1:
        return panel
    start = int(panel.cohorts[0])
    first = start % length
    cuts = range(first, panel.n_times + 1, length)
    means = [panel.outcomes[:, a:b].mean(axis=1) for a, b in pairwise(cuts)]
    n_before = (start - first) // length
    return Panel(
        outcomes=np.stack(means, axis=1),
        first_treated=np.where(panel.ever_treated, n_before, len(means)).astype(np.int64),
        units=panel.units,
        times=tuple(panel.times[cut] for cut in cuts[:-1]) if panel.times else (),
    )


def _fewer(panel: Panel, clusters: ArrayLike | None) -> int:
    """Return how many clusters are treated, or never are, whichever are fewer.

    Where all are treated at some time, those that are last stand for those that never are.
    """
    names = np.arange(panel.n_units) if clusters is None else np.asarray(clusters)
    treated = panel.ever_treated
    if treated.all():
        treated = panel.first_treated < panel.cohorts[-1]
    return min(int(np.unique(names[treated]).size), int(np.unique(names[~treated]).size))


def _length(panel: Panel, most: int) -> int:
    start = int(panel.cohorts[0])
    wanted = max(math.ceil(start / most), math.ceil((panel.n_times - start) / most))
    # Two periods before the start, one of them the reference, and one from it on.
    return min(wanted, start // 2, panel.n_times - start)


def _near(study: EventStudy, panel: Panel, most: int) -> Flags:
    """Return which times since the start all cohorts are seen at, a few in any case."""
    first, last = int(panel.cohorts[0]), int(panel.cohorts[-1])
    few = min(_FEW, most)
    before = max(min(first - 1, most), min(few, last - 1))
    after = max(min(panel.n_times - last, most), min(few, panel.n_times - first))
    times = study.times
    return ((times >= REFERENCE - before) & (times < after)).astype(np.bool_)


def _kept(study: EventStudy, kept: Flags) -> EventStudy:
    times = study.times[kept]
    return EventStudy(
        times=times,
        betas=study.betas[kept],
        covariance=study.covariance[np.ix_(kept, kept)],
        n_pre=int((times < REFERENCE).sum()),
        n_post=int((times > REFERENCE).sum()),
        reference=study.reference,
        degrees_of_freedom=study.degrees_of_freedom[kept],
        n_clusters=study.n_clusters,
    )
