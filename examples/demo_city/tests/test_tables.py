from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from evenground_demo.tables import bins_in_need
from evenground_demo.tables.population import SURVEYED
from evenground_demo.world import CLASSES


def table(demo, name):
    return pd.read_csv(demo.city / name, dtype={"area_id": str})


def by_class(world, values):
    classes = np.array([*CLASSES, "none"])[world.income_class]
    return pd.Series(np.asarray(values, float)).groupby(classes).sum()


def test_the_register_is_rounded_to_fives_and_near_the_truth(demo, world):
    register = table(demo, "population_register_2024.csv")
    assert (register["count"] % 5 == 0).all()
    total = register[register.group == "total"].set_index("area_id")["count"]
    assert np.abs(total.to_numpy() - world.people.total).max() <= 2.5


def test_nine_in_ten_margins_hold_the_truth(demo, world):
    survey = table(demo, "survey_2024.csv").set_index("area_id")
    survey = survey.reindex([area.code for area in world.areas])
    held = [
        (survey[group] - world.people.group[group]).abs() <= survey[f"{group}_moe"]
        for group in SURVEYED
    ]
    asked = survey[list(SURVEYED)].notna()
    share = pd.concat(held, axis=1).to_numpy()[asked.to_numpy()].mean()
    assert 0.86 <= share <= 0.95


def test_places_without_homes_have_few_people_and_no_survey(demo, world):
    survey = table(demo, "survey_2024.csv")
    without = {area.code for area in world.areas if area.use != "homes"}
    assert len(without) == 7
    assert set(survey.area_id) == {area.code for area in world.areas} - without
    assert survey[list(SURVEYED)].notna().all(axis=None)


def test_low_incomes_cluster(demo, world):
    """Neighbours are alike: Moran's I (1950) of the published share is well above zero."""
    share = table(demo, "low_income_2024.csv").set_index("area_id").value
    areas = gpd.read_file(demo.city / "areas.gpkg", layer="small_areas_2024").set_index("area_id")
    areas = areas.loc[share.index]
    touch = np.array([areas.touches(shape) for shape in areas.geometry], float)
    z = share.to_numpy() - share.mean()
    moran = len(z) / touch.sum() * (z @ touch @ z) / (z @ z)
    assert moran > 0.5


def test_the_app_hears_least_where_bins_overflow_most(demo, world, planted):
    found = table(demo, "full_bins_found.csv").value
    reports = table(demo, "overflow_reports.csv")
    reports = reports[reports.period.str.startswith("2025")].groupby("area_id").value.sum()
    need = by_class(world, found) / by_class(world, world.people.total)
    heard = by_class(world, reports) / by_class(world, found / bins_in_need.FOUND_BY_CREWS)
    assert need["lower-income"] > need["higher-income"]
    share = planted["bad_data"]["overflow_reports"]["share_reported_by_class"]
    for name in CLASSES:
        assert heard[name] == pytest.approx(share[name], rel=0.12)


def test_the_evening_round_cut_missed_collections_as_planted(demo, planted):
    """Difference-in-differences of log counts, with its Poisson standard error."""
    effect = planted["effects"]["evening_round"]
    missed = table(demo, "missed_collections.csv")
    treated = missed.area_id.str.startswith(effect["district"])
    # Same months of both years, so that the season drops out.
    march_on = missed.period.str[-2:] >= "03"
    after = missed.period >= effect["from"]
    n = missed[march_on].groupby([treated, after]).value.sum()
    log_ratio = np.log(n[True, True] / n[True, False]) - np.log(n[False, True] / n[False, False])
    error = np.sqrt((1 / n).sum())
    assert abs(log_ratio - np.log(effect["multiplies_by"])) < 1.96 * error
    assert log_ratio + 1.96 * error < 0
    before_after = n[True, True] / n[True, False]
    assert before_after > np.exp(log_ratio)


def test_four_areas_share_a_broken_value(demo, planted):
    air = table(demo, "air.csv").set_index("area_id").value
    stuck = planted["bad_data"]["air"]
    assert sorted(air[air == stuck["value"]].index) == sorted(stuck["areas"])
    assert air.value_counts().max() >= 4


def test_private_money_follows_public_money_after_two_years(demo, planted):
    money = pd.read_excel(demo.city / "spending.xlsx", dtype={"area_id": str})
    grid = money.pivot_table(
        index=["area_id"], columns=["payer", "year"], values="amount", aggfunc="sum", fill_value=0
    )
    years = range(2008, 2026)
    public, private = (
        grid[payer].reindex(columns=years, fill_value=0).to_numpy()
        for payer in ("public", "private")
    )

    def together(lag):
        first, later = public[:, : len(years) - lag], private[:, lag:]
        return np.corrcoef(first.ravel(), later.ravel())[0, 1]

    lags = {lag: together(lag) for lag in range(6)}
    assert max(lags, key=lags.get) == planted["effects"]["spending"]["private_follows_after_years"]


def test_accounts_hold_consent_of_every_kind(demo, world):
    accounts = table(demo, "accounts.csv")
    assert set(accounts.consent) == {"public", "internal", "withdrawn"}
    assert set(accounts.area_id) <= {area.code for area in world.areas}
    assert "withdrawn these words" in accounts[accounts.consent == "withdrawn"].text.iloc[0]


def test_past_initiatives_include_declined_and_stopped_ones(demo):
    stages = table(demo, "past_initiatives.csv").stage
    assert {"declined", "stopped", "ended", "running"} == set(stages)


def test_what_past_initiative_eight_says_of_the_app_is_true(demo):
    reports = table(demo, "overflow_reports.csv")
    year = reports[reports.period.str.startswith("2025")]
    people = table(demo, "population_register_2024.csv").query("group == 'total'")
    assert year.value.sum() == 3116

    def part(frame, column, districts):
        inside = frame.area_id.str[:2].isin(districts)
        return frame[inside][column].sum() / frame[column].sum()

    assert part(year, "value", ["01", "05", "08"]) == pytest.approx(0.4, abs=0.02)
    assert part(people, "count", ["01", "05", "08"]) == pytest.approx(0.3, abs=0.02)
    assert 0.15 < part(year, "value", ["03", "04"]) < 0.2
    assert part(people, "count", ["03", "04"]) == pytest.approx(0.3, abs=0.02)


def test_the_good_initiative_states_what_the_crews_found(demo):
    rows = table(demo, "full_bins_found.csv")
    people = table(demo, "population_register_2024.csv").query("group == 'total'")
    districts = [rows, people]
    full, residents = (
        frame.groupby(frame.area_id.str[:2]).sum(numeric_only=True) for frame in districts
    )
    per_resident = (full["value"] / residents["count"]).sort_values()
    assert per_resident.index[0] == "05"
    assert set(per_resident.index[-3:]) == {"01", "04", "06"}
    found = rows.value.sum()
    text = (demo.initiatives[0] / "initiative.toml").read_text(encoding="utf-8")
    assert f"{found:,} full bins" in text
