from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from evenground.errors import UsageError
from evenground.questions.voice.measures.sortition.certificate import certificate
from evenground.questions.voice.measures.sortition.fair_panel import fair_panel
from evenground.questions.voice.measures.sortition.panel_programme import Cut
from evenground.questions.voice.measures.sortition.people_classes import (
    Quota,
    panel_model,
    people_classes,
)
from evenground.questions.voice.measures.sortition.people_lottery import people_lottery
from evenground.questions.voice.measures.sortition.uniform_lottery import uniform_lottery
from evenground.questions.voice.tests.sortition.made_pools import (
    every_panel,
    listed_leximin,
    listed_nash,
    made_pool,
)

N_SMALL = 40


def small_models():
    """Yield small pools whose panels can all be listed, some of them with no panel at all."""
    for seed in range(N_SMALL):
        rng = np.random.default_rng(seed)
        n_values = [int(rng.integers(2, 4)) for _ in range(int(rng.integers(2, 5)))]
        size = int(rng.integers(2, 6))
        codes, quotas = made_pool(int(rng.integers(size, 14)), size, n_values, seed)
        model = panel_model(people_classes(codes), quotas, size=size)
        if model.n_classes <= 9:
            yield seed, model


def chances(model, found):
    return found.lottery.expected / model.people


def triangle():
    """Return three features and four people, of whom two are drawn, one at most with each 0."""
    codes = np.array([[0, 0, 1], [0, 1, 0], [1, 0, 0], [1, 1, 1]])
    quotas = [Quota(feature=at, value=0, low=0, high=1) for at in range(3)]
    return panel_model(people_classes(codes), quotas, size=2)


def test_by_hand():
    """Two women and six men, two places, one of each: 1/2 and 1/6, whatever the objective."""
    codes = np.array([[0]] * 2 + [[1]] * 6)
    quotas = [Quota(feature=0, value=value, low=1, high=1) for value in (0, 1)]
    model = panel_model(people_classes(codes), quotas, size=2)
    for objective in ("leximin", "maximin", "nash"):
        found = fair_panel(model, objective=objective)
        assert chances(model, found) == pytest.approx([1 / 2, 1 / 6], abs=1e-10)
        assert certificate(model, found).optimal


def test_where_quotas_cross():
    model = triangle()
    panels = every_panel(model)
    found = fair_panel(model)
    assert chances(model, found) == pytest.approx(listed_leximin(model, panels), abs=1e-8)
    assert certificate(model, found).optimal


def test_leximin_is_what_listing_every_panel_gives():
    n_cuts = n_pools = 0
    for seed, model in small_models():
        panels = every_panel(model)
        found = fair_panel(model)
        assert (found is None) == (len(panels) == 0), seed
        if found is None:
            continue
        n_pools += 1
        n_cuts += len(found.cuts) > 0
        assert chances(model, found) == pytest.approx(listed_leximin(model, panels), abs=1e-7)
        proof = certificate(model, found)
        assert proof.optimal, (seed, proof)
        assert proof.gap <= 1e-8
        assert model.admits(found.lottery.panels)
    assert n_pools > 20
    assert n_cuts >= 1


def test_maximin_and_nash_are_what_listing_every_panel_gives():
    for seed, model in list(small_models())[:15]:
        panels = every_panel(model)
        if not len(panels):
            continue
        least = listed_leximin(model, panels).min()
        found = fair_panel(model, objective="maximin")
        assert chances(model, found).min() == pytest.approx(least, abs=1e-8)
        assert certificate(model, found).optimal
        found = fair_panel(model, objective="nash")
        assert chances(model, found) == pytest.approx(listed_nash(model, panels), abs=2e-3), seed
        assert certificate(model, found).optimal


@pytest.mark.parametrize("seed", [1, 2])
def test_a_pool_of_a_city(seed):
    codes, quotas = made_pool(500, 40, (2, 4, 3), seed)
    classes = people_classes(codes)
    model = panel_model(classes, quotas, size=40)
    found = fair_panel(model)
    assert certificate(model, found).optimal
    lottery = people_lottery(classes, found.lottery)
    assert lottery.weights.sum() == pytest.approx(1, abs=1e-12)
    for panel in lottery.panels:
        assert np.unique(panel).size == 40
    for one in quotas:
        seated = (codes[lottery.panels, one.feature] == one.value).sum(axis=1)
        assert seated.min() >= one.low
        assert seated.max() <= one.high
    for one in range(model.n_classes):
        assert np.ptp(lottery.probabilities[classes.class_of == one]) < 1e-9
    again = people_lottery(classes, fair_panel(model).lottery)
    assert (again.panels == lottery.panels).all()
    assert (again.weights == lottery.weights).all()


def test_order_of_people_changes_no_chance():
    codes, quotas = made_pool(120, 15, (2, 3, 3), 3)
    order = np.random.default_rng(1).permutation(120)
    known = drawn(codes, quotas, size=15).probabilities
    found = drawn(codes[order], quotas, size=15).probabilities
    assert found == pytest.approx(known[order], abs=1e-9)


def test_doubling_pool_and_panel_changes_no_chance():
    codes, quotas = made_pool(60, 10, (2, 3), 5)
    twice = [replace(one, low=2 * one.low, high=2 * one.high) for one in quotas]
    known = drawn(codes, quotas, size=10).probabilities
    found = drawn(np.vstack([codes, codes]), twice, size=20).probabilities
    assert found == pytest.approx(np.tile(known, 2), abs=1e-9)


def drawn(codes, quotas, *, size, households=None):
    classes = people_classes(codes, households)
    found = fair_panel(panel_model(classes, quotas, size=size))
    return people_lottery(classes, found.lottery)


def test_at_most_one_of_a_household():
    codes, quotas = made_pool(90, 12, (2, 3), 7)
    homes = np.random.default_rng(2).integers(0, 60, 90)
    classes = people_classes(codes, homes)
    model = panel_model(classes, quotas, size=12)
    found = fair_panel(model)
    assert certificate(model, found).optimal
    lottery = people_lottery(classes, found.lottery)
    tickets = uniform_lottery(classes, found.lottery, n_panels=100)
    for panel in (*lottery.panels, *tickets.panels):
        assert np.unique(homes[panel]).size == 12
    exact = chances(model, found)[classes.class_of]
    assert lottery.probabilities == pytest.approx(exact, abs=1e-9)


@pytest.mark.parametrize(("seed", "m"), [(1, 100), (2, 1_000), (3, 57)])
def test_a_list_of_tickets_is_the_lottery_rounded(seed, m):
    codes, quotas = made_pool(300, 30, (2, 4, 3), seed)
    classes = people_classes(codes)
    model = panel_model(classes, quotas, size=30)
    lottery = fair_panel(model).lottery
    found = uniform_lottery(classes, lottery, n_panels=m)
    counted = np.bincount(found.panels.ravel(), minlength=300)
    assert (counted == found.counts).all()
    assert counted.sum() == 30 * m
    exact = (lottery.expected / model.people)[classes.class_of]
    assert found.largest == pytest.approx(np.abs(counted / m - exact).max(), abs=1e-12)
    assert found.largest <= 1 / m
    by_class = np.array([np.bincount(classes.class_of[panel], minlength=model.n_classes)
                         for panel in found.panels])  # fmt: skip
    assert model.admits(by_class)


def test_a_lottery_that_is_not_the_fairest_is_not_proved():
    codes, quotas = made_pool(120, 15, (2, 3, 3), 3)
    model = panel_model(people_classes(codes), quotas, size=15)
    found = fair_panel(model)
    weights = found.lottery.weights.copy()
    weights[:2] += (-0.1 * weights[0], 0.1 * weights[0])
    lottery = replace(found.lottery, weights=weights)
    assert not certificate(model, replace(found, lottery=lottery)).optimal
    panels = found.lottery.panels.copy()
    panels[0, 0] += 1
    lottery = replace(found.lottery, panels=panels)
    proof = certificate(model, replace(found, lottery=lottery))
    assert not proof.valid
    assert not proof.optimal


def test_a_false_limit_of_whole_panels_is_not_proved():
    model = triangle()
    found = fair_panel(model)
    weights = np.ones(model.n_classes, dtype=np.int64)
    assert not certificate(model, replace(found, cuts=(Cut(weights=weights, limit=1),))).cuts_hold


def test_bad_input():
    codes = np.zeros((3, 1), dtype=np.int64)
    with pytest.raises(UsageError, match="panel_size"):
        panel_model(people_classes(codes), [], size=0)
    with pytest.raises(UsageError, match="quota_range"):
        panel_model(people_classes(codes), [Quota(feature=0, value=0, low=2, high=1)], size=1)
    with pytest.raises(UsageError, match="quota_feature"):
        panel_model(people_classes(codes), [Quota(feature=1, value=0, low=0, high=1)], size=1)
    with pytest.raises(UsageError, match="pool_empty"):
        people_classes(np.zeros((0, 2)))
    with pytest.raises(UsageError, match="households"):
        people_classes(codes, np.zeros(2))
    with pytest.raises(UsageError, match="objective_unknown"):
        fair_panel(panel_model(people_classes(codes), [], size=1), objective="mean")
    classes = people_classes(codes)
    lottery = fair_panel(panel_model(classes, [], size=1)).lottery
    with pytest.raises(UsageError, match="n_panels"):
        uniform_lottery(classes, lottery, n_panels=0)
