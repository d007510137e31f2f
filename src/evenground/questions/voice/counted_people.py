"""Who took part, counted: rows of one step and one attribute, safe to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.frame.areas import TOTAL
from evenground.frame.columns import AreaColumns, counts_of
from evenground.methods.margins_of_error import UncertainCounts, group_totals
from evenground.methods.validation import Vector
from evenground.questions.voice.logged import Row, number

UNKNOWN = "unknown"
AREA = "area"
"""Attribute of rows that name an area and no group."""
LEAST_GROUPS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Those who took part in a step, by the groups of one attribute.

    Attributes
    ----------
    step, role, attribute
        As in the table; ``attribute`` is empty where nobody said what the groups are made by, and
        ``area`` for areas.
    groups, shape (n_groups,)
        Groups whose counts may be shown.
    counts, shape (n_groups,)
        People of each.
    eligible, shape (n_groups,)
        Who could have taken part; ``None`` unless all rows say.
    n_missing
        People whose group is not known, or may not be shown: they may be of any group.
    withheld
        Groups whose counts may not be shown.
    """

    step: str
    role: str
    attribute: str
    groups: tuple[str, ...]
    counts: Vector
    eligible: Vector | None
    n_missing: int
    withheld: tuple[str, ...]


def counted(rows: Sequence[Row], *, threshold: int) -> tuple[Counted, ...]:
    """Return who took part, by step and attribute, in the order in which they are listed.

    A count that the edition leaves out stays out. Where only one does, and the total of the step
    would give it away, the smallest other count goes too.

    Parameters
    ----------
    rows
        Of the table of those who took part.
    threshold
        Counts from 1 to below this are left out of the public edition.
    """
    by: dict[tuple[str, str, str], list[Row]] = {}
    totals: dict[str, int] = {}
    for row in rows:
        step, area = str(row.get("step") or ""), str(row.get("area_id") or "")
        group = str(row.get("group") or "") or area
        if group == TOTAL:
            count = number(row, "count")
            if count is not None:
                totals[step] = round(count)
        elif group:
            role = str(row.get("role") or "participants")
            attribute = str(row.get("attribute") or (AREA if group == area else ""))
            by.setdefault((step, role, attribute), []).append({**row, "group": group})
    return tuple(
        _counted(key, own, total=totals.get(key[0]), threshold=threshold) for key, own in by.items()
    )


def _counted(
    key: tuple[str, str, str], rows: Sequence[Row], *, total: int | None, threshold: int
) -> Counted:
    named = [row for row in rows if row["group"] != UNKNOWN]
    unknown = sum(round(number(row, "count") or 0) for row in rows if row["group"] == UNKNOWN)
    shown = [row for row in named if number(row, "count") is not None]
    hidden = [row for row in named if number(row, "count") is None]
    n_shown = sum(round(number(row, "count") or 0) for row in shown)
    if len(hidden) == 1 and total is not None and shown:
        least = min(shown, key=lambda row: number(row, "count") or 0.0)
        shown.remove(least)
        hidden.append(least)
        n_shown -= round(number(least, "count") or 0)
    missing = unknown + len(hidden) * max(threshold - 1, 0)
    if total is not None and total >= n_shown:
        missing = total - n_shown
    could = [number(row, "eligible") for row in shown]
    return Counted(
        step=key[0],
        role=key[1],
        attribute=key[2],
        groups=tuple(str(row["group"]) for row in shown),
        counts=np.array([number(row, "count") for row in shown], dtype=np.float64),
        eligible=None if None in could or not could else np.array(could, dtype=np.float64),
        n_missing=missing,
        withheld=tuple(str(row["group"]) for row in hidden),
    )


def people_of(
    groups: Sequence[str], tables: Mapping[str, Any], areas: Sequence[str]
) -> UncertainCounts | None:
    """Return the people of some groups, shape (n_groups,); ``None`` if one is not counted."""
    columns = AreaColumns({area: row for row, area in enumerate(areas)}, tables)
    if set(groups) <= set(areas):
        return _people_of_areas(columns, [areas.index(area) for area in groups])
    found: list[UncertainCounts] = []
    for group in groups:
        counts, known, _ = counts_of(columns, "population", group)
        if not known.any():
            return None
        found.append(group_totals(counts, np.ones((1, len(areas)))))
    if not found:
        return None
    return UncertainCounts(
        value=np.concatenate([one.value for one in found]),
        standard_error=np.concatenate([one.standard_error for one in found]),
        rounding=np.concatenate([one.rounding for one in found]),
    )


def _people_of_areas(columns: AreaColumns, rows: list[int]) -> UncertainCounts | None:
    counts, known, _ = counts_of(columns, "population", TOTAL)
    return counts.take(np.array(rows, dtype=np.int64)) if rows and known[rows].all() else None
