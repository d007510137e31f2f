"""The p-median instances of the OR-Library (Beasley 1985): known optima, all proven.

Source: Beasley (1985), A note on solving large p-median problems, European Journal of Operational
Research 21, 270-273. The first line of a file is nodes, edges and p; of repeated edges the last
counts; distances are shortest paths.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from evenground.methods.siting import SitingProblem, p_center, p_median

pytestmark = pytest.mark.real
OPTIMA = {
    1: 5819, 2: 4093, 3: 4250, 4: 3034, 5: 1355, 6: 7824, 7: 5631, 8: 4445, 9: 2734, 10: 1255,
    11: 7696, 12: 6634, 13: 4374, 14: 2968, 15: 1729, 16: 8162, 17: 6999, 18: 4809, 19: 2845,
    20: 1789, 21: 9138, 22: 8579, 23: 4619, 24: 2961, 25: 1828, 26: 9917, 27: 8307, 28: 4498,
    29: 3033, 30: 1989, 31: 10086, 32: 9297, 33: 4700, 34: 3013, 35: 10400, 36: 9934, 37: 5057,
    38: 11060, 39: 9423, 40: 5128,
}  # fmt: skip


# The p-center of the first eight: Elloumi, Labbé and Pochet (2004), A new formulation and
# resolution method for the p-center problem, INFORMS Journal on Computing 16, 84-94.
RADII = {1: 127, 2: 98, 3: 93, 4: 74, 5: 48, 6: 84, 7: 64, 8: 55}


@pytest.fixture
def instance(real_data):
    """Return a function from the number of a file to its problem; skip without the file."""

    def read(number):
        file = real_data("published") / "or_library_pmed" / f"pmed{number}.txt"
        if not file.exists():
            pytest.skip(f"no {file.name} in the folder of real data")
        words = file.read_text(encoding="utf-8").split()
        n, _, p = map(int, words[:3])
        lengths = np.zeros((n, n))
        for a, b, length in np.array(words[3:], dtype=float).reshape(-1, 3):
            lengths[int(a) - 1, int(b) - 1] = lengths[int(b) - 1, int(a) - 1] = length
        costs = shortest_path(csr_array(lengths), directed=False)
        return SitingProblem(weights=np.ones(n), costs=costs, n_units=p)

    return read


@pytest.mark.parametrize("number", OPTIMA)
def test_the_optimum_is_found_and_proven(number, instance):
    found = p_median(instance(number))
    assert found.objective == OPTIMA[number]
    assert found.bound == found.objective
    assert found.status == "optimal"


@pytest.mark.parametrize("number", RADII)
def test_the_radius_is_found_and_proven(number, instance):
    found = p_center(instance(number))
    assert found.objective == RADII[number]
    assert found.bound == found.objective
    assert found.status == "optimal"
