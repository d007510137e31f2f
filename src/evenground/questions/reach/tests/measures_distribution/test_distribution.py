"""Shares, rates and the dissimilarity index by area and group."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from evenground.errors import UsageError
from evenground.methods.group_attribution import (
    area_classes,
    place_share,
    population_groups,
)
from evenground.methods.quantile_classes import quantile_classes
from evenground.questions.reach.measures.dissimilarity import dissimilarity_index
from evenground.questions.reach.measures.distribution import area_distribution, group_distribution

units_of_6 = arrays(np.float64, 6, elements=st.integers(0, 50)).filter(lambda a: a.sum() > 0)
people_of_6 = arrays(np.float64, 6, elements=st.integers(1, 5_000))


def test_a_worked_example():
    found = area_distribution([6, 3, 1, 0], [100, 200, 300, 400])
    assert found.unit_share.tolist() == [0.6, 0.3, 0.1, 0.0]
    assert found.location_quotient == pytest.approx([6, 1.5, 1 / 3, 0])
    # Six in ten units stand where one in ten people live, three where two: (0.5 + 0.1) must move.
    assert found.dissimilarity == pytest.approx(0.6)


def test_groups_of_areas_and_groups_of_people():
    units, people = [6, 3, 1, 0], [100, 200, 300, 400]
    classes = group_distribution(units, people, area_classes([0, 0, 1, 1], n_classes=2))
    assert classes.units.tolist() == [9, 1]
    assert classes.rate == pytest.approx([300, 100 / 7])
    assert not classes.ecological
    old = population_groups([[50, 50, 0, 40], [50, 150, 300, 360]], people)
    groups = group_distribution(units, people, old)
    assert groups.units == pytest.approx([3 + 0.75, 3 + 2.25 + 1])
    assert groups.baseline.tolist() == [140, 860]
    assert groups.ecological


def test_a_baseline_of_nobody_gives_no_rate():
    found = group_distribution([1, 1], [10, 0], area_classes([0, 1], n_classes=2))
    assert found.rate[0] == 1_000
    assert np.isnan(found.rate[1])
    assert np.isnan(found.location_quotient[1])


@given(units_of_6, people_of_6, st.sampled_from([1.0, 0.5, 1e3]))
def test_measuring_in_other_units_changes_no_share(units, people, factor):
    one, other = area_distribution(units, people), area_distribution(units * factor, people / 7)
    assert np.allclose(one.unit_share, other.unit_share)
    assert one.dissimilarity == pytest.approx(other.dissimilarity)


@given(units_of_6, people_of_6, st.permutations(range(6)))
def test_the_order_of_rows_changes_nothing(units, people, order):
    classes = np.array([0, 0, 1, 1, 2, -1])
    one = group_distribution(units, people, area_classes(classes, n_classes=3))
    other = group_distribution(
        units[order], people[order], area_classes(classes[order], n_classes=3)
    )
    assert np.allclose(one.rate, other.rate)
    assert dissimilarity_index(units, people) == pytest.approx(
        dissimilarity_index(units[order], people[order])
    )


@given(units_of_6, people_of_6, st.floats(0.05, 0.95))
def test_splitting_an_area_in_two_alike_changes_nothing(units, people, part):
    split_units = np.r_[units[0] * part, units[0] * (1 - part), units[1:]]
    split_people = np.r_[people[0] * part, people[0] * (1 - part), people[1:]]
    assert dissimilarity_index(split_units, split_people) == pytest.approx(
        dissimilarity_index(units, people)
    )
    classes = np.array([0, 0, 1, 1, 1, 0])
    one = group_distribution(units, people, area_classes(classes, n_classes=2))
    other = group_distribution(
        split_units, split_people, area_classes(np.r_[0, classes], n_classes=2)
    )
    assert np.allclose(one.rate, other.rate)


@given(units_of_6, people_of_6)
def test_groups_that_divide_the_city_get_all_units(units, people):
    share = np.random.default_rng(0).random((1, 6))
    counts = np.vstack([share * people, (1 - share) * people])
    found = group_distribution(units, people, population_groups(counts, people))
    assert found.units.sum() == pytest.approx(units.sum())
    assert found.unit_share.sum() == pytest.approx(1)
    assert found.difference.sum() == pytest.approx(0, abs=1e-12)


@given(units_of_6, people_of_6)
def test_dissimilarity_is_half_the_sum_of_differences_within_0_and_1(units, people):
    found = area_distribution(units, people)
    assert found.dissimilarity == pytest.approx(np.abs(found.difference).sum() / 2)
    assert 0 <= found.dissimilarity < 1


@given(units_of_6, people_of_6)
def test_moving_a_unit_to_where_it_lacks_most_never_raises_dissimilarity(units, people):
    found = area_distribution(units, people)
    giver = int(np.argmax(np.where(units > 0, found.difference, -np.inf)))
    taker = int(np.argmin(found.difference))
    step = min(
        units[giver],
        units.sum() * max(found.difference[giver], 0),
        units.sum() * max(-found.difference[taker], 0),
    )
    moved = units.copy()
    moved[giver] -= step
    moved[taker] += step
    assert dissimilarity_index(moved, people) <= found.dissimilarity + 1e-12


@given(arrays(np.float64, st.integers(8, 60), elements=st.floats(0, 100, width=16)))
def test_classes_are_those_of_pandas(values):
    import pandas as pd

    values[::7] = np.nan
    try:
        theirs = pd.qcut(values, 3, labels=False)
    except ValueError:
        with pytest.raises(UsageError):
            quantile_classes(values, 3)
    else:
        assert (quantile_classes(values, 3) == np.where(np.isnan(theirs), -1, theirs)).all()


def test_places_give_what_their_area_gives():
    membership = population_groups([[1, 2], [3, 2]], [4, 4])
    assert place_share(membership, [1, -1, 0]).tolist() == [[0.5, 0, 0.25], [0.5, 0, 0.75]]


@pytest.mark.parametrize(
    "call",
    [
        lambda: area_distribution([0, 0], [1, 1]),
        lambda: area_distribution([1, 1], [0, 0]),
        lambda: area_distribution([1, -1], [1, 1]),
        lambda: area_distribution([1, 1], [1, 1, 1]),
        lambda: area_classes([0, 3], n_classes=3),
        lambda: population_groups([[5, 1]], [4, 4]),
        lambda: quantile_classes([1.0, 1.0, 1.0, 1.0], 3),
        lambda: quantile_classes([np.nan, np.nan], 2),
    ],
)
def test_wrong_use_is_refused(call):
    with pytest.raises(UsageError):
        call()
