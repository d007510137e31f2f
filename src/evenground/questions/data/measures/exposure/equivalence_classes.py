"""Equivalence classes: rows that quasi-identifiers cannot tell apart, counted where the data lie.

A missing value is a value of its own here: two rows are alike if both lack it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenground.frame.sites import present
from evenground.language import N_
from evenground.methods.validation import Whole, wrong

if TYPE_CHECKING:
    import ibis

SIZE, CLASSES, DISTINCT, LARGEST, ENTROPY = "size", "classes", "distinct", "largest", "entropy"


def class_sizes(table: ibis.Table, quasi: Sequence[str]) -> ibis.Table:
    """Return an expression of how many classes there are of each size.

    Columns ``size`` (rows of a class) and ``classes`` (how many are of that size), both whole
    numbers, in order of size. It compiles for DuckDB, PostgreSQL and Spark and gives equal counts.

    Raises
    ------
    UsageError
        If no column is named.
    """
    keyed, keys = _keyed(table, quasi)
    counted = keyed.group_by(keys).aggregate(size=keyed.count())
    return counted.group_by(SIZE).aggregate(classes=counted.count()).order_by(SIZE)


def class_diversity(table: ibis.Table, quasi: Sequence[str], sensitive: str) -> ibis.Table:
    """Return an expression of how varied the sensitive values of classes are.

    One row for each ``size``, ``distinct`` (different sensitive values in the class) and
    ``largest`` (rows of its most frequent one), with ``classes``, how many are so, and ``entropy``,
    the least entropy of their values (natural logarithms).
    A missing sensitive value is a value of its own.

    Raises
    ------
    UsageError
        If no column is named, or the sensitive one is among the quasi-identifiers.
    """
    if sensitive in quasi:
        raise wrong("sensitive", N_("{name} is a quasi-identifier too"), name=sensitive)
    keyed, keys = _keyed(table, quasi, also=sensitive)
    values = keyed.group_by([*keys, "secret"]).aggregate(held=keyed.count())
    values = values.mutate(spread=values.held * values.held.cast("float64").ln())
    found = values.group_by(keys).aggregate(
        size=values.held.sum().cast("int64"),
        distinct=values.count(),
        largest=values.held.max(),
        spread=values.spread.sum(),
    )
    entropy = found[SIZE].cast("float64").ln() - found["spread"] / found[SIZE]
    found = found.mutate(entropy=entropy)
    counted = found.group_by([SIZE, DISTINCT, LARGEST]).aggregate(
        classes=found.count(), entropy=found.entropy.min()
    )
    return counted.order_by([SIZE, DISTINCT, LARGEST])


def class_codes(columns: Sequence[ArrayLike]) -> Whole:
    """Return the class of each row, shape (n,), 0 on; rows that agree in every column share one.

    Parameters
    ----------
    columns, each of shape (n,)
        Quasi-identifiers, at least one. ``None`` and not a number are values of their own.

    Raises
    ------
    UsageError
        If there is no column, or lengths differ.
    """
    if not columns:
        raise wrong("no_quasi", N_("No column is named by which rows could be alike"))
    codes = [_codes(column) for column in columns]
    sizes = {one.size for one in codes}
    if len(sizes) > 1:
        raise wrong("quasi_shape", N_("The columns have lengths {sizes}"), sizes=sorted(sizes))
    found = codes[0]
    for one in codes[1:]:
        pair = found * (int(one.max(initial=0)) + 1) + one
        found = np.unique(pair, return_inverse=True)[1].reshape(-1).astype(np.int64)
    return found


def _codes(column: ArrayLike) -> Whole:
    values: NDArray[Any] = np.asarray(column)
    if values.dtype == object:
        marked = [
            (type(value).__name__, str(value)) if present(value) else ("", "")
            for value in values.tolist()
        ]
        places = {value: code for code, value in enumerate(sorted(set(marked)))}
        return np.array([places[value] for value in marked], dtype=np.int64)
    return np.unique(values, return_inverse=True)[1].reshape(-1).astype(np.int64)


def _keyed(table: ibis.Table, quasi: Sequence[str], also: str = "") -> tuple[Any, list[str]]:
    """Return the columns under names of our own, so that none of theirs meets one of ours."""
    if not quasi:
        raise wrong("no_quasi", N_("No column is named by which rows could be alike"))
    names = list(dict.fromkeys(quasi))
    keys = [f"key_{position}" for position in range(len(names))]
    chosen = {key: table[name] for key, name in zip(keys, names, strict=True)}
    if also:
        chosen["secret"] = table[also]
    return table.select(**chosen), keys
