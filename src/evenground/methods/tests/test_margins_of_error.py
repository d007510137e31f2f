"""Margins of error: the Census Bureau's worked examples, and what must hold for any counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import special

from evenground.errors import UsageError
from evenground.methods.margins_of_error import (
    counts_with_margins,
    counts_without_margins,
    draw_counts,
    draw_true_counts,
    group_totals,
    margin_of_ratio,
    margin_of_share,
    margin_of_sum,
    normal_nodes,
    relative_error,
    standard_error,
    total_error,
)

counts = arrays(np.float64, 6, elements=st.floats(0, 1e6))


# U.S. Census Bureau (2009), A Compass for Understanding and Using American Community Survey Data:
# What State and Local Governments Need to Know, appendix 3, worked examples.
def test_published_margin_of_a_sum():
    """Never-married women in three counties: 203,119 ± 5,070."""
    assert 135_173 + 43_104 + 24_842 == 203_119
    assert round(margin_of_sum([3_860, 2_642, 1_957])) == 5_070


def test_published_margin_of_a_share():
    """Black women with a graduate degree in Fairfax County: 0.1461 ± 0.0311."""
    assert round(4_634 / 31_713, 4) == 0.1461
    assert round(margin_of_share(4_634, 31_713, margins=(989, 601)), 4) == 0.0311


def test_published_margin_of_a_ratio():
    """Black women to Black men with a graduate degree: 0.7200 ± 0.2135."""
    assert round(margin_of_ratio(4_634, 6_440, margins=(989, 1_328)), 4) == 0.2135


def test_a_share_with_a_negative_root_uses_the_ratio_formula():
    share = margin_of_share(95, 100, margins=(5, 20))
    assert share == margin_of_ratio(95, 100, margins=(5, 20)) > 0


def test_ninety_percent_margins_are_divided_by_1_645():
    assert standard_error([1.645]).tolist() == [1.0]
    assert standard_error([1.959964], confidence=0.95)[0] == pytest.approx(1, abs=1e-6)


def test_group_totals_add_errors_as_root_of_squares():
    people = counts_with_margins([100, 200, 300], [30, 40, 120])
    total = group_totals(people, [[1, 1, 0], [0, 0, 0.5]])
    assert total.value.tolist() == [300, 150]
    assert total.standard_error * 1.645 == pytest.approx([50, 60])


def test_register_counts_are_never_without_error():
    people = counts_without_margins([100, 200], rounding=5)
    assert total_error(people) == pytest.approx(5 / np.sqrt(12) * np.ones(2))
    draws = draw_counts(people, rng=np.random.default_rng(1), n_draws=4_000)
    assert np.abs(draws - people.value).max() <= 2.5
    assert draws.std(axis=0) == pytest.approx(total_error(people), rel=0.05)
    with pytest.raises(UsageError, match="rounding"):
        counts_without_margins([1], rounding=0)


def test_draws_follow_the_margins_and_are_never_negative():
    people = counts_with_margins([1_000, 5], [164.5, 16.45])
    draws = draw_counts(people, rng=np.random.default_rng(2), n_draws=20_000)
    assert draws.min() == 0
    assert draws[:, 0].mean() == pytest.approx(1_000, abs=3)
    assert draws[:, 0].std() == pytest.approx(100, rel=0.03)


def test_draws_of_the_truth_vary_as_the_truth_does():
    rng = np.random.default_rng(3)
    truth = rng.lognormal(8, 0.4, 3_000)
    seen = np.maximum(truth * (1 + 0.25 * rng.standard_normal(3_000)), 1)
    drawn = draw_true_counts(counts_with_margins(seen, 0.25 * 1.645 * seen), rng=rng, n_draws=200)
    assert np.log(seen).std() > 1.15 * np.log(truth).std()
    assert np.log(drawn).std(axis=1).mean() == pytest.approx(np.log(truth).std(), rel=0.1)
    # What a placement by the truth meets in the estimates, the draws meet too.
    met = (truth / truth.sum()) @ (seen / seen.sum())
    drawn_met = ((drawn / drawn.sum(axis=1, keepdims=True)) @ (seen / seen.sum())).mean()
    assert drawn_met == pytest.approx(met, rel=0.02)


def test_draws_of_the_truth_need_no_error_and_few_counts_are_taken_as_they_are():
    sure = counts_with_margins([0, 10, 20, 30, 40, 50], np.zeros(6))
    drawn = draw_true_counts(sure, rng=np.random.default_rng(4), n_draws=3)
    assert np.allclose(drawn, sure.value)
    pair = counts_with_margins([100, 300], [16.45, 16.45])
    drawn = draw_true_counts(pair, rng=np.random.default_rng(5), n_draws=5_000)
    assert drawn.mean(axis=0) == pytest.approx([100, 300], abs=1)


@given(counts, counts)
def test_errors_scale_with_the_unit(value, margin):
    one, thousand = (counts_with_margins(value * f, margin * f) for f in (1.0, 1e3))
    assert np.allclose(total_error(thousand), 1e3 * total_error(one))


@given(counts, counts, st.permutations(range(6)))
def test_totals_do_not_depend_on_the_order_of_rows(value, margin, order):
    people = counts_with_margins(value, margin)
    shares = np.array([[1, 1, 0, 0, 1, 0.5]])
    one, other = group_totals(people, shares), group_totals(people.take(order), shares[:, order])
    assert np.allclose(one.value, other.value)
    assert np.allclose(one.standard_error, other.standard_error)


@pytest.mark.parametrize("spread", [0.0, 0.005, 0.05, 0.4])
@pytest.mark.parametrize("resolution", [0.02, 0.1, 1.0])
def test_nodes_have_the_moments_of_a_normal(spread, resolution):
    at, weight = normal_nodes(spread, resolution=resolution)
    assert weight.sum() == pytest.approx(1)
    assert weight @ at == pytest.approx(0, abs=1e-12)
    assert weight @ at**2 == pytest.approx(spread**2, rel=1e-4)


@pytest.mark.parametrize("spread", [0.01, 0.1, 0.5])
@pytest.mark.parametrize("width", [0.05, 0.2])
def test_a_mixture_of_normals_is_normal(spread, width):
    """Mixing a distribution of the given width over the nodes shows none of them."""
    at, weight = normal_nodes(spread, resolution=width)
    x = np.linspace(-2, 2, 81)
    mixed = special.ndtr((x[:, None] - at) / width) @ weight
    assert np.allclose(mixed, special.ndtr(x / np.hypot(spread, width)), atol=1e-4)


def test_relative_error_of_nobody_is_infinite():
    assert relative_error(counts_with_margins([0, 10], [3, 1.645])).tolist() == [np.inf, 0.1]


@pytest.mark.parametrize(
    ("value", "margin"), [([1, -1], [0, 0]), ([1, np.nan], [0, 0]), ([1, 2], [0]), ([[1]], [[0]])]
)
def test_unusable_counts_are_refused(value, margin):
    with pytest.raises(UsageError):
        counts_with_margins(value, margin)
