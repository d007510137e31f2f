"""Do the sites stand where need is greatest?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from evenground.errors import UsageError
from evenground.methods.margins_of_error import counts_with_margins
from evenground.methods.null_allocation import allocations, fair_draw
from evenground.questions.problem.measures.top_need_fit import top_need_fit


def people(values, margin=0.0):
    return counts_with_margins(values, np.full(len(values), float(margin)))


TOP = np.array([True, True, False, False])


def test_single_units_by_hand_are_binomial():
    """300 of 1,000 people live in the top areas; 20 of 50 units stand there, 15 are expected."""
    fair = fair_draw(np.ones(50), people([100.0, 200, 300, 400]))
    found = top_need_fit([12.0, 8, 15, 15], fair, top=TOP)
    assert found.band.observed == pytest.approx(0.4)
    assert found.expected == pytest.approx(0.3)
    assert found.people_share == pytest.approx(0.3)
    assert found.ratio == pytest.approx(4 / 3)
    assert (found.n_units, found.n_units_top, found.n_places, found.n_areas_top) == (50, 20, 50, 2)
    below, at = stats.binom.cdf(19, 50, 0.3), stats.binom.pmf(20, 50, 0.3)
    assert found.band.mid_p_high == pytest.approx(1 - below - at / 2)
    assert found.band.two_sided_p == pytest.approx(2 * (1 - below - at / 2))
    ends = stats.binom.ppf([0.025, 0.975], 50, 0.3) / 50
    assert (found.band.low, found.band.high) == pytest.approx(tuple(ends))
    assert found.band.exact


def test_units_that_move_together_prove_less():
    apart = fair_draw(np.ones(60), people([100.0, 200, 300, 400]))
    together = fair_draw(np.full(6, 10.0), people([100.0, 200, 300, 400]))
    units = [20.0, 10, 20, 10]
    single, heaps = (top_need_fit(units, fair, top=TOP) for fair in (apart, together))
    assert single.expected == pytest.approx(heaps.expected)
    assert single.band.two_sided_p < 0.01 < heaps.band.two_sided_p


def test_places_of_all_sizes_agree_with_simulation():
    rng = np.random.default_rng(4)
    sizes = rng.integers(1, 6, 30).astype(float)
    baseline = people(np.array([100.0, 200, 300, 400]), margin=60)
    fair = fair_draw(sizes, baseline)
    units = allocations(fair, rng=rng, n_draws=1)[0]
    found = top_need_fit(units, fair, top=TOP)
    drawn = allocations(fair, rng=rng, n_draws=30_000)[:, TOP].sum(axis=1) / sizes.sum()
    low, high = np.quantile(drawn, [0.025, 0.975])
    assert found.expected == pytest.approx(drawn.mean(), abs=0.005)
    assert (found.band.low, found.band.high) == pytest.approx((low, high), abs=0.02)


def test_uncertain_people_widen_the_band():
    units = np.array([450.0, 250, 300, 1_000])
    sure, unsure = (
        top_need_fit(units, fair_draw(np.ones(2_000), people([100.0, 200, 300, 400], m)), top=TOP)
        for m in (0, 80)
    )
    assert unsure.band.high - unsure.band.low > 1.5 * (sure.band.high - sure.band.low)
    assert unsure.band.two_sided_p > sure.band.two_sided_p


def test_listed_candidates_replace_people():
    fair = fair_draw(np.ones(10), people([100.0, 200, 300, 400]), candidates=[5, 5, 5, 25])
    found = top_need_fit([3.0, 2, 1, 4], fair, top=TOP)
    assert found.expected == pytest.approx(0.25)
    assert found.people_share == pytest.approx(0.3)
    at_least = stats.hypergeom.sf(4, 40, 10, 10)
    assert found.band.mid_p_high == pytest.approx(at_least - stats.hypergeom.pmf(5, 40, 10, 10) / 2)


def test_without_a_top_nothing_can_be_told():
    fair = fair_draw(np.ones(5), people([10.0, 20]))
    assert top_need_fit([2.0, 3], fair, top=np.zeros(2, dtype=bool)) is None


def test_when_all_areas_are_the_top_nothing_is_unlikely():
    fair = fair_draw(np.ones(5), people([10.0, 20]))
    found = top_need_fit([2.0, 3], fair, top=np.ones(2, dtype=bool))
    assert found.band.observed == found.expected == 1
    assert found.band.looks_like_chance


places = st.lists(st.integers(1, 6), min_size=2, max_size=10)
towns = st.lists(st.tuples(st.integers(1, 50), st.booleans()), min_size=2, max_size=8)


@given(places, towns, st.randoms(use_true_random=False))
def test_neither_the_order_of_areas_nor_the_unit_of_people_matters(sizes, town, random):
    living, top = (np.array(column) for column in zip(*town, strict=True))
    area = np.array([random.randrange(len(town)) for _ in sizes])
    units = np.bincount(area, weights=sizes, minlength=len(town))
    if not top.any():
        return
    first = top_need_fit(units, fair_draw(sizes, people(living.astype(float))), top=top)
    order = random.sample(range(len(town)), len(town))
    fair = fair_draw(sizes, people(8.0 * living[order]))
    other = top_need_fit(units[order], fair, top=top[order])
    assert other.band.mid_p_high == pytest.approx(first.band.mid_p_high)
    assert other.expected == pytest.approx(first.expected)
    assert first.expected == pytest.approx(first.people_share)
    rest = top_need_fit(units, fair_draw(sizes, people(living.astype(float))), top=~top)
    if rest is not None:
        assert rest.band.mid_p_low == pytest.approx(first.band.mid_p_high)


@pytest.mark.parametrize(
    ("units", "top"),
    [([0.0, 0], TOP[:2]), ([1.0], TOP[:2]), ([1.0, 2], [1, 0]), ([1.0, 2], TOP), ([1.0, -2], TOP)],
)
def test_bad_input_is_refused(units, top):
    with pytest.raises(UsageError):
        top_need_fit(units, fair_draw(np.ones(5), people([10.0, 20])), top=top)
