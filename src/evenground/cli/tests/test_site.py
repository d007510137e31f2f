"""``evenground site``: answers held to all choices tried one by one, and what stands beside."""

from __future__ import annotations

import csv
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from evenground.cli.site import ObjectiveName
from evenground.methods.siting import SitingProblem, gains_and_losses
from evenground.workspace.one_siting import OBJECTIVES

N, M, UNITS, RADIUS = 9, 6, 2, 30.0
PLACES = [f"p{at}" for at in range(N)]
SITES = [f"s{at}" for at in range(M)]
ASKED = (
    "site", "--demand", "demand.csv", "--candidates", "candidates.csv", "--costs",
    "costs.csv", "--units", UNITS,
)  # fmt: skip
rng = np.random.default_rng(7)
PEOPLE = rng.integers(1, 50, N).astype(float)
OLD = np.floor(PEOPLE * rng.random(N))
SIDE = np.array(["north", "south"])[np.arange(N) % 2]
COSTS = np.round(rng.random((N, M)) * 100, 1)
TODAY = [1, 4]
GROUPS = np.vstack([OLD, PEOPLE * (SIDE == "north"), PEOPLE * (SIDE == "south")])


@pytest.fixture
def files(folder):
    demand = {"id": PLACES, "weight": PEOPLE, "old": OLD, "side": SIDE}
    pd.DataFrame(demand).to_csv(folder / "demand.csv", index=False)
    today = ["yes" if at in TODAY else "" for at in range(M)]
    sites = {"id": SITES, "today": today, "price": np.arange(1.0, M + 1)}
    pd.DataFrame(sites).to_csv(folder / "candidates.csv", index=False)
    listed(folder / "costs.csv", COSTS)
    return folder


def listed(path, costs, names=(PLACES, SITES)):
    """Write costs with a row for each pair in reach."""
    row, column = np.nonzero(np.isfinite(costs))
    starts, ends = (np.array(one) for one in names)
    pairs = {"from": starts[row], "to": ends[column], "cost": costs[row, column]}
    frame = pd.DataFrame(pairs)
    if path.suffix == ".parquet":
        frame.to_parquet(path)
    else:
        frame.to_csv(path, index=False)


def paid(sites):
    return COSTS[:, list(sites)].min(axis=1)


def means(sites):
    return np.sort(GROUPS @ paid(sites) / GROUPS.sum(axis=1))[::-1].tolist()


def equivalent(sites, kappa):
    return float(np.log((PEOPLE * np.exp(kappa * paid(sites))).sum() / PEOPLE.sum()) / kappa)


def tried(value, key=min):
    """Return the value of the most favourable of all choices."""
    return key(value(sites) for sites in combinations(range(M), UNITS))


WORTH = {
    "p-median": lambda s: (PEOPLE * paid(s)).sum(),
    "max-coverage": lambda s: PEOPLE[paid(s) <= RADIUS].sum(),
    "p-center": lambda s: paid(s).max(),
    "maximin": lambda s: means(s)[0],
    "kolm-pollak": lambda s: equivalent(s, 0.05),
    "lexicographic": means,
}


def most_favourable(objective):
    return tried(WORTH[objective], max if objective == "max-coverage" else min)


SAID = {"max-coverage": ("--radius", RADIUS), "kolm-pollak": ("--kappa", 0.05)}


def test_every_objective_can_be_asked_for():
    assert {one.value for one in ObjectiveName} == set(OBJECTIVES) == set(WORTH)


@pytest.mark.parametrize("objective", WORTH)
def test_the_answer_is_that_of_all_choices_tried(objective, files, told):
    found = told(*ASKED, "--objective", objective, "--groups", "old,side", *SAID.get(objective, ()))
    assert found["schema"] == "evenground.site/1"
    assert found["objective"] == pytest.approx(most_favourable(objective))
    assert found["bound"] == found["objective"]
    assert (found["gap"], found["status"], found["stopped_by"]) == (0, "optimal", None)
    assert len(found["sites"]) == UNITS
    assert set(found["sites"]) <= set(SITES)
    assert found["reasons"] == []
    assert found["price_of_equity"]["value"] >= 0
    assert found["price_of_equity"]["low"] == found["price_of_equity"]["high"]
    sites = [SITES.index(name) for name in found["sites"]]
    assert found["total_cost"] == pytest.approx((PEOPLE * paid(sites)).sum())
    assert found["mean_cost"] == pytest.approx(np.average(paid(sites), weights=PEOPLE))
    assert found["today"]["objective"] == pytest.approx(WORTH[objective](TODAY))


def test_who_gains_and_who_loses_is_the_librarys(files, told):
    found = told(*ASKED, "--groups", "old,side")
    sites = [SITES.index(name) for name in found["sites"]]
    problem = SitingProblem(weights=PEOPLE, costs=COSTS, n_units=UNITS, groups=GROUPS)
    change = gains_and_losses(problem, today=TODAY, proposed=sites)
    assert list(found["groups"]) == ["old", "north", "south"]
    for at, one in enumerate([*found["groups"].values(), found["everybody"]]):
        assert one["people"] == pytest.approx([*GROUPS, PEOPLE][at].sum())
        for ours, theirs in (
            ("mean_before", change.mean_before), ("mean_after", change.mean_after),
            ("gaining", change.gaining), ("losing", change.losing), ("same", change.same),
        ):  # fmt: skip
            assert one[ours] == pytest.approx(theirs[at])
        assert one["mean_change"] == pytest.approx(one["mean_after"] - one["mean_before"])
        assert one["covered_before"] is one["covered_after"] is None
    losing = [at for at in range(N) if change.change[at] > 0]
    assert losing
    assert found["losers"] == [
        {
            "id": PLACES[at], "weight": PEOPLE[at], "before": change.before[at],
            "after": change.after[at],
        }
        for at in losing
    ]  # fmt: skip
    gaining = [one["id"] for one in found["gainers"]]
    assert gaining == [PLACES[at] for at in range(N) if change.change[at] < 0]
    assert found["today"]["sites"] == [SITES[at] for at in TODAY]
    assert found["today"]["objective"] == pytest.approx((PEOPLE * change.before).sum())
    kept = {SITES[at] for at in TODAY} & set(found["sites"])
    assert set(found["today"]["opened"]) == set(found["sites"]) - kept
    assert set(found["today"]["closed"]) == {SITES[at] for at in TODAY} - kept


def test_nobody_says_what_stands_today(files, told, invoke):
    frame = pd.read_csv(files / "candidates.csv").drop(columns="today")
    frame.to_csv(files / "candidates.csv", index=False)
    found = told(*ASKED, "--groups", "old")
    assert found["today"] is None
    assert found["losers"] == found["gainers"] == []
    assert found["everybody"]["mean_before"] is found["groups"]["old"]["losing"] is None
    assert found["everybody"]["mean_after"] == pytest.approx(found["mean_cost"])
    assert "Nobody said what stands today" in invoke(*ASKED)
    (files / "now.csv").write_text("id\ns1\ns4\n", encoding="utf-8")
    assert told(*ASKED, "--today", "now.csv")["today"]["sites"] == ["s1", "s4"]
    frame["state"] = ["existing", "", "open", "Forced", "forbidden", ""]
    frame.to_csv(files / "candidates.csv", index=False)
    found = told(*ASKED)
    assert found["today"]["sites"] == ["s0"]
    assert "s3" in found["sites"]
    assert "s4" not in found["sites"]


def test_nothing_stands_today(files, told):
    frame = pd.read_csv(files / "candidates.csv").assign(today=0)
    frame.to_csv(files / "candidates.csv", index=False)
    found = told(*ASKED)
    assert found["today"]["sites"] == []
    assert found["today"]["objective"] is None
    assert found["everybody"]["mean_before"] == "Infinity"
    assert found["everybody"]["unreached_before"] == PEOPLE.sum()
    assert found["everybody"]["gaining"] == PEOPLE.sum()
    assert found["losers"] == []


def test_coverage_is_told_for_any_objective(files, told):
    found = told(*ASKED, "--radius", RADIUS, "--groups", "side")
    sites = [SITES.index(name) for name in found["sites"]]
    near = paid(sites) <= RADIUS
    assert found["everybody"]["covered_after"] == pytest.approx(PEOPLE[near].sum() / PEOPLE.sum())
    north = GROUPS[1]
    assert found["groups"]["north"]["covered_after"] == pytest.approx(
        north[near].sum() / north.sum()
    )
    assert found["groups"]["north"]["covered_before"] == pytest.approx(
        north[paid(TODAY) <= RADIUS].sum() / north.sum()
    )


def test_coverage_may_fade_and_end_at_the_radius(files, told):
    asked = (*ASKED, "--objective", "max-coverage", "--decay", "linear:50")
    fading = tried(lambda s: (PEOPLE * np.clip(1 - paid(s) / 50, 0, None)).sum(), max)
    assert told(*asked)["objective"] == pytest.approx(fading)
    cut = tried(
        lambda s: (PEOPLE * np.clip(1 - paid(s) / 50, 0, None) * (paid(s) <= RADIUS)).sum(), max
    )
    assert told(*asked, "--radius", RADIUS)["objective"] == pytest.approx(cut)


def test_aversion_is_fitted_to_today(files, told):
    found = told(*ASKED, "--objective", "kolm-pollak", "--aversion", 2)
    before = paid(TODAY)
    kappa = 2 * (PEOPLE @ before) / (PEOPLE @ before**2)
    assert found["settings"]["kappa"] == pytest.approx(kappa)
    assert found["settings"]["aversion"] == 2
    assert found["objective"] == pytest.approx(tried(lambda s: equivalent(s, kappa)))


def test_groups_in_shares_are_parts_of_people(files, told):
    frame = pd.read_csv(files / "demand.csv").assign(part=np.linspace(0, 1, N))
    frame.to_csv(files / "demand.csv", index=False)
    found = told(*ASKED, "--groups", "part,old")
    assert found["groups"]["part"]["people"] == pytest.approx(PEOPLE @ np.linspace(0, 1, N))
    assert found["settings"]["groups"] == [
        {"column": "part", "read_as": "share"},
        {"column": "old", "read_as": "people"},
    ]


def test_the_budget_and_floors_hold(files, told):
    found = told(*ASKED, "--budget", 5, "--cost", "price")
    allowed = [
        (PEOPLE * paid(s)).sum()
        for k in (1, 2)
        for s in combinations(range(M), k)
        if sum(s) + k <= 5
    ]
    assert found["objective"] == pytest.approx(min(allowed))
    assert sum(one["cost"] for one in found["chosen"]) <= 5
    frame = pd.read_csv(files / "candidates.csv").assign(district=list("aaabbb"))
    frame.to_csv(files / "candidates.csv", index=False)
    (files / "floors.csv").write_text("district,units\na,2\n", encoding="utf-8")
    found = told(*ASKED, "--floors", "floors.csv")
    assert set(found["sites"]) <= {"s0", "s1", "s2"}
    assert found["settings"]["floors"][0]["units"] == 2


def test_floors_of_groups_hold(files, told):
    old, north = GROUPS[:2]
    mean = {s: north @ paid(s) / north.sum() for s in combinations(range(M), UNITS)}
    share = {s: old[paid(s) <= RADIUS].sum() / old.sum() for s in mean}
    free = min(mean, key=lambda s: PEOPLE @ paid(s))
    limit, least = round(float(mean[free]) - 1, 3), round(float(share[free]) + 0.05, 3)
    allowed = [s for s in mean if mean[s] <= limit and share[s] >= least]
    assert allowed
    (files / "floors.csv").write_text(
        f"group,mean_cost,covered\nnorth,{limit},\nold,,{least}\n", encoding="utf-8"
    )
    found = told(*ASKED, "--groups", "old,side", "--floors", "floors.csv", "--radius", RADIUS)
    assert found["objective"] == pytest.approx(min(PEOPLE @ paid(s) for s in allowed))
    assert found["groups"]["north"]["mean_after"] <= limit
    assert found["groups"]["old"]["covered_after"] >= least
    without = PEOPLE @ paid(free)
    assert found["price_of_equity"]["value"] == pytest.approx(found["objective"] / without - 1)
    assert found["price_of_equity"]["efficient"]["objective"] == pytest.approx(without)


def test_capacities_send_people_elsewhere(files, told):
    room = np.full(M, np.ceil(PEOPLE.sum() / UNITS) + 5)
    frame = pd.read_csv(files / "candidates.csv").assign(capacity=room)
    frame.to_csv(files / "candidates.csv", index=False)
    found = told(*ASKED)
    assert found["settings"]["capacities"] is True
    assert found["objective"] >= tried(lambda s: (PEOPLE * paid(s)).sum()) - 1e-9
    assert found["objective"] == pytest.approx(found["total_cost"])
    free = told(*ASKED, "--no-capacities")
    assert free["settings"]["capacities"] is False
    assert free["objective"] == pytest.approx(tried(lambda s: (PEOPLE * paid(s)).sum()))


def test_the_frontier_runs_from_efficiency_to_equity(files, told, invoke):
    asked = (*ASKED, "--groups", "old,side", "--frontier", 5)
    points = told(*asked)["frontier"]
    totals = [one["objective"] for one in points]
    farthest = [one["worst_group_mean"] for one in points]
    assert totals == sorted(totals)
    assert farthest == sorted(farthest, reverse=True)
    assert totals[0] == pytest.approx(most_favourable("p-median"))
    assert farthest[-1] == pytest.approx(most_favourable("maximin"))
    assert all(one["bound"] == one["objective"] for one in points)
    assert "Between efficiency and equity" in invoke(*asked)


def test_a_row_for_each_place_is_written(files, told):
    found = told(*ASKED, "--output", "out/places.csv")
    with (files / "out" / "places.csv").open(encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    assert list(rows[0]) == ["row", "id", "people", "site", "cost", "cost_today", "change"]
    assert [row["id"] for row in rows] == PLACES
    assert {row["site"] for row in rows} <= set(found["sites"])
    assert sum(float(row["people"]) * float(row["cost"]) for row in rows) == pytest.approx(
        found["objective"]
    )


def test_names_in_numbers_match_across_formats(files, told):
    names = (list(range(1, N + 1)), list(range(101, 101 + M)))
    pd.DataFrame({"id": names[0], "weight": PEOPLE}).to_csv(files / "demand.csv", index=False)
    pd.DataFrame({"id": names[1]}).to_parquet(files / "candidates.parquet")
    listed(files / "costs.parquet", COSTS, names)
    found = told(
        "site", "--demand", "demand.csv", "--candidates", "candidates.parquet", "--costs",
        "costs.parquet", "--units", UNITS, "--unit", "min",
    )  # fmt: skip
    assert found["objective"] == pytest.approx(most_favourable("p-median"))
    assert set(found["sites"]) <= {str(one) for one in names[1]}
    assert found["settings"]["distances"] == {"kind": "listed", "unit": "min", "crs": None}
    assert found["objective_unit"] == "people × min"


def test_the_same_input_gives_the_same_output(files, invoke):
    asked = (*ASKED, "--groups", "old,side", "--objective", "maximin", "--work-limit", 5, "--json")
    assert invoke(*asked) == invoke(*asked)


def test_people_read_whole_sentences(files, invoke):
    asked = (*ASKED, "--groups", "old,side", "--objective", "p-center", "--unit", "min")
    text = invoke(*asked)
    assert "No choice within the limits does better; that is proven." in text
    assert "Against today, " in text
    assert "the price of equity" in text
    assert "Farther" in text
