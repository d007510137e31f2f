"""Raking beside `balance` (Sarig, Galili and Eilat 2023): the same weights and design effect."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from evenground.questions.data.measures.people.weighting import rake

pytestmark = pytest.mark.oracle


@pytest.fixture(scope="module", autouse=True)
def _balance_is_there():
    python = os.environ.get("EVENGROUND_PEERS_PYTHON", sys.executable)
    found = "import importlib.util, sys; sys.exit(importlib.util.find_spec('balance') is None)"
    if subprocess.run([python, "-c", found], check=False).returncode:
        pytest.skip("balance is not installed where EVENGROUND_PEERS_PYTHON points to")


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("n", [60, 800])
def test_same_weights(peer, seed, n):
    rng = np.random.default_rng(seed)
    categories = [
        rng.choice(size, n, p=rng.dirichlet(np.full(size, 4.0))).tolist() for size in (2, 3, 4)
    ]
    targets = [rng.multinomial(1_000, rng.dirichlet(np.full(size, 8.0))) for size in (2, 3, 4)]
    ours = rake(categories, targets)
    theirs = peer(
        "balance_rake.py", categories=categories, targets=[one.tolist() for one in targets]
    )
    weight = np.array(theirs["weights"])
    assert ours.weight == pytest.approx(weight / weight.mean(), rel=1e-5)
    assert ours.design_effect == pytest.approx(theirs["design_effect"], rel=1e-5)
