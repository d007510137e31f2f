"""Does provision follow need along the social ladder?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.inequality.concentration_index import concentration_index
from evenground.methods.inequality.interval import Resampling
from evenground.questions.problem.measures.need_concentration import (
    horizontal_inequity,
    le_grand_index,
    ranked,
)
from evenground.questions.problem.measures.need_standardisation import (
    explanation,
    need_expected,
    rank_scores,
)

FEW = Resampling(n_draws=50)


def rng():
    return np.random.default_rng(7)


def town(seed, n=25):
    draws = np.random.default_rng(seed)
    income = draws.normal(size=n)
    need = np.exp(-0.4 * income + 0.3 * draws.normal(size=n))
    provision = np.maximum(0.5 + need + 0.3 * income + 0.2 * draws.normal(size=n), 0.0)
    return provision, need, income, draws.integers(1, 500, n).astype(float)


def test_le_grand_by_hand():
    """Two areas of equal size: C = (b - a) / (2 (a + b)), 0.25 for 1 and 3, -0.25 for 3 and 1."""
    found = le_grand_index(
        [1.0, 3], [3.0, 1], of=ranked([10, 10], [1, 2]), rng=rng(), resampling=FEW
    )
    assert found.provision.value == pytest.approx(0.25)
    assert found.need.value == pytest.approx(-0.25)
    assert found.difference.value == pytest.approx(0.5)


def test_provision_that_follows_need_on_a_line_is_not_inequitable():
    """Everybody has 1 and 1 more per unit of need: areas of equal need have the same, so there is
    no horizontal inequity, while Le Grand's index is not 0 (Wagstaff, van Doorslaer and Paci 1991).
    """
    need = np.array([4.0, 2, 2, 1])
    of = ranked([10, 20, 30, 40], [1, 2, 3, 4])
    inequity = horizontal_inequity(1 + need, explanation(need), of=of, rng=rng(), resampling=FEW)
    assert inequity.index.value == pytest.approx(0, abs=1e-12)
    assert inequity.explained == pytest.approx(1)
    le_grand = le_grand_index(1 + need, need, of=of, rng=rng(), resampling=FEW)
    assert le_grand.difference.value > 0.05


def test_horizontal_inequity_by_hand():
    """Two poor areas and two rich ones, needs 1 and 3 in each; the rich have 2 more for any need.

    Need-expected provision is 2 and 4 in each, so its concentration is 0, and what is left is that
    of 1, 3, 3, 5: with all four of equal size and two ranks, (4 - 2) / (2 x 6).
    """
    found = horizontal_inequity(
        [1.0, 3, 3, 5],
        explanation([1.0, 3, 1, 3]),
        of=ranked([5, 5, 5, 5], [1, 1, 2, 2]),
        rng=rng(),
        resampling=FEW,
    )
    assert found.need_expected.value == pytest.approx(0, abs=1e-12)
    assert found.index.value == pytest.approx(1 / 6)
    assert found.actual.value == pytest.approx(1 / 6)
    assert found.explained == pytest.approx(0.5)


def test_as_indirect_standardisation_has_it():
    """Wagstaff and van Doorslaer (2000): HI is the concentration index of y - y(need) + mean."""
    provision, need, income, people = town(1)
    needs = np.column_stack([need, need**2])
    by = explanation(needs, income)
    found = horizontal_inequity(provision, by, of=ranked(people, income), rng=rng(), resampling=FEW)
    design = np.column_stack([np.ones_like(income), needs, income])
    root = np.sqrt(people)
    slopes = np.linalg.lstsq(design * root[:, None], provision * root, rcond=None)[0]
    fixed = design.copy()
    fixed[:, 3] = np.average(income, weights=people)
    expected = fixed @ slopes
    assert need_expected(provision, by, people) == pytest.approx(expected)
    actual = concentration_index(provision, income, weights=people)
    assert np.average(expected, weights=people) == pytest.approx(actual.mean)
    shift = 10.0  # an index of standardised values needs them above 0; its absolute part does not
    plain = concentration_index(provision - expected + shift, income, weights=people)
    assert found.index.value == pytest.approx(plain.generalised / actual.mean)
    assert found.actual.value == pytest.approx(actual.standard)
    assert found.index.value == pytest.approx(found.actual.value - found.need_expected.value)


def test_a_control_takes_from_need_what_is_its_own():
    """Provision follows income only, need goes with income: without the control, need seems to
    explain it; with the control, need explains nothing and all of it is inequity."""
    draws = np.random.default_rng(3)
    income = draws.normal(size=200)
    need = 5 - income + 0.1 * draws.normal(size=200)
    of = ranked(np.ones(200), income)
    plain = horizontal_inequity(5 + income, explanation(need), of=of, rng=rng(), resampling=FEW)
    controlled = horizontal_inequity(
        5 + income, explanation(need, income), of=of, rng=rng(), resampling=FEW
    )
    assert abs(plain.index.value) < 0.01
    assert controlled.index.value == pytest.approx(controlled.actual.value)


def test_columns_that_say_the_same_change_nothing():
    provision, need, income, people = town(4)
    of = ranked(people, income)
    once, twice = (
        horizontal_inequity(provision, explanation(needs), of=of, rng=rng(), resampling=FEW)
        for needs in (need, np.column_stack([need, 3 * need - 1]))
    )
    assert twice.index.value == pytest.approx(once.index.value)
    assert twice.index.low == pytest.approx(once.index.low)


def test_intervals_hold_the_index_of_a_larger_town():
    """Towns drawn from one, 60 areas at a time: nearly all intervals hold its index."""
    draws = np.random.default_rng(5)
    provision, need, income, people = town(6, n=4_000)
    people[:] = 1.0
    whole = horizontal_inequity(
        provision, explanation(need), of=ranked(people, income), rng=rng(), resampling=FEW
    )
    held = 0
    for _ in range(60):
        at = draws.choice(4_000, 60, replace=False)
        found = horizontal_inequity(
            provision[at], explanation(need[at]), of=ranked(people[at], income[at]), rng=draws,
            resampling=Resampling(n_draws=300),
        ).index  # fmt: skip
        held += found.low <= whole.index.value <= found.high
    assert held >= 51


@given(st.integers(0, 10_000), st.sampled_from([0.25, 8.0]), st.randoms(use_true_random=False))
def test_neither_units_nor_row_order_matter(seed, times, random):
    provision, need, income, people = town(seed)
    order = random.sample(range(25), 25)
    one = ranked(people, income)
    other = ranked(times * people[order], np.exp(income[order]))
    by = explanation(need)
    turned = explanation(times * need[order] + 1)
    first = horizontal_inequity(provision, by, of=one, rng=rng(), resampling=FEW)
    again = horizontal_inequity(
        times * provision[order], turned, of=other, rng=rng(), resampling=FEW
    )
    assert again.index.value == pytest.approx(first.index.value, abs=1e-9)
    assert again.explained == pytest.approx(first.explained)
    le_grand = [
        le_grand_index(p, n, of=of, rng=rng(), resampling=FEW).difference.value
        for p, n, of in ((provision, need, one), (times * provision[order], need[order], other))
    ]
    assert le_grand[0] == pytest.approx(le_grand[1])


@given(st.integers(0, 10_000))
def test_splitting_an_area_in_two_changes_nothing(seed):
    provision, need, income, people = town(seed)
    at = np.r_[0, np.arange(25)]
    halves = people[at].copy()
    halves[:2] /= 2
    whole = horizontal_inequity(
        provision, explanation(need), of=ranked(people, income), rng=rng(), resampling=FEW
    )
    split = horizontal_inequity(
        provision[at], explanation(need[at]), of=ranked(halves, income[at]), rng=rng(),
        resampling=FEW,
    )  # fmt: skip
    assert split.index.value == pytest.approx(whole.index.value, abs=1e-9)


@given(st.integers(0, 10_000))
def test_scores_of_ranks_add_up_to_nothing_over_people(seed):
    _, _, income, people = town(seed)
    scores = rank_scores(people[None, :], np.round(income))
    assert people @ scores[0] == pytest.approx(0, abs=1e-9 * people.sum())
    assert (np.abs(scores) <= 1).all()


@pytest.mark.parametrize(
    ("provision", "need", "people"),
    [([0.0, 0], [1.0, 2], [1, 1]), ([1.0, -1], [1.0, 2], [1, 1]), ([1.0, 2], [1.0], [1, 1]),
     ([1.0, 2], [1.0, np.nan], [1, 1]), ([1.0, 2], [1.0, 2], [0, 0])],
)  # fmt: skip
def test_bad_input_is_refused(provision, need, people):
    of = ranked(people, [1.0, 2])
    with pytest.raises(UsageError):
        le_grand_index(provision, need, of=of, rng=rng(), resampling=FEW)
    with pytest.raises(UsageError):
        horizontal_inequity(provision, explanation(need), of=of, rng=rng(), resampling=FEW)
