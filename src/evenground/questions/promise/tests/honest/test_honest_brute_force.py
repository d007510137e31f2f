"""The same tests by linear programs: slow, and without knowing any vertex.

Rows, nuisance parameters and the truncation are made anew here: the least ``eta`` by a solver, its
multipliers as the vertex, and the range in which they stay optimal by a Newton search on programs.
"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from scipy import linalg, optimize, stats

from evenground.questions.promise.measures.honest import Target, event_study
from evenground.questions.promise.measures.honest.conditional import admitted
from evenground.questions.promise.measures.honest.fixed_length import frontier
from evenground.questions.promise.measures.honest.inversion import outermost
from evenground.questions.promise.measures.honest.pieces import (
    relative_magnitudes_pieces,
    smoothness_pieces,
)
from evenground.questions.promise.measures.honest.relative_magnitudes import (
    relative_magnitudes_test,
)
from evenground.questions.promise.measures.honest.smoothness import smoothness_test

SHAPES = [(1, 1), (2, 3), (4, 2), (3, 5)]


def random_study(seed, n_pre, n_post):
    rng = np.random.default_rng([seed, n_pre, n_post])
    n = n_pre + n_post
    root = rng.normal(size=(n, n + 1))
    weights = tuple(rng.normal(size=n_post)) if seed % 2 else ()
    return event_study(
        rng.normal(size=n), root @ root.T / n, n_pre=n_pre, target=Target(weights=weights)
    )


def trend_rows(study, order):
    """Return changes (order 1) or bends (order 2) of a trend as rows on its coefficients."""
    periods = np.r_[-study.n_pre : study.n_post + 1]
    rows = []
    for end in range(order, periods.size):
        row = np.zeros(periods.size)
        row[end - order : end + 1] = [-1, 1] if order == 1 else [1, -2, 1]
        rows.append(np.delete(row, study.n_pre))
    return np.array(rows)


def relative_rows(study, bound, piece):
    changes = trend_rows(study, 1)
    greatest = changes[piece % study.n_pre] * (1 if piece < study.n_pre else -1)
    after = changes[study.n_pre :]
    rows = np.concatenate([after - bound * greatest, -after - bound * greatest])
    return rows, np.zeros(len(rows))


def smooth_rows(study, bound):
    after = trend_rows(study, 2)[-study.n_post :]
    return np.concatenate([after, -after]), np.full(2 * len(after), bound)


def programme(study, rows, constant):
    """Return moments as ``y - effect one - X free``, their covariance and standard deviations."""
    after = rows[:, study.n_pre :]
    weights = study.weights
    covariance = rows @ study.covariance @ rows.T
    return SimpleNamespace(
        y=rows @ study.betas - constant,
        one=after @ weights / (weights @ weights),
        free=after @ linalg.null_space(weights[None]),
        covariance=covariance,
        sd=np.sqrt(np.diag(covariance)),
    )


def greatest(moments, y):
    """Return the least eta and its multipliers."""
    cost = np.r_[1.0, np.zeros(moments.free.shape[1])]
    matrix = -np.column_stack([moments.sd, moments.free])
    solved = optimize.linprog(cost, A_ub=matrix, b_ub=-y, bounds=(None, None), method="highs")
    assert solved.success, solved.message
    return solved.fun, -solved.ineqlin.marginals


def turning_point(moments, rest, slope, far):
    """Return where, coming from ``far``, the multipliers of the start are optimal again."""
    at = far
    for _ in range(50):
        value, multipliers = greatest(moments, rest + slope * at)
        if value - at <= 1e-9 * max(1, abs(at)):
            return far if at == far else at
        at = float(multipliers @ rest / (1 - multipliers @ slope))
    raise AssertionError("no turning point")


def slow_admits(moments, effect, critical, size):
    y = moments.y - effect * moments.one
    eta, multipliers = greatest(moments, y)
    if eta > critical:
        return False
    if eta <= 0:
        return True
    variance = multipliers @ moments.covariance @ multipliers
    slope = moments.covariance @ multipliers / variance
    rest = y - slope * eta
    sd = np.sqrt(variance)
    low = turning_point(moments, rest, slope, -1e6)
    high = min(turning_point(moments, rest, slope, 1e6), critical)
    low = -np.inf if low == -1e6 else low
    tail = stats.norm.sf
    chance = (tail(eta / sd) - tail(high / sd)) / (tail(low / sd) - tail(high / sd))
    return bool(chance >= size)


def cases():
    for seed in (1, 2):
        for shape in SHAPES:
            yield seed, shape


@pytest.mark.parametrize(("seed", "shape"), list(cases()))
def test_vertices_give_the_programs_optimum(seed, shape):
    study = random_study(seed, *shape)
    rng = np.random.default_rng(seed)
    for bound in (0.3, 1.7):
        pieces = relative_magnitudes_pieces(study, bound)
        for piece in range(len(pieces.at_zero)):
            moments = programme(study, *relative_rows(study, bound, piece))
            for effect in rng.normal(0, 3, 3):
                eta, _ = greatest(moments, moments.y - effect * moments.one)
                vertices = pieces.at_zero[piece] - effect * pieces.on_effect[piece]
                assert vertices.max() == pytest.approx(eta, rel=1e-8, abs=1e-8)
        smooth = smoothness_pieces(study, bound)
        moments = programme(study, *smooth_rows(study, bound))
        eta, _ = greatest(moments, moments.y - moments.one)
        assert (smooth.at_zero[0] - smooth.on_effect[0]).max() == pytest.approx(eta, rel=1e-8)


@pytest.mark.parametrize(("seed", "shape"), list(cases()))
def test_every_effect_is_judged_alike(seed, shape):
    study = random_study(seed, *shape)
    for bound in (0.5, 2.0):
        test = relative_magnitudes_test(study, bound)
        ends = outermost(test)
        effects = np.linspace(ends[0] - 0.3, ends[1] + 0.3, 9)
        everywhere = np.broadcast_to(effects, (2 * study.n_pre, 9))
        fast = admitted(test, everywhere)
        for piece in range(2 * study.n_pre):
            moments = programme(study, *relative_rows(study, bound, piece))
            critical = float(test.critical[piece])
            slow = [slow_admits(moments, effect, critical, test.size) for effect in effects]
            assert fast[piece].tolist() == slow
    test = smoothness_test(frontier(study), 0.4, method="C-LF")
    ends = outermost(test)
    effects = np.linspace(ends[0] - 0.3, ends[1] + 0.3, 15)
    moments = programme(study, *smooth_rows(study, 0.4))
    slow = [slow_admits(moments, effect, float(test.critical[0]), test.size) for effect in effects]
    assert admitted(test, effects[None])[0].tolist() == slow


@pytest.mark.parametrize(("seed", "shape"), list(cases()))
@pytest.mark.parametrize("bound", [0.5, 1.5])
def test_ends_are_where_a_listing_changes_its_mind(seed, shape, bound):
    study = random_study(seed, *shape)
    test = relative_magnitudes_test(study, bound)
    low, high = outermost(test)
    n_pieces, width = 2 * study.n_pre, high - low
    beside = np.array([low - 1e-9, low + 1e-9, high - 1e-9, high + 1e-9])
    inside = admitted(test, np.broadcast_to(beside, (n_pieces, 4))).any(axis=0)
    assert inside.tolist() == [False, True, True, False]
    far = np.concatenate(
        [
            np.linspace(low - 3 * width, low - 1e-9, 4_000),
            np.linspace(high + 1e-9, high + 3 * width, 4_000),
        ]
    )
    assert not admitted(test, np.broadcast_to(far, (n_pieces, far.size))).any()
