"""Compacting bins in Cambridge, Massachusetts, 2013-2025: did new ones follow earlier ones?

Eleven dated versions of the city's layer of litter barrels. A new place is one with no compacting
bin of an earlier version within 15 m; bins of one version within 15 m of each other, such as the
pair for litter and recycling, are one place. What was only proposed does not count.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize, stats
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from evenground.questions.reach.measures.cumulative_advantage import cumulative_advantage
from evenground.questions.reach.measures.placement_panel import placement_panel

pytestmark = pytest.mark.real

METRES = 15
# Until 2017 the column TYPE holds a status and MAN the maker; from 2021 TYPE holds the maker.
MAKER_IN_TYPE_FROM = "2021"


def places_of(points):
    """Return one point for each group of points that hang together within 15 m."""
    pairs = cKDTree(points).query_pairs(METRES, output_type="ndarray")
    near = coo_matrix((np.ones(len(pairs)), pairs.T), shape=(len(points), len(points)))
    _, group = connected_components(near, directed=False)
    return points[np.unique(group, return_index=True)[1]]


@pytest.fixture(scope="module")
def bins(real_data):
    import geopandas as gpd

    folder = real_data("cambridge_ma")
    tracts = gpd.read_file(folder / "tracts_2010.geojson").to_crs(26986)
    barrels = gpd.read_parquet(folder / "litter_barrels_snapshots_2013_2025.parquet")
    barrels = barrels[~barrels.TYPE.fillna("").str.startswith("PROPOSED")].to_crs(26986)
    is_late = barrels.snapshot >= MAKER_IN_TYPE_FROM
    compacting = barrels[np.where(is_late, barrels.TYPE == "BB", barrels.MAN == "BB")]

    def by_tract(points):
        where = gpd.GeoSeries(gpd.points_from_xy(*points.T), crs=26986)
        inside = [tracts.geometry.contains(point).to_numpy() for point in where]
        assert all(row.sum() == 1 for row in inside)
        return np.sum(inside, axis=0)

    seen, before, new = np.empty((0, 2)), None, []
    for _, version in compacting.groupby("snapshot"):
        points = np.c_[version.geometry.x, version.geometry.y]
        far = points if before is None else points[cKDTree(seen).query(points)[0] > METRES]
        placed = by_tract(places_of(far)) if len(far) else np.zeros(len(tracts), dtype=int)
        if before is None:
            before = placed
        else:
            new.append(placed)
        seen = np.concatenate([seen, points])
    return placement_panel(new, tracts.population, before=before)


@pytest.fixture(scope="module")
def found(bins):
    return cumulative_advantage(bins, rng=np.random.default_rng(1), n_draws=9_999)


def test_new_places_by_version(bins):
    assert bins.before.sum() == 53
    assert bins.new.sum(axis=1).tolist() == [0, 0, 0, 0, 42, 2, 76, 0, 7, 0]


def test_new_places_follow_earlier_ones_more_than_people(bins, found):
    """The effect, its interval and the test, computed anew without the measure's own steps."""
    share = bins.people / bins.people.sum()
    stood = bins.before + np.cumsum(bins.new, axis=0) - bins.new

    def lost(beta):
        weight = share * np.exp(beta * stood)
        return -(bins.new * np.log(weight / weight.sum(axis=1, keepdims=True))).sum()

    best = optimize.minimize_scalar(lost, bounds=(-1, 1), options={"xatol": 1e-10})
    found = found.persistence
    assert found.odds_ratio == pytest.approx(np.exp(best.x), rel=1e-6)
    for bound in (found.low, found.high):
        assert 2 * (lost(np.log(bound)) - best.fun) == pytest.approx(stats.chi2.ppf(0.95, 1))
    rng = np.random.default_rng(2)
    observed, larger, n_draws = ((stood - stood @ share[:, None]) * bins.new).sum(), 0, 2_000
    for _ in range(n_draws):
        there, score = bins.before.copy(), 0.0
        for n in bins.new.sum(axis=1).astype(int):
            year = np.bincount(rng.choice(share.size, n, p=share), minlength=share.size)
            score += (there - there @ share) @ year
            there = there + year
        larger += score >= observed
    assert found.p_value == pytest.approx(larger / n_draws, abs=0.004)
    figures = (found.odds_ratio, found.low, found.high)
    assert figures == pytest.approx((1.036, 1.011, 1.058), abs=5e-4)
    assert (found.n_units, found.n_years) == (127, 4)
    assert found.p_value < 0.005


def test_the_order_does_not_say_that_places_drew_further_places(bins, found):
    """Tables with the same totals, drawn year by year from what is left of each tract's places."""
    counts = bins.new[bins.new.any(axis=1)].astype(int)
    totals, by_year = counts.sum(axis=0), counts.sum(axis=1)
    later = by_year.sum() - np.cumsum(by_year)
    rng = np.random.default_rng(3)

    def statistics(table):
        earlier = np.cumsum(table, axis=0) - table
        expected = by_year[:, None] * totals / totals.sum()
        return (earlier * (table - expected)).sum(), -(later @ table @ totals)

    drawn = []
    for _ in range(2_000):
        left, table = totals.copy(), []
        for n in by_year:
            table.append(rng.multivariate_hypergeometric(left, n))
            left = left - table[-1]
        drawn.append(statistics(np.array(table)))
    slow = (np.array(drawn) >= np.array(statistics(counts)) - 1e-9).mean(axis=0)
    fast = (found.order.score_p_value, found.order.lateness_p_value)
    assert fast == pytest.approx(slow, abs=0.015)
    assert found.order.p_value > 0.9
    assert found.verdict == "favoured_or_reinforced"
