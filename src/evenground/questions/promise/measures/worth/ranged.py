"""A value between two ends."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranged:
    """A value with the ends of its interval; ``low <= value <= high``, ends may be infinite."""

    value: float
    low: float
    high: float
