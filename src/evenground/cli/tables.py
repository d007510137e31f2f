"""Tables of numbers in plain text: columns under one another, digits as a table needs them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

from evenground.language import N_, Language

_DIGITS = 4
_IN_SENTENCES = 3
_MOST_DECIMALS = 6
_WIDEST = 40
INFINITE = N_("infinite")
UNDEFINED = N_("–")
BETWEEN = N_("{low} to {high}")


class Ends(Protocol):
    """Anything with a lower and an upper end."""

    @property
    def low(self) -> float:
        """The lower end."""
        ...

    @property
    def high(self) -> float:
        """The upper end."""
        ...


def table_lines(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a table as lines: the first column from the left, numbers from the right."""
    cells = [[_shortened(cell) for cell in row] for row in (header, *rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(header))]
    return [
        "  "
        + "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]


def short(value: float, speaks: Language) -> str:
    """Write a number with three significant digits, as a sentence bears that has no interval."""
    return digits(value, speaks, n_digits=_IN_SENTENCES)


def digits(value: float, speaks: Language, *, n_digits: int = _DIGITS) -> str:
    """Write a number with so many significant digits, whole numbers whole."""
    if math.isnan(value):
        return speaks.text(UNDEFINED)
    if math.isinf(value):
        return speaks.text(INFINITE)
    if float(value).is_integer():
        return f"{value:.0f}"
    first = math.floor(math.log10(abs(value))) if value else 0
    decimals = min(max(n_digits - 1 - first, 0), _MOST_DECIMALS)
    return f"{value:.{decimals}f}"


def ends(interval: Ends, speaks: Language) -> str:
    """Write an interval; where there is none, a dash."""
    if math.isnan(interval.low) or math.isnan(interval.high) or math.isinf(interval.low):
        return speaks.text(UNDEFINED)
    low, high = digits(interval.low, speaks), digits(interval.high, speaks)
    return speaks.say(BETWEEN, {"low": low, "high": high})


def _shortened(cell: str) -> str:
    from evenground.workspace.telling_problems import printable

    text = printable(cell)
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
