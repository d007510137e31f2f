"""Amounts of money and points as whole numbers of a small unit, so that no cent is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

_PLAIN = re.compile(r"[+-]?(?:\d{1,18}(?:[.,]\d{0,30})?|[.,]\d{1,30})")
_APART = re.compile("[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}'’]")
_GROUPS = re.compile(r"[+-]?\d{1,3}(?:[ ]\d{3})+(?:[.,]\d{0,30})?")


def amount(text: str, *, decimals: int = 9) -> Decimal | None:
    """Return the number that a text stands for; ``None`` where it is none.

    A comma is read as a decimal point: "1994767,23". Spaces may stand between thousands; a comma
    beside a point is not guessed at.

    Parameters
    ----------
    text
        Digits, a sign, a decimal mark.
    decimals
        How many of them are admitted; more are no amount of money.
    """
    given = text.strip()
    if not _PLAIN.fullmatch(given):
        spaced = _APART.sub(" ", given)
        if not _GROUPS.fullmatch(spaced):
            return None
        given = spaced.replace(" ", "")
    value = Decimal(given.replace(",", "."))
    return value if common_scale([value]) <= 10**decimals else None


def common_scale(amounts: Iterable[Decimal]) -> int:
    """Return how many units make 1 so that all are whole: 100 where some have hundredths."""
    places = 0
    for value in amounts:
        exponent = value.normalize().as_tuple().exponent
        places = max(places, -exponent if isinstance(exponent, int) else 0)
    return 10**places


def units(amounts: Sequence[Decimal], scale: int) -> list[int]:
    """Return amounts in units of ``1 / scale``."""
    return [int(value * scale) for value in amounts]
