"""Error rates by group beside Fairlearn's MetricFrame: the same answers to 1e-12."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.data.measures.predictions.calibration import brier
from evenground.questions.data.measures.predictions.decisions import decisions
from evenground.questions.data.measures.predictions.error_rates import error_rates

pytestmark = pytest.mark.oracle
SAME = 1e-12


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_same_rates_by_group(peer, seed):
    rng = np.random.default_rng(seed)
    group = rng.choice(["a", "b", "c"], 900, p=[0.6, 0.3, 0.1])
    score = rng.beta(2, 3, 900)
    came = (rng.random(900) < score).astype(int)
    decided = (score > 0.4).astype(int)
    theirs = peer(
        "fairlearn_metrics.py", came=came.tolist(), decided=decided.tolist(),
        group=group.tolist(), score=score.tolist(),
    )  # fmt: skip
    if "missing" in theirs:
        pytest.skip(f"fairlearn is not there to compare with: {theirs['missing']}")
    assert brier(score, came).score == pytest.approx(theirs.pop("brier"), abs=SAME)
    ours = error_rates(decisions(decided, came, group))
    for name, values in theirs.items():
        for one, label in enumerate(ours[name].groups):
            assert ours[name].value[one] == pytest.approx(values[label], abs=SAME), name
