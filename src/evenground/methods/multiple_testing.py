"""Many tests at once: the false discovery rate.

Source: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, 289-300.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.validation import Vector, vector


def benjamini_hochberg(p_values: ArrayLike) -> Vector:
    """Return adjusted p-values, shape (n,): reject where adjusted <= rate.

    ``adjusted_(i) = min over j >= i of p_(j) n / j``, at most 1 (step-up procedure of the paper,
    section 2). Equal p-values get equal answers, whatever the order of rows.
    """
    p = vector("p_values", p_values)
    order = np.argsort(p, kind="stable")
    scaled = p[order] * p.size / np.arange(1, p.size + 1)
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return np.minimum(adjusted, 1.0)


def step_up_reaches(p_values: ArrayLike, *, rate: float) -> bool:
    """Say whether the step-up procedure rejects anything among these p-values (shape (n,))."""
    adjusted = benjamini_hochberg(p_values)
    return bool(adjusted.size) and bool(adjusted.min() <= rate)
