"""Basic services: who has them today by their standard, how far others are, in how many islands."""

from __future__ import annotations

from datetime import date

import pytest

from evenground.language import language
from evenground.questions.problem import QUESTION
from evenground.questions.problem.basic_services import basic_services
from evenground.questions.problem.context import context_of
from evenground.tests.scenarios_of_need import FEW, dirty, served
from evenground.tests.towns import TODAY, at, saltmarsh
from evenground.workspace.telling import Teller

PEOPLE = [900 + 25 * n for n in range(16)]
MIDDLE = {(x, y): (x + 0.5, y + 0.5) for x in range(4) for y in range(4)}


def findings(town, start):
    """Return the findings whose codes start like this."""
    answer = town.setting(**FEW).answered(QUESTION)
    return [one for one in answer.findings if one.code.startswith(start)]


def one(town, start):
    """Return the only one."""
    (found,) = findings(town, start)
    return found


def sentence(finding):
    """Return a finding in words."""
    return Teller(QUESTION.wording, language("en", currency="EUR")).finding(finding).sentence


def services_of(town):
    """Return the basic services by key."""
    return {s.key: s for s in basic_services(context_of(town.tables(), town.case(QUESTION)))}


def stops(*squares, metres=400.0, **more):
    """Return the town with bus stops in the middle of squares, each for its own square only."""
    town = served(*(MIDDLE[square] for square in squares))
    (standard,) = town.rows["basic_services"]
    rows = [{**row, **more} for row in town.rows["services"]]
    return town.having(services=rows, basic_services=[{**standard, "within_metres": metres}])


# who has one


def test_coverage_by_hand():
    """Stops in two squares: their residents have one, and nobody else."""
    finding = one(stops((0, 0), (3, 3)), "fabric")
    (covered,) = finding.estimates
    assert covered.about == "bus stops"
    assert covered.value == pytest.approx((PEOPLE[0] + PEOPLE[15]) / sum(PEOPLE))
    by_group = {row[1]: (row[2].value, row[3]) for row in finding.tables[1].rows}
    low, middle, high = (sum(PEOPLE[part]) for part in (slice(6), slice(6, 11), slice(11, 16)))
    assert by_group["low-poverty areas"] == (pytest.approx(PEOPLE[0] / low), low - PEOPLE[0])
    assert by_group["middle areas"] == (0, middle)
    assert by_group["high-poverty areas"] == (pytest.approx(PEOPLE[15] / high), high - PEOPLE[15])


def test_shortfall_by_hand():
    """At 1,000 m of a standard of 400 m 60 % is missing; squared that is severity."""
    town = stops((0, 0), metres=400.0)
    row = one(saltmarsh_of(town, 2), "fabric").tables[0].rows[0]
    people = [900, 1100]
    missing = 1 - 400 / 1000
    assert row[3].value == pytest.approx(people[0] / sum(people))
    assert row[4].value == pytest.approx(missing * people[1] / sum(people))
    assert row[5].value == pytest.approx(missing**2 * people[1] / sum(people))


def saltmarsh_of(town, n):
    """Return a street of squares with the services of another town."""
    small = saltmarsh(across=n, up=1)
    return small.having(services=town.rows["services"], basic_services=town.rows["basic_services"])


def test_the_standard_is_met_at_its_very_edge():
    assert one(stops((0, 0), metres=1_000.0), "fabric").estimates[0].value == pytest.approx(
        (PEOPLE[0] + PEOPLE[1] + PEOPLE[4]) / sum(PEOPLE)
    )


@pytest.mark.parametrize(
    ("days", "stands"),
    [
        ({}, True),
        ({"opened": TODAY}, True),
        ({"opened": date(2026, 3, 2)}, False),
        ({"closed": TODAY}, False),
        ({"closed": date(2026, 3, 2)}, True),
        ({"opened": date(2000, 1, 1), "closed": date(2010, 1, 1)}, False),
    ],
)
def test_only_what_is_open_today_counts(days, stands):
    town = stops((0, 0), **days)
    more = [{"service_id": "B", "kind": "Bus Stop", "geometry": at(3.5, 3.5)}]
    found = services_of(town.having(services=[*town.rows["services"], *more]))["bus stop"]
    assert found.n == (2 if stands else 1)


def test_a_service_of_which_none_is_open_any_more_serves_nobody():
    finding = one(stops((0, 0), closed=date(2020, 1, 1)), "fabric")
    assert finding.code == "fabric.covers_few"
    assert finding.estimates[0].value == 0
    row = finding.tables[0].rows[0]
    assert (row[1], row[4].value, row[5].value) == (0, 1.0, 1.0)


def clinics(town):
    """Return the town that has a standard for clinics too."""
    clinic = {"service": "clinic", "name": "clinics", "within_metres": 900.0}
    return town.having(basic_services=[*town.rows["basic_services"], clinic])


def test_a_service_that_the_table_does_not_have_is_named_and_not_called_missing():
    finding = one(clinics(stops((0, 0))), "fabric")
    (caveat,) = [c for c in finding.caveats if c.code == "caveat.not_recorded"]
    assert caveat.parameters["names"] == ["clinics"]
    assert [e.about for e in finding.estimates] == ["bus stops"]


def test_the_thinnest_service_is_told():
    town = clinics(stops((0, 0), (1, 1)))
    rows = [*town.rows["services"], {"service_id": "C", "kind": "clinic", "geometry": at(0.5, 0.5)}]
    finding = one(town.having(services=rows), "fabric")
    assert "bus stops are the thinnest" not in sentence(finding)
    assert "clinics are the thinnest" in sentence(finding)


@pytest.mark.parametrize(
    ("n", "code"),
    [(16, "covers_most"), (15, "covers_most"), (10, "covers_many"), (3, "covers_few")],
)
def test_how_many_have_it(n, code):
    assert one(stops(*list(MIDDLE)[:n]), "fabric").code == f"fabric.{code}"


def test_the_same_stop_twice_serves_nobody_more():
    once, twice = stops((0, 0)), stops((0, 0), (0, 0))
    assert one(once, "fabric").estimates == one(twice, "fabric").estimates


def test_residents_at_their_points_are_counted_there():
    """Two addresses in one square, one of them at the stop."""
    town = stops((0, 0))
    points = [
        {"area_id": "A0000", "count": 30.0, "geometry": at(0.5, 0.5)},
        {"area_id": "A0000", "count": 10.0, "geometry": at(0.01, 0.01)},
        {"area_id": "A0302", "count": 20.0, "geometry": at(2.5, 3.5)},
        {"area_id": "A0200", "count": 40.0, "geometry": at(0.5, 2.5)},
    ]
    assert one(town.having(points=points), "fabric").estimates[0].value == pytest.approx(0.3)


def test_points_without_counts_share_the_residents_of_their_area():
    town = stops((0, 0))
    points = [
        {"area_id": row["area_id"], "geometry": row["geometry"].centroid}
        for row in town.rows["areas"]
    ]
    assert one(town.having(points=points), "fabric").estimates == one(town, "fabric").estimates


@pytest.mark.parametrize("missing", ["services", "basic_services", "population", "areas"])
def test_what_is_missing_is_no_finding(missing):
    assert findings(stops((0, 0)).without(missing), "fabric") == []


def test_services_without_a_shape_or_a_standard_are_not_used():
    town = stops((0, 0))
    rows = [*town.rows["services"], {"service_id": "X", "kind": "bus stop", "geometry": None}]
    assert services_of(town.having(services=rows))["bus stop"].n == 1
    bare = [{**town.rows["basic_services"][0], "within_metres": None}]
    assert services_of(town.having(basic_services=bare)) == {}


def test_who_set_the_standard_is_said():
    codes = {c.code for c in one(stops((0, 0)), "fabric").caveats}
    assert "caveat.standard" in codes
    town = stops((0, 0))
    unsigned = [{**town.rows["basic_services"][0], "set_by": None}]
    codes = {c.code for c in one(town.having(basic_services=unsigned), "fabric").caveats}
    assert "caveat.standard.unknown" in codes


def test_without_groups_there_is_coverage_all_the_same():
    finding = one(stops((0, 0)).city_with(groups=()), "fabric")
    assert len(finding.tables) == 1
    assert finding.figures == ()


# how broken up


def board(across=6):
    """Return every other square, as on a board of draughts."""
    return [(x, y) for x in range(across) for y in range(across) if (x + y) % 2 == 0]


def half(across=6):
    """Return the southern half."""
    return [(x, y) for x in range(across) for y in range(across // 2)]


def large(squares):
    """Return a town of six by six with stops in the middle of squares."""
    places = [(x + 0.5, y + 0.5) for x, y in squares]
    town = served(*places, town=saltmarsh(across=6, up=6))
    standard = [{**town.rows["basic_services"][0], "within_metres": 400.0}]
    return town.having(basic_services=standard)


def test_a_board_of_draughts_is_more_broken_up_than_chance():
    """Corners do not join: eighteen islands."""
    finding = one(large(board()), "archipelago")
    assert finding.code == "archipelago.more_broken"
    found = {e.name: e for e in finding.estimates}
    assert found["n_patches"].value == 18
    assert found["coherence"].value < found["coherence_relabelled"].low
    assert "18 separate patches" in sentence(finding)


def test_one_half_hangs_together_more_than_chance():
    finding = one(large(half()), "archipelago")
    assert finding.code == "archipelago.more_whole"
    found = {e.name: e.value for e in finding.estimates}
    assert (found["n_patches"], found["island_share"], found["coherence"]) == (1, 0, 1)
    assert "1 patch of the city is served" in sentence(finding)
    assert "all who are served live in it" in sentence(finding)


def test_islands_by_hand():
    """A patch of two squares and an island of one."""
    finding = one(stops((0, 0), (1, 0), (3, 3)), "archipelago")
    found = {e.name: e.value for e in finding.estimates}
    patch, island = PEOPLE[0] + PEOPLE[1], PEOPLE[15]
    total = patch + island
    assert found["n_patches"] == 2
    assert found["island_share"] == pytest.approx(island / total)
    assert found["coherence"] == pytest.approx((patch**2 + island**2) / total**2)


@pytest.mark.parametrize(
    "town",
    [
        stops(*MIDDLE),
        stops((0, 0), closed=date(2020, 1, 1)),
        dirty(),
    ],
    ids=["everybody", "nobody", "no services"],
)
def test_where_all_or_none_are_served_there_are_no_islands(town):
    assert findings(town, "archipelago") == []


def test_without_shapes_there_is_coverage_and_no_patch():
    town = stops((0, 0), (3, 3))
    areas = [{**row, "geometry": row["geometry"].centroid} for row in town.rows["areas"]]
    town = town.having(areas=areas)
    assert findings(town, "archipelago") == []
    assert one(town, "fabric").estimates[0].value > 0
