"""Honest DiD: how often intervals hold the effect where trends part as far as is allowed.

Coefficients are normal around true trends, with the covariance of the Medicaid study (five before,
two after). There is no effect, so that an interval that leaves out 0 is wrong. Beside ours stands
the naive interval: the effects that are possible if the estimates were the truth, widened by the
usual normal quantile of the effect's error. It takes the worst change before as known, and becomes
the more wrong the more of it is allowed afterwards; one popular program gives it
(``tests/oracle/test_honest_peers.py``).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import special

from evenground.questions.promise.measures.evaluation.checks.event_times import event_times
from evenground.questions.promise.measures.evaluation.checks.trends import (
    magnitudes,
    pre_trend,
    smoothness,
)
from evenground.questions.promise.measures.honest import Target
from evenground.questions.promise.measures.honest import event_study as honest_study
from evenground.questions.promise.measures.honest.conditional import admitted
from evenground.questions.promise.measures.honest.fixed_length import fixed_length, frontier
from evenground.questions.promise.measures.honest.relative_magnitudes import (
    relative_magnitudes_test,
)
from evenground.questions.promise.measures.honest.smoothness import smoothness_test
from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.staggered.aggregates import aggregated_effects
from evenground.questions.promise.measures.staggered.event_study import (
    event_study,
    event_study_of,
)
from evenground.questions.promise.measures.staggered.group_time import (
    Comparison,
    callaway_santanna,
)
from evenground.questions.promise.measures.staggered.pretrend import pretrend_test

pytestmark = pytest.mark.calibrate
N_DRAWS = 4_000
LEVEL = 0.95
ERROR = (LEVEL * (1 - LEVEL) / N_DRAWS) ** 0.5
CORRELATED = np.array(
    [
        [7.488, 6.040, 4.445, 3.386, 4.328, 4.766, 2.425],
        [6.040, 7.267, 3.789, 2.867, 4.543, 4.429, 2.825],
        [4.445, 3.789, 5.052, 2.674, 2.778, 3.061, 0.964],
        [3.386, 2.867, 2.674, 4.003, 2.413, 2.381, 0.292],
        [4.328, 4.543, 2.778, 2.413, 5.463, 3.683, 0.972],
        [4.766, 4.429, 3.061, 2.381, 3.683, 8.376, 6.321],
        [2.425, 2.825, 0.964, 0.292, 0.972, 6.321, 10.712],
    ]
)
"""In units of 1e-5: Medicaid expansions, 43 states, errors clustered by state."""
N_PRE = 5
WEIGHTS = {"first year": (1.0, 0.0), "mean of both": (0.5, 0.5)}
BREAKS = {"none": 0.0, "as large as errors": 2.0, "plain": 12.0}
"""The one change of the trend before the start, in units in which an error is 2 to 3."""


def draws(trend, seed):
    rng = np.random.default_rng(seed)
    return rng.multivariate_normal(trend, CORRELATED, N_DRAWS)


def study(betas, weights):
    return honest_study(betas, CORRELATED, n_pre=N_PRE, target=Target(weights=weights))


def changing(before, after):
    """Return a trend from its changes; the reference between both is 0."""
    return np.concatenate([-np.cumsum(before[::-1])[::-1], np.cumsum(after)])


def naive_holds(betas, weights, bound):
    """Return which naive intervals hold 0."""
    before = np.diff(np.column_stack([betas[:, :N_PRE], np.zeros(len(betas))]), axis=1)
    reach = bound * np.abs(np.cumsum(weights[::-1])).sum() * np.abs(before).max(axis=1)
    after = np.array(weights)
    error = np.sqrt(after @ CORRELATED[N_PRE:, N_PRE:] @ after)
    half = reach + special.ndtri(0.5 + LEVEL / 2) * error
    return np.abs(betas[:, N_PRE:] @ after) <= half


@pytest.mark.parametrize("size", [*BREAKS])
@pytest.mark.parametrize("bound", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("effect", [*WEIGHTS])
def test_relative_magnitudes(effect, bound, size, tables):
    weights, change = WEIGHTS[effect], BREAKS[size]
    before = np.array([0, 0, 0, 0, change])
    trend = changing(before, np.full(2, bound * change))
    betas = draws(trend, [41, int(10 * bound), int(change)])
    test = relative_magnitudes_test(study(trend, weights), bound)
    held = 0
    for one in betas:
        pieces = replace(test.pieces, at_zero=test.pieces.on_betas @ one)
        found = admitted(replace(test, pieces=pieces), np.zeros((len(pieces.at_zero), 1)))
        held += bool(found.any())
    ours, naive = held / N_DRAWS, float(naive_holds(betas, weights, bound).mean())
    tables.add(
        "Honest DiD, relative magnitudes: share of 95 % intervals that hold the effect",
        effect=effect, bound=bound, break_before=size, ours=ours, naive=naive,
    )  # fmt: skip
    assert ours >= LEVEL - 3 * ERROR
    # One piece alone is at work where the break is plain: then the test is all but exact.
    assert ours <= (LEVEL + 0.02 if size == "plain" else 1)
    if size == "plain" and bound >= 1:
        assert naive <= (0.90 if bound == 1 else 0.82)


CLEAN = {
    "20 of 60 treated": [16] * 20 + [24] * 40,
    "8 of 60 treated": [16] * 8 + [24] * 52,
    "two starts of 8": [10] * 8 + [14] * 8 + [24] * 40,
    "three starts of 3": [10] * 3 + [14] * 3 + [18] * 3 + [24] * 40,
}
"""First treated columns of 24, by design."""


@pytest.mark.parametrize("design", [*CLEAN])
def test_checks_of_clean_panels(design, tables):
    """Nothing drifts and nothing happens: what checks find all the same, at 5 %.

    The joint test of all effects before the start stands beside: a covariance from few clusters
    cannot bear it.
    """
    first, n_panels = CLEAN[design], 300
    rng = np.random.default_rng([43, len(design)])
    found = []
    for _ in range(n_panels):
        given = panel(rng.normal(size=(len(first), 24)), first)
        times = event_times(given)
        joint = pretrend_test(
            event_study(given)
            if given.cohorts.size == 1
            else event_study_of(
                aggregated_effects(
                    callaway_santanna(given, comparison=Comparison(base="universal")), "dynamic"
                )
            )
        )
        found.append(
            (
                pre_trend(times, alpha=0.05).shows,
                magnitudes(times, alpha=0.05).is_told,
                smoothness(times, alpha=0.05).is_told,
                not joint.can_tell or joint.p <= 0.05,
            )
        )
    drift, none, straight, joint = (float(x) for x in np.mean(found, axis=0))
    tables.add(
        "Checks of clean panels: something found, at 5 %",
        design=design, drift=drift, effect_parallel=none, effect_straight=straight,
        joint_test=joint,
    )  # fmt: skip
    error = 3 * (0.05 * 0.95 / n_panels) ** 0.5
    assert drift <= 0.05 + error
    assert none <= 0.06 + error
    assert straight <= 0.07 + error


@pytest.mark.parametrize("method", ["FLCI", "C-LF", "C-F"])
@pytest.mark.parametrize("bound", [0.0, 0.5, 3.0])
@pytest.mark.parametrize("effect", [*WEIGHTS])
def test_smoothness(effect, bound, method, tables):
    """The trend bends as the fixed-length interval fears most, on top of a straight line."""
    weights = WEIGHTS[effect]
    among = frontier(study(np.zeros(7), weights))
    best = fixed_length(among, bound, confidence=LEVEL)
    trend = 1.5 * np.delete(np.arange(-N_PRE, 3), N_PRE) + worst(best, bound)
    assert best.on_betas @ trend == pytest.approx(best.bias, abs=1e-9)
    betas = draws(trend, [42, int(10 * bound)])
    if method == "FLCI":
        ours = float((np.abs(betas @ best.on_betas) <= best.half).mean())
    else:
        test = smoothness_test(among, bound, method=method)
        held = 0
        for one in betas:
            moved = test.pieces.on_betas @ (one - among.study.betas)
            pieces = replace(test.pieces, at_zero=test.pieces.at_zero + moved)
            band = test.band
            if band is not None:
                first = fixed_length(among, bound, confidence=1 - 0.005)
                band = replace(band, centre=float(first.on_betas @ one))
            found = admitted(replace(test, pieces=pieces, band=band), np.zeros((1, 1)))
            held += bool(found.any())
        ours = held / N_DRAWS
    tables.add(
        "Honest DiD, smoothness: share of 95 % intervals that hold the effect",
        effect=effect, bound=bound, method=method, ours=ours,
    )  # fmt: skip
    assert ours >= LEVEL - 3 * ERROR


def worst(best, bound):
    """Return bends of size ``bound`` that push the estimate up as far as may be."""
    n_post = 2
    ago = np.arange(N_PRE, 0, -1)
    periods = np.arange(1, n_post + 1)
    bends = [np.concatenate([np.maximum(ago - k, 0), np.zeros(n_post)]) for k in range(1, N_PRE)]
    bends += [np.concatenate([np.zeros(N_PRE), np.maximum(periods - k, 0)]) for k in range(n_post)]
    trend = sum(bound * np.sign(best.on_betas @ bend) * bend for bend in bends)
    return trend if bound else np.zeros(N_PRE + n_post)
