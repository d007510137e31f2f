"""The same findings from every engine and on every way: to the last count, and the last digit."""

from __future__ import annotations

from functools import partial

import numpy as np
import pyarrow as pa
import pytest

from evenground.errors import NotFoundError
from evenground.questions.data.measures.faults.clean import clean_network
from evenground.questions.data.measures.faults.planting import (
    missing,
    placeholders,
    plant,
    spikes,
    stuck,
    zero_dropouts,
)
from evenground.questions.data.measures.faults.rows import duplicates, late_arrivals
from evenground.questions.data.measures.series.checks import series_checks
from evenground.questions.data.measures.series.fold import Auditing, series_fold
from evenground.questions.data.measures.series.rules import ColumnRules, SeriesRules
from evenground.questions.data.measures.windowed.audit import windowed_audit
from evenground.questions.data.measures.windowed.moments import microseconds
from evenground.questions.data.measures.windowed.tests.every_kind import differences, table_of
from evenground.stores.engines.asking import run_asking
from evenground.stores.engines.opening import table_in
from evenground.stores.engines.running import run_fold
from evenground.stores.engines.streaming import collected

pytestmark = [
    pytest.mark.parity,
    # Spark leaves closing the sockets that results came through to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
DECLARED = Auditing(
    rules=SeriesRules(
        cadence_seconds=300,
        late_seconds=400,
        columns={
            "a": ColumnRules(low=-5, high=40, max_per_hour=20, min_stuck=4, spike_k=6),
            "b": ColumnRules(saturates_at=(20.0,), max_per_hour=1e-3, low=0),
        },
    )
)


def planted(seed):
    """Return a network with every fault planted, its rows in the order of arrival."""
    rng = np.random.default_rng(seed)
    stream = clean_network(rng, kind="humidity", sensors=6, days=20)
    found = plant(
        stream,
        rng,
        [
            partial(missing, n=12, longest=60),
            partial(stuck, n=12, nulls=0.1),
            partial(zero_dropouts, n=4),
            partial(placeholders, n=6),
            partial(spikes, n=25),
            partial(duplicates, exact=40, conflicting=25),
            partial(late_arrivals, n=30),
        ],
    )
    return found.stream.table()


def as_read(table):
    """Return a table as an audit hands it to the pass: times in microseconds, by the engine."""
    columns = {"time": microseconds(table.time), "arrived": microseconds(table.arrived)}
    return table.select("sensor", "value", **columns)


def counts(folded):
    """Return the count of every check."""
    return {check.name: check.count for check in series_checks(folded, SeriesRules())}


@pytest.mark.parametrize("seed", range(2))
def test_planted_faults_are_counted_alike(duckdb_load, other_load, seed):
    table = planted(seed)
    here, there = (as_read(load("planted", table)) for load in (duckdb_load, other_load))
    expected = run_fold(series_fold(here, ("value",)))
    checks = counts(expected)
    for name in ("duplicates", "gaps", "nulls", "stuck_runs", "zero_runs", "sentinels", "spikes"):
        assert checks[name] > 0, name
    assert checks["order_inversions"] is None
    ways = {
        "windows": run_asking(windowed_audit(there, ("value",)), there.get_backend()),
        "stream": run_fold(series_fold(there, ("value",))),
        "windows in DuckDB": run_asking(windowed_audit(here, ("value",)), here.get_backend()),
    }
    for way, found in ways.items():
        assert differences(expected, found.sort_by("sensor")) == [], way
        assert counts(found) == checks


@pytest.mark.parametrize("rules", [Auditing(), DECLARED], ids=["nothing declared", "declared"])
@pytest.mark.parametrize("seed", range(20, 22))
def test_series_of_every_kind_give_the_same_row(duckdb_load, other_load, seed, rules):
    table = table_of(seed, n=600).drop_columns("row")
    here, there = (load("every_kind", table) for load in (duckdb_load, other_load))
    expected = run_fold(series_fold(here, ("a", "b"), auditing=rules))
    found = run_asking(windowed_audit(there, ("a", "b"), auditing=rules), there.get_backend())
    assert differences(expected, found) == []
    streamed = run_fold(series_fold(there, ("a", "b"), auditing=rules)).sort_by("sensor")
    assert differences(expected, streamed) == []


@pytest.mark.parametrize("seed", range(30, 42))
def test_arrays_windows_and_streams_of_duckdb_give_the_same_row(duckdb_load, seed):
    over = duckdb_load("every_kind", table_of(seed))
    fold = series_fold(over, ("a", "b"))
    expected = run_fold(fold, fast=False)
    assert differences(expected, run_fold(fold, fast=True, working_bytes=100_000)) == []
    found = run_asking(windowed_audit(over, ("a", "b")), over.get_backend())
    assert differences(expected, found) == []


def test_a_database_with_numbered_rows_tells_their_order(duckdb_load, postgres_load):
    table = table_of(7, n=300)
    here, there = (load("numbered", table) for load in (duckdb_load, postgres_load))
    expected = run_fold(series_fold(here, ("a", "b")))
    found = run_asking(windowed_audit(there, ("a", "b")), there.get_backend())
    assert differences(expected, found) == []
    assert sum(found["n_inversions"].to_pylist()) > 0


MOMENTS = [
    "2024-03-31 02:30:00.000001", "1969-12-31 23:59:59.999999", "1583-01-01 00:00:00",
    "9999-12-31 23:59:59.999999", "2024-02-29 12:00:00.5", None,
]  # fmt: skip


def test_moments_are_the_same_whole_microseconds(duckdb_load, other_load):
    written = pa.array(MOMENTS).cast(pa.timestamp("us"))
    table = pa.table(
        {
            "n": range(len(MOMENTS)),
            "naive": written,
            "utc": written.cast(pa.timestamp("us", "UTC")),
            "day": written.cast(pa.date32(), safe=False),
        }
    )
    expected = written.cast(pa.int64()).to_pylist()
    for load in (duckdb_load, other_load):
        moments = load("moments", table)
        found = collected(
            moments.select("n", **{c: microseconds(moments[c]) for c in ("naive", "utc", "day")})
        ).sort_by("n")
        assert found["naive"].to_pylist() == expected
        assert found["utc"].to_pylist() == expected
        days = [m if m is None else m // 86_400_000_000 * 86_400_000_000 for m in expected]
        assert found["day"].to_pylist() == days


def test_what_is_streamed_reads_back_as_it_was_written(other_load):
    table = pa.table(
        {
            "n": list(range(6)),
            "x": [0.1, -0.0, 1e-300, 1.7976931348623157e308, float("inf"), None],
            "text": ['a,"b"\nc', "", " ", "NULL", "ü€", None],
            "flag": [True, False, None, True, False, True],
        }
    )
    found = collected(other_load("written", table)).sort_by("n")
    assert found.to_pylist() == table.to_pylist()
    assert collected(other_load("written", table.slice(0, 0))).num_rows == 0


def test_a_reading_session_changes_nothing(postgres_load):
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: make bench-ready")
    connection = postgres_load("kept", pa.table({"n": [1]})).get_backend()
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        connection.raw_sql("DELETE FROM kept")
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        connection.raw_sql("CREATE TABLE other (n int)")


def test_a_table_that_a_server_lacks_is_named_with_the_nearest(postgres_load):
    connection = postgres_load("readings", pa.table({"n": [1]})).get_backend()
    assert collected(table_in(connection, "public.readings")).num_rows == 1
    with pytest.raises(NotFoundError) as raised:
        table_in(connection, "reading")
    assert raised.value.problems[0].nearest == "readings"


@pytest.mark.parametrize("engine", ["postgres", "spark"])
def test_a_lazy_table_is_read_when_it_is_audited(request, engine):
    """A check that never runs finds nothing, and says so as if it had looked."""
    load = request.getfixturevalue(f"{engine}_load")
    readings = load("lazy", table_of(8, n=200).drop_columns("row"))
    lazy = readings.filter(readings.sensor != "S00").mutate(a=readings.a * 0 + 3)
    found = run_asking(windowed_audit(lazy, ("a",)), lazy.get_backend())
    assert "S00" not in found["sensor"].to_pylist()
    lows = {entry["low"] for row in found["values"].to_pylist() for entry in row}
    assert lows <= {3.0, None}
    assert 3.0 in lows
