"""Feed a fold with its rows in order, as its engine sorts them: one state at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from evenground.stores.engines.streaming import batches

if TYPE_CHECKING:
    import pyarrow as pa

    from evenground.protocol import Fold


def fold_ordered(fold: Fold, *, seen: Callable[[int], object] | None = None) -> Iterator[pa.Table]:
    """Yield what a fold makes of each combination of its ``by`` columns, in their order.

    A state is finished as soon as its key changes, so that no more than one is ever held.

    Parameters
    ----------
    fold
        The reducer; its rows are sorted by the engine that they lie in.
    seen
        Told how many rows have been read so far, after each batch.

    Yields
    ------
    pyarrow.Table
        What ``finish`` returns, with the ``by`` columns that it leaves out in front.
    """
    keys = [*fold.by, *fold.order_by]
    ordered = fold.over.order_by(keys) if keys else fold.over
    yield from fold_batches(fold, _counted(batches(ordered), seen))


def fold_batches(fold: Fold, rows: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Yield what a fold makes of batches that are sorted already, one table for each key."""
    key: tuple[Any, ...] | None = None
    state: Any = None
    for batch in rows:
        for found, part in cut_where_changed(batch, fold.by):
            if key is not None and found != key:
                yield _with_keys(fold.finish(state), fold.by, key)
                state = None
            key = found
            state = fold.step(state, part)
    if key is not None:
        yield _with_keys(fold.finish(state), fold.by, key)


def cut_where_changed(
    batch: pa.RecordBatch, by: tuple[str, ...]
) -> Iterator[tuple[tuple[Any, ...], pa.RecordBatch]]:
    """Yield the parts of a sorted batch that have the same values of ``by``, with those values."""
    import numpy as np
    import pyarrow as pa

    if batch.num_rows == 0:
        return
    changed = np.zeros(batch.num_rows - 1, dtype=bool)
    for name in by:
        codes = batch.column(name)
        if not pa.types.is_dictionary(codes.type):
            codes = codes.dictionary_encode("encode")  # null is a value like any other
        numbers = codes.indices.to_numpy(zero_copy_only=False)
        changed |= numbers[1:] != numbers[:-1]
    starts = [0, *(np.flatnonzero(changed) + 1).tolist(), batch.num_rows]
    for start, end in pairwise(starts):
        key = tuple(batch.column(name)[start].as_py() for name in by)
        yield key, batch.slice(start, end - start)


def _counted(
    rows: Iterable[pa.RecordBatch], seen: Callable[[int], object] | None
) -> Iterator[pa.RecordBatch]:
    total = 0
    for batch in rows:
        yield batch
        total += batch.num_rows
        if seen is not None:
            seen(total)


def _with_keys(table: pa.Table, by: tuple[str, ...], key: tuple[Any, ...]) -> pa.Table:
    import pyarrow as pa

    for position, (name, value) in enumerate(zip(by, key, strict=True)):
        if name not in table.column_names:
            table = table.add_column(position, name, pa.array([value] * table.num_rows))
    return table
