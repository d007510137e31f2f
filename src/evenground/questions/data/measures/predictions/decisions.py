"""Decisions beside what came, counted by group or area: the four cells of the confusion matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Whole, wrong

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """Decisions and outcomes by group.

    Attributes
    ----------
    groups
        Names, in order; the empty name is for rows without a group.
    true_positive, false_positive, false_negative, true_negative, shape (n_groups,)
        Decided yes and came; decided yes and did not come; decided no and came; neither.
    n_left_out
        Rows without a decision or without an outcome.
    """

    groups: tuple[str, ...]
    true_positive: Whole
    false_positive: Whole
    false_negative: Whole
    true_negative: Whole
    n_left_out: int = 0

    @property
    def n_rows(self) -> Whole:
        """Rows of each group, shape (n_groups,)."""
        return self.true_positive + self.false_positive + self.false_negative + self.true_negative


def decision_counts(
    table: ibis.Table, *, decided: ibis.expr.types.BooleanValue, came: ibis.expr.types.BooleanValue,
    group: str,
) -> ibis.Table:  # fmt: skip
    """Return an expression of how many rows of each group were decided how, and what came.

    Parameters
    ----------
    decided, came
        Expressions over ``table``: whether the model said yes (``table.score >= 5``), and whether
        it came. Null where there is none.
    group
        Column of the group or area.

    Returns
    -------
    ibis.Table
        Columns ``group`` (text), ``decided``, ``came`` and ``n``; for DuckDB, PostgreSQL and Spark.
    """
    kept = table.select(group=table[group].cast("string"), decided=decided, came=came)
    keys = ["group", "decided", "came"]
    return kept.group_by(keys).aggregate(n=kept.count()).order_by(keys)


def decisions_of(counts: pa.Table) -> Decisions:
    """Return decisions from the result of ``decision_counts``."""
    rows: list[dict[str, Any]] = counts.to_pylist()
    whole = [row for row in rows if row["decided"] is not None and row["came"] is not None]
    groups = sorted({row["group"] or "" for row in whole})
    cells = np.zeros((2, 2, len(groups)), dtype=np.int64)
    for row in whole:
        cells[int(row["decided"]), int(row["came"]), groups.index(row["group"] or "")] += row["n"]
    left_out = sum(int(row["n"]) for row in rows) - int(cells.sum())
    return _decisions(tuple(groups), cells, n_left_out=left_out)


def decisions(decided: ArrayLike, came: ArrayLike, group: ArrayLike) -> Decisions:
    """Return decisions from arrays.

    Parameters
    ----------
    decided, came, shape (n,)
        1 or true for yes, 0 or false for no; not a number where there is none.
    group, shape (n,)
        Name of each row's group or area.

    Raises
    ------
    UsageError
        If lengths differ, or a value is neither yes nor no.
    """
    said, seen = np.asarray(decided, dtype=np.float64), np.asarray(came, dtype=np.float64)
    names = np.asarray(group, dtype=object)
    if said.shape != seen.shape or said.shape != names.shape or said.ndim != 1:
        raise wrong(
            "decision_shape",
            N_("decisions, outcomes and groups have shapes {shapes}"),
            shapes=(said.shape, seen.shape, names.shape),
        )
    whole = np.isfinite(said) & np.isfinite(seen)
    if not (np.isin(said[whole], (0, 1)) & np.isin(seen[whole], (0, 1))).all():
        raise wrong("decision_value", N_("A decision or an outcome is neither 0 nor 1"))
    texts = np.array(["" if one is None else str(one) for one in names[whole].tolist()], dtype=str)
    groups, code = np.unique(texts, return_inverse=True)
    cells = np.zeros((2, 2, groups.size), dtype=np.int64)
    place = (said[whole].astype(np.int64), seen[whole].astype(np.int64), code.reshape(-1))
    np.add.at(cells, place, 1)
    return _decisions(tuple(groups.tolist()), cells, n_left_out=int((~whole).sum()))


def _decisions(groups: tuple[str, ...], cells: Whole, *, n_left_out: int) -> Decisions:
    return Decisions(
        groups=groups, true_positive=cells[1, 1], false_positive=cells[1, 0],
        false_negative=cells[0, 1], true_negative=cells[0, 0], n_left_out=n_left_out,
    )  # fmt: skip
