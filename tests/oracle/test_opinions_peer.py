"""Polis-compatible numbers beside red-dwarf: components, positions, statistics of statements."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.voice.measures.opinions.group_informed_consensus import (
    group_informed_consensus,
)
from evenground.questions.voice.measures.opinions.representative import (
    group_statistics,
    representative_statements,
)
from evenground.questions.voice.measures.opinions.sparsity_aware_pca import principal_components
from evenground.questions.voice.measures.opinions.vote_matrix import vote_matrix
from evenground.questions.voice.tests.opinions.made_votes import with_groups

pytestmark = pytest.mark.oracle
SAME = 1e-9


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_same_numbers(peer, seed):
    votes, group = with_groups(150, 30, 3, np.random.default_rng(seed))
    out = np.arange(30) == 4
    raw = np.where(votes.seen > 0, votes.value, np.nan)
    # JSON has no missing number; what was not cast goes as null.
    listed = [[None if np.isnan(cell) else cell for cell in row] for row in raw.tolist()]
    theirs = peer("opinions_reddwarf.py", votes=listed, out=[4], labels=group.tolist())
    shown = vote_matrix(raw).zeroed(out)
    found = principal_components(shown)
    assert found.centre == pytest.approx(theirs["centre"], abs=SAME)
    axes = np.array(theirs["axes"])
    sign = np.sign((axes * found.axes).sum(axis=1))
    assert found.axes == pytest.approx(axes * sign[:, None], abs=SAME)
    assert found.positions(shown) == pytest.approx(np.array(theirs["positions"]) * sign, abs=SAME)

    ours = group_statistics(votes, group)
    assert ours.seen.tolist() == theirs["seen"]
    for name, pair in {
        "counts": (ours.agreed, ours.disagreed),
        "share": (ours.share_agreed, ours.share_disagreed),
        "ratio": (ours.ratio_agreed, ours.ratio_disagreed),
        "test": (ours.test_agreed, ours.test_disagreed),
        "against": (ours.against_agreed, ours.against_disagreed),
    }.items():
        assert np.stack(pair) == pytest.approx(np.array(theirs[name]), abs=SAME)
    consensus = group_informed_consensus(ours.agreed, ours.seen)
    assert consensus == pytest.approx(theirs["consensus"][0], abs=SAME)
    for at in range(3):
        chosen = representative_statements(ours, at, stands=~out)
        told = [[one.statement, "agree" if one.agree else "disagree"] for one in chosen]
        assert told == theirs["representative"][str(at)]
