"""Read one file as one table of the data model, step by step, nothing dropped in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evenground.errors import EvengroundError, Problem, Severity
from evenground.schema import Column, Kind, TableSchema
from evenground.stores import table_messages as say
from evenground.stores.cells.conversion import Habits, Known, Why, cells_of, convert
from evenground.stores.cells.dates import DateHabit
from evenground.stores.cells.marks import is_total
from evenground.stores.cells.numbers import decimal_mark
from evenground.stores.draft import Draft, Locale
from evenground.stores.entries import TableEntry, as_written
from evenground.stores.files import read_raw
from evenground.stores.folder import DataFolder
from evenground.stores.matching import AREA, match_columns
from evenground.stores.raw import RawTable
from evenground.stores.rules import check_column
from evenground.stores.shapes import shapes_of
from evenground.stores.table import ReadTable, arrow_schema, empty_table
from evenground.stores.wide import lengthen

if TYPE_CHECKING:
    import pyarrow as pa


_SAMPLED = 5_000
"""Rows that are looked at to find out how a file writes numbers."""
_LONG = 40


def read_table(
    folder: DataFolder, entry: TableEntry, schema: TableSchema, locale: Locale
) -> ReadTable:
    """Read the file of an entry as a table of the model.

    A file that cannot be read gives an empty table that lists why; nothing is raised for it.
    """
    try:
        file = folder.find(entry)
        expected = _expected(entry, schema)
        raw = read_raw(file, entry, expected)
    except EvengroundError as error:
        return ReadTable(
            schema=schema, entry=entry, file=entry.file, sha256="", sheet=entry.sheet,
            table=empty_table(schema), rows=np.zeros(0, dtype=np.int64), problems=error.problems,
        )  # fmt: skip
    read = from_raw(raw, entry, schema, locale)
    return replace(read, file=file.name, sha256=file.sha256)


def from_raw(raw: RawTable, entry: TableEntry, schema: TableSchema, locale: Locale) -> ReadTable:
    """Turn a raw table into a table of the model."""
    match = match_columns(raw, schema, entry)
    draft = Draft(
        raw=raw,
        schema=schema,
        entry=entry,
        match=match,
        habits=_habits(entry, locale, raw),
        locale=locale,
        kept=np.ones(len(raw.rows), dtype=bool),
        problems=[*raw.problems, *match.problems],
        noticed=[*raw.noticed, *match.noticed],
        set_aside=list(raw.set_aside),
    )
    if raw.n_read == 0:
        draft.say(say.NO_ROWS.at(raw.place, table=schema.name))
    _keep_where(draft)
    if not match.usable:
        everything = np.arange(len(raw.rows))
        draft.drop(everything, say.TABLE_NOT_USABLE.at(raw.place, table=schema.name))
        return _finished(draft, empty_table(schema), np.zeros(0, dtype=np.int64), None, "")
    for column in schema.columns:
        if column.kind is not Kind.GEOMETRY:
            _fill(draft, column)
    geometry, crs = shapes_of(draft)
    _totals_aside(draft)
    _require(draft, located=geometry is not None)
    table, positions = _assemble(draft)
    shapes = None if geometry is None else geometry[positions]
    return _finished(draft, table, positions, shapes, crs)


def _expected(entry: TableEntry, schema: TableSchema) -> set[str]:
    return {
        *entry.columns.values(), *entry.wide.values(), *entry.where,
        *(name for name in schema.names if name not in entry.columns),
    }  # fmt: skip


def _habits(entry: TableEntry, locale: Locale, raw: RawTable) -> Habits:
    decimal, known = _decimal(entry, locale, raw)
    return Habits(
        decimal=decimal,
        decimal_is=known,
        dates=DateHabit(
            order=locale.date_order, form=entry.date_format, time_zone=locale.time_zone
        ),
        missing=entry.missing,
        zero=entry.zero,
    )


def _decimal(entry: TableEntry, locale: Locale, raw: RawTable) -> tuple[str, Known]:
    """Return the decimal mark of a file: said, or shown by any of its cells, or usual."""
    import pyarrow as pa

    if entry.decimal:
        return entry.decimal, Known.SAID
    usual = "," if raw.delimiter == ";" else locale.decimal
    texts: list[str] = []
    for values in raw.columns.values():
        if pa.types.is_string(values.type):
            texts += [text for text in cells_of(values[:_SAMPLED]).texts if len(text) < _LONG]
    found = decimal_mark(texts, usual)
    return found.mark, Known.SHOWN if found.sure else Known.USUAL


def _totals_aside(draft: Draft) -> None:
    """Set rows aside that name no area and say in another cell that they are a total."""
    column = draft.columns.get("area_id")
    if column is None:
        return
    empty = np.flatnonzero((column.why == Why.EMPTY) & draft.kept)
    used = set(draft.match.columns.values())
    spare = [name for name in draft.raw.columns if name not in used]
    place = replace(draft.raw.place, column=draft.match.columns.get("area_id", ""))
    for position in empty:
        row = (str(draft.raw.columns[name][int(position)]) for name in spare)
        word = next((text for text in row if is_total(text)), "")
        if word:
            draft.drop(np.array([position]), say.TOTAL_ROW.at(place, value=word))


def _quoted(wanted: Iterable[str]) -> str:
    """Return wanted values as a list; an empty one is shown as two quotation marks."""
    return ", ".join(one or '""' for one in wanted)


def _keep_where(draft: Draft) -> None:
    """Keep the rows that the entry asks for."""
    for column, wanted in draft.entry.where.items():
        name = column if column in draft.raw.columns else ""
        if not name:
            draft.problems.append(
                say.WHERE_UNKNOWN.at(
                    draft.entry.at("where", column), value=column,
                    file=draft.raw.place.file, known=", ".join(draft.raw.columns),
                )
            )  # fmt: skip
            continue
        cells = cells_of(draft.raw.columns[name])
        hits = np.array([as_written(_plain(text)) in wanted for text in cells.texts], dtype=bool)
        if not hits.any():
            values = ", ".join(cells.texts[:10])
            draft.problems.append(
                say.WHERE_NOTHING.at(
                    draft.entry.at("where", column),
                    value=_quoted(wanted),
                    known=values,
                    wanted=column,
                )
            )
        missed = np.flatnonzero(~hits[cells.index]) if len(hits) else np.zeros(0, dtype=np.int64)
        place = replace(draft.raw.place, column=column)
        draft.drop(missed, say.NOT_ASKED_FOR.at(place, value=_quoted(wanted)))


def _plain(text: str) -> str:
    """Return a number written as a float (``2014.0``) as a whole one."""
    head, point, tail = text.partition(".")
    return head if point and tail and not tail.strip("0") and head.isdecimal() else text


def _fill(draft: Draft, column: Column) -> None:
    """Convert one column, or fill it with the entry's one value, and check its rules."""
    import pyarrow as pa

    given = draft.entry.values.get(column.name)
    if isinstance(given, Mapping):
        return  # one value for each group of a wide table
    if column.name in draft.entry.values:
        text = as_written(draft.entry.values[column.name])
        one = pa.array([text] * len(draft.raw.rows), pa.string())
        draft.columns[column.name] = convert(one, column, replace(draft.habits, decimal="."))
        return
    source = draft.match.columns.get(column.name)
    if source is None:
        return
    converted = convert(draft.raw.columns[source], column, draft.habits)
    draft.columns[column.name] = check_column(draft, column, source, converted)


def _require(draft: Draft, *, located: bool) -> None:
    """Set rows aside that lack a value which the table must have.

    An area that is not named is found later from the place, where rows have one (``located``).
    """
    for column in draft.schema.columns:
        converted = draft.columns.get(column.name)
        if not column.required or converted is None or (located and column.refers_to == AREA):
            continue
        source = draft.match.columns.get(column.name, column.name)
        place = replace(draft.raw.place, column=source)
        reasons = {
            Why.EMPTY: say.REQUIRED_EMPTY,
            Why.MISSING: say.REQUIRED_MISSING,
            Why.WITHHELD: say.REQUIRED_WITHHELD,
            Why.PLACEHOLDER: say.REQUIRED_MISSING,
            Why.UNREADABLE: say.REQUIRED_UNREADABLE,
        }
        for why, kind in reasons.items():
            texts = ", ".join(text for text, _ in converted.texts_of(why))
            positions = np.flatnonzero(converted.why == why)
            draft.drop(positions, kind.at(place, value=texts))


def _assemble(draft: Draft) -> tuple[pa.Table, NDArray[np.int64]]:
    """Return the model's table, and for each of its rows the position in the file."""
    import pyarrow as pa

    positions = np.flatnonzero(draft.kept)
    target = arrow_schema(draft.schema)
    arrays: list[Any] = []
    for name in target.names:
        converted = draft.columns.get(name)
        kind = target.field(name).type
        if converted is None:
            arrays.append(pa.nulls(len(positions), kind))
        else:
            arrays.append(converted.values.cast(kind).take(pa.array(positions)))
    table = pa.Table.from_arrays(arrays, schema=target)
    if not draft.match.wide:
        return table, positions
    return lengthen(draft, table, positions)


def _wrong(set_aside: Iterable[Problem]) -> Iterator[Problem]:
    """Return reasons for setting rows aside that are defects, not merely facts."""
    return (reason for reason in set_aside if reason.severity is not Severity.NOTE)


def _finished(
    draft: Draft,
    table: pa.Table,
    positions: NDArray[np.int64],
    geometry: NDArray[np.object_] | None,
    crs: str,
) -> ReadTable:
    raw = draft.raw
    return ReadTable(
        schema=draft.schema,
        entry=draft.entry,
        file=raw.place.file,
        sha256="",
        sheet=raw.place.sheet,
        table=table,
        rows=raw.rows[positions] if len(positions) else np.zeros(0, dtype=np.int64),
        geometry=geometry,
        crs=crs,
        problems=(*draft.problems, *_wrong(draft.set_aside)),
        noticed=tuple(draft.noticed),
        set_aside=tuple(draft.set_aside),
        n_read=raw.n_read,
        sources=tuple(draft.match.columns.items()),
    )
