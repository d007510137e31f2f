"""Categories that come or go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from evenground.evidence import Message
from evenground.questions.data.measures.changes.absences import EXPECTED, absences
from evenground.questions.data.measures.changes.by_period import (
    ByPeriod,
    Counts,
    Floats,
    says_period,
    together,
)
from evenground.questions.data.measures.checks import Check

NAME = "category_changes"
MOST_TOLD = 200
"""Changes that are told one by one; all are counted."""
Change = Mapping[str, Any]


def category_changes(periods: ByPeriod, counts: tuple[str, ...] = ()) -> Check:
    """Return the check of categories that are new or vanish from some period on.

    A category counts where it has ``EXPECTED`` rows or more, and as many would be expected in the
    periods without it. Columns of counts are categories, too, where they are zero throughout.

    Parameters
    ----------
    periods
        Figures by period.
    counts
        Columns of counts in a table in which each category has a column of its own.

    Returns
    -------
    Check
        ``detail``: ``changes`` (column, category, whether it is ``new`` or ``vanished``, from
        which or until which period it is there, rows), ``rare_categories`` that come or go but
        have too few rows to tell, ``columns``.
    """
    found: list[Change] = []
    rare = 0
    for column, categories in sorted(periods.categories.items()):
        if says_period(categories, periods.labels):
            continue
        among = together(categories.values(), len(periods.labels))
        for category, n in sorted(categories.items()):
            for change in _changes(n, among, periods):
                told = {"column": column, "category": category, **change}
                is_rare = n.sum() < EXPECTED or change["expected_rows"] < EXPECTED
                rare += is_rare
                found += [] if is_rare else [told]
    found += _of_counts(periods, counts)
    found.sort(key=lambda one: (-one["rows"], one["column"], one["category"], one["kind"]))
    definition = Message(code=f"definition.{NAME}", parameters={"expected": int(EXPECTED)})
    check = Check.counted(NAME, len(found), unit="categories", definition=definition)
    return check.showing(
        columns=sorted({one["column"] for one in found}),
        changes=found[:MOST_TOLD],
        rare_categories=rare,
        periods=list(periods.labels),
    )


def _of_counts(periods: ByPeriod, counts: tuple[str, ...]) -> Iterator[Change]:
    for column in counts:
        if column in periods.sizes:
            sizes = periods.sizes[column]
            for change in _changes(sizes.total, periods.filled[column], periods):
                if change["expected_rows"] >= EXPECTED and sizes.n.sum() >= EXPECTED:
                    yield {"column": column, "category": "", **change, "rows": int(sizes.n.sum())}


def _changes(n: Counts | Floats, among: Counts, periods: ByPeriod) -> Iterator[dict[str, Any]]:
    there = np.flatnonzero(n > 0)
    for one in absences(n, among, edges=True):
        new = one.last < there[0]
        yield {
            "kind": "new" if new else "vanished",
            "from" if new else "until": periods.labels[there[0] if new else there[-1]],
            "rows": int(n.sum()),
            "expected_rows": round(one.expected, 1),
        }
