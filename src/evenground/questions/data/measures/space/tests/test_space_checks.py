"""Places missing, outside, moved, on boundaries; how fine they are; which areas are empty."""

from __future__ import annotations

import ibis
import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.boundary_assignment import assign_points
from evenground.questions.data.measures.checks import Status
from evenground.questions.data.measures.space.area_coverage import area_coverage
from evenground.questions.data.measures.space.boundary_points import (
    boundary_points,
    fewest_and_most,
    plain_joins,
)
from evenground.questions.data.measures.space.coordinate_faults import coordinate_faults
from evenground.questions.data.measures.space.coordinates import (
    coordinates,
    coordinates_of,
    distinct,
)
from evenground.questions.data.measures.space.granularity import (
    area_granularity,
    decimals_of,
    spatial_granularity,
)
from evenground.questions.data.measures.space.inner_cells import inner_cells
from evenground.questions.data.measures.space.missing_coordinates import missing_coordinates
from evenground.questions.data.measures.space.moved_sites import moved_sites, site_moves
from evenground.questions.data.measures.space.outside_city import OutsideSetting, outside_city
from evenground.questions.data.measures.space.region import region_of_data
from evenground.questions.data.measures.space.suspicious import (
    coordinate_summary,
    not_surely_inside,
    region_of_summary,
    suspicious_coordinates,
    suspicious_rows,
)

SQUARES = [shapely.box(1000 * i, 0, 1000 * (i + 1), 1000) for i in range(2)]
L_SHAPE = shapely.union_all([shapely.box(0, 0, 4000, 1000), shapely.box(0, 0, 1000, 4000)])


def lazy(x, y):
    table = pa.table({"x": pa.array(x, pa.float64()), "y": pa.array(y, pa.float64())})
    return ibis.duckdb.connect().create_table("places", table)


# missing


def test_missing_coordinates_are_counted_with_halves_apart():
    table = pa.table({"lon": [1.0, None, float("nan"), 4.0], "lat": [1.0, None, 2.0, float("inf")]})
    check = missing_coordinates(coordinates_of(table, "lon", "lat"))
    assert (check.count, check.detail["half_rows"], check.detail["share"]) == (3, 2, 0.75)
    assert check.flags["row"].to_pylist() == [1, 2, 3]
    assert check.flags["column"].to_pylist() == ["lon", "lon", "lat"]
    assert missing_coordinates(coordinates([], [])).detail["share"] is None


# outside


def test_outside_is_beyond_the_distance_and_faults_stand_elsewhere():
    places = coordinates([500, 2050, 2150, 9e6, np.nan], [500, 500, 500, 500, 1])
    fault = np.array([False, False, False, True, False])
    check = outside_city(places, SQUARES, setting=OutsideSetting(at_fault=fault))
    assert (check.count, check.detail["places"], check.detail["at_fault_rows"]) == (1, 1, 1)
    assert check.detail["nearest_metres"] == pytest.approx(150)
    assert check.detail["share"] == pytest.approx(1 / 3)
    assert check.flags["row"].to_pylist() == [2]
    check = outside_city(places, SQUARES, setting=OutsideSetting(metres=0))
    assert check.count == 3
    assert outside_city(places, None).status is Status.NOT_ESTABLISHED
    with pytest.raises(UsageError):
        outside_city(places, SQUARES, setting=OutsideSetting(metres=-1))


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 1000))
def test_inner_cells_and_lazy_rows_change_no_count(seed):
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(-500, 4500, 300).round(), rng.uniform(-500, 4500, 300).round()
    x[:3], y[3] = [np.inf, np.nan, 1e200], -np.inf
    cells = inner_cells(L_SHAPE, n_side=16)
    assert shapely.contains(L_SHAPE, shapely.points(x, y))[cells.hold(x, y)].all()
    places = coordinates(x, y)
    plain = outside_city(places, [L_SHAPE])
    quick = outside_city(places, [L_SHAPE], setting=OutsideSetting(inner=cells))
    assert quick.detail == plain.detail
    left = not_surely_inside(lazy(x, y), "x", "y", cells=cells).to_pyarrow()
    assert left.num_rows < 300
    counted = outside_city(coordinates_of(left, "x", "y", times="times"), [L_SHAPE])
    assert counted.count == plain.count
    assert counted.flags is None


# lazy faults


def test_the_lazy_summary_finds_the_same_region_and_faults():
    rng = np.random.default_rng(5)
    x, y = rng.uniform(4e5, 4.2e5, 2000), rng.uniform(1.3e5, 1.5e5, 2000)
    x[:3] *= 100
    y[1:6] /= 10
    x[10:12] = y[10:12] = 0
    x[20], y[21], y[22] = np.nan, np.nan, np.inf
    table = lazy(np.where(np.isnan(x), None, x), y)
    (row,) = coordinate_summary(table, "x", "y").to_pyarrow().to_pylist()
    assert (row["n"], row["n_missing"], row["n_half"], row["n_zero"]) == (2000, 3, 3, 2)
    places = coordinates(x, y)
    region = region_of_summary(row)
    assert region == region_of_data(places)
    few = suspicious_coordinates(table, "x", "y", region=region).to_pyarrow()
    assert few.num_rows == 7
    assert suspicious_rows(table, "x", "y", region=region).to_pyarrow().num_rows == 8
    lazily = coordinate_faults(
        coordinates_of(few, "x", "y", times="times"), region, n_rows=row["n"] - row["n_missing"]
    )
    eager = coordinate_faults(places, region)
    assert (lazily.count, lazily.detail) == (eager.count, eager.detail)
    assert lazily.count == 8


def test_nothing_to_summarise_gives_no_region():
    (row,) = coordinate_summary(lazy([None], [None]), "x", "y").to_pyarrow().to_pylist()
    assert region_of_summary(row) is None


@pytest.mark.parametrize("dialect", ["duckdb", "postgres"])
def test_expressions_compile_elsewhere(dialect):
    table = ibis.table({"x": "float64", "y": "int32"}, name="places")
    region = region_of_data(coordinates([1.0, 2.0, 3.0], [1.0, 2.0, 3.0]))
    for expression in (
        coordinate_summary(table, "x", "y"),
        suspicious_coordinates(table, "x", "y", region=region),
        not_surely_inside(table, "x", "y", cells=inner_cells(L_SHAPE, n_side=4)),
    ):
        assert "SELECT" in ibis.to_sql(expression, dialect=dialect)


# moved sites


def test_a_site_that_jumps_is_counted_once_with_its_rows():
    sites = ["a", "a", "a", "b", "b", "c", None]
    x = [0, 10, 500, 0, 0, 3000, 9]
    snapshots = np.array(["2015", "2016", "2017", "2015", "2016", "2016", "2015"], "datetime64[Y]")
    places = coordinates(x, [0] * 7)
    check = moved_sites(sites, places, order=snapshots.astype("datetime64[us]"), metres=50)
    assert (check.count, check.unit, check.detail["jumps"], check.detail["sites"]) == (
        1, "sites", 1, 3,
    )  # fmt: skip
    assert check.detail["most"] == [{"site": "a", "metres": 490.0}]
    assert check.detail["sharing_sites"] == 2, "a and b have stood at the same coordinates"
    assert check.flags.to_pylist()[0]["row"] == 2
    assert check.flags.to_pylist()[0]["sensor"] == "a"
    assert check.flags.to_pylist()[0]["time"].year == 2017
    backwards = moved_sites(sites, places, order=-np.arange(7), metres=50)
    assert backwards.count == 1


def test_sites_of_one_row_each_cannot_have_moved():
    check = moved_sites(["a", "b"], coordinates([0, 0], [1, 1]))
    assert check.status is Status.NOT_ESTABLISHED
    assert check.reason.code == "reason.moved_sites.once"
    assert check.detail["sharing_sites"] == 2
    with pytest.raises(UsageError):
        moved_sites(["a"], coordinates([0, 0], [1, 1]))


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 1000))
def test_moves_do_not_hang_on_the_order_of_rows(seed):
    rng = np.random.default_rng(seed)
    sites, when = rng.integers(0, 5, 40).astype(str), rng.integers(0, 4, 40)
    x, y = rng.integers(0, 3, (2, 40)) * 100.0
    first = site_moves(sites, coordinates(x, y), order=when, metres=90)
    mixed = rng.permutation(40)
    again = site_moves(sites[mixed], coordinates(x[mixed], y[mixed]), order=when[mixed], metres=90)
    for name in ("jumps", "n_places", "farthest_metres"):
        np.testing.assert_array_equal(getattr(first, name), getattr(again, name))
    assert first.sharing == again.sharing


# boundaries


def test_points_on_a_shared_boundary_are_counted_once_with_the_range():
    points = shapely.points([500, 1000, 1000, 2000, 1500, 5000], [500, 500, 600, 500, 1000, 0])
    check = boundary_points(points, SQUARES)
    assert (check.count, check.detail["counted_again"], check.detail["lost"]) == (2, 2, 4)
    assert (check.detail["outside"], check.detail["areas"], check.detail["widest"]) == (1, 2, 2.0)
    assert check.flags["row"].to_pylist() == [1, 2]
    check = boundary_points(points, SQUARES, row=np.arange(6) * 10)
    assert check.flags["row"].to_pylist() == [10, 20]
    where = assign_points(points, SQUARES)
    fewest, most = fewest_and_most(where)
    assert fewest.tolist() == [1, 2]
    assert most.tolist() == [3, 4]
    assert plain_joins(points, SQUARES).n_touched.tolist() == [1, 2, 2, 1, 1, 0]


# granularity


def test_decimals_and_the_metres_that_they_are_worth():
    assert decimals_of([1.5, 2.25]) == 2
    assert decimals_of([1200.0, 300.0]) == -2
    assert decimals_of([-77.123456, 38.1]) == 6
    assert decimals_of(np.random.default_rng(1).uniform(0, 1, 500)) == 9
    x, y = np.round(np.random.default_rng(2).uniform(38, 39, (2, 300)), 3)
    found = spatial_granularity(coordinates(x, y), degrees=True)
    assert (found.decimals_x, found.decimals_y) == (3, 3)
    assert found.rounding_metres == pytest.approx(0.5 * np.hypot(111.32 * 0.782, 111.32), rel=0.01)
    assert found.low_metres == found.high_metres == found.rounding_metres
    assert not found.is_piled
    with pytest.raises(UsageError):
        decimals_of([])


def test_rows_moved_to_the_middle_of_their_block_are_seen():
    blocks = np.stack(np.meshgrid(np.arange(10) * 120.0, np.arange(10) * 120.0), -1).reshape(-1, 2)
    at = np.random.default_rng(3).integers(0, 100, 3000)
    found = spatial_granularity(coordinates(blocks[at, 0], blocks[at, 1]), degrees=False)
    assert found.is_piled
    assert found.share_piled == 1
    assert (found.spacing_metres, found.high_metres) == (120, 120)
    assert found.low_metres == pytest.approx(0.5 * np.hypot(10, 10))
    assert spatial_granularity(coordinates([np.nan], [1.0]), degrees=False) is None


def test_areas_are_as_fine_as_their_size():
    assert area_granularity([np.pi * 1e4, np.pi * 4e4]) == pytest.approx((100, 200))
    assert area_granularity([np.pi * 1e4, np.pi * 4e4], [3, 0]) == pytest.approx((100, 100))
    with pytest.raises(UsageError):
        area_granularity([1.0], [0])


# coverage


def test_empty_areas_are_told_from_those_that_few_rows_leave_empty():
    people = np.full(10, 1000.0)
    found = area_coverage([40, 50, 30, 45, 35, 60, 40, 50, 20, 0], people)
    assert (found.n_with_data, found.n_empty) == (9, 1)
    assert (found.share_areas, found.share_residents) == (0.9, pytest.approx(0.9))
    assert found.beyond_chance.tolist() == [False] * 9 + [True]
    few = area_coverage([1, 1, 1, 0, 0, 0, 0, 0, 0, 0], people)
    assert not few.beyond_chance.any()
    bare = area_coverage([1, 0])
    assert bare.share_residents is None
    assert not bare.beyond_chance.any()
    assert area_coverage([]) is None


def test_chance_empties_areas_as_often_as_said():
    rng = np.random.default_rng(11)
    people = rng.uniform(100, 3000, 30)
    tables = rng.multinomial(150, people / people.sum(), size=2000)
    alarms = sum(area_coverage(rows, people).beyond_chance.any() for rows in tables)
    assert alarms / 2000 <= 0.05


@given(st.lists(st.tuples(st.integers(-2, 2), st.integers(-2, 2)), max_size=30))
def test_distinct_places_keep_every_row(pairs):
    x, y = (np.array(pairs, dtype=float).reshape(-1, 2)).T
    places = coordinates(x, y)
    found, position = distinct(places)
    assert found.n_rows == len(pairs)
    assert len({*pairs}) == found.x.size
    np.testing.assert_array_equal(found.x[position], x)
    np.testing.assert_array_equal(found.y[position], y)
