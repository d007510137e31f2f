"""The planted truth, worked out again from the written files alone, with pandas and geopandas."""

from __future__ import annotations

import geopandas as gpd
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
