"""Stream the rows of a lazy expression out of its engine in Arrow batches, never all at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

BATCH_ROWS = 100_000
"""About as many rows as one batch has."""


def batches(expression: ibis.Table) -> Iterator[pa.RecordBatch]:
    """Yield the rows of ``expression`` as Arrow batches, in the order that it asks for.

    Only what the engine holds back grows with the rows, and that goes to its disk. A table that
    stands in no engine runs in DuckDB. While a stream is open its connection can do nothing else.

    Parameters
    ----------
    expression
        A lazy table of DuckDB, PostgreSQL or Spark.

    Yields
    ------
    pyarrow.RecordBatch
        Columns of the types that the expression has.
    """
    engine = engine_of(expression)
    engine._run_pre_execute_hooks(expression)  # noqa: SLF001 - tables in memory are handed over
    schema = expression.schema().to_pyarrow()
    query = engine.compile(expression)
    if engine.name == "postgres":
        found = _from_postgres(engine.con, query, schema)
    elif engine.name == "pyspark":
        found = _from_spark(engine._session, query)  # noqa: SLF001 - Ibis offers no other way
    else:
        found = _from_duckdb(engine.con, query)
    for batch in found:
        yield batch if batch.schema.equals(schema) else _typed(batch, schema)


def collected(expression: ibis.Table) -> pa.Table:
    """Return the few rows of ``expression`` as one Arrow table."""
    import pyarrow as pa

    schema = expression.schema().to_pyarrow()
    engine = engine_of(expression)
    if engine.name != "pyspark":
        return pa.Table.from_batches(list(batches(expression)), schema=schema)
    engine._run_pre_execute_hooks(expression)  # noqa: SLF001 - as above
    # Without workers of Python, which a stream needs.
    return engine._session.sql(engine.compile(expression)).toArrow().cast(schema)  # noqa: SLF001


def engine_of(expression: ibis.Table) -> Any:
    """Return the Ibis connection that an expression runs in."""
    return expression.get_backend()


def _typed(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    import pyarrow as pa

    columns = [
        column.cast(field.type) if column.type != field.type else column
        for column, field in zip(batch.columns, schema, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _from_duckdb(connection: Any, query: str) -> Iterator[pa.RecordBatch]:
    # Ibis 12's own to_pyarrow_batches asks DuckDB 2 for a method that is gone, and a result of
    # execute() holds every row in memory; a relation hands its rows over while they are computed.
    yield from connection.sql(query).to_arrow_reader(BATCH_ROWS)


class _Copied:
    """What COPY sends, as a file that can only be read forward."""

    closed = False

    def __init__(self, blocks: Iterator[Any]) -> None:
        self._blocks = blocks
        self._rest = bytearray()

    def read(self, size: int) -> bytes:
        for block in self._blocks:  # one for each row
            self._rest += block
            if len(self._rest) >= size:
                break
        taken = bytes(self._rest[:size])
        del self._rest[:size]
        return taken

    def nothing(self) -> bool:
        self._rest += next(self._blocks, b"")
        return not self._rest

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self.closed = True


def _from_postgres(session: Any, query: str, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    from pyarrow import csv

    # COPY writes floats so that they read back as the same ones, null as nothing and empty text
    # as ""; Arrow reads that many times faster than rows of Python objects are made.
    options = csv.ConvertOptions(
        column_types=schema, strings_can_be_null=True, quoted_strings_can_be_null=False,
        null_values=[""], true_values=["t"], false_values=["f"],
    )  # fmt: skip
    names = csv.ReadOptions(column_names=schema.names)
    parse = csv.ParseOptions(newlines_in_values=True)
    with session.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)") as copy:
        source = _Copied(iter(copy))
        if source.nothing():
            return
        yield from csv.open_csv(source, names, parse, options)


def _from_spark(session: Any, query: str) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    # Arrow batches travel as bytes: a row at a time would become Python objects, and toArrow
    # gathers every row. The function is nested, so that workers need no Evenground.
    def packed(parts: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        for part in parts:
            sink = pa.BufferOutputStream()
            with pa.ipc.new_stream(sink, part.schema) as writer:
                writer.write_batch(part)
            yield pa.RecordBatch.from_pydict({"batch": [sink.getvalue().to_pybytes()]})

    rows = session.sql(query).mapInArrow(packed, "batch binary")
    for row in rows.toLocalIterator():
        yield from pa.ipc.open_stream(row[0])
