"""Read a datasheet from a parsed TOML or JSON text; every defect is listed, none stops the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from evenground.declaration import Declaration, Written
from evenground.errors import Problem, nearest_name
from evenground.questions.data.datasheet import messages as say
from evenground.questions.data.datasheet.model import (
    Access,
    Change,
    Datasheet,
    Declared,
    Granularity,
    Reference,
)
from evenground.questions.data.datasheet.reading_parts import (
    above_zero,
    columns_of,
    flag,
    is_one,
    model,
    pair,
    whole,
)
from evenground.questions.data.measures.roles import Form, Roles
from evenground.questions.data.purposes.model import MEASURES

REFERENCES = ("colocated_instrument", "manual_count", "register", "survey", "other")
DECLARABLE = (*MEASURES, "legal_basis")
"""What may be vouched for: any measure, and what entitles whoever holds the data to do so."""
_LISTS = {"values", "quasi"}
_ROLES = (
    "sensor", "time", "arrived", "values", "x", "y", "area", "row_id", "prediction", "outcome",
    "group", "quasi", "sensitive", "person", "incident", "ended",
)  # fmt: skip


def datasheet_of(
    values: Mapping[str, Any], *, written: Written | None = None, today: date | None = None
) -> tuple[Datasheet, tuple[Problem, ...]]:
    """Read a datasheet.

    Parameters
    ----------
    values
        The datasheet as parsed.
    written
        Where each key stands, so that problems name the row.
    today
        The day on which it is read; dates after it are pointed out.

    Returns
    -------
    The datasheet with all that could be read, and what could not.
    """
    declared = Declaration(values, written=written or Written(file=""))
    read = _Reader(declared, today)
    sheet = read.datasheet()
    declared.finish(("format",))
    return sheet, tuple(declared.problems)


def unknown_columns(
    sheet: Datasheet, columns: Sequence[str], *, written: Written | None = None
) -> tuple[Problem, ...]:
    """List the columns that a datasheet names and the data do not have."""
    places = written or Written(file="")
    named: list[tuple[tuple[str, ...], str]] = [(("columns", name), name) for name in sheet.columns]
    for role in _ROLES:
        value = getattr(sheet.roles, role)
        listed: Sequence[str] = value if isinstance(value, tuple) else (value,)
        named += [(("roles", role), name) for name in listed if name]
    return tuple(
        say.UNKNOWN_COLUMN.at(
            places.place(path), value=name, nearest=nearest_name(name, columns),
            known=", ".join(columns),
        )
        for path, name in named
        if name not in columns
    )  # fmt: skip


class _Reader:
    """Reads one datasheet part by part; ``top`` is its outermost table."""

    def __init__(self, top: Declaration, today: date | None) -> None:
        self.top, self.today = top, today

    def datasheet(self) -> Datasheet:
        top, zone = self.top, self.zone(self.top)
        return Datasheet(
            **{name: top.text(name) for name in _TEXTS},
            keywords=top.texts("keywords"),
            themes=top.texts("themes"),
            standards=top.texts("standards"),
            made_by_residents=flag(top, "made_by_residents"),
            about_people=flag(top, "about_people"),
            not_for=self.purposes(top, "not_for"),
            issued=self.past(top, "issued"),
            modified=self.past(top, "modified"),
            starts_on=top.day("starts_on"),
            ends_on=self.end(top),
            expected_rows=whole(top, "expected_rows"),
            zone=zone,
            cadence_seconds=above_zero(top, "cadence_seconds"),
            late_seconds=above_zero(top, "late_seconds"),
            access=self.access(top.table("access")),
            roles=self.roles(top.table("roles"), zone),
            columns=columns_of(top.table("columns")),
            needed=self.needed(top.table("needed")),
            reference=self.reference(top),
            colocated=tuple(pair(one) for one in top.tables("colocated")),
            models=tuple(model(one) for one in top.tables("models")),
            declared=self.declared(top.table("declared")),
            changes=tuple(self.change(one) for one in top.tables("changes")),
        )

    def end(self, top: Declaration) -> date | None:
        start, end = top.day("starts_on"), top.day("ends_on")
        if start and end and end < start:
            top.add(say.ENDS_BEFORE, "ends_on", value=end, start=start)
            return None
        return end

    def past(self, table: Declaration, key: str) -> date | None:
        """Return a day that cannot lie ahead; one that does is kept, and said."""
        day = table.day(key)
        if day is not None and self.today is not None and day > self.today:
            table.add(say.IMPOSSIBLE_DAY, key, value=day, today=self.today)
        return day

    def zone(self, top: Declaration) -> str:
        name = top.text("zone")
        try:
            return ZoneInfo(name).key if name else ""
        except (KeyError, ValueError, OSError):
            near = nearest_name(name, available_timezones())
            top.add(say.UNKNOWN_ZONE, "zone", value=name, nearest=near)
            return ""

    def purposes(self, table: Declaration, key: str) -> tuple[str, ...]:
        return tuple(
            one for one in table.texts(key) if is_one(table, key, one, say.UNKNOWN_PURPOSE)
        )

    def access(self, table: Declaration) -> Access:
        found = Access(
            **{name: table.text(name) for name in _ACCESS_TEXTS},
            since=table.day("since"),
            byte_size=whole(table, "byte_size"),
            answers=flag(table, "answers"),
            download_answers=flag(table, "download_answers"),
            checked_on=self.past(table, "checked_on"),
        )
        table.finish()
        return found

    def roles(self, table: Declaration, zone: str) -> Roles:
        named: dict[str, Any] = {
            name: table.texts(name) if name in _LISTS else table.text(name) for name in _ROLES
        }
        form = table.choice("form", tuple(form.value for form in Form), Form.ROWS.value)
        table.finish()
        return Roles(form=Form(form), zone=zone, crs=self.top.text("crs"), **named)

    def needed(self, table: Declaration) -> dict[str, Granularity]:
        found: dict[str, Granularity] = {}
        for name in list(table.values):
            one = table.table(name)
            if not is_one(table, name, name, say.UNKNOWN_PURPOSE):
                continue
            found[name] = Granularity(
                seconds=above_zero(one, "seconds"),
                metres=above_zero(one, "metres"),
                by=one.text("by"),
                reason=one.text("reason"),
            )
            one.finish()
        return found

    def reference(self, top: Declaration) -> Reference | None:
        if not top.has("reference"):
            return None
        table = top.table("reference")
        found = Reference(
            file=table.text("file"),
            kind=table.choice("kind", REFERENCES, "other"),
            on=self.past(table, "on"),
            **{name: table.text(name) for name in ("column", "sensor", "time", "value", "by")},
        )
        table.finish()
        if not found.file:
            table.add(say.NO_REFERENCE_FILE)
            return None
        return found

    def declared(self, table: Declaration) -> dict[str, tuple[Declared, ...]]:
        found: dict[str, tuple[Declared, ...]] = {}
        for name in list(table.values):
            if is_one(table, name, name, say.UNKNOWN_MEASURE, among=DECLARABLE):
                found[name] = tuple(self.statement(one) for one in table.tables(name))
        return found

    def statement(self, table: Declaration) -> Declared:
        found = Declared(
            says=table.choice("says", ("met", "not_met")),
            **{name: table.text(name) for name in ("words", "by", "role", "interest", "evidence")},
            on=self.past(table, "on"),
            valid_until=table.day("valid_until"),
            purposes=self.purposes(table, "purposes"),
        )
        table.finish()
        missing = [key for key, value in (("by", found.by), ("on", found.on)) if not value]
        if found.says and missing:
            table.add(say.NOT_VOUCHED, "says", value=found.says, missing=", ".join(missing))
        return found

    def change(self, table: Declaration) -> Change:
        found = Change(
            on=table.day("on"),
            what=table.text("what"),
            why=table.text("why"),
            column=table.text("column"),
        )
        table.finish()
        return found


_TEXTS = (
    "title", "description", "identifier", "language", "producer", "made_for", "for_whom",
    "who_profits", "not_in_it", "collected_by", "conditions", "licence", "publisher", "contact",
    "update_frequency", "place", "legal_basis", "methods_document", "expected_rows_source", "crs",
    "file",
)  # fmt: skip
_ACCESS_TEXTS = ("url", "download_url", "how", "rights", "format", "media_type")
