"""Numbers as agencies publish them: plain, as per cent, as money, or not at all.

A cell is read only where it is a number with marks around it. "About 5", "5 of 8" and "N/A" are
none: what is half a sentence is left to people.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evenground.methods.validation import Flags, Vector

_CURRENCY = "$€£¥"
_SCALES = {"": 1.0, "k": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_CELL = re.compile(
    rf"""^(?P<open>\()?\s*(?P<sign>[-−+])?\s*(?P<money>[{_CURRENCY}])?\s*(?P<minus>[-−])?
    (?P<digits>\d{{1,3}}(?:[,\s’']\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?:e(?P<power>[-+]?\d{{1,3}}))?
    \s*(?P<scale>k|mn?|million|bn|billion)?\s*(?P<share>%|percent|per\ cent)?
    \s*(?P<after>[{_CURRENCY}])?\s*(?P<close>\))?$""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedAmounts:
    """Numbers that were read.

    Attributes
    ----------
    value, shape (n,)
        The number as it stands ("95 %" is 95); missing (NaN) where there is none.
    per_cent, money, shape (n,)
        Whether it was marked so.
    """

    value: Vector
    per_cent: Flags
    money: Flags


def published_amounts(cells: Sequence[str | None]) -> PublishedAmounts:
    """Return the numbers in cells of text.

    Parameters
    ----------
    cells, shape (n,)
        Texts such as ``90``, ``95.5 %``, ``$1,250,000``, ``(12)`` for -12, ``$1.2 million``; others
        are no number.
    """
    texts = np.array([(cell or "").strip() for cell in cells], dtype=object)
    distinct = {text: _CELL.match(text) for text in set(texts.tolist())}
    found = [distinct[text] for text in texts.tolist()]
    return PublishedAmounts(
        value=np.array([_value(one) for one in found], dtype=np.float64),
        per_cent=np.array([bool(one and one["share"]) for one in found], dtype=np.bool_),
        money=np.array([bool(one and (one["money"] or one["after"])) for one in found], np.bool_),
    )


def _value(found: re.Match[str] | None) -> float:
    if found is None or bool(found["open"]) != bool(found["close"]):
        return float("nan")
    digits = re.sub(r"[,\s’']", "", found["digits"])
    number = float(f"{digits}e{found['power'] or 0}") * _SCALES[(found["scale"] or "").lower()]
    minuses = [found["open"], found["sign"] in {"-", "−"}, found["minus"]]
    return -number if sum(map(bool, minuses)) % 2 else number
