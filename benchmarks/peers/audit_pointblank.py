"""Pointblank on Polars: nulls, ranges, repeated rows; gaps, order and delay as expressions."""

from __future__ import annotations

import sys
import warnings

from audit_measuring import measured, work

try:
    import pointblank as pb
    import polars as pl
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
todo = work()
KEPT = {"gaps", "order_inversions", "late_arrivals"}


def told(table: pl.DataFrame) -> pl.DataFrame:
    """Return the table with what Pointblank has no check for."""
    step = pl.col("time").sort().diff().over("sensor", mapping_strategy="group_to_rows")
    return table.with_columns(
        gap=step >= pl.duration(seconds=450),
        earlier=pl.col("time") < pl.col("time").shift(1).over("sensor"),
        late=pl.col("arrived") - pl.col("time") > pl.duration(minutes=15),
    )


def audit() -> dict[str, int]:
    """Interrogate, and say how many rows failed each step."""
    plan = pb.Validate(data=told(pl.read_parquet(todo["path"])))
    plan = plan.rows_distinct(columns_subset=["sensor", "time"])
    plan = plan.col_vals_not_null(columns=todo["values"])
    plan = plan.col_vals_between(columns=todo["values"], left=-50, right=500, na_pass=True)
    for name in ("gap", "earlier", "late"):
        plan = plan.col_vals_expr(expr=~pl.col(name).fill_null(value=False))
    done = plan.interrogate(collect_extracts=False)
    return {str(step): int(n) for step, n in done.n_failed().items()}


measured(audit, rounds=todo["rounds"])
