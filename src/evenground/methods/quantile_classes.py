"""Areas cut into equally many classes by an indicator: thirds, quarters, tenths.

Source: Hyndman and Fan (1996), American Statistician 50, 361-365, quantile definition 7, the one
that R, NumPy and pandas use; classes are closed on the right.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Whole, wrong


def quantile_classes(indicator: ArrayLike, n_classes: int) -> Whole:
    """Return the class of each area by an indicator, as ``pandas.qcut`` does.

    Parameters
    ----------
    indicator, shape (n_areas,)
        Values; a missing one (NaN) leaves its area in no class.
    n_classes
        2 or more.

    Returns
    -------
    array of int, shape (n_areas,)
        0 (lowest) to ``n_classes - 1``; -1 where the indicator is missing. Each class holds values
        above the previous cut up to and with its own; equal values are never parted.

    Raises
    ------
    UsageError
        If ``n_classes`` is below 2, nothing is known, or so many values are equal that two cuts
        coincide.
    """
    values = np.asarray(indicator, dtype=np.float64)
    known = np.isfinite(values)
    if n_classes < 2 or not known.any():  # noqa: PLR2004 - one class divides nothing
        raise wrong(
            "classes",
            N_("{n} classes from {known} known values"),
            n=n_classes,
            known=int(known.sum()),
        )
    cuts = np.quantile(values[known], np.arange(n_classes + 1) / n_classes)
    if (np.diff(cuts) <= 0).any():
        raise wrong(
            "classes_coincide",
            N_("too many equal values for {n} classes: cuts {cuts}"),
            n=n_classes,
            cuts=tuple(float(c) for c in cuts),
        )
    classes = np.searchsorted(cuts[1:-1], values, side="left")
    return np.where(known, classes, -1).astype(np.int64)
