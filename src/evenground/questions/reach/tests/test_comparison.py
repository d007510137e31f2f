"""Groups against one baseline: rates as counted by hand, and verdicts as their intervals say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.evidence import Verdict
from evenground.frame.areas import frame
from evenground.frame.sites import sites_of
from evenground.frame.unit_sets import place, unit_sets
from evenground.questions.reach import QUESTION
from evenground.questions.reach.comparison import ALIKE, LESS, MORE, Terms, compare, verdict
from evenground.questions.reach.measures.rate_ratio import RateRatio
from evenground.tests.towns import (
    POVERTY,
    SOUTH,
    at,
    counted,
    grid,
    measured,
    northward,
    saltmarsh,
    spread,
)

TERMS = Terms(per=10_000.0, confidence=0.95, telling_ratio=2.0)


def compared(town, *, grouping=0, baseline=0, terms=TERMS):
    """Compare the town's groups."""
    case = town.case(QUESTION)
    areas = frame(town.tables(), case)
    units = unit_sets(case, sites_of(case.places.get("sites"), town.tables().get("sites")))
    placed = place(units[0], areas, tolerance_metres=0.15)
    one = areas.groupings[grouping]
    return compare(placed, one, areas.baselines[baseline], pair=one.pairs[0], terms=terms)


def ratio(low, high, *, value=1.0):
    """Return a ratio with this interval."""
    return RateRatio(
        ratio=value, low=low, high=high, confidence=0.95, p_value=0.5, method="exact", n_places=9,
        n_units=9.0, effective_places=9.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.2, 0.9, LESS),
        (1.1, 3.0, MORE),
        (0.8, 1.3, ALIKE),
        (0.5, 2.0, ALIKE),
        (0.49, 2.01, Verdict.CANNOT_TELL),
        (0.1, 0.99, LESS),
        (0.4, 1.9, ALIKE),
        (0.0, float("inf"), Verdict.CANNOT_TELL),
        (1.0, 1.2, ALIKE),
    ],
)
def test_the_interval_decides(low, high, expected):
    assert verdict(ratio(low, high), telling_ratio=2.0) == expected


def test_what_is_telling_is_the_city_s_to_say():
    found = ratio(0.6, 1.8)
    assert verdict(found, telling_ratio=2.0) is ALIKE
    assert verdict(found, telling_ratio=1.5) is Verdict.CANNOT_TELL
    assert verdict(None, telling_ratio=2.0) is Verdict.CANNOT_TELL


def two_rows(*, south, north, people=(1000.0, 3000.0), margin=None):
    """Return a town of two rows of areas, poor in the north, with so many units in each area."""
    areas = grid(4, 2)
    more = {} if margin is None else {"margin": margin}
    counts = [people[0]] * 4 + [people[1]] * 4
    group = replace(POVERTY, breaks=(10.0,), labels=("poor", "rich"), compare=("poor", "rich"))
    return saltmarsh(
        areas=areas,
        population=counted(areas, "total", counts, **more),
        indicators=measured(areas, "poverty", [20.0] * 4 + [2.0] * 4),
        sites=spread([south] * 4 + [north] * 4, areas),
    ).city_with(groups=(replace(group, labels=("rich", "poor")),), baselines=())


def test_rates_are_units_by_people():
    found = compared(two_rows(south=5, north=3))
    rich, poor = found.rates.rate
    assert rich == pytest.approx(10_000 * 12 / 12_000)
    assert poor == pytest.approx(10_000 * 20 / 4_000)
    assert found.ratio.ratio == pytest.approx(5.0)
    assert found.units.tolist() == [12.0, 20.0]
    assert found.baseline.value.tolist() == [12_000.0, 4_000.0]
    assert found.verdict is MORE


def test_land_is_compared_by_the_square_kilometre():
    found = compared(two_rows(south=5, north=3), baseline=1)
    assert found.rates.per == 1.0
    assert found.rates.rate.tolist() == pytest.approx([3.0, 5.0])


def test_rates_follow_the_city_s_number_of_people():
    found = compared(two_rows(south=5, north=3), terms=replace(TERMS, per=1_000.0))
    assert found.rates.rate.tolist() == pytest.approx([1.0, 5.0])


def test_margins_widen_the_ratio_and_nothing_else():
    bare, wide = (compared(two_rows(south=5, north=3, margin=m)) for m in (None, 400.0))
    assert wide.ratio.ratio == bare.ratio.ratio
    assert wide.ratio.low < bare.ratio.low
    assert wide.ratio.high > bare.ratio.high
    low, high = wide.margin_interval
    error = 400 / 1.645 / np.sqrt(4) * np.array([1 / 1000, 1 / 3000])
    spread_ = 1.959964 * np.hypot(*error)
    assert np.log([low / 5, high / 5]) == pytest.approx([-spread_, spread_], rel=1e-5)


def test_without_a_unit_there_is_nothing_to_compare():
    town = two_rows(south=0, north=0)
    found = compared(town.having(sites=[{"geometry": at(9.0, 9.0)}]))
    assert found.ratio is None
    assert found.rates is None
    assert found.verdict is Verdict.CANNOT_TELL


def test_nothing_in_the_focus_is_a_ratio_of_none():
    found = compared(two_rows(south=0, north=5))
    assert found.ratio.ratio == 0
    assert found.rates.rate.tolist()[1] == 0
    assert np.isfinite(found.rates.high).all()
    assert found.verdict is LESS


def test_units_on_boundaries_give_a_range():
    town = two_rows(south=5, north=5)
    edge = [{"geometry": at(column + 0.5, 1.0)} for column in range(4)]
    found = compared(town.having(sites=[*town.rows["sites"], *edge]))
    assert found.location.low < found.location.assigned < found.location.high
    assert found.location.low == pytest.approx(3 * 20 / 24)
    assert found.location.high == pytest.approx(3 * 24 / 20)
    assert found.location.n_ambiguous == 4


def split(town):
    """Cut the south-western area in two halves with half of its people each."""
    first, *others = town.rows["areas"]
    west, south, east, north = first["geometry"].bounds
    middle = (west + east) / 2
    halves = [
        {**first, "area_id": f"{first['area_id']}{name}", "geometry": shape}
        for name, shape in (
            ("w", shapely.box(west, south, middle, north)),
            ("e", shapely.box(middle, south, east, north)),
        )
    ]

    def divided(row, column, part):
        cut = {column: row[column] * part} if part != 1 else {}
        margin = row.get("margin")
        if margin is not None and part != 1:
            cut["margin"] = margin / np.sqrt(2)  # two halves add up to the margin of the whole
        return [{**row, **cut, "area_id": half["area_id"]} for half in halves]

    def parted(rows, column, part):
        found = []
        for row in rows:
            own = row["area_id"] == first["area_id"]
            found += divided(row, column, part) if own else [row]
        return found

    return town.having(
        areas=[*halves, *others],
        population=parted(town.rows["population"], "count", 0.5),
        indicators=parted(town.rows["indicators"], "value", 1),
    )


@settings(max_examples=8)
@given(south=st.integers(0, 6), north=st.integers(1, 6), margin=st.sampled_from([None, 120.0]))
def test_splitting_an_area_in_two_changes_no_group(south, north, margin):
    town = two_rows(south=south, north=north, margin=margin)
    whole, parts = compared(town), compared(split(town))
    assert parts.units == pytest.approx(whole.units)
    assert parts.baseline.value == pytest.approx(whole.baseline.value)
    assert parts.rates.rate == pytest.approx(whole.rates.rate)
    # Two halves of a count that was rounded to one are two roundings: the last digits may move.
    assert parts.rates.margin_low == pytest.approx(whole.rates.margin_low, rel=1e-3)
    assert parts.ratio.ratio == pytest.approx(whole.ratio.ratio)
    assert (parts.ratio.low, parts.ratio.high) == pytest.approx(
        (whole.ratio.low, whole.ratio.high), rel=1e-3
    )
    assert parts.verdict == whole.verdict


@settings(max_examples=8)
@given(st.permutations(range(8)))
def test_the_order_of_areas_does_not_matter(order):
    town = two_rows(south=4, north=3, margin=50.0)
    areas = [town.rows["areas"][i] for i in order]
    assert areas[0]["geometry"].bounds[1] >= SOUTH
    first, second = compared(town), compared(town.having(areas=areas))
    assert second.rates.rate == pytest.approx(first.rates.rate)
    assert second.ratio.low == pytest.approx(first.ratio.low)
    assert second.ratio.high == pytest.approx(first.ratio.high)


def test_many_people_per_unit_or_few_the_ratio_is_the_same():
    town = two_rows(south=4, north=2)
    tenfold = two_rows(south=4, north=2, people=(10_000.0, 30_000.0))
    first, second = compared(town), compared(tenfold)
    assert second.ratio.ratio == pytest.approx(first.ratio.ratio)
    assert second.rates.rate == pytest.approx(first.rates.rate / 10)


def test_groups_of_people_are_served_as_their_areas_are():
    """With bins in one area only, every group has its share of that area's people."""
    town = saltmarsh(sites=[{"geometry": at(0.5, 0.5)}] * 4)
    found = compared(town, grouping=1)
    rows = {r["group"]: r["count"] for r in town.rows["population"] if r["area_id"] == "A0000"}
    rest = rows["total"] - rows["young"] - rows["old"]
    parts = np.array([rows["young"], rows["old"], rest]) / rows["total"]
    assert found.units == pytest.approx(4 * parts)


def test_a_gradient_of_units_is_found():
    town = saltmarsh()
    falling = compared(
        town.having(sites=spread(northward(town.rows["areas"], 9, 1), town.rows["areas"]))
    )
    rising = compared(
        town.having(sites=spread(northward(town.rows["areas"], 1, 9), town.rows["areas"]))
    )
    assert falling.verdict is LESS
    assert rising.verdict is MORE
    assert falling.ratio.high < 1 < rising.ratio.low
