"""Asked of the engine or looked at as a whole, a series gives the same row to the last digit."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from evenground.errors import UsageError
from evenground.questions.data.measures.series.fold import Auditing, series_fold
from evenground.questions.data.measures.series.rules import ColumnRules, SeriesRules
from evenground.questions.data.measures.windowed.audit import windowed_audit
from evenground.questions.data.measures.windowed.tests.every_kind import differences, table_of
from evenground.stores.engines.asking import run_asking
from evenground.stores.engines.running import run_fold

RULES = {
    "nothing declared": Auditing(),
    "another series' cadence": Auditing(every=300_000_000),
    "all declared": Auditing(
        rules=SeriesRules(
            cadence_seconds=300,
            late_seconds=400,
            columns={
                "a": ColumnRules(low=-5, high=40, max_per_hour=20, min_stuck=4, spike_k=6),
                "b": ColumnRules(saturates_at=(20.0,), max_per_hour=1e-3, low=0),
            },
        )
    ),
}


@pytest.mark.parametrize("rules", RULES, ids=str)
@pytest.mark.parametrize("seed", range(4))
def test_windows_and_arrays_give_the_same_table(duck, seed, rules):
    auditing = RULES[rules]
    over = duck.create_table("readings", table_of(seed, n=500), overwrite=True)
    expected = run_fold(series_fold(over, ("a", "b"), auditing=auditing), fast=False)
    found = run_asking(windowed_audit(over, ("a", "b"), auditing=auditing), duck)
    assert differences(expected, found) == []
    assert found.num_rows == expected.num_rows


@pytest.mark.parametrize("left_out", [("row",), ("arrived",), ("row", "arrived", "b"), ("a", "b")])
def test_columns_that_are_not_there_are_not_established(duck, left_out):
    over = duck.create_table("readings", table_of(11, n=300).drop_columns(left_out), overwrite=True)
    values = tuple(name for name in ("a", "b") if name not in left_out)
    expected = run_fold(series_fold(over, values), fast=False)
    found = run_asking(windowed_audit(over, values), duck)
    assert differences(expected, found) == []
    assert (found["n_inversions"].null_count == found.num_rows) == ("row" in left_out)
    assert (found["n_late"].null_count == found.num_rows) == ("arrived" in left_out)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_next_to_no_rows(duck, n):
    table = table_of(3, n=40).slice(0, n)
    over = duck.create_table("readings", table, overwrite=True)
    found = run_asking(windowed_audit(over, ("a", "b")), duck)
    if n:
        assert differences(run_fold(series_fold(over, ("a", "b")), fast=False), found) == []
    assert sum(found["n_rows"].to_pylist()) == n


def test_rows_without_sensor_time_or_value(duck):
    table = table_of(4, n=60)
    empty = [pa.nulls(table.num_rows, table.schema.field(i).type) for i in range(table.num_columns)]
    for name in ("sensor", "time", "a"):
        place = table.schema.get_field_index(name)
        over = duck.create_table(
            "readings", table.set_column(place, name, empty[place]), overwrite=True
        )
        expected = run_fold(series_fold(over, ("a", "b")), fast=False)
        found = run_asking(windowed_audit(over, ("a", "b")), duck)
        assert differences(expected, found) == []


def test_the_order_of_rows_and_columns_changes_nothing_but_the_order_of_rows(duck):
    table = table_of(5, n=300).drop_columns("row")
    mixed = table.take(pa.array(np.random.default_rng(1).permutation(table.num_rows)))
    mixed = mixed.select(sorted(table.column_names, reverse=True))
    found = [
        run_asking(
            windowed_audit(duck.create_table("readings", t, overwrite=True), ("a", "b")), duck
        )
        for t in (table, mixed)
    ]
    assert found[0].equals(found[1])


@pytest.mark.parametrize("how", ["windows", "arrays", "stream"])
def test_a_lazy_table_is_read_when_it_is_audited_and_not_before(duck, how):
    """A check that never runs finds nothing, and says so as if it had looked."""
    table = table_of(6, n=300)

    def audited(over):
        if how == "windows":
            return run_asking(windowed_audit(over, ("a",)), duck)
        return run_fold(series_fold(over, ("a",)), fast=how == "arrays")

    readings = duck.create_table("readings", table, overwrite=True)
    lazy = readings.filter(readings.sensor != "S00").mutate(a=readings.a * 2)
    duck.raw_sql("INSERT INTO readings SELECT * FROM readings")
    found = audited(lazy)
    eager = duck.create_table("eager", pa.concat_tables([table, table]), overwrite=True)
    expected = audited(eager.filter(eager.sensor != "S00").mutate(a=eager.a * 2))
    assert found.equals(expected)
    assert "S00" not in found["sensor"].to_pylist()
    assert sum(found["n_exact"].to_pylist()) >= found["n_instants"].to_numpy().sum()
    broken = readings.mutate(a=readings.sensor.cast("float64"))
    with pytest.raises(duckdb.ConversionException, match="S0"):
        audited(broken)


def test_rows_behind_counts_are_not_asked_of_an_engine(duck):
    over = duck.create_table("readings", table_of(1, n=20), overwrite=True)
    with pytest.raises(UsageError):
        run_asking(windowed_audit(over, ("a",), auditing=Auditing(flags=True)), duck)
