"""One series, looked at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.questions.data.measures.faults.clean import KINDS, clean_network
from evenground.questions.data.measures.series.folded import folded_table
from evenground.questions.data.measures.series.kernels import compiled_passes
from evenground.questions.data.measures.series.rules import ColumnRules, SeriesRules
from evenground.questions.data.measures.series.series import Series, audit_series

NAN = np.nan
MINUTE = 60_000_000
NOTHING = SeriesRules()


def series(values, *, at=None, **more):
    values = np.asarray(values, dtype=np.float64)
    places = np.arange(values.size) if at is None else np.asarray(at)
    return Series(times=places.astype(np.int64) * 5 * MINUTE, values={"v": values}, **more)


def audited(values, *, rules=NOTHING, flags=False, **more):
    return audit_series(series(values, **more), rules=rules, flags=flags)


def clean(days=40, kind="temperature", seed=1):
    network = clean_network(np.random.default_rng(seed), kind=kind, sensors=1, days=days)
    return network.value.copy()


def test_a_clean_series_has_nothing():
    found = audited(clean(), rows=np.arange(40 * 288), flags=True)
    column = found.columns[0]
    assert found.cadence == 5 * MINUTE
    assert (found.n_missing, found.n_exact, found.n_conflicting, found.n_inversions) == (0, 0, 0, 0)
    counted = ("n_null", "n_stuck", "n_zero", "n_out_of_range", "n_sentinels", "n_spikes")
    assert {name: getattr(column, name) for name in counted} == dict.fromkeys(counted, 0)
    assert found.flags == {}
    assert column.flags == {}
    assert column.days.day.size == 40
    assert column.days.n.tolist() == [288] * 40


def test_everything_planted_is_counted():
    values = clean()
    values[1_000:1_030] = values[1_000]
    values[1_030] = values[1_000] + 0.1
    values[3_000] += 30
    values[4_000:4_003] = -999
    values[5_000:5_020] = NAN
    values[6_000:6_040] = 0
    there = np.r_[0:7_000, 7_012 : values.size]
    found = audited(values[there], at=there, flags=True)
    column = found.columns[0]
    assert (found.n_gaps, found.n_missing, found.longest_gap) == (1, 12, 13 * 5 * MINUTE)
    assert found.n_expected == values.size
    assert (column.n_stuck_runs, column.longest_stuck) == (1, 30)
    assert (column.n_spikes, column.n_sentinels, column.n_null) == (1, 3, 20)
    assert (column.n_zero_runs, column.n_zero) == (1, 40)
    where = {check: flagged.time // (5 * MINUTE) for check, flagged in column.flags.items()}
    assert where["spikes"].tolist() == [3_000]
    assert where["sentinels"].tolist() == [4_000, 4_001, 4_002]
    assert where["nulls"].tolist() == list(range(5_000, 5_020))
    assert where["stuck_runs"].tolist() == list(range(1_000, 1_030))


def test_infinite_readings_are_out_of_range_and_nothing_else():
    values = clean()
    plain = audited(values).columns[0]
    values[[100, 200]] = [np.inf, -np.inf]
    column = audited(values, flags=True).columns[0]
    assert (column.n, column.n_null, column.n_out_of_range) == (values.size, 0, 2)
    assert column.flags["out_of_range"].time.tolist() == [100 * 5 * MINUTE, 200 * 5 * MINUTE]
    assert column.high == plain.high


def test_declared_rules_hold():
    column = ColumnRules(low=-5, high=15, max_per_hour=30.0, min_stuck=3, saturates_at=(14.0,))
    rules = SeriesRules(cadence_seconds=300, columns={"v": column})
    values = [1.0, 2, 2, 2, 9, 20, -7, 14.5, 3, 4, 5, 6]
    found = audited(values, rules=rules, flags=True).columns[0]
    assert (found.least, found.most) == (-5, 15)
    assert found.n_out_of_range == 2
    assert (found.n_stuck_runs, found.n_stuck) == (1, 3)
    assert found.n_saturated == 2
    assert found.n_rate == 5
    assert found.flags["rate_of_change"].value.tolist() == [9, 20, -7, 14.5, 3]


def test_a_declared_cadence_makes_gaps_of_a_few_readings():
    rules = SeriesRules(cadence_seconds=300)
    assert audited([1, 2, 3], at=[0, 1, 5]).n_missing is None
    assert audited([1, 2, 3], at=[0, 1, 5], rules=rules).n_missing == 3


def test_a_series_can_take_the_cadence_of_the_others():
    few = series([1, 2, 3], at=[0, 1, 5])
    taken = audit_series(few, rules=NOTHING, every=5 * MINUTE)
    assert (taken.cadence, taken.n_missing) == (5 * MINUTE, 3)
    own = audit_series(series(clean()), rules=NOTHING, every=60 * MINUTE)
    assert own.cadence == 5 * MINUTE, "its own goes first"


def test_nothing_at_all():
    empty = Series(times=np.empty(0, dtype=np.int64), values={"v": np.empty(0)}, n_without_time=3)
    found = audit_series(empty, rules=NOTHING)
    assert (found.n_rows, found.n_without_time, found.first) == (3, 3, None)


def test_one_row_and_no_value():
    found = audited([NAN])
    assert (found.n_instants, found.columns[0].n, found.columns[0].n_null) == (1, 0, 1)
    assert audited([4.0]).columns[0].median == 4.0


def test_all_empty_all_alike_all_infinite():
    for values in ([NAN] * 500, [3.0] * 500, [np.inf] * 500, [0.0] * 500, [-999.0] * 500):
        column = audited(values, flags=True).columns[0]
        assert column.n_stuck_runs is None
        assert column.n_spikes is None


def test_zeros_before_the_first_reading_are_told_apart():
    column = audited([0, 0, 0, 5, 0, 6], flags=True).columns[0]
    assert (column.n_leading_zeros, column.n_zeros) == (3, 1)
    assert column.flags["leading_zeros"].time.size == 3
    assert audited([0, 0, NAN, 0]).columns[0].n_leading_zeros == 3


def test_late_rows_need_a_tolerance():
    at = np.arange(300)
    arrived = at * 5 * MINUTE + MINUTE
    arrived[7] += 60 * MINUTE
    found = audited(clean()[:300], arrived=arrived, flags=True)
    assert (found.n_late, found.lateness_median) == (1, MINUTE)
    assert found.flags["late_arrivals"].time.tolist() == [7 * 5 * MINUTE]
    few = audited([1.0, 2], arrived=arrived[:2])
    assert few.n_late is None
    assert audited([1.0, 2], arrived=arrived[:2], rules=SeriesRules(late_seconds=30)).n_late == 2


def test_values_in_conflict_are_no_part_of_runs_and_spikes():
    values = clean()
    values[1_000:1_020] = values[1_000]
    at = np.append(np.arange(values.size), [1_010, 3_000])
    more = np.append(values, [values[1_010] - 40, values[3_000] - 40])
    column = audited(more, at=at).columns[0]
    assert column.n_stuck_runs == 1
    assert column.n_spikes == 0


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1))
def test_the_order_of_rows_changes_nothing_but_their_order(chance):
    values = clean(days=5, seed=2)
    values[300:330] = values[300]
    values[700] += 40
    at = np.concatenate([np.delete(np.arange(values.size), slice(900, 920)), [50, 50, 60]])
    more = np.concatenate([np.delete(values, slice(900, 920)), [values[50], 3.0, values[60]]])
    order = np.random.default_rng(chance).permutation(at.size)
    straight = audited(more, at=at, flags=True)
    mixed = audited(more[order], at=at[order], flags=True)
    one, other = (folded_table([found], flags=True) for found in (straight, mixed))
    assert one.equals(other)


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e4])
def test_the_unit_is_no_matter(scale):
    values = clean()
    values[1_000:1_030] = values[1_000]
    values[3_000] += 30
    one, other = (audited(v).columns[0] for v in (values, np.round(values * scale, 9)))
    for name in ("n_stuck", "n_spikes", "n_out_of_range", "n_zero", "min_stuck"):
        assert getattr(one, name) == getattr(other, name)


def faulty(kind, seed, days=30):
    rng = np.random.default_rng([seed, list(KINDS).index(kind)])
    values = clean(days=days, kind=kind, seed=seed)
    for start in rng.integers(0, values.size - 60, 12).tolist():
        values[start : start + int(rng.integers(5, 50))] = values[start]
    values[rng.integers(0, values.size, 20)] += rng.normal(0, 40, 20)
    values[rng.integers(0, values.size, 60)] = NAN
    values[rng.integers(0, values.size, 3)] = [np.inf, -999.0, 0.0]
    there = np.flatnonzero(rng.random(values.size) > 0.02)
    again = rng.choice(there, 30)
    at = np.concatenate([there, again])
    more = np.concatenate([values[there], values[again] + rng.choice([0, 1.5], 30)])
    return series(more, at=at, rows=rng.permutation(at.size))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_compiled_loops_find_the_same(kind, seed):
    passes = compiled_passes()
    if passes is None:
        pytest.skip("numba is not installed: there are no compiled loops to compare")
    rows = faulty(kind, seed)
    plain, fast = (
        folded_table([audit_series(rows, rules=NOTHING, flags=True, **more)], flags=True)
        for more in ({}, {"passes": passes})
    )
    assert plain.equals(fast)


def test_threads_do_not_get_into_each_others_way():
    passes = compiled_passes()
    if passes is None:
        pytest.skip("numba is not installed: there are no compiled loops to compare")
    several = [faulty(kind, seed) for kind in KINDS for seed in (1, 2)]
    one_by_one = [audit_series(rows, rules=NOTHING, passes=passes) for rows in several]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(partial(audit_series, rules=NOTHING, passes=passes), several))
    assert folded_table(together).equals(folded_table(one_by_one))


def test_uneven_values_are_sorted_where_they_cannot_be_counted():
    passes = compiled_passes()
    if passes is None:
        pytest.skip("numba is not installed: there are no compiled loops to compare")
    rng = np.random.default_rng(4)
    several = (
        rng.normal(0, 1, 9_000),
        np.where(rng.random(9_000) < 0.01, 1e-7, np.round(rng.normal(0, 1, 9_000), 1)),
        np.round(rng.normal(0, 1e5, 9_000), 2),
        np.full(9_000, -2.5),
    )
    for values in several:
        assert np.array_equal(passes.ordered(values).ascending, np.sort(values))
