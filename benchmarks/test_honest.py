"""Honest DiD beside moderndid on the Medicaid study, and all checks of a large panel."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.promise.measures.evaluation.checks import Around, checks_of
from evenground.questions.promise.measures.evaluation.effect import Asked, Inference, Method
from evenground.questions.promise.measures.evaluation.evaluate import evaluate
from evenground.questions.promise.measures.honest import (
    Target,
    breakdown,
    event_study,
    honest_relative_magnitudes,
)
from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.tests.honest.published_studies import medicaid

pytestmark = pytest.mark.bench
STUDY = medicaid()
BETAS, COVARIANCE, N_PRE = STUDY.betas, STUDY.covariance, STUDY.n_pre
BOUNDS = [0.5, 1.0, 1.5, 2.0]


def test_four_bounds(peer, cpu_seconds, say):
    betas, covariance = BETAS, COVARIANCE
    weights = (0.5, 0.5)

    def ours():
        return honest_relative_magnitudes(
            betas, covariance, n_pre=N_PRE, bounds=BOUNDS, target=Target(weights=weights)
        )

    seconds, found = cpu_seconds(ours), ours()
    theirs = peer(
        "honest_did.py", betas=BETAS.tolist(), covariance=covariance.tolist(), n_pre=N_PRE,
        weights=list(weights), bounds=BOUNDS,
    )  # fmt: skip
    step = 40 * np.sqrt(covariance[N_PRE:, N_PRE:].sum() / 4) / 999
    # The peer draws the critical value of the first stage: a little more than a step.
    assert np.abs(found.low - theirs["low"]).max() < 1.5 * step
    assert np.abs(found.high - theirs["high"]).max() < 1.5 * step
    say(
        f"Honest DiD, four M-bar, 5 + 2 coefficients: evenground {seconds:.3f} s of processor "
        f"time, exact ends; moderndid {theirs['seconds']:.1f} s, ends from a list of 1,000 effects"
        f" ({theirs['seconds'] / seconds:,.0f} times as long)"
    )
    assert seconds <= 2


def test_breakdown(cpu_seconds, say):
    betas, covariance = BETAS, COVARIANCE
    study = event_study(betas, covariance, n_pre=N_PRE)
    seconds = cpu_seconds(lambda: breakdown(study), rounds=3)
    say(f"Honest DiD, breakdown value to nine digits: evenground {seconds:.2f} s")
    assert seconds <= 2


@pytest.mark.parametrize("kind", ["few, SDID", "few, SC", "many", "staggered"])
def test_all_checks_of_a_large_panel(kind, cpu_seconds, say):
    n_units, n_times = 500, 120
    rng = np.random.default_rng(1)
    first = np.full(n_units, n_times)
    first[:3] = 84
    if kind in ("many", "staggered"):
        first[:60] = 84
    if kind == "staggered":
        first[20:40], first[40:60] = 70, 96
    outcomes = rng.normal(size=(n_units, 3)) @ rng.normal(size=(3, n_times)).cumsum(axis=1)
    outcomes += rng.normal(size=(n_units, n_times))
    outcomes += np.arange(n_times) >= first[:, None]
    given = panel(outcomes, first)
    method = {"few, SDID": Method.SDID, "few, SC": Method.SC}.get(kind)
    # Placebos of the effect itself are no check; the moved residuals stand in for them.
    asked = Asked(method=method, inference=Inference.BLOCK_CONFORMAL if method else None)
    effect = evaluate(given, asked=asked, rng=rng)
    around = Around(distance=np.arange(n_units) / 10.0, rings=np.array([10.0, 20.0]))
    seconds = cpu_seconds(lambda: checks_of(given, effect, asked=asked, around=around), rounds=3)
    say(f"all checks, 500 units x 120 times, {kind}: evenground {seconds:.2f} s")
    assert seconds <= 2
