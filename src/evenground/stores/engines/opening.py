"""Open an engine for reading: nothing is changed in it, and memory does not grow with the rows."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from evenground.errors import NotFoundError, Place, UsageError, nearest_name
from evenground.stores.engines import messages as say

if TYPE_CHECKING:
    import ibis
    from pyspark.sql import SparkSession  # pyright: ignore[reportMissingImports]

MEMORY_LIMIT = "512MB"
"""What DuckDB may hold; what is more goes to a temporary folder."""
THREADS = 4
"""Most threads of DuckDB: each holds buffers of its own."""
POSTGRES = ("postgresql", "postgres")
_WAIT_SECONDS = 10


@contextmanager
def duckdb_connection(
    *, memory_limit: str = MEMORY_LIMIT, threads: int | None = None, spill: Path | None = None
) -> Generator[Any]:
    """Yield an Ibis connection to a DuckDB in memory that spills to disk and downloads nothing.

    Parameters
    ----------
    memory_limit
        What DuckDB may hold in memory, as DuckDB writes it.
    threads
        How many it may use; the machine's, but at most ``THREADS``, by default.
    spill
        Folder for what does not fit into memory; a temporary one by default, removed at the end.
    """
    import ibis

    with TemporaryDirectory(prefix="evenground-", dir=spill) as folder:
        connection = ibis.duckdb.connect(
            memory_limit=memory_limit,
            threads=threads or min(os.cpu_count() or 1, THREADS),
            temp_directory=folder,
            autoinstall_known_extensions=False,
            preserve_insertion_order=True,
        )
        # Handed over while they are read: with the usual 1 MB, reading waits for whoever takes.
        connection.raw_sql("SET streaming_buffer_size = '64MB'")
        try:
            yield connection
        finally:
            connection.disconnect()


@contextmanager
def postgres_connection(address: str) -> Generator[Any]:
    """Yield an Ibis connection to a PostgreSQL server whose session can only read.

    Parameters
    ----------
    address
        ``postgresql://user@host:port/database``; the password comes from the address, PGPASSWORD
        or the password file, as for every PostgreSQL client.

    Raises
    ------
    UsageError
        If the address is none, or the package psycopg is not installed.
    NotFoundError
        If the server cannot be reached or does not let the user in.
    """
    if urlsplit(address).scheme not in POSTGRES:
        raise UsageError(say.ADDRESS_UNKNOWN.at(Place(), value=_without_password(address)))
    try:
        import psycopg  # pyright: ignore[reportMissingImports]
    except ImportError as error:
        problem = say.PACKAGE_MISSING.at(
            Place(), value="psycopg", engine="PostgreSQL", extra="postgres"
        )
        raise UsageError(problem) from error
    import ibis

    try:
        session = psycopg.connect(address, autocommit=True, connect_timeout=_WAIT_SECONDS)
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        shown = _without_password(address)
        problem = say.NO_CONNECTION.at(
            Place(), value=shown, engine="PostgreSQL", reason=reason[:200]
        )
        raise NotFoundError(problem) from error
    with session:
        session.execute("SET default_transaction_read_only = on")
        yield ibis.postgres.from_connection(session)


@contextmanager
def spark_connection(
    session: SparkSession | None = None, *, master: str = "local[*]"
) -> Generator[Any]:
    """Yield an Ibis connection to Spark; a session that was handed over stays open at the end.

    Parameters
    ----------
    session
        A session that runs; one is made otherwise, and stopped at the end.
    master
        Where a session that is made here runs.

    Raises
    ------
    UsageError
        If pyspark is not installed.
    NotFoundError
        If Spark does not start, for want of Java for instance.
    """
    try:
        from pyspark.errors import PySparkException  # pyright: ignore[reportMissingImports]
        from pyspark.sql import SparkSession  # pyright: ignore[reportMissingImports]
    except ImportError as error:
        problem = say.PACKAGE_MISSING.at(Place(), value="pyspark", engine="Spark", extra="spark")
        raise UsageError(problem) from error
    import ibis

    made = None
    if session is None:
        builder = SparkSession.builder.master(master).appName("evenground")
        for key, value in SPARK_SETTINGS.items():
            builder = builder.config(key, value)
        try:
            session = made = builder.getOrCreate()
        except (PySparkException, OSError) as error:
            reason = str(error).strip().splitlines()[0][:200]
            raise NotFoundError(say.NO_JAVA.at(Place(), reason=reason)) from error
        made.sparkContext.pythonExec = sys.executable  # workers of this machine have our packages
    try:
        yield ibis.pyspark.connect(session)
    finally:
        if made is not None:
            made.stop()


SPARK_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
}
"""Settings of a session that is made here: the machine's own clock says nothing about the data."""


def table_in(connection: Any, name: str) -> ibis.Table:
    """Return the table ``name`` (``table`` or ``schema.table``) of a connection, lazily.

    Raises
    ------
    NotFoundError
        If there is none of that name.
    """
    from ibis.common.exceptions import TableNotFound

    schema, _, table = name.rpartition(".")
    try:
        return connection.table(table, database=schema or None)
    except TableNotFound as error:
        # Ibis 12 lists those of DuckDB by a method that is gone from DuckDB 2.
        listed = connection.name != "duckdb"
        known = connection.list_tables(database=schema or None) if listed else ()
        problem = say.TABLE_UNKNOWN.at(
            Place(), value=name, nearest=nearest_name(table, known), engine=connection.name
        )
        raise NotFoundError(problem) from error


def _without_password(address: str) -> str:
    parts = urlsplit(address)
    if not parts.password:
        return address
    return address.replace(f":{parts.password}@", "@")
