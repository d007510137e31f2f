"""Pairs of origins and sites, from straight lines and from tables of costs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.accessibility.pairs import pairs_from_costs, straight_line_pairs

COORDINATES = st.lists(
    st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=1, max_size=12
)


def dense(origins, sites, limit):
    """Find the pairs by looking at all of them."""
    apart = np.array(origins, float)[:, None, :] - np.array(sites, float)[None, :, :]
    metres = np.sqrt((apart**2).sum(axis=2))
    origin, site = np.nonzero(metres <= limit)
    return origin, site, metres[origin, site]


def test_pairs_up_to_the_limit_and_at_it():
    found = straight_line_pairs([[0, 0], [10, 0]], [[3, 4], [0, 0], [50, 0]], limit=5)
    assert found.origin.tolist() == [0, 0]
    assert found.site.tolist() == [0, 1]
    assert found.cost.tolist() == [5.0, 0.0]
    assert (found.n_origins, found.n_sites, found.n_pairs, found.unit) == (2, 3, 2, "m")
    assert found.starts.tolist() == [0, 2, 2]


@given(COORDINATES, COORDINATES, st.sampled_from([0.5, 7.0, 25.0, 300.0]))
def test_the_same_pairs_as_looking_at_all(origins, sites, limit):
    found = straight_line_pairs(origins, sites, limit=limit)
    origin, site, metres = dense(origins, sites, limit)
    assert found.origin.tolist() == origin.tolist()
    assert found.site.tolist() == site.tolist()
    assert found.cost == pytest.approx(metres, rel=1e-14)


@given(COORDINATES, COORDINATES, st.integers(0, 2**32 - 1))
def test_a_table_of_costs_in_any_order_gives_the_same(origins, sites, seed):
    line = straight_line_pairs(origins, sites, limit=40)
    shape = (len(origins), len(sites))
    order = np.random.default_rng(seed).permutation(line.n_pairs)
    table = pairs_from_costs(
        (line.origin[order], line.site[order]), line.cost[order], shape=shape, limit=40, unit="m"
    )
    for name in ("origin", "site", "cost", "n_origins", "n_sites", "limit", "unit"):
        assert np.array_equal(getattr(table, name), getattr(line, name)), name


def test_within_keeps_what_is_near_and_knows_where_the_list_ends():
    found = straight_line_pairs([[0, 0]], [[1, 0], [2, 0], [3, 0]], limit=2.5)
    assert found.within(1.0).site.tolist() == [0]
    assert found.within(1.0).limit == 1.0
    with pytest.raises(UsageError, match=r"up to 2\.5 m, and 3\.0 m"):
        found.within(3.0)


def test_no_origin_and_no_site():
    for shape in [(0, 3), (3, 0), (0, 0)]:
        found = straight_line_pairs(np.zeros((shape[0], 2)), np.zeros((shape[1], 2)), limit=1)
        assert (found.n_origins, found.n_sites, found.n_pairs) == (*shape, 0)


def test_costs_beyond_the_limit_are_left_out():
    found = pairs_from_costs(([0, 1], [0, 0]), [5.0, 50.0], shape=(2, 1), limit=30)
    assert found.origin.tolist() == [0]
    assert found.limit == 30
    assert found.unit == "min"


@pytest.mark.parametrize(
    ("pairs", "cost", "says"),
    [
        (([0], [0]), [-1.0], "cost"),
        (([0], [0]), [np.nan], "cost"),
        (([0], [0]), [np.inf], "cost"),
        (([0, 0], [1, 1]), [1.0, 2.0], "origin 0 and site 1 are paired more than once"),
        (([2], [0]), [1.0], "origin"),
        (([0], [-1]), [1.0], "site"),
        (([0.0], [0]), [1.0], "whole numbers"),
        (([0, 1], [0]), [1.0], "origin"),
    ],
)
def test_what_cannot_be_a_pair_is_refused(pairs, cost, says):
    with pytest.raises(UsageError, match=says):
        pairs_from_costs(pairs, cost, shape=(2, 2))


@pytest.mark.parametrize("limit", [0, -1, np.nan, np.inf])
def test_a_straight_line_needs_a_limit(limit):
    with pytest.raises(UsageError, match="limit"):
        straight_line_pairs([[0, 0]], [[0, 0]], limit=limit)


def test_a_missing_coordinate_is_refused():
    with pytest.raises(UsageError, match="origins"):
        straight_line_pairs([[0, np.nan]], [[0, 0]], limit=1)
    with pytest.raises(UsageError, match="sites"):
        straight_line_pairs([[0, 0]], [[0, 0, 0]], limit=1)
