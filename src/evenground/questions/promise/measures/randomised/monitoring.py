"""Watching a randomised roll-out while it runs: what may be concluded now, and with which error.

Areas were drawn once, so what is seen period by period is not independent. The looks are therefore
part of one test over the lots: a schedule says how much error each look may spend, and all looks
together spend no more than alpha. Who wants to be free to stop after any period seals a look after
every period.

Sources: Lan and DeMets (1983), Biometrika 70, 659-663 (spending); Mehta, Patel, Senchaudhuri and
Tsiatis (1994), Biometrics 50, 1042-1053 (over a randomisation).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.validation import wrong
from evenground.questions.promise.measures.evaluation.by_lot import Lot, lot_of
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.randomised.alpha_spending import (
    obrien_fleming_spending,
)
from evenground.questions.promise.measures.randomised.assignments import assignments_of
from evenground.questions.promise.measures.randomised.sequential_permutation import (
    SequentialTest,
    sequential_permutation_test,
)
from evenground.questions.promise.measures.randomised.two_way_fixed_effects import (
    two_way_fixed_effects_estimator,
)


class Says(StrEnum):
    """What follows at the last look that is over."""

    CROSSED = "crossed"
    GOES_ON = "goes_on"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Looks that were sealed.

    Attributes
    ----------
    shares
        Share of the time under treatment that is over at each look, above 0 and rising to 1.
    columns
        For the looks that are over: how many columns of the panel each of them sees.
    alpha
        Error of all looks together, 0-1.
    """

    shares: tuple[float, ...]
    columns: tuple[int, ...]
    alpha: float = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitored:
    """What may be concluded now.

    Attributes
    ----------
    says
        ``crossed``: an effect, and one may stop; ``goes_on``: none told yet, and looks are left;
        ``ended``: none told, and no look is left.
    estimate
        At the last look that is over, in the outcome's unit.
    low, high
        Interval for a constant effect that holds at all looks together: what their intervals have
        in common, the last one's where that is nothing; an end may be infinite.
    n_over, n_looks
        Looks that are over, and all of them.
    test
        Every look.
    """

    says: Says
    estimate: float
    low: float
    high: float
    n_over: int
    n_looks: int
    test: SequentialTest

    @property
    def assumptions(self) -> tuple[Message, ...]:
        """What it rests on; to be printed."""
        return self.test.assumptions


def monitored(
    panel: Panel,
    schedule: Schedule,
    *,
    rng: np.random.Generator | None = None,
    strata: ArrayLike | None = None,
) -> Monitored:
    """Return what the looks so far allow to be concluded.

    Parameters
    ----------
    panel
        Outcomes so far, and since when each unit was to be treated.
    schedule
        Sealed looks; one at least is over.
    rng
        Source of chance where there are too many lots to list.
    strata, shape (n_units,)
        Within which lots were drawn.

    Raises
    ------
    UsageError
        If no look is over, looks do not rise, or one sees nothing of the treatment or more than
        there is.
    """
    columns = np.asarray(schedule.columns, dtype=np.int64)
    first = int(panel.cohorts[0]) if panel.cohorts.size else panel.n_times
    sound = 0 < columns.size <= len(schedule.shares) and (np.diff(columns) > 0).all()
    if not sound or columns[0] <= first or columns[-1] > panel.n_times:
        raise wrong(
            "looks_over",
            N_("looks see {columns} of {n_times} times, treated from {first} on"),
            columns=str(columns.tolist()),
            n_times=panel.n_times,
            first=first,
        )
    whole = lot_of(panel, strata)
    looks = [_seen(panel, int(column), whole, strata) for column in columns]
    test = sequential_permutation_test(
        [one.outcomes for one in looks],
        whole.labels,
        assignments=assignments_of(whole.scheme, rng=rng),
        estimators=[one.estimator for one in looks],
        spent=obrien_fleming_spending(schedule.shares, alpha=schedule.alpha),
    )
    low, high = _common(test)
    return Monitored(
        says=_says(test, len(schedule.shares)),
        estimate=float(test.estimates[-1]),
        low=low,
        high=high,
        n_over=columns.size,
        n_looks=len(schedule.shares),
        test=test,
    )


def every_period(n_periods: int, columns: Sequence[int], *, alpha: float = 0.05) -> Schedule:
    """Return the schedule of who wants to be free to stop after any period.

    Parameters
    ----------
    n_periods
        Periods under treatment until the sealed end, 1 or more.
    columns
        Columns seen at the looks that are over.
    alpha
        Error of all looks together, 0-1.

    Raises
    ------
    UsageError
        If there is no period.
    """
    if n_periods < 1:
        raise wrong("looks_rise", N_("there are {times} periods to look at"), times=n_periods)
    shares = tuple((at + 1) / n_periods for at in range(n_periods))
    return Schedule(shares=shares, columns=tuple(columns), alpha=alpha)


def _says(test: SequentialTest, n_looks: int) -> Says:
    if test.crossed_at is not None:
        return Says.CROSSED
    return Says.GOES_ON if test.estimates.size < n_looks else Says.ENDED


def _common(test: SequentialTest) -> tuple[float, float]:
    low, high = float(test.lows.max()), float(test.highs.min())
    return (low, high) if low <= high else (float(test.lows[-1]), float(test.highs[-1]))


def _seen(panel: Panel, column: int, whole: Lot, strata: ArrayLike | None) -> Lot:
    """Return the lot with the outcomes of the first columns; its labels stay those of the whole."""
    seen = replace(panel, outcomes=panel.outcomes[:, :column], times=panel.times[:column])
    if panel.cohorts.size == 1:
        return lot_of(seen, strata)
    steps = np.append(panel.cohorts, panel.n_times)[: whole.scheme.n_labels]
    estimator = two_way_fixed_effects_estimator(np.minimum(steps, column), column)
    return replace(whole, outcomes=seen.outcomes, estimator=estimator)
