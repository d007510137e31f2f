"""A small region from the literature."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from evenground.methods.accessibility.pairs import pairs_from_costs


@pytest.fixture
def shen():
    """Return the region of Shen (1998), with the figures of Soukhov et al. (2023), table 1."""
    minutes = np.array([[15.0, 30, 100], [30, 15, 100], [100, 100, 15]])
    origin, site = np.indices(minutes.shape)
    return SimpleNamespace(
        pairs=pairs_from_costs((origin.ravel(), site.ravel()), minutes.ravel(), shape=(3, 3)),
        people=np.array([50_000.0, 150_000, 10_000]),
        jobs=np.array([100_000.0, 100_000, 10_000]),
    )
