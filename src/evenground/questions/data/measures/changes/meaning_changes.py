"""Columns that stand for something else from some period on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from evenground.evidence import Message
from evenground.questions.data.measures.changes.by_period import (
    CODE,
    NUMBER,
    ByPeriod,
    Counts,
    Sizes,
    says_period,
    together,
)
from evenground.questions.data.measures.checks import Check

NAME = "meaning_changes"
LEAST_ROWS = 20
"""Periods with fewer values are not compared."""
SHARED = 0.1
"""A list of codes is another one where less than this share of rows has a code of the other."""
ROWS_A_CATEGORY = 3
"""With fewer rows for each category, values are names of single things rather than a list."""
OTHER_FORM = 0.8
"""Share of rows that must be written otherwise."""
ONE_LENGTH = 0.95
"""Share of rows with the same number of characters, where a code has a fixed length."""
TIMES = 5.0
"""Numbers jump where all their quarters are more than this many times as large or as small."""
SEASONS = 12
"""Periods on each side that must agree on a jump where a year has several."""
Change = Mapping[str, Any]


def meaning_changes(periods: ByPeriod, fixed: Mapping[str, bool] | None = None) -> Check:
    """Return the check of columns whose codes, writing or scale is replaced between two periods.

    Neighbouring periods with ``LEAST_ROWS`` values or more are compared.

    Parameters
    ----------
    periods
        Figures by period.
    fixed
        Column to whether its digits are codes, which may have a fixed length.

    Returns
    -------
    Check
        ``detail``: ``changes`` (column, ``kind``: ``replaced``, ``form``, ``length`` or ``scale``,
        the periods ``before`` and ``after``, and what was and is), ``columns``.
    """
    found: list[Change] = []
    for column, categories in periods.categories.items():
        if says_period(categories, periods.labels):
            continue
        found += _replaced(column, categories, periods)
    for column, forms in periods.forms.items():
        digits = None if column in periods.categories else (fixed or {}).get(column, False)
        found += _forms(column, forms, periods, digits=digits)
    for column, sizes in periods.sizes.items():
        found += _jumps(column, sizes, periods)
    found.sort(key=lambda one: (one["column"], periods.labels.index(one["after"]), one["kind"]))
    changed = sorted({one["column"] for one in found})
    check = Check.counted(NAME, len(changed), unit="columns", definition=definition())
    return check.showing(columns=changed, changes=found, periods=list(periods.labels))


def definition() -> Message:
    """Return what the check counts, with its thresholds."""
    limits = {"rows": LEAST_ROWS, "shared": SHARED, "form": OTHER_FORM, "times": int(TIMES)}
    return Message(code=f"definition.{NAME}", parameters=limits)


def _neighbours(total: Counts) -> Iterator[tuple[int, int]]:
    """Yield neighbouring periods, those with few values passed over."""
    yield from pairwise(np.flatnonzero(total >= LEAST_ROWS).tolist())


def _told(column: str, kind: str, periods: ByPeriod, places: tuple[int, int]) -> dict[str, Any]:
    before, after = (periods.labels[at] for at in places)
    return {"column": column, "kind": kind, "before": before, "after": after}


def _replaced(
    column: str, categories: Mapping[str, Counts], periods: ByPeriod
) -> list[dict[str, Any]]:
    """Return where a list of codes is replaced; nothing where each period has its own."""
    names = sorted(categories)
    table = np.array([categories[name] for name in names])
    compared, found = 0, list[dict[str, Any]]()
    for places in _neighbours(table.sum(axis=0)):
        sides = [table[:, at] for at in places]
        both = (sides[0] > 0) & (sides[1] > 0)
        shared = max(float(one[both].sum() / one.sum()) for one in sides)
        lists = all(one.sum() >= ROWS_A_CATEGORY * (one > 0).sum() for one in sides)
        compared += 1
        if shared < SHARED and lists:
            was, now = (_most(names, one) for one in sides)
            told = _told(column, "replaced", periods, places)
            found.append({**told, "was": was, "now": now, "shared": shared})
    always = len(found) == compared > 2  # noqa: PLR2004 - a list of each period's own, seen thrice
    return [] if always else found


def _most(names: Sequence[str], n: Counts, most: int = 5) -> list[str]:
    """Return the most frequent categories of a period; equal ones by name."""
    order = sorted((-int(count), name) for name, count in zip(names, n, strict=True) if count)
    return [name for _, name in order[:most]]


def _forms(
    column: str, forms: Mapping[tuple[str, int], Counts], periods: ByPeriod, *, digits: bool | None
) -> Iterator[dict[str, Any]]:
    """Yield where a column's texts are written otherwise, or its codes have another length.

    Lengths are not looked at where ``digits`` is ``None``: lists of codes are compared themselves.
    """
    n_periods = len(periods.labels)
    total = together(forms.values(), n_periods)
    kinds = sorted({form for form, _ in forms})
    by_kind = np.array(
        [together((n for (form, _), n in forms.items() if form == one), n_periods) for one in kinds]
    )
    for places in _neighbours(total):
        was, now = (by_kind[:, at] / total[at] for at in places)
        if np.abs(was - now).sum() / 2 >= OTHER_FORM:
            told = _told(column, "form", periods, places)
            yield {**told, "was": kinds[int(was.argmax())], "now": kinds[int(now.argmax())]}
        elif digits is not None:
            lengths = [_length(forms, at, int(total[at]), digits=digits) for at in places]
            if None not in lengths and lengths[0] != lengths[1]:
                told = _told(column, "length", periods, places)
                yield {**told, "was": lengths[0], "now": lengths[1]}


def _length(
    forms: Mapping[tuple[str, int], Counts], at: int, total: int, *, digits: bool
) -> int | None:
    """Return the length that nearly all codes of a period have."""
    kinds = (CODE, NUMBER) if digits else (CODE,)
    lengths: dict[int, int] = {}
    for (form, length), n in forms.items():
        if form in kinds:
            lengths[length] = lengths.get(length, 0) + int(n[at])
    length, most = max(lengths.items(), key=lambda one: (one[1], -one[0]), default=(0, 0))
    return length if most >= ONE_LENGTH * total else None


def _jumps(column: str, sizes: Sizes, periods: ByPeriod) -> Iterator[dict[str, Any]]:
    """Yield where all quarters of a column's numbers are many times as large or as small."""
    held = np.flatnonzero(sizes.n >= LEAST_ROWS)
    span = SEASONS if periods.short else 1
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(sizes.at[held])
    for place in range(1, held.size):
        was, now = logs[max(0, place - span) : place], logs[place : place + span]
        up = (now.min(axis=0) - was.max(axis=0)).min()
        down = (was.min(axis=0) - now.max(axis=0)).min()
        if max(up, down) > np.log(TIMES):
            places = (int(held[place - 1]), int(held[place]))
            was_middle, middle = (float(sizes.at[at, 1]) for at in places)
            told = _told(column, "scale", periods, places)
            yield {**told, "was": was_middle, "now": middle, "times": middle / was_middle}
