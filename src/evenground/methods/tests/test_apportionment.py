"""Lines and polygons are shared out, never counted once per area touched."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from evenground.methods.apportionment import apportion
from evenground.methods.boundary_assignment import units_by_area

AREAS = np.array(
    [shapely.box(0, 0, 10, 10), shapely.box(10, 0, 30, 10), shapely.box(0, 10, 30, 30)]
)


def shared(*geometries):
    return apportion(np.array(geometries, dtype=object), AREAS)


def test_a_line_is_shared_by_length():
    found = shared(shapely.LineString([(5, 5), (25, 5)]))
    assert units_by_area(found).tolist() == pytest.approx([0.25, 0.75, 0])
    assert found.area_of_unit.tolist() == [1]


def test_a_polygon_is_shared_by_surface():
    found = shared(shapely.box(5, 5, 15, 15))
    assert units_by_area(found).tolist() == pytest.approx([0.25, 0.25, 0.5])


def test_what_lies_outside_is_told():
    found = shared(
        shapely.LineString([(-10, 5), (10, 5)]), shapely.box(100, 0, 110, 10), shapely.Point(5, 5)
    )
    assert found.outside_share.tolist() == pytest.approx([0.5, 1, 0])
    assert found.outside_metres.tolist() == pytest.approx([0, 70, 0])
    assert units_by_area(found).tolist() == pytest.approx([1.5, 0, 0])


def test_a_line_along_a_boundary_counts_once():
    along = shapely.LineString([(10, 2), (10, 8)])
    assert units_by_area(shared(along)).tolist() == pytest.approx([1, 0, 0])
    bent = shapely.LineString([(10, 5), (10, 10), (20, 10)])  # along two boundaries
    assert units_by_area(shared(bent)).sum() == pytest.approx(1)


def test_several_parts_are_one_unit():
    parts = shapely.MultiLineString([[(1, 1), (1, 5)], [(20, 1), (20, 5)]])
    dots = shapely.MultiPoint([(2, 2), (4, 4)])
    assert units_by_area(shared(parts)).tolist() == pytest.approx([0.5, 0.5, 0])
    assert units_by_area(shared(dots)).tolist() == [1, 0, 0]


def test_kinds_may_be_mixed_and_points_stay_ambiguous():
    found = shared(
        shapely.Point(10, 5), shapely.box(0, 0, 30, 30), shapely.LineString([(1, 1), (2, 2)])
    )
    assert found.ambiguous.tolist() == [True, False, False]
    assert units_by_area(found).sum() == pytest.approx(3)


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2, max_size=6, unique=True)
)
def test_a_line_inside_the_city_is_shared_out_whole(xy):
    found = shared(shapely.LineString(xy))
    assert units_by_area(found).sum() == pytest.approx(1)


@given(
    st.tuples(st.floats(-5, 25), st.floats(-5, 25), st.floats(0.5, 20), st.floats(0.5, 20)),
)
def test_shares_of_a_polygon_and_its_outside_add_up(box):
    x, y, width, height = box
    found = shared(shapely.box(x, y, x + width, y + height))
    assert units_by_area(found).sum() + found.outside_share[0] == pytest.approx(1)


def test_a_line_without_length_is_a_point():
    found = shared(shapely.LineString([(5, 5), (5, 5)]))
    assert units_by_area(found).tolist() == [1, 0, 0]


@given(st.tuples(st.floats(0, 29), st.floats(0, 29), st.floats(0.1, 25), st.floats(0, 25)))
def test_splitting_an_area_in_two_leaves_the_others(line):
    x, y, dx, dy = line
    route = shapely.LineString([(x, y), (min(x + dx, 30), min(y + dy, 30))])
    halves = np.array([*AREAS[:2], shapely.box(0, 10, 15, 30), shapely.box(15, 10, 30, 30)])
    whole = units_by_area(apportion(np.array([route], dtype=object), AREAS))
    split = units_by_area(apportion(np.array([route], dtype=object), halves))
    # A stretch along a shared boundary may pass to another area when the areas change.
    if shapely.length(shapely.intersection(route, shapely.boundary(AREAS[2]))) < 1e-9:
        assert split[:2] == pytest.approx(whole[:2])
        assert split[2:].sum() == pytest.approx(whole[2])
