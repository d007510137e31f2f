"""A DuckDB of its own for one audit: in memory, bounded, its large intermediate rows on disk."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenground.errors import FormatError, Place
from evenground.stores.audited import messages as tell

if TYPE_CHECKING:
    import ibis

MEMORY = "1GB"
"""How much memory the engine takes before it uses the disk."""
THREADS = 4
"""Most threads of the engine: each holds buffers of its own."""
_KEPT_TYPES = (
    "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER",
    "UBIGINT", "FLOAT", "DOUBLE", "DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "VARCHAR",
)  # fmt: skip
_AS_MICROSECONDS = ("TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS")
_AS_NUMBERS = ("HUGEINT", "UHUGEINT", "DECIMAL")


class Session:
    """An engine, and a folder of its own that goes when it is closed."""

    def __init__(self) -> None:
        import ibis

        self._open = tempfile.TemporaryDirectory(prefix="evenground-audit-")
        self.folder = Path(self._open.name)
        self.ibis: Any = ibis.duckdb.connect(
            memory_limit=MEMORY,
            threads=min(os.cpu_count() or 1, THREADS),
            temp_directory=str(self.folder / "spill"),
            autoinstall_known_extensions=False,
            preserve_insertion_order=True,
        )
        self.connection = self.ibis.con
        for setting in (
            "TimeZone = 'UTC'",
            "enable_progress_bar = false",
            "streaming_buffer_size = '64MB'",
        ):
            self.connection.execute(f"SET {setting}")
        self._numbered = 0

    def path(self, suffix: str) -> Path:
        """Return a new path in the folder."""
        self._numbered += 1
        return self.folder / f"{self._numbered:05d}{suffix}"

    def name(self) -> str:
        """Return a new name for a view."""
        self._numbered += 1
        return f"audited_{self._numbered}"

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a statement and return all of its (few) rows."""
        return self.connection.execute(sql, list(parameters)).fetchall()

    def run(self, sql: str) -> None:
        """Run a statement."""
        self.connection.execute(sql)

    def keep(self, sql: str, options: str = "") -> Path:
        """Write the rows of a query to a file, in their order, and return where."""
        path = self.path(".parquet")
        more = f", {options}" if options else ""
        self.run(f"COPY ({sql}) TO {quoted_text(path)} (FORMAT parquet, COMPRESSION snappy{more})")
        return path

    def count(self, path: Path) -> int:
        """Return the number of rows of a Parquet file."""
        return int(self.rows(f"FROM {quoted_text(path)} SELECT count(*)")[0][0])

    def types(self, sql: str) -> dict[str, str]:
        """Return the columns of a query with their types, without running it."""
        return {str(row[0]): str(row[1]) for row in self.rows(f"DESCRIBE {sql}")}

    def table(self, view: str) -> ibis.Table:
        """Return a view as a lazy table."""
        return self.ibis.table(view)

    def close(self) -> None:
        """Close the engine and remove what was written."""
        self.ibis.disconnect()
        self._open.cleanup()


def quoted(name: str) -> str:
    """Return a name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def quoted_text(text: object) -> str:
    """Return a text as SQL has it."""
    return "'" + str(text).replace("'", "''") + "'"


def readable(name: str, kind: str) -> str:
    """Return the SQL of a column in a type that every part of an audit can read."""
    column = quoted(name)
    if kind in _KEPT_TYPES:
        return column
    if kind in _AS_MICROSECONDS:
        return f"CAST({column} AS TIMESTAMP) AS {column}"
    if kind.startswith(_AS_NUMBERS):
        return f"CAST({column} AS DOUBLE) AS {column}"
    return f"CAST({column} AS VARCHAR) AS {column}"


def is_nested(kind: str) -> bool:
    """Whether a type is read as text because it holds no single value."""
    return kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION", "BLOB", "GEOMETRY"))


@contextmanager
def reading(file: str) -> Generator[None]:
    """Turn what the engine says of a damaged file into a problem with a way out."""
    import duckdb

    try:
        yield
    except (
        duckdb.IOException,
        duckdb.InvalidInputException,
        duckdb.SerializationException,
    ) as error:
        reason = _first_words(str(error))
        raise FormatError(tell.BROKEN_PART.at(Place(file=file), reason=reason)) from error


def _first_words(words: str) -> str:
    """Return the library's own words without the paths that they may hold."""
    first = words.strip().splitlines()[0] if words.strip() else ""
    return " ".join(word for word in first.split() if "/" not in word)[:120]
