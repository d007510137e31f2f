"""A pilot as it was planned: the very areas and dates, laid into the past."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.errors import UsageError
from evenground.questions.promise.measures.evaluation import by_lot
from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.pilot.null_intervals import (
    Reassignment,
    null_intervals,
)
from evenground.questions.promise.measures.pilot.pilot_design import pilot_design
from evenground.questions.promise.measures.pilot.planned_pilot import (
    PlannedPilot,
    placebo_intervals,
    planned_intervals,
)
from evenground.questions.promise.measures.pilot.power import (
    Goal,
    minimum_detectable_effect,
    power_at,
)
from evenground.questions.promise.measures.randomised.assignments import assignments_of
from evenground.questions.promise.measures.synthetic.null_distribution import (
    NullDistribution,
    PilotShape,
    null_distribution,
)


def history(seed: int, n: int = 6, t: int = 12) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.normal(5, 2, (n, 1)) + rng.normal(size=(n, t)).cumsum(axis=1)


@pytest.mark.parametrize("seed", [1, 2])
def test_half_of_the_areas_is_the_usual_design(seed):
    y = history(seed)
    asked = Reassignment(alpha=0.1, n_pilots=4)
    usual = null_intervals(
        y, pilot_design("difference_in_differences", n_areas=6, n_periods=4, n_baseline=3),
        rng=np.random.default_rng(0), reassignment=asked,
    )  # fmt: skip
    planned = PlannedPilot(first_treated=np.array([3, 7, 3, 7, 7, 3]), n_times=7)
    found = planned_intervals(y, planned, rng=np.random.default_rng(0), reassignment=asked)
    assert np.sort(found.lows) == pytest.approx(np.sort(usual.lows))
    assert (found.n_windows, found.n_apart) == (4, 1)


@pytest.mark.parametrize("starts", [[3, 7, 7, 7, 7, 3], [2, 4, 6, 2, 4, 6], [3, 7, 5, 7, 7, 3]])
def test_it_is_the_test_that_will_be_made(starts):
    """Every lot in turn with an effect on top, tested as an evaluation does."""
    y, effect = history(3), 2.5
    planned = PlannedPilot(first_treated=np.array(starts), n_times=7)
    found = planned_intervals(
        y, planned, rng=np.random.default_rng(0), reassignment=Reassignment(alpha=0.2, n_pilots=2)
    )
    said = []
    for begin in (0, 5):
        window = panel(y[:, begin : begin + 7], planned.first_treated)
        kinds = np.unique(planned.first_treated)
        lot = by_lot.lot_of(window)
        for labels in assignments_of(lot.scheme).labels:
            places = np.append(kinds[kinds < 7], 7)[labels] if kinds.size > 2 else np.where(
                labels == 1, kinds[0], 7
            )  # fmt: skip
            on = np.arange(7)[None, :] >= places[:, None]
            there = panel(y[:, begin : begin + 7] + effect * on, places)
            test = by_lot.tested(by_lot.lot_of(there), alpha=0.2, rng=np.random.default_rng(0))
            said.append(test.low > 0)
    assert power_at(found, [effect], Goal(direction=1))[0] == pytest.approx(np.mean(said))


def test_few_areas_among_all_sets_by_hand():
    """Five sets of one, effects 3, -1, 0.5, 2, -4; two of five may be as large (alpha 0.4)."""
    null = NullDistribution(
        effects=np.array([3.0, -1.0, 0.5, 2.0, -4.0]), starts=np.zeros(5, np.int64),
        members=np.eye(5, dtype=bool), enumerated=True,
    )  # fmt: skip
    found = placebo_intervals(null, alpha=0.4)
    # One other may be as large: the second largest of the others' sizes.
    half = np.array([2.0, 3.0, 3.0, 3.0, 2.0])
    assert found.lows == pytest.approx(null.effects - half)
    assert found.highs == pytest.approx(null.effects + half)
    assert found.level_attained == pytest.approx(0.4)
    assert found.cannot_tell is None
    for effect in (0.5, 1.0, 2.5, 6.5):
        said = [
            1 + (np.abs(np.delete(null.effects, at)) >= abs(one + effect)).sum() <= 2
            and one + effect > 0
            for at, one in enumerate(null.effects)
        ]
        goal = Goal(direction=1)
        assert power_at(found, [effect], goal)[0] == pytest.approx(np.mean(said))
    few = placebo_intervals(null, alpha=0.05)
    assert few.cannot_tell is not None
    assert few.level_attained == pytest.approx(0.2)
    with pytest.raises(UsageError):
        placebo_intervals(null, alpha=1.0)


def test_weights_see_more_than_a_plain_mean():
    """One area of many with a common course: synthetic DiD sees a smaller effect than DiD."""
    rng = np.random.default_rng(5)
    course = rng.normal(size=(2, 30)).cumsum(axis=1)
    y = rng.dirichlet([1, 1], 24) @ course * 3 + 0.2 * rng.normal(size=(24, 30))
    shape = PilotShape(n_treated=1, n_before=12, n_after=6)
    least = {}
    for method in ("sdid", "did"):
        null = null_distribution(y, shape, method=method)
        least[method] = minimum_detectable_effect(placebo_intervals(null, alpha=0.05))
    assert least["sdid"] < least["did"]


def test_a_history_shorter_than_the_pilot_is_refused():
    planned = PlannedPilot(first_treated=np.array([3, 7, 3, 7, 7, 3]), n_times=14)
    with pytest.raises(UsageError, match="history"):
        planned_intervals(history(1), planned, rng=np.random.default_rng(0))
    one_short = PlannedPilot(first_treated=np.array([3, 7, 3]), n_times=7)
    with pytest.raises(UsageError):
        planned_intervals(history(1), one_short, rng=np.random.default_rng(0))
