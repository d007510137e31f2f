"""What can be expected: small cases, each with what it says."""

from __future__ import annotations

from datetime import date

import pytest

from evenground.questions.promise.tests.findings.cases import answer_of, said_of, the_one, town

DECIDED = date(2020, 1, 1)


def past(key, **more):
    return {
        "initiative_id": key, "promise_id": "1", "unit": "docks", "promised": 40.0,
        "delivered": 26.0, "stage": "ended", "domain": "mobility", **more,
    }  # fmt: skip


def several(n, delivered, **more):
    return [past(f"P{at:02d}", delivered=delivered, **more) for at in range(n)]


def costs(*ratios, **more):
    return [
        past(f"C{at:03d}", promised_cost=100.0, cost=100.0 * ratio, **more)
        for at, ratio in enumerate(ratios)
    ]


def mixed():
    """Return one of each kind: begun, never built, declined, running, not measured."""
    return [
        past("P1", promised_cost=100.0, cost=150.0, started_on=DECIDED,
             promised_by=date(2021, 1, 1), delivered_on=date(2022, 1, 1), is_it=True),
        past("P2", delivered=40.0, domain="waste"),
        past("P3", delivered=None, stage="never_built"),
        past("P4", delivered=None, stage="declined"),
        past("P5", delivered=None, stage="running"),
        past("P6", delivered=None, stage="stopped"),
        past("P7", kind="social", delivered=None, promised=None),
    ]  # fmt: skip


def register():
    return [
        {"initiative_id": "R1", "title": "Free wifi", "stage": "ended", "domain": "waste"},
        {"initiative_id": "R2", "title": "Compost yards", "stage": "proposed"},
        {"initiative_id": "R3", "title": "Cameras", "stage": "declined"},
    ]


LATE = {
    "started_on": DECIDED, "promised_by": date(2021, 1, 1), "delivered_on": date(2022, 1, 1),
}  # fmt: skip
HEAVY = [1.0 + (at / 60) ** -2.5 for at in range(1, 61)]
CASES = {
    "mixed": lambda: town(past_promises=mixed(), past_initiatives=register()),
    "one": lambda: town(past_promises=[past("P1")]),
    "usually most of it": lambda: town(past_promises=several(12, 38.0)),
    "usually little of it": lambda: town(past_promises=several(12, 4.0)),
    "nothing measured": lambda: town(past_initiatives=register()),
    "one not measured": lambda: town(past_promises=[past("P1"), past("P2", delivered=None)]),
    "two not measured": lambda: town(past_promises=several(2, None)),
    "no mean": lambda: town(past_promises=costs(*HEAVY)),
    "times": lambda: town(past_promises=costs(*[1.5] * 30, **LATE)),
    "one cost": lambda: town(past_promises=costs(1.5)),
    "one time": lambda: town(past_promises=costs(1.5, **LATE)),
    "two times": lambda: town(past_promises=costs(1.5, 1.2, **LATE)),
    "costs of what was not begun": lambda: town(
        past_promises=[
            *costs(1.5), past("D1", stage="declined", promised_cost=100.0, cost=0.0),
            past("N1", stage="never_built", promised_cost=100.0, cost=0.0),
        ]
    ),
    "one cost and roads": lambda: town(past_promises=costs(1.5)).setting(cost_class="roads"),
    "two costs and roads": lambda: town(past_promises=costs(1.5, 1.1)).setting(cost_class="roads"),
    "roads contradicted": lambda: town(past_promises=costs(*[4.0] * 20)).setting(
        cost_class="roads"
    ),
    **{
        f"uplift of {one}": lambda one=one: town(past_promises=[past("P1")]).setting(
            uplift_category=one
        )
        for one in (
            "standard_buildings", "non_standard_buildings", "standard_civil_engineering",
            "non_standard_civil_engineering", "outsourcing",
        )
    },
}  # fmt: skip


def found(name):
    return the_one(answer_of(CASES[name]()), "expected")


def test_nothing_where_there_is_no_past():
    codes = [one.code for one in answer_of(town()).findings]
    assert not [code for code in codes if code.startswith("expected")]


def test_by_hand():
    """26 of 40, all of it, nothing of what was never built: two of three brought over half."""
    one = found("mixed")
    assert one.verdict.code == "past_leaves_open"
    assert one.estimate("n_past").value == 3
    assert one.estimate("past_above_half").value == pytest.approx(2 / 3)
    names = [two.name for two in one.estimates]
    assert "past_half_up_to" not in names  # three cases rule nothing out
    rows = {row[0]: row for row in said_of("expected: mixed").rows("expected", "reference_class")}
    assert rows["Time, divided by the time planned"][2].startswith("2.0;")
    assert "C" not in one.asks[0].what.parameters["names"]
    assert set(one.asks[0].what.parameters["names"]) == {"P6", "Free wifi"}


def test_declined_ones_are_told_apart():
    rows = said_of("expected: mixed").rows("expected", "reference_class")
    begun, promised, domain = rows[:3]
    assert (begun[1], promised[1], domain[1]) == (3, 4, 1)
    assert promised[4].value == pytest.approx(2 / 4)
    stages = dict(said_of("expected: mixed").rows("expected", "stages"))
    assert stages == {
        "running, or not begun": 2, "ended": 4, "stopped": 1, "declined": 2,
        "decided, never built": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("usually most of it", "more_than_half_usual"),
        ("usually little of it", "less_than_half_usual"),
        ("nothing measured", "cannot_tell"),
        ("one", "past_leaves_open"),
    ],
)
def test_what_is_usual(name, verdict):
    assert found(name).verdict.code == verdict


def test_no_mean_is_told():
    one = found("no mean")
    assert not [two.name for two in one.estimates if "mean" in two.name]
    assert "caveat.no_mean.own" in [two.code for two in one.caveats]
    assert said_of("expected: no mean").sentence("expected").startswith("Of 60 past promises")


def test_a_published_class_counts_as_so_many():
    """One own ratio of 1.5 and roads at weight 4: half of 5 lies within the published half."""
    row = said_of("expected: one cost and roads").rows("expected", "reference_class")[2]
    alone = said_of("expected: one cost").rows("expected", "reference_class")[2]
    assert alone[2] == "1.5; anything is possible"
    assert row[2] == "1.2; anything is possible"
    assert row[-1] == "–"


def test_overruns_of_cost_and_time():
    one = found("times")
    assert one.estimate("past_cost_half_up_to").value == 1.5
    assert one.estimate("past_time_half_up_to").value == pytest.approx(731 / 366)
    assert one.estimate("past_time_half_up_to").unit == "times the plan"


def test_order_of_rows_does_not_matter():
    turned = answer_of(town(past_promises=mixed()[::-1], past_initiatives=register()))
    assert the_one(turned, "expected").estimates == found("mixed").estimates


def test_an_interval_that_rules_nothing_out_is_said_to():
    (begun, *_) = said_of("expected: mixed").rows("expected", "reference_class")
    assert begun[2] == "0.65; anything is possible"


def test_nobody_is_blamed_for_a_part():
    assert "A part that came is no reproach." in " ".join(
        said_of("expected: mixed").caveats("expected")
    )


def test_what_was_not_begun_has_no_cost_beside_its_plan():
    """Declined and never built for nothing: they would make half of all costs nothing."""
    rows = said_of("expected: costs of what was not begun").rows("expected", "reference_class")
    (cost,) = (row for row in rows if row[0] == "Cost, divided by the cost decided on")
    assert cost[1] == 1
    assert cost[2].startswith("1.5;")


def test_few_times_stand_beside_published_ones():
    """Mott MacDonald (2002), Table 2: equipment and development took 10 to 54 % longer."""
    caveats = " ".join(said_of("expected: one time").caveats("expected"))
    assert "Of times beside their plan, 1 past case is known here." in caveats
    assert "from 10 % to 54 % longer" in caveats.replace("\u202f", " ").replace("\xa0", " ")
    assert "longer than planned" not in " ".join(said_of("expected: times").caveats("expected"))


def test_why_there_is_no_mean_is_told_with_its_figure():
    caveats = " ".join(said_of("expected: one cost").caveats("expected"))
    assert "18 % of projects came to more than 1.5 times the estimate" in caveats.replace(
        "\xa0", " "
    )
