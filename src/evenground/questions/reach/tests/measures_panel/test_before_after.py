"""A change of inequality is told when it does not rest on a few areas."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evenground.errors import UsageError
from evenground.methods.inequality import Resampling, atkinson_rows, gini_rows, theil_t_rows
from evenground.questions.reach.measures.before_after import before_after, widened_percentiles

QUICK = Resampling(n_draws=399)


def compared(rates, people, seed=1, index_rows=gini_rows):
    return before_after(
        rates, people, index_rows=index_rows, rng=np.random.default_rng(seed), resampling=QUICK
    )


def test_half_the_gap_by_hand():
    """Ten areas have 1 and ten have 3 each, then all but half of the difference is gone."""
    before = np.repeat([1.0, 3.0], 10)
    found = compared([before, (before + 2) / 2], np.ones(20))
    # The Gini index of two equal halves is half their difference over twice their mean.
    assert found.before == pytest.approx(0.25)
    assert found.after == pytest.approx(0.125)
    assert found.change == pytest.approx(-0.125)
    assert found.low < -0.125 < found.high < 0
    assert found.verdict == "evens_out"
    assert compared([(before + 2) / 2, before], np.ones(20)).verdict == "widens"


def test_the_same_allocation_is_no_change():
    values = np.linspace(1, 9, 30)
    found = compared([values, values], np.ones(30))
    assert (found.change, found.low, found.high) == (0, 0, 0)
    assert found.verdict == "no_change_told"


rates = st.lists(
    st.tuples(st.integers(1, 99), st.integers(1, 99), st.integers(0, 50)), min_size=12, max_size=30
).filter(lambda rows: sum(people > 0 for *_, people in rows) >= 2)


@given(rates, st.integers(2, 9))
@settings(max_examples=30)
def test_units_of_rates_and_people_change_nothing(rows, times):
    before, after, people = np.array(rows, dtype=float).T
    one = compared([before, after], people)
    other = compared([before * times, after / times], people * times)
    for name in ("before", "after", "change", "low", "high"):
        assert getattr(other, name) == pytest.approx(getattr(one, name), nan_ok=True, abs=1e-9)


@given(rates)
@settings(max_examples=30)
def test_before_and_after_exchanged_changes_the_sign(rows):
    before, after, people = np.array(rows, dtype=float).T
    one, other = compared([before, after], people), compared([after, before], people)
    assert other.change == pytest.approx(-one.change)
    assert other.low == pytest.approx(-one.high, nan_ok=True, abs=1e-12)
    opposite = {"evens_out": "widens", "widens": "evens_out"}
    assert other.verdict == opposite.get(one.verdict, one.verdict)


@pytest.mark.parametrize(
    "index_rows", [gini_rows, theil_t_rows, partial(atkinson_rows, aversion=1)]
)
def test_any_index_will_do(index_rows):
    rng = np.random.default_rng(3)
    before = rng.lognormal(0, 1, 80)
    assert (
        compared([before, before**0.5], np.ones(80), index_rows=index_rows).verdict == "evens_out"
    )


@pytest.mark.parametrize("seed", [11, 12])
def test_false_alarms(seed):
    """Two draws from one distribution, correlated: at most 5 % are told, give or take chance."""
    rng, n_sims, alarms = np.random.default_rng(seed), 300, 0
    for _ in range(n_sims):
        common, own = rng.normal(size=40), rng.normal(size=(2, 40))
        found = compared(np.exp(0.5 * (common + own)), rng.integers(500, 1_500, 40), seed=seed)
        alarms += found.verdict != "no_change_told"
    assert alarms <= stats.binom.ppf(0.999, n_sims, 0.05)


def test_pairing_is_used():
    """A small cut everywhere is told, though the index itself is uncertain by far more."""
    rng = np.random.default_rng(4)
    before = rng.lognormal(0, 1, 60)
    found = compared([before, before + 0.05], np.ones(60))
    assert found.verdict == "evens_out"
    assert found.high - found.low < 0.05


def test_cannot_tell():
    few = compared([np.ones(9), np.arange(1.0, 10)], np.ones(9))
    assert (few.verdict, few.n_areas) == ("cannot_tell", 9)
    assert np.isnan(few.low)
    nothing = compared([np.zeros(20), np.arange(20.0)], np.ones(20))
    assert nothing.verdict == "cannot_tell"
    empty = compared([np.ones(30), np.arange(30.0)], np.r_[np.ones(9), np.zeros(21)])
    assert (empty.verdict, empty.n_areas) == ("cannot_tell", 9)


def test_the_ends_are_those_of_student():
    """Of draws from a normal distribution the ends are Student's quantiles, set wider by n - 1."""
    draws = stats.norm.ppf((np.arange(200_000) + 0.5) / 200_000)
    low, high = widened_percentiles(draws, 10, confidence=0.95)
    assert high == pytest.approx(np.sqrt(10 / 9) * stats.t.ppf(0.975, 9), rel=1e-3)
    assert low == pytest.approx(-high)


def test_wrong_use_is_refused():
    for values, people in (
        (np.ones((3, 20)), np.ones(20)),
        (np.ones((2, 19)), np.ones(20)),
        (np.full((2, 20), np.nan), np.ones(20)),
        (np.ones((2, 20)), -np.ones(20)),
        (np.ones((2, 20)), np.zeros(20)),
    ):
        with pytest.raises(UsageError):
            compared(values, people)
