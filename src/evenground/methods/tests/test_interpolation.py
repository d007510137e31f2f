from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.interpolation import (
    area_overlaps,
    carried_counts,
    carried_margins,
    carried_rate_margins,
    carried_rates,
    stated_overlaps,
)

UNIT = 100.0


def squares(n):
    """n × n squares of 100 m."""
    return [
        shapely.box(x * UNIT, y * UNIT, (x + 1) * UNIT, (y + 1) * UNIT)
        for x in range(n)
        for y in range(n)
    ]


def strips(cuts, n):
    """Strips from west to east over the same ground, cut at the given fractions."""
    width, edges = n * UNIT, [0.0, *sorted(cuts), 1.0]
    return [
        shapely.box(west * width, 0, east * width, width)
        for west, east in pairwise(edges)
        if east - west > 1e-6
    ]


cut_places = st.lists(st.floats(0.05, 0.95), min_size=1, max_size=4, unique=True)
count_lists = st.lists(st.integers(0, 10_000), min_size=9, max_size=9)


@given(cut_places, count_lists)
def test_counts_keep_their_total_whatever_the_new_boundaries(cuts, counts):
    overlaps = area_overlaps(squares(3), strips(cuts, 3))
    assert carried_counts(counts, overlaps).sum() == pytest.approx(sum(counts))
    assert overlaps.covered == pytest.approx(np.ones(9))


@given(cut_places, st.floats(0, 100))
def test_a_rate_that_is_the_same_everywhere_stays_the_same(cuts, rate):
    overlaps = area_overlaps(squares(3), strips(cuts, 3))
    carried = carried_rates(np.full(9, rate), overlaps, people=np.arange(1, 10))
    assert carried == pytest.approx(np.full(overlaps.n_targets, rate))


@given(cut_places, count_lists)
def test_rates_are_what_carried_counts_give(cuts, people):
    people = np.array(people) + 1
    poor = people * np.linspace(0.1, 0.9, 9)
    overlaps = area_overlaps(squares(3), strips(cuts, 3))
    expected = carried_counts(poor, overlaps) / carried_counts(people, overlaps)
    assert carried_rates(poor / people, overlaps, people=people) == pytest.approx(expected)


@given(count_lists)
def test_the_order_of_the_sources_changes_nothing(counts):
    sources, targets = np.array(squares(3)), strips([0.4], 3)
    order = np.random.default_rng(1).permutation(9)
    straight = carried_counts(counts, area_overlaps(sources, targets))
    shuffled = carried_counts(np.array(counts)[order], area_overlaps(sources[order], targets))
    assert shuffled == pytest.approx(straight)


def test_same_boundaries_give_the_same_counts():
    overlaps = area_overlaps(squares(3), squares(3))
    assert carried_counts(np.arange(9.0), overlaps) == pytest.approx(np.arange(9.0))


def test_half_of_an_area_gets_half_of_its_people_and_of_its_margin():
    halves = [shapely.box(0, 0, 50, 100), shapely.box(50, 0, 100, 100)]
    overlaps = area_overlaps([shapely.box(0, 0, 100, 100)], halves)
    assert carried_counts([100.0], overlaps) == pytest.approx([50, 50])
    assert carried_margins([8.0], overlaps) == pytest.approx([4, 4])


def test_margins_of_joined_areas_add_as_roots_of_squares():
    overlaps = stated_overlaps([0, 1], [0, 0], [1.0, 1.0], size=(2, 1))
    assert carried_margins([3.0, 4.0], overlaps) == pytest.approx([5.0])
    weighted = carried_rate_margins([3.0, 4.0], overlaps, people=[10, 10])
    assert weighted == pytest.approx([2.5])


def test_a_crosswalk_weights_rates_by_people():
    overlaps = stated_overlaps([0, 1], [0, 0], [0.5, 1.0], size=(2, 1))
    assert carried_rates([10.0, 40.0], overlaps, people=[200, 100]) == pytest.approx([25.0])


def test_unknown_stays_unknown_and_unreached_is_not_zero():
    overlaps = stated_overlaps([0, 1], [0, 1], [1.0, 1.0], size=(2, 3))
    carried = carried_counts([np.nan, 7.0], overlaps)
    assert np.isnan(carried[0])
    assert carried[1] == 7
    assert np.isnan(carried[2])
    assert np.isnan(carried_rates([np.nan, 7.0], overlaps, people=[1, 1])[0])


def test_an_unknown_rate_of_nobody_does_not_count():
    overlaps = stated_overlaps([0, 1], [0, 0], [1.0, 1.0], size=(2, 1))
    assert carried_rates([np.nan, 7.0], overlaps, people=[0, 5]) == pytest.approx([7.0])


def test_slivers_are_closed_and_real_gaps_are_not():
    target = [shapely.box(0, 0, 99.5, 100)]
    overlaps = area_overlaps([shapely.box(0, 0, 100, 100)], target)
    assert carried_counts([200.0], overlaps) == pytest.approx([199.0])
    assert carried_counts([200.0], overlaps.completed(at_least=0.99)) == pytest.approx([200.0])
    assert carried_counts([200.0], overlaps.completed(at_least=0.999)) == pytest.approx([199.0])


def test_touching_neighbours_are_no_overlap():
    overlaps = area_overlaps([shapely.box(0, 0, 1, 1)], [shapely.box(1, 0, 2, 1)])
    assert len(overlaps.share) == 0


def test_wrong_arguments_are_said():
    overlaps = stated_overlaps([0], [0], [1.0], size=(1, 1))
    with pytest.raises(UsageError, match="wrong_length"):
        carried_counts([1.0, 2.0], overlaps)
    with pytest.raises(UsageError, match="bad_share"):
        stated_overlaps([0], [0], [100.0], size=(1, 1))
