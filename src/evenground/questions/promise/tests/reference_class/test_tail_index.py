from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from evenground.errors import UsageError
from evenground.questions.promise.measures.reference_class.tail_index import tail_index


def pareto(exponent, n):
    """Return the n quantiles of a power law that lie in the middle of even parts."""
    return (1 - (np.arange(n) + 0.5) / n) ** (-1 / exponent)


def test_by_hand():
    """Ten outcomes, each e times the threshold: the mean log excess is 1, and so the exponent."""
    found = tail_index([1.0] + [math.e] * 10, n_tail=10)
    assert found.exponent == pytest.approx(1)
    assert (found.threshold, found.n_tail) == (1, 10)
    limits = stats.chi2.ppf([0.025, 0.975], 20) / 20
    assert (found.low, found.high) == pytest.approx(tuple(limits))
    assert found.has_mean is None


@pytest.mark.parametrize(("exponent", "mean"), [(0.7, False), (2.0, True), (1.0, None)])
def test_whether_a_mean_exists(exponent, mean):
    found = tail_index(pareto(exponent, 4_000))
    assert found.exponent == pytest.approx(exponent, rel=0.05)
    assert found.has_mean is mean


def test_few_outcomes_tell_nothing():
    for ratios in ([], [1.2], pareto(0.5, 10)):
        found = tail_index(ratios)
        assert math.isnan(found.exponent)
        assert found.has_mean is None
    assert tail_index([1.0] * 30).has_mean is None


@given(st.floats(1e-6, 1e6), st.permutations(list(range(40))))
def test_unit_and_order_do_not_matter(unit, order):
    ratios = pareto(1.5, 40)
    one, other = tail_index(ratios), tail_index(ratios[order] * unit)
    assert other.exponent == pytest.approx(one.exponent, rel=1e-9)
    assert (other.n_tail, other.has_mean) == (one.n_tail, one.has_mean)


def test_wrong_use_is_refused():
    for ratios, settings in (
        ([0.0, 1.0], {}),
        ([math.nan], {}),
        ([1.0, 2.0], {"n_tail": 0}),
        ([1.0, 2.0], {"confidence": 0}),
    ):
        with pytest.raises(UsageError):
            tail_index(ratios, **settings)
