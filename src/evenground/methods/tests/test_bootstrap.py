"""The bootstrap of weighted means."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.methods.bootstrap import bootstrap_weighted_means


def test_spread_is_that_of_a_mean():
    rng = np.random.default_rng(1)
    values = rng.normal(10, 2, 400)
    weights = np.vstack([np.ones(400), np.r_[np.ones(100), np.zeros(300)]])
    drawn = bootstrap_weighted_means(values, weights, rng=rng, n_draws=4_000)
    assert drawn.shape == (4_000, 2)
    assert drawn.mean(axis=0) == pytest.approx([values.mean(), values[:100].mean()], abs=0.02)
    assert drawn[:, 0].std() == pytest.approx(values.std() / 20, rel=0.06)
    assert drawn[:, 1].std() == pytest.approx(values[:100].std() / 10, rel=0.08)


def test_equal_values_have_no_spread_and_empty_groups_no_mean():
    drawn = bootstrap_weighted_means(
        [3.0, 3.0], [[1, 2], [0, 0]], rng=np.random.default_rng(2), n_draws=10
    )
    assert drawn[:, 0].tolist() == [3.0] * 10
    assert np.isnan(drawn[:, 1]).all()
