"""What columns hold is told alike by every engine."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from evenground.questions.data.measures.columns.profile import columns_of, profile
from evenground.stores.engines.streaming import collected

pytestmark = [
    pytest.mark.parity,
    # Spark leaves closing the sockets that results came through to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
TEXTS = (
    "12", "007", "-3.5", "1,5", "1.234,50", "$ 1,200.00", "2024-03-31", "31/12/2023", "12/31/2023",
    "2024-03-31 02:30:00", "2024-03-31T02:30:00Z", "n/a", "", " ", "Caf\u00c3\u00a9", "yes",
    "Broadway", None,
)  # fmt: skip


def table_of(seed, n=400, ends=(0.0, 1.0, 100.0)):
    """Return columns of every kind that all three engines can store."""
    rng = np.random.default_rng(seed)
    numbers = np.round(rng.normal(0, 60, n), 1)
    numbers[: len(ends)] = ends
    moments = rng.integers(-(10**15), 2 * 10**15, n)
    return pa.table(
        {
            "text": [TEXTS[i] for i in rng.integers(0, len(TEXTS), n)],
            "number": pa.array(numbers, mask=rng.random(n) < 0.1),
            "whole": pa.array(rng.integers(-2, 102, n), mask=rng.random(n) < 0.1),
            "flag": pa.array(rng.random(n) < 0.3, mask=rng.random(n) < 0.1),
            "moment": pa.array(moments, pa.int64()).cast(pa.timestamp("us")),
            "day": pa.array(moments // 86_400_000_000, pa.int32()).cast(pa.date32()),
            "nothing": pa.nulls(n, pa.float64()),
        }
    )


def profiled(table):
    plan = profile(table)
    return columns_of(plan, [collected(asked) for asked in plan.tables])


@pytest.mark.parametrize("seed", range(2))
def test_columns_are_profiled_alike(duckdb_load, other_load, seed):
    table = table_of(seed)
    expected = profiled(duckdb_load("columns", table))
    assert {column.name for column in expected} == set(table.column_names)
    assert profiled(other_load("columns", table)) == expected


ON_SPARK = pytest.mark.xfail(reason="to Ibis 12 no number is infinite on Spark (isinf)")


@pytest.mark.parametrize("engine", ["postgres", pytest.param("spark", marks=ON_SPARK)])
def test_infinite_numbers_are_counted_alike(request, duckdb_load, engine):
    table = table_of(3, n=40, ends=(np.inf, -np.inf, 1.0)).select(["number"])
    expected = profiled(duckdb_load("columns", table))
    assert expected[0].n_infinite > 0
    assert profiled(request.getfixturevalue(f"{engine}_load")("columns", table)) == expected
