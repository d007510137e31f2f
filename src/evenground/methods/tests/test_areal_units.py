"""Random zones are contiguous; a figure is set beside what other zones make of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.areal_units import areal_unit_check, random_zonings, zone_sums


def grid(n):
    at = np.arange(n * n).reshape(n, n)
    across = np.column_stack([at[:, :-1].ravel(), at[:, 1:].ravel()])
    down = np.column_stack([at[:-1].ravel(), at[1:].ravel()])
    return np.vstack([across, down])


def is_contiguous(labels, pairs):
    """Walk from an area of each zone to its neighbours of the same zone."""
    beside = {area: set() for area in range(len(labels))}
    for a, b in np.asarray(pairs).tolist():
        beside[a].add(b)
        beside[b].add(a)
    for zone in set(labels.tolist()):
        members = set(np.flatnonzero(labels == zone).tolist())
        reached, to_visit = set(), [min(members)]
        while to_visit:
            area = to_visit.pop()
            if area not in reached:
                reached.add(area)
                to_visit += [b for b in beside[area] if labels[b] == zone]
        if reached != members:
            return False
    return True


def variance(sums):
    return (sums[:, 0] / sums[:, 1]).var(axis=1, ddof=1)


def class_rate_ratio(sums):
    """The rate where the indicator is highest against where it is lowest, in thirds of the people.

    Sums: units, people, people times indicator. Zones are ranked by their people's mean indicator;
    the zone that straddles a cut counts by the part of its people on either side.
    """
    units, people, weighted = np.moveaxis(sums, 1, 0)
    order = np.argsort(weighted / people, axis=1, kind="stable")
    units, people = (np.take_along_axis(x, order, axis=1) for x in (units, people))
    total = people.sum(axis=1, keepdims=True)
    upto = np.cumsum(people, axis=1)
    low = np.clip((total / 3 - (upto - people)) / people, 0, 1)
    high = np.clip((upto - total * 2 / 3) / people, 0, 1)
    rates = [(part * units).sum(axis=1) / (part * people).sum(axis=1) for part in (high, low)]
    return rates[0] / rates[1]


def test_sixteen_cells_merged_in_four_ways():
    """Two by one, two by two, one by two: the variance of the means depends on who is merged."""
    cells = np.array([[2, 4, 6, 1], [3, 6, 3, 5], [1, 5, 4, 2], [5, 4, 5, 4]], dtype=float)
    at = np.arange(16).reshape(4, 4)
    row, column = at // 4, at % 4
    for zoning, expected in (
        (at, 2.60),
        (row * 2 + column // 2, 0.50),
        ((row // 2) * 2 + column // 2, 0.00),
        ((row // 2) * 4 + column, 0.93),
    ):
        found = areal_unit_check(
            variance, np.vstack([cells.ravel(), np.ones(16)]), zonings=zoning.reshape(1, 16)
        )
        assert round(found.low, 2) == round(found.high, 2) == expected
        assert round(found.at_areas, 2) == 2.60


def test_every_zoning_of_four_areas_in_a_row_is_found():
    """Cut a row of four in two: three ways, worked by hand."""
    zonings = random_zonings(
        [[0, 1], [1, 2], [2, 3]], 4, n_zones=2, n_zonings=300, rng=np.random.default_rng(1)
    )
    cuts = {
        tuple(row != row[0]) for row in zonings.tolist() if row[0] == 0 for row in [np.array(row)]
    }
    assert cuts == {(False, True, True, True), (False, False, True, True), (False,) * 3 + (True,)}
    # Units 1, 0, 0, 5, one person each. Last rate minus first: 5/3 - 1, 5/2 - 1/2, 5 - 1/3.
    found = areal_unit_check(
        lambda s: (s[:, 0] / s[:, 1])[:, -1] - (s[:, 0] / s[:, 1])[:, 0],
        [[1, 0, 0, 5], [1, 1, 1, 1]],
        zonings=zonings,
    )
    assert (found.at_areas, found.n_zonings, found.n_zones) == (4, 300, 2)
    assert found.low == pytest.approx(2 / 3)
    assert found.high == pytest.approx(14 / 3)
    assert found.same_sign == 1
    assert found.values.size == 300


@given(st.integers(2, 7), st.integers(0, 2**32 - 1), st.data())
@settings(max_examples=60)
def test_zones_are_contiguous_and_never_empty(n, seed, data):
    pairs = grid(n)
    rng = np.random.default_rng(seed)
    kept = pairs[rng.random(len(pairs)) < 0.7]  # holes, islands and several pieces
    n_areas = n * n + 2  # two islands without any neighbour
    pieces = n_pieces(kept, n_areas)
    n_zones = data.draw(st.integers(pieces, n_areas))
    zonings = random_zonings(kept, n_areas, n_zones=n_zones, n_zonings=4, rng=rng)
    for row in zonings:
        assert sorted(set(row.tolist())) == list(range(n_zones))
        assert is_contiguous(row, kept)


def n_pieces(pairs, n_areas):
    piece = list(range(n_areas))
    for a, b in np.asarray(pairs).tolist():
        one, other = piece[a], piece[b]
        piece = [one if p == other else p for p in piece]
    return len(set(piece))


def test_an_island_stays_a_zone_of_its_own():
    zonings = random_zonings(
        [[0, 1], [1, 2]], 4, n_zones=2, n_zonings=20, rng=np.random.default_rng(2)
    )
    assert (zonings[:, :3] == 0).all()
    assert (zonings[:, 3] == 1).all()


@pytest.mark.parametrize("seed", [1, 2])
def test_zones_differ_and_the_same_seed_gives_the_same_zones(seed):
    one, two = (
        random_zonings(grid(8), 64, n_zones=12, n_zonings=30, rng=np.random.default_rng(seed))
        for _ in range(2)
    )
    assert (one == two).all()
    assert len({tuple(row) for row in one.tolist()}) == 30


@pytest.mark.parametrize("seed", [3, 4])
def test_growth_has_no_favourite_direction(seed):
    """A row of three with the seeds at both ends: the middle joins either with chance one half."""
    zonings = random_zonings(
        [[0, 1], [1, 2]], 3, n_zones=2, n_zonings=6_000, rng=np.random.default_rng(seed)
    )
    # Seeds are two of three with equal chance: {0,1} and {1,2} decide it, {0,2} is the toss.
    with_first = (zonings[:, 0] == zonings[:, 1]).mean()
    assert with_first == pytest.approx(0.5, abs=0.02)


@given(
    st.lists(st.integers(-9, 9), min_size=16, max_size=16),
    st.integers(2, 16),
    st.integers(0, 2**32 - 1),
)
@settings(max_examples=40)
def test_sums_keep_the_total(values, n_zones, seed):
    zonings = random_zonings(
        grid(4), 16, n_zones=n_zones, n_zonings=3, rng=np.random.default_rng(seed)
    )
    sums = zone_sums([values, np.ones(16)], zonings)
    assert sums.shape == (3, 2, n_zones)
    assert sums.sum(axis=2) == pytest.approx(np.tile([sum(values), 16.0], (3, 1)))
    one = [
        sum(v for v, z in zip(values, zonings[0], strict=True) if z == k) for k in range(n_zones)
    ]
    assert sums[0, 0] == pytest.approx(np.array(one, dtype=float))


@pytest.mark.parametrize("seed", [5, 6])
def test_rate_ratio_between_classes_of_zones(seed):
    """Units follow an indicator that falls from west to east: every zoning says so."""
    n = 20
    rng = np.random.default_rng(seed)
    people = rng.integers(500, 1_500, n * n).astype(float)
    indicator = np.tile(np.arange(n), n) / n + rng.normal(0, 0.1, n * n)
    units = rng.poisson(people / 100 * np.exp(indicator))
    sums = np.vstack([units, people, people * indicator])
    zonings = random_zonings(grid(n), n * n, n_zones=60, n_zonings=200, rng=rng)
    found = areal_unit_check(class_rate_ratio, sums, zonings=zonings, neutral=1.0)
    assert found.at_areas > 1.3
    assert 1 < found.low < found.high
    assert found.same_sign == 1
    # With the same rate everywhere there is nothing that boundaries could move.
    sums[0] = people / 100
    flat = areal_unit_check(class_rate_ratio, sums, zonings=zonings, neutral=1.0)
    assert flat.values == pytest.approx(np.ones(200))


def test_rate_ratio_does_not_depend_on_units_of_measurement_or_numbering():
    rng = np.random.default_rng(7)
    people, indicator, units = rng.random(64) + 1, rng.random(64), rng.random(64)
    sums = np.vstack([units, people, people * indicator])
    zonings = random_zonings(grid(8), 64, n_zones=15, n_zonings=50, rng=rng)
    found = areal_unit_check(class_rate_ratio, sums, zonings=zonings, neutral=1.0)
    scaled = areal_unit_check(
        class_rate_ratio, sums * [[3], [7], [7]], zonings=14 - zonings, neutral=1.0
    )
    assert scaled.values == pytest.approx(found.values * 3 / 7 * 7 / 3)
    order = rng.permutation(64)
    moved = areal_unit_check(class_rate_ratio, sums[:, order], zonings=zonings[:, order])
    assert moved.values == pytest.approx(found.values)


def test_a_statistic_without_a_value_agrees_with_nothing():
    zonings = np.array([[0, 0, 1], [0, 1, 1]])
    found = areal_unit_check(
        lambda s: np.where(s[:, 0, 0] > 1, np.nan, s[:, 0, 0]), [[1, 1, 1]], zonings=zonings
    )
    assert (found.n_without, found.same_sign, found.low, found.high) == (1, 0.5, 1, 1)
    nothing = areal_unit_check(lambda s: np.full(len(s), np.nan), [[1, 1, 1]], zonings=zonings)
    assert np.isnan(nothing.low)
    assert nothing.same_sign == 0


def test_wrong_use_is_refused():
    rng = np.random.default_rng(0)
    with pytest.raises(UsageError, match="zones"):
        random_zonings([[0, 1]], 4, n_zones=2, n_zonings=1, rng=rng)
    with pytest.raises(UsageError, match="zones"):
        random_zonings([[0, 1]], 2, n_zones=3, n_zonings=1, rng=rng)
    with pytest.raises(UsageError, match="adjacency"):
        random_zonings([[0, 4]], 4, n_zones=3, n_zonings=1, rng=rng)
    with pytest.raises(UsageError, match="empty"):
        zone_sums([[1, 2, 3]], [[0, 0, 2]])
    with pytest.raises(UsageError, match="empty"):
        zone_sums([[1, 2, 3]], [[-1, 0, 1]])
    with pytest.raises(UsageError, match="zonings"):
        zone_sums([[1, 2, 3]], [0, 0, 1])
    with pytest.raises(UsageError, match="shape"):
        zone_sums([[1, 2]], [[0, 0, 1]])
    with pytest.raises(UsageError, match="statistic"):
        areal_unit_check(lambda s: s[:, 0], [[1, 2, 3]], zonings=[[0, 0, 1]])
