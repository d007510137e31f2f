"""Panels by lot beside sortition-algorithms, in one run; and cost against people and classes.

The peer's leximin needs a commercial solver, so its maximin stands in: less work than leximin. It
is stopped after a time, which is said.
"""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.voice.measures.sortition.certificate import certificate
from evenground.questions.voice.measures.sortition.fair_panel import fair_panel
from evenground.questions.voice.measures.sortition.people_classes import panel_model, people_classes
from evenground.questions.voice.measures.sortition.people_lottery import people_lottery
from evenground.questions.voice.measures.sortition.uniform_lottery import uniform_lottery
from evenground.questions.voice.tests.sortition.made_pools import made_pool

pytestmark = pytest.mark.bench
PATIENCE = 60
PEER = "../../tests/oracle/peers/sortition_algorithms_panel.py"
"""The script that gives the peer's chances to be compared also times it."""
POOLS = {
    "2,000 people, panel of 200, 3 features": (2_000, 200, (2, 5, 6), 1.0),
    "500 people, panel of 75, 4 features": (500, 75, (2, 4, 3, 5), 6.0),
    "2,000 people, panel of 100, 5 features": (2_000, 100, (2, 5, 6, 4, 4), 60.0),
}


def drawn(codes, quotas, size, objective="leximin"):
    classes = people_classes(codes)
    model = panel_model(classes, quotas, size=size)
    found = fair_panel(model, objective=objective)
    return model, found, people_lottery(classes, found.lottery)


@pytest.mark.parametrize("name", POOLS)
@pytest.mark.parametrize("seed", [1, 2])
def test_leximin(cpu_seconds, say, name, seed):
    n, size, n_values, bar = POOLS[name]
    codes, quotas = made_pool(n, size, n_values, seed)
    rounds = 3 if bar < 10 else 1
    seconds = cpu_seconds(lambda: drawn(codes, quotas, size), rounds=rounds)
    model, found, lottery = drawn(codes, quotas, size)
    proof = certificate(model, found)
    tickets = uniform_lottery(people_classes(codes), found.lottery, n_panels=1_000, model=model)
    say(
        f"leximin, {name} ({model.n_classes} classes): {seconds:.2f} s of processor time to "
        f"{len(lottery.weights)} named panels; proved to {proof.gap:.0e} with {proof.n_cuts} cuts; "
        f"1,000 tickets off by {1_000 * tickets.largest:.2f} / 1,000 at most"
    )
    assert proof.optimal
    assert seconds <= bar
    assert tickets.largest <= 1 / 1_000


@pytest.mark.parametrize("objective", ["maximin", "nash"])
def test_beside_the_peer(peer, cpu_seconds, say, objective):
    codes, quotas = made_pool(500, 75, (2, 4, 3, 5), 1)
    theirs = peer(
        PEER,
        codes=codes.tolist(),
        quotas=[[one.feature, one.value, one.low, one.high] for one in quotas],
        size=75, objective=objective, seconds=PATIENCE,
    )  # fmt: skip
    seconds = cpu_seconds(lambda: drawn(codes, quotas, 75, objective), rounds=3)
    model, found, ours = drawn(codes, quotas, 75, objective)
    assert certificate(model, found).optimal
    if theirs["finished"]:
        alike = people_classes(codes).class_of
        apart = max(np.ptp(np.array(theirs["probabilities"])[alike == one]) for one in set(alike))
        told = (
            f"{theirs['seconds']:.1f} s, {theirs['seconds'] / seconds:.0f} times as long; people "
            f"alike have chances up to {apart:.3f} apart, its least is "
            f"{min(theirs['probabilities']):.6f}"
        )
    else:
        told = f"stopped after {PATIENCE} s, {theirs['seconds'] / seconds:.0f} times as long"
    say(
        f"{objective}, 500 people, panel of 75: {seconds:.2f} s of processor time, least chance "
        f"{ours.probabilities.min():.6f}; sortition-algorithms {told}"
    )
    assert theirs["seconds"] > 10 * seconds


def test_cost_against_people_and_classes(cpu_seconds, say):
    for n in (500, 1_000, 2_000, 4_000, 8_000):
        codes, quotas = made_pool(n, 100, (2, 5, 6), 3)
        seconds = cpu_seconds(lambda c=codes, q=quotas: drawn(c, q, 100), rounds=1)
        say(f"  leximin, {n:,} people, 60 classes at most: {seconds:.2f} s {_bar(seconds)}")
    for n_values in ((2, 3), (2, 4, 3), (2, 4, 3, 4), (2, 4, 3, 5, 3), (2, 4, 3, 5, 4)):
        codes, quotas = made_pool(500, 75, n_values, 3)
        seconds = cpu_seconds(lambda c=codes, q=quotas: drawn(c, q, 75), rounds=1)
        n_classes = people_classes(codes).people.size
        say(f"  leximin, 500 people, {n_classes} classes: {seconds:.2f} s {_bar(seconds)}")


def _bar(seconds):
    return "#" * max(1, round(10 * seconds))
