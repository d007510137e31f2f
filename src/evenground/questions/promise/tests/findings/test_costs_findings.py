"""Whole-life cost and leaving: small cases, each with what it says."""

from __future__ import annotations

import pytest

from evenground.initiative import Option, OptionKind
from evenground.questions.promise.tests.findings.cases import answer_of, said_of, the_one, town

TODAY = Option(
    key="as_today", name="As today", kind=OptionKind.AS_TODAY,
    cost={2026: 10.0, 2027: 10.0, 2028: 10.0}, price_year=2025,
)  # fmt: skip
BINS = Option(key="bins", name="All bins", kind=OptionKind.FULL, price_year=2026)
SHEET = Option(
    key="bins", name="All bins", kind=OptionKind.FULL, cost={2026: 90.0, 2027: 30.0, 2028: 30.0},
    price_year=2026, cost_of_leaving=5.0, leaving="Three months' notice", terms="Prices may rise",
)  # fmt: skip
TERMS = ("data_ownership", "dependence", "cost_of_leaving", "notice", "handover")
KINDS = ("purchase", "subscription", "maintenance", "staff", "leaving")


def line(year, kind, amount=None, **more):
    return {"option": "bins", "year": year, "kind": kind, "amount": amount, **more}


def terms(*about):
    return [{"option": "bins", "about": one, "words": "As the contract says"} for one in about]


def offered(*options, **rows):
    return town(**rows).initiative_with(options=options)


def complete():
    lines = [line(2026, "purchase", 60.0, low=55.0, high=80.0, price_year=2026)]
    lines += [line(year, "subscription", 20.0) for year in (2026, 2027, 2028)]
    lines += [line(2026, "maintenance", 4.0), line(2026, "staff", 8.0), line(2028, "leaving", 1.0)]
    return offered(TODAY, BINS, cost_lines=lines, exit_terms=terms(*TERMS))


CASES = {
    "complete": complete,
    "sheet only": lambda: offered(TODAY, SHEET),
    "nothing given": lambda: offered(BINS),
    "no amount": lambda: offered(BINS, cost_lines=[line(2026, kind) for kind in KINDS[:1]]),
    "no amounts": lambda: offered(
        BINS,
        cost_lines=[*(line(2026, kind, 1.0) for kind in KINDS), *(line(2027, "data"),) * 2],
    ),
    "owed later": lambda: offered(
        BINS,
        cost_lines=[
            line(2026, "purchase", 9.0),
            line(2027, "subscription"),
            line(2028, "staff", 1.0),
            line(2028, "leaving", 0.0),
        ],
    ),
    "leaving not given": lambda: offered(
        BINS, cost_lines=[line(year, "staff", 1.0) for year in (2026, 2027)]
    ),
    "lines and another total": lambda: offered(
        SHEET, cost_lines=[line(2026, "purchase", 60.0), line(2027, "staff", 30.0)]
    ),
    "a crossed range": lambda: offered(
        BINS, cost_lines=[line(2026, "staff", 5.0, low=6.0, high=9.0)]
    ),
    "crossed ranges": lambda: offered(
        BINS, cost_lines=[line(year, "staff", 5.0, low=6.0, high=9.0) for year in (2026, 2027)]
    ),
    "one rate": lambda: offered(SHEET).setting(discount_schedule="us"),
    "a year out of reach": lambda: offered(
        BINS, cost_lines=[line(2026, "staff", 1.0), line(2126, "staff", 1.0)]
    ).setting(discount_schedule="denmark"),
    "years out of reach": lambda: offered(
        BINS, cost_lines=[line(year, "staff", 1.0) for year in (2026, 2126, 2127)]
    ).setting(discount_schedule="denmark"),
}


def found(name):
    return the_one(answer_of(CASES[name]()), "costs")


def test_nothing_where_there_is_nothing_to_buy():
    codes = [one.code for one in answer_of(offered(TODAY)).findings]
    assert not [code for code in codes if code.startswith("costs")]


def test_by_hand():
    one = found("complete")
    assert one.verdict.code == "costs_known"
    total = one.estimate("whole_life_cost", "All bins")
    assert (total.value, total.low, total.high) == (133, 128, 153)
    assert one.estimate("whole_life_cost", "As today").value == 30
    rows = said_of("costs: complete").rows("costs", "whole_life")
    assert rows[1][1] == "2026–2028"
    assert rows[1][4].value == pytest.approx(rows[1][3].value / (1 + 1 / 1.035 + 1 / 1.035**2))
    assert said_of("costs: complete").rows("costs", "paid_for")[1][2].value == 1
    assert said_of("costs: complete").rows("costs", "paid_for")[1][3] == "–"
    share = said_of("costs: complete").rows("costs", "paid_for")[1][1]
    assert share.value == pytest.approx(60 / 133)
    assert not one.asks


def test_what_leaving_saves_year_by_year():
    """At the end of 2027: 20 to pay for staying in 2028, less 10 of going on as today, less 0."""
    rows = said_of("costs: complete").rows("costs", "leaving_by_year")
    assert [row[1] for row in rows] == ["2026", "2027", "2028"]
    saved = [row[3].value for row in rows]
    assert saved[1] == pytest.approx((20 - 10 + 1) / 1.035)
    assert saved[2] == 1
    assert rows[0][2].value == 60 + 20 + 4 + 8 + 1
    assert "All bins: leaving at the end of 2026 and going on as today would cost less" in " ".join(
        said_of("costs: complete").caveats("costs")
    )


def test_a_total_is_not_broken_down_and_that_is_asked():
    one = found("sheet only")
    assert one.verdict.code == "costs_partly_known"
    assert not one.estimates  # no table says it: the amounts are told in words
    assert said_of("costs: sheet only").rows("costs", "whole_life")[1][2] == "155 EUR"
    assert [two.what.code for two in one.asks] == ["ask.broken_down", "ask.exit"]
    rows = said_of("costs: sheet only").rows("costs", "exit_terms")
    assert ("All bins", "what leaving costs", "“Three months' notice”") in rows
    assert ("All bins", "whose the data are", "not given") in rows
    assert ("All bins", "other terms", "“Prices may rise”") in rows


def test_nothing_given_is_said_and_asked():
    one = found("nothing given")
    assert one.verdict.code == "costs_not_known"
    assert not one.estimates
    assert [two.what.code for two in one.asks] == ["ask.whole_life", "ask.exit"]
    assert said_of("costs: nothing given").rows("costs", "whole_life") == [
        ("All bins", *("not given",) * 4)
    ]
    assert said_of("costs: nothing given").rows("costs", "paid_for") == [
        ("All bins", *("not given",) * 2, "all of it")
    ]


def test_outcome_data_are_not_needed():
    assert "outcomes" not in CASES["complete"]().rows


def test_what_is_owed_without_an_amount_makes_a_bound():
    rows = said_of("costs: owed later").rows("costs", "leaving_by_year")
    assert rows[0][2].value == 9
    assert rows[0][3].startswith("at least ")
    assert rows[1][2] == "at least 9 EUR"
    assert rows[1][3].value == pytest.approx(1 / 1.035)


def test_what_leaving_costs_is_at_least_what_is_given():
    """Without a cost of leaving, neither what is paid by then nor what is saved is the whole."""
    told = said_of("costs: leaving not given")
    rows = told.rows("costs", "leaving_by_year")
    assert [row[2] for row in rows] == ["at least 1 EUR", "at least 2 EUR"]
    assert all(row[3].startswith("at least ") for row in rows)
    assert "as if nothing took its place" in " ".join(told.caveats("costs"))
    assert "nothing took" not in " ".join(said_of("costs: complete").caveats("costs"))
