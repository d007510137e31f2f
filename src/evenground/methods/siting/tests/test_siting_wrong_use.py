"""What is asked wrongly is refused with a reason; what cannot be had is an answer that says so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from evenground.errors import UsageError
from evenground.methods.accessibility import Binary, pairs_from_costs
from evenground.methods.siting import (
    Floors,
    SitingProblem,
    frontier,
    gains_and_losses,
    kolm_pollak_siting,
    lexicographic,
    maximal_coverage,
    maximin_groups,
    p_center,
    p_median,
    price_of_equity,
)

COSTS = np.array([[0.0, 5.0, 9.0], [5.0, 0.0, 4.0], [9.0, 4.0, 0.0]])
PROBLEM = SitingProblem(weights=[10, 20, 30], costs=COSTS, n_units=1, groups=[[1, 0, 2], [0, 3, 1]])
NONE, ALL, FIRST = np.zeros(3, bool), np.ones(3, bool), np.arange(3) == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"weights": [1, -1, 1]}, "array_value"),
        ({"weights": [0, 0, 0]}, "nothing_to_share"),
        ({"weights": [1, 2]}, "array_shape"),
        ({"costs": COSTS[0]}, "array_shape"),
        ({"costs": -COSTS}, "array_value"),
        ({"costs": COSTS * np.nan}, "array_value"),
        ({"costs": pairs_from_costs(([0], [0]), [1.0], shape=(2, 3))}, "array_shape"),
        ({"n_units": 0}, "siting_units"),
        ({"n_units": 4}, "siting_units"),
        ({"forbidden": ALL}, "siting_units"),
        ({"forced": ALL}, "siting_units_forced"),
        ({"forced": FIRST, "forbidden": FIRST}, "siting_forced_forbidden"),
        ({"forced": [1, 0, 0]}, "siting_flags"),
        ({"beyond": -1.0}, "siting_beyond"),
        ({"budget": 3.0}, "siting_budget"),
        ({"budget": -1.0, "prices": [1, 1, 1]}, "siting_budget_number"),
        ({"prices": [1, 1, 1]}, "siting_budget"),
        ({"capacities": [1, 2]}, "array_shape"),
        ({"groups": [[1, 2]]}, "array_shape"),
        ({"floors": Floors(units=[1])}, "siting_districts"),
        ({"floors": Floors(units=[1], district=[0, 1, 0])}, "siting_district_numbers"),
        ({"floors": Floors(mean_cost=[1.0])}, "array_shape"),
        ({"floors": Floors(covered=[0.5, 0.5])}, "siting_covered"),
        ({"floors": Floors(covered=[1.5, 0.5], radius=1)}, "siting_covered"),
    ],
)
def test_wrong_use_is_refused(change, code):
    with pytest.raises(UsageError) as raised:
        p_median(replace(PROBLEM, **change))
    assert raised.value.problems[0].code == code


@pytest.mark.parametrize("solve", [maximin_groups, lexicographic, frontier])
def test_groups_must_be_there(solve):
    with pytest.raises(UsageError, match="siting_groups"):
        solve(replace(PROBLEM, groups=None))
    with pytest.raises(UsageError, match="siting_empty_group"):
        solve(replace(PROBLEM, groups=[[1, 0, 0], [0, 0, 0]]))


def test_other_refusals():
    held = replace(PROBLEM, capacities=[50, 50, 50])
    with pytest.raises(UsageError, match="siting_capacities"):
        p_center(held)
    with pytest.raises(UsageError, match="siting_capacities"):
        maximal_coverage(held, decay=Binary(3.0))
    with pytest.raises(UsageError, match="kappa"):
        kolm_pollak_siting(PROBLEM, kappa=0.0)
    with pytest.raises(UsageError, match="siting_goods"):
        kolm_pollak_siting(replace(PROBLEM, beyond=3.0), kappa=1.0)
    with pytest.raises(UsageError, match="frontier_points"):
        frontier(PROBLEM, n_points=1)
    with pytest.raises(UsageError, match="siting_positions"):
        gains_and_losses(PROBLEM, today=[3], proposed=[0])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"costs": np.where(COSTS == 9, np.inf, COSTS), "forbidden": np.arange(3) > 0},
         "siting_out_of_reach"),
        ({"floors": Floors(units=[2, 0], district=[0, 1, 1])}, "siting_district_short"),
        ({"floors": Floors(units=[1, 1], district=[0, 1, 1])}, "siting_districts_exceed_units"),
        ({"budget": 1.0, "prices": [2, 3, 4]}, "siting_budget_short"),
        ({"budget": 3.0, "prices": [4, 3, 3], "forced": FIRST}, "siting_budget_short"),
        ({"capacities": [10, 10, 10]}, "siting_capacity_short"),
        ({"floors": Floors(mean_cost=[0.0, 0.0])}, "siting_infeasible"),
        ({"floors": Floors(covered=[1.0, 1.0], radius=1.0)}, "siting_infeasible"),
        ({"costs": np.where(COSTS > 0, np.inf, 0.0)}, "siting_infeasible"),
    ],
)  # fmt: skip
def test_what_cannot_be_had_is_an_answer(change, code):
    found = p_median(replace(PROBLEM, **change))
    assert found.status == "infeasible"
    assert found.reason is not None
    assert found.reason.code == code
    assert found.reason.what.format(**found.reason.fields)
    assert found.sites.size == 0
    assert np.isnan(found.objective)


def test_out_of_reach_may_be_paid_for():
    alone = np.where(COSTS > 0, np.inf, 0.0)
    found = p_median(replace(PROBLEM, costs=alone, beyond=100.0))
    assert found.sites.tolist() == [2]
    assert found.objective == 3_000


def test_where_nobody_lives_nobody_is_asked():
    costs = np.vstack([COSTS, np.full(3, np.inf)])
    problem = SitingProblem(weights=[10, 20, 30, 0], costs=costs, n_units=1)
    for found in (p_median(problem), p_center(problem)):
        assert found.status == "optimal"
        assert found.site[3] == -1
        assert np.isinf(found.cost[3])


def test_who_gains_and_who_loses():
    told = gains_and_losses(PROBLEM, today=[0], proposed=[2])
    assert told.change.tolist() == [9, -1, -9]
    assert told.gaining.tolist() == [2, 4, 50]
    assert told.losing.tolist() == [1, 0, 10]
    assert told.same.tolist() == [0, 0, 0]
    assert told.mean_after == pytest.approx([3, 3, 170 / 60])
    none = gains_and_losses(PROBLEM, today=[], proposed=[0])
    assert np.isinf(none.before).all()
    assert none.gaining.tolist() == [3, 4, 60]
    assert none.mean_before.tolist() == [np.inf] * 3


def test_the_price_of_equity():
    fair, efficient = maximin_groups(PROBLEM), p_median(PROBLEM)
    paid = price_of_equity(PROBLEM, chosen=fair, efficient=efficient)
    assert paid.value == paid.low == paid.high
    total = float(np.array([10, 20, 30]) @ fair.cost)
    assert paid.value == pytest.approx(total / efficient.objective - 1)
    doubtful = replace(efficient, bound=efficient.objective / 2)
    spread = price_of_equity(PROBLEM, chosen=fair, efficient=doubtful)
    assert spread.high == pytest.approx(2 * total / efficient.objective - 1)
    nothing = p_median(replace(PROBLEM, capacities=[1, 1, 1]))
    with pytest.raises(UsageError, match="siting_no_sites"):
        price_of_equity(PROBLEM, chosen=nothing, efficient=efficient)
