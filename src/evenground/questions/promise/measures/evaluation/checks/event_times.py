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

MOST = 12
"""Periods at most on either side of the start."""
_FEWEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTimes:
    """An event study with what its periods are.

    Attributes
    ----------
    study
        At least one coefficient before the reference.
    length
        Times of the panel in each of its periods.
    """

    study: EventStudy
    length: int


def event_times(panel: Panel, *, clusters: ArrayLike | None = None) -> EventTimes | None:
    """Return effects by time since the start; ``None`` with fewer than two periods before it.

    One start: two-way fixed effects, of periods put together so that 12 at most lie on either side.
    Several: group-time effects (Callaway and Sant'Anna), near the start where all cohorts are seen.

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
    if panel.cohorts.size == 1:
        length = _length(panel)
        shortened = together(panel, length)
        study = event_study(shortened, clusters=clusters)
        return EventTimes(study=study, length=length) if study.n_pre else None
    comparison = Comparison(
        controls="not yet treated" if panel.ever_treated.all() else "never treated",
        base="universal",
    )
    cells = callaway_santanna(panel, comparison=comparison, clusters=clusters)
    study = event_study_of(aggregated_effects(cells, "dynamic"))
    study = _kept(study, _near(study, panel))
    return EventTimes(study=study, length=1) if study.n_pre and study.n_post else None


def together(panel: Panel, length: int) -> Panel:
    """Return means over ``length`` times each, counted from the one start; the oldest rest goes.

    The last period may be shorter.
    """
    if length == 1:
        return panel
    start = int(panel.cohorts[0])
    first = start % length
    cuts = [*range(first, start, length), *range(start, panel.n_times, length), panel.n_times]
    means = [panel.outcomes[:, a:b].mean(axis=1) for a, b in pairwise(cuts)]
    n_before = (start - first) // length
    return Panel(
        outcomes=np.stack(means, axis=1),
        first_treated=np.where(panel.ever_treated, n_before, len(means)).astype(np.int64),
        units=panel.units,
        times=tuple(panel.times[cut] for cut in cuts[:-1]) if panel.times else (),
    )


def _length(panel: Panel) -> int:
    start = int(panel.cohorts[0])
    return max(1, math.ceil(start / MOST), math.ceil((panel.n_times - start) / MOST))


def _near(study: EventStudy, panel: Panel) -> Flags:
    """Return which times since the start all cohorts are seen at, a few in any case."""
    first, last = int(panel.cohorts[0]), int(panel.cohorts[-1])
    before = max(min(first - 1, MOST), min(_FEWEST, last - 1))
    after = max(min(panel.n_times - last, MOST), min(_FEWEST, panel.n_times - first))
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
