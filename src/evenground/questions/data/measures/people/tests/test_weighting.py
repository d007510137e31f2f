"""Weights fit the margins they are given, tell what they cost, and say where they cannot be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.cannot_tell import CannotTell
from evenground.questions.data.measures.people.weighting import (
    Weighting,
    effective_size,
    kish_design_effect,
    post_stratify,
    rake,
)

rows = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1)), min_size=1, max_size=60)


def spread_out(table):
    """Return row and column of everybody in a table of counts."""
    at = np.indices(np.shape(table)).reshape(2, -1)
    return np.repeat(at, np.ravel(table), axis=1)


def table_of(found, at, shape):
    return np.array(
        [[found.weight[(at[0] == i) & (at[1] == j)].sum() for j in range(shape[1])]
         for i in range(shape[0])]
    )  # fmt: skip


def test_a_published_table():
    """Ardilly and Tillé (2006), Sampling Methods: Exercises and Solutions, calibration on margins.

    The table, its margins and the method are theirs; the fitted table was found by solving the
    equations of its factors to machine precision, independently of raking.
    """
    table = [[80, 170, 150], [90, 80, 210], [10, 80, 130]]
    at = spread_out(table)
    found = rake(at, [[430, 360, 210], [150, 300, 550]])
    fitted = table_of(found, at, (3, 3))
    expected = by_newton(
        np.array(table, float), np.array([430.0, 360, 210]), np.array([150.0, 300, 550])
    )
    assert fitted == pytest.approx(expected, abs=1e-5)
    assert fitted.sum(axis=1) == pytest.approx([430, 360, 210])
    assert fitted.sum(axis=0) == pytest.approx([150, 300, 550])
    assert found.largest_gap < 1e-9


def by_newton(table, of_row, of_column):
    """Solve for the factors of rows and columns: another way to the same table."""
    r, c = np.zeros(len(of_row)), np.zeros(len(of_column))
    for _ in range(50):
        fitted = table * np.exp(r[:, None] + c)
        gap = np.concatenate([of_row - fitted.sum(axis=1), of_column - fitted.sum(axis=0)])
        bend = np.block(
            [[np.diag(fitted.sum(axis=1)), fitted], [fitted.T, np.diag(fitted.sum(axis=0))]]
        )
        step = np.linalg.lstsq(bend, gap, rcond=None)[0]
        r, c = r + step[: r.size], c + step[r.size :]
    return table * np.exp(r[:, None] + c)


@pytest.mark.parametrize(
    ("departure", "loss"),
    [(1.5, 0.042), (2, 0.125), (3, 0.333), (4, 0.5625), (5, 0.8), (10, 2.025), (20, 4.5125)],
)
def test_losses_from_two_equal_strata(departure, loss):
    """Kish (1965), section 11.7: weights 1 and K in populations of one half, 1 + (K - 1)² / 4K.

    With one half of the population in each stratum, K times as many are drawn in one of them.
    """
    n = 1_000
    weight = np.repeat([1.0, departure], [round(n * departure), n])
    assert kish_design_effect(weight) - 1 == pytest.approx(loss, abs=6e-4)


@given(rows, st.lists(st.integers(1, 50), min_size=3, max_size=3), st.integers(1, 9))
def test_margins_are_met_or_it_is_said_why_not(people, of_first, of_second):
    at = np.array(people).T
    targets = [of_first, [of_second, 10 - of_second]]
    found = rake(at, targets)
    if isinstance(found, CannotTell):
        seen = [np.bincount(row, minlength=size) for row, size in zip(at, (3, 2), strict=True)]
        if all((one > 0).all() for one in seen):
            assert found.reason.code == "reason.weights.no_fit"
        else:
            assert found.reason.code == "reason.weights.empty_category"
        return
    for row, target in zip(at, targets, strict=True):
        share = np.bincount(row, found.weight, minlength=len(target)) / len(people)
        assert share == pytest.approx(np.array(target) / sum(target), abs=1e-8)
    assert found.weight.mean() == pytest.approx(1)
    assert found.design_effect >= 1 - 1e-12
    assert found.effective_size * found.design_effect == pytest.approx(len(people))


@given(rows, st.randoms(use_true_random=False), st.integers(2, 4))
def test_order_and_copies_of_people_change_nothing(people, random, times):
    targets = [[3, 4, 5], [6, 4]]
    found = rake(np.array(people).T, targets)
    again = list(people) * times
    random.shuffle(again)
    other = rake(np.array(again).T, targets)
    assert type(found) is type(other)
    if isinstance(found, Weighting):
        own = dict(zip(people, found.weight, strict=True))
        assert other.weight == pytest.approx([own[one] for one in again], abs=1e-7)
        assert other.design_effect == pytest.approx(found.design_effect)


def test_post_stratification_is_exact_and_quick():
    category = np.repeat([0, 1, 2], [50, 30, 20])
    found = post_stratify(category, [200, 300, 500])
    assert found.weight[[0, 50, 80]] == pytest.approx([0.4, 1.0, 2.5])
    assert found.n_cycles <= 2
    assert found.design_effect == pytest.approx(0.2**2 / 0.5 + 0.3**2 / 0.3 + 0.5**2 / 0.2)


def test_weights_already_right_cost_nothing():
    found = post_stratify([0, 0, 1, 1], [5, 5])
    assert found.weight.tolist() == [1, 1, 1, 1]
    assert (found.design_effect, found.effective_size) == (1, 4)


def test_nobody_of_a_category():
    found = rake([[0, 0, 1], [0, 0, 0]], [[5, 5], [6, 3]])
    assert isinstance(found, CannotTell)
    assert found.reason.code == "reason.weights.empty_category"
    assert found.reason.parameters["margin"] == 1
    assert found.reason.parameters["category"] == 1
    assert found.reason.parameters["share"] == pytest.approx(1 / 3)


def test_a_category_without_people_does_not_matter():
    found = post_stratify([0, 0, 1], [10, 0, 0])
    assert found.weight == pytest.approx([1.5, 1.5, 0])


def test_margins_that_no_weights_fit():
    """Everybody of the one group is of the one kind, but the groups' sizes do not agree."""
    found = rake([[0, 0, 1, 1], [0, 0, 1, 1]], [[8, 2], [2, 8]])
    assert isinstance(found, CannotTell)
    assert found.reason.code == "reason.weights.no_fit"
    assert found.reason.parameters["gap"] > 0.1


def test_missing_attributes_get_no_weight():
    found = rake([[0, 1, -1, 1], [0, 1, 0, -1]], [[1, 1], [1, 1]])
    assert found.weight.tolist() == [1, 1, 0, 0]
    assert (found.n_weighted, found.n_left_out) == (2, 2)
    nobody = rake([[-1, -1]], [[1, 1]])
    assert isinstance(nobody, CannotTell)
    assert nobody.reason.code == "reason.weights.nobody"


def test_trimming_is_said_and_keeps_the_total():
    category = np.repeat([0, 1], [90, 10])
    free = post_stratify(category, [50, 50])
    cut = post_stratify(category, [50, 50], trim_at=3.0)
    assert free.largest == pytest.approx(5)
    assert (cut.largest, cut.trimmed_at, cut.n_trimmed) == (3.0, 3.0, 10)
    assert cut.weight.mean() == pytest.approx(1)
    assert cut.moved == pytest.approx(0.2)
    assert cut.largest_gap == pytest.approx(0.2)
    assert cut.design_effect < free.design_effect


@given(rows, st.floats(1.01, 4))
def test_no_weight_exceeds_the_trimming(people, trim_at):
    found = rake(np.array(people).T, [[1, 5, 9], [2, 7]], trim_at=trim_at)
    if isinstance(found, Weighting):
        assert found.largest <= trim_at * (1 + 1e-9)
        assert found.weight.mean() == pytest.approx(1)


@pytest.mark.parametrize(
    ("categories", "targets", "trim_at"),
    [([[0, 1]], [[1, 1], [1, 1]], None), ([[0, 2]], [[1, 1]], None),
     ([[0, 1], [0]], [[1, 1]] * 2, None), ([[0, 1]], [[0, 0]], None),
     ([[0, 1]], [[1, -1]], None), ([[0, 1]], [[1, 1]], 1.0)],
)  # fmt: skip
def test_wrong_use_is_refused(categories, targets, trim_at):
    with pytest.raises(UsageError):
        rake(categories, targets, trim_at=trim_at)


def test_kish_and_its_effective_size():
    assert kish_design_effect([1, 1, 2]) == pytest.approx(3 * 6 / 16)
    assert effective_size([1, 1, 2]) == pytest.approx(16 / 6)
    with pytest.raises(UsageError):
        kish_design_effect([0, 0])
