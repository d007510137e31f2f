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
from evenground.phrasing import borne_decimals, grouped

SHARE = "share"
"""Unit whose values of 0-1 are written per hundred."""

_MOST_DECIMALS = 4
_DIGITS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a cell shows, and a note under it; numbers are set to the right."""

    text: str
    numeric: bool = False
    note: str = ""


def cell(value: Any, language: Language) -> Cell:
    """Return how a value is written in a table; an estimate brings its interval along."""
    if isinstance(value, Estimate):
        return Cell(text=estimate_text(value, language), numeric=True)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Cell(text=number(value), numeric=True)
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


def estimate_text(estimate: Estimate, language: Language) -> str:
    """Return value and interval in one: ``8.53 (6.21 to 10.84)``."""
    value, interval = value_text(estimate), interval_text(estimate, language)
    if not interval:
        return value
    if not value:
        return interval
    if any(end is None or math.isinf(end) for end in (estimate.low, estimate.high)):
        return f"{value} ({interval})"
    low, high = _end(estimate, estimate.low), _end(estimate, estimate.high)
    return language.say(LABELS["cell_between"], {"value": value, "low": low, "high": high})


def value_text(estimate: Estimate) -> str:
    """Return the value alone, one digit finer than its interval bears; empty for pure bounds."""
    return _end(estimate, estimate.value)


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
    text = grouped(round(value, decimals), max(decimals, 0))
    return text.replace("-", "−")


def _decimals_of(value: float) -> int:
    """Decimals that show three digits of a number, no more than it has."""
    wanted = _DIGITS - 1 - math.floor(math.log10(abs(value)))
    return next(n for n in range(max(wanted, 1) + 1) if n >= wanted or round(value, n) == value)


def _end(estimate: Estimate, end: float | None) -> str:
    if end is None:
        return ""
    times = 100 if estimate.unit == SHARE else 1
    per_cent = "\N{NARROW NO-BREAK SPACE}%" if estimate.unit == SHARE else ""
    return f"{number(end * times, _decimals_borne(estimate, times))}{per_cent}"


def _decimals_borne(estimate: Estimate, times: int) -> int | None:
    """Decimals of a value and its interval: one more than the interval bears, none if all whole."""
    ends = [end for end in (estimate.value, estimate.low, estimate.high) if end is not None]
    if all(math.isinf(end) or float(end * times).is_integer() for end in ends):
        return 0
    if estimate.low is None or estimate.high is None or math.isinf(estimate.high - estimate.low):
        return None
    borne = borne_decimals(ends[0] * times, estimate.low * times, estimate.high * times)
    return min(max(borne + 1, 0), _MOST_DECIMALS)
