"""A table of a PostgreSQL database, read where it lies."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from evenground.errors import Place, UsageError
from evenground.stores.audited import messages as tell
from evenground.stores.audited.listed import Listed
from evenground.stores.audited.opened import Audited, AuditedFile

SCHEMES = ("postgresql", "postgres")


def is_address(source: str) -> bool:
    """Whether a text is the address of a database rather than of a file."""
    return urlsplit(source).scheme in SCHEMES


def open_database(address: str) -> Audited:
    """Open ``postgresql://user@host/database?table=schema.table`` for reading.

    The rows have no position: a database keeps none.

    Raises
    ------
    UsageError
        If the address names no table, or what reads PostgreSQL is not installed.
    NotFoundError
        If there is no such server or table.
    """
    from evenground.stores.engines.opening import postgres_connection, table_in

    parts = urlsplit(address)
    asked = parse_qs(parts.query)
    table = asked.pop("table", [""])[0]
    if not table:
        known = "postgresql://user@host/database?table=schema.table"
        shown = urlunsplit((parts.scheme, parts.hostname or "", parts.path, "", ""))
        raise UsageError(tell.NO_DATABASE_TABLE.at(Place(), value=shown, known=known))
    rest = urlencode(asked, doseq=True)
    server = urlunsplit((parts.scheme, parts.netloc, parts.path, rest, ""))
    opened = ExitStack()
    try:
        connection = opened.enter_context(postgres_connection(server))
        rows = table_in(connection, table)
        counted: Any = rows.count().to_pyarrow().as_py()
        n_rows = int(counted)
    except BaseException:
        opened.close()
        raise
    listed = Listed()
    name = f"{parts.path.lstrip('/')}:{table}"
    if not n_rows:
        listed.add(tell.NO_DATA_ROWS.at(Place(file=name)))
    types = {column: str(kind).lstrip("!") for column, kind in rows.schema().items()}
    return Audited(
        name=name,
        table=rows,
        files=(AuditedFile(name=name, n_rows=n_rows, columns=types),),
        problems=listed.problems(),
        engine="postgres",
        has_row=False,
        close=opened.close,
    )
