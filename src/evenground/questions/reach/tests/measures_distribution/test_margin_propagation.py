"""Margins of error carried through groups and classes."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.methods.group_attribution import area_classes
from evenground.methods.margins_of_error import counts_with_margins, group_totals
from evenground.questions.reach.measures.margin_propagation import (
    interval,
    propagate_class_margins,
    propagate_margins,
)


@pytest.fixture
def town():
    rng = np.random.default_rng(4)
    people = counts_with_margins(rng.uniform(1_000, 3_000, 60), np.full(60, 500.0))
    need = counts_with_margins(np.sort(rng.uniform(0, 40, 60)), np.full(60, 6.0))
    units = rng.poisson(np.linspace(1, 6, 60)).astype(float)
    return people, need, units


def test_draws_agree_with_linear_propagation(town):
    people, _, units = town
    membership = area_classes(np.repeat([0, 1, 2], 20), n_classes=3)
    drawn = propagate_margins(
        units, people, membership, rng=np.random.default_rng(1), n_draws=6_000
    )
    totals = group_totals(people, membership.share)
    rate = 10_000 * membership.share @ units / totals.value
    assert drawn.rate.mean(axis=0) == pytest.approx(rate, rel=0.01)
    expected = rate * totals.standard_error / totals.value
    assert drawn.rate.std(axis=0) == pytest.approx(expected, rel=0.06)
    low, high = interval(drawn.ratio(2, 0))
    assert low < rate[2] / rate[0] < high
    assert drawn.baseline_share.sum(axis=1) == pytest.approx(np.ones(6_000))


def test_uncertain_classes_widen_the_interval_and_fade_the_contrast(town):
    people, need, units = town
    rng = np.random.default_rng(2)
    fixed = propagate_margins(
        units, people, area_classes(np.repeat([0, 1, 2], 20), n_classes=3), rng=rng
    )
    recut = propagate_class_margins(units, people, need, n_classes=3, draws=(rng, 2_000))
    assert (recut.units.sum(axis=1) == units.sum()).all()
    width = [np.subtract(*interval(d.ratio(2, 0))[::-1]) for d in (fixed, recut)]
    assert width[1] > 1.2 * width[0]
    assert np.median(recut.ratio(2, 0)) < np.median(fixed.ratio(2, 0))


def test_classes_without_error_are_those_of_the_published_values(town):
    people, need, units = town
    sure = counts_with_margins(need.value, np.zeros(60))
    exact = counts_with_margins(people.value, np.zeros(60))
    drawn = propagate_class_margins(
        units, exact, sure, n_classes=3, draws=(np.random.default_rng(3), 5)
    )
    by_third = np.add.reduceat(units, [0, 20, 40])
    assert (drawn.units == by_third).all()
