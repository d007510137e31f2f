"""How long a period is, by the way in which times are written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

MONTHS: Mapping[str, float] = {
    "day": 12 / 365.25, "week": 84 / 365.25, "month": 1.0, "quarter": 3.0, "year": 12.0,
}  # fmt: skip
_WRITTEN = (
    (re.compile(r"\d{4}"), "year"),
    (re.compile(r"\d{4}[-/]?Q[1-4]", re.IGNORECASE), "quarter"),
    (re.compile(r"\d{4}[-/](0[1-9]|1[0-2])"), "month"),
    (re.compile(r"\d{4}-?W\d{2}", re.IGNORECASE), "week"),
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAYS = ((1, 1, "day"), (7, 7, "week"), (28, 31, "month"), (89, 92, "quarter"), (365, 366, "year"))


def period_of(times: Sequence[str]) -> str:
    """Return what a period is by the way in which times are written; empty where it is not told."""
    for pattern, name in _WRITTEN:
        if all(pattern.fullmatch(one) for one in times):
            return name
    if len(times) > 1 and all(_DAY.fullmatch(one) for one in times):
        days = np.diff(np.array([date.fromisoformat(one).toordinal() for one in times]))
        for low, high, name in _DAYS:
            if low <= np.median(days) <= high:
                return name
    return ""
