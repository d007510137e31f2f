"""No comparison: a series against the line drawn on from before its start."""

from __future__ import annotations

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.validation import wrong
from evenground.questions.promise.measures.design import DesignFound
from evenground.questions.promise.measures.evaluation.effect import (
    Asked,
    Course,
    Effect,
    Inference,
    Method,
)
from evenground.questions.promise.measures.interrupted.cadence import Cadence, cadence_of
from evenground.questions.promise.measures.interrupted.interrupted_time_series import (
    InterruptedSeries,
    SeriesEstimate,
    interrupted_time_series,
)
from evenground.questions.promise.measures.panel import Panel

STEEP = 0.8
"""From this autocorrelation on a wandering series is hard to tell from a bent line."""


def by_series(panel: Panel, found: DesignFound, *, asked: Asked) -> Effect:
    """Return the mean effect on the treated from their start on, against their own past alone.

    Units never treated are not looked at. Seasons follow from the names of times.

    Raises
    ------
    UsageError
        If treatment starts at several times, or too few times lie before or after it.
    """
    if panel.cohorts.size != 1:
        raise wrong(
            "series_starts",
            N_("an interrupted series has one start, this one {n}"),
            n=int(panel.cohorts.size),
        )
    start = int(panel.cohorts[0])
    cadence = cadence_of(panel.times, start=start)
    outcome = panel.outcomes[panel.ever_treated].mean(axis=0)
    series = interrupted_time_series(
        outcome, start, seasons=cadence.seasons, confidence=1 - asked.alpha
    )
    return Effect(
        design=found,
        method=Method.ITS,
        inference=Inference.HAC,
        value=series.effect.value,
        low=series.effect.low,
        high=series.effect.high,
        level=1 - asked.alpha,
        p=series.effect.p,
        standard_error=series.effect.standard_error,
        cannot_tell=not series.has_scatter,
        beside={"prewhitened": series.prewhitened.value},
        parts={
            "prewhitened": _part(series.prewhitened),
            "at_end": _part(series.at_end),
            "lines": {"trend": series.trend, "level": series.level, "slope": series.slope},
        },
        course=Course(treated=outcome, comparison=series.counterfactual, start=start),
        caveats=_caveats(series, cadence),
    )


def _part(one: SeriesEstimate) -> dict[str, float]:
    return {
        "effect": one.value,
        "low": one.low,
        "high": one.high,
        "p": one.p,
        "standard_error": one.standard_error,
        "degrees_of_freedom": one.degrees_of_freedom,
    }


def _caveats(series: InterruptedSeries, cadence: Cadence) -> tuple[Message, ...]:
    caveats = [Message(code="caveat.no_comparison")]
    if cadence.n_short:
        caveats.append(Message(code="caveat.season_not_seen"))
    if not cadence.is_even:
        caveats.append(Message(code="caveat.uneven_times"))
    if series.autocorrelation >= STEEP:
        caveats.append(Message(code="caveat.hangs_together"))
    if not series.has_scatter:
        caveats.append(Message(code="caveat.no_scatter"))
    return tuple(caveats)
