"""The numbers of Reach on real cities, array by array: published tables and known figures."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.methods.boundary_assignment import assign_points, units_by_area
from evenground.methods.group_attribution import area_classes, place_share
from evenground.methods.margins_of_error import counts_with_margins, group_totals
from evenground.methods.null_allocation import fair_draw
from evenground.methods.quantile_classes import quantile_classes
from evenground.questions.reach.measures.area_flags import flag_areas
from evenground.questions.reach.measures.areas_served import areas_served_range
from evenground.questions.reach.measures.boundary_range import (
    dissimilarity_range,
    group_units_range,
    rate_ratio_range,
)
from evenground.questions.reach.measures.distribution import group_distribution
from evenground.questions.reach.measures.margin_propagation import (
    interval,
    propagate_class_margins,
    propagate_margins,
)
from evenground.questions.reach.measures.nearest_distance import group_distance, nearest_distance
from evenground.questions.reach.measures.rate_ratio import rate_ratio

pytestmark = pytest.mark.real


class _Washington:
    """Tracts with the 2014 survey's people and poverty, in the order of the tract file."""

    def __init__(self, folder):
        import geopandas as gpd
        import pandas as pd

        self.folder = folder
        survey = pd.read_csv(self.folder / "areas/acs_tract_2011_2014.csv", dtype={"geoid": str})
        survey = survey[survey.acs_end_year == 2014]
        tracts = gpd.read_file(self.folder / "areas/tracts_2010.geojson").to_crs(26985)
        self.table = tracts.merge(survey, on="geoid", how="left", validate="1:1")
        self.areas = self.table.geometry.to_numpy()
        self.people = counts_with_margins(self.table.total_pop, self.table.total_pop_moe)
        self.third = quantile_classes(self.table.poverty_pct, 3)
        self.membership = area_classes(self.third, n_classes=3)
        self.poverty = counts_with_margins(
            self.table.poverty_pct.fillna(0), self.table.poverty_pct_moe.fillna(0)
        )

    def layer(self, name, snapshot=None):
        import geopandas as gpd

        layer = gpd.read_file(self.folder / name).to_crs(26985)
        if snapshot is not None:
            layer = layer[layer.snapshot.astype(str).str.startswith(snapshot)]
        return layer


@pytest.fixture(scope="module")
def washington(real_data):
    return _Washington(real_data("washington_dc"))


@pytest.mark.parametrize(
    ("snapshot", "expected"),
    [
        ("2013-06", [3.55, 4.71, 5.76]),
        ("2015-10", [4.44, 6.34, 8.31]),
        ("2016-08", [4.91, 6.87, 9.40]),
    ],
)
def test_wifi_per_10_000_residents_by_poverty_third(washington, snapshot, expected):
    wifi = washington.layer("technology/wifi_hotspots_snapshots.geojson", snapshot)
    units = units_by_area(assign_points(wifi.geometry.to_numpy(), washington.areas))
    assert units.sum() == len(wifi)
    found = group_distribution(units, washington.people.value, washington.membership)
    assert np.round(found.rate, 2).tolist() == expected


def test_thirds_are_those_of_pandas(washington):
    import pandas as pd

    theirs = pd.qcut(washington.table.poverty_pct, 3, labels=False)
    ours = washington.third
    assert (np.where(theirs.isna(), -1, theirs) == ours).all()


def test_wifi_ratio_holds_under_all_three_errors(washington):
    wifi = washington.layer("technology/wifi_hotspots_snapshots.geojson", "2016-08")
    where = assign_points(wifi.geometry.to_numpy(), washington.areas)
    units = units_by_area(where)
    xy = np.round(np.c_[wifi.geometry.x, wifi.geometry.y], 3)
    _, first, place = np.unique(xy, axis=0, return_index=True, return_inverse=True)
    rows = np.bincount(place).astype(float)
    area = where.area_of_unit[first]
    ends = washington.membership.take([2, 0])
    totals = group_totals(washington.people, ends.share)
    found = rate_ratio(rows, place_share(ends, area), baseline=totals)
    assert found.method == "exact"
    assert found.ratio == pytest.approx(9.40 / 4.91, rel=2e-3)
    assert 1.4 < found.low < found.ratio < found.high < 2.6
    rng = np.random.default_rng(1)
    draws = propagate_margins(units, washington.people, washington.membership, rng=rng)
    low, high = interval(draws.ratio(2, 0))
    assert found.low < low < found.ratio < high < found.high
    blurred = propagate_class_margins(
        units, washington.people, washington.poverty, n_classes=3, draws=(rng, 1_000)
    )
    # The survey's error on poverty moves tracts between thirds: the contrast fades, not vanishes.
    low, high = interval(blurred.ratio(2, 0))
    assert 1.0 < low < found.ratio
    assert high - low > 0.1
    whole = rate_ratio_range(where, np.ones(len(wifi)), ends.share, totals.value)
    assert whole.low == whole.assigned == whole.high
    assert where.n_ambiguous == 0


@pytest.mark.parametrize(
    ("points", "expected"), [("tracts", [515, 550, 627]), ("block_groups", [464, 499, 605])]
)
def test_distance_to_bike_share_by_poverty_third(washington, points, expected):
    import geopandas as gpd

    docks = washington.layer("technology/bikeshare_stations_snapshots.geojson", "2016-08")
    if points == "tracts":
        origins, people = washington.table.geometry.centroid, washington.people.value
        third = washington.third
    else:
        blocks = gpd.read_parquet(washington.folder / "areas/block_groups_2010.parquet")
        blocks = blocks.to_crs(26985)
        of_tract = dict(zip(washington.table.geoid, washington.third, strict=True))
        third = blocks.geoid.str[:11].map(of_tract).to_numpy()
        origins, people = blocks.geometry.centroid, blocks.pop2010.to_numpy(dtype=float)
    near = nearest_distance(origins.to_numpy(), docks.geometry.to_numpy())
    margin = np.zeros(people.size)
    found = group_distance(
        near.metres,
        area_classes(third, n_classes=3),
        weights=counts_with_margins(people, margin),
    )
    assert np.round(found.mean).astype(int).tolist() == expected


@pytest.mark.parametrize(
    ("layer", "n", "n_touching"),
    [
        ("technology/cctv_cameras_2016.geojson", 596, 25),
        ("technology/enforcement_cameras_snapshots.geojson", 293, 58),
    ],
)
def test_cameras_on_boundaries_count_once(washington, layer, n, n_touching):
    cameras = washington.layer(layer).geometry.to_numpy()
    where = assign_points(cameras, washington.areas)
    assert where.n_units == n
    assert units_by_area(where).sum() == pytest.approx(n - where.n_outside)
    assert where.n_ambiguous >= n_touching
    ones = np.ones(n)
    for third in washington.membership.share:
        found = group_units_range(where, ones, third)
        assert found.certificate == "exact"
        assert found.low < found.assigned < found.high
    index = dissimilarity_range(where, ones, washington.people.value)
    assert 0 < index.low < index.assigned < index.high < 1


def test_most_cameras_are_dropped_or_doubled_by_plain_predicates(washington):
    import shapely

    cameras = washington.layer("technology/cctv_cameras_2016.geojson").geometry.to_numpy()
    tree = shapely.STRtree(washington.areas)
    touching = np.bincount(tree.query(cameras, predicate="intersects")[0], minlength=596)
    where = assign_points(cameras, washington.areas)
    assert (where.ambiguous[touching > 1]).all()
    assert np.bincount(where.unit, weights=where.share, minlength=596)[touching == 1].min() == 1


def test_wifi_is_too_sparse_to_flag_most_tracts(washington):
    wifi = washington.layer("technology/wifi_hotspots_snapshots.geojson", "2016-08")
    units = units_by_area(assign_points(wifi.geometry.to_numpy(), washington.areas))
    fair = fair_draw(np.ones(len(wifi)), washington.people)
    flags = flag_areas(units, fair)
    assert flags.more.sum() > 0
    assert not (flags.fewer & flags.more).any()
    assert flags.attainable.flags_when_empty.sum() < 20


def test_newcastle_distance_by_decile_is_the_published_one(real_data):
    import geopandas as gpd
    import pandas as pd

    folder = real_data("newcastle")
    homes = gpd.read_file(folder / "lsoa_population_weighted_centroids.geojson").to_crs(27700)
    sensors = gpd.read_file(folder / "urban_observatory_sensors_2020-08.geojson").to_crs(27700)
    air = sensors[sensors.sensor_type.str.contains("Air", na=False)]
    near = nearest_distance(homes.geometry.to_numpy(), air.geometry.to_numpy())
    decile = homes.imd_decile.astype(int).to_numpy() - 1
    found = group_distance(near.metres, area_classes(decile, n_classes=10))
    published = pd.read_csv(folder / "published_average_distance_by_decile.csv")
    theirs = published.sort_values("Decile").Deprivation_AverageDistance.to_numpy()
    assert np.abs(found.mean / theirs - 1).max() < 0.001
    assert (found.low == found.mean).all()


def test_chicago_has_92_tracts_with_a_node_at_most(real_data):
    import geopandas as gpd

    folder = real_data("chicago_aot")
    tracts = gpd.read_file(folder / "tracts_2010.geojson").to_crs(26916)
    nodes = gpd.read_file(folder / "aot_nodes_2019-03.geojson").to_crs(26916)
    touching = assign_points(
        nodes.geometry.to_numpy(), tracts.geometry.to_numpy(), tolerance_metres=0.0
    )
    served = areas_served_range(touching)
    # Five nodes lie on shared boundaries; two of them decide between 90, 91 and 92 tracts.
    assert (served.low, served.assigned, served.high) == (90, 91, 92)
    assert touching.n_ambiguous == 5
    assert len(tracts) == 801
