"""Stretches of periods without something that is there before or after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from evenground.questions.data.measures.changes.by_period import Counts, Floats

EXPECTED = 10.0
"""An absence counts where so many would be expected at the share that holds otherwise; by chance
alone it would come about once in 22,000 such cases."""


class Absence(NamedTuple):
    """Periods ``first`` to ``last`` hold none; ``expected`` would be there at the usual share."""

    first: int
    last: int
    expected: float


def absences(there: Counts | Floats, among: Counts, *, edges: bool = False) -> Iterator[Absence]:
    """Yield every stretch of periods in which nothing is there, though rows are.

    Parameters
    ----------
    there
        How many are there, by period; shape ``(periods,)``.
    among
        Of how many rows, by period; periods without rows belong to no stretch of their own.
    edges
        Whether only the stretches at the beginning and at the end are wanted.
    """
    held = np.flatnonzero(among > 0)
    inside = there[held] > 0
    if not inside.any():
        return
    share = float(there[held][inside].sum() / among[held][inside].sum())
    start = 0
    while start < held.size:
        if inside[start]:
            start += 1
            continue
        end = start
        while end + 1 < held.size and not inside[end + 1]:
            end += 1
        at_edge = start == 0 or end == held.size - 1
        if at_edge or not edges:
            expected = share * float(among[held[start : end + 1]].sum())
            yield Absence(int(held[start]), int(held[end]), expected)
        start = end + 1
