"""Read single keys and small tables of a datasheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evenground.declaration import Declaration
from evenground.errors import ProblemKind, nearest_name
from evenground.questions.data.datasheet import messages as say
from evenground.questions.data.datasheet.model import ColumnSheet, Model, Pair
from evenground.questions.data.purposes.model import PURPOSES

KINDS = ("text", "integer", "number", "boolean", "date", "datetime", "time")
_MODEL_TEXTS = (
    "name", "column", "made_by", "made_for", "paid_by", "version", "trained_on", "document",
)  # fmt: skip


def flag(table: Declaration, key: str) -> bool | None:
    """Return yes, no, or ``None`` where nothing (that can be read) is said."""
    if not table.has(key):
        return None
    before = len(table.problems)
    said = table.flag(key)
    return said if len(table.problems) == before else None


def whole(table: Declaration, key: str) -> int | None:
    """Return a whole number above 0, or ``None``."""
    number = table.whole(key)
    return int(number) if number is not None and _positive(table, key, number) else None


def above_zero(table: Declaration, key: str) -> float | None:
    """Return a number above 0, or ``None``."""
    number = table.number(key)
    return number if number is not None and _positive(table, key, number) else None


def is_one(
    table: Declaration,
    key: str,
    name: str,
    kind: ProblemKind,
    *,
    among: Sequence[str] = PURPOSES,
) -> bool:
    """Tell whether a name is a known one; otherwise say which is nearest."""
    if name in among:
        return True
    # asked for, so that it is not listed as an unknown key as well
    table.has(name)
    table.add(kind, key, value=name, nearest=nearest_name(name, among), known=", ".join(among))
    return False


def columns_of(table: Declaration) -> dict[str, ColumnSheet]:
    """Read what is said of each column."""
    return {name: _column(table.table(name)) for name in list(table.values)}


def model(table: Declaration) -> Model:
    """Read one model."""
    found = Model(**{name: table.text(name) for name in _MODEL_TEXTS})
    table.finish()
    return found


def pair(table: Declaration) -> Pair:
    """Read two sensors that stand at one place."""
    sensors = (*table.texts("sensors"), "", "")
    found = Pair(
        first=sensors[0],
        second=sensors[1],
        column=table.text("column"),
        tolerance=above_zero(table, "tolerance"),
    )
    table.finish()
    return found


def _column(table: Declaration) -> ColumnSheet:
    low, high = table.number("low"), table.number("high")
    if low is not None and high is not None and low > high:
        table.add(say.LOW_ABOVE_HIGH, "low", value=low, high=high)
        low = high = None
    codes: dict[str, Any] = table.mapping("codes")
    found = ColumnSheet(
        meaning=table.text("meaning"),
        unit=table.text("unit"),
        kind=table.choice("kind", KINDS),
        format=table.text("format"),
        decimal=table.choice("decimal", (".", ",")),
        low=low,
        high=high,
        max_per_hour=above_zero(table, "max_per_hour"),
        min_stuck=whole(table, "min_stuck"),
        saturates_at=table.numbers("saturates_at"),
        placeholders=table.texts("placeholders"),
        codes={str(code): str(meaning) for code, meaning in codes.items()},
        required=table.flag("required"),
        unique=table.flag("unique"),
    )
    table.finish()
    return found


def _positive(table: Declaration, key: str, number: float) -> bool:
    if number > 0:
        return True
    table.add(say.NOT_ABOVE_ZERO, key, value=number)
    return False
