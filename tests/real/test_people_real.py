"""Who is in Washington DC's data: residents' comments on traffic, 311 requests, survey counts."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.methods.area_statement import area_statement
from evenground.methods.areal_scales import ZoningInterval
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.ecological_margins import AreaCounts
from evenground.methods.margins_of_error import counts_with_margins
from evenground.methods.reporting import incidents_from_reports, repeated_reports_are_records
from evenground.methods.representation import InData, representation
from evenground.questions.data.measures.people.data_defect import data_defect_of_share, defect_curve
from evenground.questions.data.measures.people.r_indicator import r_indicator
from evenground.questions.data.measures.people.weighting import post_stratify, rake

pytestmark = pytest.mark.real
METRES = 26985


@pytest.fixture(scope="module")
def city(request):
    import geopandas as gpd
    import pandas as pd

    folder = request.getfixturevalue("real_data")("washington_dc")
    tracts = gpd.read_file(folder / "areas" / "tracts_2010.geojson").to_crs(METRES)
    survey = pd.read_csv(folder / "areas" / "acs_tract_2011_2014.csv", dtype={"geoid": str})
    survey = survey[survey["acs_end_year"] == 2014].set_index("geoid").reindex(tracts["geoid"])
    return folder, tracts, survey


@pytest.fixture(scope="module")
def comments(city):
    """Comments by tract, each counted once, and how many lie in none."""
    import geopandas as gpd

    folder, tracts, _ = city
    path = folder / "participation" / "vision_zero_safety_map_2015_2016.geojson"
    points = gpd.read_file(path).to_crs(METRES)
    joined = gpd.sjoin(points, tracts[["geoid", "geometry"]], how="left")
    joined = joined[~joined.index.duplicated()]
    assert len(joined) == 5_026
    by_tract = joined["geoid"].value_counts().reindex(tracts["geoid"]).fillna(0).to_numpy()
    return by_tract, int(joined["geoid"].isna().sum())


def counted(survey, name):
    return counts_with_margins(survey[name].to_numpy(), survey[f"{name}_moe"].to_numpy())


def in_four(values):
    """Return the quarter of each tract by a share, tracts without a share in the first."""
    known = np.nan_to_num(values.to_numpy())
    return np.searchsorted(np.quantile(known, [0.25, 0.5, 0.75]), known, side="right")


def test_repeated_requests_are_records(city):
    """370 identifiers come twice with one and the same time; one row has no identifier at all."""
    import pandas as pd

    path = city[0] / "outcomes" / "service_requests_311_last30d_snapshots.parquet"
    requests = pd.read_parquet(path)
    ids = pd.factorize(requests["servicerequestid"])[0]
    start = pd.Timestamp("2015-01-01", tz="UTC")
    reported, ended = (
        ((requests[name] - start).dt.total_seconds() / 86_400).to_numpy()
        for name in ("adddate", "resolutiondate")
    )
    found = repeated_reports_are_records(ids, reported)
    assert (found.n_rows, found.n_without_id) == (34_420, 1)
    assert (found.n_repeats, found.n_at_same_time) == (370, 370)
    told = incidents_from_reports(ids, reported, ended_at=ended, until=reported.max())
    assert isinstance(told, CannotTell)
    assert told.reason.code == "reason.reporting.records"


def test_comments_beside_the_city(city, comments):
    """Tracts with most Black residents hold a fifth of the people, a twentieth of the comments."""
    _, tracts, survey = city
    by_tract, elsewhere = comments
    assert 0 < elsewhere < 60
    people = counted(survey, "total_pop")
    found = representation(InData(counts=by_tract, n_missing=elsewhere), people)
    assert 10 < (found.p_value * len(tracts) < 0.05).sum() < 60
    quarter = in_four(survey["nh_black"] / survey["total_pop"])
    sums = [np.bincount(quarter, one) for one in (by_tract, people.value, people.standard_error**2)]
    classes = counts_with_margins(sums[1], np.sqrt(sums[2]) * 1.645)
    four = representation(InData(counts=sums[0], n_missing=elsewhere), classes)
    assert four.ratio.high[3] < 0.35
    assert four.ratio.low[0] > 1.3
    alike = r_indicator(by_tract, people, [quarter])
    assert alike.r > 0.98  # next to nobody is in the data
    assert alike.variation_low > 0.4  # and those who are come from some tracts only
    defect = data_defect_of_share(
        four.share_in_data.value[3], four.share_in_population.value[3],
        n=int(by_tract.sum()), population=int(people.value.sum()),
    )  # fmt: skip
    curve = defect_curve(int(by_tract.sum()), int(people.value.sum()))
    assert curve.effective_size[curve.correlation == 0.02] < 25
    assert defect.effective_size < 10


def test_weights_for_comments(city, comments):
    """Seven tracts sent nothing, so no weights by tract; by two margins there are, at a price."""
    _, tracts, survey = city
    by_tract, _ = comments
    times = by_tract.astype(int)
    none = post_stratify(np.repeat(np.arange(len(tracts)), times), tracts["pop2010"])
    assert isinstance(none, CannotTell)
    assert none.reason.parameters["n"] == 7
    margins = [in_four(survey[name] / survey["total_pop"]) for name in ("nh_black", "age_65_plus")]
    people = survey["total_pop"].to_numpy()
    found = rake(
        [np.repeat(one, times) for one in margins], [np.bincount(one, people) for one in margins]
    )
    assert found.largest_gap < 1e-9
    assert 1.3 < found.design_effect < 3


def test_a_statement_about_households(city):
    """Do tenants lack a car more often? Tracts say 10 points more, and leave all of it open."""
    import geopandas as gpd

    _, tracts, survey = city
    near = gpd.sjoin(tracts[["geometry"]], tracts[["geometry"]], predicate="touches")
    homes, without_car = counted(survey, "occupied_units"), counted(survey, "no_vehicle_units")
    with_car = counts_with_margins(
        np.maximum(homes.value - without_car.value, 0),
        np.hypot(homes.standard_error, without_car.standard_error) * 1.645,
    )
    found = area_statement(
        AreaCounts(
            with_it=without_car, without=with_car, in_group=counted(survey, "renter_occupied")
        ),
        adjacency=np.column_stack([near.index, near["index_right"]]),
        rng=np.random.default_rng(1),
    )
    assert not found.tells_of_people
    published, widened = found.bounds.as_published.overall, found.bounds.overall
    assert widened.low[0] < published.low[0] < published.high[0] < widened.high[0]
    assert isinstance(found.zonings, ZoningInterval)
    assert found.zonings.at_areas == pytest.approx(0.104, abs=0.005)
    assert found.goodman.alarm
    assert [caveat.code for caveat in found.caveats] == [
        "caveat.area.open", "caveat.area.goodman", "caveat.area.keeps",
    ]  # fmt: skip
