"""Run a question's lazy table expressions in DuckDB, in memory, the same rows in the same order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from evenground.stores.engines.running import run_fold
from evenground.stores.engines.streaming import collected

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

    from evenground.protocol import Case, Fold, Prepare


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
        wanted = prepare(_Opened(connection, tables), case)
        return {name: _run(expression) for name, expression in wanted.items()}
    finally:
        connection.disconnect()


class _Opened(Mapping[str, "ibis.Table"]):
    """Tables by name, each handed to DuckDB when it is first looked at, and not before."""

    def __init__(self, connection: Any, tables: Mapping[str, pa.Table | ibis.Table]) -> None:
        self._connection = connection
        self._tables = tables
        self._opened: dict[str, ibis.Table] = {}

    def __getitem__(self, name: str) -> ibis.Table:
        if name not in self._opened:
            self._opened[name] = _opened(self._connection, name, self._tables[name])
        return self._opened[name]

    def __contains__(self, name: object) -> bool:
        return name in self._tables

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


def _opened(connection: Any, name: str, table: pa.Table | ibis.Table) -> ibis.Table:
    import pyarrow as pa

    return connection.create_table(name, table, temp=True) if isinstance(table, pa.Table) else table


def _run(expression: ibis.Table | Fold) -> pa.Table:
    from ibis.expr.types import Table

    if isinstance(expression, Table):
        return _sorted(collected(expression))
    return _sorted(run_fold(expression))


def _sorted(table: pa.Table) -> pa.Table:
    import pyarrow as pa

    keys = [
        (field.name, "ascending") for field in table.schema if not pa.types.is_nested(field.type)
    ]
    return table.sort_by(keys).combine_chunks() if table.num_rows else table
