"""Do areas grow alike? Unevenness at each date beside lots, and whether what is added evens out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground.evidence import Estimate, Finding, Message, Method, Table, Verdict
from evenground.frame.areas import Baseline
from evenground.language import N_
from evenground.methods.inequality.gini import gini_rows
from evenground.methods.inequality.interval import Resampling
from evenground.methods.margins_of_error import UncertainCounts
from evenground.methods.null_allocation import allocations
from evenground.methods.validation import Vector
from evenground.questions.reach.context import Context
from evenground.questions.reach.history import History
from evenground.questions.reach.measures.convergence import (
    Convergence,
    Dispersion,
    beta_convergence,
    dispersion_over_dates,
)
from evenground.questions.reach.measures.gini_by_lot import gini_of_counts

METHOD = Method(
    name=N_("Gini index by date, and change on early level with instruments"),
    formula=N_(
        "slope = cov(z, change) / cov(z, level), z an early level at another date; "
        "both directions averaged"
    ),
    literature=(
        "Barro & Sala-i-Martin 1992, Journal of Political Economy 100, 223–251",
        "Quah 1993, Scandinavian Journal of Economics 95, 427–443",
        "Blomqvist 1977, Journal of the American Statistical Association 72, 746–749",
    ),
)
N_DRAWS = 199
LEAST_AREAS = 5
LEAST_PERIODS = 2
DAYS_A_YEAR = 365.25
HALF_A_YEAR = 0.5
Flags = NDArray[np.bool_]


def dispersion(context: Context) -> list[Finding]:
    """Return the finding on areas over dates, by people."""
    history, people = context.history, context.frame.people
    if history is None or people is None:
        return []
    living = people.known & (people.counts.value > 0)
    stock = history.stock[:, living]
    if living.sum() < LEAST_AREAS or not (stock.sum(axis=1) > 0).all():
        return []
    counts = people.counts.value[living]
    asked = Resampling(
        n_draws=context.case.settings.whole("bootstrap_draws"),
        confidence=context.terms.confidence,
    )
    spread = dispersion_over_dates(
        stock / counts,
        counts,
        index_rows=gini_rows,
        rng=context.case.rng("dispersion"),
        resampling=asked,
    )
    catching = _catching(context, history, people, asked=asked)
    lots = _by_lot(context, history, people, living=living)
    if not np.isfinite(lots).all():
        return []
    return [_finding(context, history, (spread, catching), lots)]


def _catching(
    context: Context, history: History, people: Baseline, *, asked: Resampling
) -> Convergence | None:
    """Return the slope of what is added a year; ``None`` with fewer than two periods.

    What stands carries its own luck on from date to date, and would seem to converge.
    """
    living = people.known & (people.counts.value > 0)
    days, added = _periods(history)
    if len(added) < LEAST_PERIODS:
        return None
    yearly = added[:, living] / np.diff(days)[:, None]
    return beta_convergence(
        context.terms.per * yearly / people.counts.value[living],
        days[1:],
        rng=context.case.rng("catching_up"),
        resampling=asked,
    )


def _periods(history: History) -> tuple[Vector, Vector]:
    """Return dates in years since the first, and what was added between them, by area.

    Dates less than half a year after the one before are taken together with the next: what a few
    weeks bring says little of a year. What comes after the last such date is left out.
    """
    days = [(day - history.days[0]).days / DAYS_A_YEAR for day in history.days]
    kept, sums = [0.0], []
    so_far = np.zeros(history.added.shape[1])
    for day, row in zip(days[1:], history.added, strict=True):
        so_far = so_far + row
        if day - kept[-1] >= HALF_A_YEAR:
            kept.append(day)
            sums.append(so_far)
            so_far = np.zeros_like(so_far)
    return np.array(kept), np.array(sums)


def _by_lot(context: Context, history: History, people: Baseline, *, living: Flags) -> Vector:
    """Return the Gini index that lots give with the places of each date, shape (n_dates,)."""
    rng = context.case.rng("dispersion_by_lot")
    counts = people.counts
    lived_in = replace(
        people,
        known=living,
        counts=UncertainCounts(
            value=counts.value * living,
            standard_error=counts.standard_error * living,
            rounding=counts.rounding * living,
        ),
    )
    found = []
    for step in history.steps:
        fair = context.fair(step.stock, lived_in)
        if fair is None:
            found.append(np.nan)
            continue
        drawn = allocations(fair, rng=rng, n_draws=N_DRAWS)[:, living]
        drawn = drawn[drawn.any(axis=1)]
        each = gini_of_counts(drawn, counts.value[living]) if len(drawn) else np.full(1, np.nan)
        found.append(float(np.median(each)))
    return np.array(found)


def _finding(
    context: Context,
    history: History,
    both: tuple[Dispersion, Convergence | None],
    lots: Vector,
) -> Finding:
    spread, catching = both
    known = context.known(
        first=history.days[0],
        last=history.days[-1],
        gini_first=round(float(spread.index[0]), 2),
        gini_last=round(float(spread.index[-1]), 2),
        lot_first=round(float(lots[0]), 2),
        lot_last=round(float(lots[-1]), 2),
    )
    word = catching.verdict if catching else "described"
    tested = catching is not None and _is_tested(catching)
    return Finding(
        code=f"dispersion.{word}",
        verdict=Verdict.CANNOT_TELL if word == "cannot_tell" else Verdict(word),
        parameters={**known, "spread": Message(code="spread", parameters=known)},
        estimates=_estimates(spread, catching if tested else None),
        tables=(_table(history, spread, lots, known=known),),
        caveats=(Message(code="caveat.people_once", parameters=known),),
        sources=context.sources("sites", "areas", "population"),
        method=METHOD,
        claims=("M16", "M33"),
    )


def _is_tested(catching: Convergence) -> bool:
    """Tell whether there is a slope with an interval."""
    ends = (catching.naive_slope, catching.slope, catching.low, catching.high)
    return bool(np.isfinite(ends).all())


def _estimates(spread: Dispersion, catching: Convergence | None) -> tuple[Estimate, ...]:
    found: list[Estimate] = []
    change = spread.first_to_last
    if np.isfinite([change.low, change.high]).all():
        ends = (min(change.low, change.change), max(change.high, change.change), change.confidence)
        found.append(
            Estimate.estimated("gini_change_dates", change.change, interval=ends, unit="number")
        )
    if catching is not None:
        low, high = min(catching.low, catching.slope), max(catching.high, catching.slope)
        ends = (low, high, catching.confidence)
        found.append(Estimate.estimated("slope", catching.slope, interval=ends, unit="per year"))
        found.append(Estimate.exact("naive_slope", catching.naive_slope, unit="per year"))
    return tuple(found)


def _table(
    history: History, spread: Dispersion, lots: Vector, *, known: Mapping[str, Any]
) -> Table:
    rows = tuple(
        (day, round(float(gini), 3), round(float(lot), 3))
        for day, gini, lot in zip(history.days, spread.index, lots, strict=True)
    )
    return Table(
        key="dispersion",
        columns=("date", "gini", "gini_lot"),
        rows=rows,
        title=Message(code="table.dispersion", parameters=known),
    )
