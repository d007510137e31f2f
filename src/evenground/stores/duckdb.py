"""Run a question's lazy table expressions in DuckDB, in memory, the same rows in the same order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

    from evenground.protocol import Case, Fold, Prepare


_BATCH_ROWS = 100_000


def collect(
    tables: Mapping[str, pa.Table | ibis.Table], prepare: Prepare, case: Case
) -> Mapping[str, pa.Table]:
    """Run ``prepare`` over ``tables`` and return the few rows that it asks for.

    Parameters
    ----------
    tables
        Tables of the model by name; one that is lazy already stays where its data are.
    prepare
        A question's ``prepare``: tables as lazy Ibis expressions in, expressions or folds out.
    case
        What is not a table; handed on to ``prepare``.

    Returns
    -------
    Mapping
        A table for each expression, its rows sorted by all columns from left to right (nulls last),
        so that the same input gives the same rows in the same order. One thread adds floats up in
        one order.
    """
    import ibis

    connection = ibis.duckdb.connect(threads=1)
    try:
        opened = {name: _opened(connection, name, table) for name, table in tables.items()}
        wanted = prepare(opened, case)
        return {name: _run(expression) for name, expression in wanted.items()}
    finally:
        connection.disconnect()


def _opened(connection: Any, name: str, table: pa.Table | ibis.Table) -> ibis.Table:
    import pyarrow as pa

    return connection.create_table(name, table, temp=True) if isinstance(table, pa.Table) else table


def _run(expression: ibis.Table | Fold) -> pa.Table:
    from ibis.expr.types import Table

    if isinstance(expression, Table):
        return _sorted(expression.to_pyarrow())
    return _sorted(_folded(expression))


def _folded(fold: Fold) -> pa.Table:
    """Feed a fold with its rows in order, one state for each combination of its ``by`` columns."""
    import pyarrow as pa

    keys = [*fold.by, *fold.order_by]
    ordered = fold.over.order_by(keys) if keys else fold.over
    states: dict[tuple[Any, ...], Any] = {}
    # The tables are in memory already; Ibis 12 cannot stream from the newest DuckDB.
    for batch in ordered.to_pyarrow().to_batches(max_chunksize=_BATCH_ROWS):
        for key, part in _parts(batch, fold.by):
            states[key] = fold.step(states.get(key), part)
    finished = [_with_keys(fold.finish(state), fold.by, key) for key, state in states.items()]
    return pa.concat_tables(finished) if finished else fold.finish(None)


def _parts(
    batch: pa.RecordBatch, by: tuple[str, ...]
) -> Iterator[tuple[tuple[Any, ...], pa.RecordBatch]]:
    """Cut a sorted batch where the values of ``by`` change."""
    if not by:
        yield (), batch
        return
    keys = list(zip(*(batch.column(name).to_pylist() for name in by), strict=True))
    start = 0
    for end in range(1, len(keys) + 1):
        if end == len(keys) or keys[end] != keys[start]:
            yield keys[start], batch.slice(start, end - start)
            start = end


def _with_keys(table: pa.Table, by: tuple[str, ...], key: tuple[Any, ...]) -> pa.Table:
    import pyarrow as pa

    for position, (name, value) in enumerate(zip(by, key, strict=True)):
        if name not in table.column_names:
            table = table.add_column(position, name, pa.array([value] * table.num_rows))
    return table


def _sorted(table: pa.Table) -> pa.Table:
    keys = [(name, "ascending") for name in table.column_names]
    return table.sort_by(keys).combine_chunks() if table.num_rows else table
