"""Ranks with ties, by hand and against SciPy."""

import numpy as np
import pytest
from scipy import stats

from evenground.methods.middle_ranks import middle_ranks


def test_equal_values_share_the_middle_of_their_ranks():
    assert middle_ranks(np.array([5.0, 1.0, 5.0, 2.0])).tolist() == [3.5, 1.0, 3.5, 2.0]
    assert middle_ranks(np.array([])).tolist() == []


@pytest.mark.parametrize("seed", range(3))
def test_as_scipy_ranks(seed):
    values = np.random.default_rng(seed).integers(0, 12, 40).astype(float)
    np.testing.assert_array_equal(middle_ranks(values), stats.rankdata(values))
