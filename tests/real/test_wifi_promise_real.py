"""Washington DC's public wifi: 300 hotspots promised, 351 counted by the agency, 300 on the map."""

from __future__ import annotations

import pytest

from evenground.questions.promise.measures.promises.conflicting_counts import (
    conflicting_counts,
)

pytestmark = pytest.mark.real
QUARTERS = ["Q1_Actual", "Q2_Actual", "Q3_Actual", "Q4_Actual"]


@pytest.fixture(scope="module")
def targets(real_data):
    """Return what the agency promised and counted, by fiscal year (October to September)."""
    import pandas as pd

    file = real_data("washington_dc") / "performance" / "agency_kpis_2008_2013.csv"
    rows = pd.read_csv(file, low_memory=False)
    rows = rows[rows.Measure_Name.str.contains("public WiFi hotspots", na=False)]
    return rows.set_index(rows.Fiscal_Year.astype(int))


@pytest.fixture(scope="module")
def on_the_map(real_data):
    """Return the rows of the published list, and the sites that they stand for, by its date."""
    import geopandas as gpd

    file = real_data("washington_dc") / "technology" / "wifi_hotspots_snapshots.geojson"
    listed = gpd.read_file(file, ignore_geometry=True)
    return listed.groupby("snapshot").NUMBER_OF_SITES.agg(["size", "sum"])


def test_what_was_promised_and_what_the_agency_counted(targets):
    assert targets.YE_Target.to_dict() == {
        2009: 200, 2010: 300, 2011: 300, 2012: 300, 2013: 360,
    }  # fmt: skip
    counted = targets.YE_Actual.astype(float)
    assert counted.to_dict() == {2009: 218, 2010: 230, 2011: 276, 2012: 351, 2013: 531}


def test_the_promise_of_2010_was_kept_two_years_late(targets):
    reached = targets.YE_Actual.astype(float) >= 300
    assert reached.to_dict() == {2009: False, 2010: False, 2011: False, 2012: True, 2013: True}
    assert targets.Rating[[2010, 2011, 2012]].tolist() == [
        "Partially Achieved", "Partially Achieved", "Fully Achieved",
    ]  # fmt: skip


def test_300_on_the_map_nine_months_after_351_were_counted(targets, on_the_map):
    counted = float(targets.YE_Actual[2012])
    found = conflicting_counts(
        [counted, on_the_map["size"]["2013-06-25"]],
        ["agency, September 2012", "map, June 2013"],
        target=float(targets.YE_Target[2012]),
    )
    assert found.counts.tolist() == [351, 300]
    assert found.of_target.tolist() == [1.17, 1]
    assert (found.apart, found.agree) == (51, False)
    assert found.reached is True  # by either count, and by no margin on the map


def test_by_the_next_target_it_depends_on_whom_one_asks(targets, on_the_map):
    found = conflicting_counts(
        [float(targets.YE_Actual[2013]), on_the_map["size"]["2013-06-25"]],
        ["agency, September 2013", "map, June 2013"],
        target=float(targets.YE_Target[2013]),
    )
    assert found.counts.tolist() == [531, 300]
    assert found.reached is None
    assert found.depends_on_source


def test_two_years_later_the_map_still_holds_fewer(targets, on_the_map):
    later = on_the_map.loc["2015-10-11"]
    assert later.tolist() == [405, 487]  # rows, and sites that they stand for
    assert later["sum"] < float(targets.YE_Actual[2013])


def test_the_count_of_a_year_is_the_sum_of_its_quarters(targets):
    """So the first quarter holds a stock, the others what was added, in 2010 to 2013."""
    whole = targets[QUARTERS].sum(axis=1)
    counted = targets.YE_Actual.astype(float)
    assert (whole[[2010, 2011, 2012, 2013]] == counted[[2010, 2011, 2012, 2013]]).all()
