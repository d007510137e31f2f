"""Turn one-column-per-group layouts into one row per group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from evenground.errors import Place
from evenground.schema import Column
from evenground.stores import table_messages as say
from evenground.stores.cells.conversion import Why, convert
from evenground.stores.draft import Draft
from evenground.stores.entries import as_written
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
    long = _constants(draft, long, group)
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


def _constants(draft: Draft, long: pa.Table, group: NDArray[np.int64]) -> pa.Table:
    """Fill columns for which the entry gives a value by group, such as each indicator's unit."""
    import pyarrow as pa

    for name, given in draft.entry.values.items():
        if isinstance(given, Mapping) and name in long.column_names:
            by_group = cast("Mapping[str, object]", given)
            values = [by_group.get(one.name) for one in draft.match.wide]
            texts = pa.array([None if v is None else as_written(v) for v in values], pa.string())
            kind = long.schema.field(name).type
            long = _with(long, name, texts.cast(kind).take(pa.array(group)))
    return long


def _matrix(
    draft: Draft, positions: NDArray[np.int64], columns: list[str], model: str
) -> tuple[Floats, NDArray[np.uint8]]:
    """Return the values of several source columns side by side, NaN where there is none."""
    column: Column = draft.schema[model]
    values = np.full((len(positions), len(columns)), np.nan)
    signs: dict[tuple[Why, str], tuple[Place, int]] = {}
    why = np.full((len(positions), len(columns)), Why.EMPTY, dtype=np.uint8)
    for place, source in enumerate(columns):
        if not source:
            continue
        converted = convert(draft.raw.columns[source], column, draft.habits)
        checked = check_column(draft, column, source, converted, marks=False)
        for sign in (Why.MISSING, Why.WITHHELD):
            for text, rows in converted.texts_of(sign):
                kept = rows[draft.kept[rows]]
                if len(kept):
                    first = draft.at(int(kept[0]), source)
                    at, n_cells = signs.get((sign, text), (first, 0))
                    signs[sign, text] = (at, n_cells + len(kept))
        numbers: Any = checked.values.cast("float64").to_numpy(zero_copy_only=False)
        values[:, place] = numbers[positions]
        why[:, place] = checked.why[positions]
    _say_signs(draft, signs)
    return values, why


def _say_signs(draft: Draft, signs: Mapping[tuple[Why, str], tuple[Place, int]]) -> None:
    """Say each sign for a missing or withheld number once, with its number of cells."""
    for (sign, text), (at, n_cells) in signs.items():
        kind = say.READ_AS_WITHHELD if sign is Why.WITHHELD else say.READ_AS_MISSING
        draft.say(kind.at(at, value=text, n_rows=n_cells, table=draft.schema.name))


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
