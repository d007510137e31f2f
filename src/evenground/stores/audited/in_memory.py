"""A table that is in memory already, opened as a file would be."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.stores.audited.opened import ROW, Audited, AuditedFile

if TYPE_CHECKING:
    import ibis
    import pandas as pd
    import pyarrow as pa


def audited_in_memory(
    table: pa.Table | pd.DataFrame | ibis.Table, *, name: str = "table"
) -> Audited:
    """Return an Arrow table, a data frame or a lazy table as something to be audited.

    A lazy table stays in its engine, where rows have no place among all.
    """
    import ibis
    import pyarrow as pa

    if isinstance(table, ibis.Table):
        n_rows = int(table.count().to_pyarrow().as_py())
        kinds = {column: str(kind) for column, kind in table.schema().items()}
        file = AuditedFile(name=name, n_rows=n_rows, columns=kinds)
        return Audited(
            name=name, table=table, files=(file,), engine=table.get_backend().name, has_row=False
        )
    rows = table if isinstance(table, pa.Table) else pa.Table.from_pandas(table)
    rows = rows.drop_columns([one for one in rows.column_names if one.startswith("__index_level_")])
    rows = _typed(rows)
    kinds = {field.name: str(field.type) for field in rows.schema}
    held = rows.append_column(ROW, pa.array(np.arange(rows.num_rows, dtype=np.int64)))
    connection = ibis.duckdb.connect()
    opened = connection.create_table("audited", held)
    file = AuditedFile(
        name=name, n_rows=rows.num_rows, columns=kinds, sha256=_digest(rows), n_bytes=rows.nbytes
    )
    return Audited(name=name, table=opened, files=(file,), close=connection.disconnect)


def _typed(table: pa.Table) -> pa.Table:
    """Return the table with texts where a column holds nothing and so has no type."""
    import pyarrow as pa

    fields = [
        field.with_type(pa.string()) if pa.types.is_null(field.type) else field
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))


def _digest(table: pa.Table) -> str:
    """Return the SHA-256 of the rows as Arrow writes them."""
    import pyarrow as pa

    sink: Any = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table.combine_chunks())
    return hashlib.sha256(sink.getvalue()).hexdigest()
