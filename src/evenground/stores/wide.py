"""Turn one-column-per-group layouts into one row per group."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evenground.schema import Column
from evenground.stores import table_messages as say
from evenground.stores.cells.conversion import Why, convert
from evenground.stores.draft import Draft
from evenground.stores.rules import check_column

if TYPE_CHECKING:
    import pyarrow as pa

    Floats = NDArray[np.float64]


def lengthen(
    draft: Draft, table: pa.Table, positions: NDArray[np.int64]
) -> tuple[pa.Table, NDArray[np.int64]]:
    """Return one row per (row of the file, group), cells without a value left out and counted.

    Parameters
    ----------
    draft
        The table being read; its match names the columns of the groups.
    table
        The model's table with one row per kept row of the file.
    positions
        Position in the file of each row of ``table``.
    """
    import pyarrow as pa

    schema, wide = draft.schema, draft.match.wide
    n_groups = len(wide)
    values, why = _matrix(draft, positions, [one.column for one in wide], schema.wide_value)
    _say_gaps(draft, why)
    filled = ~np.isnan(values)
    row, group = np.nonzero(filled)
    long = table.take(pa.array(row))
    names = pa.array([one.name for one in wide], pa.string()).take(pa.array(group))
    long = _with(long, schema.wide_key, names)
    long = _with(long, schema.wide_value, pa.array(values[filled], pa.float64()))
    if schema.wide_margin and any(one.margin for one in wide):
        columns = [one.margin for one in wide]
        margins, _ = _matrix(draft, positions, columns, schema.wide_margin)
        chosen = margins[filled]
        long = _with(
            long, schema.wide_margin, pa.array(chosen, pa.float64(), mask=np.isnan(chosen))
        )
    empty = positions[~filled.any(axis=1)] if n_groups else positions
    if len(empty):
        draft.drop(empty, say.NO_VALUE_IN_ROW.at(draft.raw.place))
    return long, positions[row]


def _matrix(
    draft: Draft, positions: NDArray[np.int64], columns: list[str], model: str
) -> tuple[Floats, NDArray[np.uint8]]:
    """Return the values of several source columns side by side, NaN where there is none."""
    column: Column = draft.schema[model]
    values = np.full((len(positions), len(columns)), np.nan)
    why = np.full((len(positions), len(columns)), Why.EMPTY, dtype=np.uint8)
    for place, source in enumerate(columns):
        if not source:
            continue
        converted = convert(draft.raw.columns[source], column, draft.habits)
        checked = check_column(draft, column, source, converted)
        numbers: Any = checked.values.cast("float64").to_numpy(zero_copy_only=False)
        values[:, place] = numbers[positions]
        why[:, place] = checked.why[positions]
    return values, why


def _with(table: pa.Table, name: str, values: pa.Array[Any]) -> pa.Table:
    position = table.schema.get_field_index(name)
    return table.set_column(position, table.schema.field(position), values)


def _say_gaps(draft: Draft, why: NDArray[np.uint8]) -> None:
    counts = Counter(int(one) for one in why.ravel() if one not in (Why.VALUE, Why.UNREADABLE))
    if not counts:
        return
    withheld = counts[Why.WITHHELD]
    draft.say(
        say.GAPS.at(
            replace(draft.raw.place), n_cells=sum(counts.values()), n_withheld=withheld,
            n_missing=sum(counts.values()) - withheld,
        )
    )  # fmt: skip
