"""Cumulative advantage: false alarms of both tests and of their verdict, and what they find."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from scipy import stats

from evenground.questions.reach.measures.cumulative_advantage import (
    CUMULATIVE_ADVANTAGE,
    cumulative_advantage,
)
from evenground.questions.reach.measures.order_test import order_test
from evenground.questions.reach.measures.persistence import persistence
from evenground.questions.reach.measures.placement_panel import placement_panel

pytestmark = pytest.mark.calibrate

N_AREAS, N_YEARS, N_UNITS = 100, 10, 20


def allowed(rate: float, n: int) -> float:
    return rate + 3 * np.sqrt(rate * (1 - rate) / n)


def systematic(rng, expected):
    """Return whole counts, each its expected one rounded up or down, areas in random order."""
    order = rng.permutation(expected.size)
    passed = np.floor(np.cumsum(expected[order]) + rng.random())
    counts = np.empty(expected.size)
    counts[order] = np.diff(np.r_[0, passed])
    return counts


def urn(rng, favour, *, added):
    """Return units by year and area: each unit adds to its area's favour, before the next one."""
    weight, new = favour / favour.sum(), np.zeros((N_YEARS, favour.size))
    for t in range(N_YEARS):
        for _ in range(N_UNITS):
            i = np.searchsorted(np.cumsum(weight), rng.random() * weight.sum())
            new[t, i] += 1
            weight[i] += added
    return new


def planted(rng, favour, *, odds=1.0, drift=0.0, heap=1, spread_out=False):
    """Return units by year and area: each year by favour, and by what stood when it began.

    ``drift`` is how fast each area's favour grows by itself. Units come in heaps of ``heap`` to an
    area, or lie apart: ``spread_out`` gives each area its part, rounded up or down.
    """
    stood, new = np.zeros(favour.size), []
    for t in range(N_YEARS):
        weight = favour * odds ** np.minimum(stood, 200) * np.exp(drift * t)
        chance = weight / weight.sum()
        if spread_out:
            new.append(systematic(rng, N_UNITS * chance))
        else:
            new.append(heap * rng.multinomial(N_UNITS // heap, chance))
        stood = stood + new[-1]
    return np.array(new)


def naive_p_value(new, people):
    """Correlate what each area got beyond its part with what it had beyond its part."""
    share = people / people.sum()
    earlier = np.cumsum(new, axis=0) - new
    more, had = (x - x.sum(axis=1, keepdims=True) * share for x in (new, earlier))
    return stats.pearsonr(had[1:].ravel(), more[1:].ravel(), alternative="greater").pvalue


@pytest.mark.parametrize("spread", [0.0, 0.5, 1.0])
def test_false_alarms_of_the_order_test(town, tables, spread):
    """Favour of any spread, hidden from the test, that does not change."""
    people, n_sims = town(N_AREAS).people, 1_000
    rng = np.random.default_rng([1, int(10 * spread)])
    alarms = 0
    for _ in range(n_sims):
        new = planted(rng, people * np.exp(spread * rng.standard_normal(N_AREAS)))
        alarms += order_test(new, rng=rng, n_draws=199).p_value <= 0.05
    false = alarms / n_sims
    tables.add("Order test: false alarms", spread_of_hidden_favour=spread, false_alarms=false)
    assert false <= allowed(0.05, n_sims)


@pytest.mark.parametrize("effect", [None, 0.0, 0.5, 1.0])
def test_false_alarms_of_persistence(town, tables, effect):
    """People, and need where it matters, are all there is; ``effect`` is per standard deviation."""
    people, n_sims = town(N_AREAS).people, 300
    rng = np.random.default_rng([2, int(10 * (effect or 0)), effect is None])
    alarms = covered = 0
    for _ in range(n_sims):
        need = rng.standard_normal(N_AREAS)
        new = planted(rng, people * np.exp((effect or 0) * need))
        panel = placement_panel(new, people, need=None if effect is None else need)
        found = persistence(panel, rng=rng, n_draws=199)
        alarms += found.p_value <= 0.05
        covered += found.low <= 1 <= found.high
    tables.add(
        "Persistence: false alarms, people and need being all there is",
        effect_of_need="not given" if effect is None else effect,
        false_alarms=alarms / n_sims, interval_covers=covered / n_sims,
    )  # fmt: skip
    assert alarms / n_sims <= allowed(0.05, n_sims)
    assert 1 - covered / n_sims <= allowed(0.05, n_sims)


@pytest.mark.parametrize("spread", [0.0, 0.5])
@pytest.mark.parametrize("odds", [1.1, 1.2, 1.3, 1.5])
def test_power(town, tables, odds, spread):
    people, n_sims = town(N_AREAS).people, 120
    rng = np.random.default_rng([3, int(10 * odds), int(10 * spread)])
    seen, covered = Counter(), 0
    for _ in range(n_sims):
        favour = people * np.exp(spread * rng.standard_normal(N_AREAS))
        panel = placement_panel(planted(rng, favour, odds=odds), people)
        found = cumulative_advantage(panel, rng=rng, n_draws=199)
        seen.update(
            persistence=found.persistence.p_value <= 0.05,
            order=found.order.p_value <= 0.05,
            both=found.verdict == CUMULATIVE_ADVANTAGE,
        )
        covered += found.persistence.low <= odds <= found.persistence.high
    tables.add(
        "Cumulative advantage: how often it is seen",
        odds_ratio=odds, hidden_favour=spread,
        **{name: seen[name] / n_sims for name in ("persistence", "order", "both")},
        interval_covers=covered / n_sims,
    )  # fmt: skip
    if spread == 0:
        assert 1 - covered / n_sims <= allowed(0.05, n_sims)
    if odds >= 1.3:
        assert seen["persistence"] / n_sims >= 0.8


@pytest.mark.parametrize("spread", [0.5, 0.75, 1.0])
def test_hidden_favour_is_not_taken_for_cumulative_advantage(town, tables, spread):
    people, n_sims = town(N_AREAS).people, 300
    rng = np.random.default_rng([4, int(100 * spread)])
    seen = Counter()
    for _ in range(n_sims):
        new = planted(rng, people * np.exp(spread * rng.standard_normal(N_AREAS)))
        found = cumulative_advantage(placement_panel(new, people), rng=rng, n_draws=199)
        seen.update(
            naive=bool(naive_p_value(new, people) <= 0.05),
            persistence=found.persistence.p_value <= 0.05,
            both=found.verdict == CUMULATIVE_ADVANTAGE,
        )
    tables.add(
        "Hidden favour and no reinforcement: how often each test sees an advantage",
        spread=spread,
        **{name: seen[name] / n_sims for name in ("naive", "persistence", "both")},
    )
    assert seen["both"] / n_sims <= allowed(0.05, n_sims)


def test_other_stories(town, tables):
    """An urn, favour that drifts, units in heaps or spread out: what each test makes of them."""
    people, n_sims = town(N_AREAS).people, 200
    rng = np.random.default_rng(5)

    def uneven():
        return people * np.exp(0.75 * rng.standard_normal(N_AREAS))

    def drift(by):
        return planted(rng, people, drift=by * rng.standard_normal(N_AREAS))

    stories = {
        "urn, each unit adds a hundredth": lambda: urn(rng, people, added=0.01),
        "favour drifts, 5 % a year": lambda: drift(0.05),
        "favour drifts, 20 % a year": lambda: drift(0.2),
        "heaps of two": lambda: planted(rng, people, heap=2),
        "heaps of five": lambda: planted(rng, people, heap=5),
        "hidden favour, heaps of two": lambda: planted(rng, uneven(), heap=2),
        "hidden favour, spread out": lambda: planted(rng, uneven(), spread_out=True),
    }
    for story, told in stories.items():
        seen = Counter()
        for _ in range(n_sims):
            found = cumulative_advantage(placement_panel(told(), people), rng=rng, n_draws=199)
            order = found.order
            seen.update(
                persistence=found.persistence.p_value <= 0.05,
                score=order.score_p_value <= 0.05,
                lateness=order.lateness_p_value <= 0.05,
                order=order.p_value <= 0.05,
            )
        rates = {name: count / n_sims for name, count in seen.items()}
        tables.add("Other stories: how often each test rejects", story=story, **rates)
        if "drifts" not in story:  # favour that changes is outside what the order test can exclude
            assert rates["order"] <= allowed(0.05, n_sims)
