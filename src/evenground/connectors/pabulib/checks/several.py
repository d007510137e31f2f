"""Problems of many rows: the first ones by line, and how many more there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from evenground.errors import Problem

SHOWN = 20
"""Rows that are listed one by one; the last of them says how many there are in all."""


def several(
    wrong: NDArray[np.bool_] | NDArray[np.int64], problem: Callable[[int, int], Problem]
) -> Iterator[Problem]:
    """Yield a problem for each wrong row, up to ``SHOWN``; the last one stands for the rest too.

    Parameters
    ----------
    wrong, shape (n,)
        A flag per row, or the wrong rows themselves.
    problem
        From a row and how many rows it stands for to its problem.
    """
    rows = np.flatnonzero(wrong) if wrong.dtype == np.bool_ else wrong
    for row in rows[: SHOWN - 1]:
        yield problem(int(row), 1)
    if rows.size >= SHOWN:
        yield problem(int(rows[SHOWN - 1]), rows.size - SHOWN + 1)
