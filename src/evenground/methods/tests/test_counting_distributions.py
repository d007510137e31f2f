"""Binomial and hypergeometric probabilities, against SciPy's."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from evenground.methods.counting_distributions import (
    binomial_at_most,
    binomial_mass,
    hypergeometric_mass,
)


@given(st.integers(0, 3_000), st.sampled_from([0.0, 1.0]) | st.floats(1e-9, 1 - 1e-9))
def test_binomial(n, chance):
    x = np.arange(-1, n + 2)
    assert np.allclose(binomial_mass(x, n, chance), stats.binom.pmf(x, n, chance), rtol=1e-7)
    assert np.allclose(binomial_at_most(x, n, chance), stats.binom.cdf(x, n, chance), rtol=1e-9)


@given(st.integers(1, 400), st.data())
def test_hypergeometric(n_all, data):
    inside, drawn = data.draw(st.integers(0, n_all)), data.draw(st.integers(0, n_all))
    x = np.arange(-1, drawn + 2)
    ours = hypergeometric_mass(x, n_all=n_all, n_inside=inside, n_drawn=drawn)
    assert np.allclose(ours, stats.hypergeom.pmf(x, n_all, inside, drawn), atol=1e-12)
