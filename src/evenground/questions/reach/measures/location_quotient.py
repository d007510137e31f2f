"""The location quotient: a share of units divided by the share of the baseline.

Source: Isard (1960), Methods of Regional Analysis, chapter 7.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.validation import Vector


def location_quotient(unit_share: ArrayLike, baseline_share: ArrayLike) -> Vector:
    """Return ``unit_share / baseline_share``, elementwise.

    1 stands for a share equal to the baseline's; NaN where the baseline has nothing there, since
    nothing can be said about a rate for nobody.
    """
    above = np.asarray(unit_share, dtype=np.float64)
    below = np.asarray(baseline_share, dtype=np.float64)
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)
