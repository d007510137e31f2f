"""Quantiles of values that stand for different numbers of people."""

from __future__ import annotations

import numpy as np

from evenground.methods.validation import Vector


def weighted_quantile(values: Vector, weights: Vector, level: float) -> float:
    """Return the smallest value that ``level`` of the weight does not exceed; NaN without any."""
    if not weights.sum() > 0:
        return float("nan")
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    at = int(np.searchsorted(reached, level * reached[-1] * (1 - 1e-12)))
    return float(values[order][min(at, values.size - 1)])
