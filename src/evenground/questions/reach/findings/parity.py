"""Is the gap between two groups closing, and when would it be closed at today's pace?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from evenground.evidence import Estimate, Finding, Message, Method, Verdict
from evenground.frame.naming import pair_names
from evenground.language import N_
from evenground.questions.reach.comparison import LESS, MORE, Comparison
from evenground.questions.reach.context import Context
from evenground.questions.reach.findings import cells
from evenground.questions.reach.measures.time_to_parity import TimeToParity, time_to_parity

METHOD = Method(
    name=N_("Time to parity along a straight line, with Fieller's interval"),
    formula=N_("gap_t = rate_focus − rate_reference; time = −gap_now / slope"),
    literature=("Fieller 1954, Journal of the Royal Statistical Society B 16, 175–185",),
)
DAYS_A_YEAR = 365.25
LEAST_DATES = 2
TREND = 4
TOLD = (LESS, MORE)
NO_GAP = Verdict("no_gap")
A_CENTURY = 100


def parity(context: Context, every: Sequence[Comparison]) -> list[Finding]:
    """Return the finding on the gap between the first grouping's pair over dates."""
    groupings, lead, history = context.frame.groupings, context.frame.lead, context.history
    if history is None or not groupings or lead is None:
        return []
    pair = groupings[0].pairs[0]
    # Lists taken weeks apart tell the same thing twice: the last of each year counts.
    last = {step.day.year: at for at, step in enumerate(history.steps)}
    steps = [history.steps[at] for at in last.values()]
    if len(steps) < LEAST_DATES:
        return []
    compared = [every[at] for at in last.values()]
    rates = [one.rates for one in compared if one.rates is not None]
    if len(rates) < len(compared):
        return []
    gaps = np.array([float(one.rate[pair[0]] - one.rate[pair[1]]) for one in rates])
    years = _years(tuple(step.day for step in steps))
    found = time_to_parity(gaps, years, confidence=context.terms.confidence)
    known = context.known(
        **pair_names(groupings[0], pair),
        n_dates=len(years),
        first=steps[0].day,
        last=steps[-1].day,
        gap_first=abs(float(gaps[0])),
        gap_last=abs(float(gaps[-1])),
        rate_unit=cells.rate_unit(compared[0]),
        proportion=_proportion(compared),
        **_said(found),
    )
    verdict = Verdict.CANNOT_TELL if found.verdict == "cannot_tell" else Verdict(found.verdict)
    if len(years) >= TREND and found.verdict != "reached" and compared[-1].verdict not in TOLD:
        return [_no_gap(context, known)]
    few = found.verdict == "cannot_tell" and not np.isfinite(found.gap_now)
    return [
        Finding(
            code=f"parity.{found.verdict}{'.few' if few else ''}",
            verdict=verdict,
            parameters=known,
            estimates=_estimates(found, unit=cells.rate_unit(compared[0])),
            caveats=(Message(code="caveat.line", parameters=known),) if not few else (),
            sources=context.sources("sites", "population"),
            method=METHOD,
            claims=("M16", "M33"),
        )
    ]


def _no_gap(context: Context, known: dict[str, Any]) -> Finding:
    """Say that there is no gap beyond what lots could bring, so that none can close or widen."""
    return Finding(
        code="parity.no_gap",
        verdict=NO_GAP,
        parameters=known,
        sources=context.sources("sites", "population"),
        method=METHOD,
        claims=("M16", "M33"),
    )


def _proportion(compared: Sequence[Comparison]) -> Message:
    """Say how many times as many there are, at first and at last, where neither side has none."""
    ends = [one.ratio.ratio for one in (compared[0], compared[-1]) if one.ratio is not None]
    if len(ends) < 2 or not all(0 < end < np.inf for end in ends):  # noqa: PLR2004 - two dates
        return Message(code="proportion.none")
    before, after = (float(f"{end:.2g}") for end in ends)
    return Message(code="proportion.goes", parameters={"before": before, "after": after})


def _years(days: tuple[date, ...]) -> np.ndarray:
    return np.array([(day - days[-1]).days / DAYS_A_YEAR for day in days])


def _said(found: TimeToParity) -> dict[str, Message]:
    """Say how many years it would take, where an interval bounds them."""
    if found.verdict != "at_this_rate":
        return {}
    if found.time_low > A_CENTURY:
        return {"years": Message(code="years.beyond")}
    ends = {"low": found.time_low, "high": found.time_high}
    return {"years": Message(code="years.between", parameters=ends)}


def _estimates(found: TimeToParity, *, unit: str) -> tuple[Estimate, ...]:
    estimates: list[Estimate] = []
    if np.isfinite([found.gap_now, found.gap_low, found.gap_high]).all():
        interval = (found.gap_low, found.gap_high, found.confidence)
        estimates.append(Estimate.estimated("gap", found.gap_now, interval=interval, unit=unit))
    ends = np.isfinite([found.time, found.time_low, found.time_high]).all()
    if ends and found.time_low <= found.time <= found.time_high:
        interval = (found.time_low, found.time_high, found.confidence)
        estimates.append(
            Estimate.estimated("time_to_parity", found.time, interval=interval, unit="years")
        )
    return tuple(estimates)
