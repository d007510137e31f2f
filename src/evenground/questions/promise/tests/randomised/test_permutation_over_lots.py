"""The permutation test, its estimators and its interval."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.promise.measures.randomised.analysis_of_covariance import (
    ancova_estimator,
)
from evenground.questions.promise.measures.randomised.assignments import (
    assignments_of,
    drawn_assignments,
)
from evenground.questions.promise.measures.randomised.difference_in_means import (
    difference_in_means,
    difference_in_means_estimator,
)
from evenground.questions.promise.measures.randomised.inversion import (
    interval_ends,
    inverted_interval,
)
from evenground.questions.promise.measures.randomised.lin_adjusted import (
    lin_adjusted,
    lin_estimator,
)
from evenground.questions.promise.measures.randomised.permutation import permutation_test
from evenground.questions.promise.measures.randomised.rerandomisation import (
    BalanceRule,
    accepted_assignments,
)
from evenground.questions.promise.measures.randomised.scheme import (
    cluster_randomisation,
    complete_randomisation,
    matched_pairs,
    stepped_wedge,
    stratified_randomisation,
)
from evenground.questions.promise.measures.randomised.two_way_fixed_effects import (
    two_way_fixed_effects,
    two_way_fixed_effects_estimator,
)

MEANS = difference_in_means_estimator()
# Darwin's fifteen pairs of crossed and self-fertilised maize, eighths of an inch: Fisher (1935),
# The Design of Experiments, section 17, table 3; his permutation test of all 32,768 signs stands in
# section 21.
DARWIN = np.array([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48.0])


def by_hand(y, labels, x):
    """The coefficient of treatment by least squares."""
    design = np.column_stack([labels, np.ones(len(y)), x])
    return np.linalg.lstsq(design, y, rcond=None)[0][0]


def test_four_units_by_hand():
    y = [1.0, 2.0, 5.0, 8.0]
    scheme = complete_randomisation(4, 2)
    found = permutation_test(
        y, [0, 0, 1, 1], assignments=assignments_of(scheme), estimator=MEANS, alpha=0.05
    )
    # The six differences are ±5, ±3, ±... of which 5 is the largest: one in six in each tail.
    assert found.effect == pytest.approx(5.0)
    assert (found.p_greater, found.p_less, found.p) == pytest.approx((1 / 6, 1.0, 1 / 3))
    assert found.cannot_tell is not None
    assert found.cannot_tell.reason.parameters["least"] == pytest.approx(1 / 3)
    assert found.level_attained == pytest.approx(1 / 3)
    # Between {1, 2} and {5, 8}: the nearest pair that could change places.
    assert (found.low, found.high) == pytest.approx((3.0, 7.0))
    assert found.monte_carlo_error == 0.0


def test_fishers_test_of_darwins_maize():
    """863 of 32,768 assignments give a sum as large as 314 (Fisher 1935, section 21): 2.634 %."""
    signs = 2 * ((np.arange(2**15)[:, None] >> np.arange(15)) & 1) - 1
    sums = signs @ np.abs(DARWIN)
    assert (sums >= 314).sum() == 863
    pairs = np.repeat(np.arange(15), 2)
    y = np.column_stack([DARWIN, np.zeros(15)]).ravel()
    drawn = drawn_assignments(matched_pairs(pairs), rng=np.random.default_rng(5), n_draws=20_000)
    found = permutation_test(y, np.tile([1, 0], 15), assignments=drawn, estimator=MEANS)
    assert found.effect == pytest.approx(314 / 15)
    assert abs(found.p_greater - 863 / 32768) < 3 * found.monte_carlo_error / 2
    assert found.p == pytest.approx(2 * found.p_greater)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("kind", ["means", "strata", "ancova", "lin", "clusters", "wedge"])
def test_ends_of_the_interval_are_where_the_test_turns(kind, seed):
    rng = np.random.default_rng([seed, 7])
    x = rng.normal(size=(10, 1))
    scheme, estimator, shape = {
        "means": (complete_randomisation(10, 4), MEANS, 10),
        "strata": (
            stratified_randomisation([0] * 6 + [1] * 4, [2, 2]),
            difference_in_means_estimator([0] * 6 + [1] * 4),
            10,
        ),
        "ancova": (complete_randomisation(10, 5), ancova_estimator(x), 10),
        "lin": (complete_randomisation(10, 5), lin_estimator(x), 10),
        "clusters": (cluster_randomisation([0, 0, 1, 2, 2, 3, 4, 5, 6, 7], 4), MEANS, 10),
        "wedge": (stepped_wedge([2, 2, 2]), two_way_fixed_effects_estimator([1, 2, 4], 5), (6, 5)),
    }[kind]
    assignments = assignments_of(scheme)
    came = assignments.labels[rng.integers(assignments.n)]
    y = rng.normal(size=shape) + 0.7 * estimator.exposure(came)

    def p(effect):
        taken = y - effect * estimator.exposure(came)
        return permutation_test(taken, came, assignments=assignments, estimator=estimator).p

    found = permutation_test(y, came, assignments=assignments, estimator=estimator, alpha=0.1)
    inside, outside = (found.low + 1e-7, found.high - 1e-7), (found.low - 1e-7, found.high + 1e-7)
    assert min(map(p, inside)) > 0.1 >= max(map(p, outside))
    assert p(found.effect) == pytest.approx(1.0, abs=0.5)


@given(
    st.integers(0, 10_000),
    st.floats(1e-6, 1e6),
    st.floats(-1e3, 1e3),
    st.permutations(range(8)),
)
def test_units_shifts_and_the_order_of_rows_change_nothing(seed, scale, shift, order):
    rng = np.random.default_rng(seed)
    y = rng.normal(size=8)
    assignments = assignments_of(complete_randomisation(8, 4))
    came = assignments.labels[rng.integers(70)]
    known = permutation_test(y, came, assignments=assignments, estimator=MEANS, alpha=0.2)
    moved = permutation_test(
        (scale * (y + shift))[list(order)],
        came[list(order)],
        assignments=assignments,
        estimator=MEANS,
        alpha=0.2,
    )
    assert moved.p == known.p
    ends = np.array([known.effect, known.low, known.high]) * scale
    size = scale * (1 + abs(shift))
    assert [moved.effect, moved.low, moved.high] == pytest.approx(ends, rel=1e-10, abs=1e-11 * size)


@given(st.integers(0, 10_000), st.floats(-5, 5))
def test_an_effect_moves_the_interval_by_itself(seed, effect):
    rng = np.random.default_rng(seed)
    y, x = rng.normal(size=9), rng.normal(size=(9, 1))
    assignments = assignments_of(complete_randomisation(9, 4))
    came = assignments.labels[rng.integers(126)]
    for estimator in (MEANS, ancova_estimator(x)):
        plain = permutation_test(y, came, assignments=assignments, estimator=estimator)
        more = permutation_test(
            y + effect * came, came, assignments=assignments, estimator=estimator
        )
        ends = [plain.effect + effect, plain.low + effect, plain.high + effect]
        assert [more.effect, more.low, more.high] == pytest.approx(ends, abs=1e-9)


def test_each_estimator_is_its_regression():
    rng = np.random.default_rng(4)
    y, x = rng.normal(size=14), rng.normal(size=(14, 2))
    labels = rng.permuted(np.tile(np.repeat([0, 1], 7), (5, 1)), axis=1)
    centred = x - x.mean(axis=0)
    found = ancova_estimator(x).estimates(y, labels)
    assert found == pytest.approx([by_hand(y, z, x) for z in labels], rel=1e-10)
    products = [by_hand(y, z, np.column_stack([centred, centred * z[:, None]])) for z in labels]
    assert lin_adjusted(y, labels, x) == pytest.approx(products, rel=1e-10)
    assert difference_in_means(y, labels) == pytest.approx(
        [y[z == 1].mean() - y[z == 0].mean() for z in labels]
    )
    panel = rng.normal(size=(6, 7))
    steps = np.array([[0, 1, 2, 2, 1, 0], [2, 2, 0, 1, 0, 1]])
    starts = np.array([1, 3, 7])
    by_unit, by_time = np.repeat(np.eye(6), 7, axis=0), np.tile(np.eye(7), (6, 1))
    levels = np.column_stack([by_unit[:, 1:], by_time[:, 1:]])
    known = [
        by_hand(panel.ravel(), (np.arange(7) >= starts[row][:, None]).ravel(), levels)
        for row in steps
    ]
    assert two_way_fixed_effects(panel, steps, starts) == pytest.approx(known, rel=1e-9)


def test_two_steps_of_which_one_never_begins_are_a_difference_in_differences():
    rng = np.random.default_rng(6)
    panel = rng.normal(size=(8, 6))
    z = np.repeat([0, 1], 4)
    change = panel[:, 4:].mean(axis=1) - panel[:, :4].mean(axis=1)
    assert two_way_fixed_effects(panel, z, [6, 4])[0] == pytest.approx(
        difference_in_means(change, z)[0], rel=1e-10
    )


def test_the_fast_ends_are_the_slow_ones():
    rng = np.random.default_rng(8)
    assignments = assignments_of(complete_randomisation(8, 4))
    z = assignments.labels.astype(float)
    y = rng.normal(size=8)
    estimates = MEANS.estimates(y, assignments.labels)
    exposures = np.column_stack([MEANS.estimates(row, assignments.labels) for row in z])
    lows, highs = interval_ends(estimates, exposures, n_rejected=2)
    for at in range(70):
        known = inverted_interval(estimates, exposures[:, at], at, n_rejected=2)
        assert (lows[at], highs[at]) == pytest.approx(known)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_tails_that_reject_everything_between_them_leave_every_effect(n):
    """Two assignments, one in each tail: no effect is left out, and none is singled out."""
    estimates = np.array([3.0, -1.0, 0.5])[:n]
    exposures = np.array([[1.0, -1.0, 0.0], [-1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])[:n, :n]
    lows, highs = interval_ends(estimates, exposures, n_rejected=1)
    known = inverted_interval(estimates, exposures[:, 0], 0, n_rejected=1)
    assert (lows[0], highs[0]) == known
    assert (known == (-np.inf, np.inf)) is (n < 3)
    assert (lows <= highs).all()


def test_only_accepted_assignments_are_looked_at():
    rng = np.random.default_rng(9)
    x = rng.normal(size=(10, 1))
    scheme = complete_randomisation(10, 5)
    rule = BalanceRule(covariates=x, threshold=0.2)
    accepted = accepted_assignments(scheme, rule)
    y = 3 * x[:, 0] + rng.normal(size=10)
    found = permutation_test(y, accepted.labels[3], assignments=accepted, estimator=MEANS)
    assert found.n_assignments == accepted.n < 252
    order = np.argsort(x[:, 0])
    lopsided = np.zeros(10, np.int64)
    lopsided[order[5:]] = 1
    with pytest.raises(UsageError, match="accepted"):
        permutation_test(y, lopsided, assignments=accepted, estimator=MEANS)
    drawn = accepted_assignments(
        complete_randomisation(40, 20),
        BalanceRule(covariates=np.arange(40.0)[:, None], threshold=0.5),
        rng=rng,
        n_draws=200,
    )
    with pytest.raises(UsageError, match="accepted"):
        permutation_test(np.arange(40.0), np.repeat([0, 1], 20), assignments=drawn, estimator=MEANS)


def test_what_cannot_be_is_refused():
    assignments = assignments_of(complete_randomisation(6, 3))
    y = np.arange(6.0)
    with pytest.raises(UsageError, match="cannot give"):
        permutation_test(y, [1, 1, 0, 0, 0, 0], assignments=assignments, estimator=MEANS)
    with pytest.raises(UsageError, match="missing"):
        permutation_test(
            [np.nan, *y[1:]], [1, 1, 1, 0, 0, 0], assignments=assignments, estimator=MEANS
        )
    with pytest.raises(UsageError, match="alpha"):
        permutation_test(y, [1, 1, 1, 0, 0, 0], assignments=assignments, estimator=MEANS, alpha=1.5)
    with pytest.raises(UsageError, match="units"):
        lin_adjusted(y, [1, 1, 0, 0, 0, 0], np.arange(6.0)[:, None])
    with pytest.raises(UsageError, match="covariates tell"):
        ancova_estimator([[1.0], [1], [1], [0], [0], [0]]).estimates(y, assignments.labels)
    with pytest.raises(UsageError, match="same time"):
        two_way_fixed_effects(np.ones((2, 3)), [0, 0], [1, 2])
    with pytest.raises(UsageError, match="fit"):
        two_way_fixed_effects(np.ones((2, 3)), [0, 2], [1, 2])


def test_equal_outcomes_say_nothing():
    assignments = assignments_of(complete_randomisation(8, 4))
    found = permutation_test(
        np.full(8, 7.0), assignments.labels[0], assignments=assignments, estimator=MEANS
    )
    assert (found.effect, found.p, found.low, found.high) == (0.0, 1.0, 0.0, 0.0)
