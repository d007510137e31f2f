"""Data beside a register: what is captured, what is unknown, and what is in neither."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.language import language
from evenground.methods.cannot_tell import CannotTell
from evenground.questions.data.measures.register_capture import captured_of, register_capture
from evenground.questions.data.wording.fidelity import FIDELITY


def test_by_hand():
    found = register_capture(["a", "b", "b", "c", ""], ["b", "c", "d", "e"])
    assert (found.matched, found.only_in_data, found.only_in_register) == (2, 1, 2)
    assert (found.captured, found.unknown) == (0.5, pytest.approx(1 / 3))
    assert np.isnan(found.estimated_total)


def test_chapman_by_hand():
    """(n + 1)(r + 1)/(m + 1) - 1 and Seber's variance, with n = 99, r = 49, m = 19: 249."""
    found = captured_of(19, 80, 30)
    assert found.estimated_total == pytest.approx(100 * 50 / 20 - 1)
    assert 129 <= found.estimated_low < 249 < found.estimated_high
    nearly_all = captured_of(100, 0, 3)
    assert nearly_all.estimated_total == pytest.approx(103)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_total_is_covered_as_promised_if_lists_are_independent(seed):
    rng = np.random.default_rng(seed)
    covered = 0
    for _ in range(400):
        one, other = rng.random(300) < 0.6, rng.random(300) < 0.4
        both = int((one & other).sum())
        found = captured_of(both, int(one.sum()) - both, int(other.sum()) - both)
        covered += found.estimated_low <= 300 <= found.estimated_high
    assert covered / 400 >= 0.95 - 3 * np.sqrt(0.95 * 0.05 / 400)


@given(st.sets(st.integers(0, 30), min_size=1), st.sets(st.integers(0, 30), min_size=1))
def test_nothing_is_lost_and_order_and_repeats_are_irrelevant(data, register):
    one, other = [str(i) for i in data], [str(i) for i in register]
    found = register_capture(one, other)
    assert found.matched + found.only_in_data + found.only_in_register == len(data | register)
    assert found == register_capture(one[::-1] * 2, other[::-1]) or np.isnan(found.estimated_total)
    assert 0 <= found.captured_low <= found.captured <= found.captured_high <= 1


def test_without_a_register_nothing_is_told():
    english = language("en")
    for register in (None, []):
        found = register_capture(["a"], register)
        assert isinstance(found, CannotTell)
        assert english.say(FIDELITY[found.reason.code], found.reason.parameters)
    with pytest.raises(UsageError):
        captured_of(-1, 2, 3)
    with pytest.raises(UsageError):
        register_capture(["a"], ["a"], confidence=1)
