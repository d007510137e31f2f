"""Inequality beside PySAL's `inequality`: the same answers where both define the same thing.

The peer knows no weights: whole-number weights are put to it as repeated values.
"""

from __future__ import annotations

import numpy as np
import pytest

from evenground.methods.inequality import (
    atkinson,
    gini,
    theil_t,
    theil_t_decomposition,
)

pytestmark = pytest.mark.oracle
AVERSIONS = (0.25, 0.5, 1, 2, 3.5)
SAME = 1e-9


def drawn(seed, n, *, zeros=False):
    rng = np.random.default_rng(seed)
    values = rng.lognormal(3, 1, n)
    if zeros:
        values[rng.random(n) < 0.2] = 0.0
    return values, rng.integers(1, 9, n), rng.integers(0, 4, n)


@pytest.mark.parametrize("n", [5, 60, 800])
@pytest.mark.parametrize("zeros", [False, True])
@pytest.mark.parametrize("weighted", [False, True])
def test_same_indices(peer, n, zeros, weighted):
    values, people, groups = drawn(n, n, zeros=zeros)
    times = people if weighted else np.ones_like(people)
    weights = people if weighted else None
    theirs = peer(
        "inequality_indices.py",
        values=np.repeat(values, times).tolist(),
        groups=np.repeat(groups, times).tolist(),
        aversions=AVERSIONS,
    )
    parts = theil_t_decomposition(values, groups, weights=weights)
    assert gini(values, weights) == pytest.approx(theirs["gini"], abs=SAME)
    assert theil_t(values, weights) == pytest.approx(theirs["theil_t"], abs=SAME)
    assert parts.within == pytest.approx(theirs["theil_t_within"], abs=SAME)
    assert parts.between == pytest.approx(theirs["theil_t_between"], abs=SAME)
    for aversion in AVERSIONS:
        if (found := theirs["atkinson"][str(aversion)]) is not None:
            ours = atkinson(values, weights, aversion=aversion)
            assert ours == pytest.approx(found, abs=SAME)


def test_documented_decomposition_of_mexican_states(peer):
    """Printed in the peer's documentation: 32 states, 1940-2000, regions of Hanson (1998)."""
    shown = peer("mexico_theil.py")
    total = (
        0.20894344, 0.15222451, 0.10472941, 0.10194725, 0.09560113, 0.10511256, 0.10660832,
    )  # fmt: skip
    between = (
        0.0345889, 0.02816853, 0.05260921, 0.05931219, 0.03205257, 0.02963731, 0.03635872,
    )  # fmt: skip
    for values, all_of_it, regions in zip(shown["values"], total, between, strict=True):
        parts = theil_t_decomposition(values, shown["groups"])
        assert parts.total == pytest.approx(all_of_it, abs=5e-9)
        assert parts.between == pytest.approx(regions, abs=5e-9)
