"""Read what people say about data: a datasheet, or a record in another's form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from evenground.declaration import Written
from evenground.errors import FormatError, NotFoundError, Place, Problem, ProblemKind
from evenground.language import N_
from evenground.questions.data.datasheet.model import Datasheet
from evenground.questions.data.datasheet.reading import datasheet_of
from evenground.questions.data.metadata.ckan import is_ckan, read_ckan
from evenground.questions.data.metadata.csvw import is_csvw, read_csvw
from evenground.questions.data.metadata.dcat import read_dcat
from evenground.questions.data.metadata.described import sheet_with
from evenground.questions.data.metadata.table_schema import is_table_schema, read_table_schema
from evenground.questions.data.metadata.table_shape import sheet_with_shape
from evenground.stores.toml_text import key_rows, load_toml

NO_DATASHEET = ProblemKind(
    code="datasheet_missing",
    what=N_("There is no datasheet {value}."),
    rule=N_("It says what the columns stand for, and who vouches for what."),
    way_out=N_("Check the name, or draft one with: evenground datasheet PATH"),
)
NO_JSON = ProblemKind(
    code="datasheet_not_json",
    what=N_("{value} is no JSON: {reason}"),
    rule=N_("A record of a catalogue or a schema is read as JSON."),
    way_out=N_("Correct it there, or hand over a datasheet in TOML."),
)
Read = tuple[Datasheet | None, tuple[Problem, ...]]


def read_datasheet(said: Datasheet | Mapping[str, Any] | Path | str | None, *, today: date) -> Read:
    """Return a datasheet and what is wrong with it; ``None`` where nobody says anything.

    Raises
    ------
    NotFoundError
        If there is no such file.
    FormatError
        If it cannot be parsed.
    """
    if said is None or isinstance(said, Datasheet):
        return said, ()
    if isinstance(said, Mapping):
        return _from_document(said, today)
    path = Path(said)
    if not path.is_file():
        raise NotFoundError(NO_DATASHEET.at(Place(), value=path))
    if path.suffix.lower() in {".json", ".jsonld"}:
        return _from_document(_json(path), today)
    values, text = load_toml(path)
    places = {key: Place(file=path.name, row=row) for key, row in key_rows(text).items()}
    return datasheet_of(values, written=Written(file=path.name, places=places), today=today)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        problem = NO_JSON.at(Place(file=path.name), value=path.name, reason=str(error)[:120])
        raise FormatError(problem) from error


def _from_document(document: Any, today: date) -> Read:
    """Tell the form of a document by what stands in it."""
    fields = cast("Mapping[str, Any]", document) if isinstance(document, Mapping) else {}
    if is_table_schema(fields):
        return sheet_with_shape(Datasheet(), read_table_schema(fields)), ()
    if is_csvw(fields):
        return sheet_with_shape(Datasheet(), read_csvw(fields)), ()
    if is_ckan(fields):
        return _of_record(read_ckan(fields)), ()
    if isinstance(document, list) or _is_linked(fields):
        return _of_record(read_dcat(cast("Any", document))), ()
    return datasheet_of(fields, today=today)


def _is_linked(fields: Mapping[str, Any]) -> bool:
    return any(str(name).startswith("@") or str(name).startswith("dcat:") for name in fields)


def _of_record(record: Any) -> Datasheet:
    sheet = Datasheet()
    said = sheet_with(record, sheet)
    return replace(sheet, **cast("dict[str, Any]", said))
