"""Hold what somebody says the columns stand for against the columns that are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any
from zoneinfo import available_timezones

from evenground.errors import Place, Problem, ProblemKind, UsageError, nearest_name
from evenground.language import N_
from evenground.questions.data.datasheet.messages import UNKNOWN_ZONE
from evenground.questions.data.measures.columns.column_profile import ColumnProfile
from evenground.questions.data.measures.columns.readings import (
    number_reading,
    parts_of,
    time_reading,
)
from evenground.questions.data.measures.roles import Roles

NO_SUCH_COLUMN = ProblemKind(
    code="role_without_column",
    what=N_("There is no column {value} in the data, which is said to be the {role}."),
    rule=N_("A column is called as in the header of the data, capitals and spaces included."),
    way_out=N_("These are there: {names}."),
    suggestion=N_("Did you mean {nearest}?"),
)
NO_TIMES = ProblemKind(
    code="role_without_times",
    what=N_("Column {value} is said to be the {role}, and most of it is no date or time."),
    rule=N_("Gaps, repeats and order are told from times."),
    way_out=N_("Name the column of times."),
)
NO_NUMBERS = ProblemKind(
    code="role_without_numbers",
    what=N_("Column {value} is said to be the {role}, and most of it is no number."),
    rule=N_("What was measured is a number."),
    way_out=N_("Name columns of numbers, or leave it out."),
)
TIMES, NUMBERS = frozenset({"time", "arrived", "ended"}), frozenset({"values", "x", "y"})
NO_COLUMN = frozenset({"form", "zone", "crs"})
_SHOWN = 12


def sound_roles(
    stated: Roles, columns: Sequence[ColumnProfile], *, said: Mapping[str, Any]
) -> tuple[Roles, tuple[Problem, ...]]:
    """Return what a datasheet states that the data can bear, and what is wrong with the rest.

    What is left out can then be guessed as if nobody had stated it.

    Parameters
    ----------
    stated
        Roles that a datasheet states.
    columns
        Profiles of the columns that are there.
    said
        Roles that were asked for in so many words: these are refused, not left out.

    Raises
    ------
    UsageError
        If a role that was asked for cannot be borne; every one is listed.
    """
    known = {column.name: column for column in columns}
    refused = [one for role, value in said.items() for one in _wrong(role, value, known)]
    if refused:
        raise UsageError(*refused)
    wrong = {
        one.name: problems
        for one in fields(Roles)
        if one.name not in said
        and (problems := list(_wrong(one.name, getattr(stated, one.name), known)))
    }
    sound = replace(stated, **{name: getattr(Roles(), name) for name in wrong})
    return sound, tuple(one for problems in wrong.values() for one in problems)


def _wrong(role: str, value: Any, known: Mapping[str, ColumnProfile]) -> Iterator[Problem]:
    if role == "zone" and value and value not in available_timezones():
        yield UNKNOWN_ZONE.at(
            Place(), value=value, nearest=nearest_name(value, available_timezones())
        )
    if not value or role in NO_COLUMN:
        return
    for name in value if isinstance(value, tuple) else (value,):
        problem = _column(role, str(name), known)
        if problem is not None:
            yield problem


def _column(role: str, name: str, known: Mapping[str, ColumnProfile]) -> Problem | None:
    """Return what is wrong with one column in one role."""
    if role in TIMES and parts_of(name, known) is not None:
        return None
    if name not in known:
        shown = ", ".join(list(known)[:_SHOWN]) + (", …" if len(known) > _SHOWN else "")
        return NO_SUCH_COLUMN.at(
            Place(), value=name, nearest=nearest_name(name, known), role=role, names=shown
        )
    column = known[name]
    if column.is_empty:
        return None
    if role in TIMES and time_reading(column) is None:
        return NO_TIMES.at(Place(column=name), value=name, role=role)
    if role in NUMBERS and number_reading(column) is None:
        return NO_NUMBERS.at(Place(column=name), value=name, role=role)
    return None
