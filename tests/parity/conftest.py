"""Engines to compare: a DuckDB, a PostgreSQL server and a Spark session, made here and removed.

A comparison that cannot be made is skipped, with what is missing; where EVENGROUND_REQUIRE_ENGINES
is 1 it fails instead, as in .ci/run.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NoReturn

import pyarrow as pa
import pytest
from pyarrow import csv, parquet

from evenground.stores.engines.opening import (
    duckdb_connection,
    postgres_connection,
    spark_connection,
)

USER = "evenground"
SERVERS = "/usr/lib/postgresql"
NOT_ROOT = ("postgres", "nobody")
QUICK = {
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.adaptive.enabled": "false",
}
Load = Callable[[str, pa.Table], Any]


def without(reason: str) -> NoReturn:
    """Skip the test, or fail where engines are required."""
    if os.environ.get("EVENGROUND_REQUIRE_ENGINES") == "1":
        pytest.fail(f"EVENGROUND_REQUIRE_ENGINES=1, and {reason}", pytrace=False)
    pytest.skip(reason)


def package(name: str) -> Any:
    """Return a package that may not be installed."""
    if importlib.util.find_spec(name) is None:
        without(f"the package {name} is not installed: make bench-ready")
    return importlib.import_module(name)


@pytest.fixture(scope="session")
def duckdb_load() -> Iterator[Load]:
    """Return a function that puts an Arrow table into DuckDB and returns it lazily."""
    with duckdb_connection(threads=2) as connection:
        yield lambda name, table: connection.create_table(name, table, overwrite=True)


@pytest.fixture(scope="session")
def postgres_load() -> Iterator[Load]:
    """Return a function that puts an Arrow table into a PostgreSQL server of its own."""
    psycopg = package("psycopg")
    programs = server_programs()
    with ExitStack() as stack:
        address = stack.enter_context(PostgresServer(programs))
        writer = stack.enter_context(psycopg.connect(address, autocommit=True))
        reader = stack.enter_context(postgres_connection(address))

        def load(name: str, table: pa.Table) -> Any:
            copy_in(writer, name, table)
            return reader.table(name)

        yield load


@pytest.fixture(scope="session")
def spark_load() -> Iterator[Load]:
    """Return a function that gives an Arrow table to a Spark session of two threads."""
    package("pyspark")
    home = os.environ.get("JAVA_HOME", "")
    if not (shutil.which("java") or (home and Path(home, "bin", "java").exists())):
        without("there is no Java here (Debian and Ubuntu: apt install openjdk-17-jre-headless)")
    with tempfile.TemporaryDirectory() as folder, spark_connection(master="local[2]") as connection:
        session = connection._session
        session.sparkContext.setLogLevel("ERROR")
        # Tables are small here: planning and compiling would take longer than reading them.
        for key, value in QUICK.items():
            session.conf.set(key, value)

        def load(name: str, table: pa.Table) -> Any:
            path = Path(folder, f"{len(list(Path(folder).iterdir()))}.parquet")
            parquet.write_table(table, path)
            session.read.parquet(str(path)).createOrReplaceTempView(name)
            return connection.table(name)

        yield load


@pytest.fixture(params=["postgres", "spark"])
def other_load(request: pytest.FixtureRequest) -> Load:
    """Return the function of each engine other than DuckDB in turn."""
    return request.getfixturevalue(f"{request.param}_load")


def server_programs() -> Path:
    """Return the folder with initdb and pg_ctl of the newest PostgreSQL here."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    folders = [path.parent for path in Path(SERVERS).glob("*/bin/initdb")]
    if not folders:
        without("there is no PostgreSQL server here (Debian and Ubuntu: apt install postgresql)")
    return max(folders, key=lambda folder: int(folder.parent.name))


class PostgresServer:
    """A server in a folder of its own, reached by a socket, stopped and removed after use."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs

    def __enter__(self) -> str:
        self.folder = Path(tempfile.mkdtemp(prefix="evenground-postgres-"))
        self.user: dict[str, Any] = {}
        if os.geteuid() == 0:  # a server refuses to run as root
            account = next((pwd.getpwnam(name) for name in NOT_ROOT if known(name)), None)
            if account is None:
                without("PostgreSQL refuses to run as root, and there is no other user")
            self.user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        data = self.folder / "data"
        self.run(
            "initdb", "--pgdata", data, "--auth", "trust", "--username", USER, "--no-sync",
            "--locale", "C", "--encoding", "UTF8",
        )  # fmt: skip
        options = f"-c listen_addresses='' -k {self.folder} -c fsync=off"
        self.run(
            "pg_ctl",
            "--pgdata",
            data,
            "--wait",
            "--log",
            self.folder / "log",
            "-o",
            options,
            "start",
        )
        return f"postgresql://{USER}@/postgres?host={self.folder}"

    def __exit__(self, *_: object) -> None:
        self.run("pg_ctl", "--pgdata", self.folder / "data", "--mode", "immediate", "stop")
        shutil.rmtree(self.folder)

    def run(self, program: str, *arguments: object) -> None:
        """Run one of the server's programs; what it says is shown if it fails."""
        command = [str(self.programs / program), *map(str, arguments)]
        done = subprocess.run(
            command, stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True, check=False, cwd="/", **self.user,
        )  # fmt: skip
        if done.returncode:
            pytest.fail(f"{program}: {done.stderr}", pytrace=False)


def known(name: str) -> bool:
    """Return whether this machine has a user of that name."""
    return any(account.pw_name == name for account in pwd.getpwall())


KINDS = {
    pa.string(): "text", pa.int64(): "bigint", pa.float64(): "double precision",
    pa.bool_(): "boolean", pa.timestamp("us"): "timestamp",
    pa.timestamp("us", "UTC"): "timestamptz", pa.date32(): "date",
}  # fmt: skip


def copy_in(writer: Any, name: str, table: pa.Table) -> None:
    """Put an Arrow table into a new table of the server."""
    columns = ", ".join(f'"{field.name}" {KINDS[field.type]}' for field in table.schema)
    writer.execute(f'DROP TABLE IF EXISTS "{name}"')
    writer.execute(f'CREATE TABLE "{name}" ({columns})')
    sink = pa.BufferOutputStream()
    csv.write_csv(table, sink, csv.WriteOptions(include_header=False))
    with writer.cursor() as cursor, cursor.copy(f'COPY "{name}" FROM STDIN (FORMAT csv)') as copy:
        copy.write(sink.getvalue().to_pybytes())
