"""How much two groupings of the same people agree, beyond chance.

Source: Hubert and Arabie (1985), Comparing partitions, Journal of Classification 2, 193-218,
equation 5.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import wrong


def adjusted_rand_index(one: ArrayLike, two: ArrayLike) -> float:
    """Return the adjusted Rand index of two groupings.

    Parameters
    ----------
    one, two, shape (n,)
        Groups as whole numbers, 0 or more.

    Returns
    -------
    float
        1 where they are the same, about 0 where they agree as chance would have it, at times below.

    Raises
    ------
    UsageError
        If shapes differ, or there are fewer than two people.
    """
    first, second = np.asarray(one, dtype=np.int64), np.asarray(two, dtype=np.int64)
    if first.ndim != 1 or first.shape != second.shape or first.size < 2:  # noqa: PLR2004 - a pair
        raise wrong(
            "array_shape",
            N_("groupings have shapes {one} and {two}; both must be (n,), n at least 2"),
            one=first.shape,
            two=second.shape,
        )
    width = int(second.max()) + 1
    table = np.bincount(first * width + second)
    together = _pairs(table)
    in_one, in_two = _pairs(np.bincount(first)), _pairs(np.bincount(second))
    by_chance = in_one * in_two / _pairs([first.size])
    most = (in_one + in_two) / 2
    return 1.0 if most == by_chance else float((together - by_chance) / (most - by_chance))


def _pairs(counts: ArrayLike) -> float:
    n = np.asarray(counts, dtype=np.float64)
    return float((n * (n - 1)).sum() / 2)
