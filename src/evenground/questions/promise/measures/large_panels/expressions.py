"""Sums of a panel worked out where the rows lie, and the same to the last bit on every engine.

Outcomes are put into whole numbers of their last decimal first: whole numbers add up to the same in
any order, fractions do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from evenground.language import N_
from evenground.methods.validation import Whole, wrong
from evenground.questions.promise.measures.large_panels.panel_sums import PanelSums

_MOST_DECIMALS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelColumns:
    """Which columns of a table are what.

    Attributes
    ----------
    cluster
        Unit, or what units are clustered by; no value may be missing.
    first_treated
        Time in which the row's unit is first treated, a whole number; missing for never.
    time
        A whole number.
    outcome
        A number of the engine, not infinite; rows without one are left out.
    """

    cluster: str
    first_treated: str
    time: str
    outcome: str


def panel_sums_expression(rows: Any, columns: PanelColumns, *, decimals: int) -> Any:
    """Return counts and sums by cluster, cohort and time, lazily; nothing is executed.

    Parameters
    ----------
    rows
        A lazy Ibis table of DuckDB, PostgreSQL or Spark, one row for one outcome.
    columns
        Their names.
    decimals
        Digits after the point that are kept of the outcome, 0-12: 0 for counts, 2 for money.

    Returns
    -------
    ibis.Table
        ``cluster``, ``first_treated`` (missing for never), ``time``, ``n``, ``total`` (whole number
        of the last decimal); in any order.

    Raises
    ------
    UsageError
        If ``decimals`` is out of range.
    """
    import ibis

    if not 0 <= decimals <= _MOST_DECIMALS:
        raise wrong(
            "decimals", N_("decimals is {n}, not within 0-{most}"), n=decimals, most=_MOST_DECIMALS
        )
    outcome = rows[columns.outcome].cast("float64")
    # Engines round halves differently; all of them agree on the floor.
    whole = (outcome * ibis.literal(float(10**decimals), "float64") + 0.5).floor().cast("int64")
    kept = rows.filter(outcome.notnull() & ~outcome.isnan()).select(
        cluster=rows[columns.cluster],
        first_treated=rows[columns.first_treated].cast("int64"),
        time=rows[columns.time].cast("int64"),
        whole=whole,
    )
    return kept.group_by("cluster", "first_treated", "time").agg(
        n=kept.count().cast("int64"), total=kept.whole.sum().cast("int64")
    )


def read_panel_sums(table: pa.Table, *, decimals: int) -> PanelSums:
    """Return the sums that a store worked out.

    Parameters
    ----------
    table
        What ``panel_sums_expression`` gives, in any order of rows.
    decimals
        As they were given there.

    Raises
    ------
    UsageError
        If there is no row.

    Notes
    -----
    Columns are the times that occur. A cohort that begins after the last of them counts as never
    treated.
    """
    if table.num_rows == 0:
        raise wrong("no_rows", N_("the panel has no row with an outcome"))
    table = table.sort_by([("cluster", "ascending"), ("time", "ascending")])
    times, when = np.unique(table["time"].to_numpy(), return_inverse=True)
    given = table["first_treated"]
    never = given.is_null().to_numpy()
    starts = np.searchsorted(times, given.fill_null(0).to_numpy())
    starts = np.where(never, times.size, starts).astype(np.int64)
    cluster = _codes(table["cluster"])
    joint = cluster * (times.size + 1) + starts
    keys, block = np.unique(joint, return_inverse=True)
    n, total = np.zeros((2, keys.size, times.size))
    np.add.at(n, (block, when), table["n"].to_numpy())
    np.add.at(total, (block, when), table["total"].to_numpy().astype(np.float64))
    return PanelSums(
        n=n,
        total=total / 10.0**decimals,
        size=n.mean(axis=1),
        first_treated=keys % (times.size + 1),
        cluster=keys // (times.size + 1),
    )


def _codes(names: pa.ChunkedArray) -> Whole:
    """Return numbers 0, 1 … in the order in which the names come."""
    return names.combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
