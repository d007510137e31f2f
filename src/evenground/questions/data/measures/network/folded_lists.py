"""The lists of a folded table, as entries and the row that each belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.methods.validation import Flags, Vector, Whole

if TYPE_CHECKING:
    import pyarrow as pa


def entries_of(folded: pa.Table, name: str) -> tuple[Any, Whole]:
    """Return the entries of one list column as an Arrow struct array, and the row of each."""
    import pyarrow as pa

    lists: Any = folded.column(name).combine_chunks()
    if isinstance(lists, pa.ChunkedArray):
        lists = pa.concat_arrays(lists.chunks)
    return lists.flatten(), lists.value_parent_indices().to_numpy().astype(np.int64)


def is_of(entries: Any, column: str) -> Flags:
    """Say which entries are of that column, shape (n_entries,)."""
    encoded = entries.field("column").dictionary_encode()
    known = encoded.dictionary.to_pylist()
    if column not in known:
        return np.zeros(len(entries), dtype=np.bool_)
    return encoded.indices.to_numpy(zero_copy_only=False) == known.index(column)


def numbers(entries: Any, name: str) -> Vector:
    """Return a field of the entries as floats, ``nan`` where it is null."""
    return np.asarray(entries.field(name).to_numpy(zero_copy_only=False), dtype=np.float64)


def wholes(entries: Any, name: str) -> Whole:
    """Return a field of the entries that is never null as whole numbers."""
    return np.asarray(entries.field(name).to_numpy(zero_copy_only=False), dtype=np.int64)
