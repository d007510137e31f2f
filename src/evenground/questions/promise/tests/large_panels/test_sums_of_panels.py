"""Sums of a panel: the same estimates as from units, in any order, from rows or from a database."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.promise.measures.large_panels.expressions import (
    PanelColumns,
    panel_sums_expression,
    read_panel_sums,
)
from evenground.questions.promise.measures.large_panels.panel_sums import panel_sums, sums_of
from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.staggered.aggregates import aggregated_effects
from evenground.questions.promise.measures.staggered.did_regression import (
    did_regression,
    wild_cluster_bootstrap,
)
from evenground.questions.promise.measures.staggered.event_study import event_study
from evenground.questions.promise.measures.staggered.group_time import callaway_santanna
from evenground.questions.promise.measures.staggered.imputation import imputed_effects
from evenground.stores.engines.opening import duckdb_connection
from evenground.stores.engines.streaming import collected

COLUMNS = PanelColumns(cluster="district", first_treated="since", time="month", outcome="y")


def units(seed, *, n_units=60, n_times=6, n_clusters=12):
    """Return a balanced panel, its units' clusters, and the same as shuffled rows."""
    rng = np.random.default_rng(seed)
    starts = rng.choice([2, 3, n_times], n_units)
    starts[:3] = [2, 3, n_times]
    outcomes = np.round(rng.normal(10, 2, (n_units, n_times)), 2)
    clusters = rng.integers(0, n_clusters, n_units)
    clusters[:n_clusters] = np.arange(n_clusters)
    order = rng.permutation(n_units * n_times)
    unit, time = np.divmod(order, n_times)
    rows = {
        "cluster": clusters[unit], "first_treated": starts[unit], "time": time,
        "outcome": outcomes.ravel()[order],
    }  # fmt: skip
    return panel(outcomes, starts), clusters, rows


def summed(rows, **how):
    return panel_sums(
        rows["cluster"], rows["first_treated"], time=rows["time"], outcome=rows["outcome"], **how
    )


def test_sums_by_hand():
    found = panel_sums(
        ["b", "a", "a", "b", "a"], [1, 2, 2, 1, 2], time=[0, 0, 1, 1, 0],
        outcome=[1.0, 2.0, 3.0, 4.0, 5.0],
    )  # fmt: skip
    assert found.n.tolist() == [[2, 1], [1, 1]]
    assert found.total.tolist() == [[7, 3], [1, 4]]
    assert found.first_treated.tolist() == [2, 1]
    assert found.cluster.tolist() == [0, 1]
    assert found.size.tolist() == [1.5, 1]
    assert found.cohorts.tolist() == [1]
    assert not found.balanced


@settings(max_examples=15)
@given(st.integers(0, 1_000))
def test_estimates_from_sums_are_those_from_units(seed):
    data, clusters, rows = units(seed)
    sums = summed(rows)
    assert sums.n_blocks < data.n_units
    assert sums.balanced
    one, two = did_regression(data, clusters=clusters), did_regression(sums)
    assert two.effect == pytest.approx(one.effect, abs=1e-10)
    first, second = callaway_santanna(data, clusters=clusters), callaway_santanna(sums)
    assert second.effect == pytest.approx(first.effect, abs=1e-10)
    assert second.standard_error == pytest.approx(first.standard_error, abs=1e-10)
    for kind in ("simple", "dynamic", "group", "calendar"):
        told = [aggregated_effects(found, kind) for found in (first, second)]
        assert told[1].overall == pytest.approx(told[0].overall, abs=1e-10)
        errors = [each.overall_standard_error for each in told]
        assert errors[1] == pytest.approx(errors[0], abs=1e-10)
    study, other = event_study(data, clusters=clusters), event_study(sums)
    assert other.betas == pytest.approx(study.betas, abs=1e-10)
    assert imputed_effects(sums).overall == pytest.approx(
        imputed_effects(data, clusters=clusters).overall, abs=1e-10
    )


@pytest.mark.parametrize("seed", range(3))
def test_errors_by_cluster_from_sums_are_those_from_units(seed):
    """A block has one effect where its units have one each: parameters nested in clusters alike."""
    data, clusters, rows = units(seed)
    sums = summed(rows)
    one, two = did_regression(data, clusters=clusters), did_regression(sums)
    assert two.standard_error == pytest.approx(one.standard_error, rel=1e-9)
    study, other = event_study(data, clusters=clusters), event_study(sums)
    assert other.covariance == pytest.approx(study.covariance, rel=1e-8, abs=1e-12)
    wild, again = wild_cluster_bootstrap(data, clusters=clusters), wild_cluster_bootstrap(sums)
    assert (again.p, again.enumerated) == (wild.p, True)
    assert again.low == pytest.approx(wild.low, abs=1e-9)


def test_order_and_names_play_no_part():
    _, _, rows = units(1)
    order = np.random.default_rng(9).permutation(rows["time"].size)
    plain = summed(rows)
    shuffled = summed({name: values[order] for name, values in rows.items()})
    assert shuffled.n.tolist() == plain.n.tolist()
    assert shuffled.total == pytest.approx(plain.total, abs=1e-9)
    named = summed({**rows, "cluster": np.array([f"d{c:03d}" for c in rows["cluster"]])})
    assert named.total.tolist() == plain.total.tolist()
    sparse = summed({**rows, "cluster": rows["cluster"] * 10**12})
    assert sparse.total.tolist() == plain.total.tolist()
    longer = summed(rows, n_times=8)
    assert longer.n[:, 6:].sum() == 0


def test_units_as_sums():
    data, clusters, _ = units(2)
    seen = np.ones(data.outcomes.shape, bool)
    seen[0, 0] = False
    found = sums_of(data, clusters=clusters, observed=seen)
    assert found.n[0].tolist() == [0, 1, 1, 1, 1, 1]
    assert found.total[0, 0] == 0
    assert sums_of(found) is found
    with pytest.raises(UsageError):
        sums_of(found, clusters=clusters)
    with pytest.raises(UsageError):
        sums_of(data, observed=np.ones((2, 2), bool))
    with pytest.raises(UsageError):
        sums_of(data, clusters=[1, 2])
    seen[1] = False
    with pytest.raises(UsageError) as raised:
        sums_of(data, observed=seen)
    assert raised.value.problems[0].code == "never_observed"


@pytest.mark.parametrize(
    "changed",
    [
        {"outcome": [1.0, np.nan]}, {"time": [0.5, 1]}, {"time": [-1, 0]}, {"first_treated": [1]},
        {"time": [0, 5]}, {"first_treated": [-1, 0]},
    ],
)  # fmt: skip
def test_rows_that_do_not_fit_are_refused(changed):
    rows = {"cluster": [1, 2], "first_treated": [1, 2], "time": [0, 1], "outcome": [1.0, 2.0]}
    with pytest.raises(UsageError):
        summed({**rows, **changed}, n_times=2)


def table_of(rows, *, never=6):
    """Return rows as an Arrow table: no first time for never, and some without an outcome."""
    since = pa.array([None if s >= never else int(s) + 2000 for s in rows["first_treated"]])
    y = [None if i % 17 == 0 else float(v) for i, v in enumerate(rows["outcome"])]
    y[1] = float("nan")
    return pa.table(
        {
            "district": [f"d{c:02d}" for c in rows["cluster"]],
            "since": since.cast(pa.int64()),
            "month": pa.array(rows["time"] + 2000, pa.int64()),
            "y": pa.array(y, pa.float64()),
        }
    )


@pytest.mark.parametrize("seed", range(2))
def test_a_database_gives_the_same_sums(seed):
    _, _, rows = units(seed)
    table = table_of(rows)
    with duckdb_connection() as connection:
        lazy = connection.create_table("rows", table)
        found = collected(panel_sums_expression(lazy, COLUMNS, decimals=2))
    sums = read_panel_sums(found, decimals=2)
    kept = np.array([v is not None and v == v for v in table["y"].to_pylist()])  # noqa: PLR0124
    plain = summed({name: values[kept] for name, values in rows.items()})
    assert sums.n.tolist() == plain.n.tolist()
    assert sums.total == pytest.approx(plain.total, abs=1e-9)
    assert sums.first_treated.tolist() == plain.first_treated.tolist()
    assert sums.cluster.tolist() == plain.cluster.tolist()
    one, two = callaway_santanna(plain), callaway_santanna(sums)
    assert two.effect == pytest.approx(one.effect, abs=1e-9)


def test_halves_are_rounded_up_in_either_direction():
    rows = pa.table({"district": ["a"] * 3, "since": pa.array([None] * 3, pa.int64()),
                     "month": [1, 1, 1], "y": [0.5, 1.5, -0.5]})  # fmt: skip
    with duckdb_connection() as connection:
        lazy = connection.create_table("rows", rows)
        found = collected(panel_sums_expression(lazy, COLUMNS, decimals=0))
    assert found["total"].to_pylist() == [1 + 2 + 0]


def test_sums_that_cannot_be_are_refused():
    with duckdb_connection() as connection:
        lazy = connection.create_table("rows", table_of(units(1)[2]))
        with pytest.raises(UsageError):
            panel_sums_expression(lazy, COLUMNS, decimals=13)
        empty = collected(panel_sums_expression(lazy.filter(lazy.month < 0), COLUMNS, decimals=1))
    with pytest.raises(UsageError) as raised:
        read_panel_sums(empty, decimals=1)
    assert raised.value.problems[0].code == "no_rows"
