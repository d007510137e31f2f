"""How units and money came about, as findings: recomputed slowly from the rows of the tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest

from evenground.evidence import Estimate, Message, Verdict
from evenground.frame.areas import frame
from evenground.frame.sites import sites_of
from evenground.frame.unit_sets import unit_sets
from evenground.methods.inequality.gini import gini
from evenground.questions.reach import QUESTION
from evenground.questions.reach.findings import drawn as drawn_module
from evenground.questions.reach.findings.answering import _context, _history
from evenground.questions.reach.findings.dispersion import dispersion
from evenground.questions.reach.findings.money import _order
from evenground.questions.reach.measures.cumulative_advantage import cumulative_advantage
from evenground.questions.reach.measures.lead_lag import lead_lag
from evenground.questions.reach.measures.time_to_parity import time_to_parity
from evenground.tests.scenarios import scenario
from evenground.tests.scenarios_over_time import (
    added_each_year,
    inside,
    listed,
    paid,
    public_money,
    spent,
    two_payers,
)
from evenground.tests.towns import AGE, POVERTY, TODAY, at, counted, grid, measured, saltmarsh

GAPS = ("gap closed", "gap closing", "gap staying", "gap widening", "gap unclear")


@cache
def answer_to(name):
    """Return the answer on a scenario, once for all tests."""
    return scenario(name).answered(QUESTION)


def findings(town, start):
    """Return all findings whose codes start like this, of a town or a scenario by its name."""
    answer = answer_to(town) if isinstance(town, str) else town.answered(QUESTION)
    return [one for one in answer.findings if one.code.startswith(start)]


def found(town, start):
    """Return the one finding whose code starts like this."""
    every = findings(town, start)
    assert len(every) == 1, [one.code for one in every]
    return every[0]


def context_in(town):
    """Return what findings are made from, to ask for a single one."""
    case, tables = town.case(QUESTION), town.tables()
    areas, sites = frame(tables, case), sites_of(case.places["sites"], tables["sites"])
    sets = unit_sets(case, sites)
    context = _context(areas, case, sets, tables=tables)
    return replace(context, history=_history(sites, sets, case=case, areas=areas))


def order_of_money(town):
    """Return the finding on what came first."""
    context = context_in(town)
    (finding,) = _order(context, context.spending)
    return finding


def table_of(finding, key):
    """Return the rows of a table."""
    return next(one.rows for one in finding.tables if one.key == key)


def estimate(finding, name, about=None):
    """Return one estimate."""
    return next(one for one in finding.estimates if one.name == name and about in {None, one.about})


def square_of(point):
    """Return the number of the square that holds a point, in rows of four."""
    column, row = (
        int((c - o) // 1000) for c, o in zip(point.coords[0], at(0, 0).coords[0], strict=True)
    )
    return 4 * row + column


# parity


@pytest.mark.parametrize("name", GAPS)
def test_parity_is_told_from_the_rates_in_the_table(name):
    rows = table_of(found(name, "by_date"), "dates")
    days = [row[0] for row in rows]
    gap = np.array([row[4].value - row[2].value for row in rows])
    years = [(day - days[-1]).days / 365.25 for day in days]
    expected = time_to_parity(gap, years, confidence=0.95)
    finding = found(name, "parity")
    assert finding.code.split(".")[1] == expected.verdict
    assert finding.verdict.code == expected.verdict
    assert finding.parameters["gap_first"] == pytest.approx(abs(gap[0]))
    assert finding.parameters["gap_last"] == pytest.approx(abs(gap[-1]))
    told = estimate(finding, "gap")
    assert (told.low, told.value, told.high) == pytest.approx(
        (expected.gap_low, expected.gap_now, expected.gap_high)
    )
    if expected.verdict == "at_this_rate":
        ends = finding.parameters["years"].parameters
        assert (ends["low"], ends["high"]) == pytest.approx((expected.time_low, expected.time_high))


def test_every_verdict_on_a_gap_comes_up():
    told = {found(name, "parity").code for name in GAPS}
    assert told == {"parity.reached", "parity.at_this_rate", "parity.not_at_this_rate",
                    "parity.widening", "parity.cannot_tell"}  # fmt: skip


def test_three_dates_are_no_trend():
    finding = found("roll-out", "parity")
    assert finding.code == "parity.cannot_tell.few"
    assert finding.verdict is Verdict.CANNOT_TELL
    assert finding.estimates == ()


def test_by_date_holds_rates_by_hand():
    """Rates are units of a class over its people, on every date."""
    town = scenario("roll-out")
    people = [r["count"] for r in town.rows["population"] if r["group"] == "total"]
    low = np.arange(16) <= 5  # the third of squares with least poverty
    for day, n, first, *_ in table_of(found("roll-out", "by_date"), "dates"):
        there = [square_of(r["geometry"]) for r in town.rows["sites"] if r["observed"] == day]
        held = np.bincount(there, minlength=16)
        assert n == held.sum()
        assert first.value == pytest.approx(10_000 * held[low].sum() / np.array(people)[low].sum())


# units that follow units


def panel_of(town, monkeypatch, key="units"):
    """Return the finding on what was added, and the panel that was handed to the tests."""
    seen = []

    def spy(panel, **more):
        seen.append(panel)
        return cumulative_advantage(panel, **more)

    monkeypatch.setattr(drawn_module, "cumulative_advantage", spy)
    every = drawn_module.drawn(context_in(town))
    at_key = [
        one.parameters["things"].code == f"things.{key}" for one in every
    ].index(True)  # fmt: skip
    return every[at_key], seen[at_key]


@pytest.mark.parametrize("name", ["snowball", "roll-out", "evening out", "gap widening"])
def test_the_panel_is_what_the_lists_say(name, monkeypatch):
    """A place is new if none of any earlier list is within 15 m; those together count once."""
    town = scenario(name)
    finding, panel = panel_of(town, monkeypatch)
    rows = town.rows["sites"]
    days = sorted({row["observed"] for row in rows})
    known: list = []
    expected = []
    for day in days:
        listed_then = [row["geometry"] for row in rows if row["observed"] == day]
        new: list = []
        for place in listed_then:
            if all(place.distance(old) > 15 for old in [*known, *new]):
                new.append(place)
        expected.append(np.bincount([square_of(one) for one in new], minlength=16))
        known += listed_then
    assert panel.before.tolist() == expected[0].tolist()
    assert panel.new.tolist() == [row.tolist() for row in expected[1:]]
    assert finding.parameters["added"] == sum(row.sum() for row in expected[1:])
    people = [r["count"] for r in town.rows["population"] if r["group"] == "total"]
    assert panel.people.tolist() == people
    assert panel.need.tolist() == [row["value"] for row in town.rows["indicators"]]


def test_dates_of_installation_make_a_panel(monkeypatch):
    town = scenario("installed")
    _, panel = panel_of(town, monkeypatch)
    rows = town.rows["sites"]
    first = min(row["installed"] for row in rows if row.get("installed")).year
    expected = np.zeros((TODAY.year - first, 16))
    before = np.zeros(16)
    for row in rows:
        started = row["installed"].year if row.get("installed") else first
        removed = row.get("removed")
        if removed and removed.year == started:
            continue
        if started == first:
            before[square_of(row["geometry"])] += 1
        else:
            expected[started - first - 1, square_of(row["geometry"])] += 1
    assert panel.new.tolist() == expected.tolist()
    assert panel.before.tolist() == before.tolist()


def test_units_where_nobody_lives_are_left_out(monkeypatch):
    town = scenario("snowball")
    people = [0 if n == 1 else 900 for n in range(16)]
    other = [row for row in town.rows["population"] if row["group"] != "total"]
    rows = [*counted(town.rows["areas"], "total", people), *other]
    _, panel = panel_of(town.having(population=rows), monkeypatch)
    assert panel.people.size == 15
    assert 0 not in panel.people


@pytest.mark.parametrize(("square", "given"), [(None, "need"), (3, "people")])
def test_need_is_used_only_where_it_is_known_everywhere(square, given, monkeypatch):
    town = scenario("snowball")
    values = [None if n == square else 5.0 + n for n in range(16)]
    town = town.having(indicators=measured(town.rows["areas"], "poverty", values))
    finding, panel = panel_of(town, monkeypatch)
    assert finding.parameters["given"].code == f"given.{given}"
    assert (panel.need is None) is (square is not None)


def test_need_may_be_unknown_where_nobody_lives(monkeypatch):
    town = scenario("snowball")
    values = [None if n == 3 else 5.0 + n for n in range(16)]
    other = [row for row in town.rows["population"] if row["group"] != "total"]
    people = counted(town.rows["areas"], "total", [0 if n == 3 else 900 for n in range(16)])
    town = town.having(
        indicators=measured(town.rows["areas"], "poverty", values), population=[*people, *other]
    )
    finding, panel = panel_of(town, monkeypatch)
    assert finding.parameters["given"].code == "given.need"
    assert panel.need.size == 15


def test_groups_of_people_are_no_need(monkeypatch):
    finding, panel = panel_of(scenario("snowball").city_with(groups=(AGE,)), monkeypatch)
    assert panel.need is None
    assert finding.parameters["given"].code == "given.people"


def test_projects_are_counted_and_not_their_amounts(monkeypatch):
    """Three amounts in one square and year are three, whatever they are; private ones none."""
    code = grid(4, 4)[5]["area_id"]
    rows = [
        paid(code, 2020, 1e3), paid(code, 2020, 5e6), paid(code, 2020, 2.0, payer="mixed"),
        paid(code, 2020, 9e9, payer="private"), paid(code, 2022, 7.0, payer=None),
        *public_money(8, 8),
    ]  # fmt: skip
    finding, panel = panel_of(spent(rows), monkeypatch, key="rows")
    assert panel.new.shape == (4, 16)
    assert panel.new[:, 5].tolist() == [3, 0, 1, 0]
    assert panel.new.sum() == 20
    assert finding.parameters["added"] == 20
    assert not panel.before.any()
    assert finding.parameters["first"].parameters["text"] == "2020"


def test_only_private_money_is_no_public_project():
    rows = [paid(one["area_id"], 2020, 1e5, payer="private") for one in grid(4, 4)]
    assert findings(spent(rows), "drawn") == []
    assert findings(spent(rows), "money.") == []


def test_nothing_new_cannot_tell():
    finding = found("nothing new", "drawn")
    assert finding.code == "drawn.cannot_tell"
    assert finding.parameters["added"] == 0
    assert [row[-1].code for row in table_of(finding, "drawn")] == ["no_test", "no_test"]


def test_numbers_told_are_those_of_both_tests(monkeypatch):
    town = scenario("snowball")
    finding, panel = panel_of(town, monkeypatch)
    rng = town.case(QUESTION).rng("drawn:units")
    expected = cumulative_advantage(panel, rng=rng, n_draws=999, alpha=1 - 0.95)
    assert finding.code == f"drawn.{expected.verdict}"
    odds = estimate(finding, "odds_ratio")
    one = expected.persistence
    assert (odds.low, odds.value, odds.high) == pytest.approx((one.low, one.odds_ratio, one.high))
    assert estimate(finding, "persistence_p").value == pytest.approx(one.p_value)
    assert estimate(finding, "order_p").value == pytest.approx(expected.order.p_value)


# money


def test_money_by_hand():
    """40 amounts in the southern row, 6 in the northern: classes hold 6 and 5 squares."""
    town = scenario("money less")
    finding = found("money less", "money.")
    rows = {row[0]: row[1:] for row in table_of(finding, "money")}
    people = np.array([r["count"] for r in town.rows["population"] if r["group"] == "total"])
    low, high = np.arange(16) <= 5, np.arange(16) > 10
    assert rows["low-poverty areas"][0].value == 40 * 1e5
    assert rows["high-poverty areas"][0].value == 6 * 1e5
    assert rows["middle areas"][0].value == 0
    heads = (6e5 / people[high].sum(), 4e6 / people[low].sum())
    told = finding.parameters["head_focus"], finding.parameters["head_reference"]
    assert told == pytest.approx(heads, rel=6e-3)
    assert rows["high-poverty areas"][3] == pytest.approx(heads[0], rel=6e-3)
    assert estimate(finding, "money_ratio").value == pytest.approx(heads[0] / heads[1])
    assert finding.parameters["total"] == 4.6e6
    (left,) = [one for one in finding.caveats if one.code == "caveat.money_left"]
    assert left.parameters["n"] == 1
    assert finding.parameters["n_amounts"] == 46


@pytest.mark.parametrize("name", ["money less", "money more", "money alike"])
@pytest.mark.parametrize("group", [POVERTY, AGE])
def test_amounts_of_groups_add_up(name, group):
    town = scenario(name).city_with(groups=(group,))
    total = sum(
        row["amount"]
        for row in town.rows["spending"]
        if row["payer"] != "private" and row["amount"] > 0 and row["year"] is not None
        and row.get("currency", "EUR") == "EUR"
    )  # fmt: skip
    finding = found(town, "money.")
    amounts = [one.value for one in finding.estimates if one.name == "amount"]
    assert sum(amounts) == pytest.approx(total)
    rows = table_of(finding, "money")
    assert sum(row[2].value for row in rows) == pytest.approx(1)
    assert sum(row[3].value for row in rows) == pytest.approx(1)


def test_money_where_nobody_was_counted_says_nothing():
    town = scenario("money less")
    gone = grid(4, 4)[0]["area_id"]
    people = [row for row in town.rows["population"] if row["area_id"] != gone]
    finding = found(town.having(population=people), "money.")
    assert finding.parameters["n_amounts"] == 36
    amounts = [one.value for one in finding.estimates if one.name == "amount"]
    assert sum(amounts) == pytest.approx(36 * 1e5)


def test_amounts_by_year_add_up_to_amounts_by_group():
    """The lines of the figure, times people, over all years."""
    town = scenario("money more")
    finding = found("money more", "money.")
    people = np.array([r["count"] for r in town.rows["population"] if r["group"] == "total"])
    totals = {"low-poverty areas": people[:6].sum(), "middle areas": people[6:11].sum(),
              "high-poverty areas": people[11:].sum()}  # fmt: skip
    (figure,) = finding.figures
    drawn = figure.spec["data"]["values"]
    for name, living in totals.items():
        summed = sum(row["value"] for row in drawn if row["group"] == name) * living
        assert summed == pytest.approx(estimate(finding, "amount", name).value, rel=1e-4)
    assert sorted({row["day"] for row in drawn}) == ["2020", "2021", "2022", "2023"]


def test_the_area_with_most_is_told():
    rows = [*public_money(4, 4), paid(grid(4, 4)[15]["area_id"], 2021, 7e5)]
    finding = found(spent(rows), "money.")
    assert finding.parameters["largest"] == pytest.approx((1e5 + 7e5) / 15e5)


def test_one_year_is_no_line():
    finding = found(spent([paid(one["area_id"], 2020, 1e5) for one in grid(4, 4)]), "money.")
    assert finding.figures == ()
    assert finding.parameters["period"].code == "period.year"


@pytest.mark.parametrize(
    ("order", "sign"), [("after", 1), ("before", -1), ("together", 0), ("apart later", 1)]
)
def test_which_money_comes_first(order, sign):
    """What peaks at lags above 0 is private money after public money."""
    finding = order_of_money(two_payers(order))
    rows = table_of(finding, "lags")
    peak = max(rows, key=lambda row: abs(row[1]))
    assert np.sign(peak[0]) == sign
    word = finding.code.split(".")[1]
    assert word == {"apart later": "apart"}.get(order, order)
    assert finding.parameters["lag"].parameters["n"] == abs(peak[0])
    assert finding.parameters["lag"].code == ("lag.later" if sign else "lag.same")
    assert np.sign(peak[1]) == (-1 if word == "apart" else 1)
    assert [row[0] for row in rows] == list(range(-3, 4))


def test_lags_are_those_of_the_panels():
    town = two_payers("after")
    finding = order_of_money(town)
    codes = [one["area_id"] for one in grid(4, 4)]
    panels = {payer: np.zeros((16, 12)) for payer in ("public", "private")}
    for row in town.rows["spending"]:
        panels[row["payer"]][codes.index(row["area_id"]), row["year"] - 2008] += row["amount"]
    expected = lead_lag(
        panels["public"], panels["private"], rng=town.case(QUESTION).rng("money_order"), max_lag=3
    )
    rows = table_of(finding, "lags")
    assert [row[1] for row in rows] == pytest.approx(list(expected.correlation), abs=6e-4)
    assert estimate(finding, "order_any").value == pytest.approx(expected.p_any)


def test_one_payer_alone_has_no_order():
    assert findings("money less", "money_order") == []
    mixed = [*public_money(9, 9), *public_money(9, 9, payer="mixed")]
    assert findings(spent(mixed), "money_order") == []


# dispersion


@pytest.mark.parametrize("name", ["evening out", "drawing apart", "snowball"])
def test_unevenness_by_date_slowly_again(name):
    town = scenario(name)
    people = np.array([r["count"] for r in town.rows["population"] if r["group"] == "total"])
    for day, told, _ in table_of(found(name, "dispersion"), "dispersion"):
        there = [square_of(r["geometry"]) for r in town.rows["sites"] if r["observed"] == day]
        rates = np.bincount(there, minlength=16) / people
        assert told == pytest.approx(gini(rates, people), abs=6e-4)


@pytest.mark.parametrize(("name", "seed"), [("evening out", 1), ("drawing apart", 2)])
def test_what_lots_give_slowly_again(name, seed):
    """Drawn anew place by place: medians of 199 draws differ by their Monte-Carlo error only."""
    town = scenario(name)
    people = np.array([r["count"] for r in town.rows["population"] if r["group"] == "total"])
    error = (
        np.array([r["margin"] for r in town.rows["population"] if r["group"] == "total"]) / 1.645
    )
    rng = np.random.default_rng(seed)
    for day, _, told in table_of(found(name, "dispersion"), "dispersion"):
        n = sum(row["observed"] == day for row in town.rows["sites"])
        drawn = []
        for _ in range(400):
            true = np.maximum(people + error * rng.normal(size=16), 0)
            squares = rng.choice(16, size=n, p=true / true.sum())
            drawn.append(gini(np.bincount(squares, minlength=16) / people, people))
        # The median of m draws has a standard error of 1.25 sd / sqrt(m); both are drawn.
        slack = 4 * 1.25 * np.std(drawn) * np.sqrt(1 / 199 + 1 / 400)
        assert told == pytest.approx(np.median(drawn), abs=slack + 5e-4)


@pytest.mark.parametrize(
    ("name", "code"),
    [("catching up", "converging"), ("falling behind", "diverging"), ("neither", "no_change_told"),
     ("evening out", "described"), ("snowball", "cannot_tell")],
)  # fmt: skip
def test_catching_up_is_told(name, code):
    (finding,) = dispersion(context_in(scenario(name)))
    assert finding.code == f"dispersion.{code}"
    slopes = [one for one in finding.estimates if one.name == "slope"]
    assert bool(slopes) is (code in {"converging", "diverging", "no_change_told"})
    for slope in slopes:
        assert slope.low <= slope.value <= slope.high
        assert slope.high < 0 or code != "converging"
        assert slope.low > 0 or code != "diverging"


def test_units_at_every_date_or_no_dispersion():
    """At the first date all stood outside: no unevenness can be given."""
    rows = listed([{"geometry": at(9.0, 9.0)}], inside(5, 0, 0))
    assert findings(saltmarsh(sites=rows), "dispersion") == []


def test_time_has_no_finding_without_people():
    town = added_each_year([[1] * 16, [1] * 16]).without("population")
    for start in ("dispersion", "drawn", "money"):
        assert findings(town, start) == []


def test_dates_are_told_as_they_are():
    finding = found("roll-out", "dispersion")
    days = [date(2023, 6, 1), date(2024, 6, 1), date(2025, 6, 1)]
    assert [row[0] for row in table_of(finding, "dispersion")] == days
    assert all(not isinstance(cell, Estimate | Message) for row in table_of(finding, "dispersion")
               for cell in row)  # fmt: skip
