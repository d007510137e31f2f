"""Both tests together: what they may be taken to say."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.reach.measures.cumulative_advantage import (
    advantage_verdict,
    cumulative_advantage,
)
from evenground.questions.reach.measures.order_test import order_test
from evenground.questions.reach.measures.persistence import persistence
from evenground.questions.reach.measures.placement_panel import placement_panel


def planted(rng, *, odds=1.0, spread=0.0, n_areas=60):
    """Return a panel of ten years of fifteen units."""
    people = rng.lognormal(8, 0.5, n_areas)
    favour = people * np.exp(spread * rng.standard_normal(n_areas))
    stood, new = np.zeros(n_areas), []
    for _ in range(10):
        weight = favour * odds**stood
        new.append(rng.multinomial(15, weight / weight.sum()))
        stood = stood + new[-1]
    return placement_panel(new, people)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    ("verdict", "planting"),
    [
        ("none_seen", {}),
        ("favoured_or_reinforced", {"spread": 1.2}),
        ("cumulative_advantage", {"odds": 1.5}),
        ("cumulative_advantage", {"odds": 1.5, "spread": 0.7}),
    ],
)
def test_what_was_planted_is_told(seed, verdict, planting):
    rng = np.random.default_rng([seed, 10])
    found = cumulative_advantage(planted(rng, **planting), rng=rng)
    assert found.verdict == verdict


def test_both_tests_are_those_that_stand_alone():
    panel = planted(np.random.default_rng(4))
    rng = np.random.default_rng(5)
    persists = persistence(panel, rng=rng, n_draws=99, confidence=0.9)
    order = order_test(panel.new, rng=rng, n_draws=99, alpha=0.1)
    found = cumulative_advantage(panel, rng=np.random.default_rng(5), n_draws=99, alpha=0.1)
    assert (found.persistence, found.order, found.alpha) == (persists, order, 0.1)
    assert found.verdict == advantage_verdict(persists, order, alpha=0.1)


@pytest.mark.parametrize(
    ("verdict", "new", "before"),
    [
        ("cannot_tell", [[0, 0], [0, 0]], [1, 0]),
        ("cannot_tell", [[1, 0], [0, 1]], [0, 0]),
        ("none_seen", [[6, 6]], [1, 0]),
        ("favoured_or_reinforced", [[12, 0]], [1, 0]),
        ("favoured_or_reinforced", [[8, 0], [8, 0]], [0, 0]),
    ],
)
def test_small_panels(verdict, new, before):
    panel = placement_panel(new, [1, 1], before=before)
    assert cumulative_advantage(panel, rng=np.random.default_rng(6)).verdict == verdict
