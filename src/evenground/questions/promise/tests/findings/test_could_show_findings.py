"""What a pilot could show, what it ends too early for, and what is lacking to say so."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from evenground.evidence import Verdict
from evenground.initiative import Option, OptionKind, Stage
from evenground.questions.promise.tests.findings.cases import (
    answer_of,
    evaluation,
    of_code,
    promise,
    said_of,
    the_one,
    town,
)

MONTHS = [f"{2020 + at // 12}-{at % 12 + 1:02}" for at in range(66)]
START = date(2025, 7, 1)
NO_NUMBER = {"target": None, "minimum_effect": None}


def history(n=16, *, seed=1, noise=1.0, walk=0.0, months=MONTHS):
    """Return rows of an indicator before the start: levels that last or walk, and chance."""
    rng = np.random.default_rng(seed)
    values = 40 + 3 * rng.normal(size=(n, 1)) + noise * rng.normal(size=(n, len(months)))
    values += walk * rng.normal(size=values.shape).cumsum(axis=1)
    return [
        {"indicator": "full_bins", "unit_id": f"A{unit:02}", "period": month,
         "value": float(values[unit, at]), "group": None}
        for unit in range(n)
        for at, month in enumerate(months)
    ]  # fmt: skip


def rollout(starts, *, strata=None):
    """Return when each area is to start, in months after the start; none for never."""
    return [
        {"unit_id": f"A{unit:02}", "promise_id": "bins",
         "planned_start": None if after is None else date(2025 + (6 + after) // 12,
                                                          (6 + after) % 12 + 1, 1),
         "stratum": None if strata is None else strata[unit]}
        for unit, after in enumerate(starts)
    ]  # fmt: skip


def planned(starts, *, noise=1.0, says=None, judged=None, **more):
    """Return a town whose pilot is planned and has a past."""
    n = len(starts)
    rows = {
        "promises": [promise(baseline_dataset=None, **(says or {}))],
        "evaluation": [evaluation(**{"design": "randomised", **(judged or {})})],
        "outcomes": history(n, noise=noise),
        "rollout": rollout(starts),
    }
    return town(**{**rows, **more})


HALF = [0, None] * 8
STEPS = [0] * 4 + [3] * 4 + [6] * 4 + [9] * 4
CASES = {
    "could": lambda: planned(HALF),
    "could tell": lambda: planned(HALF, noise=4.0, says={"minimum_effect": 9.5}),
    "could not": lambda: planned(HALF, says={"target": 39.7, "minimum_effect": 0.1}),
    "could not, others neither": lambda: planned(
        HALF, says={"target": 39.99, "minimum_effect": 0.001}
    ),
    "could not, a wedge could": lambda: planned(
        HALF, outcomes=history(walk=0.6), says={"target": 38.0, "minimum_effect": 0.2}
    ),
    "could not, half could": lambda: planned(
        [0] + [None] * 15, noise=3.0, judged={"design": "few_treated"},
        says={"target": 36.5, "minimum_effect": 0.2},
    ),
    "no number": lambda: planned(HALF, says=NO_NUMBER),
    "four areas": lambda: planned([0, None, 0, None]),
    "steps": lambda: planned(STEPS),
    "at once everywhere": lambda: planned([0] * 8),
    "one month": lambda: planned(HALF, judged={"horizon_months": 1.0}),
    "no plan": lambda: planned(HALF, rollout=()),
    "few chosen": lambda: planned(
        [0] + [None] * 23, judged={"design": "few_treated"}, noise=0.5
    ),
    "many chosen": lambda: planned(HALF, judged={"design": "many_areas", "periods_before": 6}),
    "strata": lambda: planned(HALF, rollout=rollout(HALF, strata=["hill"] * 8 + ["port"] * 8)),
    "short past": lambda: planned(HALF, outcomes=history(months=MONTHS[-30:])),
    "shorter past": lambda: planned(HALF, outcomes=history(months=MONTHS[-20:])),
    "too short": lambda: planned(HALF, outcomes=history(months=MONTHS[-12:])),
    "no past": lambda: planned(HALF, outcomes=()),
    "three areas": lambda: planned(HALF, outcomes=history(3)),
    "one area": lambda: planned(HALF, outcomes=history(1)),
    "no start": lambda: planned(HALF, rollout=(), judged={"starts": None}),
    "an idea without a start": lambda: planned(
        HALF, rollout=(), judged={"starts": None}
    ).initiative_with(stage=Stage.IDEA),
    "no length": lambda: planned(
        HALF, says={"by": None}, judged={"horizon_months": None}
    ),
    "treated without a past": lambda: planned(
        HALF, rollout=[{"unit_id": "B01", "promise_id": "bins", "planned_start": START}]
    ),
    "ends too early": lambda: planned(
        HALF, judged={"horizon_months": 6.0},
        cost_lines=[
            {"option": "all", "year": year, "kind": kind, "amount": 1.0}
            for year, kind in ((2026, "purchase"), (2028, "subscription"), (2033, "maintenance"))
        ],
    ),
}  # fmt: skip


def test_a_large_promise_could_be_shown():
    found = the_one(answer_of(CASES["could"]()), "could_show")
    assert found.verdict == Verdict("could_show")
    least = found.estimate("least_shown")
    assert 0 < least.low <= least.value <= least.high < 10
    assert found.estimate("power_of_promise").value == 1.0
    words = said_of("could_show: could").sentence("could_show")
    assert words.startswith("“A quarter fewer full bins by spring.” A pilot as planned could show")
    assert "8 of 16 areas treated over 12 months" in words
    seen = [row[1].value for row in found.tables[0].rows]
    assert seen == sorted(seen)


def test_what_can_be_told_need_not_be_told_to_be_worth_it():
    said = said_of("could_show: could tell")
    assert said.told("could_show").finding.verdict == Verdict("could_only_tell")
    assert "the smallest that is worth it" in said.sentence("could_show")


@pytest.mark.parametrize("name", ["could not", "could not, others neither"])
def test_a_small_promise_could_not_be_shown_and_somebody_is_asked(name):
    said = said_of(f"could_show: {name}")
    told = said.told("could_show")
    assert told.finding.verdict == Verdict("could_not_show")
    assert "This pilot cannot answer" in said.sentence("could_show")
    assert told.asks[0].what.startswith("Can the pilot for")
    assert told.would_change[0].startswith("No pilot of these areas")


def test_another_pilot_of_the_same_areas_is_named():
    half = said_of("could_show: could not, half could").told("could_show")
    assert "16 areas, 8 of them treated by lot" in half.would_change[0]
    wedge = said_of("could_show: could not, a wedge could").told("could_show")
    assert "16 areas start in 4 steps by lot" in wedge.would_change[0]


def test_few_lots_can_show_nothing():
    found = the_one(answer_of(CASES["four areas"]()), "could_show")
    assert (found.code, found.verdict) == ("could_show.too_few_areas", Verdict("could_not_show"))
    assert (found.tables, found.estimates) == ((), ())


def test_starting_everywhere_at_once_leaves_nothing_to_compare():
    found = the_one(answer_of(CASES["at once everywhere"]()), "could_show")
    assert found.code == "could_show.nothing_to_compare"
    assert found.verdict == Verdict("could_not_show")


def test_weights_serve_where_few_were_chosen():
    """One chosen area of 24: the test over the others, and a caveat that it was chosen."""
    said = said_of("could_show: few chosen")
    assert said.told("could_show").finding.verdict == Verdict("could_show")
    assert any("not drawn by lot" in one for one in said.caveats("could_show"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("no past", "There are no values of “full_bins” from before the start."),
        ("one area", "1 area has every period"),
        ("three areas", "3 areas have every period"),
        ("no length", "nobody has said"),
        ("no start", "nobody has said when it started"),
        ("too short", "it takes 13 at least"),
        ("treated without a past", "have no values from before the start"),
    ],
)
def test_what_is_lacking_is_asked_for(name, words):
    said = said_of(f"could_show: {name}")
    told = said.told("could_show")
    assert told.finding.verdict == Verdict.CANNOT_TELL
    assert words in said.sentence("could_show")
    assert told.asks


def test_only_the_time_before_the_start_counts():
    after = [
        {**row, "period": f"2025-{at:02}", "value": 1e6}
        for row in history(months=MONTHS[:1])
        for at in range(7, 13)
    ]
    known = the_one(answer_of(planned(HALF)), "could_show")
    found = the_one(answer_of(planned(HALF, outcomes=[*history(), *after])), "could_show")
    assert found.estimates == known.estimates


def test_of_an_idea_all_that_was_measured_is_past():
    known = the_one(answer_of(CASES["no plan"]()), "could_show")
    found = the_one(answer_of(CASES["an idea without a start"]()), "could_show")
    assert found.estimates == known.estimates


def test_strata_and_rows_in_another_order_change_no_word():
    known = the_one(answer_of(CASES["strata"]()), "could_show")
    turned = CASES["strata"]()
    turned = turned.having(outcomes=turned.rows["outcomes"][::-1])
    assert the_one(answer_of(turned), "could_show").estimates == known.estimates


def test_nothing_is_said_of_promises_by_accounts_or_of_costs():
    for says in ({"judged_by": "accounts", "indicator": None}, {"kind": "cost"}):
        assert of_code(answer_of(planned(HALF, says=says)), "could_show") == []


def test_the_end_of_the_pilot_on_one_axis():
    early = said_of("could_show: ends too early")
    found = early.told("horizon").finding
    assert found.verdict == Verdict("ends_too_early")
    assert found.estimate("pilot_months").value == pytest.approx(6.0, abs=0.1)
    assert "What is due later it cannot see: “A quarter fewer" in early.sentence("horizon")
    assert early.caveats("horizon") == [
        "Subscriptions are planned for 36 months beyond the pilot.",
        "The pilot covers 5.9 % of the time for which costs are planned.",
    ]
    (figure,) = found.figures
    assert [row[1] for row in figure.table.rows] == [6.0, 42.1, 102.0, 11.0]
    enough = said_of("could_show: could").told("horizon").finding
    assert enough.verdict == Verdict("sees_what_is_due")
    nobody = planned(HALF, judged={"horizon_months": None})
    assert of_code(answer_of(nobody), "horizon") == []


def test_what_is_due_on_the_last_day_is_seen():
    last = planned(HALF, says={"by": date(2026, 1, 1)}, judged={"horizon_months": 6.0})
    found = the_one(answer_of(last), "horizon")
    assert found.verdict == Verdict("sees_what_is_due")


def test_where_only_the_smallest_worthwhile_change_is_stated_it_is_what_is_to_be_shown():
    found = the_one(answer_of(planned(HALF, says={"target": None})), "could_show")
    assert found.verdict == Verdict("could_show")
    assert found.estimate("power_of_promise").value > 0.8


def test_what_going_on_as_today_costs_is_no_contract():
    today = Option(key="all", name="As today", kind=OptionKind.AS_TODAY)
    asked = CASES["ends too early"]().initiative_with(options=(today,))
    assert the_one(answer_of(asked), "horizon").caveats == ()
