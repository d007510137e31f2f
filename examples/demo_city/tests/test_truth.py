"""The planted truth, worked out again from the written files alone, with pandas and geopandas."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

LABELS = ["higher-income", "middle-income", "lower-income"]


@pytest.fixture(scope="module")
def areas(demo):
    """Return areas with residents, full bins found, and thirds by the published share."""
    city = demo.city
    areas = gpd.read_file(city / "areas.gpkg", layer="small_areas_2024").set_index("area_id")
    register = pd.read_csv(city / "population_register_2024.csv", dtype={"area_id": str})
    totals = register[register.group == "total"].set_index("area_id")["count"]
    share = pd.read_csv(city / "low_income_2024.csv", dtype={"area_id": str})
    share = share.set_index("area_id").value
    found = pd.read_csv(city / "full_bins_found.csv", dtype={"area_id": str})
    return areas.assign(
        residents=totals,
        found=found.set_index("area_id").value,
        third=pd.qcut(share, 3, labels=LABELS).reindex(areas.index),
    )


def placed(demo, areas, name):
    """Return the units of one initiative by area, those on an edge shared out evenly."""
    sites = pd.read_csv(demo.root / name / "sites.csv")
    if "candidate" in sites:
        sites = sites[sites.candidate == "no"]
    points = gpd.GeoDataFrame(sites, geometry=gpd.points_from_xy(sites.x, sites.y), crs=areas.crs)
    hits = points.sjoin(areas[["geometry"]], predicate="intersects")
    each = hits.units / hits.groupby(level=0).area_id.transform("size")
    return each.groupby(hits.area_id).sum().reindex(areas.index, fill_value=0.0)


@pytest.mark.parametrize("name", ["closed_bins", "sensor_bins"])
def test_ratios_are_in_the_files_as_the_truth_says(demo, areas, planted, name):
    stated = planted["initiatives"][name]
    units = placed(demo, areas, name)
    sums = (
        areas.assign(units=units)
        .groupby("third", observed=True)[["units", "residents", "found"]]
        .sum()
    )
    assert units.sum() == pytest.approx(stated["n_units"])
    rate = 1e4 * sums.units / sums.residents
    for third in LABELS:
        assert rate[third] == pytest.approx(
            stated["as_published"]["units_per_10_000"][third], abs=1e-3
        )
    by_need = sums.units / sums.found
    assert rate["lower-income"] / rate["higher-income"] == pytest.approx(
        stated["as_published"]["ratio"], abs=1e-3
    )
    assert by_need["lower-income"] / by_need["higher-income"] == pytest.approx(
        stated["as_published"]["ratio_by_need"], abs=1e-3
    )


def test_the_bad_one_gives_lower_income_areas_well_under_half(planted):
    bad = planted["initiatives"]["sensor_bins"]
    assert bad["planted_ratio"] == pytest.approx(0.38)
    assert bad["as_true"]["ratio"] == pytest.approx(bad["planted_ratio"], rel=0.1)
    assert bad["as_published"]["ratio"] < 0.5


def test_the_good_one_is_even_by_people_and_by_need(planted):
    good = planted["initiatives"]["closed_bins"]
    for ratio in (
        good["planted_ratio"], good["planted_ratio_by_need"],
        good["as_true"]["ratio"], good["as_true"]["ratio_by_need"],
        good["as_published"]["ratio"], good["as_published"]["ratio_by_need"],
    ):  # fmt: skip
        assert 0.85 < ratio < 1.15


def test_the_good_one_is_spread_far_more_evenly_than_the_bad_one(planted):
    good, bad = (planted["initiatives"][name] for name in ("closed_bins", "sensor_bins"))
    assert 4 * good["as_published"]["dissimilarity"] < bad["as_published"]["dissimilarity"]


@pytest.mark.parametrize(("name", "most"), [("closed_bins", 3), ("sensor_bins", 9)])
def test_some_sites_stand_on_boundaries(demo, areas, planted, name, most):
    sites = pd.read_csv(demo.root / name / "sites.csv")
    points = gpd.points_from_xy(sites.x, sites.y, crs=areas.crs)
    touching = gpd.GeoDataFrame(geometry=points).sjoin(areas[["geometry"]])
    on_edge = (touching.groupby(level=0).size() > 1).sum()
    assert on_edge == planted["initiatives"][name]["on_edges"] == most


def test_sensor_bins_share_places_and_closed_bins_do_not(demo):
    bad = pd.read_csv(demo.root / "sensor_bins" / "sites.csv")
    good = pd.read_csv(demo.root / "closed_bins" / "sites.csv")
    assert bad.units.sum() == 200
    assert len(bad) < 170
    assert set(bad.units) == {1, 2, 3}
    assert (good[good.candidate == "no"].units == 1).all()
    assert len(good[["x", "y"]].drop_duplicates()) == len(good) == 420


def test_the_effect_of_the_rounds_is_in_the_files(demo, planted):
    """Change in areas drawn less change in the others, with pandas alone, near what was planted."""
    folder = demo.root / "rounds_by_need"
    outcomes = pd.read_csv(folder / "outcomes.csv", dtype={"unit_id": str})
    rollout = pd.read_csv(folder / "rollout.csv", dtype={"unit_id": str}).set_index("unit_id")
    bins = outcomes[outcomes.indicator == "full_bins_per_month"]
    after = bins.period >= "2024-10"
    change = (
        bins[after].groupby("unit_id").value.mean() - bins[~after].groupby("unit_id").value.mean()
    )
    drawn = rollout.arm.reindex(change.index) == "drawn"
    stated = planted["initiatives"]["rounds_by_need"]
    assert drawn.sum() == stated["n_drawn"]
    both = change[drawn], change[~drawn]
    effect = both[0].mean() - both[1].mean()
    error = sum(one.var() / one.size for one in both) ** 0.5
    assert effect == pytest.approx(stated["planted_effect_of_being_drawn"], abs=3 * error)
    assert stated["planted_effect_of_being_drawn"] < -0.5


@pytest.fixture(scope="module")
def asked(planted):
    return planted["initiatives"]["closed_bins"]["asked"]


def test_the_vote_leaves_tenants_with_nothing_though_their_share_would_pay(demo, asked):
    """Counted with pandas alone: by votes, and the group that could have paid for its work."""
    folder, told = demo.root / "closed_bins", asked["small_works"]
    ballots = pd.read_csv(folder / "ballots.csv", keep_default_na=False)
    works = pd.read_csv(folder / "ballot_projects.csv").set_index("project_id")
    budget = pd.read_csv(folder / "budget_votes.csv").budget[0]
    names = ballots.choices.str.get_dummies(sep=", ").reindex(columns=works.index).astype(bool)
    assert len(ballots) == told["n_voters"] == 400
    left, funded = budget, []
    for work in names.sum().sort_values(ascending=False, kind="stable").index:
        if works.cost[work] <= left:
            left -= works.cost[work]
            funded.append(work)
    assert funded == told["funded_by_most_votes"]
    assert set(works.index[works.announced == "yes"]) == set(funded)
    owed = told["owed_and_not_funded"]
    group = names[owed] & ~names[funded].any(axis=1)
    assert group.sum() / len(ballots) * budget > works.cost[owed]
    assert ballots.district[group].isin(["Northfield", "Foundry"]).mean() > 0.9
    events = pd.read_csv(folder / "events.csv")
    assert events.n_changed.iloc[-1] == names[funded].any(axis=1).sum()


def test_voters_by_age_are_those_of_the_ballots(demo):
    folder = demo.root / "closed_bins"
    ages = pd.read_csv(folder / "ballots.csv").age
    rows = pd.read_csv(folder / "took_part.csv").query("step == 'vote on small works'")
    counts = rows.set_index("group")["count"]
    assert counts["total"] == counts.drop("total").sum() == len(ages)
    assert counts["age_65_plus"] == (ages >= 65).sum()
    assert counts["under_18"] == (ages < 18).sum()


def test_two_sides_are_in_the_conversation(demo, asked):
    """The first direction of the votes alone tells two sides of the planted sizes."""
    votes = pd.read_csv(demo.root / "closed_bins" / "opinion_votes.csv")
    table = votes.pivot_table(index="participant", columns="statement", values="vote")
    assert table.shape == (asked["conversation"]["n_people"], 25)
    centred = (table - table.mean()).fillna(0.0).to_numpy()
    side = np.linalg.svd(centred, full_matrices=False)[0][:, 0] > 0
    sizes = sorted([side.sum(), (~side).sum()], reverse=True)
    assert sizes == pytest.approx(asked["conversation"]["sides"], abs=3)


def test_the_panel_keeps_its_quotas_and_gives_people_alike_the_same_chance(demo, asked):
    folder, told = demo.root / "closed_bins", asked["panel"]
    pool = pd.read_csv(folder / "panel_pool.csv").pivot_table(
        index="person", columns="feature", values="value", aggfunc="first"
    )
    members = pd.read_csv(folder / "panel_members.csv").set_index("person")
    quotas = pd.read_csv(folder / "panel_quotas.csv")
    drawn = pool[members.drawn.reindex(pool.index) == "yes"]
    assert (len(pool), len(drawn)) == (told["n_came_forward"], told["n_drawn"])
    for quota in quotas.itertuples():
        assert quota.min <= (drawn[quota.feature] == quota.value).sum() <= quota.max
    chance = members.probability.reindex(pool.index)
    assert chance.groupby([pool[name] for name in pool]).nunique().eq(1).all()
    assert chance.sum() == pytest.approx(len(drawn), abs=0.01)
    assert chance.min() == told["least_chance"] > 0.09
