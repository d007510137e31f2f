"""Which choice moves a result."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.problem.measures.sobol_indices import (
    sobol_design,
    sobol_indices,
    stratified_sample,
)


def ishigami(u):
    x = (2 * u - 1) * np.pi
    return np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


def test_the_ishigami_function_as_published():
    """Ishigami and Homma (1990), a = 7, b = 0.1; exact indices as in Saltelli et al. (2008),
    Global Sensitivity Analysis, The Primer, and in Sobol' and Levitan (1999)."""
    a, b = 7.0, 0.1
    variance = 0.5 + a**2 / 8 + b * np.pi**4 / 5 + b**2 * np.pi**8 / 18
    first = np.array([(1 + b * np.pi**4 / 5) ** 2 / 2, a**2 / 8, 0]) / variance
    both = 8 * b**2 * np.pi**8 / 225 / variance
    assert first == pytest.approx([0.3139, 0.4424, 0.0], abs=5e-5)
    assert first + np.array([both, 0, both]) == pytest.approx([0.5576, 0.4424, 0.2437], abs=5e-5)
    rng = np.random.default_rng(20)
    found = sobol_indices(*sobol_design(ishigami, 3, n_draws=2**13, rng=rng), rng=rng, level=0.99)
    assert found.variance == pytest.approx(variance, rel=0.02)
    assert (found.first_low <= first).all()
    assert (first <= found.first_high).all()
    total = first + np.array([both, 0, both])
    assert (found.total_low <= total).all()
    assert (total <= found.total_high).all()
    assert (found.first_high - found.first_low < 0.08).all()


def test_a_sum_by_hand():
    """y = u + 2 v + 0 w: variances 1/12 and 4/12, so shares 0.2 and 0.8, alone and in all."""
    rng = np.random.default_rng(4)
    design = sobol_design(lambda u: u[0] + 2 * u[1], 3, n_draws=4_096, rng=rng)
    found = sobol_indices(*design, rng=rng)
    assert found.first == pytest.approx([0.2, 0.8, 0], abs=0.03)
    assert found.total == pytest.approx([0.2, 0.8, 0], abs=0.03)
    assert found.first[2] == found.total[2] == 0


def test_two_factors_that_matter_only_together():
    """The product of two signs: nothing alone, everything together."""
    rng = np.random.default_rng(5)
    design = sobol_design(
        lambda u: float(np.sign(u[0] - 0.5) * np.sign(u[1] - 0.5)), 2, n_draws=4_096, rng=rng
    )
    found = sobol_indices(*design, rng=rng)
    assert found.first == pytest.approx([0, 0], abs=0.06)
    assert found.total == pytest.approx([1, 1], abs=0.06)


def test_nothing_moves_nothing():
    found = sobol_indices([2.0] * 5, [2.0] * 5, [[2.0] * 5], rng=np.random.default_rng(1))
    assert found.first.tolist() == found.total.tolist() == [0.0]
    assert found.variance == 0


def test_estimators_as_written():
    """Saltelli et al. (2010) for the first order, Jansen (1999) for the total, in plain sums."""
    rng = np.random.default_rng(6)
    a, b, ab = rng.normal(size=40), rng.normal(size=40), rng.normal(size=(3, 40))
    found = sobol_indices(a, b, ab, rng=rng)
    variance = np.concatenate([a, b]).var()
    centred = b - np.concatenate([a, b]).mean()
    assert found.first == pytest.approx([(centred * (row - a)).mean() / variance for row in ab])
    assert found.total == pytest.approx([((row - a) ** 2).mean() / 2 / variance for row in ab])


@given(st.integers(1, 40), st.integers(1, 4), st.integers(0, 2**31))
def test_a_stratified_sample_has_one_in_each_part(n, d, seed):
    sample = stratified_sample(n, d, rng=np.random.default_rng(seed))
    assert sample.shape == (n, d)
    for column in (sample * n).astype(int).T:
        assert sorted(column.tolist()) == list(range(n))


@given(st.floats(-3, 3), st.sampled_from([0.25, 8.0]), st.integers(0, 2**31))
def test_neither_unit_nor_level_of_the_result_matters(shift, times, seed):
    rng = np.random.default_rng(seed)
    a, b, ab = rng.normal(size=30), rng.normal(size=30), rng.normal(size=(2, 30))
    first = sobol_indices(a, b, ab, rng=np.random.default_rng(1))
    other = sobol_indices(
        times * a + shift, times * b + shift, times * ab + shift, rng=np.random.default_rng(1)
    )
    assert other.first == pytest.approx(first.first)
    assert other.total_high == pytest.approx(first.total_high)


@pytest.mark.parametrize(
    ("a", "b", "ab"), [([1.0], [1.0], [[1.0]]), ([1.0, 2], [1.0], [[1.0, 2]]),
                       ([1.0, 2], [1.0, np.nan], [[1.0, 2]]), ([1.0, 2], [1.0, 2], [[1.0]])]
)  # fmt: skip
def test_bad_input_is_refused(a, b, ab):
    with pytest.raises(UsageError):
        sobol_indices(a, b, ab, rng=np.random.default_rng(1))
