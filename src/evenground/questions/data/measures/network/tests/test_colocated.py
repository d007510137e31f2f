"""Sensors at one place that agree within their noise, or not."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.data.measures.checks import Status
from evenground.questions.data.measures.network.colocated import (
    agreements,
    colocated_disagreement,
    pairs_within,
)
from evenground.questions.data.measures.network.daily import daily
from evenground.questions.data.measures.network.reference import Places


def two(rng, *, bias=0.0, days=60):
    shared = 20 + 5 * np.sin(2 * np.pi * np.arange(days * 24) / 24)
    return {
        "a": shared + rng.normal(size=shared.size),
        "b": shared + rng.normal(size=shared.size) - bias,
    }


@pytest.mark.parametrize("seed", range(5))
def test_within_their_noise_they_agree(fold_of, seed):
    rng = np.random.default_rng(seed)
    check = colocated_disagreement(fold_of(two(rng, bias=0.3)), pairs=[("a", "b")])
    assert check.status is Status.NONE
    far = colocated_disagreement(fold_of(two(rng, bias=5)), pairs=[("a", "b")])
    assert far.count == 1
    (one,) = far.detail["agreements"]
    assert one["bias_low"] <= 5 <= one["bias_high"]
    assert one["upper_low"] < one["upper"] < one["upper_high"]


def test_a_declared_tolerance_is_held_to(fold_of):
    table = fold_of(two(np.random.default_rng(1), bias=1))
    pairs = [("a", "b")]
    assert colocated_disagreement(table, pairs=pairs, tolerance=0.2).count == 1
    assert colocated_disagreement(table, pairs=pairs, tolerance=5).count == 0


def test_limits_of_agreement_by_hand(fold_of):
    days = daily(fold_of(two(np.random.default_rng(2), bias=1)), "value")
    (one,) = agreements(days, [("a", "b")])
    difference = days.median[0] - days.median[1]
    assert one.bias == pytest.approx(difference.mean())
    assert one.upper - one.bias == pytest.approx(1.96 * difference.std(ddof=1))
    assert one.noise == pytest.approx(np.hypot(*days.noise))
    assert 2 <= one.n_effective <= 60


def test_pairs_by_distance_and_none():
    places = Places(("a", "b", "c", "d"), np.array([0, 15, 60, np.nan]), np.array([0, 0, 0, 0.0]))
    assert pairs_within(places, 20) == [("a", "b")]
    assert pairs_within(places, 50) == [("a", "b"), ("b", "c")]
    assert pairs_within(None, 20) == []


def test_without_pairs_or_days_nothing_is_told(fold_of):
    short = fold_of(two(np.random.default_rng(3), days=10))
    assert colocated_disagreement(short).reason.code.endswith("no_pairs")
    found = colocated_disagreement(short, pairs=[("a", "b"), ("a", "nobody")])
    assert found.reason.code.endswith("too_few_days")
