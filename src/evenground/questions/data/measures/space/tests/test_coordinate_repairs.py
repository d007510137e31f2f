"""Coordinates written wrongly are found, named and repaired; true places are left alone."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.data.measures.checks import FLAG_COLUMNS, Status
from evenground.questions.data.measures.space.coordinate_faults import coordinate_faults
from evenground.questions.data.measures.space.coordinates import coordinates
from evenground.questions.data.measures.space.readings import degrees_and_minutes
from evenground.questions.data.measures.space.region import (
    bulk_region,
    city_region,
    looks_like_degrees,
    region_of_data,
)
from evenground.questions.data.measures.space.repairs import coordinate_repairs

DEGREES = (-77.12, 38.79, -76.91, 39.00)
METRES = (389_600.0, 124_900.0, 407_900.0, 147_500.0)


def town(n=400, *, bounds=DEGREES, seed=1):
    rng = np.random.default_rng(seed)
    west, south, east, north = bounds
    return rng.uniform(west, east, n), rng.uniform(south, north, n)


def faults(check):
    return {(one["column"], one["fault"]): one["rows"] for one in check.detail["faults"]}


def minutes(value):
    """Write decimal degrees as degrees and minutes: 38.9 is 38.54."""
    size = abs(value)
    whole = np.floor(size)
    return np.sign(value) * (whole + (size - whole) * 60 / 100)


# What a slip makes of (x, y) in degrees, and how it is told.
SLIPS = {
    "times_10": (lambda x, y: (x * 10, y), {("x", "times_10")}),
    "times_100": (lambda x, y: (x, y * 100), {("y", "times_100")}),
    "tenth": (lambda x, y: (x / 10, y), {("x", "tenth")}),
    "hundredth": (lambda x, y: (x, y / 100), {("y", "hundredth")}),
    "both_axes": (lambda x, y: (x * 10, y / 10), {("x", "times_10"), ("y", "tenth")}),
    "sign_lost": (lambda x, y: (-x, y), {("x", "sign_lost")}),
    "swapped": (lambda x, y: (y, x), {("x, y", "swapped")}),
    "swapped_no_sign": (lambda x, y: (y, -x), {("x, y", "swapped"), ("x", "sign_lost")}),
    "degrees_minutes": (
        lambda x, y: (minutes(x), minutes(y)),
        {("x, y", "degrees_minutes")},
    ),
    "receiver": (
        lambda x, y: (minutes(x) * 100, minutes(y) * 100),
        {("x, y", "degrees_minutes")},
    ),
    "point_lost": (
        lambda x, y: (np.rint(x * 1e6), np.rint(y * 1e6)),
        {("x", "point_lost"), ("y", "point_lost")},
    ),
}


# Degrees and minutes lead some tens of kilometres off: near, by the data's own bulk.
CASES = [
    (slip, origin)
    for slip in SLIPS
    for origin in ("city", "data")
    if (slip, origin) != ("degrees_minutes", "data")
]


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("slip", "origin"), CASES)
def test_each_slip_is_found_named_and_repaired(slip, origin, seed):
    x, y = town(seed=seed)
    west, south, east, north = DEGREES
    middle = (np.abs(x - (west + east) / 2) < 0.06) & (np.abs(y - (south + north) / 2) < 0.06)
    rows = np.flatnonzero(middle)[:7]
    change, expected = SLIPS[slip]
    wrong_x, wrong_y = x.copy(), y.copy()
    wrong_x[rows], wrong_y[rows] = change(x[rows], y[rows])
    places = coordinates(wrong_x, wrong_y)
    region = city_region(DEGREES, degrees=True) if origin == "city" else region_of_data(places)
    check = coordinate_faults(places, region)
    assert check.status is Status.FOUND
    assert check.count == 7
    assert set(faults(check)) == expected
    assert set(faults(check).values()) == {7}
    assert sorted(set(check.flags["row"].to_pylist())) == rows.tolist()
    mended = coordinate_repairs(places, region)
    np.testing.assert_allclose(mended.x, x, atol=1e-6)
    np.testing.assert_allclose(mended.y, y, atol=1e-6)


@pytest.mark.parametrize("seed", range(20))
def test_true_places_raise_no_alarm(seed):
    """A thousand rows, long tails, a few truly far away: no fault is told."""
    rng = np.random.default_rng(seed)
    x = -77.0 + 0.05 * rng.standard_t(2.5, 1000)
    y = 38.9 + 0.05 * rng.standard_t(2.5, 1000)
    places = coordinates(x, y)
    for region in (region_of_data(places), city_region(DEGREES, degrees=True)):
        check = coordinate_faults(places, region)
        assert check.count == 0, dict(check.detail)
        assert check.status is Status.NONE
        assert check.flags.num_rows == 0


def test_nearly_half_of_the_rows_may_be_wrong():
    x, y = town(1000)
    swap = np.arange(1000) % 20 < 9
    places = coordinates(np.where(swap, y, x), np.where(swap, x, y))
    check = coordinate_faults(places, region_of_data(places))
    assert faults(check) == {("x, y", "swapped"): 450}
    assert check.detail["whole_table"] == []


def test_a_whole_table_is_told_from_single_rows():
    x, y = town()
    places = coordinates(y, x, names=("lat", "lon"))
    check = coordinate_faults(places, city_region(DEGREES, degrees=True))
    assert faults(check) == {("lat, lon", "swapped"): 400}
    assert check.detail["whole_table"] == ["swapped"]
    # Without a city, -77 could be a latitude; 114 cannot.
    assert coordinate_faults(places, region_of_data(places)).count == 0
    hong_kong = coordinates(y - 16.6, x + 191.2)
    check = coordinate_faults(hong_kong, region_of_data(hong_kong))
    assert check.detail["whole_table"] == ["swapped"]
    assert check.count == 400


def test_zero_is_no_place():
    x, y = town()
    x[:5] = y[:5] = 0
    for region in (city_region(DEGREES, degrees=True), region_of_data(coordinates(x, y))):
        check = coordinate_faults(coordinates(x, y), region)
        assert faults(check) == {("x, y", "zero"): 5}
        assert np.isnan(coordinate_repairs(coordinates(x, y), region).x[:5]).all()


def test_values_of_another_system_are_named():
    x, y = town()
    x[:4], y[:4] = [398_000.0] * 4, [137_000.0, 137_001.0, 137_002.0, 137_002.0]
    region = city_region(DEGREES, degrees=True, elsewhere={"EPSG:26985": METRES})
    check = coordinate_faults(coordinates(x, y), region)
    assert faults(check) == {("x, y", "other_system"): 4}
    assert check.detail["systems"] == {"EPSG:26985": 4}
    columns = coordinates(x * 0 + 398_000 + x, y * 0 + 137_000 + y)
    check = coordinate_faults(columns, region_of_data(columns, degrees=True))
    assert check.detail["whole_table"] == ["other_system"]


def test_feet_in_a_metre_column():
    x, y = town(bounds=METRES)
    x[:3], y[:3] = x[:3] * 3937 / 1200, y[:3] * 3937 / 1200
    places = coordinates(x, y)
    check = coordinate_faults(places, city_region(METRES, degrees=False))
    assert faults(check) == {("x, y", "feet"): 3}


def test_several_repairs_are_said_to_be_several():
    """A city astride the meridian: 2 may have been 0.2 or 0.02; the outline may decide."""
    west = city_region((-0.3, 51.4, 0.3, 51.6), degrees=True)
    places = coordinates([0.1, -0.2, 2.5], [51.5, 51.45, 51.5])
    check = coordinate_faults(places, west)
    assert (check.count, check.detail["ambiguous_rows"]) == (1, 1)
    assert np.isnan(coordinate_repairs(places, west).x[2])
    assert faults(check) == {("x, y", "several"): 1}
    east = city_region(
        (-0.3, 51.4, 0.3, 51.6), degrees=True, outline=shapely.box(0.2, 51.4, 0.3, 51.6)
    )
    check = coordinate_faults(places, east)
    assert faults(check) == {("x", "times_10"): 1}


def test_a_place_just_outside_is_no_fault():
    """One neighbour whose degrees and minutes would lie inside is left as it is, and told."""
    x, y = town()
    x[0], y[0] = -77.01, 38.53
    region = city_region(DEGREES, degrees=True)
    check = coordinate_faults(coordinates(x, y), region)
    assert check.count == 0
    assert check.detail["perhaps_rows"] == 1
    x[1], y[1] = 20.0, 0.5
    check = coordinate_faults(coordinates(x, y), region)
    assert (check.count, check.detail["far_rows"]) == (0, 1)


def test_one_place_or_none_is_not_established():
    for x, y in (([1.0, 1.0], [2.0, 2.0]), ([np.nan], [np.nan]), ([], [])):
        places = coordinates(x, y)
        assert region_of_data(places) is None
        check = coordinate_faults(places, None)
        assert check.status is Status.NOT_ESTABLISHED
        assert check.reason.code == "reason.coordinate_faults.one_place"


def test_wrong_use_is_refused():
    with pytest.raises(UsageError):
        coordinates([1.0], [1.0, 2.0])
    with pytest.raises(UsageError):
        city_region((1.0, 1.0, 1.0, 1.0), degrees=True)
    assert bulk_region([1.0] * 21, [1.0] * 21, degrees=True) is None
    assert looks_like_degrees([38.0] * 21, [-77.0] * 21)
    assert not looks_like_degrees([400_000.0] * 21, [137_000.0] * 21)


def test_degrees_and_minutes():
    found = degrees_and_minutes(np.array([38.5342, -77.3, 3853.42, 38.61]))
    np.testing.assert_allclose(found[:3], [38 + 53.42 / 60, -77.5, 38 + 53.42 / 60])
    assert np.isnan(found[3])


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10_000), data=st.data())
def test_order_of_rows_and_counting_alike_rows_changes_nothing(seed, data):
    rng = np.random.default_rng(seed)
    x, y = town(60, seed=seed)
    at = rng.integers(0, 60, 200)
    x, y = x[at], y[at]
    for slip in data.draw(st.lists(st.sampled_from(sorted(SLIPS)), max_size=3)):
        rows = rng.integers(0, 200, 4)
        x[rows], y[rows] = SLIPS[slip][0](x[rows], y[rows])
    places = coordinates(x, y)
    region = region_of_data(places)
    first = coordinate_faults(places, region)
    mixed = rng.permutation(200)
    again = coordinate_faults(coordinates(x[mixed], y[mixed]), region_of_data(places))
    assert again.detail == first.detail
    assert again.count == first.count
    pairs, times = np.unique(np.column_stack([x, y]), axis=0, return_counts=True)
    counted = coordinates(pairs[:, 0], pairs[:, 1], times=times)
    other = region_of_data(counted)
    np.testing.assert_allclose(other.x, region.x, rtol=1e-9)
    assert coordinate_faults(counted, region).detail == first.detail
    assert first.flags.column_names == list(FLAG_COLUMNS)
