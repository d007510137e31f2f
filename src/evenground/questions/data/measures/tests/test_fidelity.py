"""Readings beside a reference: a published example, by hand, and what must not matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.data.measures.fidelity import LEAST_PAIRS, concordance, fidelity

WRIGHT = [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427]
MINI = [512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451]
"""Peak expiratory flow of 17 people by two meters, l/min (Bland and Altman 1986, table 1)."""


def held(x, y, *, seed=1, block=None):
    group = np.arange(len(x)) if block is None else block
    return fidelity(x, y, group, rng=np.random.default_rng(seed))


def test_bland_and_altmans_meters():
    """Mean difference -2.1 l/min, standard deviation 38.8, limits of agreement -79.7 and 75.5."""
    found = held(WRIGHT, MINI)
    assert round(found.bias, 1) == -2.1
    assert round(found.spread, 1) == 38.8
    # The paper doubles the standard deviation; 1.96 of it is half a per cent nearer.
    assert found.bias - 2 * found.spread == pytest.approx(-79.7, abs=0.1)
    assert found.bias + 2 * found.spread == pytest.approx(75.5, abs=0.1)
    assert found.n_pairs == 17


def test_errors_by_hand():
    y = np.full(12, 10.0)
    x = y + np.tile([1.0, -1.0, 2.0], 4)
    found = held(x, y)
    assert found.mean_absolute_error == pytest.approx(4 / 3)
    assert found.relative_error == pytest.approx(4 / 30)
    assert found.root_mean_square_error == pytest.approx(np.sqrt(2.0))
    assert found.low <= found.relative_error <= found.high
    assert np.isnan(found.slope)


def test_a_copy_agrees_in_everything_and_a_shift_does_not():
    y = np.arange(20.0)
    assert concordance(y, y) == pytest.approx(1.0)
    # A shift of one standard deviation: 2 s² / (2 s² + s²)
    assert concordance(y + y.std(), y) == pytest.approx(2 / 3)
    assert held(y + 3, y).bias == pytest.approx(3)


def test_few_pairs_tell_nothing():
    assert held(np.ones(LEAST_PAIRS - 1), np.ones(LEAST_PAIRS - 1)) is None
    nothing = np.r_[np.full(5, np.nan), np.ones(LEAST_PAIRS - 1)]
    assert held(nothing, nothing) is None


def test_one_block_has_no_limits():
    found = held(np.arange(12.0), np.arange(12.0) + 1, block=np.zeros(12))
    assert np.isnan(found.low)
    assert found.n_blocks == 1


def test_wrong_use_is_refused():
    with pytest.raises(UsageError):
        fidelity([1.0], [1.0, 2.0], [0], rng=np.random.default_rng(1))
    with pytest.raises(UsageError):
        fidelity([1.0], [1.0], [0], rng=np.random.default_rng(1), confidence=1.0)


@given(st.integers(0, 10_000), st.floats(0.1, 50))
def test_a_change_of_unit_and_the_order_of_pairs_change_nothing(seed, factor):
    rng = np.random.default_rng(seed)
    y = rng.uniform(5, 50, 40)
    x = y * 1.1 + rng.normal(0, 2, 40)
    group = np.arange(40) // 4
    plain = held(x, y, block=group)
    scaled = held(x * factor, y * factor, block=group)
    assert scaled.relative_error == pytest.approx(plain.relative_error)
    assert scaled.low == pytest.approx(plain.low)
    turned = held(x[::-1], y[::-1], block=group[::-1])
    assert turned.relative_error == pytest.approx(plain.relative_error)
    assert turned.concordance == pytest.approx(plain.concordance)


@pytest.mark.parametrize("seed", [3, 14, 159])
def test_limits_hold_the_truth_about_as_often_as_they_say(seed):
    """Of 200 references drawn anew, at least 88 % of intervals hold the true relative error."""
    rng = np.random.default_rng(seed)
    held_it = 0
    true = np.sqrt(2 / np.pi) * 4 / 30
    for _ in range(200):
        y = np.full(60, 30.0)
        found = fidelity(y + rng.normal(0, 4, 60), y, np.arange(60), rng=rng)
        held_it += found.low <= true <= found.high
    assert held_it >= 176
