"""Numbers as people write them: decimal comma or point, thousands apart, signs, per cent."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from evenground.stores.limits import MAX_NUMBER

_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}"
_SIGNS = str.maketrans({"−": "-", "–": "-", **dict.fromkeys(_SPACES, " ")})
_APART = "[ '’]"
_POINT = re.compile(rf"[+-]?(\d{{1,3}}(?:(?:{_APART}|,)\d{{3}})+|\d*)(?:\.(\d*))?([eE][+-]?\d+)?")
_COMMA = re.compile(rf"[+-]?(\d{{1,3}}(?:(?:{_APART}|\.)\d{{3}})+|\d*)(?:,(\d*))?([eE][+-]?\d+)?")
_PLAIN = re.compile(r"-?[0-9]{1,12}\.(?:[0-9]{1,2}|[0-9]{4,})")
"""A decimal point and nothing else: no three digits follow it, so it sets no thousands apart."""
_DIGITS = 15
"""Whole numbers of so many digits stay below ``MAX_NUMBER``."""
_AROUND = re.compile(
    r"^(?:[€$£¥]|[A-Z]{3}\s|kr\s)?\s*(.*?)\s*(?:%|[€$£¥]|kr\.?|:-|,-|\s[A-Z]{3})?$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """The one or two numbers that a text can stand for; both ``None`` when it is no number."""

    point: float | None
    comma: float | None

    @property
    def ambiguous(self) -> bool:
        """Whether the two readings are both possible and differ."""
        return self.point is not None and self.comma is not None and self.point != self.comma

    def chosen(self, decimal: str) -> float | None:
        """Return the reading with this decimal mark, or the only one that there is."""
        first, other = (self.comma, self.point) if decimal == "," else (self.point, self.comma)
        return other if first is None else first


def readings(text: str) -> Readings:
    """Return what a text stands for with a decimal point, and with a decimal comma.

    Thousands may be set apart by spaces, apostrophes, or the mark that is not the decimal one, in
    threes. Currency signs and a final ``%`` are passed over; ``(12)`` is minus twelve.
    """
    if text.isascii() and text.isdecimal():
        number = float(text) if len(text) <= _DIGITS else None
        return Readings(point=number, comma=number)
    if _PLAIN.fullmatch(text):  # most cells of a large file
        return Readings(point=float(text), comma=None)
    plain = _AROUND.sub(r"\1", text.translate(_SIGNS).strip())
    if plain.startswith("(") and plain.endswith(")"):
        plain = "-" + plain[1:-1].strip()
    return Readings(point=_value(plain, _POINT, ","), comma=_value(plain, _COMMA, "."))


def _value(text: str, form: re.Pattern[str], apart: str) -> float | None:
    match = form.fullmatch(text)
    if match is None or not any(character.isdigit() for character in text):
        return None
    digits = re.sub(_APART, "", text).replace(apart, "").replace(",", ".")
    value = float(digits)
    return value if math.isfinite(value) and abs(value) <= MAX_NUMBER else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecimalMark:
    """The decimal mark of a column; ``sure`` when some cell shows it, not merely a habit."""

    mark: str
    sure: bool
    mixed: bool


def decimal_mark(texts: Iterable[str], habit: str) -> DecimalMark:
    """Find the decimal mark from cells that can be read in one way only.

    Parameters
    ----------
    texts
        Cells of one column.
    habit
        What to take when no cell decides: the mark usual in the city's language.
    """
    points = commas = 0
    for text in texts:
        if "," not in text and "." not in text:
            continue  # whole numbers and words decide nothing
        read = readings(text)
        if read.comma is None and read.point is not None:
            points += 1
        elif read.point is None and read.comma is not None:
            commas += 1
    mark = habit if points == commas else "." if points > commas else ","
    return DecimalMark(mark=mark, sure=points != commas, mixed=points > 0 and commas > 0)
