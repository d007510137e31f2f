"""What holds for every measure, put to all kernels alike."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.methods.inequality import (
    atkinson_rows,
    concentration_index_rows,
    foster_greer_thorbecke_rows,
    gini_rows,
    kolm_pollak_rows,
    palma_rows,
    theil_l_rows,
    theil_t_rows,
)

PLAIN = {
    "gini": gini_rows,
    "theil_t": theil_t_rows,
    "theil_l": theil_l_rows,
    "palma": palma_rows,
    "atkinson_half": partial(atkinson_rows, aversion=0.5),
    "atkinson_one": partial(atkinson_rows, aversion=1.0),
    "atkinson_two": partial(atkinson_rows, aversion=2.0),
}
UNIT_BOUND = {
    "kolm_pollak_good": partial(kolm_pollak_rows, kappa=0.3),
    "kolm_pollak_burden": partial(kolm_pollak_rows, kappa=-0.3),
    "headcount": partial(foster_greer_thorbecke_rows, line=2.0),
    "severity": partial(foster_greer_thorbecke_rows, line=2.0, power=2.0),
}
RANKED = {"concentration": concentration_index_rows, "palma_by_rank": palma_rows}
EVERY = {**PLAIN, **UNIT_BOUND}

towns = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 30), st.integers(0, 4)), min_size=2, max_size=10
).filter(lambda rows: sum(value * people for value, people, _ in rows) > 0)


def arrays_of(town):
    values, people, rank = (np.array(column, dtype=float) for column in zip(*town, strict=True))
    return values / 2, people, rank


def same(first, second):
    assert first == pytest.approx(second, rel=1e-10, abs=1e-12, nan_ok=True)


def of(kernel, values, people):
    return kernel(values, people[None, :])[0]


@pytest.mark.parametrize("kernel", EVERY.values(), ids=EVERY)
@given(town=towns, seed=st.integers(0, 99), parts=st.integers(2, 5))
def test_rows_order_splitting_and_empty_areas_change_nothing(kernel, town, seed, parts):
    values, people, _ = arrays_of(town)
    index = of(kernel, values, people)
    order = np.random.default_rng(seed).permutation(values.size)
    same(of(kernel, values[order], people[order]), index)
    same(of(kernel, values, 1000 * people), index)
    split = np.r_[people[0] / parts, people[1:], people[0] - people[0] / parts]
    same(of(kernel, np.r_[values, values[0]], split), index)
    same(of(kernel, np.r_[values, 99.0], np.r_[people, 0.0]), index)


@pytest.mark.parametrize("kernel", PLAIN.values(), ids=PLAIN)
@given(town=towns, unit=st.sampled_from([1e-6, 0.3, 60.0, 1e9]))
def test_units_change_nothing(kernel, town, unit):
    values, people, _ = arrays_of(town)
    same(of(kernel, unit * values, people), of(kernel, values, people))


@pytest.mark.parametrize("kernel", RANKED.values(), ids=RANKED)
@given(town=towns, seed=st.integers(0, 99))
def test_ranked_measures_see_only_the_order(kernel, town, seed):
    values, people, rank = arrays_of(town)
    index = of(partial(kernel, rank_by=rank), values, people)
    order = np.random.default_rng(seed).permutation(values.size)
    same(of(partial(kernel, rank_by=rank[order]), values[order], people[order]), index)
    same(of(partial(kernel, rank_by=np.exp(rank)), 7 * values, people), index)
    split = np.r_[people[0] * 0.25, people[1:], people[0] * 0.75]
    twice = partial(kernel, rank_by=np.r_[rank, rank[0]])
    same(of(twice, np.r_[values, values[0]], split), index)


@pytest.mark.parametrize("kernel", EVERY.values(), ids=EVERY)
@pytest.mark.parametrize("seed", [1, 2])
def test_many_rows_are_one_after_the_other(kernel, seed):
    rng = np.random.default_rng(seed)
    values = rng.integers(1, 9, 20) / 2.0
    rows = rng.integers(0, 5, (30, 20)).astype(float)
    kept_values, kept_rows = values.copy(), rows.copy()
    found = kernel(values, rows)
    assert found.shape == (30,)
    same(found, np.array([of(kernel, values, row) for row in rows]))
    assert (values == kept_values).all()
    assert (rows == kept_rows).all()


@pytest.mark.parametrize("kernel", EVERY.values(), ids=EVERY)
@given(town=towns, times=st.integers(1, 4))
def test_weights_are_people_counted_one_by_one(kernel, town, times):
    values, people, _ = arrays_of(town)
    whole = (times * people).astype(int)
    persons = np.repeat(values, whole)
    same(of(kernel, values, people), of(kernel, persons, np.ones_like(persons)))
