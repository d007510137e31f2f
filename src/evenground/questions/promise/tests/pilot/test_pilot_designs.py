"""Pilots by their numbers, and what they cannot see by their end."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.promise.measures.pilot.horizon import horizon_check
from evenground.questions.promise.measures.pilot.pilot_design import pilot_design


def test_a_wedge_by_hand():
    # Ten areas in four steps (3, 3, 2, 2) over ten periods: steps begin in 2, 4, 6 and 8.
    wedge = pilot_design("stepped_wedge", n_areas=10, n_periods=10, n_baseline=3)
    assert wedge.starts.tolist() == [5, 7, 9, 11]
    assert wedge.treated_periods == 3 * 8 + 3 * 6 + 2 * 4 + 2 * 2
    assert (wedge.n_treated, wedge.n_times, wedge.n_labels) == (10, 13, 4)
    assert wedge.n_under_way == 8
    assert wedge.cost(per_area=100, per_period=2) == 10 * 100 + 54 * 2


def test_half_of_the_areas_by_hand():
    pilot = pilot_design("ancova", n_areas=7, n_periods=6, n_baseline=2)
    assert pilot.starts.tolist() == [8, 2]
    assert (pilot.n_treated, pilot.treated_periods) == (3, 18)
    assert pilot.n_under_way == 6
    assert pilot.cost() == 18


@given(st.integers(2, 60), st.integers(3, 60), st.integers(2, 9))
def test_steps_of_a_wedge_all_differ_and_end_before_the_pilot(n_areas, n_periods, n_steps):
    wedge = pilot_design("stepped_wedge", n_areas=n_areas, n_periods=n_periods, n_steps=n_steps)
    starts = wedge.starts.tolist()
    assert len(set(starts)) == len(starts) == min(n_steps, n_areas, n_periods - 1)
    assert starts == sorted(starts)
    assert starts[0] >= 0
    assert starts[-1] < n_periods


@pytest.mark.parametrize(
    ("design", "sizes"),
    [
        ("crossover", {"n_areas": 8, "n_periods": 8}),
        ("parallel", {"n_areas": 1, "n_periods": 8}),
        ("parallel", {"n_areas": 8, "n_periods": 0}),
        ("ancova", {"n_areas": 8, "n_periods": 8}),
        ("difference_in_differences", {"n_areas": 8, "n_periods": 8, "n_baseline": 0}),
        ("stepped_wedge", {"n_areas": 8, "n_periods": 2}),
        ("stepped_wedge", {"n_areas": 8, "n_periods": 8, "n_steps": 1}),
    ],
)
def test_what_is_no_pilot_is_refused(design, sizes):
    with pytest.raises(UsageError):
        pilot_design(design, **sizes)


def test_one_axis_by_hand():
    found = horizon_check(
        6,
        contract_months=36,
        asset_life_months=120,
        effect_delays={"habits": 18, "fewer trips": 4, "at once": 0, "full year": 6},
    )
    assert [(one.kind, one.end) for one in found.spans] == [
        ("pilot", 6), ("contract", 36), ("asset_life", 120),
        ("effect", 0), ("effect", 4), ("effect", 6), ("effect", 18),
    ]  # fmt: skip
    assert found.unseen == ("habits",)
    # What has shown on the last day is seen, if barely.
    assert found.barely_seen == ("fewer trips", "full year")
    assert (found.contract_after, found.life_after) == (30, 114)
    assert (found.seen_of_contract, found.seen_of_life) == (6 / 36, 6 / 120)


def test_what_is_not_known_is_left_open():
    found = horizon_check(12, contract_months=6)
    assert (found.contract_after, found.seen_of_contract) == (0, 1)
    assert (found.life_after, found.seen_of_life, found.unseen) == (None, None, ())


@given(st.floats(0.1, 100), st.floats(0, 100), st.floats(1e-3, 1e3))
def test_the_unit_of_time_does_not_matter(pilot, delay, scale):
    found = horizon_check(pilot, effect_delays={"it": delay})
    scaled = horizon_check(pilot * scale, effect_delays={"it": delay * scale})
    if not math.isclose(delay, pilot) and not math.isclose(delay, pilot / 2):
        assert (found.unseen, found.barely_seen) == (scaled.unseen, scaled.barely_seen)


@pytest.mark.parametrize(
    ("months", "more"),
    [
        (0, {}),
        (math.nan, {}),
        (6, {"contract_months": -1}),
        (6, {"asset_life_months": math.inf}),
        (6, {"effect_delays": {"it": -1}}),
        (6, {"effect_delays": {"it": math.nan}}),
    ],
)
def test_lengths_that_are_none_are_refused(months, more):
    with pytest.raises(UsageError, match="months"):
        horizon_check(months, **more)
