"""A datasheet as a catalogue would record it."""

from __future__ import annotations

from datetime import date

from evenground.questions.data.datasheet.model import Datasheet
from evenground.questions.data.metadata.record import Distribution, Record

ANSWERED, SILENT = 200, 404
"""Status codes that stand for what somebody said of an address that they tried."""


def record_of(sheet: Datasheet) -> Record:
    """Return the record that a datasheet amounts to; made by whomever, in the same way."""
    access = sheet.access
    distribution = Distribution(
        access_url=access.url,
        download_url=access.download_url,
        format=access.format,
        media_type=access.media_type,
        licence=sheet.licence,
        rights=sheet.conditions,
        byte_size="" if access.byte_size is None else str(access.byte_size),
        access_status=_status(access.answers, access.checked_on),
        download_status=_status(access.download_answers, access.checked_on),
    )
    has_one = access.url or access.download_url or access.format
    return Record(
        identifier=sheet.identifier,
        title=sheet.title,
        description=sheet.description,
        keywords=sheet.keywords,
        themes=sheet.themes,
        spatial=sheet.place,
        temporal=_period(sheet),
        publisher=sheet.publisher or sheet.producer,
        contact=sheet.contact,
        access_rights=access.rights,
        rights=sheet.conditions,
        licence=sheet.licence,
        issued=_day(sheet.issued),
        modified=_day(sheet.modified),
        frequency=sheet.update_frequency,
        language=sheet.language,
        provenance=sheet.collected_by,
        conforms_to=sheet.standards,
        distributions=(distribution,) if has_one else (),
    )


def sheet_with(record: Record, sheet: Datasheet) -> dict[str, object]:
    """Return what a record says and a datasheet leaves empty, by the datasheet's own keys."""
    said: dict[str, object] = {
        "title": record.title,
        "description": record.description,
        "identifier": record.identifier,
        "language": record.language,
        "keywords": record.keywords,
        "themes": record.themes,
        "publisher": record.publisher,
        "contact": record.contact,
        "licence": record.licence,
        "conditions": record.rights,
        "update_frequency": record.frequency,
        "place": record.spatial,
        "collected_by": record.provenance,
        "standards": record.conforms_to,
    }
    return {name: value for name, value in said.items() if value and not getattr(sheet, name)}


def _status(answers: bool | None, checked_on: date | None) -> int | None:  # noqa: FBT001 - three values, not a switch
    """Return what stands for an answer; without the day on which somebody tried there is none."""
    if answers is None or checked_on is None:
        return None
    return ANSWERED if answers else SILENT


def _period(sheet: Datasheet) -> str:
    if sheet.starts_on is None and sheet.ends_on is None:
        return ""
    return f"{_day(sheet.starts_on)}/{_day(sheet.ends_on)}"


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
