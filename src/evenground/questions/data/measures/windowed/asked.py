"""What comes back from an engine, batch by batch, as arrays of one series after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

NOWHEN = int(np.iinfo(np.int64).min)
"""Stands for a whole number that is not there."""
Key = tuple[Any, ...]
Arrays = Mapping[str, np.ndarray]


def each_row(batches: Iterable[pa.RecordBatch]) -> list[dict[str, Any]]:
    """Return a few rows, one mapping for each."""
    return [row for batch in batches for row in batch.to_pylist()]


def each_key(
    batches: Iterable[pa.RecordBatch], keys: Sequence[str]
) -> Iterator[tuple[Key, Arrays]]:
    """Yield the rows of each combination of ``keys``, which come one after another, as arrays.

    Numbers that are not there are ``nan``, whole numbers ``NOWHEN``.
    """
    held: list[pa.RecordBatch] = []
    at: Key | None = None
    for batch in batches:
        for key, part in _cut(batch, keys):
            if at is not None and key != at:
                yield at, _arrays(held, keys)
                held = []
            at = key
            held.append(part)
    if at is not None:
        yield at, _arrays(held, keys)


def _cut(batch: pa.RecordBatch, keys: Sequence[str]) -> Iterator[tuple[Key, pa.RecordBatch]]:
    if batch.num_rows == 0:
        return
    changed = np.zeros(batch.num_rows - 1, dtype=bool)
    for name in keys:
        codes = batch.column(name).dictionary_encode().indices.to_numpy()
        changed |= codes[1:] != codes[:-1]
    edges = [0, *(np.flatnonzero(changed) + 1).tolist(), batch.num_rows]
    for start, end in pairwise(edges):
        yield (
            tuple(batch.column(name)[start].as_py() for name in keys),
            batch.slice(start, end - start),
        )


def _arrays(parts: Sequence[pa.RecordBatch], keys: Sequence[str]) -> Arrays:
    import pyarrow as pa

    table = pa.Table.from_batches(parts)
    found: dict[str, np.ndarray] = {}
    for name in table.column_names:
        column = table[name]
        if name in keys:
            continue
        if pa.types.is_integer(column.type):
            whole = column.cast(pa.int64())
            found[name] = (whole.fill_null(NOWHEN) if whole.null_count else whole).to_numpy()
        else:
            found[name] = column.to_numpy()
    return found
