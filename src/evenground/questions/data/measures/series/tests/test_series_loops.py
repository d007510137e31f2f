"""The loops as plain Python do what NumPy does, numba or not."""

from __future__ import annotations

import math

import numpy as np
import pytest

from evenground.questions.data.measures.series import kernels, loops
from evenground.questions.data.measures.series.daily import by_day, smallest_steps
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
    return passes_with(loops)


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
    usual = typical(np.abs(other.off), resolution=math.nan)
    for mine, theirs in zip(
        plain.standardised(other.off, usual), standardised(other.off, usual), strict=True
    ):
        assert mine.tolist() == theirs.tolist()


@pytest.mark.parametrize("sizes", [[10] * 4, [1, 20, 0, 19], [40]])
def test_days(plain, sizes):
    n = np.array(sizes)
    values = np.round(np.random.default_rng(6).normal(0, 2, int(n.sum())), 1)
    found = plain.by_day(plain.ordered(values), values, n)
    assert found.tolist() == by_day(values, n).tolist()
    assert plain.smallest_step(np.sort(values), 0.0) == smallest_step(np.sort(values), 0.0)
    least, ascending = np.zeros(n.size), by_day(values, n)
    one, other = (how(ascending, n, least) for how in (plain.smallest_steps, smallest_steps))
    assert one.tolist() == other.tolist()


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
    assert asked == [{"nogil": True, "cache": True}, {"nogil": True}]


def test_room_is_kept_for_usual_series_only():
    room = kernels._Room()
    assert room.of("a", 10) is not None
    assert "a" in room.held
    room.of("b", kernels.KEPT + 1)
    assert "b" not in room.held
