"""Promised places, what stands near them, and the yardsticks beside that."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.promise.measures.promises.conflicting_counts import (
    conflicting_counts,
)
from evenground.questions.promise.measures.promises.stood_within import (
    ring_shifts,
    stood_within,
)

places = st.lists(
    st.tuples(st.integers(-200, 200), st.integers(-200, 200)), min_size=1, max_size=12
)


def test_by_hand():
    found = stood_within(
        [(0, 0), (100, 0), (110, 0), (500, 0)],
        [(0, 15), (105, 0)],
        metres=15,
        shifts=[(0, 100), (500, 0), (-500, 0)],
        elsewhere=[(105, 10), (300, 0), (0, -1)],
    )
    assert found.stands.tolist() == [True, True, True, False]
    assert found.distance.tolist() == [15, 5, 5, 395]
    assert found.share == 0.75
    assert found.n_one_to_one == 2  # two places share one bin
    assert found.shifted.tolist() == [0, 0, 0.25]
    assert found.expected == pytest.approx(1 / 12)
    assert found.as_often == 0.25
    assert found.elsewhere == pytest.approx(1 / 3)


def test_at_the_very_place_counts_once():
    found = stood_within([(0, 0), (0, 0)], [(0, 0)], metres=1)
    assert (found.share, found.n_one_to_one) == (1, 1)


def test_nothing_built_stands_nowhere():
    found = stood_within([(0, 0)], [], metres=15, shifts=[(1, 1)])
    assert (found.share, found.n_one_to_one, found.expected) == (0, 0, 0)
    assert np.isinf(found.distance).all()
    assert found.as_often == 1


def test_without_yardsticks_there_are_none():
    found = stood_within([(0, 0)], [(1, 0)], metres=15)
    assert (found.expected, found.as_often, found.elsewhere) == (None, None, None)


def test_a_ring_is_symmetrical_and_whole():
    ring = ring_shifts(least=50, most=150, step=5)
    assert len(ring) == 2516
    assert ring.sum(axis=0).tolist() == [0, 0]
    inside = np.hypot(*ring.T)
    assert inside.min() == 50
    assert inside.max() == 150


@given(places, places, st.integers(1, 100), st.floats(1e-6, 1e6))
def test_units_and_order_change_nothing(promised, built, metres, unit):
    # No whole-numbered place lies exactly so far away, where another unit would round it over.
    one = stood_within(promised, built, metres=metres + 0.317, shifts=[(30, 40), (-7, 3)])
    other = stood_within(
        np.array(promised)[::-1] * unit,
        np.array(built)[::-1] * unit,
        metres=(metres + 0.317) * unit,
        shifts=np.array([(30, 40), (-7, 3)]) * unit,
    )
    assert other.stands.tolist() == one.stands[::-1].tolist()
    assert other.shifted.tolist() == one.shifted.tolist()
    assert other.n_one_to_one == one.n_one_to_one


@given(places, places, st.integers(1, 100), st.integers(0, 100))
def test_farther_and_more_never_find_less(promised, built, metres, more):
    near = stood_within(promised, built, metres=metres)
    far = stood_within(promised, built, metres=metres + more)
    fuller = stood_within(promised, [*built, (7, 7)], metres=metres)
    assert near.share <= far.share
    assert near.share <= fuller.share
    assert near.n_one_to_one <= min(fuller.n_one_to_one, near.stands.sum(), len(built))


def test_counts_of_one_thing_stand_beside_each_other():
    found = conflicting_counts([351, 300], ["agency", "map"], target=300)
    assert found.of_target.tolist() == [1.17, 1]
    assert (found.apart, found.apart_share) == (51, 51 / 351)
    assert not found.agree
    assert found.reached is True
    assert not found.depends_on_source
    stricter = conflicting_counts([351, 300], ["agency", "map"], target=310)
    assert stricter.reached is None
    assert stricter.depends_on_source
    assert conflicting_counts([351, 300], ["agency", "map"], tolerance=0.2).agree


def test_counts_without_a_target_say_nothing_of_one():
    found = conflicting_counts([0, 0], ["a", "b"])
    assert np.isnan(found.of_target).all()
    assert (found.reached, found.apart_share, found.agree) == (None, 0, True)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=8), st.floats(1e-6, 1e6))
def test_counts_in_other_units_agree_as_well(counts, unit):
    names = [str(at) for at in range(len(counts))]
    one = conflicting_counts(counts, names, target=10.5)
    other = conflicting_counts(np.array(counts) * unit, names, target=10.5 * unit)
    assert other.reached is one.reached
    assert other.apart_share == pytest.approx(one.apart_share, rel=1e-10, abs=1e-10)


@pytest.mark.parametrize(
    "call",
    [
        lambda: stood_within([], [(0, 0)], metres=15),
        lambda: stood_within([(0, 0)], [(0, 0)], metres=0),
        lambda: stood_within([(0, np.nan)], [(0, 0)], metres=1),
        lambda: stood_within([(0, 0, 0)], [(0, 0)], metres=1),
        lambda: ring_shifts(least=0, most=10, step=1),
        lambda: ring_shifts(least=11, most=12, step=10),
        lambda: conflicting_counts([], []),
        lambda: conflicting_counts([1], ["a", "b"]),
        lambda: conflicting_counts([1], ["a"], target=0),
        lambda: conflicting_counts([1], ["a"], tolerance=2),
    ],
)
def test_what_makes_no_sense_is_refused(call):
    with pytest.raises(UsageError):
        call()
