"""How many of a whole are touched by several faults, when overlaps are not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from numbers import Integral
from typing import cast

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
    """Return the things that a check touches, by name, and how many that it does not name.

    Parameters
    ----------
    check
        Any check that was made.
    key
        ``sensors`` or ``columns``: what is to be counted, whatever the check counts. Their names
        are looked for under ``detail[key]``, among the flags and in lists under ``detail``; a check
        that found something and names nothing touches one.
    """
    named = check.detail.get(key)
    if isinstance(named, (list, tuple, set, frozenset, dict)):
        return frozenset(map(str, cast("Iterable[object]", named))), 0
    if check.unit in _SAME[key]:
        return frozenset(), check.count or 0
    counted = as_count(named)
    if counted is not None:
        return frozenset(), counted
    names = _flagged(check, key[:-1]) or _listed(check, key[:-1])
    return names, 0 if names or not check.count else 1


_SAME = {"sensors": {"sensors", "sites", "series"}, "columns": {"columns"}}
"""Units in which the same things are counted."""


def _flagged(check: Check, column: str) -> frozenset[str]:
    """Return the sensors or columns of the flagged rows."""
    if check.flags is None:
        return frozenset()
    names = check.flags[column].unique().to_pylist()
    return frozenset(str(name) for name in names if name not in (None, ""))


def _listed(check: Check, name: str) -> frozenset[str]:
    """Return the sensors or columns of whatever lists a check shows (stretches, most …)."""
    shown = (value for value in check.detail.values() if isinstance(value, (list, tuple)))
    entries = (entry for value in shown for entry in cast("Iterable[object]", value))
    return frozenset(
        str(cast("Mapping[str, object]", entry)[name])
        for entry in entries
        if isinstance(entry, Mapping) and name in entry
    )
