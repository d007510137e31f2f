"""Ranges over admissible assignments, against going through all of them."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.methods.boundary_assignment import assign_points
from evenground.questions.reach.measures import boundary_range
from evenground.questions.reach.measures.areas_served import areas_served_range
from evenground.questions.reach.measures.boundary_range import (
    area_units_range,
    dissimilarity_range,
    group_units_range,
    rate_ratio_range,
)
from evenground.questions.reach.measures.dissimilarity import dissimilarity_index

GRID = np.array(
    [shapely.box(10 * i, 10 * j, 10 * i + 10, 10 * j + 10) for j in range(3) for i in range(3)]
)
PEOPLE = np.array([90.0, 40, 10, 70, 120, 30, 60, 50, 20])
spots = st.lists(
    st.tuples(st.sampled_from([5, 10, 20, 25]), st.sampled_from([5, 10, 12, 20])),
    min_size=1, max_size=5,
)  # fmt: skip


def assignment(xy):
    return assign_points(shapely.points(np.array(xy, dtype=float)), GRID)


def all_choices(found, units):
    """Go through every way to put doubtful units."""
    options = [found.area[found.unit == u] for u in range(found.n_units)]
    for chosen in product(*options):
        yield np.bincount(chosen, weights=units, minlength=found.n_areas)


@given(spots, st.data())
@settings(max_examples=60)
def test_ranges_are_those_of_all_choices(xy, data):
    found = assignment(xy)
    units = np.array(
        data.draw(st.lists(st.integers(1, 3), min_size=len(xy), max_size=len(xy))), float
    )
    worlds = list(all_choices(found, units))
    part = np.array([1, 0, 0.5, 0, 1, 0, 0, 0.25, 1])
    group = group_units_range(found, units, part)
    assert group.low == pytest.approx(min(w @ part for w in worlds))
    assert group.high == pytest.approx(max(w @ part for w in worlds))
    index = dissimilarity_range(found, units, PEOPLE)
    values = [dissimilarity_index(w, PEOPLE) for w in worlds]
    assert index.certificate == "exact"
    assert index.low == pytest.approx(min([*values, index.assigned]))
    assert index.high == pytest.approx(max([*values, index.assigned]))
    low, high = area_units_range(found, units)
    assert np.allclose(low, np.min(worlds, axis=0))
    assert np.allclose(high, np.max(worlds, axis=0))
    served = areas_served_range(found, units)
    assert served.low == min((w > 0).sum() for w in worlds)
    assert served.high == max((w > 0).sum() for w in worlds)


@given(spots, st.data())
@settings(max_examples=60)
def test_ratio_ranges_are_those_of_all_choices(xy, data):
    found = assignment(xy)
    units = np.array(
        data.draw(st.lists(st.integers(1, 3), min_size=len(xy), max_size=len(xy))), float
    )
    share = np.array([[1, 1, 0, 1, 0, 0, 0.5, 0, 0], [0, 0, 1, 0, 1, 0, 0.5, 1, 0]])
    base = share @ PEOPLE
    pairs = [(share @ w) / base for w in all_choices(found, units)]
    values = [a / b if b > 0 else np.inf for a, b in pairs if a > 0 or b > 0]
    result = rate_ratio_range(found, units, share, base)
    if values and all(a > 0 or b > 0 for a, b in pairs):
        assert result.low == pytest.approx(min([*values, result.assigned]))
        assert result.high == pytest.approx(max([*values, result.assigned]))


@given(spots)
@settings(max_examples=40)
def test_a_bound_holds_every_choice(xy):
    found, units = assignment(xy), np.ones(len(xy))
    exact = dissimilarity_range(found, units, PEOPLE)
    limit = boundary_range._MOST_COMBINATIONS
    boundary_range._MOST_COMBINATIONS = 1
    try:
        bound = dissimilarity_range(found, units, PEOPLE)
    finally:
        boundary_range._MOST_COMBINATIONS = limit
    assert bound.low <= exact.low + 1e-12
    assert exact.high <= bound.high + 1e-12
    assert bound.certificate == ("bound" if found.n_ambiguous else "exact")


def test_without_doubt_there_is_no_range():
    found = assignment([(5, 5), (15, 25), (15, 25)])
    index = dissimilarity_range(found, np.ones(3), PEOPLE)
    assert index.low == index.assigned == index.high
    assert index.n_ambiguous == 0


def test_many_units_at_one_corner_are_still_exact():
    found = assignment([(10, 10)] * 30 + [(5, 5)] * 4)
    index = dissimilarity_range(found, np.ones(34), PEOPLE)
    assert index.certificate == "exact"
    assert index.low < index.assigned < index.high
