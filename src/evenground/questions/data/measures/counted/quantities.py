"""Which columns of a table count, add up, rate, or stand below a rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evenground.questions.data.measures.columns.column_profile import (
    NUMBERS,
    TIMES,
    ColumnProfile,
    Holds,
)
from evenground.questions.data.measures.columns.names import Hint, hints, words_of
from evenground.questions.data.measures.columns.readings import number_reading, time_reading
from evenground.questions.data.measures.roles import Form, Roles

MOST_COLUMNS = 40
"""Columns of each kind that are looked at, first by name."""
_RATED = frozenset(
    ("average", "avg", "mean", "median", "rate", "index", "density", "min", "max", "std", "rank")
)
_TOTAL = frozenset(("total", "totals", "sum", "all", "overall", "totalt", "summa", "gesamt", "cnt"))
_NEUTRAL = frozenset(
    (
        "total", "all", "n", "pop", "population", "residents", "inhabitants", "households",
        "persons", "people", "denominator", "base", "number", "count", "of", "cases", "sample",
        "respondents", "units", "housing", "workers", "births", "occupied", "plus", "the", "size",
        "sum", "totalt", "antal", "invånare",
    )
)  # fmt: skip
"""Words of which alone the name of a base is made."""
_WORDS = 0.5
_MOST_LABELS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantities:
    """Columns by what they are, sorted by name; a column may be in several.

    ``amounts`` may be added, ``shares`` are parts of one or of a hundred, ``rated`` are shares and
    means, ``bases`` are what these may be of, ``labels`` are texts among which ``total`` may be.
    """

    amounts: tuple[ColumnProfile, ...] = ()
    shares: tuple[ColumnProfile, ...] = ()
    rated: tuple[ColumnProfile, ...] = ()
    bases: tuple[ColumnProfile, ...] = ()
    labels: tuple[ColumnProfile, ...] = ()


def quantities(profiles: Sequence[ColumnProfile], roles: Roles) -> Quantities:
    """Return the columns; nothing for happenings and places, which count nothing."""
    if roles.form in (Form.EVENTS, Form.PLACES):
        return Quantities()
    columns = sorted(profiles, key=lambda column: column.name)
    own = {roles.x, roles.y, roles.sensor, roles.area, roles.row_id, roles.time, roles.arrived}
    numbers = [one for one in columns if one.name not in own and number_reading(one) is not None]
    rated = [one for one in numbers if _is_rated(one)]
    amounts = [one for one in numbers if _is_amount(one)]
    shares = [one for one in rated if hints(one.name, Hint.SHARE)]
    bases = [one for one in amounts if _is_base(one, rated)]
    labels = [one for one in columns if _is_label(one)]
    kept = (amounts, shares, rated, bases, labels)
    first = (tuple(one[:MOST_COLUMNS]) for one in kept)
    return Quantities(**dict(zip(Quantities.__dataclass_fields__, first, strict=True)))


def names_total(column: ColumnProfile) -> bool:
    """Whether a column is called a total."""
    return bool(_TOTAL & set(words_of(column.name)))


def names_count(column: ColumnProfile) -> bool:
    """Whether a column is called a count of something, rather than a total, which money may be."""
    return hints(column.name, Hint.COUNT) and not names_total(column)


def _is_rated(column: ColumnProfile) -> bool:
    rates = hints(column.name, Hint.SHARE) or bool(_RATED & set(words_of(column.name)))
    return rates and not hints(column.name, Hint.MARGIN)


def _is_amount(column: ColumnProfile) -> bool:
    other = (
        Hint.SHARE, Hint.MARGIN, Hint.LONGITUDE, Hint.LATITUDE, Hint.X, Hint.Y, Hint.CALENDAR,
    )  # fmt: skip
    if hints(column.name, *other) or _RATED & set(words_of(column.name)):
        return False
    names_other = hints(column.name, Hint.ID, Hint.CODE, Hint.AREA)
    if names_other and not hints(column.name, Hint.COUNT):
        return False
    return column.n_distinct > 1 and time_reading(column) is None


def _is_base(column: ColumnProfile, rated: Sequence[ColumnProfile]) -> bool:
    """Whether a column counts all people or things; one with a share of its own is a part."""
    words = words_of(column.name)
    stems = {words_of(one.name)[:-1] for one in rated}
    if (len(words) > 1 and words[:-1] in stems) or column.n_whole < column.n_filled:
        return False
    plain = [word.rstrip("0123456789") for word in words]
    counts = hints(column.name, Hint.COUNT, Hint.POPULATION)
    return counts and all(word in _NEUTRAL for word in plain if word) and column.n_negative == 0


def _is_label(column: ColumnProfile) -> bool:
    is_text = column.holds is Holds.TEXT and column.n_distinct <= _MOST_LABELS
    return is_text and not column.is_empty and column.share_written((*NUMBERS, *TIMES)) < _WORDS
