"""Distance to the nearest unit, means over people and threshold curves."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from evenground.errors import UsageError
from evenground.methods.group_attribution import Membership, area_classes
from evenground.methods.margins_of_error import counts_with_margins
from evenground.questions.reach.measures.nearest_distance import (
    group_distance,
    nearest_distance,
    weighted_quantile,
)
from evenground.questions.reach.measures.threshold_curve import threshold_curve

grid_points = arrays(np.float64, (7, 2), elements=st.integers(0, 500))


def test_a_right_triangle():
    found = nearest_distance(shapely.points([[0, 0], [10, 0]]), shapely.points([[3, 4], [100, 0]]))
    assert found.metres == pytest.approx([5, np.hypot(7, 4)])
    assert found.unit.tolist() == [0, 0]


def test_inside_a_surface_the_distance_is_zero():
    found = nearest_distance(
        shapely.points([[5, 5], [15, 5]]), np.array([shapely.box(0, 0, 10, 10)])
    )
    assert found.metres.tolist() == [0, 5]


def test_of_equally_near_units_the_first_is_named():
    found = nearest_distance(shapely.points([[0, 0]]), shapely.points([[0, 3], [3, 0], [-3, 0]]))
    assert found.unit.tolist() == [0]
    assert found.metres.tolist() == [3]


@given(grid_points, grid_points)
def test_nearest_is_the_smallest_of_all_distances(origins, units):
    found = nearest_distance(shapely.points(origins), shapely.points(units))
    every = np.hypot(*(origins[:, None, :] - units[None, :, :]).transpose(2, 0, 1))
    assert np.allclose(found.metres, every.min(axis=1))
    assert (found.unit == np.argmin(every, axis=1)).all()


@given(grid_points, grid_points)
def test_another_unit_never_makes_it_farther(origins, units):
    fewer = nearest_distance(shapely.points(origins), shapely.points(units[:3]))
    more = nearest_distance(shapely.points(origins), shapely.points(units))
    assert (more.metres <= fewer.metres + 1e-12).all()


def test_means_are_weighted_by_people_and_areas_count_alike_without():
    metres, classes = [100, 300, 500, 700], area_classes([0, 0, 1, 1], n_classes=2)
    people = counts_with_margins([3, 1, 1, 3], np.zeros(4))
    assert group_distance(metres, classes, weights=people).mean.tolist() == [150, 650]
    alike = group_distance(metres, classes)
    assert alike.mean.tolist() == [200, 600]
    assert (alike.low == alike.mean).all()
    assert alike.median.tolist() == [100, 500]


def test_margins_of_people_carry_into_the_mean():
    rng = np.random.default_rng(1)
    metres, classes = rng.uniform(0, 2_000, 40), area_classes(np.zeros(40, dtype=int), n_classes=1)
    people = counts_with_margins(np.full(40, 1_000.0), np.full(40, 400.0))
    found = group_distance(metres, classes, weights=people, draws=(rng, 4_000))
    spread = (400 / 1.645) / 1_000 * np.sqrt(((metres - metres.mean()) ** 2).sum()) / 40
    assert (found.high - found.low)[0] == pytest.approx(2 * 1.96 * spread, rel=0.08)
    assert found.low[0] < found.mean[0] < found.high[0]


def test_a_group_of_nobody_has_no_mean():
    found = group_distance(
        [1.0, 2.0], Membership(share=np.array([[0.0, 0], [1, 1]]), ecological=True)
    )
    assert np.isnan(found.mean[0])
    assert np.isnan(found.median[0])


def test_curve_by_hand():
    classes = area_classes([0, 0, 1, 1], n_classes=2)
    people = counts_with_margins([30, 10, 10, 30], np.zeros(4))
    found = threshold_curve([100, 300, 500, 700], [100, 299, 300, 600], classes, weights=people)
    assert found.share.tolist() == [[0.75, 0.75, 1, 1], [0, 0, 0, 0.25]]


@given(
    arrays(np.float64, 9, elements=st.floats(0, 900)),
    arrays(np.float64, 9, elements=st.floats(1, 99)),
)
def test_curves_rise_from_zero_to_one(metres, weights):
    groups = Membership(
        share=np.vstack([np.linspace(0.1, 1, 9), np.linspace(0.9, 0, 9)]), ecological=True
    )
    people = counts_with_margins(weights, weights / 5)
    found = threshold_curve(
        metres, [0, 100, 400, 900], groups, weights=people, draws=(np.random.default_rng(0), 60)
    )
    assert (np.diff(found.share, axis=1) >= 0).all()
    assert np.allclose(found.share[:, -1], 1)
    assert (found.low <= found.share).all()
    assert (found.share <= found.high).all()


@given(arrays(np.float64, 6, elements=st.floats(0, 900)), st.floats(0.1, 0.9))
def test_splitting_an_origin_in_two_changes_nothing(metres, part):
    weights = np.array([5.0, 1, 2, 3, 4, 7])
    one, other = (
        group_distance(
            m,
            area_classes(np.zeros(m.size, dtype=int), n_classes=1),
            weights=counts_with_margins(w, np.zeros(w.size)),
        )
        for m, w in (
            (metres, weights),
            (
                np.r_[metres[0], metres],
                np.r_[weights[0] * part, weights[0] * (1 - part), weights[1:]],
            ),
        )
    )
    assert one.mean == pytest.approx(other.mean)


def test_weighted_quantile_is_the_first_that_reaches():
    values, weights = np.array([30.0, 10, 20]), np.array([1.0, 1, 2])
    assert weighted_quantile(values, weights, 0.25) == 10
    assert weighted_quantile(values, weights, 0.26) == 20
    assert weighted_quantile(values, weights, 1.0) == 30


def test_wrong_use_is_refused():
    with pytest.raises(UsageError):
        nearest_distance(shapely.points([[0, 0]]), np.zeros(0, dtype=object))
    with pytest.raises(UsageError):
        group_distance([1.0], area_classes([0, 0], n_classes=1))
