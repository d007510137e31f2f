"""Whether groups differ by more than chance: by hand, by all ways, by draws, by the limit."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kruskal

from evenground.errors import UsageError
from evenground.questions.data.measures.network.kruskal_wallis import group_chance


def test_two_groups_wholly_apart_by_hand():
    found = group_chance([1, 2, 3, 10, 11, 12], [0, 0, 0, 1, 1, 1])
    assert found.statistic == pytest.approx(27 / 7)  # means of ranks 2 and 5 about 3.5
    assert (found.p_value, found.error, found.n_ways) == (2 / 20, 0, 20)


@given(
    values=st.lists(st.integers(0, 4), min_size=7, max_size=7),
    scale=st.sampled_from([1e-6, 1.0, 1e6]),
)
def test_all_ways_are_those_of_every_order(values, scale):
    group = np.array([0, 0, 1, 1, 1, 2, 2])
    found = group_chance(np.array(values) * scale, group)
    assert found.n_ways == 210
    if len(set(values)) == 1:
        assert (found.statistic, found.p_value) == (0, 1)
        return
    assert found.statistic == pytest.approx(
        kruskal(*(np.array(values)[group == g] for g in range(3)))[0]
    )
    assert 1 / 210 <= found.p_value <= 1


def test_ties_are_counted_as_every_order_counts_them():
    values, group = np.array([0.0, 0, 2, 3, 3, 5]), np.array([0, 0, 1, 1, 2, 2])

    def statistic(order):
        return kruskal(*(np.array(order)[group == g] for g in range(3)))[0]

    every = np.array([statistic(order) for order in permutations(values)])
    expected = (every >= statistic(values) - 1e-9).mean()
    assert group_chance(values, group).p_value == pytest.approx(expected)


@pytest.mark.parametrize("seed", [1, 2])
def test_draws_and_the_limit_agree_where_values_are_many(seed):
    rng = np.random.default_rng(seed)
    group = np.repeat(np.arange(4), 40)
    values = rng.normal(size=160) + 0.2 * group
    limit, drawn = group_chance(values, group), group_chance(values, group, rng=rng)
    assert limit.p_value == pytest.approx(kruskal(*values.reshape(4, 40))[1])
    assert limit.error == 0 < drawn.error
    assert drawn.p_value == pytest.approx(limit.p_value, abs=5 * drawn.error + 0.01)


def test_more_ways_than_numbers_hold():
    values = np.arange(4_000.0)
    found = group_chance(values, values.astype(int) % 2)
    assert found.n_ways == np.inf
    assert found.p_value > 0.9


@pytest.mark.parametrize(
    ("values", "group"), [([1, 2], [0, 0]), ([1, 2], [0, 2]), ([1, np.nan], [0, 1]), ([1], [0, 1])]
)
def test_what_cannot_be_compared_is_refused(values, group):
    with pytest.raises(UsageError):
        group_chance(values, group)
