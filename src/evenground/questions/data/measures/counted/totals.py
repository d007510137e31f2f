"""Totals that differ from the sum of their parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.evidence import Message
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.columns.column_profile import ColumnProfile
from evenground.questions.data.measures.counted.quantities import Quantities, names_total
from evenground.questions.data.measures.counted.sums import MOSTLY, MOSTLY_NAMED, Sum, sums_in

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "totals_off"
_SLACK = 1e-9


def totals_off(
    rows: pa.Table, held: Quantities, total_rows: pa.Table | None = None
) -> tuple[Check, tuple[Sum, ...]]:
    """Return the check of totals that are not the sum of their parts, and the sums that were found.

    Parameters
    ----------
    rows
        Numbers of rows, columns ``p<position>``.
    held
        Columns of the table.
    total_rows
        What rows called a total hold beside the sum of all others, by period.

    Returns
    -------
    tuple
        The check, in rows; ``detail``: ``compared`` (rows in which a sum was compared), ``sums``
        (total, parts, tolerance, rows compared, rows off), ``total_rows`` (those that do not add
        up), ``without_parts`` (totals by name whose parts are not there), ``columns``.
    """
    names = {f"p{one.position}": one for one in held.amounts}
    columns = {one.name: _floats(rows, key) for key, one in names.items()}
    named = [one.name for one in held.amounts if names_total(one)]
    sums = sums_in(columns, named)
    in_rows = list(_total_rows(total_rows, held))
    definition = Message(
        code=f"definition.{NAME}", parameters={"named": MOSTLY_NAMED, "mostly": MOSTLY}
    )
    if not sums and not in_rows:
        reason = Message(code="reason.no_sums", parameters={"names": named})
        missing = Check.not_established(NAME, unit="rows", definition=definition, reason=reason)
        return missing, ()
    off = np.any([one.off for one in sums], axis=0) if sums else np.zeros(0, dtype=bool)
    over = np.any([one.compared for one in sums], axis=0) if sums else off
    wrong = [one for one in in_rows if one["columns"]]
    n_off = int(off.sum()) + len(wrong)
    check = Check.counted(NAME, n_off, unit="rows", definition=definition)
    told = [_told(one) for one in sums]
    concerned = {one["total"] for one in told if one["off_rows"]}
    return check.showing(
        compared=int(over.sum()) + len(in_rows),
        sums=told,
        total_rows=wrong,
        without_parts=sorted(set(named) - {one.total for one in sums}),
        columns=sorted({*concerned, *(name for one in wrong for name in one["columns"])}),
    ), sums


def _floats(rows: pa.Table, key: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    values = rows[key].to_pylist()
    return np.array([np.nan if one is None else float(one) for one in values], dtype=np.float64)


def _told(one: Sum) -> dict[str, Any]:
    return {
        "total": one.total,
        "parts": list(one.parts),
        "tolerance": one.tolerance,
        "compared": int(one.compared.sum()),
        "off_rows": int(one.off.sum()),
    }


def _total_rows(found: pa.Table | None, held: Quantities) -> Iterator[dict[str, Any]]:
    """Yield each period with one row called a total, and the columns of counts that differ."""
    names = {one.position: one.name for one in held.labels}
    for row in found.to_pylist() if found is not None else ():
        if row["n_total"] != 1 or row["n_rows"] < 3:  # noqa: PLR2004 - two parts and their total
            continue
        compared = list(_compared(row, held.amounts))
        if any(right for _, right in compared):
            yield {
                "label": names[row["position"]],
                "period": row["period"],
                "columns": sorted(name for name, right in compared if not right),
            }


def _compared(row: dict[str, Any], amounts: Sequence[ColumnProfile]) -> Iterator[tuple[str, bool]]:
    """Yield counts and whether their total is the sum; means and the like are none."""
    for one in amounts:
        total, parts = row[f"{one.position}_total"], row[f"{one.position}_parts"]
        if total and parts and float(total).is_integer() and float(parts).is_integer():
            yield one.name, abs(total - parts) <= _SLACK * abs(total)
