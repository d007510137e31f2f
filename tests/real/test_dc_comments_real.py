"""Washington DC's 5,026 comments on street safety, by poverty of the tract that they point to."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.methods.boundary_assignment import assign_points
from evenground.methods.quantile_classes import quantile_classes
from evenground.questions.voice.measures.taking_part.located_rates import located_rates

pytestmark = pytest.mark.real
METRES = "EPSG:26985"


@pytest.fixture(scope="module")
def city(real_data):
    """Tracts with residents and poverty, and the comments as points."""
    import geopandas as gpd
    import pandas as pd

    folder = real_data("washington_dc")
    path = folder / "areas" / "tracts_2010.geojson"
    tracts = gpd.read_file(path).to_crs(METRES)
    tracts.attrs["path"] = path
    survey = pd.read_csv(folder / "areas" / "acs_tract_2011_2014.csv", dtype={"geoid": str})
    survey = survey[survey["acs_end_year"] == 2014].set_index("geoid").reindex(tracts["geoid"])
    path = folder / "participation" / "vision_zero_safety_map_2015_2016.geojson"
    people = np.nan_to_num(survey["total_pop"].to_numpy(dtype=float))
    thirds = quantile_classes(survey["poverty_pct"].to_numpy(dtype=float), 3)
    return tracts, gpd.read_file(path), people, thirds


def by_third(index, people, thirds):
    """Return how many per 1,000 residents lie in each third, by the tract of each."""
    inside = thirds >= 0
    living = np.bincount(thirds[inside], people[inside])
    of = thirds[np.asarray(index)]
    return 1000 * np.bincount(of[of >= 0], minlength=3) / living


@pytest.mark.parametrize(
    ("predicate", "n", "rates"),
    [("within", 4_748, (8.08, 8.83, 3.65)), ("intersects", 4_997, (8.51, 9.31, 3.80))],
)
def test_other_tools_drop_comments_or_count_those_that_they_find_first(city, predicate, n, rates):
    import geopandas as gpd

    tracts, comments, people, thirds = city
    assert len(comments) == 5_026
    joined = gpd.sjoin(comments.to_crs(METRES), tracts[["geometry"]], predicate=predicate)
    once = joined[~joined.index.duplicated()]
    assert len(once) == n
    found = by_third(once["index_right"], people, thirds)
    assert found == pytest.approx(rates, abs=0.006)


def test_301_on_shared_boundaries_are_counted_349_times_too_often(city):
    """As written, in degrees: 301 comments lie on a line that tracts share, some on corners."""
    import geopandas as gpd

    tracts, comments, _, _ = city
    original = gpd.read_file(tracts.attrs["path"])[["geometry"]]
    touching = gpd.sjoin(comments, original, predicate="intersects").index.value_counts()
    assert int((touching > 1).sum()) == 301
    assert int((touching - 1).sum()) == 349


@pytest.mark.parametrize("tolerance", [0.01, 0.15])
def test_each_comment_counts_once_with_the_range_over_admissible_areas(city, tolerance):
    tracts, comments, people, thirds = city
    places = comments.to_crs(METRES).geometry.to_numpy()
    assigned = assign_points(places, tracts.geometry.to_numpy(), tolerance_metres=tolerance)
    found = located_rates(assigned, people, thirds)
    assert found.n == 5_026
    assert found.comments.sum() + found.n_in_no_class + found.n_outside == pytest.approx(5_026)
    assert found.rate == pytest.approx((8.6, 9.35, 3.8), abs=0.06)
    assert (found.least < found.rate).all()
    assert (found.rate < found.most).all()
    # Wherever those on boundaries belong: the third with most poverty comments less than half.
    assert found.most[2] < 0.65 * found.least[:2].min()


def test_not_one_comment_was_ever_assigned_to_anybody(city):
    _, comments, _, _ = city
    said = comments["STATUS"].fillna("")
    assert set(said) == {"Unassigned", ""}
    assert int((said == "Unassigned").sum()) == 5_019
