"""What an effect is worth beside what it costs: small cases, each with what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from evenground.initiative import Option, OptionKind
from evenground.questions.promise.findings.worth import worth
from evenground.questions.promise.tests.findings.cases import (
    answer_of,
    evaluation,
    of_code,
    promise,
    responses,
    said_of,
    the_one,
    town,
)

MONTHS = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
AT = MONTHS.index("2025-07")
TODAY = Option(
    key="as_today", name="As today", kind=OptionKind.AS_TODAY, cost={2026: 10.0, 2027: 10.0},
    price_year=2026,
)  # fmt: skip
BINS = Option(
    key="bins", name="All bins", kind=OptionKind.FULL, cost={2026: 50.0, 2027: 20.0},
    price_year=2026,
)  # fmt: skip


def value(amount=30.0, **more):
    return {"promise_id": "bins", "amount": amount, **more}


def groups(north=20.0, south=20.0):
    return [
        value(north, group="Northfield", income=10_000.0),
        value(south, group="Old Quay", income=40_000.0),
    ]


def promised(*values, options=(TODAY, BINS), effect=None, **rows):
    """Return a town that promises 10 fewer full bins; ``effect`` many fewer came in half of it."""
    made = town(promises=[promise(baseline_dataset=None)], benefit_values=values, **rows)
    made = made.initiative_with(options=options)
    return made if effect is None else measured(made, effect)


def measured(made, effect):
    rng = np.random.default_rng(3)
    treated = np.arange(24) % 2 == 1
    values = 40 + rng.normal(size=(24, 1)) + rng.normal(scale=0.4, size=(24, len(MONTHS)))
    values[np.ix_(treated, np.arange(len(MONTHS)) >= AT)] -= effect
    outcomes = [
        {"indicator": "full_bins", "unit_id": f"A{unit:02}", "period": month, "value": float(one)}
        for unit, row in enumerate(values)
        for month, one in zip(MONTHS, row, strict=True)
    ]
    rollout = [
        {"unit_id": f"A{unit:02}", "planned_start": day, "started": day}
        for unit in range(24)
        if (day := date(2025, 7, 1) if treated[unit] else None)
    ]
    return made.having(
        outcomes=outcomes,
        rollout=rollout,
        evaluation=[evaluation(design="many_areas", horizon_months=None)],
        responses=responses(),
    ).sealed()


def past_costs(*ratios):
    return [
        {
            "initiative_id": f"P{at}", "promise_id": "1", "promised_cost": 100.0,
            "cost": 100.0 * ratio, "stage": "ended",
        }
        for at, ratio in enumerate(ratios)
    ]  # fmt: skip


def weighed(*values, effect=5.0, **more):
    return promised(*values, effect=effect, **more).setting(median_income=20_000)


CASES = {
    "before anything came": lambda: promised(value()),
    "at one cost": lambda: promised(value(price_year=2020), past_promises=past_costs(*[1.5] * 10)),
    "own costs": lambda: promised(value(), past_promises=past_costs(*np.linspace(1, 2, 11))),
    "one own cost": lambda: promised(value(), past_promises=past_costs(1.5)).setting(
        least_in_class=1
    ),
    "no unit": lambda: promised(value()).having(promises=[promise(unit=None)]),
    "cheaper": lambda: promised(value(), options=(TODAY, cheap())),
    "worth nothing": lambda: promised(value(-3.0)),
    "gain": lambda: promised(value(), effect=8.0),
    "loss": lambda: promised(value(0.5), effect=8.0),
    "open": lambda: promised(value(7.0), effect=8.0),
    "today not given": lambda: promised(value(), options=(BINS,), effect=8.0),
    "weighted": lambda: weighed(*groups()),
    "weighted, all one group": lambda: weighed(value(30.0, income=20_000.0)),
    "turned by weights": lambda: weighed(*groups(1.0, 14.0), effect=8.0),
    "some named, some not": lambda: weighed(value(9.0), value(9.0, group="Old Quay")),
    "counted alike by choice": lambda: weighed(*groups()).setting(income_elasticity=0),
    "a unit's cost": lambda: promised(effect=8.0),
    "a unit's cost open": lambda: promised(effect=0.2),
    "no unit's cost": lambda: promised(effect=-4.0),
    "a unit of what is cheaper": lambda: promised(effect=8.0, options=(TODAY, cheap())),
    "half of past costs were nothing": lambda: promised(
        value(), past_promises=past_costs(*[0.0] * 6, *[1.0] * 5)
    ),
    "given in full": lambda: promised(value(), options=(TODAY, replace(BINS, cost_of_leaving=0.0))),
}


def cheap():
    return Option(key="bins", name="All bins", kind=OptionKind.FULL, cost={2026: 1.0})


def found(name):
    return the_one(answer_of(CASES[name]()), "worth")


def test_nothing_without_a_value_and_an_effect():
    answer = answer_of(promised())
    assert not [*of_code(answer, "worth"), *of_code(answer, "unit_cost")]
    assert worth.__doc__


def test_break_even_by_hand():
    """Published uplifts 1.1 and 3; today's 10 a year off; a unit is worth 30 in either year."""
    one = found("before anything came")
    assert one.verdict.code == "worth_from_effect"
    late = 1 / 1.035
    today = 10 + 10 * late
    cost = [up * (50 + 20 * late) - today for up in (1.1, 3)]
    unit = 30 + 30 * late
    found_ = one.estimate("break_even_effect")
    assert found_.low == pytest.approx(cost[0] / unit)
    assert found_.high == pytest.approx(cost[1] / unit)
    assert [two.code for two in one.would_change] == ["change.promised"]


def test_own_costs_raise_the_plan():
    """Of eleven past costs from 1 to 2 times the plan, half were up to 1.5, four in five to 1.8."""
    one = found("own costs")
    late = 1 / 1.035
    cost = [up * (50 + 20 * late) - (10 + 10 * late) for up in (1.5, 1.8)]
    bounds = one.estimate("worth_cost")
    assert [bounds.low, bounds.high] == pytest.approx(cost)
    assert "caveat.raised_by_own" in [two.code for two in one.caveats]


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("gain", "worth_more"),
        ("loss", "worth_less"),
        ("open", "worth_open"),
        ("weighted", "worth_more"),
        ("turned by weights", "worth_by_weights"),
        ("worth nothing", "worth_no_gain"),
    ],
)
def test_verdicts(name, verdict):
    assert found(name).verdict.code == verdict


def test_years_that_differ_from_those_of_today_are_named():
    caveats = " ".join(said_of("worth: cheaper").caveats("worth"))
    assert "given for 2026, those of going on as today for 2026–2027; the years 2026" in caveats


def test_unweighted_stands_beside_weighted():
    rows = said_of("worth: weighted").rows("worth", "balance")
    assert [row[0] for row in rows] == [
        "all alike",
        "more to those with less, elasticity 0.8",
        "more to those with less, elasticity 1.3",
        "more to those with less, elasticity 2",
    ]
    groups_ = said_of("worth: weighted").rows("worth", "worth_by_group")
    alike, weighted = groups_[0][2].value, groups_[0][3].value
    assert weighted / alike == pytest.approx(2**1.3)


def test_what_would_turn_it_is_named():
    codes = [one.code for one in found("turned by weights").would_change]
    assert "change.elasticity" in codes
    assert "change.effect" in codes


def test_without_a_value_there_is_the_cost_of_a_unit():
    one = the_one(answer_of(CASES["a unit's cost"]()), "unit_cost")
    lower, higher = (one.estimate(f"cost_per_unit_at_{at}") for at in ("lower", "higher"))
    assert 0 < lower.value < higher.value
    assert one.asks[0].what.code == "ask.value"


def test_the_cost_of_a_unit_says_that_it_is_not_multiplied_out():
    """An effect by place and month is bought in every place and month, not once."""
    told = said_of("worth: a unit's cost")
    assert "wherever it applies" in told.sentence("unit_cost")
    assert "It is not multiplied out" in " ".join(told.caveats("unit_cost"))


def test_what_is_cheaper_is_said_to_be_so_without_a_value():
    one = found("a unit of what is cheaper")
    assert (one.code, one.verdict.code) == ("worth.cheaper", "worth_from_effect")


def test_past_costs_of_nothing_break_nothing():
    late = 1 / 1.035
    bounds = found("half of past costs were nothing").estimate("worth_cost")
    assert bounds.low == pytest.approx(-(10 + 10 * late))


def test_a_cost_that_is_given_in_full_is_not_called_the_least():
    least = "caveat.least_cost"
    assert least not in [two.code for two in found("given in full").caveats]
    assert least in [two.code for two in found("before anything came").caveats]


def test_a_value_that_is_a_loss_turns_nowhere():
    assert "break_even_effect" not in [two.name for two in found("worth nothing").estimates]
