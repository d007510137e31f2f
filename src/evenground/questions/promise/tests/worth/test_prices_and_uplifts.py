from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.promise.measures.worth.prices import in_prices_of
from evenground.questions.promise.measures.worth.residual_value import residual_value
from evenground.questions.promise.measures.worth.uplift import combined_uplift, managed_uplift
from evenground.questions.promise.published import optimism_bias

INDEX = {"index_years": [2020, 2021, 2022], "index": [100, 105, 120]}


def test_amounts_in_one_years_prices():
    found = in_prices_of([100, 105, 60], [2020, 2021, 2022], **INDEX, base=2022)
    assert found.tolist() == [120, 120, 60]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=9), st.sampled_from([2020, 2021, 2022]))
def test_there_and_back_is_the_same(amounts, base):
    years = [2021] * len(amounts)
    there = in_prices_of(amounts, years, **INDEX, base=base)
    back = in_prices_of(there, [base] * len(amounts), **INDEX, base=2021)
    assert back == pytest.approx(amounts, rel=1e-12, abs=1e-300)


@pytest.mark.parametrize(
    ("years", "index", "base"),
    [
        ([2019], [100, 105, 120], 2022),
        ([2020], [100, 105, 120], 2030),
        ([2020], [100, 0, 120], 2022),
        ([2020], [100, 105], 2022),
        ([math.nan], [100, 105, 120], 2022),
    ],
)
def test_a_year_without_an_index_is_refused(years, index, base):
    with pytest.raises(UsageError):
        in_prices_of([1.0], years, index_years=[2020, 2021, 2022], index=index, base=base)


def test_what_is_left_of_a_purchase():
    assert residual_value(900, life_years=10, held_years=4) == pytest.approx(540)
    assert residual_value([900, 100], life_years=10, held_years=[10, 12]).tolist() == [0, 0]
    for wrong in ({"life_years": 0, "held_years": 1}, {"life_years": 5, "held_years": -1}):
        with pytest.raises(UsageError):
            residual_value(900, **wrong)


def upper(category, measure):
    found = [one for one in optimism_bias() if (one.category, one.measure) == (category, measure)]
    return found[0].upper


@pytest.mark.parametrize(
    ("measure", "expected"), [("capital_cost", 32.1), ("works_duration", 14.5)]
)
def test_published_combined_building(measure, expected):
    """Mott MacDonald (2002): 30 % non-standard and 70 % standard building."""
    each = [upper(kind, measure) for kind in ("non_standard_buildings", "standard_buildings")]
    assert round(100 * combined_uplift(each, [30, 70]), 1) == expected


def test_published_managed_bias():
    """Mott MacDonald (2002): 92 % of 51 % managed leaves 4 %, and £100 m become £104 m."""
    left = managed_uplift(upper("non_standard_buildings", "capital_cost"), 0.92, lower=0.04)
    assert round(100 * (1 + left)) == 104
    assert managed_uplift(0.51, 1.0, lower=0.04) == 0.04


def test_what_cannot_be_an_uplift_is_refused():
    for wrong in ((0.5, 1.1), (0.5, -0.1)):
        with pytest.raises(UsageError):
            managed_uplift(*wrong)
    with pytest.raises(UsageError):
        managed_uplift(0.1, 0.5, lower=0.2)
    for parts in ([0, 0], [1], [1, np.nan], [1, -1]):
        with pytest.raises(UsageError):
            combined_uplift([0.1, 0.2], parts)
