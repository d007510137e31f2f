"""Unevenness over areas beside PySAL's `segregation`: the same answers to 1e-9.

The peer sets units against all others of a total. Handing it units plus people as the total makes
its others the people, which is what Reach's indices set units against.
"""

from __future__ import annotations

import numpy as np
import pytest

from evenground.methods.inequality import gini
from evenground.questions.reach.measures.dissimilarity import dissimilarity_index

pytestmark = pytest.mark.oracle
SAME = 1e-9


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("n_areas", [7, 120])
def test_same_dissimilarity_and_gini(peer, n_areas, seed):
    rng = np.random.default_rng([seed, n_areas])
    people = np.rint(rng.lognormal(7, 0.8, n_areas))
    units = rng.poisson(people / people.mean() * rng.lognormal(0, 1, n_areas)) + 1.0
    theirs = peer("segregation_indices.py", units=units.tolist(), total=(units + people).tolist())
    assert dissimilarity_index(units, people) == pytest.approx(theirs["dissimilarity"], abs=SAME)
    # The area between the curve of units over people and the diagonal, doubled, is both Ginis.
    assert gini(units / people, people) == pytest.approx(theirs["gini"], abs=SAME)
