"""The rows behind the counts, with the columns that every check's flags have."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.questions.data.measures.checks import flag_schema
from evenground.questions.data.measures.series.across import Folded
from evenground.questions.data.measures.series.instants import stretches

if TYPE_CHECKING:
    import pyarrow as pa

INT_DIGITS = 1e15


def flag_tables(found: Folded) -> dict[str, pa.Table]:
    """Return the flags of the folded table by check, without those of gaps.

    Names of checks that await what other series show (``constant``, ``leading_zeros``) are kept.
    """
    import pyarrow as pa

    compute: Any = import_module("pyarrow.compute")  # its functions are made when it is loaded

    if "flags" not in found.table.column_names:
        return {}
    lists = found.table["flags"].combine_chunks()
    sensors = found.table["sensor"].combine_chunks().take(compute.list_parent_indices(lists))
    flat = lists.flatten()
    columns = {name: flat.field(name) for name in ("row", "time", "column", "check", "value")}
    table = pa.table(
        {
            "row": columns["row"],
            "sensor": sensors,
            "time": columns["time"].cast(pa.timestamp("us")),
            "column": columns["column"],
            "check": columns["check"],
            "value": as_text(columns["value"]),
        },
        schema=flag_schema(),
    )
    names = compute.unique(columns["check"]).to_pylist()
    return {name: table.filter(compute.equal(table["check"], name)) for name in names}


def as_text(values: pa.Array) -> pa.Array:
    """Return numbers as text: whole ones without a decimal point."""
    import pyarrow as pa

    def said(value: float | None) -> str | None:
        if value is None:
            return None
        return str(int(value)) if value.is_integer() and abs(value) < INT_DIGITS else repr(value)

    return pa.array([said(value) for value in values.to_pylist()], pa.string())


def renamed(table: pa.Table, check: str) -> pa.Table:
    """Return flags under the name of another check."""
    import pyarrow as pa

    at = table.schema.get_field_index("check")
    return table.set_column(at, "check", pa.array([check] * table.num_rows, pa.string()))


def gap_flags(found: Folded) -> pa.Table:
    """Return one flag per missing reading, one cadence after another from the last one there."""
    import pyarrow as pa

    compute: Any = import_module("pyarrow.compute")  # its functions are made when it is loaded

    lists = found.table["gaps"].combine_chunks()
    flat = lists.flatten()
    parent = compute.list_parent_indices(lists)
    every = found.table["cadence"].combine_chunks().take(parent).to_numpy()
    missing = flat.field("n_missing").to_numpy()
    which = np.repeat(np.arange(missing.size), missing)
    step = stretches(np.ones(missing.size, dtype=np.int64), missing)
    time = flat.field("start").to_numpy()[which] + step * every[which]
    nothing: Any = pa.nulls(which.size, pa.string())
    return pa.table(
        {
            "row": pa.nulls(which.size, pa.int64()),
            "sensor": found.table["sensor"].combine_chunks().take(parent).take(pa.array(which)),
            "time": pa.array(time, pa.int64()).cast(pa.timestamp("us")),
            "column": nothing,
            "check": pa.array(["gaps"] * which.size, pa.string()),
            "value": nothing,
        },
        schema=flag_schema(),
    )
