"""Columns of tables with a row per ballot or per vote, as arrays: such rows are never unpacked."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.methods.validation import Flags, Vector, Whole

if TYPE_CHECKING:
    import pyarrow as pa

LARGE_TABLES = ("ballots", "opinion_votes")
"""Tables of Voice's own whose rows are not unpacked."""


def where(table: pa.Table, name: str, value: str) -> pa.Table:
    """Return the rows that hold a text in a column."""
    return table.filter(_functions().equal(table[name], value))


def named(table: pa.Table, name: str) -> tuple[list[str], Whole]:
    """Return the texts of a column in order, and where among them each row's is.

    Returns
    -------
    tuple
        Different texts, in order of their code points, and places of shape (n_rows,); -1 where a
        cell is empty. Nothing and -1 for a column that is not there.
    """
    if name not in table.column_names:
        return [], np.full(table.num_rows, -1, dtype=np.int64)
    encoded: Any = table[name].combine_chunks().dictionary_encode()
    known: list[str] = encoded.dictionary.to_pylist()
    order = sorted((at for at, text in enumerate(known) if text), key=known.__getitem__)
    place = np.full(len(known) + 1, -1, dtype=np.int64)
    place[order] = np.arange(len(order))
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return [known[at] for at in order], place[codes]


def texts(table: pa.Table, name: str) -> list[str | None]:
    """Return a column of texts; ``None`` where a cell is empty. Equal texts are one object."""
    known, places = named(table, name)
    return np.array([*known, None], dtype=object)[places].tolist()


def numbers(table: pa.Table, name: str) -> Vector:
    """Return a column of numbers, shape (n_rows,); not-a-number where there is none."""
    if name not in table.column_names:
        return np.full(table.num_rows, np.nan)
    return np.asarray(table[name].cast("float64").to_numpy(), dtype=np.float64)


def listed(table: pa.Table, name: str) -> tuple[pa.Array, Whole]:
    """Return what stands between commas in the cells of a column, and the row of each item.

    Returns
    -------
    tuple
        Items without the spaces around them, empty ones left out, and rows of shape (n_items,).
    """
    import pyarrow as pa

    compute = _functions()
    nothing = pa.nulls(table.num_rows, pa.string())
    cells: Any = table[name].combine_chunks() if name in table.column_names else nothing
    lists = compute.split_pattern(cells.fill_null(""), ",")
    items = compute.utf8_trim_whitespace(lists.flatten())
    filled: Flags = compute.not_equal(items, "").to_numpy(zero_copy_only=False)
    rows = compute.list_parent_indices(lists).to_numpy(zero_copy_only=False).astype(np.int64)
    return items.filter(pa.array(filled)), rows[filled]


def places_of(items: pa.Array, known: list[str]) -> Whole:
    """Return where each item stands among known texts, shape (n_items,); -1 where it does not."""
    import pyarrow as pa

    found = _functions().index_in(items, value_set=pa.array(known, pa.string()))
    return found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)


def _functions() -> Any:
    # The functions of this module are made when it is loaded and have no types.
    return import_module("pyarrow.compute")
