"""No comparison: the effect of one series, through the design that leads to it."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.errors import UsageError
from evenground.questions.promise.measures.design import Design, DesignFound, DesignLimits
from evenground.questions.promise.measures.evaluation.effect import Asked, Inference, Method
from evenground.questions.promise.measures.evaluation.evaluate import evaluate
from evenground.questions.promise.measures.interrupted import interrupted_time_series
from evenground.questions.promise.measures.panel import panel

MONTHS = [f"{2020 + i // 12}-{i % 12 + 1:02d}" for i in range(48)]


def alone(seed=1, n=48, start=36, times=None):
    rng = np.random.default_rng(seed)
    outcomes = 10 + rng.normal(size=(3, n))
    outcomes[:, start:] += 2
    return panel(outcomes, [start] * 3, times=MONTHS[:n] if times is None else times)


def codes(effect):
    return [caveat.code for caveat in effect.caveats]


def test_where_all_are_treated_at_once_the_series_is_all_there_is():
    given = alone()
    effect = evaluate(given)
    assert effect.design.design is Design.NO_COMPARISON
    assert (effect.method, effect.inference) == (Method.ITS, Inference.HAC)
    assert codes(effect) == ["caveat.no_comparison"]
    assert effect.low < 2 < effect.high
    assert set(effect.parts) == {"prewhitened", "at_end", "lines"}
    assert effect.course.start == 36
    gap = effect.course.treated - effect.course.comparison
    assert gap[36:].mean() == pytest.approx(effect.value)


def test_the_mean_of_the_treated_is_the_series():
    given = alone(times=[str(i) for i in range(48)])
    series = interrupted_time_series(given.outcomes.mean(axis=0), 36, confidence=0.9)
    effect = evaluate(given, asked=Asked(alpha=0.1))
    assert (effect.value, effect.low, effect.high) == (
        series.effect.value, series.effect.low, series.effect.high
    )  # fmt: skip
    assert effect.beside == {"prewhitened": series.prewhitened.value}
    assert effect.level == pytest.approx(0.9)


def test_short_series_are_refused_unless_asked_for_by_name():
    short = alone(n=10, start=8)
    assert isinstance(evaluate(short), DesignFound)
    effect = evaluate(short, asked=Asked(method=Method.ITS))
    assert codes(effect) == ["caveat.no_comparison", "caveat.season_not_seen"]


def test_times_left_out_are_told():
    given = alone(n=47, start=35, times=[*MONTHS[:5], *MONTHS[6:]])
    assert "caveat.uneven_times" in codes(evaluate(given))


def test_a_wandering_series_is_told():
    wander = np.random.default_rng(3).normal(size=(1, 120)).cumsum(axis=1)
    effect = evaluate(panel(wander, [90]))
    assert "caveat.hangs_together" in codes(effect)


def test_without_scatter_it_cannot_tell():
    steps = np.r_[np.zeros(20), np.ones(10)][None, :]
    effect = evaluate(panel(steps, [20]))
    assert effect.cannot_tell
    assert "caveat.no_scatter" in codes(effect)
    assert np.isinf([effect.low, effect.high]).all()


def test_asked_for_by_name_it_looks_at_the_treated_alone():
    rng = np.random.default_rng(2)
    given = panel(rng.normal(size=(8, 30)), [20, *[30] * 7])
    effect = evaluate(given, asked=Asked(method=Method.ITS))
    assert codes(effect) == ["caveat.no_comparison", "caveat.another_method"]
    assert effect.course.treated == pytest.approx(given.outcomes[0])


def test_several_starts_are_no_series():
    rng = np.random.default_rng(2)
    given = panel(rng.normal(size=(4, 30)), [20, 22, 30, 30])
    with pytest.raises(UsageError, match="series_starts"):
        evaluate(given, asked=Asked(method=Method.ITS, limits=DesignLimits()))
