"""Every promise on pools made by chance, against all panels where they can be listed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from evenground.errors import UsageError
from evenground.questions.voice.measures.sortition.certificate import certificate
from evenground.questions.voice.measures.sortition.fair_panel import OBJECTIVES, fair_panel
from evenground.questions.voice.measures.sortition.integer_decomposition import panels_that_sum
from evenground.questions.voice.measures.sortition.people_classes import panel_model, people_classes
from evenground.questions.voice.measures.sortition.people_lottery import people_lottery
from evenground.questions.voice.measures.sortition.quota_repair import quota_repair
from evenground.questions.voice.measures.sortition.uniform_lottery import uniform_lottery
from evenground.questions.voice.tests.sortition.made_pools import (
    any_pool,
    every_panel,
    listed_leximin,
    made_pool,
)

N_POOLS = 60
N_REPAIRED = 150
N_LISTED = 11
M = 100


def settled(seed):
    """Yield what an objective gives for a pool, with all panels where they can be listed."""
    codes, quotas, size, homes = any_pool(seed)
    classes = people_classes(codes, homes)
    model = panel_model(classes, quotas, size=size)
    panels = every_panel(model) if model.n_classes <= N_LISTED else None
    for objective in OBJECTIVES:
        yield objective, (codes, quotas, size, homes), classes, model, panels


@pytest.mark.parametrize("seed", range(N_POOLS))
def test_every_promise(seed):
    for objective, pool, classes, model, panels in settled(seed):
        found = fair_panel(model, objective=objective)
        if panels is not None:
            assert (found is None) == (len(panels) == 0)
        if found is None:
            continue
        proof = certificate(model, found)
        assert proof.optimal
        assert found.finished
        chances = found.lottery.expected / model.people
        lottery = people_lottery(classes, found.lottery)
        assert lottery.weights.sum() == pytest.approx(1, abs=1e-12)
        assert lottery.weights.min() > 0
        assert lottery.probabilities == pytest.approx(chances[classes.class_of], abs=1e-9)
        tickets = uniform_lottery(classes, found.lottery, n_panels=M, model=model)
        assert tickets.largest <= 1 / M + 1e-12
        for seats in (lottery.panels, tickets.panels):
            assert_panels(pool, seats)
        if panels is not None:
            assert_best(objective, model, panels, chances)


def assert_panels(pool, seats):
    """Every panel has its size, no person and no household twice, and is within all quotas."""
    codes, quotas, size, homes = pool
    for panel in seats:
        assert np.unique(panel).size == size
        assert homes is None or np.unique(homes[panel]).size == size
    for one in quotas:
        seated = (codes[seats, one.feature] == one.value).sum(axis=1)
        assert one.low <= seated.min()
        assert seated.max() <= one.high


def assert_best(objective, model, panels, chances):
    if objective == "nash":
        # At the optimum no panel is worth more than the people who can be drawn at all.
        drawn = panels.max(axis=0) > 0
        assert (chances[drawn] > 0).all()
        worth = np.zeros(model.n_classes)
        worth[drawn] = 1 / chances[drawn]
        assert (panels @ worth).max() <= model.people[drawn].sum() * (1 + 1e-8)
        return
    known = listed_leximin(model, panels)
    if objective == "leximin":
        assert chances == pytest.approx(known, abs=1e-8)
    else:
        drawn = panels.max(axis=0) > 0
        assert chances[drawn].min() == pytest.approx(known[drawn].min(), abs=1e-8)


def test_pools_without_a_panel_have_one_after_the_smallest_change():
    n_pools = 0
    for seed in range(N_REPAIRED):
        codes, quotas, size, homes = any_pool(seed)
        classes = people_classes(codes, homes)
        model = panel_model(classes, quotas, size=size)
        if fair_panel(model) is not None:
            continue
        found = quota_repair(model, n_quotas=len(quotas))
        assert found.total != 0
        for way in found.ways:
            moved = list(quotas)
            for one in way:
                end = "low" if one.end == "min" else "high"
                moved[one.quota] = replace(moved[one.quota], **{end: one.after})
            assert fair_panel(panel_model(classes, moved, size=size)) is not None
            n_pools += 1
    assert n_pools > 5


@pytest.mark.parametrize("n_values", [(2, 4, 3, 5), (2, 4, 3, 5, 3)])
def test_a_list_for_hundreds_of_classes(n_values):
    codes, quotas = made_pool(500, 75, n_values, 2)
    classes = people_classes(codes)
    model = panel_model(classes, quotas, size=75)
    found = fair_panel(model)
    proof = certificate(model, found)
    assert proof.optimal
    assert proof.gap <= 1e-9
    assert np.abs(found.lottery.expected - found.settled.chances * model.people).max() < 1e-13
    tickets = uniform_lottery(classes, found.lottery, n_panels=200, model=model)
    assert tickets.largest <= 1 / 200
    assert_panels((codes, quotas, 75, None), tickets.panels)


def test_panels_that_sum_to_whole_numbers():
    codes, quotas = made_pool(60, 10, (2, 3), 5)
    model = panel_model(people_classes(codes), quotas, size=10)
    total = 7 * fair_panel(model).lottery.expected
    panels = panels_that_sum(model, total, n_panels=7)
    assert model.admits(panels)
    assert np.abs(panels.sum(axis=0) - total).max() < 1


@pytest.mark.parametrize("n_units", [400, 2_000, 5_000])
def test_a_search_that_is_stopped_says_so(n_units):
    codes, quotas = made_pool(300, 40, (2, 4, 4, 5), 4)
    classes = people_classes(codes)
    model = panel_model(classes, quotas, size=40)
    found = fair_panel(model, n_units=n_units)
    proof = certificate(model, found)
    assert found.finished == (n_units > 2_000)
    assert proof.optimal == found.finished
    assert found.finished or proof.gap > 0.1
    assert proof.valid
    again = fair_panel(model, n_units=n_units)
    assert (again.lottery.panels == found.lottery.panels).all()
    assert_panels((codes, quotas, 40, None), people_lottery(classes, found.lottery).panels)


def test_a_search_stopped_before_any_panel():
    codes, quotas = made_pool(300, 40, (2, 4, 4, 5), 4)
    model = panel_model(people_classes(codes), quotas, size=40)
    with pytest.raises(UsageError, match="panel_unsettled"):
        fair_panel(model, n_units=0)
