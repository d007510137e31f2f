"""pandera on Polars: a schema of columns, and checks on the table as Polars expressions.

The table is read as a whole: on a lazy frame pandera looks at the schema and leaves out every check
on values. It knows no check of gaps, runs or spikes; gaps and order are given to it as expressions.
"""

from __future__ import annotations

import sys
import warnings

from audit_measuring import measured, work

try:
    import pandera.polars as pa
    import polars as pl
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
todo = work()


def steps(data: pa.PolarsData) -> pl.LazyFrame:
    """Say of each row whether it follows the one before within the cadence."""
    step = pl.col("time").sort().diff().over("sensor", mapping_strategy="group_to_rows")
    return data.lazyframe.select((step < pl.duration(seconds=450)).fill_null(value=True))


def in_order(data: pa.PolarsData) -> pl.LazyFrame:
    """Say of each row whether it is no earlier than the sensor's row before."""
    earlier = pl.col("time") < pl.col("time").shift(1).over("sensor")
    return data.lazyframe.select(~earlier.fill_null(value=False))


def in_time(data: pa.PolarsData) -> pl.LazyFrame:
    """Say of each row whether it arrived in time."""
    return data.lazyframe.select(pl.col("arrived") - pl.col("time") <= pl.duration(minutes=15))


SCHEMA = pa.DataFrameSchema(
    {
        "sensor": pa.Column(pl.String),
        "time": pa.Column(pl.Datetime("us")),
        "arrived": pa.Column(pl.Datetime("us")),
        **{
            name: pa.Column(pl.Float64, pa.Check.in_range(-50, 500), nullable=False)
            for name in todo["values"]
        },
    },
    checks=[pa.Check(check, name=check.__name__) for check in (steps, in_order, in_time)],
    unique=["sensor", "time"],
)


def audit() -> dict[str, int]:
    """Validate, and say how many failures each check gave."""
    try:
        SCHEMA.validate(pl.read_parquet(todo["path"]), lazy=True)
    except pa.errors.SchemaErrors as errors:
        counted = errors.failure_cases.group_by("check").len()
        return {str(check): int(n) for check, n in counted.iter_rows()}
    return {}


measured(audit, rounds=todo["rounds"])
