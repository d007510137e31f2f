"""What a register's cell says, in columns of promises; whatever is hedged stays words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from evenground.initiative.tables import PROMISES
from evenground.stores.cells.dates import DAY_FIRST, DateHabit, is_open, read_date, usual_order
from evenground.stores.cells.numbers import decimal_mark, readings
from evenground.stores.spreadsheet import as_text
from evenground.workspace.benefits.headings import Heading, Holds

_LESS = frozenset(
    {
        "fewer",
        "less",
        "lower",
        "reduction",
        "reduce",
        "reduced",
        "decrease",
        "decreased",
        "drop",
        "saving",
        "cut",
        "down",
    }
)
_MORE = frozenset(
    {
        "more",
        "higher",
        "increase",
        "increased",
        "additional",
        "extra",
        "growth",
        "rise",
        "gain",
        "up",
    }
)
_SIGNS = {"-": "less", "−": "less", "+": "more"}
_HEDGES = re.compile(
    r"\b(up to|as (?:much|many) as|about|around|approximately|approx|circa|ca|between|within|"
    r"roughly|at most|maximum|potential(?:ly)?|could|may|might)\b|[~≈±]",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.,])[-+−]?\d[\d.,'’]*(?:[ \N{NO-BREAK SPACE}]\d{3}(?!\d))*")
_DATED = re.compile(
    r"(?P<value>.+?)\s*(?:[(;]|,\s(?=\D)|\b(?:as at|as of|on|in)\b)\s*"
    r"(?:as at|as of|on|in|taken|date:?)?\s*(?P<day>[^()]+?)\)?"
)
_YEAR, _MONTH = re.compile(r"\d{4}"), re.compile(r"(\d{4})-(\d{1,2})")
_TO = re.compile(r"\b(?:to|target of|target:|reach|reaching)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a cell says: columns filled, and whether they say all that the cell said."""

    columns: Mapping[str, str]
    is_all: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How a register writes: its decimal mark, and the order of day and month."""

    decimal: str = "."
    order: str = DAY_FIRST


NOTHING = Said(columns={}, is_all=True)


def habit_of(texts: Sequence[str], *, decimal: str = "") -> Habit:
    """Return how a register writes, from its own cells where they show it."""
    found = [match for text in texts for match in _NUMBER.findall(text)]
    order, _ = usual_order([text.strip() for text in texts], DAY_FIRST)
    return Habit(decimal=decimal or decimal_mark(found, ".").mark, order=order)


def said(text: str, heading: Heading, habit: Habit) -> Said:
    """Return what a cell under a heading says; a blank cell says nothing, and that is all."""
    if not text.strip():
        return NOTHING
    return _READERS[heading.holds](text, heading.column, habit)


def _kept(_text: str, _column: str, _habit: Habit) -> Said:
    return Said(columns={}, is_all=False)


def _words(text: str, column: str, _habit: Habit) -> Said:
    return Said(columns={column: text}, is_all=True)


def _choice(text: str, column: str, _habit: Habit) -> Said:
    found = text.strip().casefold()
    fits = found in PROMISES[column].choices
    return Said(columns={column: found} if fits else {}, is_all=fits)


def _number(text: str, column: str, habit: Habit) -> Said:
    value = _value(text, habit)
    if value is None or "%" in text:
        return Said(columns={}, is_all=False)
    plain = re.fullmatch(r"[-+−\d.,' ’\N{NO-BREAK SPACE}]+", text.strip()) is not None
    sure = not readings(text.strip()).ambiguous or "," not in text
    same = as_text(value) == text.strip()
    return Said(columns={column: as_text(value)}, is_all=same or (plain and sure))


def _date(text: str, column: str, habit: Habit) -> Said:
    """Return the day; of a year or a month its last, for a promise has until then."""
    plain = text.strip()
    day = _last_day(plain) or read_date(plain, DateHabit(order=habit.order))
    if day is None:
        return Said(columns={}, is_all=False)
    whole = day.isoformat() == plain or not (_last_day(plain) or is_open(plain))
    return Said(columns={column: day.isoformat()}, is_all=whole)


def _last_day(text: str) -> date | None:
    if _YEAR.fullmatch(text):
        return date(int(text), 12, 31) if int(text) else None
    month = _MONTH.fullmatch(text)
    if month is None or not (1 <= int(month[2]) <= 12 and int(month[1])):  # noqa: PLR2004 - months
        return None
    first = date(int(month[1]), int(month[2]), 28) + timedelta(days=4)
    return first - timedelta(days=first.day)


def _baseline(text: str, _column: str, habit: Habit) -> Said:
    alone = _number(text, "baseline", habit)
    if alone.columns:
        return alone
    match = _DATED.fullmatch(text.strip())
    if match is None:
        return alone
    value, day = (
        _number(match["value"], "baseline", habit),
        _date(match["day"], "baseline_date", habit),
    )
    return Said(columns={**value.columns, **day.columns} if value.columns else {}, is_all=False)


def _target(text: str, _column: str, habit: Habit) -> Said:
    alone = _number(text, "target", habit)
    return alone if alone.columns else _improvement(text, "", habit)


def _improvement(text: str, _column: str, habit: Habit) -> Said:
    """Return a promised change from words such as ``25 % fewer``; never from ``up to 25 %``."""
    numbers = list(_NUMBER.finditer(text))
    if len(numbers) != 1 or _HEDGES.search(text):
        return Said(columns={}, is_all=False)
    value = _value(numbers[0][0], habit)
    if value is None:
        return Said(columns={}, is_all=False)
    is_target = _TO.search(text[: numbers[0].start()]) is not None
    direction = _direction(text, "" if is_target else numbers[0][0])
    rest = text[numbers[0].end() :].lstrip()
    if rest.startswith("%") or re.match(r"per ?cent\b", rest, re.IGNORECASE):
        found = {"change_share": _share(abs(value))}
    elif is_target:
        found = {"target": as_text(value)}
    elif direction or text.strip() == numbers[0][0]:
        found = {"change": as_text(abs(value))}
    else:
        return Said(columns={}, is_all=False)
    return Said(columns=found | ({"direction": direction} if direction else {}), is_all=False)


def _direction(text: str, number: str) -> str:
    words = set(re.findall(r"[a-z]+", text.casefold()))
    found = {way for way, those in (("less", _LESS), ("more", _MORE)) if words & those}
    found |= {way for sign, way in _SIGNS.items() if number.startswith(sign)}
    return found.pop() if len(found) == 1 else ""


def told(holds: Holds, row: Mapping[str, str]) -> str:
    """Return the words for a heading that stands for several columns; ``said`` reads them back."""
    if holds is Holds.BASELINE:
        value, day = row.get("baseline", ""), row.get("baseline_date", "")
        return f"{value} ({day})" if value and day else value
    if holds is Holds.TARGET and row.get("target"):
        return row["target"]
    direction = f" {row['direction']}" if row.get("direction") else ""
    if row.get("change_share"):
        return f"{as_text(round(float(row['change_share']) * 100, 10))} %{direction}"
    # Under the heading of a target, a bare number would read as one.
    if row.get("change") and (direction or holds is not Holds.TARGET):
        return f"{row['change']}{direction}"
    return f"to {row['target']}" if row.get("target") else ""


def _share(per_cent: float) -> str:
    return as_text(round(per_cent / 100, 12))


def _value(text: str, habit: Habit) -> float | None:
    return readings(text.strip()).chosen(habit.decimal)


_READERS: Mapping[Holds, Callable[[str, str, Habit], Said]] = {
    Holds.TEXT: _words,
    Holds.NUMBER: _number,
    Holds.DATE: _date,
    Holds.CHOICE: _choice,
    Holds.BASELINE: _baseline,
    Holds.TARGET: _target,
    Holds.IMPROVEMENT: _improvement,
    Holds.KEPT: _kept,
}
