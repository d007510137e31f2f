"""How many of a whole are touched by several faults, when overlaps are not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Integral

from evenground.questions.data.measures.checks import Check
from evenground.questions.data.purposes.model import Known, MeasureKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """Items that one fault touches: at least and at most so many, for certain or perhaps."""

    at_least: int
    at_most: int
    certain: bool


def untouched_share(n: int, faults: Iterable[Touched]) -> Known:
    """Return the share of ``n`` items that no fault touches.

    Parameters
    ----------
    n
        Number of items, above 0.
    faults
        Faults that may touch the same items.

    Returns
    -------
    ``value`` counts every item that any fault may touch, each fault apart. From ``low``, where all
    of it is faulty and no item twice, to ``high``, where only certain faults are and they all touch
    the same items.

    Source: Fréchet (1935), Fundamenta Mathematicae 25, 379-387: bounds on a union of events.
    """
    listed = tuple(faults)
    most = min(n, sum(one.at_most for one in listed))
    least = min(n, max((one.at_least for one in listed if one.certain), default=0))
    low, high = (n - most) / n, (n - least) / n
    kind = MeasureKind.EXACT if most == least else MeasureKind.BOUND
    return Known(unit="share", value=low, low=low, high=high, kind=kind)


def as_count(value: object) -> int | None:
    """Return a whole number of whichever type, or ``None`` for anything else."""
    return int(value) if isinstance(value, Integral) else None


def readings_touched(check: Check, *, per_row: int, n_without: int) -> tuple[int, int] | None:
    """Return at least and at most how many readings a check's count stands for.

    Parameters
    ----------
    check
        Counted in ``rows``, ``readings`` or ``runs`` (then ``detail["readings"]`` counts).
    per_row
        Readings that a whole row has, 1 or more.
    n_without
        Cells without a reading: a row that is touched may have some.

    Returns
    -------
    ``None`` where the check counts something else.
    """
    if check.count is None:
        return None
    if check.unit == "rows":
        whole = check.count * per_row
        return max(whole - n_without, 0), whole
    if check.unit == "readings":
        return check.count, check.count
    counted = as_count(check.detail.get("readings"))
    return None if counted is None else (counted, counted)


def named_or_counted(check: Check, key: str) -> tuple[frozenset[str], int]:
    """Return the things that a check names under ``detail[key]``, and how many without names."""
    named = check.detail.get(key)
    if isinstance(named, (list, tuple, set, frozenset, dict)):
        return frozenset(str(one) for one in named), 0
    counted = as_count(named)
    if counted is not None:
        return frozenset(), counted
    if check.unit == key:
        return frozenset(), check.count or 0
    return frozenset(), 1 if check.count else 0
