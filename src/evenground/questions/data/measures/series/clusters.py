"""Whether what is missing comes at certain hours, on certain weekdays, or from few sensors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.questions.data.measures.series.across import HOUR

if TYPE_CHECKING:
    import pyarrow as pa

DAY = 24 * HOUR
THURSDAY = 3
"""1970-01-01, counted from Monday."""
CHANCE = 0.001
FEWEST = 50


def clusters(table: pa.Table) -> dict[str, Any]:
    """Return at which hours and on which weekdays gaps begin, and whether more than chance has it.

    Gaps that begin at the same time are one: a network that stops as a whole stops once. Chance is
    Pearson's chi-square test against the hours, and days, at which every reading is due, at one in
    a thousand; with fewer than fifty such times nothing is told.

    Parameters
    ----------
    table
        The folded table.

    Returns
    -------
    ``by_hour`` (24 counts, from midnight on), ``by_weekday`` (7, from Monday on), and whether they
    cluster (``None``: too few to tell).
    """
    from scipy.stats import chisquare

    lists = table["gaps"].combine_chunks()
    start = np.unique(lists.flatten().field("start").to_numpy())
    by_hour = np.bincount(start % DAY // HOUR, minlength=24)
    by_weekday = np.bincount((start // DAY + THURSDAY) % 7, minlength=7)
    found: dict[str, Any] = {"by_hour": by_hour.tolist(), "by_weekday": by_weekday.tolist()}
    for name, counts in (("hour", by_hour), ("weekday", by_weekday)):
        told = start.size >= FEWEST
        found[f"clusters_by_{name}"] = bool(chisquare(counts).pvalue < CHANCE) if told else None
    return found


def from_few(missing: list[int]) -> float | None:
    """Return what share of the missing readings comes from the tenth of the sensors with most.

    ``None`` with fewer than ten sensors, or nothing missing.
    """
    total = sum(missing)
    if len(missing) < 10 or not total:  # noqa: PLR2004 - a tenth of fewer is none
        return None
    return sum(sorted(missing, reverse=True)[: len(missing) // 10]) / total
