"""Groups in the data beside groups in the city."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evenground.errors import UsageError
from evenground.methods.margins_of_error import counts_with_margins, counts_without_margins
from evenground.methods.representation import InData, representation

SLACK = 1e-7
groups = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 5_000)), min_size=2, max_size=5)


def exact(people):
    return counts_with_margins(people, np.zeros(len(people)))


def test_published_limits():
    """81 of 263: 0.2527 to 0.3676 (Newcombe 1998, Statistics in Medicine 17, 857-872, table I)."""
    found = representation(InData(counts=[81, 182]), exact([500, 500]))
    assert found.share_in_data.low[0] == pytest.approx(0.2527, abs=5e-5)
    assert found.share_in_data.high[0] == pytest.approx(0.3676, abs=5e-5)
    assert found.difference.value[0] == pytest.approx(81 / 263 - 0.5)
    assert found.difference.low[0] == pytest.approx(0.2527 - 0.5, abs=5e-5)
    assert found.ratio.high[0] == pytest.approx(0.3676 / 0.5, abs=1e-4)


@pytest.mark.parametrize("n", [50, 200, 400])
def test_a_group_that_hardly_took_part_has_a_tiny_p_value_and_no_negative_one(n):
    margins = counts_with_margins([150_000, 50_000], [900, 900])
    found = representation(InData(counts=[1, n]), margins)
    assert (found.p_value >= 0).all()
    least = representation(InData(counts=[1, n]), exact([3, 1])).p_value[0]
    assert least == pytest.approx(2 * stats.binom.cdf(1, n + 1, 0.75), rel=1e-9)
    assert found.p_value[0] > least


@given(groups)
def test_an_exact_population_leaves_the_limits_of_the_share(rows):
    x, people = np.array(rows).T
    found = representation(InData(counts=x), exact(people))
    if not x.sum():
        assert np.isnan(found.share_in_data.value).all()
        return
    share = people / people.sum()
    assert found.difference.low == pytest.approx(found.share_in_data.low - share, abs=SLACK)
    assert found.difference.high == pytest.approx(found.share_in_data.high - share, abs=SLACK)
    assert found.ratio.low == pytest.approx(found.share_in_data.low / share, rel=1e-6, abs=SLACK)
    assert found.ratio.high == pytest.approx(found.share_in_data.high / share, rel=1e-6)


@given(groups, st.integers(0, 30), st.integers(0, 30))
def test_missing_attributes_never_narrow(rows, missing, more):
    x, people = np.array(rows).T
    few, many = (
        representation(InData(counts=x, n_missing=n), exact(people))
        for n in (missing, missing + more)
    )
    for name in ("share_in_data", "difference", "ratio"):
        one, other = getattr(few, name), getattr(many, name)
        assert (other.low <= one.low + SLACK).all()
        assert (other.high >= one.high - SLACK).all()
    if x.sum():
        assert (many.p_value >= few.p_value - 1e-9).all()
        assert many.least_share == pytest.approx(x / (x.sum() + missing + more))
        assert many.most_share == pytest.approx((x + missing + more) / (x.sum() + missing + more))


@settings(max_examples=20)
@given(groups, st.floats(0.01, 0.5))
def test_values_lie_within_their_limits(rows, relative):
    x, people = np.array(rows).T
    found = representation(InData(counts=x), counts_with_margins(people, people * relative))
    for one in (found.share_in_data, found.difference, found.ratio):
        known = ~np.isnan(one.value)
        assert (one.low[known] <= one.value[known] + SLACK).all()
        assert (one.value[known] <= one.high[known] + SLACK).all()


def test_margins_of_error_widen():
    people, x = np.array([300.0, 700]), [40, 60]
    widths = [
        np.ptp(np.log([found.ratio.low, found.ratio.high]), axis=0)
        for relative in (0, 0.05, 0.2)
        for found in [
            representation(InData(counts=x), counts_with_margins(people, people * relative))
        ]
    ]
    assert (np.diff(widths, axis=0) > 0).all()


@given(groups, st.randoms(use_true_random=False))
def test_the_order_of_groups_and_the_size_of_the_city_change_nothing(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    x, people = np.array(rows).T
    y, others = np.array(shuffled).T
    one = representation(InData(counts=x), exact(people))
    other = representation(InData(counts=y), exact(others * 3))
    for row, pair in enumerate(rows):
        there = shuffled.index(pair)
        assert other.ratio.value[there] == pytest.approx(one.ratio.value[row], nan_ok=True)
        assert other.difference.low[there] == pytest.approx(one.difference.low[row], abs=SLACK)
        assert other.p_value[there] == pytest.approx(one.p_value[row], nan_ok=True, abs=1e-9)


def test_the_p_value_is_the_binomial_one():
    found = representation(InData(counts=[30, 70]), exact([400, 600]))
    usual = 2 * stats.binom.cdf(30, 100, 0.4)
    assert found.p_value == pytest.approx([usual, usual])


def test_limits_hold_as_often_as_promised_with_a_surveyed_population():
    rng = np.random.default_rng(3)
    share, people, ratio = np.array([0.1, 0.3, 0.6]), 50_000, np.array([0.5, 1.5, 0.8333333])
    chance = share * ratio / (share * ratio).sum()
    truth, missed = chance / share, np.zeros(3)
    for _ in range(150):
        error = np.array([900.0, 1_500, 1_500])
        population = counts_with_margins(rng.normal(share * people, error), error * 1.645)
        found = representation(InData(counts=rng.multinomial(800, chance)), population)
        missed += (truth < found.ratio.low) | (truth > found.ratio.high)
    assert (missed / 150 <= 0.05 + 2 * (0.05 * 0.95 / 150) ** 0.5).all()


def test_overlapping_groups_of_everybody():
    found = representation(
        InData(counts=[30, 80], n_known=100), exact([400, 700]), everybody=exact([1_000])
    )
    assert found.share_in_data.value == pytest.approx([0.3, 0.8])
    assert found.share_in_population.value == pytest.approx([0.4, 0.7])
    assert found.ratio.value == pytest.approx([0.75, 0.8 / 0.7])


def test_rounding_of_a_register_is_carried():
    coarse = representation(InData(counts=[5, 5]), counts_without_margins([50, 50], rounding=10))
    fine = representation(InData(counts=[5, 5]), exact([50, 50]))
    assert coarse.ratio.low[0] < fine.ratio.low[0]


def test_a_group_that_nobody_belongs_to():
    found = representation(InData(counts=[3, 7]), exact([0, 10]))
    assert np.isnan(found.ratio.value[0])
    assert found.difference.value[0] == pytest.approx(0.3)
    assert found.p_value[0] == 0


def test_nobody_in_the_data():
    found = representation(InData(counts=[0, 0], n_missing=5), exact([1, 1]))
    assert np.isnan(found.share_in_data.value).all()
    assert found.most_share.tolist() == [1, 1]
    assert found.difference.low.tolist() == [-0.5, -0.5]
    empty = representation(InData(counts=[0, 0]), exact([1, 1]))
    assert np.isnan(empty.p_value).all()
    assert empty.share_in_data.high.tolist() == [1, 1]


@pytest.mark.parametrize(
    "in_data",
    [InData(counts=[1.5, 2]), InData(counts=[1, 2], n_known=1), InData(counts=[1]),
     InData(counts=[-1, 2]), InData(counts=[1, 2], n_missing=-1)],
)  # fmt: skip
def test_wrong_use_is_refused(in_data):
    with pytest.raises(UsageError):
        representation(in_data, exact([1, 2]))


def test_an_empty_city_is_refused():
    with pytest.raises(UsageError):
        representation(InData(counts=[1, 2]), exact([0, 0]))
