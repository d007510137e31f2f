"""Meng's identity holds exactly, and his numbers come out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.cannot_tell import CannotTell
from evenground.questions.data.measures.people.data_defect import (
    data_defect,
    data_defect_of_share,
    defect_curve,
    effective_sample_size,
)

US_VOTERS = 231_557_000  # eligible in 2016, as used by Meng (2018)


def test_the_published_number():
    """1 % of eligible voters, about 2.3 million, with 0.005: as good as about 400 (abstract)."""
    n = 2_315_570
    size = float(effective_sample_size(-0.005, n=n, population=US_VOTERS))
    assert size == pytest.approx(404, abs=0.5)
    assert 1 - size / n == pytest.approx(0.9998, abs=5e-5)


@given(st.lists(st.tuples(st.floats(-100, 100), st.booleans()), min_size=2, max_size=40))
def test_the_identity(people):
    """Error = correlation x √((1 - f)/f) x standard deviation (section 2)."""
    x, r = np.array([x for x, _ in people]), np.array([r for _, r in people])
    found = data_defect(x, r)
    if isinstance(found, CannotTell):
        assert r.all() or not r.any() or np.ptp(x) < 1e-9
        return
    if found.difficulty < 1e-6:
        return
    assert found.correlation == pytest.approx(np.corrcoef(x, r)[0, 1], abs=1e-6)
    product = found.correlation * found.quantity * found.difficulty
    assert product == pytest.approx(x[r].mean() - x.mean(), abs=1e-9)


@given(st.integers(2, 10**6), st.floats(0.001, 1), st.floats(0, 1))
def test_the_size_is_that_of_a_random_sample_of_the_same_error(population, part, rho):
    """The variance of a mean from n drawn without replacement is (1/n - 1/N) N/(N - 1) σ²."""
    n = max(1, round(part * population))
    size = float(effective_sample_size(rho, n=n, population=population))
    error = rho**2 * (population - n) / n
    assert (1 / size - 1 / population) * population / (population - 1) == pytest.approx(
        error, rel=1e-6, abs=1e-9
    )
    assert 0 < size <= population


def test_random_sampling_loses_nothing():
    """With the correlation of a random sample on average, the effective size is the size."""
    curve = defect_curve(1_000, 50_000)
    size = float(effective_sample_size(curve.random, n=1_000, population=50_000))
    assert size == pytest.approx(1_000, rel=1e-9)


@given(st.integers(1, 10**5), st.integers(0, 10**7))
def test_the_curve_falls(n, more):
    curve = defect_curve(n, n + more)
    assert (np.diff(curve.effective_size) <= 0).all()
    assert (np.diff(curve.error) >= 0).all()


def test_a_trait_that_can_be_looked_up():
    """One value for everybody: shares and the people behind them give the same correlation."""
    x = np.repeat([1.0, 0, 1, 0], [300, 700, 2_700, 6_300 - 1_000])
    r = np.repeat([True, True, False, False], [300, 700, 2_700, 6_300 - 1_000])
    whole = data_defect(x, r)
    share = data_defect_of_share(0.3, float(x.mean()), n=1_000, population=x.size)
    assert share.correlation == pytest.approx(whole.correlation)
    assert share.effective_size == pytest.approx(whole.effective_size)


def test_without_contrast():
    assert isinstance(data_defect([1, 1], [True, False]), CannotTell)
    assert isinstance(data_defect([1, 2], [True, True]), CannotTell)
    assert isinstance(data_defect([], []), CannotTell)
    assert isinstance(data_defect_of_share(0.5, 1.0, n=5, population=10), CannotTell)
    assert isinstance(data_defect_of_share(0.5, 0.5, n=0, population=10), CannotTell)


def test_wrong_use_is_refused():
    for n, population, correlations in ((11, 10, (0.1,)), (0, 10, (0.1,)), (5, 10, (1.1,))):
        with pytest.raises(UsageError):
            defect_curve(n, population, correlations=correlations)
    with pytest.raises(UsageError):
        data_defect_of_share(1.5, 0.5, n=1, population=10)
