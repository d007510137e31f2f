"""Directions and ratings as agencies publish them, read from their words.

Source: the two columns of Washington, D.C., Performance Plans and Reports, 2008-2013 ("Up is
Better", "Down is Better", "Neutral"; "Fully Achieved", "Partially Achieved", "Not Achieved"), and
words of the same meaning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from evenground.questions.promise.measures.reference_class.indicator_ratings import (
    CANNOT,
    FULLY,
    NOT,
    PARTLY,
    Ratings,
)

_LESS = re.compile(r"\b(down|less|lower|fewer|decreas\w*|minimi[sz]e\w*)\b", re.IGNORECASE)
_EITHER = re.compile(r"\b(neutral|neither|none|n/?a)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(not|missed|un(met|achieved))\b", re.IGNORECASE)
_PARTLY = re.compile(r"\bpart(ly|ial|ially)?\b", re.IGNORECASE)
_FULLY = re.compile(r"\b(full|fully|met|achieved|exceeded|reached)\b", re.IGNORECASE)
_UNRATED = re.compile(r"\b(not|un)[ -]?(rated|available|applicable|measured)\b", re.IGNORECASE)


def directions(texts: Sequence[str | None]) -> tuple[str, ...]:
    """Return ``more``, ``less`` or, where neither is better, an empty text, for each.

    Parameters
    ----------
    texts, shape (n,)
        Which way is better, as published; empty counts as ``more``.
    """
    return tuple(_direction(text or "") for text in texts)


def published_ratings(texts: Sequence[str | None]) -> Ratings:
    """Return ratings in words as codes of ``indicator_ratings``, shape (n,).

    Parameters
    ----------
    texts, shape (n,)
        Ratings, as published; what is none of fully, partly or not achieved cannot be read.
    """
    distinct = {text: _rating(text) for text in {text or "" for text in texts}}
    return np.array([distinct[text or ""] for text in texts], dtype=np.int8)


def _direction(text: str) -> str:
    if _EITHER.search(text):
        return ""
    return "less" if _LESS.search(text) else "more"


def _rating(text: str) -> int:
    if _UNRATED.search(text):
        return CANNOT
    for pattern, rating in ((_NOT, NOT), (_PARTLY, PARTLY), (_FULLY, FULLY)):
        if pattern.search(text):
            return rating
    return CANNOT
