"""Other zonings of the same map, at several scales."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.areal_scales import ZoningInterval, ZoningPlan, zoning_interval
from evenground.methods.cannot_tell import CannotTell


def grid(side):
    at = np.arange(side * side).reshape(side, side)
    return np.vstack(
        [np.column_stack([at[:, :-1].ravel(), at[:, 1:].ravel()]),
         np.column_stack([at[:-1].ravel(), at[1:].ravel()])]
    )  # fmt: skip


def correlation(sums):
    """Return the correlation of two rates over zones."""
    x, y = sums[:, 0] / sums[:, 2], sums[:, 1] / sums[:, 2]
    x, y = x - x.mean(axis=1, keepdims=True), y - y.mean(axis=1, keepdims=True)
    below = np.sqrt((x**2).sum(axis=1) * (y**2).sum(axis=1))
    return np.divide((x * y).sum(axis=1), below, out=np.full(len(x), np.nan), where=below > 0)


def unrelated(seed, side=12):
    rng = np.random.default_rng(seed)
    people = rng.lognormal(7, 0.5, side * side)
    return np.vstack([people * rng.random(side * side), people * rng.random(side * side), people])


@pytest.mark.parametrize("seed", range(3))
def test_a_correlation_of_nothing_turns_with_the_zones(seed):
    found = zoning_interval(
        correlation, unrelated(seed), adjacency=grid(12), rng=np.random.default_rng(seed)
    )
    assert found.low < 0 < found.high
    assert found.turns
    assert [one.n_zones for one in found.scales] == [72, 36, 18]
    widths = [one.high - one.low for one in found.scales]
    assert widths == sorted(widths)  # the fewer zones, the more they can say (Openshaw and Taylor)
    assert found.n_zonings == 200


def test_a_total_does_not_change_with_zones():
    found = zoning_interval(
        lambda sums: sums[:, 0].sum(axis=1) / sums[:, 2].sum(axis=1), unrelated(1),
        adjacency=grid(12), rng=np.random.default_rng(1),
    )  # fmt: skip
    assert found.least == pytest.approx(found.most)
    assert found.same_sign == 1
    assert not found.turns


@settings(max_examples=10)
@given(st.integers(0, 10**6))
def test_the_interval_holds_every_scale_and_the_areas(seed):
    found = zoning_interval(
        correlation, unrelated(seed, 7), adjacency=grid(7), rng=np.random.default_rng(seed)
    )
    assert isinstance(found, ZoningInterval)
    assert found.least <= found.low <= found.at_areas <= found.high <= found.most
    for one in found.scales:
        assert found.least <= one.least <= one.low <= one.median <= one.high <= one.most
        assert found.same_sign <= one.same_sign


def test_too_few_areas():
    found = zoning_interval(
        correlation, unrelated(1, 2), adjacency=grid(2), rng=np.random.default_rng(1)
    )
    assert isinstance(found, CannotTell)
    assert found.reason.parameters == {"n": 4, "least": 5}


def test_islands_are_kept_apart():
    """With 18 of 36 areas without a neighbour, only zonings into 18 zones or more can be made."""
    pairs = grid(6)
    pairs = pairs[(pairs < 18).all(axis=1)]
    found = zoning_interval(
        correlation, unrelated(3, 6), adjacency=pairs, rng=np.random.default_rng(3),
        plan=ZoningPlan(areas_per_zone=(1.5, 4)),
    )  # fmt: skip
    assert [one.n_zones for one in found.scales] == [24]


def test_no_figure_at_the_areas():
    found = zoning_interval(
        lambda sums: np.full(len(sums), np.nan), unrelated(1, 6), adjacency=grid(6),
        rng=np.random.default_rng(1),
    )  # fmt: skip
    assert isinstance(found, CannotTell)


@pytest.mark.parametrize(
    "plan", [{"n_zonings": 199}, {"areas_per_zone": (1.0,)}, {"areas_per_zone": ()}]
)
def test_plans_that_promise_too_much(plan):
    with pytest.raises(UsageError):
        ZoningPlan(**plan)
