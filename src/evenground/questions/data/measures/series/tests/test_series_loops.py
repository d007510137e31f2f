"""The loops as plain Python do what NumPy does, numba or not."""

from __future__ import annotations

import math

import numpy as np
import pytest

from evenground.questions.data.measures.series import kernels
from evenground.questions.data.measures.series.daily import day_ends
from evenground.questions.data.measures.series.instants import (
    finite,
    inversions,
    lateness,
    without,
)
from evenground.questions.data.measures.series.kernels import Passes, passes_for, passes_with
from evenground.questions.data.measures.series.runs import Clear, equal_runs
from evenground.questions.data.measures.series.spikes import (
    at_ranks,
    departures,
    standardised,
    typical,
)
from evenground.questions.data.measures.series.spread import smallest_step

EVERY = 300_000_000


@pytest.fixture
def plain(monkeypatch) -> Passes:
    """Return the loops as they stand, for short arrays too."""
    monkeypatch.setattr(kernels, "SHORT", 1)
    return passes_with()


@pytest.fixture(params=["coarse", "fine", "heavy", "short"])
def clear(request) -> Clear:
    rng = np.random.default_rng(5)
    n = 40 if request.param == "short" else 700
    values = {
        "coarse": np.round(rng.normal(3, 1, n)),
        "fine": rng.normal(0, 1, n),
        "heavy": np.round(rng.standard_t(3, n), 1),
        "short": np.round(rng.normal(3, 1, n), 1),
    }[request.param]
    at = np.sort(rng.choice(2 * n, n, replace=False)) if request.param == "heavy" else np.arange(n)
    return Clear(at * EVERY, values)


def test_sorting(plain, clear):
    assert plain.ordered(clear.values).ascending.tolist() == np.sort(clear.values).tolist()


def test_ranks(plain, clear):
    size = np.abs(clear.values)
    for ranks in ([0, size.size - 1], [size.size // 2, size.size // 2 + 1], [7, 7]):
        assert plain.at_ranks(size, ranks) == at_ranks(size, ranks)


def test_runs(plain, clear):
    for pause in (EVERY, 3 * EVERY):
        one = plain.equal_runs(clear.times, clear.values, pause)
        other = equal_runs(clear.times, clear.values, pause)
        assert [list(part) for part in one[:2]] == [list(part) for part in other[:2]]
        assert one[2] == other[2]


def test_departures_and_scales(plain, clear):
    one, other = (how(clear, every=EVERY) for how in (plain.departures, departures))
    for mine, theirs in zip(one, other, strict=True):
        assert mine.tolist() == theirs.tolist()
    kept = np.delete(np.arange(2, clear.values.size - 2), other.far - 2)
    assert other.places(np.arange(other.off.size)).tolist() == kept.tolist()
    usual = typical(other.off, resolution=math.nan)
    one, other = (how(other.off, usual) for how in (plain.standardised, standardised))
    assert one.large.tolist() == other.large.tolist()
    assert one.z.tolist() == other.z.tolist()
    assert repr(one.sides) == repr(other.sides), "nothing equals nothing here"


def test_sides_with_few_distances(plain):
    off = np.concatenate([np.linspace(0.5, 3, 400), [-1.0, -2.0]])
    usual = typical(off, resolution=math.nan)
    one, other = (how(off, usual).sides for how in (plain.standardised, standardised))
    assert repr(one) == repr(other)
    assert (one[0].n, one[1].n) == (400, 2)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("sizes", [[10] * 4, [1, 20, 0, 19], [40]])
def test_days(plain, sizes, seed):
    n = np.array(sizes)
    fine = np.random.default_rng(seed).normal(0, 2, int(n.sum()))
    for values in (fine, np.round(fine, 1), np.round(fine), np.where(fine > 1, 6e3, fine.round(1))):
        found = plain.day_ends(plain.ordered(values), values, n)
        assert repr([one.tolist() for one in found]) == repr(
            [one.tolist() for one in day_ends(values, n)]
        )
        assert plain.smallest_step(np.sort(values), 0.0) == smallest_step(np.sort(values), 0.0)


@pytest.mark.parametrize("seed", range(3))
def test_finite_readings(plain, seed):
    rng = np.random.default_rng(seed)
    times, values = np.arange(60) * EVERY, rng.normal(0, 1, 60)
    for odd in ([], [np.nan], [np.nan, np.inf, -np.inf]):
        values[rng.choice(60, len(odd), replace=False)] = odd
        one, other = (how(times, values) for how in (plain.finite, finite))
        assert (one.places() is None) is (not odd)
        for mine, theirs in zip(one, other, strict=True):
            assert mine.tolist() == theirs.tolist()


@pytest.mark.parametrize("share", [0.0, 0.001, 0.2, 1.0])
@pytest.mark.parametrize("seed", range(3))
def test_rows_out_of_order_and_late(plain, share, seed):
    rng = np.random.default_rng(seed)
    n = 3_000
    rows = np.argsort(np.arange(n) + np.where(rng.random(n) < share, rng.random(n) * 200, 0))
    times = np.arange(n) * EVERY
    assert inversions(times, rows, plain.inversions).tolist() == inversions(times, rows).tolist()
    arrived = times + (rng.exponential(1e7, n) - 1e6).astype(np.int64) * (
        1 + 500 * (rows < n * share)
    )
    one, other = (how(times, arrived, None, tolerance=10**8) for how in (plain.lateness, lateness))
    assert one.late.tolist() == other.late.tolist()
    assert one[1:] == other[1:]
    known = rng.random(n) < 0.5
    one, other = (how(times, arrived, known, tolerance=0) for how in (plain.lateness, lateness))
    assert one.late.tolist() == other.late.tolist()


def test_times_of_arrival_beyond_all_reason(plain):
    arrived = np.array([-(2**62), 5, 2**61, 2**61 + 1])
    one, other = (
        how(np.zeros(4, np.int64), arrived, None, tolerance=9) for how in (plain.lateness, lateness)
    )
    assert one[1:] == other[1:]


@pytest.mark.parametrize("places", [[], [0], [1, 2, 999], list(range(0, 1_000, 3))])
def test_rows_left_out(plain, places):
    for values in (np.arange(1_000), np.random.default_rng(1).normal(0, 1, 1_000)):
        at = np.array(places, dtype=np.int64)
        assert plain.without(0, values, at).tolist() == without(0, values, at).tolist()


def test_a_small_table_does_not_wait_for_a_compiler():
    assert passes_for(1_000_000) is kernels.PLAIN


def test_without_numba_all_is_plain(monkeypatch):
    kernels.compiled_passes.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "numba", None)
    assert passes_for(10**9) is kernels.PLAIN
    kernels.compiled_passes.cache_clear()


def test_where_nothing_can_be_kept_loops_are_compiled_all_the_same():
    asked = []

    def njit(**how):
        asked.append(how)
        if how.get("cache"):
            raise RuntimeError("no locator available")
        return lambda loop: loop

    assert kernels._kept(njit, len) is len
    assert asked == [
        {"nogil": True, "error_model": "numpy", "cache": True},
        {"nogil": True, "error_model": "numpy"},
    ]


def test_room_is_kept_for_usual_series_only():
    room = kernels._Room()
    assert room.of("a", 10) is not None
    assert "a" in room.held
    room.of("b", kernels.KEPT + 1)
    assert "b" not in room.held
