"""Which columns are looked at for changes, and as what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evenground.questions.data.measures.changes.periods import Period
from evenground.questions.data.measures.columns.column_profile import (
    NUMBERS,
    TIMES,
    ColumnProfile,
    Holds,
    Writing,
)
from evenground.questions.data.measures.columns.names import Hint, hints, words_of
from evenground.questions.data.measures.columns.readings import number_reading, time_reading
from evenground.questions.data.measures.roles import Form, Roles

MOST_CATEGORIES = 200
"""A column with more different values is no list of categories."""
MOST_COLUMNS = 120
"""Columns of each kind that are looked at, first by name."""
_KINDS = frozenset(
    ("type", "types", "category", "class", "kind", "status", "group", "level", "code", "zone")
)
_NO_VALUES = (Writing.EMPTY, Writing.SIGN)
_MOSTLY = 0.5
_LEAST_ROWS = 10
"""Fewer texts of a kind cannot be most of those of a period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """Columns by how they are looked at; a column may be in several.

    Attributes
    ----------
    presence
        All columns: whether they hold anything.
    categories
        Columns with few distinct texts or codes.
    forms
        Further text columns, whose writing may change.
    numbers
        Columns of numbers that measure or count.
    left_out
        How many columns were too many.
    """

    presence: tuple[ColumnProfile, ...]
    categories: tuple[ColumnProfile, ...]
    forms: tuple[ColumnProfile, ...]
    numbers: tuple[ColumnProfile, ...]
    left_out: int = 0


def looked_at(profiles: Sequence[ColumnProfile], roles: Roles, period: Period) -> LookedAt:
    """Return which columns are looked at; the column of periods and identifiers are none."""
    columns = sorted(
        (one for one in profiles if one.name != period.column and one.holds is not Holds.OTHER),
        key=lambda column: column.name,
    )
    own = {roles.time, roles.arrived, roles.ended, roles.row_id, roles.incident, roles.person}
    free = [column for column in columns if column.name not in own]
    categories = tuple(one for one in free if _is_list(one, roles))
    listed = {one.name for one in categories}
    forms = tuple(one for one in free if one.name not in listed and _may_change_form(one, roles))
    numbers = tuple(one for one in free if _is_measured(one, roles) and one.name not in listed)
    kept = (columns, categories, forms, numbers)
    presence, categories, forms, numbers = (tuple(one[:MOST_COLUMNS]) for one in kept)
    return LookedAt(
        presence=presence,
        categories=categories,
        forms=forms,
        numbers=numbers,
        left_out=max(0, len(columns) - MOST_COLUMNS),
    )


def _is_list(column: ColumnProfile, roles: Roles) -> bool:
    """Whether a column holds categories: few texts, or codes that its name says are such."""
    if not 0 < column.n_distinct <= MOST_CATEGORIES:
        return False
    if column.name in (roles.sensor, *roles.values):
        return False
    if column.holds is Holds.TEXT and column.share_written((*NUMBERS, *TIMES)) < _MOSTLY:
        return True
    named = bool(_KINDS & set(words_of(column.name)))
    coded = named or column.name in (roles.area, roles.group)
    coded = coded or hints(column.name, Hint.AREA)
    whole = column.n_whole + sum(column.written(one) for one in _NO_VALUES)
    return coded and whole >= column.n - column.n_null


def _may_change_form(column: ColumnProfile, roles: Roles) -> bool:
    """Whether texts are written in several ways, or may be codes of a fixed length."""
    if column.holds is not Holds.TEXT:
        return False
    numbers = column.written(*(one for one in NUMBERS if one is not Writing.PERCENT))
    others = (n for one, n in column.writings.items() if one not in (*NUMBERS, *_NO_VALUES))
    ways = [n for n in (numbers, column.written(Writing.PERCENT), *others) if n >= _LEAST_ROWS]
    several = len(ways) > 1 or column.written(Writing.WORDS) >= _LEAST_ROWS
    coded = column.name == roles.area or hints(column.name, Hint.CODE, Hint.AREA)
    return several or (coded and column.shortest != column.longest)


def _is_measured(column: ColumnProfile, roles: Roles) -> bool:
    if column.name in roles.values and roles.form is not Form.STREAM:
        return True
    if column.name in (*roles.values, roles.sensor, roles.area, roles.group):
        return False
    if number_reading(column) is None or time_reading(column) is not None:
        return False
    identifies = hints(column.name, Hint.ID, Hint.CODE) and not hints(column.name, Hint.COUNT)
    return not identifies and not hints(column.name, Hint.AREA, Hint.CALENDAR)


def all_of(looked: LookedAt) -> Iterator[ColumnProfile]:
    """Yield every column that is looked at, once."""
    seen = {column.name: column for column in looked.presence}
    for part in (looked.categories, looked.forms, looked.numbers):
        seen |= {column.name: column for column in part}
    yield from seen.values()
