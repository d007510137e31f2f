"""Lorenz and concentration curves, and which of two lies above."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.inequality import (
    Dominance,
    concentration_curve,
    concentration_index,
    even_curve,
    gini,
    lorenz_curve,
    lorenz_dominance,
    lorenz_rows,
)

areas = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 30), st.integers(0, 4)), min_size=1, max_size=12
).filter(lambda rows: sum(value * people for value, people, _ in rows) > 0)


def area_below(curve):
    return float(np.trapezoid(curve.value_share, curve.people_share))


def test_worked_by_hand():
    curve = lorenz_curve([5, 1], [10, 30])
    assert curve.people_share.tolist() == [0, 0.75, 1]
    assert curve.value_share.tolist() == [0, 0.375, 1]
    assert curve.mean == 2
    assert curve.at([0.5, 0.75, 0.875]) == pytest.approx([0.25, 0.375, 0.6875])


@given(areas)
def test_the_area_to_the_diagonal_is_the_index(rows):
    values, people, rank = zip(*rows, strict=True)
    below = area_below(lorenz_curve(values, people))
    assert 1 - 2 * below == pytest.approx(gini(values, people), abs=1e-12)
    below = area_below(concentration_curve(values, rank, weights=people))
    index = concentration_index(values, rank, weights=people).standard
    assert 1 - 2 * below == pytest.approx(index, abs=1e-12)


@given(areas, st.floats(0.01, 1))
def test_rows_are_points_on_the_curve(rows, share):
    values, people, rank = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    curve = concentration_curve(values, rank, weights=people)
    at = lorenz_rows(values, people[None, :], at=(share, 1.0), rank_by=rank)[0]
    assert at == pytest.approx([float(curve.at(share)), 1.0], abs=1e-12)


def test_dominance():
    wide, narrow = lorenz_curve([1, 9]), lorenz_curve([4, 6])
    found = lorenz_dominance(narrow, wide)
    assert found.relation is Dominance.FIRST
    assert (found.first_above, found.second_above) == pytest.approx((0.3, 0.0))
    assert lorenz_dominance(wide, narrow).relation is Dominance.SECOND
    assert lorenz_dominance(narrow, lorenz_curve([40, 60, 60], [2, 1, 1])).relation == "equal"
    # Rows of thirds: 1, 4, 5 has the poorer bottom, 2, 2, 6 the richer top.
    crossing = lorenz_dominance(lorenz_curve([1, 4, 5]), lorenz_curve([2, 2, 6]))
    assert crossing.relation is Dominance.CROSS
    assert (crossing.first_above, crossing.second_above) == pytest.approx((0.1, 0.1))


def test_curves_that_cross_between_areas_of_different_size_are_seen():
    """Compared only at the first curve's bends, these would not be seen to cross."""
    first = lorenz_curve([1, 3], [50, 50])
    second = lorenz_curve([0.2, 1.8, 1.9, 5], [10, 40, 40, 10])
    assert lorenz_dominance(first, second).relation is Dominance.CROSS


def test_generalised_dominance_sees_the_size():
    poor_even, rich_uneven = lorenz_curve([2, 2]), lorenz_curve([3, 9])
    assert lorenz_dominance(poor_even, rich_uneven).relation is Dominance.FIRST
    found = lorenz_dominance(poor_even, rich_uneven, generalised=True)
    assert found.relation is Dominance.SECOND
    assert found.second_above == pytest.approx(4)


def test_concentration_curve_above_the_diagonal():
    curve = concentration_curve([4, 2, 1], [1, 2, 3], weights=[10, 10, 10])
    assert lorenz_dominance(curve, even_curve()).relation is Dominance.FIRST


@given(areas, st.randoms(use_true_random=False))
def test_a_gift_from_more_to_less_lifts_the_curve(rows, chance):
    values, people, _ = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    i, j = chance.randrange(values.size), chance.randrange(values.size)
    after = values.copy()
    if values[i] < values[j] and people[i] * people[j] > 0:
        given_away = (values[j] - values[i]) / 2 * min(people[i], people[j])
        after[i] += given_away / people[i] * chance.random()
        after[j] -= (after[i] - values[i]) * people[i] / people[j]
    found = lorenz_dominance(lorenz_curve(after, people), lorenz_curve(values, people))
    assert found.relation in {Dominance.FIRST, Dominance.EQUAL}
    assert gini(after, people) <= gini(values, people) + 1e-12


def test_wrong_use_is_refused():
    with pytest.raises(UsageError):
        lorenz_curve([0, 0])
    with pytest.raises(UsageError):
        concentration_curve([1, 2], [1, np.nan])
