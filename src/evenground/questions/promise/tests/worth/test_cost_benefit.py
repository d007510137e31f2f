from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from evenground.errors import UsageError
from evenground.questions.promise.measures.worth.break_even_elasticity import (
    break_even_elasticity,
)
from evenground.questions.promise.measures.worth.cost_benefit import (
    chance_above,
    cost_benefit,
    stakes,
)
from evenground.questions.promise.measures.worth.cost_effectiveness import cost_per_unit
from evenground.questions.promise.measures.worth.discounting import constant_rate
from evenground.questions.promise.measures.worth.ranged import Ranged
from evenground.questions.promise.measures.worth.welfare_weights import welfare_weights

FREE = constant_rate(0.0)
HALVED = constant_rate(1.0)
EFFECT = Ranged(value=10.0, low=4.0, high=18.0)


def test_by_hand():
    """Two groups, two years, the second worth half: benefits 3 a unit, costs 12, then 18 and 24."""
    at_stake = stakes([[2, 0], [0, 2]], [8, 8], uplifts=(1.5, 2.0))
    found = cost_benefit(EFFECT, at_stake, schedule=HALVED)
    assert found.benefit == Ranged(value=30, low=12, high=54)
    assert found.by_group.tolist() == [20, 10]
    assert (found.at_p50.cost, found.at_p80.cost) == (18, 24)
    assert found.at_p50.net_benefit == Ranged(value=12, low=-6, high=36)
    assert found.at_p80.net_benefit == Ranged(value=6, low=-12, high=30)
    assert found.at_p80.ratio == Ranged(value=1.25, low=0.5, high=2.25)
    assert (found.at_p50.break_even_effect, found.at_p80.break_even_effect) == (6, 8)


def test_weights_count_money_to_those_with_less_for_more():
    at_stake = stakes([[1, 1], [1, 1]], [0, 10])
    weights = welfare_weights([10_000, 40_000], 20_000, elasticity=1.0)
    found = cost_benefit(EFFECT, at_stake, schedule=FREE, weights=weights)
    assert found.by_group.tolist() == [40, 10]
    assert found.at_p50.net_benefit.value == 40
    alike = cost_benefit(EFFECT, at_stake, schedule=FREE)
    assert alike.at_p50.net_benefit.value == 30


def test_published_weight():
    """The Green Book (2018), A3.13: with 1, a pound at 20,000 is worth twice one at 40,000."""
    weights = welfare_weights([20_000, 40_000], 30_000, elasticity=1.0)
    assert weights[0] / weights[1] == pytest.approx(2, rel=1e-12)


@given(st.floats(1e3, 1e6), st.floats(0, 4), st.floats(1e-6, 1e6))
def test_weights_know_no_currency(income, elasticity, unit):
    own = welfare_weights([income], 30_000, elasticity=elasticity)
    other = welfare_weights([income * unit], 30_000 * unit, elasticity=elasticity)
    assert own == pytest.approx(other, rel=1e-10)
    assert (own[0] >= 1) == (income <= 30_000 or elasticity == 0 or own[0] == 1)


@given(
    st.lists(st.floats(0.01, 100), min_size=2, max_size=6),
    st.floats(1e-6, 1e6),
    st.floats(0, 0.2),
)
def test_the_unit_of_money_and_the_order_of_groups_do_not_matter(gains, unit, rate):
    schedule = constant_rate(rate)
    benefits = np.array([gains, gains[::-1]])
    costs = np.full(len(gains), 5.0)
    one = cost_benefit(EFFECT, stakes(benefits, costs), schedule=schedule)
    other = cost_benefit(EFFECT, stakes(benefits[::-1] * unit, costs * unit), schedule=schedule)
    size = abs(one.benefit.high) + one.at_p50.cost
    for end in ("value", "low", "high"):
        ours = getattr(one.at_p50.net_benefit, end)
        theirs = getattr(other.at_p50.net_benefit, end)
        assert theirs / unit == pytest.approx(ours, abs=1e-10 * size)
    assert other.at_p50.chance == pytest.approx(one.at_p50.chance, abs=1e-10)
    assert other.by_group[::-1] / unit == pytest.approx(one.by_group, rel=1e-10)


@given(st.floats(0.1, 50), st.floats(0.1, 50))
def test_more_cost_is_never_worth_more(cost, more):
    found = [
        cost_benefit(EFFECT, stakes([[1.0]], [one]), schedule=FREE).at_p50
        for one in (cost, cost + more)
    ]
    assert found[1].net_benefit.value < found[0].net_benefit.value
    assert found[1].chance <= found[0].chance


def test_the_chance_is_that_of_the_normal_on_either_side():
    spread = (6 / stats.norm.ppf(0.975), 8 / stats.norm.ppf(0.975))
    low, high = (chance_above(EFFECT, at, confidence=0.95) for at in (7.0, 13.0))
    assert low == pytest.approx(stats.norm.sf(7.0, 10, spread[0]), rel=1e-12)
    assert high == pytest.approx(stats.norm.sf(13.0, 10, spread[1]), rel=1e-12)
    assert chance_above(EFFECT, 10.0, confidence=0.95) == 0.5
    assert chance_above(EFFECT, 4.0, confidence=0.95) == pytest.approx(0.975, rel=1e-12)
    certain = Ranged(value=3, low=3, high=3)
    assert [chance_above(certain, at, confidence=0.9) for at in (2.0, 3.0, 4.0)] == [1, 0.5, 0]
    unknown = Ranged(value=3, low=-math.inf, high=4)
    assert chance_above(unknown, 2.0, confidence=0.9) == 0.5


def test_a_harm_turns_the_interval_over():
    found = cost_benefit(EFFECT, stakes([[-2.0]], [5.0]), schedule=FREE)
    assert found.benefit == Ranged(value=-20, low=-36, high=-8)
    assert found.at_p50.break_even_effect == -2.5
    assert found.at_p50.chance < 1e-4


def test_what_is_worth_nothing_and_what_costs_nothing():
    nothing = cost_benefit(EFFECT, stakes([[0.0]], [5.0]), schedule=FREE).at_p50
    assert (nothing.break_even_effect, nothing.chance) == (None, 0)
    assert nothing.net_benefit == Ranged(value=-5, low=-5, high=-5)
    earns = cost_benefit(EFFECT, stakes([[0.0]], [-5.0], uplifts=(2, 3)), schedule=FREE).at_p80
    assert (earns.ratio, earns.cost, earns.chance) == (None, -5, 1)
    mixed = cost_benefit(EFFECT, stakes([[0.0, 0.0]], [8, -4], uplifts=(2, 3)), schedule=FREE)
    assert (mixed.at_p50.cost, mixed.at_p80.cost) == (12, 20)


@pytest.mark.parametrize(
    "effect",
    [
        Ranged(value=1, low=2, high=3),
        Ranged(value=4, low=2, high=3),
        Ranged(value=math.nan, low=2, high=3),
        Ranged(value=math.inf, low=2, high=math.inf),
    ],
)
def test_an_interval_without_its_effect_is_refused(effect):
    with pytest.raises(UsageError):
        cost_benefit(effect, stakes([[1.0]], [1.0]), schedule=FREE)


def test_wrong_use_is_refused():
    for wrong in ((([[1, 2]], [1]), {}), (([[math.nan]], [1]), {}), (([[1]], [math.inf]), {})):
        with pytest.raises(UsageError):
            stakes(*wrong[0], **wrong[1])
    for uplifts in ((-0.1, 1.0), (2.0, 1.0), (1.0, math.inf), (math.nan, 1.0)):
        with pytest.raises(UsageError):
            stakes([[1]], [1], uplifts=uplifts)
    with pytest.raises(UsageError):
        cost_benefit(EFFECT, stakes([[1]], [1]), schedule=FREE, confidence=1.0)
    with pytest.raises(UsageError):
        cost_benefit(EFFECT, stakes([[1]], [1]), schedule=FREE, weights=[1, 2])
    for incomes, median, elasticity in (([0], 1, 1), ([1], 0, 1), ([1], 1, -1), ([math.nan], 1, 1)):
        with pytest.raises(UsageError):
            welfare_weights(incomes, median, elasticity=elasticity)


def test_break_even_elasticity_by_hand():
    """A gain of 10 to those with a quarter of the median pays 40 with 4^e = 4: e = 1."""
    found = break_even_elasticity([10], 40, incomes=[5_000], median_income=20_000)
    assert found.at == pytest.approx([1.0], abs=1e-12)
    assert not found.positive_unweighted


def test_a_balance_may_turn_twice_or_never():
    # 10 * 2^e + 30 * 2^-e = 35: with u = 2^e, 10 u^2 - 35 u + 30 = 0, u = 1.5 or 2.
    twice = break_even_elasticity([10, 30], 35, incomes=[10, 40], median_income=20)
    assert 2**twice.at == pytest.approx([1.5, 2.0], rel=1e-12)
    assert twice.positive_unweighted
    never = break_even_elasticity([10, 30], 60, incomes=[20, 20], median_income=20)
    assert never.at.size == 0
    level = break_even_elasticity([10, 30], 40, incomes=[20, 20], median_income=20)
    assert level.at.size == 0
    with pytest.raises(UsageError):
        break_even_elasticity([10], math.nan, incomes=[20], median_income=20)


@given(
    st.lists(st.floats(0.1, 10), min_size=1, max_size=4),
    st.floats(0.1, 40),
    st.floats(1e-6, 1e6),
)
def test_break_even_is_where_the_balance_is_nought(gains, cost, unit):
    incomes = np.linspace(8, 33, len(gains))
    found = break_even_elasticity(gains, cost, incomes=incomes, median_income=20)
    for one in found.at.tolist():
        weighted = welfare_weights(incomes, 20, elasticity=one) @ np.array(gains)
        assert weighted == pytest.approx(cost, rel=1e-9)
    scaled = break_even_elasticity(
        np.array(gains) * unit, cost * unit, incomes=incomes * 7, median_income=140
    )
    assert scaled.at == pytest.approx(found.at, abs=1e-9)


def test_cost_of_a_unit():
    found = cost_per_unit(100, Ranged(value=20, low=10, high=50))
    assert (found.value, found.low, found.high, found.reason) == (5, 2, 10, "")
    open_ended = cost_per_unit(100, Ranged(value=20, low=-1, high=50))
    assert (open_ended.high, open_ended.reason) == (math.inf, "may_do_nothing")
    nothing = cost_per_unit(100, Ranged(value=-2, low=-5, high=1))
    assert (nothing.value, nothing.low, nothing.reason) == (None, 100, "does_nothing")
    assert cost_per_unit(100, Ranged(value=-2, low=-5, high=-1)).low is None
    for wrong in ((-1, Ranged(value=1, low=0, high=2)), (1, Ranged(value=3, low=0, high=2))):
        with pytest.raises(UsageError):
            cost_per_unit(*wrong)
