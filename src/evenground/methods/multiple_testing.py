"""Many tests at once: the false discovery rate, and the error over a whole family.

Sources: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, 289-300;
Holm (1979), Scandinavian Journal of Statistics 6, 65-70.
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


def holm(p_values: ArrayLike, *, n_tests: int | None = None) -> Vector:
    """Return adjusted p-values, shape (n,): reject where adjusted <= the family's error.

    ``adjusted_(i) = max over j <= i of (m - j + 1) p_(j)``, at most 1 (step-down procedure of the
    paper). ``n_tests`` is the size m of the family where some of its p-values are not known; those
    then count as the largest.
    """
    p = vector("p_values", p_values)
    m = p.size if n_tests is None else max(n_tests, p.size)
    order = np.argsort(p, kind="stable")
    adjusted = np.empty_like(p)
    adjusted[order] = np.maximum.accumulate(p[order] * (m - np.arange(p.size)))
    return np.minimum(adjusted, 1.0)
