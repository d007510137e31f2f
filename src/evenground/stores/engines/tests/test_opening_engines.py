"""Engines are opened so that nothing is changed, fetched or held; what is wrong is said."""

from __future__ import annotations

import sys
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
import pytest

from evenground.errors import NotFoundError, UsageError
from evenground.stores.engines.opening import (
    duckdb_connection,
    postgres_connection,
    spark_connection,
    table_in,
)
from evenground.stores.engines.streaming import batches, collected


def test_duckdb_spills_to_a_folder_that_goes_away(tmp_path):
    with duckdb_connection(memory_limit="100MB", threads=1, spill=tmp_path) as connection:
        [(folder,)] = connection.raw_sql("SELECT current_setting('temp_directory')").fetchall()
        assert Path(folder).parent == tmp_path
        numbers = ibis.range(0, 8_000_000).unnest().name("n").as_table()
        table = connection.create_table("n", numbers.mutate(text=numbers.n.cast("string")))
        last, total, spilt = "", 0, 0
        for batch in batches(table.order_by("text")):
            assert batch.column("text")[0].as_py() >= last
            last = batch.column("text")[-1].as_py()
            total += batch.num_rows
            spilt = max(spilt, len(list(Path(folder).glob("*"))))
        assert total == 8_000_000
        assert spilt > 0
    assert list(tmp_path.iterdir()) == []


def test_duckdb_downloads_nothing():
    with duckdb_connection() as connection:
        [(allowed,)] = connection.raw_sql(
            "SELECT current_setting('autoinstall_known_extensions')"
        ).fetchall()
        assert allowed is False


def test_rows_are_streamed_in_batches_of_the_types_that_are_promised():
    with duckdb_connection() as connection:
        table = connection.create_table(
            "t", pa.table({"n": np.arange(250_000, dtype=np.int32), "x": np.arange(250_000) / 2})
        )
        parts = list(batches(table.select("n", total=table.n + 1, half=table.x * 1.0)))
        assert len(parts) > 1
        promised = table.select("n", total=table.n + 1, half=table.x * 1.0).schema().to_pyarrow()
        assert {part.schema for part in parts} == {promised}
        nothing = collected(table.filter(table.n < 0))
        assert nothing.num_rows == 0
        assert nothing.column_names == ["n", "x"]


def test_tables_in_memory_are_streamed_too():
    table = ibis.memtable(pa.table({"n": [3, 1, 2]}))
    assert collected(table.order_by("n"))["n"].to_pylist() == [1, 2, 3]


def test_a_table_that_is_not_there_is_said():
    with duckdb_connection() as connection:
        connection.create_table("readings", pa.table({"n": [1]}))
        assert collected(table_in(connection, "main.readings")).num_rows == 1
        with pytest.raises(NotFoundError) as raised:
            table_in(connection, "reading")
    assert raised.value.problems[0].value == "reading"


@pytest.mark.parametrize("address", ["mysql://user@host/db", "readings", "postgres"])
def test_only_the_address_of_a_postgresql_server_is_one(address):
    with pytest.raises(UsageError) as raised, postgres_connection(address):
        pass
    assert raised.value.problems[0].code == "engine_address"


def test_a_server_that_is_not_there_is_said_without_the_password():
    pytest.importorskip("psycopg", reason="psycopg is not installed: make bench-ready")
    address = "postgresql://someone:secret@127.0.0.1:1/city"
    with pytest.raises(NotFoundError) as raised, postgres_connection(address):
        pass
    problem = raised.value.problems[0]
    assert problem.code == "engine_no_connection"
    assert "secret" not in str(problem.fields)


@pytest.mark.parametrize(
    ("package", "opened"),
    [("psycopg", lambda: postgres_connection("postgresql://h/d")), ("pyspark", spark_connection)],
)
def test_a_package_that_is_missing_is_named_with_its_extra(monkeypatch, package, opened):
    for name in [name for name in sys.modules if name.split(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setitem(sys.modules, f"{package}.errors", None)
    with pytest.raises(UsageError) as raised, opened():
        pass
    problem = raised.value.problems[0]
    assert problem.code == "engine_package_missing"
    assert "evenground[" in problem.way_out.format(**problem.fields)
