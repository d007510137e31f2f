"""How long data are kept, as far as a description says it in a number and a unit of time."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from evenground.questions.data.measures.watched.lexicon import stated

DAYS = {
    "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25,
}  # fmt: skip
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "thirty": 30, "sixty": 60, "ninety": 90,
}  # fmt: skip
FOR_EVER = ("indefinitely", "forever", "for ever", "without limit", "permanently", "no limit")
NOT_KEPT = ("not kept", "not stored", "nothing is kept", "nothing kept", "not retained")


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long data are kept.

    Attributes
    ----------
    words
        As described; empty where it is not stated.
    days
        The longest time that the words give in a number and a unit; infinite where they say for
        ever, 0 where nothing is kept; ``None`` where they are to be read.
    """

    words: str
    days: float | None

    @property
    def is_stated(self) -> bool:
        """Whether anything is said."""
        return bool(self.words)


def retention(text: str | None) -> Retention:
    """Return how long a description says that data are kept."""
    words = stated(text)
    low = words.casefold()
    if any(phrase in low for phrase in NOT_KEPT):
        return Retention(words=words, days=0.0)
    if any(phrase in low for phrase in FOR_EVER):
        return Retention(words=words, days=math.inf)
    number = rf"(\d+(?:\.\d+)?|{'|'.join(NUMBERS)})"
    times = re.findall(rf"\b{number}[\s-]+({'|'.join(DAYS)})s?\b", low)
    days = [_number(count) * DAYS[unit] for count, unit in times]
    return Retention(words=words, days=max(days) if days else None)


def _number(count: str) -> float:
    return float(NUMBERS[count]) if count in NUMBERS else float(count)
