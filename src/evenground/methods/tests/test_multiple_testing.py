"""The step-up procedure on its authors' own example, and what must hold for any p-values."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from evenground.methods.mid_p import binomial_mid_p
from evenground.methods.multiple_testing import benjamini_hochberg, holm, step_up_reaches

# Benjamini and Hochberg (1995), section 3.2: fifteen comparisons of treatments of infarction.
PUBLISHED = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
]  # fmt: skip
p_values = arrays(np.float64, st.integers(1, 30), elements=st.floats(0, 1))


def test_published_example_rejects_four():
    assert (benjamini_hochberg(PUBLISHED) <= 0.05).tolist() == [True] * 4 + [False] * 11
    assert step_up_reaches(PUBLISHED, rate=0.05)


@given(p_values)
def test_adjusted_values_are_scipys(p):
    assert np.allclose(benjamini_hochberg(p), stats.false_discovery_control(p))


@given(p_values, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(p, random):
    order = list(range(p.size))
    random.shuffle(order)
    assert np.allclose(benjamini_hochberg(p)[order], benjamini_hochberg(p[order]))


@given(st.integers(1, 200), st.floats(0.01, 0.99), st.data())
def test_mid_p_of_both_sides_add_up_and_lie_between_the_tails(n, chance, data):
    x = data.draw(st.integers(0, n))
    lower, upper = binomial_mid_p(x, n, chance)
    assert np.isclose(lower + upper, 1)
    assert (
        stats.binom.cdf(x - 1, n, chance) - 1e-12 <= lower <= stats.binom.cdf(x, n, chance) + 1e-12
    )


def test_mid_p_by_hand():
    """Lancaster (1961): 0 heads of 2 is half as likely as a p-value says, 1/8 not 1/4."""
    lower, upper = binomial_mid_p([0, 1, 2], 2, 0.5)
    assert np.allclose(lower, [0.125, 0.5, 0.875])
    assert np.allclose(upper, [0.875, 0.5, 0.125])


def test_holm_by_hand():
    """Four tests: times 4, 3, 2, 1 from the smallest on, never falling."""
    assert np.allclose(holm([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02])


def test_holm_counts_tests_whose_p_is_not_known():
    assert np.allclose(holm([0.01, 0.02], n_tests=4), [0.04, 0.06])
    assert holm([], n_tests=3).size == 0


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.floats(0.001, 0.2))
def test_holm_rejects_what_the_step_down_procedure_rejects(p_values, alpha):
    """Slow and independent: go on from the smallest until one does not pass."""
    rejected, left = set(), sorted(range(len(p_values)), key=lambda i: p_values[i])
    for step, i in enumerate(left):
        if p_values[i] * (len(p_values) - step) > alpha:
            break
        rejected.add(i)
    assert {i for i, p in enumerate(holm(p_values)) if p <= alpha} == rejected
