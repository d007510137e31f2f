from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.methods.disclosure.allocation import spread


def test_the_rest_goes_by_weight_where_no_bound_stops_it():
    share = spread(12.0, np.array([1.0, 2.0, 3.0]), (np.ones(3), np.full(3, 100.0)))
    assert share.tolist() == pytest.approx([2.0, 4.0, 6.0])


def test_a_bound_passes_the_rest_on():
    share = spread(12.0, np.array([1.0, 1.0, 1.0]), (np.ones(3), np.array([2.0, 100.0, 100.0])))
    assert share.tolist() == pytest.approx([2.0, 5.0, 5.0])


@given(
    st.lists(
        st.tuples(st.floats(0, 50), st.floats(0, 50), st.floats(0, 1000)), min_size=1, max_size=12
    ),
    st.floats(0, 1),
)
def test_sums_and_bounds_are_kept(cells, where):
    low = np.array([a for a, _, _ in cells])
    high = low + np.array([b for _, b, _ in cells])
    weight = np.array([w for _, _, w in cells])
    rest = float(low.sum() + where * (high - low).sum())
    share = spread(rest, weight, (low, high))
    assert share.sum() == pytest.approx(rest, abs=1e-6)
    assert (share >= low - 1e-6).all()
    assert (share <= high + 1e-6).all()
