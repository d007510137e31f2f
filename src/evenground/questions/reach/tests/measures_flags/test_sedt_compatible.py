"""The Spatial Equity Data Tool's rule, by hand, and what the correct rule changes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from evenground.questions.reach.measures.sedt_compatible import sedt_demographic, sedt_geographic


def test_demographic_score_by_hand():
    """Units 3:1 over tracts at 40 % ± 8 and 20 % ± 6, in a city at 30 % ± 2."""
    found = sedt_demographic([3, 1], [[40, 20]], [[8, 6]], [30], [2])
    assert found.data_implied.tolist() == [35]
    assert found.difference.tolist() == [5]
    local = np.hypot(0.75 * 8, 0.25 * 6) / 1.645
    assert found.z_tool[0] == pytest.approx(5 / np.hypot(local, 2))
    assert found.z_correct[0] == pytest.approx(5 / np.hypot(local, 2 / 1.645))


def test_a_margin_taken_for_a_standard_error_hides_a_difference():
    found = sedt_demographic([1, 1], [[36, 36]], [[1, 1]], [30], [4])
    assert found.significant_tool.tolist() == [False]
    assert found.significant_correct.tolist() == [True]
    assert found.verdict_changes.tolist() == [True]


def test_geographic_score_by_hand():
    found = sedt_geographic([6, 4], [0.5, 0.5], [0.06, 0.03])
    assert found.difference == pytest.approx([0.1, -0.1])
    assert found.significant_tool.tolist() == [False, True]
    assert found.significant_correct.tolist() == [True, True]


positive = arrays(np.float64, (2, 5), elements=st.floats(0.1, 90))


@given(positive, positive, arrays(np.float64, 5, elements=st.integers(1, 30)))
def test_the_tool_never_finds_what_the_correct_rule_does_not(percentage, margin, units):
    city, city_margin = percentage.mean(axis=1), margin.mean(axis=1)
    found = sedt_demographic(units, percentage, margin, city, city_margin)
    assert not (found.significant_tool & ~found.significant_correct).any()
    assert (np.abs(found.z_tool) <= np.abs(found.z_correct)).all()


@given(positive, st.permutations(range(5)))
def test_the_order_of_areas_changes_nothing(percentage, order):
    units, margin = np.array([4.0, 1, 0, 2, 9]), np.full((2, 5), 3.0)
    one = sedt_demographic(units, percentage, margin, [20, 30], [1, 1])
    other = sedt_demographic(units[order], percentage[:, order], margin[:, order], [20, 30], [1, 1])
    assert np.allclose(one.z_tool, other.z_tool)
