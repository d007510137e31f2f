"""Ratios of rates: a published example, exactness, and what must hold for any placement."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evenground.errors import UsageError
from evenground.methods.margins_of_error import counts_with_margins, counts_without_margins
from evenground.questions.reach.measures.effective_size import AreaDraw, effective_share
from evenground.questions.reach.measures.fair_test import fair_p_value
from evenground.questions.reach.measures.placed_share import placed_share
from evenground.questions.reach.measures.rate_ratio import rate_ratio
from evenground.questions.reach.measures.rates import group_rates
from evenground.questions.reach.measures.share_difference import share_difference


def whole(first, second):
    """Return attributions of ``first`` places in the first and ``second`` in the second group."""
    inside = np.r_[np.ones(first), np.zeros(second)]
    return np.vstack([inside, 1 - inside])


def exact_people(*values):
    return counts_with_margins(values, np.zeros(len(values)))


def ratio(first, second, people, **options):
    n = first + second
    return rate_ratio(np.ones(n), whole(first, second), baseline=people, **options)


def test_published_comparison_of_two_rates():
    """Lung cancer in Fredericia, 11 in 800, against 21 in 3,011 in three other towns.

    Andersen (1977), data ``eba1977``; R's ``poisson.test`` gives ratio 1.971488, p = 0.07967.
    """
    found = ratio(11, 21, exact_people(800, 3_011))
    assert found.ratio == pytest.approx(1.971488, abs=5e-7)
    assert found.p_value == pytest.approx(0.07967, abs=5e-6)
    assert found.method == "exact"
    assert 0.8584 < found.low < 1 < found.high < 4.2773  # inside Clopper and Pearson's


def test_power_is_that_of_the_exact_binomial_test():
    """200 units, equal halves, a ratio of 1.5: 79 %."""
    rejected = [ratio(x, 200 - x, exact_people(1, 1)).differs for x in range(80, 141)]
    chance = stats.binom.pmf(np.arange(80, 141), 200, 0.6)
    assert chance[rejected].sum() == pytest.approx(0.79, abs=0.005)


def test_swapping_the_groups_turns_the_interval_over():
    one = ratio(12, 30, exact_people(500, 700))
    other = ratio(30, 12, exact_people(700, 500))
    assert one.ratio * other.ratio == pytest.approx(1)
    assert (1 / other.high, 1 / other.low) == pytest.approx((one.low, one.high), rel=1e-6)
    assert one.p_value == pytest.approx(other.p_value)


def test_margins_of_error_widen_the_interval():
    sure = ratio(60, 40, exact_people(1_000, 1_000))
    unsure = ratio(60, 40, counts_with_margins([1_000, 1_000], [300, 300]))
    assert unsure.low < sure.low < sure.high < unsure.high
    assert unsure.p_value > sure.p_value


def test_units_that_stand_together_widen_the_interval():
    together = rate_ratio(np.full(20, 5.0), whole(12, 8), baseline=exact_people(1, 1))
    apart = ratio(60, 40, exact_people(1, 1))
    places = ratio(12, 8, exact_people(1, 1))
    assert together.ratio == apart.ratio
    assert (together.low, together.high) == pytest.approx((places.low, places.high))
    assert together.effective_places == 20


def test_unequal_places_are_exact_by_convolution():
    rng = np.random.default_rng(1)
    units, share = rng.integers(1, 9, 30).astype(float), whole(18, 12)
    found = rate_ratio(units, share, baseline=exact_people(3, 2))
    drawn = (rng.random((60_000, 30)) < 0.6) @ units
    seen = units[:18].sum()
    tail = min((drawn >= seen).mean(), (drawn <= seen).mean())
    assert found.method == "exact"
    assert tail * 0.98 <= found.p_value <= min(1, 2.1 * tail + 0.02)


def test_a_group_without_units_has_an_open_end():
    found = ratio(0, 20, exact_people(1_000, 4_000))
    assert (found.ratio, found.low) == (0, 0)
    assert 0 < found.high < 1.1
    assert ratio(20, 0, exact_people(4_000, 1_000)).high == np.inf


@given(st.integers(0, 40), st.integers(0, 40), st.floats(0.2, 5))
@settings(max_examples=40)
def test_interval_holds_the_ratio_and_moves_with_it(first, second, people):
    if first + second == 0:
        return
    found = ratio(first, second, exact_people(people, 1))
    assert found.low <= found.ratio <= found.high
    more = ratio(first + 1, second, exact_people(people, 1))
    assert more.low >= found.low
    assert more.high >= found.high


@given(st.integers(1, 30), st.integers(1, 30), st.floats(0.1, 1e4))
@settings(max_examples=30)
def test_the_unit_of_the_baseline_changes_nothing(first, second, factor):
    one = ratio(first, second, exact_people(2, 3))
    other = ratio(first, second, exact_people(2 * factor, 3 * factor))
    assert (one.low, one.high) == pytest.approx((other.low, other.high), rel=1e-6)


def test_splitting_an_area_in_two_changes_nothing():
    """Fractions stay the same when an area is divided alike, and so does the answer."""
    rng = np.random.default_rng(2)
    people, part = rng.uniform(500, 900, 30), rng.random(30)
    share = np.vstack([part, 1 - part])
    area = rng.integers(0, 30, 80)
    baseline = exact_people(*(share @ people))
    one, other = (
        rate_ratio(
            np.ones(80), share[:, area], baseline=baseline,
            fair=AreaDraw(probability=p / p.sum(), share=s),
        )
        for p, s in ((people, share), (np.repeat(people / 2, 2), np.repeat(share, 2, axis=1)))
    )  # fmt: skip
    assert one.method == "effective size"
    assert (one.low, one.high, one.p_value) == pytest.approx((other.low, other.high, other.p_value))


def test_fractions_that_are_nearly_whole_agree_with_the_exact_answer():
    share = np.abs(whole(110, 70) - 1e-4)
    found = rate_ratio(np.ones(180), share, baseline=exact_people(1, 1))
    exact = ratio(110, 70, exact_people(1, 1))
    assert found.method == "effective size"
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high), rel=0.03)


def test_whole_places_are_worth_themselves():
    """Korn and Graubard's effective size of independent whole units is their number."""
    inside = np.r_[np.ones(30), np.zeros(70)]
    found = effective_share(np.ones(100), inside, np.ones(100))
    assert found.size == pytest.approx(99)
    doubled = effective_share(np.full(100, 7.0), inside, np.ones(100))
    assert doubled.size == pytest.approx(99)


def test_the_test_of_fractions_is_exact():
    rng = np.random.default_rng(3)
    people, part = rng.lognormal(7, 0.5, 200), rng.beta(0.5, 3, 200)
    share, chance = np.vstack([part, 0.6 * (1 - part)]), people / people.sum()
    units = rng.integers(1, 4, 40).astype(float)
    area = rng.choice(200, 40, p=chance * (1 + part) / (chance * (1 + part)).sum())
    fair = AreaDraw(probability=chance, share=share)
    found = fair_p_value(units, share[:, area], fair, relative_error=0.0)
    theta = (share[0] @ chance) / (share.sum(axis=0) @ chance)
    gives = share[0] - theta * share.sum(axis=0)
    drawn = gives[rng.choice(200, (40_000, 40), p=chance)] @ units
    seen = units @ gives[area]
    tails = (drawn >= seen).mean(), (drawn <= seen).mean()
    assert found == pytest.approx(2 * min(tails), abs=0.01)


def test_shares_rates_and_differences_belong_together():
    units, share = np.ones(50), whole(35, 15)
    placed = placed_share(units, share)
    exact = stats.binomtest(35, 50).proportion_ci(method="exact")
    assert exact.low <= placed.low[0] < 0.7 < placed.high[0] <= exact.high
    people = counts_without_margins([4_000, 6_000])
    rates = group_rates(placed, 50, people)
    assert rates.rate == pytest.approx([87.5, 25])
    assert (rates.low <= rates.margin_low).all()
    assert (rates.high >= rates.margin_high).all()
    assert rates.low == pytest.approx(rates.rate * placed.low / placed.share, rel=1e-3)
    apart = share_difference(placed, people, people.take([1, 0]))
    assert apart.difference == pytest.approx([0.3, -0.3])
    assert apart.low[0] == pytest.approx(placed.low[0] - 0.4, abs=1e-4)
    wide = share_difference(
        placed, counts_with_margins([4_000, 6_000], [900, 900]), people.take([1, 0])
    )
    assert (wide.high - wide.low > apart.high - apart.low).all()


def test_a_group_without_units_has_a_rate_from_zero():
    placed = placed_share(np.ones(20), whole(0, 20))
    rates = group_rates(placed, 20, counts_with_margins([1_000, 1_000], [100, 100]))
    assert (rates.rate[0], rates.low[0]) == (0, 0)
    assert 0 < rates.high[0] < 60
    assert np.isfinite(rates.low[1])


@pytest.mark.parametrize(
    "call",
    [
        lambda: rate_ratio([1], [[0], [0]], baseline=exact_people(1, 1)),
        lambda: rate_ratio([1], [[1], [0]], baseline=exact_people(0, 1)),
        lambda: rate_ratio([1], [[1]], baseline=exact_people(1, 1)),
        lambda: rate_ratio([-1], [[1], [0]], baseline=exact_people(1, 1)),
        lambda: placed_share([0.0], [[1]]),
    ],
)
def test_wrong_use_is_refused(call):
    with pytest.raises(UsageError):
        call()
