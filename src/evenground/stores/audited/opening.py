"""Open a file, a folder or a table of a database to be audited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from evenground.errors import NotFoundError, Place, Problem, nearest_name
from evenground.stores.audited import messages as tell
from evenground.stores.audited.columnar import open_columnar
from evenground.stores.audited.database import is_address, open_database
from evenground.stores.audited.delimited_text import open_delimited
from evenground.stores.audited.engine import Session, quoted, quoted_text, readable, reading
from evenground.stores.audited.kinds import Opens, opens_as
from evenground.stores.audited.map_layer import open_map_layer
from evenground.stores.audited.opened import FILE, ROW, Audited
from evenground.stores.audited.part import Part, SourceFile
from evenground.stores.audited.several import files_in, unpacked
from evenground.stores.audited.sheet import open_sheet

if TYPE_CHECKING:
    import ibis

Progress = Callable[[float | None, str], None]
_READERS: dict[Opens, Callable[[Session, SourceFile], Part]] = {
    Opens.TEXT: open_delimited,
    Opens.SHEET: open_sheet,
    Opens.COLUMNS: open_columnar,
    Opens.MAP: open_map_layer,
    Opens.ZIP: open_map_layer,
}

_SHARED = 0.3
_WIDE = 100
"""A table with more columns is worth cutting."""


def _quiet(_: float | None, __: str) -> None:
    """Say nothing."""


def open_audited(
    source: Path | str,
    *,
    sheet: str = "",
    encoding: str = "",
    delimiter: str = "",
    progress: Progress = _quiet,
) -> Audited:
    """Open whatever is to be audited as one lazy table.

    Nothing of it is changed, and nothing is held in memory: what is no Parquet is written as such
    into a folder of its own, which goes when the result is closed.

    Parameters
    ----------
    source
        CSV, TSV or text (also ``.gz``), XLSX, Parquet, GeoParquet, GeoPackage, GeoJSON, FlatGeobuf,
        zipped Shapefile, a zip or a folder of files of one kind, or
        ``postgresql://user@host/database?table=schema.table``.
    sheet
        Sheet or layer; the first one otherwise.
    encoding, delimiter
        How a text is written; found out otherwise.
    progress
        Told the share done (0-1) and which file is being read; may raise ``Cancelled``.

    Returns
    -------
    Audited
        To be closed, or used in a ``with`` statement.

    Raises
    ------
    NotFoundError
        If there is no such file, folder, sheet, layer or table.
    FormatError
        If something is damaged, empty, not what its name says, or no table.
    UntrustedInputError
        If an archive or workbook exceeds a reading limit.
    UsageError
        If the address of a database is incomplete.
    """
    if isinstance(source, str) and is_address(source):
        return open_database(source)
    path = Path(source)
    sources, problems = _sources(path)
    session = Session()
    try:
        said = [
            replace(one, sheet=sheet, encoding=encoding, delimiter=delimiter) for one in sources
        ]
        parts = _parts(session, said, progress)
        return _opened(session, path.name or str(path), parts, problems)
    except BaseException:
        session.close()
        raise


def _sources(path: Path) -> tuple[list[SourceFile], tuple[Problem, ...]]:
    if path.is_dir():
        return files_in(path)
    if not path.is_file():
        folder = path.parent if path.parent.is_dir() else Path()
        near = nearest_name(path.name, (one.name for one in folder.iterdir()))
        nearest = str(path.parent / near) if near else ""
        raise NotFoundError(tell.NO_SUCH_SOURCE.at(Place(), value=path, nearest=nearest))
    return [SourceFile(path=path, name=path.name)], ()


def _parts(session: Session, sources: Sequence[SourceFile], progress: Progress) -> list[Part]:
    files = [
        one
        for source in sources
        for one in unpacked(session, source, opens_as(source.path, source.name))
    ]
    parts: list[Part] = []
    for position, source in enumerate(files):
        progress(position / len(files), source.name)
        parts.append(_READERS[opens_as(source.path, source.name)](session, source))
    progress(1.0, "")
    return parts


def _opened(
    session: Session, name: str, parts: Sequence[Part], problems: Sequence[Problem]
) -> Audited:
    with reading(name):
        view, mixed = _view(session, parts)
    systems = list(dict.fromkeys(part.crs for part in parts if part.x))
    shapes: dict[str, int] = {}
    for part in parts:
        for kind, count in part.shapes.items():
            shapes[kind] = shapes.get(kind, 0) + count
    first = next((part for part in parts if part.x), None)
    found = [*problems, *_unlike(name, parts), *mixed]
    found += (one for part in parts for one in part.problems)
    columns = tuple(session.types(f"FROM {view}"))
    return Audited(
        name=name,
        table=session.table(view),
        files=tuple(part.file for part in parts),
        problems=tuple(found),
        has_file=len(parts) > 1,
        x=first.x if first else "",
        y=first.y if first else "",
        crs=systems[0] if len(systems) == 1 else "",
        shapes=dict(sorted(shapes.items())),
        close=session.close,
        keep=partial(_kept, session),
        cut=partial(_cut, session, view, frozenset(columns)) if len(columns) > _WIDE else None,
    )


def _view(session: Session, parts: Sequence[Part]) -> tuple[str, list[Problem]]:
    """Make a view over all parts: their columns by name, position and file of each row."""
    paths = ", ".join(quoted_text(part.path) for part in parts)
    source = f"read_parquet([{paths}], union_by_name = true)"
    columns = {one: kind for one, kind in session.types(f"FROM {source}").items() if one != ROW}
    selected = [readable(name, kind) for name, kind in columns.items()]
    starts = [sum(part.n_positions for part in parts[:position]) for position in range(len(parts))]
    own = (
        f"coalesce({ROW}, file_row_number)" if any(p.own_rows for p in parts) else "file_row_number"
    )
    start = (
        f"[{', '.join(map(str, starts))}][CAST(file_index AS BIGINT) + 1]"
        if len(parts) > 1
        else "0"
    )
    selected.append(f"CAST({own} + {start} AS BIGINT) AS {ROW}")
    if len(parts) > 1:
        names = ", ".join(quoted_text(part.file.name) for part in parts)
        selected.append(f"[{names}][CAST(file_index AS BIGINT) + 1] AS {FILE}")
    view = session.name()
    session.run(f"CREATE VIEW {view} AS FROM {source} SELECT {', '.join(selected)}")
    return view, list(_mixed_types(parts, columns))


def _mixed_types(parts: Sequence[Part], columns: dict[str, str]) -> list[Problem]:
    found: list[Problem] = []
    for name, kind in columns.items():
        held = {part.columns[name] for part in parts if name in part.columns}
        if len(held) > 1:
            known = kind.lower()
            place = Place(column=name)
            found.append(
                tell.TYPES_DIFFER.at(place, value=", ".join(sorted(held)).lower(), known=known)
            )
    return found


def _unlike(name: str, parts: Sequence[Part]) -> list[Problem]:
    """Return the problem of files that have few columns in common, if they are such."""
    held = [{column.casefold() for column in part.columns} for part in parts]
    shared, known = set[str].intersection(*held), set[str].union(*held)
    if len(shared) >= _SHARED * len(known):
        return []
    place = Place(file=name)
    return [tell.FILES_UNLIKE.at(place, value=len(shared), n_columns=len(known))]


def _cut(session: Session, view: str, known: frozenset[str], names: Sequence[str]) -> ibis.Table:
    """Write some columns of a wide table by themselves and return them as a table."""
    wanted = [name for name in dict.fromkeys((*names, ROW, FILE)) if name in known]
    path = session.keep(f"FROM {view} SELECT {', '.join(map(quoted, wanted))}")
    own = session.name()
    session.run(f"CREATE VIEW {own} AS FROM read_parquet({quoted_text(path)})")
    return session.table(own)


def _kept(session: Session, expression: ibis.Table) -> ibis.Table:
    """Write the rows of an expression beside the others, and return them as a table."""
    import ibis

    path = session.keep(ibis.to_sql(expression, dialect="duckdb"))
    view = session.name()
    session.run(f"CREATE VIEW {view} AS FROM read_parquet({quoted_text(path)})")
    return session.table(view)
