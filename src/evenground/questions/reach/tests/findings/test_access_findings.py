"""Access and its inequality as findings: worked by hand, and recomputed slowly beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.evidence import EstimateKind, Message, Verdict
from evenground.frame.areas import frame
from evenground.frame.origins import origins_of
from evenground.frame.sites import sites_of
from evenground.frame.unit_sets import unit_sets
from evenground.initiative import Option, OptionKind, Stage
from evenground.methods.accessibility.decay import Bands
from evenground.methods.accessibility.enhanced_two_step import enhanced_two_step_access
from evenground.methods.accessibility.modified_two_step import modified_two_step_access
from evenground.methods.accessibility.pairs import straight_line_pairs
from evenground.methods.accessibility.rational_agent import Agents, rational_agent_access
from evenground.methods.accessibility.three_step import three_step_access
from evenground.methods.accessibility.two_step import two_step_access
from evenground.methods.accessibility.weights import catchment_weights
from evenground.methods.inequality.gini import gini
from evenground.questions.reach import QUESTION
from evenground.questions.reach.findings.answering import _context
from evenground.tests.scenarios import scenario
from evenground.tests.towns import AGE, POVERTY, Row, Town, at, counted, grid, measured, saltmarsh

WEIGHTS = (1.0, 0.68, 0.22)
PAIR = replace(
    POVERTY, classes=2, labels=("rich", "poor"), compare=("poor", "rich")
)  # two areas, two classes


def found(town, start):
    """Return the one finding whose code starts like this."""
    every = [one for one in town.answered(QUESTION).findings if one.code.startswith(start)]
    assert len(every) == 1, [one.code for one in every]
    return every[0]


def findings(town, start):
    """Return all findings whose codes start like this."""
    return [one for one in town.answered(QUESTION).findings if one.code.startswith(start)]


def rows_of(finding, key):
    """Return the rows of a table by what their first cell says."""
    (table,) = [one for one in finding.tables if one.key == key]
    return {(row[0].code if isinstance(row[0], Message) else row[0]): row[1:] for row in table.rows}


def by_method(finding):
    """Return (focus, reference) by method and metres."""
    (table,) = [one for one in finding.tables if one.key == "access"]
    return {
        (row[0].code.removeprefix("method."), row[0].parameters["metres"]): row[1:3]
        for row in table.rows
    }


def two_areas(*sites: Row, people=(1000, 500), points: tuple[Row, ...] = ()) -> Town:
    """Two squares side by side, the eastern one poorer; people counted exactly."""
    areas = grid(2, 1)
    rows = {"points": points} if points else {}
    return (
        saltmarsh(areas=areas, population=counted(areas, "total", people), sites=sites,
                  indicators=measured(areas, "poverty", [1.0, 2.0]), **rows)
        .city_with(groups=(PAIR,), baselines=())
    )  # fmt: skip


def slow_weight(metres, catchment):
    """Return the weight of a distance: three zones of a third each."""
    for part, weight in zip((1 / 3, 2 / 3, 1.0), WEIGHTS, strict=True):
        if metres <= catchment * part:
            return weight
    return 0.0


def slow_access(origins, people, sites, supply, catchment):
    """Return access site by site, origin by origin."""
    access = np.zeros(len(origins))
    for site, offered in zip(sites, supply, strict=True):
        weight = [slow_weight(one.distance(site), catchment) for one in origins]
        shared = sum(w * p for w, p in zip(weight, people, strict=True))
        if shared > 0:
            access += [w * offered / shared for w in weight]
    return access


def centres_of(town):
    """Return the centres of areas, and people."""
    areas = town.rows["areas"]
    total = {r["area_id"]: r["count"] for r in town.rows["population"] if r["group"] == "total"}
    return [one["geometry"].centroid for one in areas], [total[one["area_id"]] for one in areas]


# by access


def test_two_areas_and_one_site_by_hand():
    """At 200 m from the western centre (weight 1) and 800 m from the eastern (weight 0.22).

    Shared among 1000 + 0.22 · 500 = 1110 weighted people: 1/1110 each, and 0.22/1110.
    """
    finding = found(two_areas({"geometry": at(0.7, 0.5)}), "by_access")
    focus, reference = (finding.parameters[name] for name in ("access_focus", "access_reference"))
    assert reference.value == pytest.approx(10_000 / 1110)
    assert focus.value == pytest.approx(10_000 * 0.22 / 1110)
    assert finding.code == "by_access.access_less"
    assert finding.verdict == Verdict("access_less")
    (out,) = [one for one in finding.estimates if one.name == "out_of_reach"]
    assert out.value == 0


def test_other_methods_by_hand():
    """Half as wide, only the west is reached; twice as wide, 800 m weigh 0.68."""
    rows = by_method(found(two_areas({"geometry": at(0.7, 0.5)}), "by_access"))
    per = 10_000
    expected = {
        ("enhanced_two_step", 1000): (per * 0.22 / 1110, per / 1110),
        ("two_step", 1000): (per / 1500, per / 1500),
        ("modified_two_step", 1000): (per * 0.22**2 / 1110, per / 1110),
        ("near", 500): (0, 1),
        ("enhanced_two_step", 500): (0, per * 0.68 / 680),
        ("enhanced_two_step", 2000): (per * 0.68 / 1340, per / 1340),
    }
    for key, both in expected.items():
        assert rows[key] == pytest.approx(both, rel=6e-3), key
    assert set(rows) == {*expected, ("three_step", 1000), ("gravity", 1000),
                         ("rational_agent", 1000)}  # fmt: skip


def test_a_method_turns_where_it_would_answer_otherwise():
    """Not shared by distance, both have the same; where it costs, less is better."""
    finding = found(two_areas({"geometry": at(0.7, 0.5)}), "by_access")
    turning = {one.parameters["method"].code: one for one in finding.would_change}
    rows = by_method(finding)
    differing = set()
    for (key, _), (here, there) in rows.items():
        alike = abs(here - there) <= 0.05 * there
        less = here > there if key == "rational_agent" else here < there
        if alike or not less:
            differing.add(f"method.{key}")
    assert set(turning) == differing
    assert "method.two_step" in turning
    answer = turning["method.two_step"].parameters["answer"]
    assert answer.code == "verdict.access_alike"
    assert all(one.code == "turns.method" for one in finding.would_change)


def test_where_all_methods_agree_nothing_turns():
    """Only the west has a site near; the east has one to share with nobody else far away."""
    town = two_areas(*[{"geometry": at(0.45 + 0.01 * n, 0.5)} for n in range(10)],
                     {"geometry": at(1.7, 0.5)}, people=(500, 1500))  # fmt: skip
    finding = found(town, "by_access")
    assert finding.code == "by_access.access_less"
    turning = [one.parameters["method"].code for one in finding.would_change]
    assert "method.two_step" not in turning
    assert "method.near" not in turning


def test_margins_that_blur_the_answer_do_not_make_other_methods_differ():
    """Every method says the same as the lead does: none of them would turn the answer."""
    town = two_areas(*({"geometry": at(0.5, 0.2 + 0.1 * n)} for n in range(4)),
                     *({"geometry": at(1.5, 0.2 + 0.1 * n)} for n in range(2)))  # fmt: skip
    rows = counted(town.rows["areas"], "total", (1000, 1000), margin=600.0)
    finding = found(town.having(population=rows), "by_access")
    assert finding.code == "by_access.access_alike"
    lead = by_method(finding)[("enhanced_two_step", 1000)]
    same = {
        f"method.{key}"
        for (key, _), (here, there) in by_method(finding).items()
        if here / there == pytest.approx(lead[0] / lead[1], rel=0.02)
    }
    assert not same & {one.parameters["method"].code for one in finding.would_change}


@pytest.mark.parametrize("name", ["less", "points", "capacity"])
def test_every_method_is_what_the_library_gives(name):
    town = scenario(name)
    finding = found(town, "by_access")
    rows = by_method(finding)
    start, people, share = library_input(town)
    xy = np.array([one.coords[0] for one in start])
    sites = town.rows["sites"]
    places = np.array([one["geometry"].coords[0] for one in sites])
    supply = np.array([one.get("capacity") or 1.0 for one in sites])
    pairs = straight_line_pairs(xy, places, limit=1000.0)
    weights = catchment_weights(pairs, Bands(ends=(1000 / 3, 2000 / 3, 1000.0)))
    scores = {
        "enhanced_two_step": enhanced_two_step_access(weights, supply=supply, demand=people),
        "modified_two_step": modified_two_step_access(weights, supply=supply, demand=people),
        "three_step": three_step_access(weights, supply=supply, demand=people),
        "two_step": two_step_access(pairs, threshold=1000.0, supply=supply, demand=people),
    }
    for key, score in scores.items():
        means = [10_000 * (w * people) @ score.access / (w @ people) for w in share]
        assert rows[(key, 1000)] == pytest.approx(means, rel=6e-3), key
    near = ((xy[:, None] - places[None]) ** 2).sum(axis=2) <= 500**2
    means = [(w * people) @ (near @ supply) / (w @ people) for w in share]
    assert rows[("near", 500)] == pytest.approx(means, rel=6e-3)


def library_input(town):
    """Return where people live, how many, and who of them is in the focus and the reference."""
    areas = town.rows["areas"]
    poverty = {r["area_id"]: r["value"] for r in town.rows["indicators"]}
    cuts = np.quantile(list(poverty.values()), [1 / 3, 2 / 3])
    if "points" in town.rows:
        points = [r for r in town.rows["points"] if r["area_id"] in poverty and "geometry" in r]
        start, people = [r["geometry"] for r in points], [r["count"] for r in points]
        codes = [r["area_id"] for r in points]
    else:
        start, people = centres_of(town)
        codes = [r["area_id"] for r in areas]
    values = np.array([poverty[code] for code in codes])
    share = np.array([values > cuts[1], values <= cuts[0]], dtype=float)
    return start, np.array(people, dtype=float), share


def test_agents_only_where_everybody_reaches_something():
    all_reach = by_method(found(two_areas({"geometry": at(0.7, 0.5)}), "by_access"))
    some = by_method(found(two_areas({"geometry": at(0.3, 0.5)}), "by_access"))
    assert ("rational_agent", 1000) in all_reach
    assert ("rational_agent", 1000) not in some
    start = np.array([[500.0, 500.0], [1500.0, 500.0]])
    pairs = straight_line_pairs(start, [[700.0, 500.0]], limit=1000.0)
    cost = rational_agent_access(
        pairs, Agents(tau=1000.0, gap=1e-6), supply=[1.0], demand=[1000.0, 500.0]
    ).cost
    assert all_reach[("rational_agent", 1000)] == pytest.approx(cost[::-1], rel=6e-3)


def test_agents_of_nobody_do_not_count():
    """An area without people need not reach anything."""
    areas = grid(3, 1)
    town = two_areas({"geometry": at(0.7, 0.5)}).having(
        areas=areas, population=counted(areas, "total", (1000, 500, 0)),
        indicators=measured(areas, "poverty", [1.0, 3.0, 2.0]),
    )  # fmt: skip
    assert ("rational_agent", 1000) in by_method(found(town, "by_access"))


def test_nobody_near():
    far = {"geometry": at(0.02, 0.02)}
    town = two_areas(far).setting(catchment_metres=100)
    finding = found(town, "by_access")
    assert finding.code == "by_access.nobody_near"
    assert finding.verdict is Verdict.CANNOT_TELL
    assert findings(town, "inequality") == []
    assert findings(town, "before_after") == []


def test_capacity_is_shared_where_all_rows_state_it():
    one, two = {"geometry": at(0.7, 0.5)}, {"geometry": at(1.3, 0.5)}
    full = found(two_areas({**one, "capacity": 30.0}, {**two, "capacity": 10.0}), "by_access")
    partly = found(two_areas({**one, "capacity": 30.0}, two), "by_access")
    none = found(two_areas(one, two), "by_access")
    assert full.parameters["offered"].code == "offered.capacity"
    assert partly.parameters["offered"].code == none.parameters["offered"].code == "offered.units"
    assert partly.parameters["access_focus"] == none.parameters["access_focus"]
    start, people = centres_of(two_areas(one))
    expected = slow_access(start, people, [at(0.7, 0.5), at(1.3, 0.5)], [30.0, 10.0], 1000)
    assert full.parameters["access_focus"].value == pytest.approx(10_000 * expected[1])


@pytest.mark.parametrize("name", ["less", "points", "capacity", "one area unknown", "boundaries"])
def test_what_is_shared_is_what_people_reach(name):
    """Over all people, access adds up to the supply that somebody is near."""
    town = scenario(name)
    access = access_in(town)
    sites, origins = access.sites, access.origins
    reach = shapely.points(sites.at)
    reached = [
        any(
            one.distance(site) <= 1000
            for one, n in zip(origins.points, access.people, strict=True)
            if n > 0
        )
        for site in reach
    ]
    assert access.people @ access.lead == pytest.approx(sites.supply[reached].sum())
    assert access.unreached == pytest.approx(sites.supply[~np.array(reached)].sum())


def context_in(town):
    """Return the context of a town."""
    case = town.case(QUESTION)
    tables = town.tables()
    rows = sites_of(case.places.get("sites"), tables["sites"])
    return _context(frame(tables, case), case, unit_sets(case, rows), tables=tables)


def access_in(town):
    """Return access in a town."""
    from evenground.questions.reach.access import access_of

    context = context_in(town)
    return access_of(context, origins_of(context.case, context.frame), context.lead.set)


def test_supply_out_of_reach_is_said():
    town = two_areas({"geometry": at(0.5, 0.5)}, {"geometry": at(30.0, 30.0)})
    finding = found(town, "by_access")
    (left,) = [one for one in finding.caveats if one.code == "caveat.unreached"]
    assert left.parameters["left"] == 1


def test_people_with_nothing_in_reach_are_counted():
    finding = found(two_areas({"geometry": at(0.3, 0.5)}), "by_access")
    (out,) = [one for one in finding.estimates if one.name == "out_of_reach"]
    assert out.value == pytest.approx(1 / 3)


def test_margins_of_people_widen_the_interval():
    """The more uncertain the counts, the wider; counts without margins are off by rounding."""
    sites = [{"geometry": at(0.7, 0.5)}, {"geometry": at(1.4, 0.6)}]
    widths = []
    for margin in (None, 50.0, 200.0):
        rows = counted(grid(2, 1), "total", (1000, 500), margin=margin)
        town = two_areas(*sites).having(population=rows)
        one = found(town, "by_access").parameters["access_focus"]
        assert one.kind is EstimateKind.ESTIMATED
        assert one.low < one.value < one.high
        widths.append((one.high - one.low) / one.value)
    assert widths[0] < 0.002
    assert widths[0] < 0.5 * widths[1] < 0.25 * widths[2]


@pytest.mark.parametrize("margin", [60.0, 240.0])
def test_the_interval_of_access_is_that_of_one_over_people(margin):
    """One area, one site: access is supply over people, whose 95 % are 1.96/1.645 margins off."""
    town = two_areas({"geometry": at(0.4, 0.5)}, {"geometry": at(1.6, 0.5)}).setting(
        catchment_metres=300
    )
    rows = counted(grid(2, 1), "total", (1000, 2000), margin=margin)
    one = found(town.having(population=rows), "by_access").parameters["access_reference"]
    off = 1.96 / 1.645 * margin
    assert one.value == pytest.approx(10)
    # A thousand draws fix the ends of 95 % to about a tenth of the standard error.
    slack = 0.25 * margin / 1.645 / 1000
    assert one.low == pytest.approx(10_000 / (1000 + off), rel=slack)
    assert one.high == pytest.approx(10_000 / (1000 - off), rel=2 * slack)


def test_points_replace_centres_where_the_city_has_them():
    site = {"geometry": at(0.8, 0.5)}
    points = tuple(
        {"point_id": str(n), "area_id": f"A000{n}", "count": c, "geometry": at(x, 0.5)}
        for n, (c, x) in enumerate([(1000.0, 0.1), (500.0, 1.1)])
    )
    by_centre = found(two_areas(site), "by_access")
    by_point = found(two_areas(site, points=points), "by_access")
    assert by_centre.parameters["origins"].code == "origins.centroids"
    assert by_point.parameters["origins"].code == "origins.points"
    expected = slow_access([at(0.1, 0.5), at(1.1, 0.5)], [1000, 500], [at(0.8, 0.5)], [1], 1000)
    focus, reference = (by_point.parameters[f"access_{one}"] for one in ("focus", "reference"))
    assert (reference.value, focus.value) == pytest.approx(tuple(10_000 * expected))
    assert by_point.code == "by_access.access_more"
    assert by_centre.code == "by_access.access_less"


@pytest.mark.parametrize("name", ["less", "boundaries"])
def test_slowly_again(name):
    town = scenario(name)
    start, people, share = library_input(town)
    sites = [one["geometry"] for one in town.rows["sites"] if "geometry" in one]
    slow = slow_access(start, people, sites, np.ones(len(sites)), 1000)
    means = [10_000 * (w * people) @ slow / (w @ people) for w in share]
    finding = found(town, "by_access")
    told = [finding.parameters[f"access_{one}"].value for one in ("focus", "reference")]
    assert told == pytest.approx(means)


# inequality


def test_inequality_slowly_again():
    """The Gini index from all pairs of residents, shares below the line, and who they are."""
    town = scenario("less")
    start, people, _ = library_input(town)
    sites = [one["geometry"] for one in town.rows["sites"]]
    access = 10_000 * slow_access(start, people, sites, np.ones(len(sites)), 1000)
    finding = found(town, "inequality")
    told = {one.name: one for one in finding.estimates}
    mean = people @ access / people.sum()
    pairs = people[:, None] * people * np.abs(access[:, None] - access)
    assert told["gini"].value == pytest.approx(pairs.sum() / (2 * people.sum() ** 2 * mean))
    short = access < 0.5 * mean
    assert told["short"].value == pytest.approx(people[short].sum() / people.sum())
    fallen = np.where(short, 1 - access / (0.5 * mean), 0.0)
    assert told["shortfall"].value == pytest.approx(people @ fallen / people.sum())
    poverty = np.array([row["value"] for row in town.rows["indicators"]])
    rank = np.array([people[poverty < one].sum() + people[poverty == one].sum() / 2
                     for one in poverty]) / people.sum()  # fmt: skip
    shares = people / people.sum()
    leaning = 2 * shares @ ((access - mean) * (rank - shares @ rank)) / mean
    assert told["concentration"].value == pytest.approx(leaning)
    assert finding.verdict == Verdict("leans_low")
    assert told["concentration"].high < 0
    by_group = rows_of(finding, "short")
    for name, inside in (
        ("low-poverty areas", poverty <= 10),
        ("high-poverty areas", poverty > 15),
    ):
        part = people * inside
        assert by_group[name][0].value == pytest.approx((part @ short) / part.sum())
        assert by_group[name][1].value == pytest.approx((part @ fallen) / part.sum())


def test_inequality_leans_the_other_way_when_the_town_is_turned():
    town = scenario("less")
    turned = [{**row, "value": 100.0 - row["value"]} for row in town.rows["indicators"]]
    first, other = (found(one, "inequality") for one in (town, town.having(indicators=turned)))
    assert (first.code, other.code) == ("inequality.leans_low", "inequality.leans_high")
    one, two = ({e.name: e.value for e in f.estimates} for f in (first, other))
    assert two["concentration"] == pytest.approx(-one["concentration"])
    assert two["gini"] == pytest.approx(one["gini"])


def test_without_a_rank_inequality_is_described():
    finding = found(scenario("less").city_with(groups=(AGE,)), "inequality")
    assert finding.code == "inequality.described"
    assert not any(one.name == "concentration" for one in finding.estimates)


def test_few_areas_are_no_distribution():
    assert findings(two_areas({"geometry": at(0.7, 0.5)}), "inequality") == []


# before and after


def plan_town():
    """Five squares in a row: today all is in the first, the plan brings one to each other."""
    areas = grid(5, 1)
    sites = [{"geometry": at(0.5, 0.5)},
             *({"geometry": at(n + 0.5, 0.5), "option": "plan"} for n in (1, 2, 3, 4))]  # fmt: skip
    return (
        saltmarsh(areas=areas, population=counted(areas, "total", [1000] * 5), sites=sites,
                  indicators=measured(areas, "poverty", [1.0, 2.0, 3.0, 4.0, 5.0]))
        .city_with(groups=(PAIR,), baselines=())
        .setting(catchment_metres=600)
        .initiative_with(stage=Stage.PROPOSED,
                         options=(Option(key="plan", name="Plan", kind=OptionKind.FULL),))
    )  # fmt: skip


def test_a_plan_stands_beside_today_s_units():
    """Before, one of five has all (Gini 4/5); after, all have as much."""
    finding = found(plan_town(), "before_after")
    told = {one.name: one.value for one in finding.estimates}
    assert told["gini_before"] == pytest.approx(0.8)
    assert told["gini_after"] == pytest.approx(0, abs=1e-12)
    assert finding.parameters["when"].code == "when.planned"
    rows = rows_of(finding, "before_after")
    assert [one.value for one in rows["rich"]] == pytest.approx([10 / 3, 10])
    assert [one.value for one in rows["poor"]] == pytest.approx([0, 10])
    course = finding.parameters["ratio"].parameters
    assert (course["before"], course["after"]) == (0, 1)


def test_today_is_counted_once_however_it_is_called():
    """What stands today may have a key of its own: still today's, and the plan beside it."""
    town = plan_town()
    options = (
        Option(key="now", name="As today", kind=OptionKind.AS_TODAY),
        Option(key="plan", name="Plan", kind=OptionKind.FULL),
    )
    rows = [{"option": "now", **row} for row in town.rows["sites"]]
    finding = found(town.having(sites=rows).initiative_with(options=options), "before_after")
    first = found(town, "before_after")
    assert finding.estimates == first.estimates


def test_a_plan_without_today_is_not_compared():
    town = plan_town()
    rows = [row for row in town.rows["sites"] if "option" in row]
    assert findings(town.having(sites=rows), "before_after") == []


def test_the_first_list_against_the_last():
    """Two of five squares have one each, later all but one: Gini 3/5, then 1/5."""
    areas = grid(5, 1)
    lists = {date(2020, 1, 1): (0, 1), date(2024, 1, 1): (0, 1, 2, 3), date(2022, 1, 1): (4,)}
    sites = [
        {"geometry": at(n + 0.5, 0.5), "observed": day} for day, row in lists.items() for n in row
    ]
    town = plan_town().having(areas=areas, sites=sites).initiative_with(stage=Stage.RUNNING)
    finding = found(town, "before_after")
    told = {one.name: one.value for one in finding.estimates}
    assert told["gini_before"] == pytest.approx(0.6)
    assert told["gini_after"] == pytest.approx(0.2)
    assert finding.parameters["when"].code == "when.dated"


def test_before_and_after_slowly_again():
    town = scenario("roll-out")
    start, people, _ = library_input(town)
    days = sorted({row["observed"] for row in town.rows["sites"]})
    expected = []
    for day in (days[0], days[-1]):
        sites = [row["geometry"] for row in town.rows["sites"] if row["observed"] == day]
        expected.append(gini(slow_access(start, people, sites, np.ones(len(sites)), 1000), people))
    told = {one.name: one for one in found(town, "before_after").estimates}
    assert told["gini_before"].value == pytest.approx(expected[0])
    assert told["gini_after"].value == pytest.approx(expected[1])
    change = told["gini_change"]
    assert change.value == pytest.approx(expected[1] - expected[0])
    assert change.low <= change.value <= change.high


# bounds


def bounded_town(near, young, *, extra=()):
    """Squares of ten people at ten points; so many of them near the one site, so many young."""
    areas = grid(len(near), 1)
    points = [
        {"point_id": f"{a}-{n}", "area_id": area["area_id"], "count": 1.0,
         "geometry": at(a + (0.5 if n < near[a] else 0.01), 0.5 if n < near[a] else 0.01)}
        for a, area in enumerate(areas) for n in range(10)
    ]  # fmt: skip
    people = [*counted(areas, "total", [10] * len(near)), *counted(areas, "young", young)]
    group = replace(AGE, members=("young",), names={"young": "children"})
    sites = [{"geometry": at(a + 0.5, 0.5)} for a in range(len(near))]
    return (
        saltmarsh(areas=areas, population=people, points=points, sites=[*sites, *extra])
        .without("indicators")
        .city_with(groups=(group,), baselines=())
        .setting(near_metres=100)
    )


def test_bounds_by_hand():
    """Seven of ten near and four of ten young: of the young one to four; of the others three to
    six; if alike, seven tenths of either."""
    finding = found(bounded_town([7], [4]), "bounds")
    children, others = finding.estimates
    assert (children.low, children.value, children.high) == pytest.approx((0.25, 0.7, 1.0))
    assert (others.low, others.value, others.high) == pytest.approx((0.5, 0.7, 1.0))
    assert finding.code == "bounds.open"
    assert all(one.kind is EstimateKind.BOUND for one in finding.estimates)


def test_areas_of_one_group_settle_it():
    finding = found(bounded_town([10, 0], [10, 0]), "bounds")
    children, others = finding.estimates
    assert (children.low, children.high) == (1, 1)
    assert (others.low, others.high) == (0, 0)
    assert finding.code == "bounds.settled"


def test_no_bounds_without_points_of_people():
    town = bounded_town([7], [4]).without("points")
    assert findings(town, "bounds") == []


squares = st.integers(1, 3).flatmap(
    lambda n: st.tuples(
        st.lists(st.integers(0, 10), min_size=n, max_size=n),
        st.lists(st.integers(0, 10), min_size=n, max_size=n),
        st.integers(0, 10_000),
    )
)


@settings(max_examples=25)
@given(squares)
def test_bounds_hold_whoever_lives_where(drawn):
    """Any assignment of the young to people of their square agrees with the figures."""
    near, young, seed = drawn
    if not 0 < sum(young) < 10 * len(young):
        return
    told = findings(bounded_town(near, young), "bounds")
    rng = np.random.default_rng(seed)
    counts = []
    for n, y in zip(near, young, strict=True):
        is_young = np.isin(np.arange(10), rng.permutation(10)[:y])
        counts.append([is_young[:n].sum(), (~is_young[:n]).sum()])
    near_young, near_others = np.sum(counts, axis=0)
    shares = (near_young / sum(young), near_others / (10 * len(young) - sum(young)))
    if not told:
        assert shares[0] == pytest.approx(shares[1])
        return
    for one, truth in zip(told[0].estimates, shares, strict=True):
        assert one.low - 1e-9 <= truth <= one.high + 1e-9
    if told[0].code == "bounds.settled":
        low = told[0].parameters["low_focus"] - told[0].parameters["high_reference"]
        assert np.sign(shares[0] - shares[1]) == (1 if low >= -1e-9 else -1)


def test_an_area_without_points_leaves_all_of_its_people_open():
    """Nobody knows where the ten of the second square live: none or all may be near."""
    town = bounded_town([10, 0], [8, 5])
    points = [row for row in town.rows["points"] if row["area_id"] == "A0000"]
    children, _ = found(town.having(points=points), "bounds").estimates
    assert children.high == pytest.approx(1.0)
