"""What one column holds, in exact figures: the ground for guesses about it and for checks of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

RESERVED = ("__row", "__file")
"""Columns that only say where a row is from: its position, and its file."""


class Holds(StrEnum):
    """What a column is as stored, whatever its engine calls the type."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    FLAG = "flag"
    DAY = "day"
    MOMENT = "moment"
    """A wall-clock time without zone."""
    MOMENT_UTC = "moment_utc"
    """An instant: stored with a zone, read in UTC."""
    OTHER = "other"
    """Lists, bytes and the like: only their presence is counted."""


class Writing(StrEnum):
    """What the text of a cell looks like (spaces around it left out); each cell is one of these."""

    EMPTY = "empty"
    WHOLE = "whole"
    """Digits, perhaps with a sign: ``12``, ``-3``."""
    LEADING_ZERO = "leading_zero"
    """Digits that begin with a zero: ``0012``."""
    POINT = "point"
    """Decimal point: ``1.5``, ``12.0``, ``1e-3``."""
    COMMA = "comma"
    """Decimal comma and nothing else: ``1,5``, ``1.234,5``."""
    COMMA_OR_THOUSANDS = "comma_or_thousands"
    """``1,234``: a decimal comma for some, a thousand for others."""
    THOUSANDS = "thousands"
    """Thousands set apart: ``1,234,567``, ``1,234.5``, ``1 234``."""
    MONEY = "money"
    """With a currency sign or in the brackets of an account: ``$1,200``, ``(12.50)``."""
    PERCENT = "percent"
    """A number with a per cent sign."""
    DAY = "day"
    """Year, month, day: ``2012-07-17``, ``2012/07/17``."""
    MOMENT = "moment"
    """The same with a time of day: ``2012-07-17 09:30``."""
    MOMENT_ZONED = "moment_zoned"
    """The same with ``Z`` or an offset."""
    MONTH = "month"
    """``2012-07``."""
    LOCAL = "local"
    """Day and month before the year: ``07/17/2012 09:30:00 AM``, ``17.07.2012``."""
    NAMED_MONTH = "named_month"
    """``5-Apr-16``, ``17 July 2012``."""
    CLOCK = "clock"
    """A time of day alone."""
    SIGN = "sign"
    """A sign for no value: ``N/A``, ``-``, ``..``."""
    FLAG = "flag"
    """true, false, yes, no."""
    WORDS = "words"
    """Anything else."""


NUMBERS = (
    Writing.WHOLE, Writing.POINT, Writing.COMMA, Writing.COMMA_OR_THOUSANDS, Writing.THOUSANDS,
    Writing.MONEY, Writing.PERCENT, Writing.LEADING_ZERO,
)  # fmt: skip
"""Writings that stand for a number."""
TIMES = (
    Writing.DAY, Writing.MOMENT, Writing.MOMENT_ZONED, Writing.MONTH, Writing.LOCAL,
    Writing.NAMED_MONTH,
)  # fmt: skip
"""Writings that stand for a day or a moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProfile:
    """Exact figures of one column.

    Attributes
    ----------
    name, position, holds
        The column, its place in the table (0 first), and what it is as stored.
    n, n_null
        Rows, and rows without a value (``NaN`` counts as none).
    n_distinct, distinct_exact
        Distinct values, those without one left out; ``distinct_exact`` is false where a large
        table's were estimated, which may guide a guess and never settles a check.
    writings
        Text columns: how many cells look like what; adds up to ``n - n_null``.
    n_month_first, n_day_first
        Cells of ``Writing.LOCAL`` that only one order of day and month allows.
    n_garbled
        Cells with letters that show a wrong encoding, such as ``Ã©``.
    low, high
        Smallest and largest number (typed, or cells that are WHOLE, LEADING_ZERO or POINT);
        of days and moments in microseconds since 1970-01-01.
    n_whole, n_negative, n_zero, n_one, n_hundred, n_in_unit, n_in_hundred, n_infinite
        Of those numbers: whole ones, below 0, exactly 0, 1, 100, within [0, 1], within [0, 100],
        and infinite ones (which none of the others counts).
    n_midnight
        Moments at 00:00:00.
    first_text, last_text, shortest, longest
        Text columns: first and last by the order of the characters' codes; characters.
    """

    name: str
    position: int
    holds: Holds
    n: int
    n_null: int
    n_distinct: int
    distinct_exact: bool = True
    writings: Mapping[Writing, int] = field(default_factory=dict[Writing, int])
    n_month_first: int = 0
    n_day_first: int = 0
    n_garbled: int = 0
    low: float | None = None
    high: float | None = None
    n_whole: int = 0
    n_negative: int = 0
    n_zero: int = 0
    n_one: int = 0
    n_hundred: int = 0
    n_in_unit: int = 0
    n_in_hundred: int = 0
    n_infinite: int = 0
    n_midnight: int = 0
    first_text: str = ""
    last_text: str = ""
    shortest: int | None = None
    longest: int | None = None

    @property
    def n_filled(self) -> int:
        """Rows with a value; empty text and signs for no value are none."""
        return self.n - self.n_null - self.written(Writing.EMPTY, Writing.SIGN)

    @property
    def is_empty(self) -> bool:
        """Whether no row has a value."""
        return self.n_filled == 0

    def written(self, *writings: Writing) -> int:
        """Count the cells that look like any of these."""
        return sum(self.writings.get(one, 0) for one in writings)

    def share_written(self, writings: Iterable[Writing]) -> float:
        """Return the share of the filled cells (0-1) that look like any of these; 0 if none is."""
        return self.written(*writings) / self.n_filled if self.n_filled else 0.0
