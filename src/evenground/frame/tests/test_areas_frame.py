"""Areas, people and groups as arrays: classes, members and the rest, baselines in order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from evenground.city import BaselineChoice, Group, GroupKind
from evenground.frame.areas import EVERYONE_ELSE, frame
from evenground.questions.reach import QUESTION
from evenground.tests.towns import AGE, NEED, PEOPLE, POVERTY, counted, measured, saltmarsh


def framed(town):
    """Return the frame of a town."""
    return frame(town.tables(), town.case(QUESTION))


def classes_of(group, values):
    """Return the classes and names of a grouping by an indicator of these values, cell by cell."""
    town = saltmarsh(across=len(values), up=1)
    town = town.having(indicators=measured(town.rows["areas"], "x", values))
    (found,) = framed(town.city_with(groups=(group,))).groupings
    return found.classes.tolist(), found.names


def by(**changes):
    """Return a grouping of areas by the indicator x."""
    return Group(key="x", name="X", kind=GroupKind.CLASSES, indicator="x", **changes)


def test_quantiles_put_as_many_areas_in_each_class():
    values = [5.0, 1.0, 3.0, 2.0, 6.0, 4.0]
    classes, names = classes_of(by(classes=3, labels=("low", "mid", "high")), values)
    assert classes == [2, 0, 1, 0, 2, 1]
    assert names == ("low", "mid", "high")


def test_breaks_belong_to_the_class_above_them():
    classes, names = classes_of(by(breaks=(2.0, 4.0)), [1.0, 2.0, 3.9, 4.0, 9.0])
    assert classes == [0, 1, 1, 2, 2]
    assert names == ("1", "2", "3")


def test_values_may_be_the_classes_themselves():
    classes, names = classes_of(by(by_value=True), [3.0, 1.0, 2.5, 1.0])
    assert classes == [2, 0, 1, 0]
    assert names == ("1", "2.5", "3")


def test_labels_that_do_not_fit_the_values_are_not_given_to_them():
    """With a value missing nobody knows which label is whose."""
    labels = ("one", "two", "three", "four")
    _, names = classes_of(by(by_value=True, labels=labels), [1.0, 2.0, 4.0])
    assert names == ("1", "2", "4")
    _, names = classes_of(by(by_value=True, labels=labels[:3]), [1.0, 2.0, 4.0])
    assert names == labels[:3]


def test_classes_that_equal_values_spoil_are_not_made_and_named():
    town = saltmarsh().having(
        indicators=measured(saltmarsh().rows["areas"], "poverty", [0.0] * 12 + [1.0, 2.0, 3.0, 4.0])
    )
    found = framed(town)
    assert [one.group.key for one in found.groupings] == ["age"]
    assert [group.key for group in found.unmade] == ["poverty"]
    assert framed(saltmarsh()).unmade == ()
    with_breaks = town.city_with(groups=(replace(POVERTY, breaks=(0.5, 2.5)),))
    assert len(framed(with_breaks).groupings) == 1


def test_an_area_without_a_value_is_in_no_class():
    classes, _ = classes_of(by(breaks=(2.0,)), [1.0, None, 3.0])
    assert classes == [0, -1, 1]


@pytest.mark.parametrize(
    ("compare", "pair"),
    [(("a", "b"), (0, 1)), (("c", "a"), (2, 0)), (None, (2, 0)), (("a", "x"), (2, 0))],
)
def test_the_pair_is_the_city_s_else_the_last_against_the_first(compare, pair):
    town = saltmarsh().city_with(
        groups=(replace(POVERTY, labels=("a", "b", "c"), compare=compare),)
    )
    assert framed(town).groupings[0].pairs == (pair,)


def test_members_are_set_against_everyone_else():
    (found,) = framed(saltmarsh().city_with(groups=(AGE,))).groupings
    assert found.names == ("children", "older people", EVERYONE_ELSE)
    assert found.membership.share.sum(axis=0) == pytest.approx(1.0)
    assert found.pairs == ((0, 2), (1, 2))
    assert found.membership.ecological
    people = {
        group: sum(row["count"] for row in saltmarsh().rows["population"] if row["group"] == group)
        for group in ("total", "young", "old")
    }
    rest = people["total"] - people["young"] - people["old"]
    assert found.totals.value.tolist() == [people["young"], people["old"], rest]


def test_the_rest_carries_the_margins_of_all_that_it_is_worked_out_from():
    (found,) = framed(saltmarsh().city_with(groups=(AGE,))).groupings
    one_area = found.rows[-1].standard_error[0]
    assert one_area == pytest.approx(np.sqrt(60**2 + 30**2 + 25**2) / 1.645)


def test_members_may_be_set_against_a_counted_group():
    group = replace(AGE, members=("young",), against="old", names={"old": "the old"})
    (found,) = framed(saltmarsh().city_with(groups=(group,))).groupings
    assert found.names == ("young", "the old")
    assert found.membership.share.sum(axis=0).max() < 1


def test_the_city_s_baseline_leads_and_land_comes_last():
    found = framed(saltmarsh()).baselines
    assert [one.choice.key for one in found] == ["people", "need", "area"]
    turned = framed(
        saltmarsh().city_with(baselines=(replace(PEOPLE, lead=False), replace(NEED, lead=True)))
    )
    assert [one.choice.key for one in turned.baselines] == ["need", "people", "area"]
    assert turned.lead.choice.key == "need"
    assert turned.people.choice.key == "people"


def test_without_a_choice_it_is_residents_then_land():
    found = framed(saltmarsh().city_with(baselines=())).baselines
    assert [(one.choice.kind, one.choice.lead) for one in found] == [
        ("people", False),
        ("area", False),
    ]


def test_a_baseline_without_figures_is_no_baseline():
    unknown = BaselineChoice(key="x", name="x", kind="need", group="nobody counted these")
    found = framed(saltmarsh().city_with(baselines=(PEOPLE, unknown))).baselines
    assert [one.choice.key for one in found] == ["people", "area"]


def test_a_need_may_be_an_indicator_with_margins():
    town = saltmarsh()
    rows = measured(town.rows["areas"], "poor", [10.0 * n for n in range(16)])
    town = town.having(indicators=[{**row, "margin": 16.45} for row in rows])
    need = BaselineChoice(key="poor", name="poor people", kind="need", indicator="poor", lead=True)
    found = framed(town.city_with(baselines=(need,), groups=())).lead
    assert found.counts.value.tolist() == [10.0 * n for n in range(16)]
    assert found.counts.standard_error == pytest.approx(10.0)
    assert found.has_margins


def test_a_register_carries_its_rounding():
    town = saltmarsh()
    areas = town.rows["areas"]
    rows = counted(areas, "total", [100.0] * 16, rounded_to=5.0)
    found = framed(town.having(population=rows).city_with(baselines=())).lead
    assert not found.has_margins
    assert found.counts.rounding.tolist() == [5.0] * 16
    bare = framed(town.having(population=counted(areas, "total", [100.0] * 16)))
    assert bare.people.counts.rounding.tolist() == [1.0] * 16


def test_an_area_that_nobody_counted_is_not_one_without_people():
    town = saltmarsh()
    first = town.rows["areas"][0]["area_id"]
    rows = [row for row in town.rows["population"] if row["area_id"] != first]
    found = framed(town.having(population=rows)).people
    assert found.known.tolist() == [False, *([True] * 15)]
    zero = [{**row, "count": 0.0} if row["area_id"] == first else row
            for row in town.rows["population"]]  # fmt: skip
    assert framed(town.having(population=zero)).people.known.all()


def test_a_group_of_nobody_is_left_out_and_named():
    town = saltmarsh().city_with(groups=(replace(POVERTY, breaks=(8.0, 500.0)),))
    (found,) = framed(town).groupings
    assert found.names == ("low-poverty areas", "middle areas")
    assert found.nobody_in == ("high-poverty areas",)
    assert found.pairs == ((1, 0),)
    assert found.membership.share.shape == (2, 16)
    assert set(found.classes.tolist()) == {0, 1}


def test_a_grouping_with_one_group_left_is_none():
    town = saltmarsh().city_with(groups=(replace(POVERTY, breaks=(400.0, 500.0)),))
    assert framed(town).groupings == ()


def test_without_its_figures_a_grouping_is_none():
    assert framed(saltmarsh().without("indicators")).groupings[0].group.key == "age"
    assert framed(saltmarsh().without("population")).groupings[0].group.key == "poverty"


def test_areas_with_points_have_land_only_where_it_is_given():
    town = saltmarsh()
    points = [{**row, "geometry": row["geometry"].centroid} for row in town.rows["areas"]]
    found = framed(town.having(areas=points))
    assert not found.has_shapes
    assert [one.choice.kind for one in found.baselines] == ["people", "need"]
    given = framed(town.having(areas=[{**row, "land_km2": 2.0} for row in points]))
    assert given.baselines[-1].counts.value.tolist() == [2.0] * 16


def test_land_is_measured_from_shapes_unless_given():
    town = saltmarsh()
    given = [{**town.rows["areas"][0], "land_km2": 0.5}, *town.rows["areas"][1:]]
    found = framed(town.having(areas=given)).baselines[-1]
    assert found.counts.value.tolist() == [0.5, *([1.0] * 15)]


def test_an_area_without_a_shape_is_left_out_and_counted():
    town = saltmarsh()
    areas = [{**town.rows["areas"][0], "geometry": None}, *town.rows["areas"][1:]]
    found = framed(town.having(areas=areas))
    assert found.n_unplaced == 1
    assert found.has_shapes
    assert len(found.area_ids) == 15
    assert town.rows["areas"][0]["area_id"] not in found.area_ids
    assert framed(town.having(areas=[{**area, "geometry": None} for area in areas])) is None


def test_no_areas_no_frame():
    assert framed(saltmarsh().without("areas")) is None
    assert framed(saltmarsh(areas=())) is None


def test_the_order_of_rows_does_not_matter():
    town = saltmarsh()
    turned = town.having(
        population=reversed(town.rows["population"]), indicators=reversed(town.rows["indicators"])
    )
    first, second = framed(town), framed(turned)
    assert first.area_ids == second.area_ids
    for one, other in zip(first.baselines, second.baselines, strict=True):
        assert one.counts.value.tolist() == other.counts.value.tolist()
    for one, other in zip(first.groupings, second.groupings, strict=True):
        assert one.membership.share.tolist() == other.membership.share.tolist()
