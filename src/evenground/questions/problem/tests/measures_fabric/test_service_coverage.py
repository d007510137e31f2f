"""Whom a basic service reaches by the city's own standard."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.inequality.foster_greer_thorbecke import Side, foster_greer_thorbecke
from evenground.questions.problem.measures.service_coverage import (
    attained,
    residents,
    service_coverage,
)

origins = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 3), st.integers(0, 900), st.floats(0, 1)),
    min_size=1,
    max_size=12,
).filter(lambda rows: any(row[0] for row in rows))


def columns(rows):
    return (np.array(column) for column in zip(*rows, strict=True))


def test_the_part_of_a_standard_that_people_have():
    assert attained([0.0, 1, 2, 4], 2.0, side="below").tolist() == [0, 0.5, 1, 1]
    far = attained([0.0, 400, 500, 1_000, np.inf], 500.0, side="above")
    assert far.tolist() == [1, 1, 1, 0.5, 0]


def test_distances_by_hand():
    """Two areas of two homes each, 500 m to a tap the standard.

    Area 0: 10 people at 300 m, 30 at 1,000 m; area 1: 40 at 500 m, 20 with none in reach. 50 of 100
    have it. Missing parts: 30 x 0.5 and 20 x 1, so 0.35 on average; squares 30 x 0.25 and 20.
    """
    among = residents([10, 30, 40, 20], area=[0, 0, 1, 1], membership=[[1, 0, 0.5, 0.5]])
    found = service_coverage([300.0, 1_000, 500, np.inf], among, standard=500, side="above")
    assert found.people_by_area.tolist() == [40, 60]
    assert found.covered_by_area.tolist() == [10, 40]
    assert found.share_covered == pytest.approx(0.5)
    assert found.share_by_area == pytest.approx([0.25, 2 / 3])
    assert found.shortfall == pytest.approx([0.5, 0.35, 0.275])
    assert found.shortfall_by_area == pytest.approx([15 / 40, 20 / 60])
    assert found.people_by_group.tolist() == [40]
    assert found.covered_by_group.tolist() == [30]
    assert found.share_by_group == pytest.approx([0.75])
    assert found.shortfall_by_group == pytest.approx(np.array([[0.25, 0.25, 0.25]]))


def test_capacity_by_area_by_hand():
    """Places per 1,000 people in three areas, 8 the standard; nobody lives in the third."""
    found = service_coverage([8.0, 2, 0], residents([100, 300, 0]), standard=8, side="below")
    assert found.covered_by_area.tolist() == [100, 0, 0]
    assert found.shortfall == pytest.approx([0.75, 0.5625, 0.421875])
    assert found.shortfall_by_area[:2] == pytest.approx([0, 0.75])
    assert np.isnan(found.shortfall_by_area[2])
    assert np.isnan(found.share_by_area[2])
    assert found.shortfall_by_group.shape == (0, 3)


@given(origins, st.integers(1, 800))
def test_capacity_is_the_measure_of_foster_greer_and_thorbecke(rows, standard):
    """Their P0, P1 and P2 of what people have, with the standard as the line."""
    people, area, level, _ = columns(rows)
    among = residents(people, area=area, n_areas=4)
    found = service_coverage(level, among, standard=standard, side="below")
    for power, value in enumerate(found.shortfall):
        plain = foster_greer_thorbecke(level, people, line=standard, power=power)
        assert value == pytest.approx(plain)


@given(origins, st.sampled_from(Side))
def test_groups_that_make_up_everybody_add_up(rows, side):
    """Decomposable, as Foster, Greer and Thorbecke show: groups by their people, areas likewise."""
    people, area, level, part = columns(rows)
    among = residents(people, area=area, n_areas=4, membership=[part, 1 - part])
    found = service_coverage(level, among, standard=300, side=side)
    assert found.people_by_group.sum() == pytest.approx(people.sum())
    assert found.covered_by_group.sum() == pytest.approx(found.covered_by_area.sum())
    weighted = found.people_by_group @ np.nan_to_num(found.shortfall_by_group)
    assert weighted / people.sum() == pytest.approx(found.shortfall)
    by_area = found.people_by_area @ np.nan_to_num(found.shortfall_by_area)
    assert by_area / people.sum() == pytest.approx(found.shortfall[1])
    assert found.share_covered == pytest.approx(1 - found.shortfall[0])
    assert (np.diff(found.shortfall) <= 1e-12).all()


@given(origins, st.sampled_from(Side), st.sampled_from([0.25, 4.0]))
def test_the_unit_of_the_level_does_not_matter(rows, side, times):
    people, area, level, _ = columns(rows)
    among = residents(people, area=area, n_areas=4)
    first = service_coverage(level, among, standard=300, side=side)
    other = service_coverage(times * level, among, standard=300 * times, side=side)
    assert other.shortfall == pytest.approx(first.shortfall)
    assert other.covered_by_area.tolist() == first.covered_by_area.tolist()


@pytest.mark.parametrize(
    ("level", "standard", "side"),
    [([1.0, 2], 0, "below"), ([1.0, 2], np.inf, "below"), ([1.0, np.nan], 1, "below"),
     ([1.0, -1], 1, "above"), ([1.0, 2], 1, "beside"), ([1.0], 1, "below")],
)  # fmt: skip
def test_bad_services_are_refused(level, standard, side):
    with pytest.raises(UsageError):
        service_coverage(level, residents([5, 5]), standard=standard, side=side)


@pytest.mark.parametrize(
    ("people", "area", "membership"),
    [([0, 0], None, None), ([1, -1], None, None), ([1, 1], [0, 5], None), ([1, 1], [0], None),
     ([1, 1], None, [[1.0]])],
)  # fmt: skip
def test_bad_residents_are_refused(people, area, membership):
    with pytest.raises(UsageError):
        residents(people, area=area, n_areas=2, membership=membership)
