"""Ranks of numbers, equal ones sharing the middle of theirs.

Source: Kruskal and Wallis (1952), Journal of the American Statistical Association 47, 583-621,
section 1.3.
"""

from __future__ import annotations

import numpy as np

from evenground.methods.validation import Vector


def middle_ranks(values: Vector) -> Vector:
    """Return ranks from 1 on, equal values the mean of theirs, shape (n,).

    Parameters
    ----------
    values, shape (n,)
        Any numbers, none missing.
    """
    _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[which]
