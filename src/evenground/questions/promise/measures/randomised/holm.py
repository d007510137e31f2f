"""Several sealed outcomes, each with its p-value: Holm's adjustment.

Source: Holm (1979), Scandinavian Journal of Statistics 6, 65-70. It holds whatever ties the
outcomes together; ``max_t`` makes use of that tie where all are tested over the same lots.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.validation import Vector, vector


def holm(p_values: ArrayLike) -> Vector:
    """Return adjusted p-values, shape (n,): reject where adjusted <= alpha.

    ``adjusted_(i) = max over j <= i of (n - j + 1) p_(j)``, at most 1: the chance of any false
    rejection is at most alpha. Equal p-values get equal answers.

    Raises
    ------
    UsageError
        If a p-value is missing or negative.
    """
    p = vector("p_values", p_values)
    order = np.argsort(p, kind="stable")
    scaled = p[order] * np.arange(p.size, 0, -1)
    adjusted = np.empty_like(p)
    adjusted[order] = np.maximum.accumulate(scaled)
    return np.minimum(adjusted, 1.0)
