from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.promise.measures.worth.cost_of_leaving import (
    cost_of_leaving,
    terms_not_given,
)
from evenground.questions.promise.measures.worth.discounting import constant_rate
from evenground.questions.promise.measures.worth.ranged import Ranged
from evenground.questions.promise.measures.worth.whole_life_cost import (
    KINDS,
    cost_lines,
    whole_life_cost,
)

FREE = constant_rate(0.0)
HALVED = constant_rate(1.0)
NOT = math.nan


def licence(leaving=NOT):
    """Return a purchase of 300, three years of subscriptions of 100, and a cost of leaving."""
    return cost_lines(
        [2026, 2026, 2027, 2028, 2028],
        ["purchase", "subscription", "subscription", "subscription", "leaving"],
        amount=[300, 100, 100, 100, leaving],
        low=[300, 90, 90, NOT, NOT],
        high=[360, 150, 150, NOT, NOT],
    )


def test_by_hand():
    found = whole_life_cost(licence(), schedule=HALVED)
    assert found.total == Ranged(value=600, low=580, high=760)
    assert found.discounted == Ranged(value=475, low=460, high=610)
    assert (found.first_year, found.by_year.tolist()) == (2026, [400, 100, 100])
    assert found.by_kind == (("purchase", 300), ("subscription", 300))
    assert found.subscription_share == 0.5
    assert found.not_given == ("maintenance", "staff", "leaving")
    assert (found.n_unknown, found.n_without_range) == (1, 1)


def test_a_range_without_an_amount_enters_with_its_middle():
    lines = cost_lines([2026], ["staff"], amount=[NOT], low=[10], high=[30])
    assert whole_life_cost(lines, schedule=FREE).total == Ranged(value=20, low=10, high=30)


def test_nothing_known_is_no_cost_of_nothing():
    lines = cost_lines([2026, 2027], ["staff", "purchase"], amount=[NOT, NOT])
    found = whole_life_cost(lines, schedule=FREE)
    assert (found.subscription_share, found.n_unknown, found.by_kind) == (None, 2, ())
    assert len(found.not_given) == 5


LINES = st.lists(
    st.tuples(st.integers(2020, 2040), st.sampled_from(KINDS), st.floats(0, 1e6)),
    min_size=1,
    max_size=12,
)


@given(LINES, st.floats(1e-6, 1e6), st.integers(-15, 15), st.randoms(use_true_random=False))
def test_unit_year_and_order_do_not_matter(lines, unit, later, shuffle):
    schedule = constant_rate(0.035)
    years, kinds, amounts = zip(*lines, strict=True)
    one = whole_life_cost(cost_lines(years, kinds, amount=amounts), schedule=schedule)
    mixed = list(lines)
    shuffle.shuffle(mixed)
    years, kinds, amounts = zip(*mixed, strict=True)
    other = whole_life_cost(
        cost_lines(np.array(years) + later, kinds, amount=np.array(amounts) * unit),
        schedule=schedule,
    )
    assert other.discounted.value == pytest.approx(one.discounted.value * unit, rel=1e-10)
    assert other.by_year == pytest.approx(one.by_year * unit, rel=1e-10)
    assert sum(money for _, money in one.by_kind) == pytest.approx(one.total.value, rel=1e-12)
    assert one.discounted.value <= one.total.value * (1 + 1e-12)


def test_leaving_by_hand():
    """Staying 2027 and 2028 costs 200 and 50 at the end; another service costs 60 a year."""
    found = cost_of_leaving(licence(leaving=50), other=[60, 60, 60], schedule=FREE)
    assert found.years.tolist() == [2026, 2027, 2028]
    assert found.leaving_cost == 50
    assert found.paid.tolist() == [450, 550, 650]
    assert found.not_given_back == pytest.approx([200, 100, 0])
    assert found.saved.tolist() == [200 + 50 - 120, 100 + 50 - 60, 50]
    assert found.pays_from == 2026


def test_leaving_that_does_not_pay():
    found = cost_of_leaving(licence(leaving=500), other=[120, 120], schedule=HALVED)
    assert found.pays_from is None
    assert found.saved[0] == 0.5 * (100 - 120) + 0.25 * (100 - 120) + 0.25 * 500


def test_a_cost_of_leaving_that_is_not_given_stays_so():
    found = cost_of_leaving(licence(), other=[60, 60], schedule=FREE)
    assert (found.leaving_cost, found.pays_from) == (None, None)
    assert found.saved.tolist() == [80, 40, 0]


def test_terms_on_leaving_that_are_not_given():
    assert terms_not_given(["notice", "data_ownership", "notice"]) == (
        "dependence",
        "cost_of_leaving",
        "handover",
    )


@pytest.mark.parametrize(
    "given_lines",
    [
        {"year": [2026, 2027], "kind": ["staff"], "amount": [1, 2]},
        {"year": [2026], "kind": ["lunch"], "amount": [1]},
        {"year": [2026], "kind": ["staff"], "amount": [1, 2]},
        {"year": [2026], "kind": ["staff"], "amount": [1], "low": [2]},
        {"year": [2026], "kind": ["staff"], "amount": [3], "high": [2]},
        {"year": [2026], "kind": ["staff"], "amount": [NOT], "low": [3], "high": [2]},
        {"year": [NOT], "kind": ["staff"], "amount": [1]},
        {"year": [2026], "kind": ["staff"], "amount": [math.inf]},
    ],
)
def test_lines_that_make_no_sense_are_refused(given_lines):
    year, kind = given_lines.pop("year"), given_lines.pop("kind")
    with pytest.raises(UsageError):
        cost_lines(year, kind, **given_lines)


def test_no_line_is_refused():
    empty = cost_lines([], [], amount=[])
    for asked in (whole_life_cost, cost_of_leaving):
        with pytest.raises(UsageError) as caught:
            asked(empty, schedule=FREE)
        assert caught.value.problems[0].code == "no_cost_lines"
