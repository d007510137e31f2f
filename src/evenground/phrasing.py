"""How a number is said in a sentence: rounded to what its interval bears, in words where it can be.

A value is a plain number, a date, a string, or anything with ``value``, ``low`` and ``high`` (an
``Estimate``). Tables show decimals; sentences never do more than the interval allows.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol


class Speaker(Protocol):
    """What phrasing needs of a language."""

    @property
    def code(self) -> str:
        """Locale code such as ``en``."""
        ...

    @property
    def currency(self) -> str:
        """Currency code such as ``SEK``."""
        ...

    def text(self, template: str | tuple[str, str], n: int | None = None) -> str:
        """Translate a template."""
        ...

    def list(self, items: Sequence[str]) -> str:
        """Join words."""
        ...


def _n(template: str) -> str:
    return template


NARROW = 0.1
"""Shares nearer than this to 0 or 1, and intervals narrower than this, are said more finely."""
MOST_DECIMALS = 9
"""Shares per hundred are written with so many decimals at most, however near to none or all."""
TENS = 10
"""From this many metres on, distances are said in tens of metres."""
IN_KILOMETRES = 2_000
"""From this many metres on, distances are said in kilometres."""
FRACTIONS: tuple[tuple[float, str], ...] = (
    (1 / 10, _n("one in ten")),
    (1 / 5, _n("one in five")),
    (1 / 4, _n("one in four")),
    (1 / 3, _n("one in three")),
    (2 / 5, _n("two in five")),
    (1 / 2, _n("half")),
    (3 / 5, _n("three in five")),
    (2 / 3, _n("two in three")),
    (3 / 4, _n("three in four")),
    (4 / 5, _n("four in five")),
    (9 / 10, _n("nine in ten")),
)
_MONTHS: tuple[str, ...] = (
    _n("{day} January {year}"), _n("{day} February {year}"), _n("{day} March {year}"),
    _n("{day} April {year}"), _n("{day} May {year}"), _n("{day} June {year}"),
    _n("{day} July {year}"), _n("{day} August {year}"), _n("{day} September {year}"),
    _n("{day} October {year}"), _n("{day} November {year}"), _n("{day} December {year}"),
)  # fmt: skip


def parts(value: Any) -> tuple[float | None, float | None, float | None]:
    """Split a plain number or an estimate into ``(value, low, high)``."""
    if value is None or isinstance(value, (int, float)):
        return value, None, None
    return value.value, value.low, value.high


def grouped(value: float, decimals: int = 0) -> str:
    """Write a number with thin spaces between thousands: ``12 345.6``."""
    return f"{value:,.{decimals}f}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def borne_decimals(value: float, low: float | None, high: float | None) -> int:
    """Return how many decimals an interval bears; negative for tens, hundreds ….

    The first digit of the value is kept however wide the interval: 4 is not said as 0.
    """
    first = -math.floor(math.log10(abs(value))) if value and math.isfinite(value) else None
    if low is not None and high is not None and high > low and math.isfinite(high - low):
        borne = -math.floor(math.log10((high - low) / 2))
        return borne if first is None else max(borne, first)
    return 0 if first is None else first + 2


def _rounded(value: Any, speaker: Speaker, *, most: int = 2) -> str:
    number, low, high = parts(value)
    if number is None or not math.isfinite(number):
        return speaker.text(_n("an unknown number"))
    if isinstance(number, int) and low is None:
        return grouped(number)
    decimals = min(borne_decimals(number, low, high), most)
    return grouped(round(number, decimals), max(decimals, 0))


def say_count(value: Any, speaker: Speaker) -> str:
    """Say a whole number: exact ones as they are, estimates rounded."""
    number, low, _ = parts(value)
    if number is not None and low is None and float(number).is_integer():
        return grouped(number)
    return _rounded(value, speaker, most=0)


def say_number(value: Any, speaker: Speaker) -> str:
    """Say any number: to one decimal from 1 on, to two below."""
    number, _, _ = parts(value)
    return _rounded(value, speaker, most=1 if number is not None and abs(number) >= 1 else 2)


def say_share(value: Any, speaker: Speaker) -> str:
    """Say a share of 0-1: ``about two in three`` where its interval allows, else per cent."""
    number, low, high = parts(value)
    if number is None or not math.isfinite(number):
        return speaker.text(_n("an unknown share"))
    if low is not None and high is not None and high > low:
        for fraction, words in FRACTIONS:
            if low <= fraction <= high and abs(number - fraction) <= max(0.015, (high - low) / 6):
                return speaker.text(_n("about {words}")).format(words=speaker.text(words))
        step = 0.01 if (high - low) < NARROW else 0.05
        fine = 0 < number < step or 0 < 1 - number < step  # neither nothing nor all
        per_cent = grouped(number * 100, 1) if fine else grouped(round(number / step) * step * 100)
        return speaker.text(_n("about {per_cent}\N{NO-BREAK SPACE}%")).format(per_cent=per_cent)
    near_an_end = 0 < min(number, 1 - number) < NARROW
    decimals = 1 if near_an_end and not math.isclose(number * 100, round(number * 100)) else 0
    return speaker.text(_n("{per_cent}\N{NO-BREAK SPACE}%")).format(
        per_cent=grouped(number * 100, decimals)
    )


def say_per_cent(value: Any, speaker: Speaker) -> str:
    """Say a share of 0-1 per hundred, as fine as tells it from none and from all: ``99.97 %``.

    For tables and thresholds, where 0 % must mean none and 100 % all; sentences ``say_share``.
    """
    number, _, _ = parts(value)
    if number is None or not math.isfinite(number):
        return speaker.text(_n("an unknown share"))
    hundredths = number * 100
    apart = min(abs(hundredths), abs(100 - hundredths))
    decimals = 0 if not apart else min(max(2 - math.floor(math.log10(apart)), 1), MOST_DECIMALS)
    text = grouped(round(hundredths, decimals), decimals)
    return speaker.text(_n("{per_cent}\N{NO-BREAK SPACE}%")).format(
        per_cent=text.rstrip("0").rstrip(".") if decimals else text
    )


def say_times(value: Any, speaker: Speaker) -> str:
    """Say a ratio: ``1.9 times``."""
    return speaker.text(_n("{number} times")).format(number=_rounded(value, speaker, most=1))


def say_metres(value: Any, speaker: Speaker) -> str:
    """Say a distance in metres, or in kilometres from 2 km on."""
    number, low, high = parts(value)
    if number is None or not math.isfinite(number):
        return speaker.text(_n("an unknown distance"))
    if number >= IN_KILOMETRES:
        return speaker.text(_n("{km}\N{NO-BREAK SPACE}km")).format(km=grouped(number / 1000, 1))
    digits = min(borne_decimals(number, low, high), -1 if number >= TENS else 0)
    return speaker.text(_n("{metres}\N{NO-BREAK SPACE}m")).format(
        metres=grouped(round(number, digits))
    )


def say_money(value: Any, speaker: Speaker) -> str:
    """Say an amount in the city's currency."""
    number, _, _ = parts(value)
    if number is None:
        return speaker.text(_n("not given"))
    return f"{grouped(number)}\N{NO-BREAK SPACE}{speaker.currency}".rstrip()


def say_amount(value: Any, speaker: Speaker) -> str:
    """Say a small amount in the city's currency, such as a price per head, with two decimals."""
    number, _, _ = parts(value)
    if number is None or not math.isfinite(number) or float(number).is_integer():
        return say_money(value, speaker)
    first = -math.floor(math.log10(abs(number)))  # below a hundredth, two digits are told
    text = grouped(number, min(max(2, first + 1), MOST_DECIMALS))
    return f"{text}\N{NO-BREAK SPACE}{speaker.currency}".rstrip()


def say_date(value: date, speaker: Speaker) -> str:
    """Say a calendar day."""
    return speaker.text(_MONTHS[value.month - 1]).format(day=value.day, year=value.year)


def say_list(value: Sequence[str], speaker: Speaker) -> str:
    """Say a list of words."""
    return speaker.list([str(item) for item in value])


PHRASES: Mapping[str, Callable[[Any, Any], str]] = {
    "count": say_count,
    "number": say_number,
    "share": say_share,
    "per_cent": say_per_cent,
    "times": say_times,
    "metres": say_metres,
    "money": say_money,
    "amount": say_amount,
    "date": say_date,
    "list": say_list,
}
