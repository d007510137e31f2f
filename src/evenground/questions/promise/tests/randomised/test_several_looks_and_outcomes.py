"""Looking several times, at several outcomes, and at any time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evenground.errors import UsageError
from evenground.questions.promise.measures.randomised.alpha_spending import (
    normal_boundaries,
    obrien_fleming_spending,
    pocock_spending,
)
from evenground.questions.promise.measures.randomised.assignments import assignments_of
from evenground.questions.promise.measures.randomised.asymptotic_sequence import (
    asymptotic_confidence_sequence,
)
from evenground.questions.promise.measures.randomised.difference_in_means import (
    difference_in_means_estimator,
)
from evenground.questions.promise.measures.randomised.max_t import max_t
from evenground.questions.promise.measures.randomised.pair_betting import (
    pair_confidence_sequence,
)
from evenground.questions.promise.measures.randomised.permutation import permutation_test
from evenground.questions.promise.measures.randomised.scheme import complete_randomisation
from evenground.questions.promise.measures.randomised.sequential_permutation import (
    permutation_boundaries,
    sequential_permutation_test,
)

MEANS = difference_in_means_estimator()


def test_boundaries_are_those_of_ldbounds():
    """Three looks as printed by R's ldbounds: r-help, March 2020, "Output of bounds function".

    It prints 6.9913, 3.7308 and 1.9605, spent 2.7227e-12, 1.9097e-04 and 5.0000e-02; the second
    boundary comes from a coarser grid there (3.73067 here, and by a bivariate normal below).
    """
    times = [0.10, 0.33, 1.0]
    spent = obrien_fleming_spending(times)
    assert spent == pytest.approx([2.7227e-12, 1.9097e-04, 0.05], rel=1e-4)
    found = normal_boundaries(times, spent)
    assert found == pytest.approx([6.9913, 3.7308, 1.9605], abs=2e-4)
    # Two looks are a bivariate normal with correlation sqrt(t1 / t2).
    spent = np.array([0.02, 0.05])
    first, second = normal_boundaries([0.4, 1.0], spent)
    assert 2 * stats.norm.sf(first) == pytest.approx(0.02, rel=1e-9)
    both = stats.multivariate_normal([0, 0], [[1, 0.4**0.5], [0.4**0.5, 1]], abseps=1e-10)
    inside = both.cdf([first, second], lower_limit=[-first, -second])
    assert 1 - inside == pytest.approx(0.05, abs=1e-7)


def test_spending_ends_at_alpha():
    for spending in (obrien_fleming_spending, pocock_spending):
        found = spending([0.2, 0.5, 1.0], alpha=0.03)
        assert found[-1] == pytest.approx(0.03)
        assert (np.diff(found) > 0).all()
    assert normal_boundaries([0.5, 1.0], [0.0, 0.05])[0] == np.inf
    assert normal_boundaries([1.0], [0.05])[0] == pytest.approx(stats.norm.isf(0.025))


@pytest.mark.parametrize("times", [[], [0.0, 1.0], [0.5, 0.4], [0.5, 1.2]])
def test_looks_that_do_not_rise_are_refused(times):
    with pytest.raises(UsageError):
        obrien_fleming_spending(times)
    with pytest.raises(UsageError):
        normal_boundaries(times, np.full(len(times), 0.05))


def test_bad_spending_is_refused():
    with pytest.raises(UsageError, match="alpha"):
        pocock_spending([1.0], alpha=0.0)
    with pytest.raises(UsageError, match="rise"):
        normal_boundaries([0.5, 1.0], [0.05, 0.02])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_over_all_looks_no_more_assignments_are_rejected_than_sealed(seed):
    rng = np.random.default_rng(seed)
    labels = assignments_of(complete_randomisation(10, 5)).labels
    paths = np.column_stack(
        [MEANS.estimates(y, labels) for y in np.cumsum(rng.normal(size=(4, 10)), axis=0)]
    )
    spent = pocock_spending([0.25, 0.5, 0.75, 1.0], alpha=0.1)
    boundaries, used = permutation_boundaries(paths, spent)
    crossed = (np.abs(paths) > boundaries).any(axis=1).mean()
    assert crossed == used[-1] <= 0.1
    assert (used <= spent + 1e-12).all()
    assert used[-1] >= 0.1 - 3 / 252  # mirrored assignments go in twos
    early, _ = permutation_boundaries(paths[:, :2], spent[:2])
    assert (early == boundaries[:2]).all()


def test_looks_with_one_randomisation():
    rng = np.random.default_rng(5)
    assignments = assignments_of(complete_randomisation(12, 6))
    came = assignments.labels[400]
    noise = rng.normal(size=(3, 12))
    spent = obrien_fleming_spending([1 / 3, 2 / 3, 1.0])
    looks = [noise[: n + 1].mean(axis=0) + 3 * came for n in range(3)]
    found = sequential_permutation_test(
        looks, came, assignments=assignments, estimators=[MEANS] * 3, spent=spent
    )
    assert found.crossed_at == 1
    assert np.isinf([found.lows[0], found.boundaries[0]]).all()  # spends less than one in 924
    assert found.lows[1] < 3 < found.highs[1]
    parts = np.diff(spent, prepend=0)
    last = permutation_test(
        looks[2], came, assignments=assignments, estimator=MEANS, alpha=float(parts[2])
    )
    assert (found.lows[2], found.highs[2]) == (last.low, last.high)
    nothing = sequential_permutation_test(
        list(noise), came, assignments=assignments, estimators=[MEANS] * 3, spent=spent
    )
    assert nothing.crossed_at is None
    assert [one.code for one in found.assumptions] == ["assumes.lots", "assumes.sealed_looks"]
    with pytest.raises(UsageError, match="schedule"):
        sequential_permutation_test(
            looks, came, assignments=assignments, estimators=[MEANS] * 3, spent=spent[:2]
        )


def test_max_t_by_slow_steps():
    rng = np.random.default_rng(3)
    labels = assignments_of(complete_randomisation(8, 4)).labels
    y = rng.normal(size=(3, 8)) * np.array([[1.0], [1e4], [1e-4]])
    y[0] += 4 * labels[10]
    estimates = np.stack([MEANS.estimates(row, labels) for row in y])
    size = np.abs(estimates) / estimates.std(axis=1, keepdims=True)
    order = np.argsort(-size[:, 10])
    known, before = np.empty(3), 0.0
    for at, outcome in enumerate(order):
        most = size[order[at:]].max(axis=0)
        before = max(before, (most >= size[outcome, 10] - 1e-9).mean())
        known[outcome] = before
    assert max_t(estimates, 10) == pytest.approx(known)
    single = [(size[k] >= size[k, 10] - 1e-9).mean() for k in range(3)]
    assert (max_t(estimates, 10) >= np.array(single) - 1e-12).all()
    alike = np.stack([estimates[0]] * 3)
    assert max_t(alike, 10) == pytest.approx([single[0]] * 3)  # no price for saying it thrice
    assert max_t(np.zeros((2, 5)), 0) == pytest.approx([1.0, 1.0])
    with pytest.raises(UsageError, match="column"):
        max_t(estimates, 70)


def test_bets_on_one_pair_by_hand():
    found = pair_confidence_sequence([2.0], scale=1.0)
    bets = np.geomspace(0.02, 3.0, 16)
    known = np.mean([2 / (1 + np.exp(-2 * b * 2)) for b in bets])
    other = np.mean([2 / (1 + np.exp(2 * b * 2)) for b in bets])
    assert found.e_values[0] == pytest.approx((known + other) / 2)
    assert (found.lows[0], found.highs[0]) == (-np.inf, np.inf)
    assert found.p[0] == pytest.approx(1.0)


@given(st.integers(0, 10_000))
@settings(max_examples=10)
def test_bets_are_fair_over_all_signs(seed):
    sizes = np.abs(np.random.default_rng(seed).normal(size=4))
    signs = 2 * ((np.arange(16)[:, None] >> np.arange(4)) & 1) - 1
    ends = [pair_confidence_sequence(row, scale=1.3).e_values[-1] for row in signs * sizes]
    assert np.mean(ends) == pytest.approx(1.0, rel=1e-10)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_sequence_closes_in_on_the_effect(seed):
    d = np.random.default_rng(seed).normal(1.0, 1.0, 80)
    found = pair_confidence_sequence(d, scale=1.0)
    assert found.lows[-1] < 1.0 < found.highs[-1]
    assert found.lows[-1] > 0
    assert found.p[-1] < 0.05
    assert (np.diff(found.lows[6:]) >= 0).all()
    assert (np.diff(found.highs[6:]) <= 0).all()
    assert found.exact
    scaled = pair_confidence_sequence(1e6 * d + 5e6, scale=1e6)
    assert scaled.lows[-1] == pytest.approx(1e6 * (found.lows[-1] + 5), rel=1e-9)


def test_sequences_survive_extremes():
    found = pair_confidence_sequence(np.full(60, 500.0), scale=1.0)
    assert np.isfinite(found.e_values).all()
    assert pair_confidence_sequence([], scale=1.0).lows.size == 0
    many = asymptotic_confidence_sequence(np.full(10, 2.0), narrowest_at=5, first_at=2)
    assert many.lows[-1] == many.highs[-1] == 2.0
    assert many.p[-1] < 1e-200
    none = asymptotic_confidence_sequence(np.zeros(10), narrowest_at=5, first_at=2)
    assert (none.lows[-1], none.highs[-1], none.p[-1]) == (0.0, 0.0, 1.0)
    for scale, alpha in ((0.0, 0.05), (1.0, 1.0), (np.inf, 0.05)):
        with pytest.raises(UsageError):
            pair_confidence_sequence([1.0], scale=scale, alpha=alpha)
    for wrong in ({"narrowest_at": 0}, {"narrowest_at": 9, "first_at": 1}):
        with pytest.raises(UsageError):
            asymptotic_confidence_sequence([1.0], **wrong)


def test_the_asymptotic_sequence_by_its_formula():
    x = np.random.default_rng(7).normal(0.4, 2.0, 300)
    found = asymptotic_confidence_sequence(x, narrowest_at=200, alpha=0.1)
    t, mean, spread = 300, x.mean(), x.std()
    squared = (-2 * np.log(0.1) + np.log(-2 * np.log(0.1)) + 1) / 200
    half = spread * np.sqrt(
        2 * (t * squared + 1) / (t**2 * squared) * np.log(np.sqrt(t * squared + 1) / 0.1)
    )
    alone = asymptotic_confidence_sequence(x, narrowest_at=200, alpha=0.1)
    assert found.lows[-1] >= mean - half - 1e-12
    assert alone.highs[-1] <= mean + half + 1e-12
    assert not found.exact
    # Before the first look nothing is said, whatever the scores.
    assert np.isinf(found.lows[:49]).all()
    assert (found.p[:49] == 1.0).all()
    assert np.isfinite(found.lows[49:]).all()
    # The interval leaves 0 out exactly when the evidence against 0 has reached 1 / alpha.
    for shift in np.linspace(-1, 1, 21):
        at = asymptotic_confidence_sequence(x - shift, narrowest_at=200, alpha=0.1)
        assert (at.p[-1] < 0.1) == (at.lows[-1] > 0 or at.highs[-1] < 0)
