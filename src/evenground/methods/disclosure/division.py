"""Keep sums of "few of many" apart from sums of "nearly everybody", so that hiding distorts less.

In one area 3 of 4,000 residents belong to a group, in another 3,400 of 3,403. Both counts must be
hidden: the first for the 3 in the group, the second for the 3 who are not. Spread over both areas
alike, their sum would give each half, which is wrong by thousands in either. So a group's total
over areas is published in two parts, for areas of which it is the smaller and the larger half, and
each part is spread by itself. That this shows in which half a hidden count lies is given to the
attacker.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from evenground.methods.disclosure.population_system import TOTAL, Rows
from evenground.methods.disclosure.rules import Rules
from evenground.methods.disclosure.table_system import Interval, Whole

SMALLEST = 4
"""Areas of fewer residents than this many thresholds stay with the lower half."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """Rows with chains divided in two, which groups were (codes), and what the division tells."""

    rows: Rows
    groups: frozenset[int]
    hint: Interval


def series_groups(rows: Rows) -> Whole:
    """Return a code of edition, vintage and group for each row."""
    return rows.series * len(rows.groups) + rows.group


def divided(rows: Rows, rules: Rules, *, whole: Collection[int] = ()) -> Division:
    """Return the rows with chains divided for groups that are nearly everybody somewhere.

    ``whole`` names groups (codes of ``series_groups``) that are to stay undivided.
    """
    low, high = np.zeros(rows.value.size), np.full(rows.value.size, np.inf)
    if TOTAL not in rows.groups:
        return Division(rows=rows, groups=frozenset(), hint=(low, high))
    total = np.full(rows.value.size, rows.groups.index(TOTAL))
    above = rows.find(series=rows.series, group=total, area=rows.area)
    residents, code = rows.value[above], series_groups(rows)
    can = (above >= 0) & (rows.group != total) & rows.known & ~np.isin(code, list(whole))
    rest = residents - rows.value
    nearly_all = (rest > 0) & (rest < rules.threshold) & (2 * rows.value > residents)
    large = can & (residents >= SMALLEST * rules.threshold)
    mostly = large & (2 * rows.value > residents)
    groups = np.intersect1d(code[can & nearly_all], code[mostly])
    inside = large & np.isin(code, groups)
    mostly &= inside
    low[mostly] = residents[mostly] / 2
    high[inside & ~mostly] = residents[inside & ~mostly] / 2
    _, chain = np.unique(2 * rows.chain + mostly, return_inverse=True)
    return Division(
        rows=replace(rows, chain=chain.astype(np.int64)),
        groups=frozenset(int(one) for one in groups),
        hint=(low, high),
    )
