from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from evenground.errors import UsageError
from evenground.methods.exact_limits import share_limits
from evenground.questions.promise.measures.reference_class.forecast import (
    Shrinking,
    class_forecast,
)
from evenground.questions.promise.measures.reference_class.shrunk_distribution import (
    published_class,
    quantile,
    share_above,
    shrunk_distribution,
)

EVEN = published_class([0.0, 1.0], [0.0, 1.0])
OWN = st.lists(st.floats(0, 1), min_size=1, max_size=40, unique=True)


def test_by_hand_without_a_class():
    """Of 0.2, 0.4, 0.6, 0.8, 1.0: half do not exceed 0.6, and three of five exceed a half."""
    found = class_forecast([0.6, 0.2, 1.0, 0.4, 0.8])
    assert (found.p20.value, found.p50.value, found.p80.value) == (0.2, 0.6, 0.8)
    assert found.above.value == 0.6
    assert (found.n_own, found.prior_weight, found.conflict) == (5, 0, False)
    # With five outcomes nothing bounds the median at 95 %: 2 * 0.5^5 is more than 0.05.
    assert (found.p50.low, found.p50.high) == (-math.inf, math.inf)


def test_by_hand_with_a_class():
    """Two outcomes at 0.5, and a class that lies evenly between 0 and 1 and counts for two more.

    The weight up to x is 2 x below 0.5, jumps from 1 to 3 there, and is 2 + 2 x above; so a fifth
    (0.8 of 4) is reached at 0.4 and four fifths (3.2) at 0.6.
    """
    mixed = shrunk_distribution([0.5, 0.5], EVEN, prior_weight=2)
    values = [quantile(mixed, level).value for level in (0.2, 0.5, 0.8)]
    assert values == pytest.approx([0.4, 0.5, 0.6], rel=1e-12)
    assert share_above(mixed, 0.5).value == 0.25
    assert share_above(mixed, 0.75).value == 0.125


@given(OWN, st.sampled_from([0.2, 0.5, 0.8]), st.sampled_from([0.8, 0.9, 0.95]))
def test_without_a_class_limits_are_those_between_order_statistics(own, level, confidence):
    """Conover (1999), Practical Nonparametric Statistics, 3.2: exact for any distribution."""
    n, half = len(own), (1 - confidence) / 2
    ordered = [-math.inf, *sorted(own), math.inf]
    upto = stats.binom.cdf(np.arange(-1, n + 1), n, level)
    low = max(k for k in range(n + 1) if upto[k] <= half)
    high = min(k for k in range(n + 2) if k == n + 1 or upto[k] >= 1 - half)
    found = quantile(shrunk_distribution(own), level, confidence=confidence)
    assert (found.low, found.high) == (ordered[low], ordered[high])


@given(OWN, st.floats(0, 1))
def test_without_a_class_shares_have_the_limits_of_clopper_and_pearson(own, threshold):
    above = sum(one > threshold for one in own)
    found = share_above(shrunk_distribution(own), threshold)
    low, high = share_limits(above, len(own))
    limits = (float(low), float(high))
    assert found.value == pytest.approx(above / len(own))
    assert (found.low, found.high) == pytest.approx(limits)


@given(st.lists(st.floats(0, 1), min_size=0, max_size=12), st.floats(0.1, 20))
def test_limits_hold_what_they_are_limits_of(own, weight):
    mixed = shrunk_distribution(own, EVEN, prior_weight=weight)
    found = [quantile(mixed, level) for level in (0.2, 0.5, 0.8)]
    assert [one.value for one in found] == sorted(one.value for one in found)
    for one in (*found, share_above(mixed, 0.5)):
        assert one.low <= one.value <= one.high


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.floats(1e-6, 1e6))
def test_the_unit_does_not_matter(own, unit):
    theirs = published_class([0.0, 1.0], [0.0, unit])
    here = shrunk_distribution(own, EVEN, prior_weight=3)
    there = shrunk_distribution(np.array(own) * unit, theirs, prior_weight=3)
    for level in (0.2, 0.5, 0.8):
        for end in ("value", "low", "high"):
            one, other = (getattr(quantile(each, level), end) for each in (here, there))
            assert other / unit == pytest.approx(one, abs=1e-10)


@given(st.permutations([0.1, 0.5, 0.5, 0.7, 1.2]))
def test_order_does_not_matter(own):
    assert class_forecast(own) == class_forecast([0.1, 0.5, 0.5, 0.7, 1.2])


def test_more_own_outcomes_leave_less_to_the_class():
    own = [0.9] * 4
    half = shrunk_distribution(own, EVEN, prior_weight=4)
    assert share_above(half, 0.8).value == pytest.approx(0.5 * 1 + 0.5 * 0.2)
    tenfold = shrunk_distribution([0.3] * 16 + [0.6] * 24, EVEN, prior_weight=4)
    assert share_above(tenfold, 0.5).value == pytest.approx((24 + 2) / 44)


def test_a_class_that_the_own_past_contradicts_is_left_out():
    found = shrunk_distribution(np.linspace(0.8, 1.0, 30), EVEN, prior_weight=4)
    assert (found.conflict, found.prior_weight, found.total) == (True, 0, 30)
    agrees = shrunk_distribution(np.linspace(0.0, 1.0, 30), EVEN, prior_weight=4)
    assert (agrees.conflict, agrees.prior_weight) == (False, 4)


def test_nothing_is_told_beyond_the_last_quantile_of_a_class():
    it = published_class([0.5, 0.82], [1.1, 1.5], least=0.5)
    alone = shrunk_distribution([], it, prior_weight=10)
    assert quantile(alone, 0.5).value == pytest.approx(1.1)
    assert quantile(alone, 0.82).value == pytest.approx(1.5)
    assert quantile(alone, 0.9).value == math.inf
    assert share_above(alone, 1.5).value == pytest.approx(0.18)
    assert share_above(alone, 1e12).value == pytest.approx(0.18)
    assert share_above(alone, 0.4).value == 1


def test_values_of_a_class_that_repeat_are_a_jump():
    jump = published_class([0.2, 0.6, 1.0], [0.0, 0.0, 1.0])
    alone = shrunk_distribution([], jump, prior_weight=5)
    assert share_above(alone, 0.0).value == pytest.approx(0.4)
    assert quantile(alone, 0.5).value == 0


def test_with_nothing_known_nothing_is_told():
    found = class_forecast([], shrinking=Shrinking())
    assert math.isnan(found.p50.value)
    assert (found.p50.low, found.p50.high) == (-math.inf, math.inf)
    assert math.isnan(found.above.value)
    assert (found.above.low, found.above.high) == (0, 1)


def test_there_is_no_mean():
    found = class_forecast([1.0, 2.0, 40.0], threshold=1.0)
    assert not [name for name in dir(found) if "mean" in name.lower()]


def test_wrong_use_is_refused():
    for levels, values in (
        ([0.5], [1]),
        ([0.5, 0.5], [1, 2]),
        ([0.2, 1.1], [1, 2]),
        ([0.2, 0.8], [2, 1]),
        ([0.2, 0.8], [-1, 1]),
        ([0.2, math.nan], [1, 2]),
    ):
        with pytest.raises(UsageError):
            published_class(levels, values)
    for own, weight in (([math.nan], 1), ([1.0], -1), ([1.0], math.inf)):
        with pytest.raises(UsageError):
            shrunk_distribution(own, EVEN, prior_weight=weight)
    known = shrunk_distribution([1.0])
    for level in (0, 1, math.nan):
        with pytest.raises(UsageError):
            quantile(known, level)
    with pytest.raises(UsageError):
        quantile(known, 0.5, confidence=1)
    with pytest.raises(UsageError):
        share_above(known, math.nan)
