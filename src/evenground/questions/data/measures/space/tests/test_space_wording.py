"""Every code that the measures of space hand out has its words."""

from __future__ import annotations

import pytest

from evenground.language import language
from evenground.questions.data.measures.space.boundary_points import boundary_points
from evenground.questions.data.measures.space.coordinate_faults import coordinate_faults
from evenground.questions.data.measures.space.coordinates import coordinates
from evenground.questions.data.measures.space.missing_coordinates import missing_coordinates
from evenground.questions.data.measures.space.moved_sites import moved_sites
from evenground.questions.data.measures.space.outside_city import outside_city
from evenground.questions.data.measures.space.readings import FAULTS
from evenground.questions.data.measures.space.region import city_region, region_of_data
from evenground.questions.data.wording.space import SPACE

PLACES = coordinates([1.0, 2.0, 3.0], [1.0, 2.0, 3.0], names=("lon", "lat"))
BOUNDS = (0.0, 0.0, 4.0, 4.0)


def checks():
    import shapely

    square = [shapely.box(*BOUNDS)]
    yield coordinate_faults(PLACES, None)
    yield coordinate_faults(PLACES, region_of_data(PLACES))
    yield coordinate_faults(PLACES, city_region(BOUNDS, degrees=True))
    yield missing_coordinates(PLACES)
    yield outside_city(PLACES, None)
    yield outside_city(PLACES, square)
    yield moved_sites(["a", "b", "c"], PLACES)
    yield moved_sites(["a", "b", "b"], PLACES)
    yield boundary_points(shapely.points([1, 2], [1, 2]), square)


@pytest.mark.parametrize("check", list(checks()), ids=lambda check: check.name)
def test_each_check_can_be_said(check):
    english = language("en")
    assert f"check.{check.name}" in SPACE
    for message in (check.definition, check.reason):
        if message is not None:
            said = english.say(SPACE[message.code], message.parameters)
            assert said[0].isupper()
            assert said.endswith(".")
            assert "{" not in said


def test_each_fault_has_words():
    assert {f"fault.{code}" for code in (*FAULTS, "several")} <= set(SPACE)
