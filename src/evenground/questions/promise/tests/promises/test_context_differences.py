"""Two cities beside each other, by the yardstick of other cities."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.promise.measures.promises.context_differences import (
    context_differences,
)

cities = st.lists(st.integers(-1000, 1000), min_size=5, max_size=30)


def test_by_hand():
    """Cities at 1 to 5: ten pairs, four apart by 1, three by 2, two by 3, one by 4."""
    found = context_differences(
        [5, 2, np.nan, 7],
        [2, 2, 1, 1],
        dimensions=["density", "income", "rain", "hills"],
        references=np.column_stack(
            [np.arange(1, 6), np.arange(1, 6), np.arange(5), [1, 2, *[np.nan] * 3]]
        ),
    )
    assert found.difference[:2].tolist() == [3, 0]
    assert found.standardised[:2] == pytest.approx([3 / 2.5**0.5, 0])
    assert found.closer_pairs[:2] == pytest.approx([0.7 + 0.5 * 0.2, 0])
    assert found.differing == ("density",)
    assert found.unknown == ("rain",)
    assert found.unjudged == ("hills",)
    assert found.n_references.tolist() == [5, 5, 5, 2]


def test_without_references_differences_stand_unjudged():
    found = context_differences([3.0], [1.0], dimensions=["density"])
    assert found.difference.tolist() == [2]
    assert np.isnan([found.standardised[0], found.closer_pairs[0]]).all()
    assert found.differing == ()
    assert found.unjudged == ("density",)


def test_cities_that_are_all_alike_have_no_standard_deviation():
    found = context_differences([3.0], [1.0], dimensions=["x"], references=np.ones((6, 1)))
    assert np.isnan(found.standardised[0])
    assert found.closer_pairs[0] == 1


@given(cities, st.integers(-1000, 1000), st.integers(-1000, 1000), st.floats(1e-6, 1e6))
def test_units_and_order_change_no_rank(known, here, there, unit):
    references = np.array(known, dtype=float)[:, None]
    one = context_differences([here], [there], dimensions=["x"], references=references)
    other = context_differences(
        [here * unit], [there * unit], dimensions=["x"], references=references[::-1] * unit
    )
    assert other.closer_pairs[0] == pytest.approx(one.closer_pairs[0], abs=1e-10)
    assert np.allclose(other.standardised, one.standardised, rtol=1e-10, equal_nan=True)


@given(cities, st.integers(0, 500), st.integers(0, 500))
def test_farther_apart_is_never_more_usual(known, gap, more):
    references = np.array(known, dtype=float)[:, None]
    near, far = (
        context_differences([apart], [0], dimensions=["x"], references=references)
        for apart in (gap, gap + more)
    )
    assert near.closer_pairs[0] <= far.closer_pairs[0] + 1e-12


@pytest.mark.parametrize(
    "call",
    [
        lambda: context_differences([1, 2], [1], dimensions=["x"]),
        lambda: context_differences([np.inf], [1], dimensions=["x"]),
        lambda: context_differences([1], [1], dimensions=["x"], references=np.ones((3, 2))),
        lambda: context_differences([1], [1], dimensions=["x"], unusual=0),
    ],
)
def test_shapes_and_numbers_that_do_not_fit_are_refused(call):
    with pytest.raises(UsageError):
        call()
