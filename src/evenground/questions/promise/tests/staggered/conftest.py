"""Panels of staggered roll-outs, and least squares written out with dummies."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.promise.measures.panel import panel


@pytest.fixture
def roll_out():
    """Return a function to a panel in which effects grow and differ between cohorts."""

    def make(seed, *, n_units=24, n_times=6, cohorts=(2, 3, 4)):
        rng = np.random.default_rng(seed)
        starts = np.array([*cohorts, n_times] * n_units)[:n_units]
        since = np.arange(n_times) - starts[:, None]
        gain = np.where(since >= 0, 1 + 0.4 * since + starts[:, None] / 10, 0.0)
        outcomes = rng.normal(20, 3, (n_units, 1)) + rng.normal(size=n_times).cumsum() + gain
        return panel(outcomes + rng.normal(size=(n_units, n_times)), starts)

    return make


@pytest.fixture
def with_dummies():
    """Return a function: coefficients and rows of least squares with unit and time dummies.

    It takes outcomes, regressors of shape (n_units, n_times, k) and which rows are observed, and
    returns coefficients, the whole design, residuals and each row's unit.
    """

    def fitted(outcomes, regressors, observed=None):
        n_units, n_times, k = regressors.shape
        seen = np.ones((n_units, n_times), bool) if observed is None else observed
        unit, time = np.nonzero(seen)
        design = np.concatenate(
            [regressors[unit, time], np.eye(n_units)[unit], np.eye(n_times)[time][:, 1:]], axis=1
        )
        y = outcomes[unit, time]
        found = np.linalg.lstsq(design, y, rcond=None)[0]
        return found[:k], design, y - design @ found, unit

    return fitted
