"""Carry out work that asks an engine for rows, one expression after another."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from evenground.stores.engines.streaming import batches, collected

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

    from evenground.stores.engines.running import Progress


def run_asking(
    work: Generator[Any, Any, pa.Table], engine: Any, *, progress: Progress | None = None
) -> pa.Table:
    """Return what ``work`` returns, giving it what it asks for.

    Parameters
    ----------
    work
        Yields a lazy table of the engine and is sent its rows as Arrow batches; or yields a small
        Arrow table and is sent a lazy table that holds it, in the same engine.
    engine
        The Ibis connection that the rows lie in.
    progress
        Told at each question that work goes on; may raise to stop.
    """
    import pyarrow as pa

    reply: Any = None
    while True:
        try:
            asked = work.send(reply)
        except StopIteration as done:
            return done.value
        if progress is not None:
            progress(None, "series")
        reply = lent(engine, asked) if isinstance(asked, pa.Table) else _rows(engine, asked)


def _rows(engine: Any, asked: Any) -> Iterator[pa.RecordBatch]:
    """Return counted and kept rows; those of Spark at once, so that its workers need no Python."""
    return iter(collected(asked).to_batches()) if engine.name == "pyspark" else batches(asked)


def lent(engine: Any, table: pa.Table) -> ibis.Table:
    """Return a small table as a lazy one in ``engine``, which is not changed by it."""
    import ibis

    if engine.name != "postgres":
        return ibis.memtable(table)
    # A session that can only read makes no temporary tables either.
    schema: Any = ibis.memtable(table).schema()
    kinds = [_KINDS[str(kind)] for kind in schema.types]
    rows = ", ".join(_row(row.values(), kinds) for row in table.to_pylist())
    names = ", ".join(f'"{name}"' for name in table.column_names)
    query = f"SELECT * FROM (VALUES {rows}) AS lent ({names})"  # noqa: S608 - see _row
    return engine.sql(query, schema=schema)


_KINDS = {"int64": "bigint", "float64": "double precision", "string": "text"}


def _row(values: Iterable[Any], kinds: Sequence[str]) -> str:
    """Return a row as SQL: every value is a text between quotes that is read as its kind."""
    written = (
        f"CAST('{str(value).replace(_QUOTE, _QUOTE * 2)}' AS {kind})"
        for value, kind in zip(values, kinds, strict=True)
    )
    return f"({', '.join(written)})"


_QUOTE = "'"
