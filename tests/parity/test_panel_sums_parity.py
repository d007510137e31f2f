"""Sums of a panel, and the effects that follow, are the same bytes from every engine."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from evenground.questions.promise.measures.large_panels.expressions import (
    PanelColumns,
    panel_sums_expression,
    read_panel_sums,
)
from evenground.questions.promise.measures.staggered.aggregates import aggregated_effects
from evenground.questions.promise.measures.staggered.did_regression import did_regression
from evenground.questions.promise.measures.staggered.event_study import event_study
from evenground.questions.promise.measures.staggered.group_time import callaway_santanna
from evenground.stores.engines.streaming import collected

pytestmark = [
    pytest.mark.parity,
    # Spark leaves closing the sockets that results came through to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
COLUMNS = PanelColumns(cluster="district", first_treated="since", time="month", outcome="y")
KEYS = [("cluster", "ascending"), ("first_treated", "ascending"), ("time", "ascending")]


def rows(seed, *, n=4_000, text=True):
    """Return rows with outcomes missing and not a number, halves, and units never treated."""
    rng = np.random.default_rng(seed)
    district = rng.integers(0, 25, n)
    since = np.array([2003, 2004, -1])[district % 3]
    outcome = rng.normal(0, 1e4, n)
    outcome[rng.choice(n, n // 10, replace=False)] = np.round(outcome[: n // 10]) + 0.5
    outcome[rng.choice(n, 30, replace=False)] = np.nan
    return pa.table(
        {
            "district": [f"Bezirk {d:02d} ü" for d in district] if text else district,
            "since": pa.array(since, pa.int64(), mask=since < 0),
            "month": pa.array(rng.integers(2000, 2007, n), pa.int64()),
            "y": pa.array(outcome, pa.float64(), mask=rng.uniform(size=n) < 0.03),
        }
    )


def told(lazy, *, decimals):
    """Return the sums in an order of their own, and everything that follows from them as bytes."""
    found = collected(panel_sums_expression(lazy, COLUMNS, decimals=decimals)).sort_by(KEYS)
    sums = read_panel_sums(found, decimals=decimals)
    effects = callaway_santanna(sums)
    study, simple = event_study(sums), aggregated_effects(effects, "simple")
    one = did_regression(sums)
    numbers = [
        sums.n, sums.total, sums.first_treated, sums.cluster, effects.effect, effects.influence,
        study.betas, study.covariance, np.array([simple.overall, one.effect, one.standard_error]),
    ]  # fmt: skip
    return found, b"".join(np.ascontiguousarray(values).tobytes() for values in numbers)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(("decimals", "text"), [(0, True), (2, True), (6, False)])
def test_sums_and_effects_are_the_same_bytes(duckdb_load, other_load, seed, decimals, text):
    table = rows(seed, text=text)
    shuffled = table.take(np.random.default_rng(seed + 50).permutation(table.num_rows))
    expected, effects = told(duckdb_load("panel", table), decimals=decimals)
    assert expected["n"].to_numpy().sum() < table.num_rows
    assert expected.schema.types == [
        pa.string() if text else pa.int64(), pa.int64(), pa.int64(), pa.int64(), pa.int64()
    ]  # fmt: skip
    for load in (duckdb_load, other_load):
        found, again = told(load("shuffled", shuffled), decimals=decimals)
        assert found.equals(expected)
        assert again == effects


def test_halves_round_up_on_every_engine(duckdb_load, other_load):
    values = [0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.49999999999999994, 1e-300, -0.0]
    table = pa.table(
        {
            "district": [f"{i}" for i in range(len(values))],
            "since": pa.array([None] * len(values), pa.int64()),
            "month": pa.array([1] * len(values), pa.int64()),
            "y": values,
        }
    )
    expected = None
    for load in (duckdb_load, other_load):
        found = collected(panel_sums_expression(load("halves", table), COLUMNS, decimals=0))
        totals = found.sort_by(KEYS)["total"].to_pylist()
        expected = expected or totals
        assert totals == expected
    assert expected[:6] == [1, 2, 3, 0, -1, -2]
