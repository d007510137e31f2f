"""What a promise leaves out is named by what that prevents."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.initiative import INITIATIVE_TABLES
from evenground.questions.promise.measures.promises.gaps import (
    ALWAYS,
    COST,
    MEASURED,
    Prevents,
)
from evenground.questions.promise.measures.promises.missing_fields import (
    Beside,
    missing_fields,
)

WHOLE = {
    "promise_id": "G1",
    "words": "A quarter fewer full bins",
    "who": "Cleaning department",
    "document": "Work plan 2026",
    "by": date(2028, 12, 31),
    "place": "all districts",
    "groups": "under_18",
    "informs": "how many bins are bought in 2029",
    "indicator": "full_bins_found",
    "unit": "full bins per year",
    "baseline": 6895.0,
    "target": 5170.0,
    "baseline_date": date(2025, 12, 31),
    "baseline_dataset": "crews",
    "outcome_source": "outcomes",
    "minimum_effect": 500.0,
    "floor_worst_group": 0.0,
    "delivery_threshold": 0.5,
}
JUDGED = Beside(n_harms=1, is_evaluated=True)


def prevented(promise, beside=JUDGED):
    return {gap.prevents for gap in missing_fields(promise, beside).gaps}


def test_a_whole_promise_lacks_nothing():
    found = missing_fields(WHOLE, JUDGED)
    assert found.gaps == ()
    assert found.can_have_delivered_share
    assert found.can_be_ruled
    assert not found.is_judged_by_accounts


def test_a_slide_lacks_nearly_everything():
    slide = {
        "promise_id": "B1",
        "words": "Up to 80 % fewer collections from day one.",
        "who": "Vexley Streets",
        "document": "Presentation, slide 9",
        "unit": "%",
    }
    found = missing_fields(slide)
    assert not found.can_have_delivered_share
    assert not found.can_be_ruled
    assert found.prevented(Prevents.DELIVERED_SHARE)
    assert not found.prevented(Prevents.ASKING)
    assert {gap.what for gap in found.gaps if gap.columns == ("baseline",)} == {
        "No baseline: no delivered share."
    }
    assert len(found.gaps) == 15


@pytest.mark.parametrize("gap", [*ALWAYS, *MEASURED], ids=lambda gap: gap.columns[0])
def test_each_field_prevents_what_it_says_and_nothing_else(gap):
    without = {name: value for name, value in WHOLE.items() if name not in gap.columns}
    assert missing_fields(without, JUDGED).gaps == (gap,)


@pytest.mark.parametrize("blank", [None, "", "  ", float("nan")])
def test_blank_is_not_there_and_nought_is(blank):
    assert prevented({**WHOLE, "baseline": blank}) == {Prevents.DELIVERED_SHARE}
    assert prevented({**WHOLE, "baseline": 0.0}) == set()


def test_any_way_of_putting_the_change_will_do():
    without = {name: value for name, value in WHOLE.items() if name != "target"}
    for put in ({"change": 1725.0}, {"change_share": 0.25}):
        assert missing_fields({**without, **put}, JUDGED).can_have_delivered_share


def test_harms_and_method_are_missed_where_no_row_holds_them():
    assert prevented(WHOLE, None) == {Prevents.HARM, Prevents.METHOD_SET_BEFOREHAND}


def test_accounts_have_no_delivered_share_and_that_is_no_gap():
    social = {name: WHOLE[name] for name in ("words", "who", "document", "by", "place")}
    found = missing_fields({**social, "kind": "social"}, JUDGED)
    assert found.is_judged_by_accounts
    assert not found.can_have_delivered_share
    assert {gap.prevents for gap in found.gaps} == {Prevents.WHO_BENEFITS, Prevents.DECISION}
    counted = missing_fields({**WHOLE, "kind": "social", "judged_by": "indicator"}, JUDGED)
    assert counted.can_have_delivered_share


def test_cost_and_time_ask_for_less():
    cost = missing_fields({**WHOLE, "kind": "cost", "baseline": None, "indicator": None})
    assert cost.gaps == ()
    assert cost.can_have_delivered_share
    assert not missing_fields({**WHOLE, "kind": "cost", "target": None}).can_have_delivered_share
    when = missing_fields({**WHOLE, "kind": "time", "by": None})
    assert [gap.prevents for gap in when.gaps] == [Prevents.BEING_LATE]
    assert not when.can_have_delivered_share


@given(st.sets(st.sampled_from(sorted(WHOLE))), st.sets(st.sampled_from(sorted(WHOLE))))
def test_more_fields_never_make_more_gaps(some, more):
    few = {name: WHOLE[name] for name in some}
    many = {name: WHOLE[name] for name in some | more}
    assert set(missing_fields(many, JUDGED).gaps) <= set(missing_fields(few, JUDGED).gaps)


def test_gaps_name_columns_of_the_table():
    table = next(one for one in INITIATIVE_TABLES if one.name == "promises")
    named = {column for gap in (*ALWAYS, *MEASURED, *COST) for column in gap.columns}
    assert named <= set(table.names)
    assert {one for gap in (*ALWAYS, *MEASURED) for one in gap.columns} - {
        "change", "change_share",
    } <= set(WHOLE)  # fmt: skip


@pytest.mark.parametrize("wrong", [{"kind": "miracle"}, {"judged_by": "feeling"}])
def test_choices_that_are_none_are_refused(wrong):
    with pytest.raises(UsageError):
        missing_fields({**WHOLE, **wrong})


def test_what_is_to_be_built_is_counted_from_none():
    built = {**WHOLE, "kind": "output", "direction": "more", "baseline": None}
    found = missing_fields({**built, "baseline_date": None, "baseline_dataset": None}, JUDGED)
    assert found.can_have_delivered_share
    assert found.gaps == ()
    assert not missing_fields({**built, "direction": "less"}, JUDGED).can_have_delivered_share
