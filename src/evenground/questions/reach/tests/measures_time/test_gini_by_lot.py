from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.methods.inequality import gini
from evenground.questions.reach.measures.gini_by_lot import gini_by_lot, gini_of_counts
from evenground.questions.reach.measures.placement_panel import placement_panel

counts = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 500)), min_size=2, max_size=12)


def test_example_by_hand():
    """Two areas of equal size, all units in one: half of the people have all, so the index is ½."""
    found = gini_of_counts(np.array([[4.0, 0.0], [2.0, 2.0]]), np.array([10.0, 10.0]))
    assert found == pytest.approx([0.5, 0.0])


@given(counts)
def test_it_is_the_gini_index_of_people(rows):
    units, people = np.array(rows, dtype=np.float64).T
    units[0] += 1
    found = float(gini_of_counts(units[None], people)[0])
    assert found == pytest.approx(gini(units / people, people), abs=1e-12)


@given(counts)
def test_splitting_an_area_and_order_change_nothing(rows):
    units, people = np.array(rows, dtype=np.float64).T
    units[0] += 1
    known = gini_of_counts(units[None], people)
    halved = gini_of_counts(np.repeat(units / 2, 2)[None], np.repeat(people / 2, 2))
    turned = gini_of_counts(units[None, ::-1], people[::-1])
    assert halved == pytest.approx(known, abs=1e-12)
    assert turned == pytest.approx(known, abs=1e-12)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_share_of_lots_beyond_the_band_is_what_it_says(seed):
    """Roll-outs that are themselves drawn by lot lie within the band as often as it promises."""
    rng = np.random.default_rng(seed)
    people = np.array([100, 300, 200, 500, 400, 250, 150, 350])
    inside = 0
    for _ in range(120):
        new = rng.multinomial(12, people / people.sum(), size=3)
        bands = gini_by_lot(placement_panel(new, people), rng=rng, n_draws=199)
        inside += bands[-1].looks_like_chance
    assert 0.90 <= inside / 120 <= 1.0  # 95 %, three standard errors below


def test_same_seed_same_bands_and_nothing_before_anything_stands():
    panel = placement_panel([[0, 0, 0], [2, 1, 0]], [50, 60, 0])
    one, other = (gini_by_lot(panel, rng=np.random.default_rng(3), n_draws=99) for _ in "ab")
    assert one == other
    assert one[0] is None
    assert one[1].observed == pytest.approx(gini([2 / 50, 1 / 60], [50, 60]))


def test_units_from_before_stay_where_they_are():
    panel = placement_panel([[0, 0]], [50, 50], before=[4, 0])
    (band,) = gini_by_lot(panel, rng=np.random.default_rng(3), n_draws=99)
    assert (band.low, band.median, band.high) == pytest.approx((0.5, 0.5, 0.5))
