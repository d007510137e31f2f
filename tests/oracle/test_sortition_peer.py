"""Least chances and Nash welfare beside sortition-algorithms on small pools.

Its leximin needs a commercial solver and is compared with a listing of all panels elsewhere.
"""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.voice.measures.sortition.fair_panel import fair_panel
from evenground.questions.voice.measures.sortition.people_classes import panel_model, people_classes
from evenground.questions.voice.measures.sortition.people_lottery import people_lottery
from evenground.questions.voice.tests.sortition.made_pools import made_pool

pytestmark = pytest.mark.oracle
POOLS = [(60, 10, (2, 3), 1), (90, 12, (2, 3, 2), 2), (120, 15, (2, 3, 3), 3)]


@pytest.mark.parametrize("pool", POOLS)
@pytest.mark.parametrize("objective", ["maximin", "nash"])
def test_same_least_chance_or_welfare(peer, pool, objective):
    n, size, n_values, seed = pool
    codes, quotas = made_pool(n, size, n_values, seed)
    theirs = peer(
        "sortition_algorithms_panel.py",
        codes=codes.tolist(),
        quotas=[[one.feature, one.value, one.low, one.high] for one in quotas],
        size=size, objective=objective, seconds=300,
    )  # fmt: skip
    assert theirs["finished"]
    classes = people_classes(codes)
    found = fair_panel(panel_model(classes, quotas, size=size), objective=objective)
    ours = people_lottery(classes, found.lottery).probabilities
    known = np.array(theirs["probabilities"])
    if objective == "maximin":
        assert ours.min() >= known.min() - 1e-9
        assert ours.min() == pytest.approx(known.min(), abs=2e-3)  # the peer stops within 5e-4
    else:
        drawn = ours > 0
        assert np.log(ours[drawn]).mean() >= np.log(known[drawn]).mean() - 1e-9
        assert np.log(ours[drawn]).mean() == pytest.approx(np.log(known[drawn]).mean(), abs=5e-3)
