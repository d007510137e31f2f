"""Points on boundaries are counted once, by geometry alone."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.boundary_assignment import assign_points, units_by_area

LEFT, RIGHT, TOP = shapely.box(0, 0, 10, 10), shapely.box(10, 0, 30, 10), shapely.box(0, 10, 30, 30)
AREAS = np.array([LEFT, RIGHT, TOP])


def points(*xy):
    return shapely.points(np.array(xy, dtype=float))


def test_a_point_inside_belongs_to_its_area():
    found = assign_points(points((5, 5), (20, 5), (15, 20)), AREAS)
    assert found.area_of_unit.tolist() == [0, 1, 2]
    assert found.n_ambiguous == 0
    assert units_by_area(found, [1, 2, 3]).tolist() == [1, 2, 3]


def test_a_point_on_a_boundary_goes_to_the_nearest_representative_point():
    found = assign_points(points((10, 5)), AREAS)
    assert found.unit.tolist() == [0, 0]
    assert found.area.tolist() == [0, 1]
    assert found.share.tolist() == [1, 0]  # (5, 5) is nearer than (20, 5)
    assert found.ambiguous.tolist() == [True]


def test_a_corner_counts_once_among_all_that_meet_there():
    found = assign_points(points((10, 10)), AREAS)
    assert found.area.tolist() == [0, 1, 2]
    assert units_by_area(found).sum() == 1


def test_a_tie_is_split_evenly():
    twins = np.array([shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)])
    found = assign_points(points((10, 5)), twins)
    assert units_by_area(found).tolist() == [0.5, 0.5]


def test_a_representative_point_given_by_the_city_decides():
    anchors = points((5, 5), (11, 5), (15, 20))
    found = assign_points(points((10, 5)), AREAS, representative=anchors)
    assert found.area_of_unit.tolist() == [1]


def test_a_point_near_a_boundary_stays_inside_and_admits_the_neighbour():
    found = assign_points(points((10.1, 5), (10.2, 5)), AREAS, tolerance_metres=0.15)
    assert found.area_of_unit.tolist() == [1, 1]  # though the left one's point is nearer
    assert found.ambiguous.tolist() == [True, False]


def test_a_point_outside_is_reported_apart():
    found = assign_points(points((40, 5), (30.1, 5), (5, 5)), AREAS)
    assert found.area_of_unit.tolist() == [-1, 1, 0]
    assert found.nearest_area.tolist() == [1, 1, 0]
    assert found.outside_metres.tolist() == [10, 0, 0]
    assert found.outside_share.tolist() == [1, 0, 0]
    assert (found.n_outside, units_by_area(found).sum()) == (1, 2)


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=20),
    st.permutations(range(3)),
)
def test_every_point_counts_once_whatever_the_order_of_areas(xy, order):
    where = points(*xy)
    one, other = assign_points(where, AREAS), assign_points(where, AREAS[list(order)])
    assert units_by_area(one).sum() == pytest.approx(len(xy) - one.n_outside)
    assert np.allclose(units_by_area(one)[list(order)], units_by_area(other))
    assert (one.ambiguous == other.ambiguous).all()


@given(st.lists(st.tuples(st.floats(0, 30), st.floats(0, 30)), min_size=1, max_size=12))
def test_the_order_of_points_changes_nothing(xy):
    one, other = assign_points(points(*xy), AREAS), assign_points(points(*xy[::-1]), AREAS)
    assert np.allclose(units_by_area(one), units_by_area(other))


@given(st.floats(0, 2), st.floats(0, 2))
def test_a_wider_tolerance_admits_no_fewer(narrow, wide):
    where = points((10.05, 5), (9.5, 9.9), (29.99, 10.4), (31, 5))
    narrow, wide = sorted((narrow, wide))
    one = assign_points(where, AREAS, tolerance_metres=narrow)
    two = assign_points(where, AREAS, tolerance_metres=wide)
    assert set(zip(one.unit, one.area, strict=True)) <= set(zip(two.unit, two.area, strict=True))


def test_no_points_is_no_error():
    found = assign_points(np.zeros(0, dtype=object), AREAS)
    assert units_by_area(found).tolist() == [0, 0, 0]


@pytest.mark.parametrize("broken", [None, shapely.Point()])
def test_a_missing_geometry_is_refused(broken):
    with pytest.raises(UsageError, match="geometry"):
        assign_points(np.array([shapely.Point(1, 1), broken], dtype=object), AREAS)


def test_a_negative_tolerance_is_refused():
    with pytest.raises(UsageError):
        assign_points(points((1, 1)), AREAS, tolerance_metres=-1)
