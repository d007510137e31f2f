"""Every index of inequality at once: as each on its own, over areas that are resampled whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.methods.bootstrap import resampled_counts
from evenground.methods.inequality.atkinson import atkinson
from evenground.methods.inequality.concentration_index import concentration_index
from evenground.methods.inequality.foster_greer_thorbecke import foster_greer_thorbecke
from evenground.methods.inequality.gini import gini, gini_rows
from evenground.methods.inequality.interval import Resampling
from evenground.methods.inequality.kolm_pollak import fitted_kappa, kolm_pollak
from evenground.methods.inequality.palma import palma
from evenground.methods.inequality.theil import theil_l, theil_t
from evenground.methods.inequality.theil_decomposition import theil_t_decomposition
from evenground.questions.reach.measures.access_inequality import Held, inequality_of

ASKED = Resampling(n_draws=199, confidence=0.9)
ALWAYS = {"gini", "palma", "theil_t", "theil_l", "atkinson", "kolm_pollak", "short", "shortfall"}


def held_of(n=24, *, seed=1, points=1):
    """Return so many areas, each with some points that are all alike."""
    rng = np.random.default_rng(seed)
    values, people = rng.lognormal(0, 0.7, n), rng.integers(1, 400, n).astype(float)
    return Held(
        values=np.repeat(values, points),
        people=np.repeat(people / points, points),
        area=np.repeat(np.arange(n), points),
        group=np.repeat(np.arange(n) % 3, points),
        rank_by=np.repeat(rng.normal(size=n), points),
    )


def found_of(held, *, line=0.8, aversion=0.5, seed=3, asked=ASKED):
    """Return every interval."""
    rng = np.random.default_rng(seed)
    return inequality_of(held, line=line, aversion=aversion, rng=rng, asked=asked)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("points", [1, 3])
def test_each_index_is_what_it_is_on_its_own(seed, points):
    held = held_of(seed=seed, points=points)
    x, w = held.values, held.people
    kappa = fitted_kappa(x, w, aversion=0.5)
    alone = {
        "gini": gini(x, w),
        "palma": palma(x, w).ratio,
        "theil_t": theil_t(x, w),
        "theil_l": theil_l(x, w),
        "atkinson": atkinson(x, w, aversion=0.5),
        "kolm_pollak": kolm_pollak(x, w, kappa=kappa).index,
        "short": foster_greer_thorbecke(x, w, line=0.8, power=0.0),
        "shortfall": foster_greer_thorbecke(x, w, line=0.8, power=1.0),
        "theil_t_between": theil_t_decomposition(x, held.group, weights=w).between,
        "concentration": concentration_index(x, held.rank_by, weights=w).standard,
    }
    found = found_of(held)
    assert {name: one.value for name, one in found.items()} == pytest.approx(alone)
    assert all(one.low <= one.high for one in found.values())
    assert all(one.confidence == 0.9 for one in found.values())


def test_two_areas_by_hand():
    """One in four has 3, the others 1: mean 1.5; Gini (3/16 · 2) / 1.5; below 1.2 are 3 in 4."""
    held = Held(values=np.array([1.0, 3.0]), people=np.array([3.0, 1.0]), area=np.array([0, 1]))
    found = found_of(held, line=1.2)
    assert found["gini"].value == pytest.approx(0.25)
    assert found["short"].value == pytest.approx(0.75)
    assert found["shortfall"].value == pytest.approx(0.75 * (0.2 / 1.2))
    assert found["theil_t"].value == pytest.approx(
        0.75 * (1 / 1.5) * np.log(1 / 1.5) + 0.25 * 2 * np.log(2)
    )
    assert "theil_t_between" not in found
    assert "concentration" not in found


@pytest.mark.parametrize("seed", [3, 4])
def test_points_of_one_area_are_drawn_together(seed):
    """Resampled by hand: every draw takes an area with all of its points, or leaves it."""
    rng = np.random.default_rng(8)
    area = np.repeat(np.arange(12), [1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4])
    held = Held(
        values=rng.lognormal(size=area.size), people=rng.uniform(1, 9, area.size), area=area
    )
    found = found_of(held, seed=seed)["gini"]
    times = resampled_counts(12, rng=np.random.default_rng(seed), n_draws=ASKED.n_draws)
    drawn = np.sort(gini_rows(held.values, times[:, area] * held.people))
    assert found.low in drawn
    assert found.high in drawn
    assert (drawn < found.low).mean() < 0.1
    assert (drawn > found.high).mean() < 0.1


@pytest.mark.parametrize("points", [2, 3])
@pytest.mark.parametrize("seed", [3, 4])
def test_two_points_alike_in_each_area_tell_no_more_than_one(seed, points):
    """More points of the same areas are no more evidence: interval for interval the same."""
    one, more = (found_of(held_of(points=n), seed=seed) for n in (1, points))
    for name, interval in one.items():
        assert more[name].value == pytest.approx(interval.value), name
        assert (more[name].low, more[name].high) == pytest.approx((interval.low, interval.high)), (
            name
        )


def test_points_taken_for_areas_would_claim_too_much():
    held = held_of(n=16, points=6)
    apart = Held(values=held.values, people=held.people, area=np.arange(held.area.size))
    whole, claimed = found_of(held)["gini"], found_of(apart)["gini"]
    assert whole.high - whole.low > 1.5 * (claimed.high - claimed.low)


def test_same_source_of_chance_same_intervals():
    held = held_of(points=2)
    assert found_of(held) == found_of(held)
    assert found_of(held)["gini"] != found_of(held, seed=4)["gini"]


def test_higher_confidence_is_wider():
    held = held_of(points=2)
    narrow, wide = (
        found_of(held, asked=Resampling(n_draws=199, confidence=c)) for c in (0.5, 0.95)
    )
    for name in ("gini", "theil_t", "concentration", "palma"):
        assert wide[name].low <= narrow[name].low <= narrow[name].high <= wide[name].high


@pytest.mark.parametrize("points", [1, 2])
def test_an_index_without_a_value_is_left_out(points):
    """Somebody has nothing: the mean logarithmic deviation has no end, and is not told."""
    held = held_of(points=points)
    values = np.where(held.area < 2, 0.0, held.values)
    without = Held(values=values, people=held.people, area=held.area)
    found = found_of(without)
    assert "theil_l" not in found
    assert set(found) == ALWAYS - {"theil_l"}
    assert all(np.isfinite([i.value, i.low, i.high]).all() for i in found.values())


def test_most_have_nothing_and_the_palma_ratio_is_left_out():
    held = held_of()
    values = np.where(held.area < 18, 0.0, held.values)
    found = found_of(Held(values=values, people=np.ones(24), area=held.area))
    assert "palma" not in found
    assert found["gini"].value == pytest.approx(gini(values, np.ones(24)))


def test_areas_without_a_rank_are_left_out_of_the_rank_only():
    held = held_of()
    rank = np.where(held.area == 0, np.nan, held.rank_by)
    found = found_of(Held(values=held.values, people=held.people, area=held.area, rank_by=rank))
    assert found["concentration"].value == pytest.approx(
        concentration_index(held.values[1:], held.rank_by[1:], weights=held.people[1:]).standard
    )
    assert found["gini"].value == pytest.approx(gini(held.values, held.people))


def test_areas_in_no_class_are_left_out_of_classes_only():
    held = held_of()
    group = np.where(held.area < 3, -1, held.group)
    found = found_of(Held(values=held.values, people=held.people, area=held.area, group=group))
    part = theil_t_decomposition(held.values[3:], held.group[3:], weights=held.people[3:])
    assert found["theil_t_between"].value == pytest.approx(part.between)
    assert found["theil_t"].value == pytest.approx(theil_t(held.values, held.people))


def test_without_anything_to_share_where_ranks_are_known_there_is_no_concentration():
    held = held_of()
    values = np.where(held.area < 12, 0.0, held.values)
    rank = np.where(held.area < 12, held.rank_by, np.nan)
    group = np.where(held.area < 12, 0, -1)
    found = found_of(
        Held(values=values, people=held.people, area=held.area, group=group, rank_by=rank)
    )
    assert "concentration" not in found
    assert "theil_t_between" not in found


@settings(max_examples=15)
@given(st.sampled_from([0.001, 7.0, 1e4]), st.integers(0, 50))
def test_the_unit_of_access_does_not_matter(times, seed):
    """Relative indices and shares; Kolm–Pollak is in the unit itself, its parameter fitted."""
    held = held_of(n=8, seed=seed)
    scaled = Held(
        values=times * held.values, people=held.people, area=held.area, group=held.group,
        rank_by=held.rank_by,
    )  # fmt: skip
    first, other = found_of(held), found_of(scaled, line=0.8 * times)
    assert set(first) == set(other)
    for name, one in first.items():
        unit = times if name == "kolm_pollak" else 1.0
        assert other[name].value == pytest.approx(unit * one.value, rel=1e-6, abs=1e-9)


@settings(max_examples=15)
@given(st.integers(0, 50), st.randoms(use_true_random=False))
def test_the_order_of_points_does_not_matter(seed, random):
    held = held_of(n=8, seed=seed, points=2)
    order = np.array(random.sample(range(16), 16))
    turned = Held(
        values=held.values[order], people=held.people[order], area=held.area[order],
        group=held.group[order], rank_by=held.rank_by[order],
    )  # fmt: skip
    first, other = found_of(held), found_of(turned)
    for name, one in first.items():
        assert (other[name].value, other[name].low, other[name].high) == pytest.approx(
            (one.value, one.low, one.high), abs=1e-9
        ), name
