"""How a value stands in a table: with the decimals that a sentence leaves out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from evenground.dossier.labels import LABELS
from evenground.evidence import Estimate
from evenground.language import Language
from evenground.phrasing import grouped

SHARE = "share"
"""Unit whose values of 0-1 are written per hundred."""

_MOST_DIGITS = 5
_DIGITS = 3
_MOST_IN_COLUMN = 6
_STARTS_LOW = 3.55


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a cell shows, and a note under it; numbers are set to the right."""

    text: str
    numeric: bool = False
    note: str = ""


def cell(value: Any, language: Language, decimals: int | None = None) -> Cell:
    """Return how a value is written in a table; an estimate brings its interval along.

    ``decimals`` is what the column's numbers without an interval have in common.
    """
    if isinstance(value, Estimate):
        return _estimate(value, language, decimals)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Cell(text=number(value, decimals), numeric=True)
    return Cell(text=_worded(value, language))


def _worded(value: Any, language: Language) -> str:
    if value is None or isinstance(value, bool):
        words = {None: "no_value", True: "yes", False: "no"}
        return language.say(LABELS[words[value]], {})
    if isinstance(value, date):
        return language.say("{day:date}", {"day": value})
    if isinstance(value, (list, tuple)):
        items = cast("Sequence[Any]", value)
        return language.list([cell(item, language).text for item in items])
    return str(value)


def column_decimals(values: Sequence[Any]) -> int | None:
    """Return how many decimals a column's numbers without an interval are written with.

    As many as the one that needs most for three digits; so few that the largest has six at most.
    """
    exact = [abs(one) for one in map(_exact, values) if one is not None and math.isfinite(one)]
    if not exact:
        return None
    wanted = max(0 if one.is_integer() else _decimals_of(one) for one in exact)
    room = _MOST_IN_COLUMN - len(str(int(max(exact))))
    return max(min(wanted, room), 0)


def _exact(value: Any) -> float | None:
    """Return what a cell without an interval shows as a number."""
    if isinstance(value, Estimate):
        times = 100 if value.unit == SHARE else 1
        alone = value.low is None and value.value is not None
        return float(value.value * times) if alone and value.value is not None else None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    return None


def _estimate(estimate: Estimate, language: Language, decimals: int | None) -> Cell:
    """Return the value with its interval under it, or a pure interval alone."""
    value, low = value_text(estimate, decimals), estimate.low
    if low is None or estimate.high is None:
        return Cell(text=value, numeric=True)
    if math.isinf(low) or math.isinf(estimate.high):
        interval = interval_text(estimate, language)
    else:
        ends = {"low": _end(estimate, low), "high": _end(estimate, estimate.high)}
        interval = language.say(LABELS["range"], ends)
    whole = interval.replace(" ", "\N{NO-BREAK SPACE}")
    return Cell(text=value or whole, note=whole if value else "", numeric=True)


def value_text(estimate: Estimate, decimals: int | None = None) -> str:
    """Return the value alone, as fine as its interval bears; empty for pure bounds.

    ``decimals`` is for a value without an interval.
    """
    return _end(estimate, estimate.value, decimals if estimate.low is None else None)


def interval_text(estimate: Estimate, language: Language) -> str:
    """Return the interval in words and numbers; empty for what was counted."""
    low, high = _end(estimate, estimate.low), _end(estimate, estimate.high)
    if estimate.low is None or estimate.high is None:
        return ""
    if math.isinf(estimate.high):
        return language.say(LABELS["at_least"], {"low": low})
    if math.isinf(estimate.low):
        return language.say(LABELS["at_most"], {"high": high})
    return language.say(LABELS["between"], {"low": low, "high": high})


def number(value: float, decimals: int | None = None) -> str:
    """Write a number with thin spaces between thousands, by default with three digits."""
    if isinstance(value, int) and decimals is None:
        return grouped(value)
    if not math.isfinite(value):
        return "∞" if value > 0 else "−∞"
    if decimals is None:
        decimals = 0 if float(value).is_integer() else _decimals_of(value)
    text = grouped(round(value, decimals) or 0, max(decimals, 0))
    return text.replace("-", "−")


def _decimals_of(value: float) -> int:
    """Decimals that show three digits of a number, no more than it has."""
    wanted = _DIGITS - 1 - math.floor(math.log10(abs(value)))
    return next(n for n in range(max(wanted, 1) + 1) if n >= wanted or round(value, n) == value)


def _end(estimate: Estimate, end: float | None, decimals: int | None = None) -> str:
    if end is None:
        return ""
    times = 100 if estimate.unit == SHARE else 1
    per_cent = "\N{NARROW NO-BREAK SPACE}%" if estimate.unit == SHARE else ""
    borne = _decimals_borne(estimate, times) if decimals is None else decimals
    return f"{number(end * times, borne)}{per_cent}"


def _decimals_borne(estimate: Estimate, times: int) -> int | None:
    """Return the decimals that value and interval share.

    None if all are whole; else as many as the interval's half-width needs for its one or two
    leading digits, and never more than five digits in all.
    """
    ends = [end * times for end in (estimate.value, estimate.low, estimate.high) if end is not None]
    if all(math.isinf(end) or float(end).is_integer() for end in ends):
        return 0
    if estimate.low is None or estimate.high is None or math.isinf(estimate.high - estimate.low):
        return None
    half = (estimate.high - estimate.low) * times / 2
    if half <= 0:
        return None
    largest = max(abs(end) for end in ends)
    most = _MOST_DIGITS - 1 - math.floor(math.log10(largest)) if largest else 0
    return max(min(_decimals_of_half(half), most), 0)


def _decimals_of_half(half: float) -> int:
    """Return the decimals of a half-width: two digits where it starts low, as 23 does, else one."""
    exponent = math.floor(math.log10(half))
    return -exponent + (1 if half / 10**exponent < _STARTS_LOW else 0)
