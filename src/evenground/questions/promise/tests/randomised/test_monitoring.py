"""What may be concluded while a roll-out by lot is running."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.promise.measures.evaluation.by_lot import lot_of
from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.randomised.alpha_spending import (
    obrien_fleming_spending,
)
from evenground.questions.promise.measures.randomised.assignments import assignments_of
from evenground.questions.promise.measures.randomised.monitoring import (
    Says,
    Schedule,
    every_period,
    monitored,
)
from evenground.questions.promise.measures.randomised.permutation import permutation_test

HALVES = (0.5, 1.0)
START = 4


def trial(effect=0.0, *, seed=1, n=12, t=12, starts=None):
    rng = np.random.default_rng(seed)
    y = rng.normal(5, 1, (n, 1)) + rng.normal(size=(n, t)).cumsum(axis=1) * 0.2
    y += rng.normal(size=(n, t))
    first = np.where(np.arange(n) % 2, START, t) if starts is None else np.asarray(starts)
    return panel(y + effect * (np.arange(t) >= first[:, None]), first)


def test_one_look_is_the_plain_test():
    """With a single look at the end, it is the permutation test."""
    p = trial(1.0)
    found = monitored(p, Schedule(shares=(1.0,), columns=(12,), alpha=0.1))
    lot = lot_of(p)
    plain = permutation_test(
        lot.outcomes, lot.labels, assignments=assignments_of(lot.scheme), estimator=lot.estimator,
        alpha=0.1,
    )  # fmt: skip
    assert (found.low, found.high) == (plain.low, plain.high)
    assert found.estimate == pytest.approx(plain.effect)


def test_a_large_effect_may_be_told_early_and_none_goes_on():
    large = monitored(trial(6.0), Schedule(shares=HALVES, columns=(8,), alpha=0.2))
    assert (large.says, large.n_over, large.n_looks) == (Says.CROSSED, 1, 2)
    assert large.low > 0
    none = trial()
    assert monitored(none, Schedule(shares=HALVES, columns=(8,))).says is Says.GOES_ON
    both = monitored(none, Schedule(shares=HALVES, columns=(8, 12)))
    assert both.says is Says.ENDED
    assert [one.code for one in both.assumptions] == ["assumes.lots", "assumes.sealed_looks"]


def test_an_early_look_does_not_know_what_came_later():
    p = trial(1.0)
    later = panel(np.column_stack([p.outcomes[:, :8], 1e3 * p.outcomes[:, 8:]]), p.first_treated)
    schedule = Schedule(shares=HALVES, columns=(8,), alpha=0.2)
    one, two = monitored(p, schedule), monitored(later, schedule)
    assert (one.estimate, one.low, one.high) == (two.estimate, two.low, two.high)


@pytest.mark.parametrize("kind", ["one start", "steps", "strata"])
@pytest.mark.parametrize("seed", [1, 2])
def test_all_lots_together_err_no_more_often_than_sealed(kind, seed):
    """Every lot that could have come, no effect: the share that ever crosses is at most alpha."""
    steps = np.repeat([4, 8, 12], 2)
    starts = steps if kind == "steps" else np.where(np.arange(8) % 2, START, 12)
    strata = np.repeat([0, 1], 4) if kind == "strata" else None
    p = trial(seed=seed, n=len(starts), starts=starts)
    kinds = np.unique(p.first_treated)
    crossed = []
    for labels in assignments_of(lot_of(p, strata).scheme).labels:
        first = kinds[labels] if kinds.size > 2 else np.where(labels == 1, kinds[0], kinds[1])
        came = panel(p.outcomes, first)
        found = monitored(came, every_period(8, range(5, 13), alpha=0.2), strata=strata)
        crossed.append(found.says is Says.CROSSED)
    assert 0 < np.mean(crossed) <= 0.2


@given(st.integers(0, 500), st.floats(1e-6, 1e6), st.floats(-50, 50))
@settings(max_examples=15)
def test_units_and_dates_move_nothing(seed, scale, shift):
    p = trial(1.0, seed=seed)
    schedule = Schedule(shares=HALVES, columns=(8, 12), alpha=0.2)
    found = monitored(p, schedule)
    y = scale * (p.outcomes + shift * np.arange(12) + shift * np.arange(12)[:, None])
    moved = monitored(panel(y, p.first_treated), schedule)
    assert moved.says == found.says
    near = {"rel": 1e-9, "abs": 1e-9 * scale * (1 + abs(shift))}
    assert moved.estimate == pytest.approx(scale * found.estimate, **near)
    assert moved.low == pytest.approx(scale * found.low, **near)


def test_looks_that_contradict_one_another_leave_the_last_ones_interval():
    """A change that turns is no constant one: looks have no effect in common."""
    p = trial(n=16, t=12)
    turned = 40.0 * np.where(np.arange(12) < 8, 1.0, -3.0)
    y = p.outcomes + turned * (np.arange(12) >= p.first_treated[:, None])
    found = monitored(
        panel(y, p.first_treated),
        Schedule(shares=HALVES, columns=(8, 12), alpha=0.2),
        rng=np.random.default_rng(1),
    )
    assert found.test.lows.max() > found.test.highs.min()
    assert (found.low, found.high) == (found.test.lows[-1], found.test.highs[-1])


def test_looking_more_often_costs_and_is_paid_beforehand():
    p = trial(1.0)
    often = every_period(8, range(5, 13), alpha=0.2)
    spent = obrien_fleming_spending(often.shares, alpha=0.2)
    assert spent[-1] == pytest.approx(0.2)
    found = monitored(p, often)
    once = monitored(p, Schedule(shares=(1.0,), columns=(12,), alpha=0.2))
    assert found.high - found.low >= once.high - once.low


@pytest.mark.parametrize("columns", [(), (4,), (8, 8), (8, 13), (8, 10, 12)])
def test_looks_that_cannot_be_are_refused(columns):
    with pytest.raises(UsageError):
        monitored(trial(), Schedule(shares=HALVES, columns=columns))
    with pytest.raises(UsageError):
        every_period(0, columns)
