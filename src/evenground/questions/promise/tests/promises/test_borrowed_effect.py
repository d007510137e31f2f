"""Effects from elsewhere: what one more site may see, and when nothing can be said."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.promise.measures.promises.borrowed_effect import (
    Reason,
    Sites,
    borrowed_effect,
    standard_errors_of,
)
from evenground.questions.promise.measures.promises.context_differences import (
    context_differences,
)
from evenground.questions.promise.measures.promises.prediction_interval import (
    SiteEffects,
    prediction_interval,
    site_effects,
)

# Thirteen trials of cisapride against placebo: better in the treated group of so many, and in the
# other. Hartung and Knapp (2001), Statistics in Medicine 20, 3875-3889, as printed in the vignette
# of the R package pimeta 1.1.4.
TREATED = np.array([15, 12, 29, 42, 14, 44, 14, 29, 10, 17, 38, 19, 21])
OF_TREATED = np.array([16, 16, 34, 56, 22, 54, 17, 58, 14, 26, 44, 29, 38])
OTHERS = np.array([9, 1, 18, 31, 6, 17, 7, 23, 3, 6, 12, 22, 19])
OF_OTHERS = np.array([16, 16, 34, 56, 22, 55, 15, 58, 15, 27, 45, 30, 38])

rows = st.lists(st.tuples(st.floats(-50, 50), st.floats(0.1, 20)), min_size=3, max_size=12)


def test_the_published_spread_of_thirteen_trials():
    cells = [one + 0.5 for one in (TREATED, OF_TREATED - TREATED, OTHERS, OF_OTHERS - OTHERS)]
    effects = np.log(cells[0] * cells[3] / (cells[1] * cells[2]))
    errors = np.sqrt(sum(1 / one for one in cells))
    assert effects[:3].round(6).tolist() == [2.098986, 3.357026, 1.565232]  # as printed there
    assert errors[:3].round(7).tolist() == [0.9847737, 1.0165653, 0.574784]
    found = site_effects(effects, errors)
    assert round(float(np.exp(found.mean)), 3) == 4.141
    assert round(found.between**2, 3) == 0.718
    assert round(found.between_share, 3) == 0.699


def test_the_published_interval_of_ten_trials():
    """Ten invented trials of Riley, Higgins and Deeks (2011), BMJ 342, d549, by pimeta 1.0.1.

    Mean -0.3340597, variance between 0.02824971, prediction interval -0.7597777 to 0.09165839; the
    standard error of the mean is read off the confidence interval -0.5068 to -0.1613 that version
    1.1.4 prints, with nine degrees of freedom (t = 2.262157).
    """
    error = (0.5068 - 0.1613) / 2 / 2.262157
    known = SiteEffects(
        mean=-0.3340597, standard_error=error, between=0.02824971**0.5, between_share=0.705,
        n_sites=10,
    )  # fmt: skip
    found = prediction_interval(known)
    assert found.low == pytest.approx(-0.7597777, abs=5e-5)
    assert found.high == pytest.approx(0.09165839, abs=5e-5)


def test_by_hand():
    """Effects 1, 3, 5 with errors of 1: Q = 8, variance between (8 - 2) / (3 - 1) = 3."""
    found = site_effects([1, 3, 5], [1, 1, 1])
    assert found.mean == pytest.approx(3)
    assert found.between == pytest.approx(3**0.5)
    assert found.between_share == pytest.approx(0.75)
    assert found.standard_error == pytest.approx((4 / 3) ** 0.5)
    reach = 12.706204736 * (3 + 4 / 3) ** 0.5  # t with one degree of freedom
    interval = prediction_interval(found)
    assert interval.high == pytest.approx(3 + reach, rel=1e-9)
    assert interval.at_least(3) == pytest.approx(0.5)
    assert interval.at_least(interval.high) == pytest.approx(0.025)


@given(rows, st.floats(1e-6, 1e6), st.floats(-100, 100))
def test_another_unit_and_another_origin(sites, unit, origin):
    effects, errors = np.array(sites).T
    one = prediction_interval(site_effects(effects, errors))
    other = prediction_interval(site_effects((effects + origin) * unit, errors * unit))
    size = (np.abs(effects).max() + abs(origin) + errors.max()) * 20
    for end in ("low", "high"):
        wanted = (getattr(one, end) + origin) * unit
        # Where sites differ hardly more than by chance, the spread is a root of nearly nought.
        assert getattr(other, end) == pytest.approx(wanted, rel=1e-6, abs=1e-6 * size * unit)


@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_sites_does_not_matter(sites, random):
    shuffled = list(sites)
    random.shuffle(shuffled)
    one, other = (site_effects(*np.array(order).T) for order in (sites, shuffled))
    assert one.mean == pytest.approx(other.mean, rel=1e-10, abs=1e-10)


@given(rows)
def test_one_more_site_is_less_certain_than_the_mean(sites):
    found = site_effects(*np.array(sites).T)
    interval = prediction_interval(found)
    assert interval.high - interval.low >= 2 * 1.959 * found.standard_error
    assert interval.low <= found.mean <= interval.high
    wider = prediction_interval(found, level=0.99)
    assert wider.low <= interval.low
    assert interval.high <= wider.high


def test_standard_errors_are_read_off_intervals():
    found = standard_errors_of([0, np.nan, 2], [3.919927969, 1, 2])
    assert found[0] == pytest.approx(1)
    assert np.isnan(found[1:]).all()
    ninety = standard_errors_of([0], [3.2897072539], level=[0.9])
    assert ninety[0] == pytest.approx(1)


def test_one_site_is_not_transferable():
    sites = Sites(effects=np.array([25.0]), standard_errors=np.array([5.0]), by_seller=True)
    found = borrowed_effect(sites, promised=20)
    assert not found.transferable
    assert (found.expected, found.chance_of_promise) == (None, None)
    assert found.seen == 25
    assert found.reasons == (Reason.ONE_SITE, Reason.CONTEXT_UNKNOWN, Reason.FOUND_BY_SELLER)


def test_two_sites_and_sites_without_intervals_are_not_either():
    two = Sites(effects=np.array([25.0, 20]), standard_errors=np.array([5.0, 5]))
    assert Reason.TWO_SITES in borrowed_effect(two).reasons
    bare = Sites(effects=np.array([25.0, 20, 30]), standard_errors=np.array([5.0, np.nan, np.nan]))
    found = borrowed_effect(bare)
    assert not found.transferable
    assert found.reasons == (Reason.NO_INTERVALS, Reason.CONTEXT_UNKNOWN)
    assert (found.n_sites, found.seen) == (1, 25)
    nothing = borrowed_effect(Sites(effects=np.array([np.nan]), standard_errors=np.array([np.nan])))
    assert nothing.seen is None


def test_several_sites_carry_over_with_less_certainty_and_contexts_are_named_beside():
    sites = Sites(effects=np.array([1.0, 3, 5]), standard_errors=np.ones(3))
    references = np.arange(10.0)[:, None]
    far = context_differences([0.0], [9.0], dimensions=["density"], references=references)
    near = context_differences([4.0], [5.0], dimensions=["density"], references=references)
    apart = borrowed_effect(sites, contexts=[far], promised=3)
    alike = borrowed_effect(sites, contexts=[near], promised=3)
    assert apart.reasons == (Reason.SITES_DIFFER, Reason.CONTEXT_DIFFERS)
    assert alike.reasons == (Reason.SITES_DIFFER,)
    assert apart.chance_of_promise == pytest.approx(0.5)
    assert (apart.expected.low, apart.expected.high) == (alike.expected.low, alike.expected.high)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_interval_covers_one_more_site_when_sites_are_many(seed):
    rng = np.random.default_rng(seed)
    covered = 0
    for _ in range(400):
        truth = rng.normal(2, 1, 31)
        errors = rng.uniform(0.2, 0.6, 30)
        interval = prediction_interval(site_effects(rng.normal(truth[:30], errors), errors))
        covered += interval.low <= truth[30] <= interval.high
    assert 0.92 <= covered / 400 <= 0.98  # 0.95 give or take three standard errors


@pytest.mark.parametrize(
    "call",
    [
        lambda: site_effects([], []),
        lambda: site_effects([1, 2], [1]),
        lambda: site_effects([1], [0]),
        lambda: site_effects([float("nan")], [1]),
        lambda: prediction_interval(site_effects([1, 2, 3], [1, 1, 1]), level=1),
        lambda: standard_errors_of([2], [1]),
        lambda: borrowed_effect(Sites(effects=np.ones(2), standard_errors=np.ones(3))),
    ],
)
def test_what_makes_no_sense_is_refused(call):
    with pytest.raises(UsageError):
        call()
