"""How units came about: which places are new at which date, from lists or dates of installation."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.frame.areas import frame
from evenground.frame.sites import sites_of
from evenground.frame.unit_sets import unit_sets
from evenground.initiative import Option, OptionKind, Stage
from evenground.questions.reach import QUESTION
from evenground.questions.reach.history import MOST_DATES, history_of
from evenground.tests.towns import SIDE, TODAY, area_id, at, saltmarsh

D1, D2, D3 = date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)
PLAN = Option(key="plan", name="Plan", kind=OptionKind.FULL)
METRE = 1 / SIDE


def history(*rows, option="", counts="row", **overrides):
    """Return the history of these rows of sites over the town's areas."""
    town = saltmarsh(sites=rows).setting(**overrides).initiative_with(counts=counts)
    case = town.case(QUESTION)
    areas = frame(town.tables(), case)
    sites = sites_of(case.places.get("sites"), town.tables()["sites"])
    return history_of(option, sites, unit_sets(case, sites), case=case, areas=areas)


def listed(day, *places):
    """Return rows of one list; a place is (column, row) in squares."""
    return [{"geometry": at(*one), "observed": day} for one in places]


def added(found):
    """Return how many places were added at each date after the first."""
    return found.added.sum(axis=1).tolist()


def test_lists_say_what_stood_and_what_is_new():
    found = history(
        *listed(D2, (0.5, 0.5), (1.5, 0.5), (2.5, 0.5)), *listed(D1, (0.5, 0.5)),
        *listed(D3, (0.5, 0.5), (2.5, 0.5), (3.5, 3.5)),
    )  # fmt: skip
    assert found.by_lists
    assert found.days == (D1, D2, D3)
    assert found.stock.sum(axis=1).tolist() == [1, 3, 3]
    assert added(found) == [2, 1]
    assert found.before.sum() == 1
    assert found.added[1, 15] == 1
    assert found.steps[0].added is None


def test_one_list_is_no_history():
    assert history(*listed(D1, (0.5, 0.5), (1.5, 0.5))) is None
    assert history({"geometry": at(0.5, 0.5)}) is None
    assert history({"geometry": at(0.5, 0.5), "installed": date(TODAY.year, 1, 2)}) is None


@pytest.mark.parametrize(("metres", "n_new"), [(0, 0), (14, 0), (16, 1)])
def test_a_place_near_an_earlier_one_is_the_same_place(metres, n_new):
    found = history(*listed(D1, (0.5, 0.5)), *listed(D2, (0.5 + metres * METRE, 0.5)))
    assert added(found) == [n_new]
    assert found.stock.sum(axis=1).tolist() == [1, 1]


def test_how_near_is_the_city_s_to_say():
    rows = [*listed(D1, (0.5, 0.5)), *listed(D2, (0.54, 0.5))]
    assert added(history(*rows, same_place_metres=39)) == [1]
    assert added(history(*rows, same_place_metres=41)) == [0]


def test_several_units_put_down_together_are_one_decision():
    """Three at one point, one ten metres off, and one far away: two places."""
    together = [(1.5, 1.5), (1.5, 1.5), (1.5, 1.5), (1.51, 1.5)]
    found = history(*listed(D1, (0.5, 0.5)), *listed(D2, (0.5, 0.5), *together, (2.5, 2.5)))
    assert found.stock.sum(axis=1).tolist() == [1, 6]
    assert added(found) == [2]


def test_the_first_list_counts_decisions_too():
    found = history(
        *listed(D1, (0.5, 0.5), (0.51, 0.5), (2.5, 2.5)), *listed(D2, (0.5, 0.5), (2.5, 2.5))
    )
    assert found.stock[0].sum() == 3
    assert found.before.sum() == 2


def test_a_place_that_vanishes_and_comes_back_is_not_new():
    found = history(
        *listed(D1, (0.5, 0.5), (1.5, 1.5)), *listed(D2, (0.5, 0.5)),
        *listed(D3, (0.5, 0.5), (1.501, 1.5)),
    )  # fmt: skip
    assert added(found) == [0, 0]


def test_codes_without_shapes_are_counted_by_area():
    """Two in the first square, then three there and one elsewhere: two are new, wherever listed."""

    def codes(day, *names):
        return [{"area_id": name, "observed": day} for name in names]

    here, there = area_id(0, 0), area_id(3, 3)
    found = history(*codes(D1, here, here), *codes(D2, here, there, here, here), *codes(D3, here))
    assert found.stock.sum(axis=1).tolist() == [2, 4, 1]
    assert added(found) == [2, 0]
    assert (found.added[0, 0], found.added[0, 15]) == (1, 1)


def test_codes_that_vanish_and_come_back_are_not_new():
    rows = [
        {"area_id": area_id(0, 0), "observed": day}
        for day, n in ((D1, 3), (D2, 1), (D3, 4))
        for _ in range(n)
    ]
    assert added(history(*rows)) == [0, 1]


def test_of_more_dates_than_anybody_reads_the_latest_are_kept():
    n = MOST_DATES + 5
    days = [date(2000 + i // 12, i % 12 + 1, 1) for i in range(n)]
    rows = [row for day in days for row in listed(day, (0.5, 0.5), (1.5, 1.5))]
    found = history(*rows)
    assert found.days == tuple(days[-MOST_DATES:])
    assert found.added.shape[0] == MOST_DATES - 1


def test_a_place_known_from_a_date_that_is_not_kept_is_not_new():
    days = [date(2000 + i // 12, i % 12 + 1, 1) for i in range(MOST_DATES + 1)]
    rows = [row for day in days for row in listed(day, (0.5, 0.5))]
    back = [*listed(days[0], (2.5, 2.5)), *listed(days[-1], (2.5, 2.5))]
    assert sum(added(history(*rows, *back))) == 0


def test_dates_after_today_are_not_known_yet():
    found = history(
        *listed(D1, (0.5, 0.5)), *listed(D2, (1.5, 0.5)), *listed(date(2099, 1, 1), (2.5, 0.5))
    )
    assert found.days == (D1, D2)


def test_a_list_after_today_is_no_second_list():
    later = listed(date(2099, 1, 1), (0.5, 0.5), (1.5, 0.5))
    rows = [{**row, "installed": D1} for row in [*listed(D2, (0.5, 0.5)), *later]]
    found = history(*rows)
    assert found is None or found.stock[-1].sum() == 1


def test_dates_of_installation_give_the_end_of_each_year():
    found = history(
        {"geometry": at(0.5, 0.5), "installed": date(2022, 5, 1)},
        {"geometry": at(1.5, 0.5), "installed": date(2023, 12, 31)},
        {"geometry": at(2.5, 0.5), "installed": date(2025, 1, 1)},
        {"geometry": at(3.5, 0.5)},
        {"geometry": at(3.5, 1.5), "installed": date(2099, 1, 1)},
    )
    assert not found.by_lists
    ends = [date(y, 12, 31) for y in (2022, 2023, 2024, 2025)]
    assert found.days == (*ends, TODAY)
    assert found.stock.sum(axis=1).tolist() == [2, 3, 3, 4, 4]
    assert added(found) == [1, 0, 1, 0]
    assert found.before.sum() == 2


def test_what_was_removed_stands_no_more():
    found = history(
        {"geometry": at(0.5, 0.5), "installed": date(2021, 5, 1), "removed": date(2023, 3, 1)},
        {"geometry": at(1.5, 0.5), "installed": date(2022, 5, 1)},
        {"geometry": at(2.5, 0.5), "removed": date(2022, 3, 1)},
    )
    assert [day.year for day in found.days] == [2021, 2022, 2023, 2024, 2025, 2026]
    assert found.stock.sum(axis=1).tolist() == [2, 2, 1, 1, 1, 1]
    assert added(found) == [1, 0, 0, 0, 0]


def test_units_put_in_together_are_one_decision_by_date_too():
    rows = [{"geometry": at(1.5 + i * METRE, 1.5), "installed": D3} for i in range(4)]
    found = history({"geometry": at(0.5, 0.5), "installed": D1}, *rows)
    assert found.stock[-1].sum() == 5
    assert added(found)[1] == 1


@pytest.mark.parametrize("metres", [0, 5])
def test_a_unit_replaced_where_it_stood_is_no_new_place(metres):
    found = history(
        {"geometry": at(0.5, 0.5), "installed": date(2020, 5, 1), "removed": date(2023, 5, 1)},
        {"geometry": at(0.5 + metres * METRE, 0.5), "installed": date(2023, 5, 1)},
        {"geometry": at(2.5, 2.5), "installed": date(2020, 5, 1)},
    )
    assert sum(added(found)) == 0


def test_lists_come_before_dates_of_installation():
    rows = [*listed(D1, (0.5, 0.5)), *listed(D2, (0.5, 0.5), (1.5, 0.5))]
    found = history(*({**row, "installed": date(2019, 1, 1)} for row in rows))
    assert found.by_lists
    assert found.days == (D1, D2)


def test_an_option_has_its_own_history():
    rows = [
        *listed(D1, (0.5, 0.5)), *listed(D2, (0.5, 0.5), (1.5, 0.5)),
        *({**row, "option": "plan"} for row in listed(D1, (2.5, 2.5))),
        *({**row, "option": "plan"} for row in listed(D3, (2.5, 2.5), (3.5, 2.5), (3.5, 0.5))),
    ]  # fmt: skip
    assert history(*rows).days == (D1, D2)
    plan = history(*rows, option="plan")
    assert plan.days == (D1, D3)
    assert added(plan) == [2]


def test_a_plan_without_dates_is_told_with_today_s_history():
    town = saltmarsh(
        sites=[*listed(D1, (0.5, 0.5)), *listed(D2, (0.5, 0.5), (1.5, 0.5)),
               *({"geometry": at(2.5, 0.2 + n), "option": "plan"} for n in range(4))]
    ).initiative_with(stage=Stage.PROPOSED, options=(PLAN,))  # fmt: skip
    (finding,) = [one for one in town.answered(QUESTION).findings if one.code == "by_date"]
    assert (finding.parameters["n_first"], finding.parameters["n_last"]) == (1, 2)


def test_places_that_could_have_been_chosen_were_not_there():
    rows = [{**row, "candidate": True} for row in listed(D2, (2.5, 0.5), (3.5, 0.5))]
    found = history(*listed(D1, (0.5, 0.5)), *listed(D2, (0.5, 0.5)), *rows)
    assert found.stock.sum(axis=1).tolist() == [1, 1]


def test_a_place_on_a_boundary_is_one_place():
    found = history(*listed(D1, (0.5, 0.5)), *listed(D2, (0.5, 0.5), (1.0, 0.5), (2.0, 2.0)))
    assert found.stock[1].sum() == pytest.approx(3)
    assert added(found) == [2]


def test_a_place_outside_is_in_no_area():
    found = history(*listed(D1, (0.5, 0.5)), *listed(D2, (0.5, 0.5), (9.0, 0.5), (1.5, 0.5)))
    assert added(found) == [1]
    assert found.stock.sum(axis=1).tolist() == [1, 2]


spots = st.lists(
    st.tuples(st.sampled_from([0.3, 1.0, 1.7, 2.0, 3.1]), st.sampled_from([0.4, 1.0, 2.6, 3.0])),
    min_size=1, max_size=8, unique=True,
)  # fmt: skip


@settings(max_examples=25)
@given(st.lists(spots, min_size=2, max_size=4), st.sampled_from([1, 3]))
def test_added_places_are_those_on_no_earlier_list(dates, times):
    """All spots are far apart, some on boundaries: each counts once, however many units stand."""
    days = [date(2015 + n, 1, 1) for n in range(len(dates))]
    rows = [
        row for day, places in zip(days, dates, strict=True) for row in listed(day, *places) * times
    ]
    found = history(*rows)
    known: set[tuple[float, float]] = set(dates[0])
    assert found.before.sum() == len(known)
    for row, places in zip(found.added, dates[1:], strict=True):
        assert row.sum() == len(set(places) - known)
        known |= set(places)
    assert (found.before + found.added.sum(axis=0)).sum() == len(known)
    assert found.stock.sum(axis=1) == pytest.approx([times * len(one) for one in dates])
    assert found.added.dtype == np.int64
