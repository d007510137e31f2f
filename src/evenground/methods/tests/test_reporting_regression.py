"""Rates set beside traits: the same as by group where traits are groups, and right where known."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.methods.cannot_tell import CannotTell
from evenground.methods.reporting import Incidents
from evenground.methods.reporting_regression import reporting_regression


def incidents(days, more):
    return Incidents(
        days=np.asarray(days, float), n_more=np.asarray(more, float),
        first_row=np.arange(len(days)), n_open=0, n_without_time=0, n_copies=0, n_after_end=0,
    )  # fmt: skip


def drawn(seed, n=2_000, *, never=0.0):
    rng = np.random.default_rng(seed)
    days = rng.exponential(20, n)
    traits = np.column_stack([np.ones(n), rng.random(n) < 0.3, rng.normal(size=n)])
    rate = np.exp(traits @ [-2.5, 0.7, -0.2])
    more = rng.poisson(rate * days) * (rng.random(n) >= never)
    return incidents(days, more), traits


def test_groups_give_the_rates_of_groups():
    rng = np.random.default_rng(1)
    days, group = rng.exponential(20, 400), rng.integers(0, 2, 400)
    more = rng.poisson(np.where(group == 1, 0.2, 0.1) * days)
    found = reporting_regression(incidents(days, more), np.column_stack([np.ones(400), group == 1]))
    rates = [more[group == g].sum() / days[group == g].sum() for g in (0, 1)]
    assert not found.is_zero_inflated
    assert found.ratio == pytest.approx([rates[0], rates[1] / rates[0]], rel=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_known_traits_are_found(seed):
    found = reporting_regression(*drawn(seed))
    assert not found.is_zero_inflated
    assert (np.abs(found.coefficient - [-2.5, 0.7, -0.2]) < 4 * found.standard_error).all()


@pytest.mark.parametrize("seed", range(3))
def test_a_part_that_nobody_reports_again_is_found(seed):
    found = reporting_regression(*drawn(seed, never=0.4))
    assert found.is_zero_inflated
    assert found.never_again == pytest.approx(0.4, abs=0.06)
    assert found.ratio[1] == pytest.approx(np.exp(0.7), rel=0.2)


def test_zero_inflation_is_rarely_seen_where_there_is_none():
    seen = [reporting_regression(*drawn(seed, 300)).is_zero_inflated for seed in range(60)]
    assert sum(seen) <= 8


def test_the_unit_of_a_trait_changes_its_ratio_only():
    some, traits = drawn(7)
    found = reporting_regression(some, traits)
    again = reporting_regression(some, traits * [1, 1, 10])
    assert again.coefficient == pytest.approx(found.coefficient / [1, 1, 10], rel=1e-4)
    assert again.ratio[1] == pytest.approx(found.ratio[1], rel=1e-4)


def test_what_cannot_be_told_apart():
    some, traits = drawn(8, 50)
    told = reporting_regression(some, np.column_stack([traits, traits[:, 1]]))
    assert isinstance(told, CannotTell)
    assert told.reason.code == "reason.reporting.traits_alike"
    silent = reporting_regression(incidents([1, 2, 3], [0, 0, 0]), np.ones((3, 1)))
    assert isinstance(silent, CannotTell)
    assert silent.reason.code == "reason.reporting.no_repeats"
