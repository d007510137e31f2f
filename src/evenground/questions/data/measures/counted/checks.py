"""The four checks of tables of counts and shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.questions.data.measures.checks import Check, flag_schema
from evenground.questions.data.measures.columns.column_profile import ColumnProfile
from evenground.questions.data.measures.counted.asked import (
    ENDS,
    FIGURES,
    FLAGGED,
    ROWS,
    SMALL,
    TOTAL_ROWS,
)
from evenground.questions.data.measures.counted.bases import small_denominators
from evenground.questions.data.measures.counted.ends import capped_shares
from evenground.questions.data.measures.counted.percentages import percentages_in_counts
from evenground.questions.data.measures.counted.quantities import (
    Quantities,
    names_total,
    quantities,
)
from evenground.questions.data.measures.counted.sums import Sum
from evenground.questions.data.measures.counted.totals import NAME as TOTALS
from evenground.questions.data.measures.counted.totals import totals_off
from evenground.questions.data.measures.roles import Form, Roles

if TYPE_CHECKING:
    import pyarrow as pa


def checks(
    found: Mapping[str, pa.Table],
    profiles: Sequence[ColumnProfile],
    roles: Roles,
    *,
    threshold: float = SMALL,
    flags: bool = False,
) -> tuple[Check, ...]:
    """Return the checks that suit the table: those of which it has the columns.

    Parameters
    ----------
    found
        What ``asked`` gave when it was run.
    profiles, roles
        What the columns hold and stand for.
    threshold
        Smaller bases are too small to rate.
    flags
        Whether the rows behind each count are wanted.
    """
    held = quantities(profiles, roles)
    figures = found[FIGURES].to_pylist()[0] if FIGURES in found else None
    made: list[Check] = []
    if figures is not None:
        made.append(percentages_in_counts(figures, held, roles))
    if ROWS in found:
        check, sums = totals_off(found[ROWS], held, found.get(TOTAL_ROWS))
        check = check.showing(flags=_off(found[ROWS], sums)) if flags else check
        made += [check] if check.count is not None or any(map(names_total, held.amounts)) else []
    if held.rated and (held.bases or roles.form is Form.COUNTS):
        made.append(small_denominators(figures, held, threshold))
    if ENDS in found:
        made.append(capped_shares(found[ENDS].to_pylist(), held))
    if not flags or FLAGGED not in found:
        return tuple(made)
    cells = found[FLAGGED].to_pylist()
    return tuple(
        one if one.name == TOTALS else one.showing(flags=_behind(one, cells, held)) for one in made
    )


def _behind(check: Check, cells: Sequence[Mapping[str, Any]], held: Quantities) -> pa.Table:
    """Return the cells of the columns that a check concerns."""
    names = {one.position: one.name for one in (*held.amounts, *held.shares)}
    concerned = set(check.detail.get("columns", ()))
    at = {(one["column"], one["at"]) for one in check.detail.get("piles", ())}
    rows = [
        (cell["row"], names[cell["position"]], check.name, cell["value"])
        for cell in cells
        if cell["check"] == check.name
        and names[cell["position"]] in concerned
        and (not at or (names[cell["position"]], cell["value"]) in at)
    ]
    return _flags(rows)


def _off(rows: pa.Table, sums: Sequence[Sum]) -> pa.Table | None:
    if "row" not in rows.column_names:
        return None
    numbers = rows["row"].to_pylist()
    return _flags(
        [(numbers[at], one.total, TOTALS, None) for one in sums for at in np.flatnonzero(one.off)]
    )


def _flags(rows: Sequence[tuple[int, str, str, float | None]]) -> pa.Table:
    import pyarrow as pa

    ordered = sorted(rows, key=lambda one: (one[0], one[1]))
    told = [
        {
            "row": row, "sensor": "", "time": None, "column": column, "check": check,
            "value": "" if value is None else f"{value:.10g}",
        }
        for row, column, check, value in ordered
    ]  # fmt: skip
    return pa.Table.from_pylist(told, schema=flag_schema())
