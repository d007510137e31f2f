"""Which columns of numbers are the sum of which others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]
MOSTLY_NAMED, MOSTLY = 0.5, 0.95
"""Share of rows in which a sum must hold to be taken for one: of a column that is called a total,
and of any other."""
LEAST_ROWS = 5
_BITS = 20.0
"""How surely a sum holds not by chance: one such find by chance in a million tables."""
_SCREENED = 64
_FITTED = 500
_TRIES = 10
_UNITS = (1000.0, 100.0, 10.0, 5.0, 1.0, 0.1, 0.01)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A column that is the sum of others in most rows.

    ``compared`` and ``off`` have shape ``(rows,)``: where all of them are known, and where these
    differ by more than ``tolerance``.
    """

    total: str
    parts: tuple[str, ...]
    tolerance: float
    compared: Marks
    off: Marks


def sums_in(columns: Mapping[str, Floats], named: Sequence[str]) -> tuple[Sum, ...]:
    """Return the sums among columns: of two or three others, or of many.

    Parameters
    ----------
    columns
        Name to numbers, shape ``(rows,)``; ``nan`` for none.
    named
        Columns that are called a total.

    Returns
    -------
    tuple
        At most two for each total that share no part; sorted by name. The order of rows and columns
        does not matter as long as no more than ``_FITTED`` rows are needed to tell.
    """
    names = sorted(columns)
    found: list[Sum] = []
    for total in names:
        bar = MOSTLY_NAMED if total in named else MOSTLY
        free = [name for name in names if name != total and _fits(columns, name, total, bar)]
        for _ in range(2):
            one = _small(columns, total, free, bar) or _large(columns, total, free, bar)
            if one is None:
                break
            found.append(one)
            free = [name for name in free if name not in one.parts]
    return tuple(found)


def _fits(columns: Mapping[str, Floats], part: str, total: str, bar: float) -> bool:
    """Whether a part is no larger than the total in enough rows."""
    known = np.isfinite(columns[part]) & np.isfinite(columns[total])
    smaller = columns[part][known] <= columns[total][known]
    return bool(known.any()) and bool(smaller.mean() >= bar)


def compared(columns: Mapping[str, Floats], total: str, parts: Sequence[str]) -> Sum:
    """Return where a total differs from the sum of its parts.

    Whole numbers must add up exactly; where every number is a multiple of 5 or 10, or has decimals,
    each may be rounded by half of that unit.
    """
    values = np.column_stack([columns[total], *(columns[name] for name in parts)])
    known: Marks = np.asarray(np.isfinite(values).all(axis=1))
    unit = _unit(values[known])
    tolerance = 0.0 if unit == 1 else unit / 2 * values.shape[1]
    slack = tolerance * (1 + 1e-9) + 1e-9 * np.abs(np.where(known, values[:, 0], 0))
    with np.errstate(invalid="ignore"):
        off = known & (np.abs(values[:, 0] - values[:, 1:].sum(axis=1)) > slack)
    return Sum(total=total, parts=tuple(parts), tolerance=tolerance, compared=known, off=off)


def _unit(values: Floats) -> float:
    for unit in _UNITS:
        steps = values / unit
        if np.allclose(steps, np.round(steps), rtol=0, atol=1e-6):
            return unit
    return 0.0


def _holds(columns: Mapping[str, Floats], one: Sum, bar: float, n_tried: float) -> bool:
    """Whether a sum holds in most rows that say anything, and hardly by chance.

    A row says something where two parts are other than zero; a sum that holds there by chance does
    so about once in as many cases as the total is large.
    """
    parts = np.column_stack([columns[name] for name in one.parts])
    telling = one.compared & ((parts != 0).sum(axis=1) > 1)
    right = telling & ~one.off
    if right.sum() < LEAST_ROWS or right.sum() < bar * telling.sum():
        return False
    if right.sum() < telling.sum() * MOSTLY_NAMED or any((parts[telling] != 0).sum(axis=0) == 0):
        return False
    bits = np.log2(1 + np.abs(columns[one.total][right])).sum()
    return bool(bits >= np.log2(max(n_tried, 1)) + _BITS)


def _small(
    columns: Mapping[str, Floats], total: str, free: Sequence[str], bar: float
) -> Sum | None:
    """Return the first sum of two or three columns."""
    rows = _telling_rows(columns, total, _SCREENED)
    target = columns[total][rows]
    parts = {name: columns[name][rows] for name in free}
    for size in (2, 3):
        n_tried = float(len(free) ** size)
        for names in _screened(target, parts, size, bar):
            one = compared(columns, total, names)
            if _holds(columns, one, bar, n_tried):
                return one
    return None


def _telling_rows(columns: Mapping[str, Floats], total: str, most: int) -> NDArray[np.intp]:
    """Return rows with a total, spread over their sizes; the order of rows does not matter."""
    values = columns[total]
    known = np.flatnonzero(np.isfinite(values) & (values != 0))
    others = np.column_stack([columns[name][known] for name in sorted(columns)])
    order = known[np.lexsort((*others.T[::-1], values[known]))]
    places = np.unique(np.linspace(0, order.size - 1, min(most, order.size)).astype(np.intp))
    return order[places] if order.size else order


def _screened(
    target: Floats, parts: Mapping[str, Floats], size: int, bar: float
) -> Iterator[tuple[str, ...]]:
    """Yield combinations that hold in enough of few rows, or are not known in them."""
    names = sorted(parts)
    if len(names) < size or not target.size:
        return
    picked = np.array(list(combinations(range(len(names)), size)))
    values = np.stack([parts[name] for name in names])
    slack = np.abs(target) * 1e-9 + 1e-6
    coarse = np.maximum(slack, 2 * _unit_of(values, target))
    for first in range(0, len(picked), 2000):
        chosen = picked[first : first + 2000]
        sums = values[chosen].sum(axis=1)
        known = np.isfinite(sums)
        close = known & (np.abs(np.where(known, sums, 0) - target) <= coarse)
        enough = close.sum(axis=1) >= np.maximum(bar * 0.8 * known.sum(axis=1), 1)
        for at in np.flatnonzero(enough):
            yield tuple(names[one] for one in chosen[at])


def _unit_of(values: Floats, target: Floats) -> float:
    everything = np.concatenate([values.ravel(), target])
    unit = _unit(everything[np.isfinite(everything)])
    return 0.0 if unit == 1 else unit


def _large(
    columns: Mapping[str, Floats], total: str, free: Sequence[str], bar: float
) -> Sum | None:
    """Return the sum of many columns: those with a weight of one in a fit that few rows disturb."""
    if len(free) < 4:  # noqa: PLR2004 - fewer are tried one by one
        return None
    rows = _telling_rows(columns, total, _FITTED)
    values = np.column_stack([columns[name][rows] for name in free])
    kept = np.isfinite(values).mean(axis=0) > MOSTLY_NAMED
    names = [name for name, one in zip(free, kept, strict=True) if one]
    values = values[:, kept]
    known = np.isfinite(values).all(axis=1)
    if known.sum() <= len(names):
        return None
    chosen = _weighed(values[known], columns[total][rows][known])
    parts = _improved(columns, total, names, chosen)
    if len(parts) < 2:  # noqa: PLR2004 - one part is a copy
        return None
    one = compared(columns, total, parts)
    return one if _holds(columns, one, bar, 2.0 ** len(names)) else None


def _weighed(values: Floats, target: Floats) -> Marks:
    """Return which columns have a weight near one where the sum of the errors is smallest."""
    weight = np.ones(target.size)
    fitted = np.zeros(values.shape[1])
    for _ in range(_TRIES):
        root = np.sqrt(weight)[:, None]
        fitted = np.linalg.lstsq(values * root, target * root[:, 0], rcond=None)[0]
        weight = 1 / np.maximum(np.abs(target - values @ fitted), 1e-3)
    return fitted > MOSTLY_NAMED


def _improved(
    columns: Mapping[str, Floats], total: str, names: Sequence[str], chosen: Marks
) -> tuple[str, ...]:
    """Return the parts after taking in or leaving out one at a time, as long as more rows hold."""
    held = {name for name, one in zip(names, chosen, strict=True) if one}

    def right(parts: set[str]) -> int:
        if not parts:
            return -1
        one = compared(columns, total, sorted(parts))
        return int((one.compared & ~one.off).sum())

    best = right(held)
    for name in (*names, *names):
        tried = held ^ {name}
        if (score := right(tried)) > best:
            held, best = tried, score
    return tuple(sorted(held))
