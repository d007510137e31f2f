"""Several indicators in one figure, by signed weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from evenground.errors import UsageError
from evenground.questions.problem.measures.composite import (
    Aggregation,
    Recipe,
    arithmetic_mean,
    composite,
    geometric_mean,
)
from evenground.questions.problem.measures.imputation import Imputation
from evenground.questions.problem.measures.normalisations import Normalisation

recipes = st.builds(
    Recipe,
    normalisation=st.sampled_from(Normalisation),
    aggregation=st.sampled_from(Aggregation),
    imputation=st.sampled_from(Imputation),
)
tables = hnp.arrays(
    np.float64, st.tuples(st.integers(3, 8), st.just(3)), elements=st.integers(-50, 50).map(float)
)
weightings = st.lists(st.integers(0, 9), min_size=3, max_size=3).filter(any)


def test_by_hand():
    """Min-max 0, 0.5, 1 and, turned, 1, 0, 0.5; weights 3 to 1: 0.25, 0.375, 0.875."""
    found = composite([[10.0, 4], [20, 8], [30, 6]], [3, 1], directions=[1, -1])
    assert found == pytest.approx([0.25, 0.375, 0.875])


def test_geometric_by_hand():
    """On 1-100: 1, 100 and 100, 1 give 10 with equal weights, and 100, 100 give 100."""
    recipe = Recipe(aggregation=Aggregation.GEOMETRIC)
    found = composite([[0.0, 9], [9, 0], [9, 9]], [1, 1], recipe=recipe)
    assert found == pytest.approx([10, 10, 100])


def test_asem_sustainable_connectivity_as_published():
    """COINr, vignette "Presenting Results": sub-index and index of the first six of 51 countries.

    Arithmetic means with equal weights, two decimals published at each level, so that a mean of
    parts may be off by half a unit of the last one, and their index by another half.
    """
    # Physical, ConEcFin, Political, Instit, P2P of CHE, NLD, DNK, NOR, BEL, SWE.
    parts = np.array(
        [
            [63.41, 32.87, 74.78, 85.94, 56.93],
            [64.87, 46.62, 84.55, 71.74, 41.92],
            [50.52, 30.43, 78.13, 75.35, 51.04],
            [58.18, 25.70, 80.03, 89.46, 33.80],
            [71.97, 48.22, 80.84, 75.60, 43.32],
            [51.51, 23.87, 80.98, 74.51, 38.50],
        ]
    )
    connectivity = np.array([62.79, 61.94, 57.10, 57.44, 63.99, 53.87])
    sustainability = np.array([73.98, 67.70, 72.51, 71.50, 63.09, 72.12])
    index = np.array([68.38, 64.82, 64.80, 64.47, 63.54, 63.00])
    assert arithmetic_mean(parts, np.full(5, 0.2)) == pytest.approx(connectivity, abs=0.010001)
    both = np.column_stack([connectivity, sustainability])
    assert arithmetic_mean(both, np.full(2, 0.5)) == pytest.approx(index, abs=0.010001)


def test_human_development_index_as_published():
    """UNDP (2020), Human Development Report, technical note 1, its worked example:

    (0.6971 x 0.3447 x 0.5506)^(1/3) = 0.510.
    """
    found = geometric_mean(np.array([[0.6971, 0.3447, 0.5506]]), np.full(3, 1 / 3))
    assert round(float(found[0]), 3) == 0.510


@given(tables, weightings, recipes, st.randoms(use_true_random=False))
def test_neither_unit_nor_order_matters(table, weights, recipe, random):
    first = composite(table, weights, recipe=recipe)
    times = 2.0 ** np.arange(3)
    other = composite(table * times, 7 * np.array(weights), recipe=recipe)
    assert other == pytest.approx(first)
    rows = random.sample(range(len(table)), len(table))
    columns = random.sample(range(3), 3)
    turned = composite(table[rows][:, columns], np.array(weights)[columns], recipe=recipe)
    assert turned == pytest.approx(first[rows])


@given(tables, weightings, recipes)
def test_an_indicator_without_weight_says_nothing(table, weights, recipe):
    weights = [*weights[:2], 0]
    if not any(weights):
        return
    changed = table.copy()
    changed[:, 2] = table[::-1, 2] * 3 + 1
    first = composite(table, weights, recipe=recipe)
    assert composite(changed, weights, recipe=recipe) == pytest.approx(first)


@given(tables, weightings)
def test_geometric_means_do_not_exceed_arithmetic_ones(table, weights):
    share = np.array(weights) / sum(weights)
    parts = np.abs(table) + 1
    assert (geometric_mean(parts, share) <= arithmetic_mean(parts, share) * (1 + 1e-12)).all()


@pytest.mark.parametrize("weights", [[0, 0], [1, -1], [1], [1, np.nan]])
def test_bad_weights_are_refused(weights):
    with pytest.raises(UsageError):
        composite([[1.0, 2], [3, 4]], weights)


def test_geometric_means_of_nothing_are_refused():
    with pytest.raises(UsageError):
        geometric_mean(np.array([[0.0, 1]]), np.array([0.5, 0.5]))
