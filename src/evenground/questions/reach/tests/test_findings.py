"""What Reach answers, case by case: verdicts, what turns them, what is missing, what is beside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from evenground.evidence import Estimate, EstimateKind, Message, Verdict
from evenground.initiative import Decision, Stage
from evenground.questions.reach import QUESTION
from evenground.tests.scenarios import scenario
from evenground.tests.towns import (
    AGE,
    PEOPLE,
    POVERTY,
    area_id,
    at,
    counted,
    grid,
    measured,
    saltmarsh,
    spread,
)


def answered(town):
    """Return what Reach answers."""
    return town.answered(QUESTION)


def found(town, start, *, group=None):
    """Return the one finding whose code starts like this, of a grouping if one is named."""
    every = [
        one
        for one in answered(town).findings
        if one.code.startswith(start) and group in {None, one.parameters.get("group")}
    ]
    assert len(every) == 1, [one.code for one in every]
    return every[0]


def table_of(finding, key):
    """Return the rows of a finding's table."""
    return next(table.rows for table in finding.tables if table.key == key)


def codes(messages):
    """Return the codes of messages."""
    return [message.code for message in messages]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("less", "reaches_less"),
        ("more", "reaches_more"),
        ("alike", "alike"),
        ("too few", "cannot_tell"),
        ("none in focus", "reaches_less.none_there"),
        ("none in reference", "reaches_more.none_there"),
        ("four in reference", "alike.none_there"),
        ("four in focus", "alike.none_there"),
    ],
)
def test_each_verdict_has_its_sentence(name, code):
    answer = answered(scenario(name))
    assert answer.headline.code == f"headline.{code}"
    assert answer.headline.verdict.code == code.split(".")[0]
    first = found(scenario(name), "by_group", group="Poverty")
    assert first.code == f"by_group.{code}"
    assert first.verdict == answer.headline.verdict


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("no sites", "headline.no_sites"),
        ("all outside", "headline.none_inside"),
        ("no areas", "headline.no_areas"),
        ("no groups", "headline.no_groups"),
        ("no population, groups of people", "headline.no_figures"),
        ("codes, centres", "headline.no_people"),
        ("centres, no groups", "headline.no_shapes"),
        ("none in either", "headline.none"),
        ("in no class", "headline.none"),
    ],
)
def test_cannot_tell_says_why(name, code):
    headline = answered(scenario(name)).headline
    assert headline.code == code
    assert headline.verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize(
    ("name", "order"), [("centres", "farther"), ("as far", "as_far"), ("no population", "farther")]
)
def test_distance_speaks_where_nothing_else_can(name, order):
    headline = answered(scenario(name)).headline
    assert headline.code == f"headline.distance.{order}"
    assert "caveat.only_distance" in codes(headline.caveats)
    assert headline.figures == ()


def test_the_headline_holds_the_two_rates_and_their_ratio():
    headline = answered(scenario("less")).headline
    names = [(one.name, one.about) for one in headline.estimates]
    assert names == [("rate", "high-poverty areas"), ("rate", "low-poverty areas"), ("ratio", "")]
    focus, reference, ratio = headline.estimates
    assert ratio.value == pytest.approx(focus.value / reference.value)
    assert ratio.kind is EstimateKind.ESTIMATED
    assert ratio.level == 0.95


def test_confidence_is_the_city_s():
    wide = answered(scenario("less").setting(confidence=0.99)).headline.estimate("ratio")
    narrow = answered(scenario("less").setting(confidence=0.8)).headline.estimate("ratio")
    assert (wide.level, narrow.level) == (0.99, 0.8)
    assert wide.low < narrow.low < narrow.value == wide.value < narrow.high < wide.high


def turning_town():
    """Return a town with as many bins per resident everywhere, and much land in the north."""
    areas = [
        {**row, "land_km2": 1.0 if row["geometry"].bounds[1] < 5_502_000 else 30.0}
        for row in grid()[:16]
    ]
    return scenario("alike").having(
        areas=areas[:16],
        population=counted(areas, "total", [1000.0] * 16),
        indicators=measured(areas, "poverty", [float(n) for n in range(16)]),
        sites=spread([6] * 16, areas),
    ).city_with(groups=(POVERTY,), baselines=(PEOPLE,))  # fmt: skip


def test_a_baseline_that_turns_the_answer_is_named():
    headline = answered(turning_town()).headline
    assert headline.code == "headline.alike"
    (turn,) = [one for one in headline.would_change if one.code == "turns.baseline"]
    assert turn.parameters["baseline"] == "wording:land_area"
    assert turn.parameters["answer"].code == "verdict.reaches_less"
    rows = table_of(found(turning_town(), "by_group"), "baselines")
    assert [row[0] for row in rows] == ["residents", "wording:land_area"]
    assert [row[-1].code for row in rows] == ["answer.alike", "answer.reaches_less"]


def test_a_baseline_that_changes_nothing_turns_nothing():
    headline = answered(scenario("less")).headline
    assert [one for one in headline.would_change if one.code == "turns.baseline"] == []


def test_of_a_proposal_the_option_with_most_units_is_told_first():
    answer = answered(scenario("proposal"))
    assert answer.headline.bears_on == ("all",)
    others = [one for one in answer.findings if one.code.startswith("by_option")]
    assert [(one.code, one.bears_on) for one in others] == [
        ("by_option", ("trial",)),
        ("by_option.today", ()),
    ]
    assert [one.parameters["n_option"] for one in others] == [24, 16]


def test_what_runs_is_told_before_what_could_be():
    answer = answered(scenario("proposal").initiative_with(stage=Stage.RUNNING))
    assert answer.headline.bears_on == ()
    others = [one for one in answer.findings if one.code.startswith("by_option")]
    assert [one.bears_on for one in others] == [("all",), ("trial",)]


def test_today_s_units_do_not_answer_for_planned_ones():
    answer = answered(scenario("only today"))
    assert [need.table for need in answer.unmet] == ["sites"]
    assert answer.headline.asks
    assert [one.code for one in answer.findings].count("without_sites") == 2


def test_a_roll_out_is_told_by_date():
    finding = found(scenario("roll-out"), "by_date")
    rows = table_of(finding, "dates")
    days = [date(2023, 6, 1), date(2024, 6, 1), date(2025, 6, 1)]
    assert [row[0] for row in rows] == days
    counts = [row[1] for row in rows]
    town = scenario("roll-out")
    assert counts == [sum(s["observed"] == day for s in town.rows["sites"]) for day in days]
    assert (finding.parameters["n_first"], finding.parameters["n_last"]) == (counts[0], counts[-1])
    by_rates = [row[2].value for row in rows]
    assert by_rates == sorted(by_rates), "more bins on each date, as many people"
    assert finding.verdict is Verdict.DESCRIBED
    assert "caveat.described" in codes(finding.caveats)


def test_one_date_is_no_time_line():
    codes_ = codes(answered(scenario("less")).findings)
    assert not any(code.startswith("by_date") for code in codes_)


def test_candidates_replace_chance_over_people():
    """Where places are listed, chance draws from these: all in the south, by necessity."""
    town = scenario("less")
    south = [row for row in town.rows["areas"] if row["geometry"].bounds[1] < 5_501_000]
    chosen = spread([5] * 4, south)
    listed = [{**row, "candidate": True} for row in spread([5] * 4, south, seed=8)]
    finding = found(town.having(sites=[*chosen, *listed]), "by_group", group="Poverty")
    bands = [one for one in finding.estimates if one.name == "chance_share"]
    low, _, high = bands
    assert (high.value, high.low, high.high) == (0, 0, 0), "no place was listed there"
    assert low.value > 0.9
    assert any("candidates" in code for code in codes(finding.caveats))
    free = found(town.having(sites=chosen), "by_group", group="Poverty")
    assert [one for one in free.estimates if one.name == "chance_share"][2].value > 0.1


def test_groups_that_nobody_counts_stand_beside_those_that_are():
    finding = found(scenario("uncounted"), "who_gains")
    rows = table_of(finding, "who_gains")
    counted_rows = [row for row in rows if isinstance(row[2], Estimate)]
    others = {row[1]: row[2] for row in rows if isinstance(row[2], Message)}
    assert len(counted_rows) == 6
    assert others["people who work here"].code == "uncounted.ask"
    assert others["people who work here"].parameters["who"] == "the chamber of commerce"
    assert others["people without papers"].code == "uncounted.nobody"


def test_groups_that_were_heard_are_not_called_unasked():
    rows = table_of(found(scenario("uncounted and heard"), "who_gains"), "who_gains")
    heard = {row[1]: row[2] for row in rows if isinstance(row[2], Message)}
    assert heard["people who work here"].parameters["n"] == 1
    assert heard["people without papers"].parameters["n"] == 2
    assert {one.code for one in heard.values()} == {"uncounted.accounts"}


def test_without_sites_an_even_spread_is_a_yardstick():
    finding = found(scenario("no sites").city_with(groups=(POVERTY,)), "without_sites")
    rows = table_of(finding, "even")
    assert [row[0] for row in rows] == list(POVERTY.labels)
    for column in range(1, len(rows[0])):
        given = [row[column].value for row in rows]
        assert sum(given) == 60
        assert all(isinstance(one, int) for one in given)
    # Classes of 6, 5 and 5 squares out of 16: 22.5, 18.75 and 18.75 units, by largest remainder.
    assert [row[-1].value for row in rows] == [22, 19, 19]
    assert codes(finding.caveats) == ["caveat.even_is_no_plan"]


def test_nothing_planned_no_yardstick():
    assert answered(scenario("no sites, nothing planned")).findings == ()


def test_whom_to_ask_and_by_when():
    town = scenario("offer alone")
    answer = answered(town)
    to = {ask.what.code: ask for ask in answer.headline.asks}
    assert to["ask.sites"].to.parameters == {"name": "Binco"}
    assert to["ask.areas"].to.code == "to.statistics"
    assert all(ask.by == town.initiative.decision.ask_by for ask in to.values())
    assert all(ask.by <= date(2026, 6, 1) for ask in to.values())
    anonymous = answered(town.initiative_with(offered_by="", decision=Decision()))
    (first, *_) = anonymous.headline.asks
    assert first.to.code == "to.offerer_unknown"
    assert first.by is None


def test_rows_without_a_place_and_places_outside_are_said():
    finding = found(scenario("boundaries"), "counted")
    said = {one.code: one.parameters["n"] for one in finding.caveats}
    assert said == {"counted.unlocated": 3, "counted.boundary": 3, "counted.outside": 3}
    named = {one.name: one.value for one in finding.estimates}
    assert named["on_boundary"] == 3
    assert named["outside"] == 3
    assert named["rows"] == 15


def test_units_outside_are_in_no_share():
    town = scenario("less")
    far = [{"geometry": at(9.0 + n, 9.0)} for n in range(40)]
    near = found(town, "by_group", group="Poverty")
    with_far = found(town.having(sites=[*town.rows["sites"], *far]), "by_group", group="Poverty")
    for key in ("groups", "shares"):
        one, other = table_of(near, key), table_of(with_far, key)
        assert [row[1].value for row in one] == [row[1].value for row in other]
    bars = [finding.figures[0].spec["data"]["values"] for finding in (near, with_far)]
    assert [row["band_high"] for row in bars[0]] == [row["band_high"] for row in bars[1]]
    assert (near.parameters["n"], with_far.parameters["n"]) == (80, 80)


def test_shares_of_units_and_of_every_baseline_stand_side_by_side():
    rows = table_of(found(scenario("less"), "by_group", group="Poverty"), "shares")
    for column in range(1, 5):
        assert sum(row[column].value for row in rows) == pytest.approx(1)
    assert [row[4].value for row in rows] == pytest.approx([6 / 16, 5 / 16, 5 / 16])


def test_the_three_errors_stand_apart():
    town = scenario("blurred classes")
    edge = [{"geometry": at(column + 0.5, 1.0)} for column in range(4)]
    finding = found(town.having(sites=[*town.rows["sites"], *edge]), "by_group", group="Poverty")
    rows = {row[0].code: row[1] for row in table_of(finding, "errors")}
    assert set(rows) == {
        "error.margins", "error.classes", "error.whole", "error.location", "error.placement",
    }  # fmt: skip
    assert rows["error.location"].kind is EstimateKind.BOUND
    assert rows["error.whole"].kind is EstimateKind.EXACT
    assert rows["error.placement"].low < rows["error.margins"].low
    assert rows["error.margins"].high < rows["error.placement"].high


def test_evenness_by_hand():
    """Sixteen units, four to each of four areas of sixteen alike: three quarters would move."""
    areas = grid(4, 4)
    town = saltmarsh(
        population=counted(areas, "total", [100.0] * 16), sites=spread([4] * 4 + [0] * 12, areas)
    ).city_with(groups=(), baselines=())
    finding = found(town, "by_area")
    values = {one.name: one for one in finding.estimates}
    assert values["dissimilarity"].value == pytest.approx(0.75)
    assert values["least_attainable"].value == 0
    assert finding.verdict.code == "uneven"
    assert finding.parameters["areas_with"] == 4
    chance = values["chance_dissimilarity"]
    assert 0 < chance.low < chance.value < chance.high < 0.75


def test_whole_units_cannot_be_more_even_than_they_are():
    areas = grid(4, 4)
    town = saltmarsh(
        population=counted(areas, "total", [100.0] * 16), sites=spread([1] * 8 + [0] * 8, areas)
    ).city_with(groups=(), baselines=())
    values = {one.name: one.value for one in found(town, "by_area").estimates}
    assert values["dissimilarity"] == pytest.approx(0.5)
    assert values["least_attainable"] == pytest.approx(0.5)


def test_areas_that_nobody_counted_are_no_deserts_and_no_crowds():
    town = scenario("one crowded")
    gone = town.rows["areas"][0]["area_id"]
    left = [row for row in town.rows["population"] if row["area_id"] != gone]
    finding = found(town.having(population=left), "flags")
    assert gone not in [row[0] for table in finding.tables for row in table.rows]
    assert gone in [row[0] for row in table_of(found(town, "flags"), "flags")]


def test_flags_name_areas_by_code_with_what_was_expected():
    town = scenario("crowded and empty")
    rows = {row[0]: row for row in table_of(found(town, "flags"), "flags")}
    assert rows[area_id(0, 0)][1] == 60
    assert rows[area_id(0, 0)][-1].code == "flag.more"
    assert rows[area_id(1, 0)][1] == 0
    assert rows[area_id(1, 0)][-1].code == "flag.fewer"
    assert len(rows) == 2


def test_the_tool_s_comparison_is_made_only_when_asked_for():
    plain = scenario("other tool").setting(sedt_compatible=False)
    assert not [one for one in answered(plain).findings if one.code.startswith("sedt")]
    finding = found(scenario("other tool, margins mistaken twice"), "sedt")
    assert finding.code == "sedt.changes"
    assert finding.parameters["n"] == 2
    rows = table_of(finding, "sedt")
    changed = [row for row in rows if row[4].code != row[5].code]
    assert len(changed) == 2
    assert {row[4].code for row in changed} == {"sedt.not_significant"}
    assert {row[5].code for row in changed} == {"sedt.significant"}


def test_the_tool_s_percentages_by_hand():
    town = scenario("other tool")
    rows = table_of(found(town, "sedt"), "sedt")
    people = {(row["area_id"], row["group"]): row["count"] for row in town.rows["population"]}
    ids = [row["area_id"] for row in town.rows["areas"]]
    share = np.array([people[i, "young"] / people[i, "total"] for i in ids])
    by_column = {row["geometry"].bounds: n for n, row in enumerate(town.rows["areas"])}
    units = np.zeros(len(ids))
    for site in town.rows["sites"]:
        (at_area,) = [n for bounds, n in by_column.items() if _inside(bounds, site["geometry"])]
        units[at_area] += 1
    implied = 100 * float(units @ share) / units.sum()
    city = 100 * sum(people[i, "young"] for i in ids) / sum(people[i, "total"] for i in ids)
    assert rows[0][1].value == pytest.approx(implied)
    assert rows[0][2].value == pytest.approx(city)
    assert rows[0][3].value == pytest.approx(implied - city)


def _inside(bounds, point):
    west, south, east, north = bounds
    return west < point.x < east and south < point.y < north


def test_distances_by_hand():
    """One bin in the south-western square's middle; everybody lives in the squares' middles."""
    areas = grid(2, 1)
    town = saltmarsh(
        areas=areas,
        population=counted(areas, "total", [100.0, 300.0]),
        indicators=measured(areas, "poverty", [1.0, 9.0]),
        sites=[{"geometry": at(0.5, 0.5)}],
    ).city_with(
        groups=(replace(POVERTY, breaks=(5.0,), labels=("near", "far"), compare=("far", "near")),)
    )
    finding = found(town, "by_distance")
    assert finding.code == "by_distance.farther"
    assert [(one.about, one.value) for one in finding.estimates] == [("near", 0.0), ("far", 1000.0)]


def test_points_of_the_city_go_before_centres():
    def origins(town):
        (first, *_) = [one for one in answered(town).findings if one.code.startswith("by_distance")]
        return first.parameters["origins"].code

    assert origins(scenario("points")) == "origins.points"
    assert origins(scenario("less")) == "origins.centroids"
    assert origins(scenario("centres")) == "origins.given"


@pytest.mark.parametrize("name", ["points in the south", "points of nobody"])
def test_points_that_miss_a_group_are_not_used(name):
    for finding in answered(scenario(name)).findings:
        if finding.code.startswith("by_distance"):
            assert finding.parameters["origins"].code == "origins.centroids"


def test_a_grouping_that_cannot_be_made_is_said():
    finding = found(scenario("equal values"), "counted")
    (said,) = [one for one in finding.caveats if one.code == "counted.unmade"]
    assert (said.parameters["group"], said.parameters["classes"]) == ("Poverty", 3)


def test_counts_that_nobody_knows_tell_nothing():
    headline = answered(scenario("unknown counts")).headline
    assert headline.verdict is Verdict.CANNOT_TELL
    assert np.isfinite([one.high for one in headline.estimates]).all()


def test_the_ecological_caution_stands_beside_every_group():
    for finding in answered(scenario("less")).findings:
        if finding.code.startswith("by_group"):
            expected = (
                "caveat.ecological.people"
                if finding.parameters["group"] == AGE.name
                else "caveat.ecological"
            )
            assert expected in codes(finding.caveats)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("less", "caveat.chosen_on"),
        ("chosen without a day", "caveat.chosen"),
        ("chosen without a reason", "caveat.chosen.no_reason"),
        ("nobody chose", "caveat.default_baseline"),
    ],
)
def test_whose_choice_the_baseline_is(name, code):
    finding = found(scenario(name), "by_group", group="Poverty")
    assert code in codes(finding.caveats)


def test_a_register_is_not_called_exact():
    assert "caveat.no_margins" in codes(
        found(scenario("register"), "by_group", group="Poverty").caveats
    )
    assert "caveat.no_margins" not in codes(
        found(scenario("less"), "by_group", group="Poverty").caveats
    )


def test_groups_left_out_are_named():
    finding = found(scenario("empty class"), "by_group")
    (said,) = [one for one in finding.caveats if one.code == "caveat.nobody_in"]
    assert said.parameters["names"] == ("high-poverty areas",)


def test_settings_reach_the_findings():
    few = answered(scenario("less").setting(rate_per=1_000))
    many = answered(scenario("less"))
    assert few.headline.estimates[0].value * 10 == pytest.approx(many.headline.estimates[0].value)
