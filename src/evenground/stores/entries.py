"""Where each table lies: the ``[tables]`` part of ``city.toml`` and ``initiative.toml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from evenground.declaration import NOT_A_LIST, Declaration, Path, Written
from evenground.errors import Place, ProblemKind, nearest_name
from evenground.language import N_

UNKNOWN_TABLE = ProblemKind(
    code="unknown_table",
    what=N_("There is no table called {value}."),
    rule=N_("Only tables of the data model can be read."),
    way_out=N_("Use one of: {known}."),
    suggestion=N_("Write [tables.{nearest}] instead."),
)
NO_FILE = ProblemKind(
    code="table_without_file",
    what=N_("The table {table} names no file."),
    rule=N_("It says how to read a file and not which one."),
    way_out=N_('Add a line: file = "{table}.csv"'),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableEntry:
    """One source of one table.

    ``columns`` maps model names to source names, ``values`` model names to one value for every row,
    ``where`` source names to the value or values that keep a row, ``wide`` group or indicator names
    to source columns, ``wide_margin`` the same to margin columns (or a pattern with ``{column}``).
    ``written`` and ``path`` say where; ``at`` gives the place of one key.
    """

    table: str
    file: str
    sheet: str = ""
    layer: str = ""
    crs: str = ""
    encoding: str = ""
    delimiter: str = ""
    decimal: str = ""
    date_format: str = ""
    header_row: int | None = None
    missing: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()
    published: bool = False
    title: str = ""
    licence: str = ""
    vintage: str = ""
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    wide: Mapping[str, str] = field(default_factory=dict[str, str])
    wide_margin: str | Mapping[str, str] = ""
    written: Written = field(default_factory=lambda: Written(file=""), repr=False)
    path: Path = ()

    def at(self, *keys: str) -> Place:
        """Return where a key of this entry (or a key inside it) was written."""
        return self.written.place((*self.path, *keys))


def parse_entries(declared: Declaration, tables: Sequence[str]) -> tuple[TableEntry, ...]:
    """Return every source under ``[tables]``, in the order written.

    Parameters
    ----------
    declared
        The whole declaration (``city.toml`` or ``initiative.toml``).
    tables
        Names of the tables that may be given.
    """
    listed = declared.table("tables")
    entries: list[TableEntry] = []
    for table in listed.values:
        if table not in tables:
            listed.add(
                UNKNOWN_TABLE, table, value=table, nearest=nearest_name(table, tables),
                known=", ".join(tables),
            )  # fmt: skip
            continue
        for one in listed.tables(table):
            entry = _entry(one, table)
            one.finish()
            if one.has("file"):
                entries.append(entry)
            else:
                one.add(NO_FILE, table=table)
    return tuple(entries)


def _entry(one: Declaration, table: str) -> TableEntry:
    return TableEntry(
        table=table,
        file=one.text("file").replace("\\", "/"),
        sheet=one.text("sheet"),
        layer=one.text("layer"),
        crs=one.text("crs"),
        encoding=one.text("encoding"),
        delimiter=one.raw_text("delimiter"),
        decimal=one.choice("decimal", (".", ",")),
        date_format=one.text("date_format"),
        header_row=one.whole("header_row"),
        missing=one.texts("missing"),
        zero=one.texts("zero"),
        published=one.flag("published"),
        title=one.text("title"),
        licence=one.text("licence"),
        vintage=one.text("vintage"),
        columns=_texts(one, "columns"),
        values=one.mapping("values"),
        where=_where(one),
        wide=_texts(one, "wide"),
        wide_margin=_margins(one),
        written=one.written,
        path=one.path,
    )


def _texts(one: Declaration, key: str) -> dict[str, str]:
    table = one.table(key)
    return {name: text for name in table.values if (text := table.text(name))}


def _margins(one: Declaration) -> str | dict[str, str]:
    if isinstance(one.values.get("wide_margin"), Mapping):
        return _texts(one, "wide_margin")
    return one.text("wide_margin")


def _where(one: Declaration) -> dict[str, tuple[str, ...]]:
    table = one.table("where")
    kept: dict[str, tuple[str, ...]] = {}
    for column, wanted in table.values.items():
        if isinstance(wanted, dict):
            table.add(NOT_A_LIST, column, value=wanted)
        elif isinstance(wanted, list):
            kept[column] = tuple(as_written(value) for value in cast("list[object]", wanted))
        else:
            kept[column] = (as_written(wanted),)
    return kept


def as_written(value: object) -> str:
    """Write a declared value as a file would: ``true``, ``2014``, ``2014-05-01``, ``DC``."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
