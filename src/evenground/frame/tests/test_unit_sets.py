"""Which units are counted, where they lie, and what a place counts for."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.frame.areas import frame
from evenground.frame.sites import Site, sites_of
from evenground.frame.unit_sets import (
    group_share_of_places,
    lead_and_others,
    place,
    unit_sets,
    units_where_known,
)
from evenground.initiative import Option, OptionKind, Stage
from evenground.questions.reach import QUESTION
from evenground.tests.towns import TODAY, area_id, at, saltmarsh, square, table

OPTIONS = (
    Option(key="as_today", name="As today", kind=OptionKind.AS_TODAY),
    Option(key="trial", name="Trial", kind=OptionKind.TRIAL),
    Option(key="all", name="All", kind=OptionKind.FULL),
)


def town_of(*sites, counts="row", stage=Stage.RUNNING):
    """Return the town with these sites."""
    return saltmarsh(sites=sites).initiative_with(counts=counts, stage=stage, options=OPTIONS)


def sets_of(*sites, **changes):
    """Return the unit sets of these sites."""
    case = town_of(*sites, **changes).case(QUESTION)
    return unit_sets(case, sites_of(case.places.get("sites"), None))


def placed(*sites, **changes):
    """Lay the first unit set over the town's areas."""
    town = town_of(*sites, **changes)
    case = town.case(QUESTION)
    found = unit_sets(case, sites_of(case.places.get("sites"), town.tables()["sites"]))
    areas = frame(town.tables(), case)
    return place(found[0], areas, tolerance_metres=0.15), areas


def by_area(placed_set, areas):
    """Return the areas that hold anything, and how much."""
    held = zip(areas.area_ids, placed_set.by_area.tolist(), strict=True)
    return {code: units for code, units in held if units > 0}


HERE, THERE = at(0.5, 0.5), at(2.5, 0.5)
TWICE = (
    {"geometry": HERE, "units": 3.0},
    {"geometry": HERE, "units": None},
    {"geometry": THERE, "units": 2.0},
)


@pytest.mark.parametrize(
    ("counts", "units"), [("row", [2.0, 1.0]), ("units", [4.0, 2.0]), ("place", [1.0, 1.0])]
)
def test_rows_units_and_places_are_three_counts(counts, units):
    (found,) = sets_of(*TWICE, counts=counts)
    assert (found.n_rows, found.n_units, found.n_places) == (3, 6.0, 2)
    assert found.units.tolist() == units
    assert found.n == sum(units)
    assert found.counted == counts


def test_rows_that_say_nothing_of_where_they_are_are_counted_apart():
    (found,) = sets_of({"geometry": HERE}, {"name": "somewhere"}, {"area_id": area_id(1, 1)})
    assert (found.n_rows, found.n_unlocated, found.n_places) == (3, 1, 2)


def test_places_that_could_have_been_chosen_are_not_units():
    (found,) = sets_of(
        {"geometry": HERE}, {"geometry": THERE, "candidate": True},
        {"geometry": HERE, "candidate": True}, {"geometry": at(3.5, 3.5), "candidate": False},
    )  # fmt: skip
    assert found.n == 2
    chosen_or_listed = {shape.wkb for shape in found.candidates}
    assert {HERE.wkb, THERE.wkb, at(3.5, 3.5).wkb} == chosen_or_listed


def test_without_candidates_any_place_will_do():
    (found,) = sets_of({"geometry": HERE})
    assert found.candidates.size == 0


def test_what_stands_today_was_installed_and_not_removed():
    later, earlier = date(2027, 1, 1), date(2020, 1, 1)
    (found,) = sets_of(
        {"geometry": at(0.1, 0.1), "installed": earlier},
        {"geometry": at(0.2, 0.1), "installed": later},
        {"geometry": at(0.3, 0.1), "removed": earlier},
        {"geometry": at(0.4, 0.1), "removed": later},
        {"geometry": at(0.5, 0.1), "installed": TODAY},
        {"geometry": at(0.6, 0.1), "removed": TODAY},
        {"geometry": at(0.7, 0.1)},
    )
    kept = sorted(round(shape.x - at(0, 0).x) for shape in found.places)
    assert kept == [100, 400, 500, 700]


def test_the_latest_list_leads_and_later_ones_are_not_known_yet():
    days = [date(2024, 1, 1), date(2025, 1, 1), date(2099, 1, 1)]
    found = sets_of(*({"geometry": HERE, "observed": day} for day in reversed(days)))
    lead, others, earlier = lead_and_others(found)
    assert lead.observed == date(2025, 1, 1)
    assert others == ()
    assert [one.observed for one in earlier] == [date(2024, 1, 1)]


def sites_by_option(**n):
    """Return so many sites for each option."""
    return [
        {"geometry": at(0.1 + 0.01 * i, 0.5), "option": None if option == "today" else option}
        for option, times in n.items()
        for i in range(times)
    ]


def test_of_a_proposal_the_option_with_most_units_leads():
    found = sets_of(*sites_by_option(today=9, trial=2, all=4), stage=Stage.PROPOSED)
    lead, others, _ = lead_and_others(found)
    assert (lead.option, lead.name) == ("all", "All")
    assert [one.option for one in others] == ["trial", ""]


def test_of_what_runs_today_leads():
    found = sets_of(*sites_by_option(all=9, today=2), stage=Stage.RUNNING)
    lead, others, _ = lead_and_others(found)
    assert lead.option == ""
    assert [one.option for one in others] == ["all"]


def test_an_option_of_the_kind_as_today_is_today():
    found = sets_of(*sites_by_option(as_today=9, trial=2), stage=Stage.PROPOSED)
    assert lead_and_others(found)[0].option == "trial"


def test_of_each_other_option_only_the_latest_list_is_compared():
    days = {"trial": [date(2024, 1, 1), date(2025, 1, 1)]}
    rows = [
        {"geometry": HERE, "option": option, "observed": day}
        for option, listed in days.items()
        for day in listed
    ]
    lead, others, earlier = lead_and_others(sets_of({"geometry": THERE}, *rows))
    assert lead.option == ""
    assert [one.observed for one in others] == [date(2025, 1, 1)]
    assert earlier == ()


def test_no_sites_are_no_sets():
    assert sets_of() == ()
    assert sets_of({"geometry": HERE, "candidate": True}) == ()


def test_points_count_in_the_area_that_holds_them():
    found, areas = placed({"geometry": HERE}, {"geometry": THERE}, {"geometry": at(9.0, 9.0)})
    assert by_area(found, areas) == {area_id(0, 0): 1.0, area_id(2, 0): 1.0}
    assert found.assignment.n_outside == 1


def test_a_point_on_a_boundary_counts_once():
    found, areas = placed({"geometry": at(1.0, 0.5)}, {"geometry": at(2.0, 2.0)})
    assert found.by_area.sum() == pytest.approx(2)
    assert found.assignment.n_ambiguous == 2
    assert by_area(found, areas)


def test_lines_are_shared_by_length_and_surfaces_by_area():
    line = shapely.LineString([at(0.5, 0.5), at(2.5, 0.5)])
    found, areas = placed({"geometry": line, "units": 8.0}, counts="units")
    assert by_area(found, areas) == pytest.approx(
        {area_id(0, 0): 2.0, area_id(1, 0): 4.0, area_id(2, 0): 2.0}
    )
    surface = shapely.transform(square(0, 0), lambda xy: xy + np.array([250.0, 500.0]))
    found, areas = placed({"geometry": surface, "units": 8.0}, counts="units")
    assert by_area(found, areas) == pytest.approx(
        {area_id(0, 0): 3.0, area_id(1, 0): 1.0, area_id(0, 1): 3.0, area_id(1, 1): 1.0}
    )


def test_what_sticks_out_of_the_city_counts_for_none():
    line = shapely.LineString([at(3.5, 0.5), at(4.5, 0.5)])
    found, areas = placed({"geometry": line, "units": 8.0}, counts="units")
    assert by_area(found, areas) == pytest.approx({area_id(3, 0): 4.0})
    assert found.assignment.outside_share.tolist() == pytest.approx([0.5])


def test_area_codes_place_what_has_no_shape():
    found, areas = placed(
        {"area_id": area_id(1, 2)}, {"area_id": "nowhere"}, {"area_id": area_id(1, 2)}
    )
    assert by_area(found, areas) == {area_id(1, 2): 2.0}
    assert found.assignment.n_outside == 1
    assert found.set.n_places == 3


def test_codes_and_shapes_may_come_together():
    found, areas = placed({"geometry": HERE}, {"area_id": area_id(1, 2)}, {"area_id": "nowhere"})
    assert by_area(found, areas) == {area_id(0, 0): 1.0, area_id(1, 2): 1.0}
    assert found.assignment.n_outside == 1


def test_units_where_nobody_was_counted_say_nothing():
    found, areas = placed({"geometry": HERE}, {"geometry": THERE}, {"geometry": at(9.0, 9.0)})
    known = np.array([code != area_id(2, 0) for code in areas.area_ids])
    assert units_where_known(found, known).tolist() == [1.0, 0.0, 0.0]


def test_places_divide_over_groups_as_their_areas_do():
    line = shapely.LineString([at(0.5, 0.5), at(1.5, 0.5)])
    found, areas = placed({"geometry": HERE}, {"geometry": line})
    of_first = np.array([code == area_id(0, 0) for code in areas.area_ids], dtype=float)
    shares = group_share_of_places(found.assignment, np.vstack([of_first, 1 - of_first]))
    assert shares == pytest.approx(np.array([[1.0, 0.5], [0.0, 0.5]]))


@settings(max_examples=12)
@given(st.permutations(range(8)))
def test_the_order_of_rows_does_not_matter(order):
    rows = [
        *TWICE, {"geometry": at(1.0, 0.5), "units": 4.0}, {"area_id": area_id(3, 3)},
        {"geometry": shapely.LineString([at(0.5, 1.5), at(2.5, 1.5)]), "units": 2.0},
        {"name": "somewhere"}, {"geometry": at(9.0, 9.0)},
    ]  # fmt: skip
    first, _ = placed(*rows, counts="units")
    turned, _ = placed(*(rows[i] for i in order), counts="units")
    assert turned.by_area == pytest.approx(first.by_area, abs=1e-12)
    assert turned.set.n == first.set.n
    assert turned.assignment.n_ambiguous == first.assignment.n_ambiguous


def test_rows_are_read_from_a_table_where_there_is_no_map():
    rows = [
        {"area_id": "a", "units": 2.0, "installed": date(2020, 1, 1), "candidate": True},
        {"option": "trial"},
    ]
    assert sites_of(None, table("sites", rows)) == (
        Site(None, "a", "", 2.0, None, date(2020, 1, 1), None, None, candidate=True),
        Site(None, "", "trial", None, None, None, None, None, candidate=False),
    )
    assert sites_of(None, None) == ()
