"""Needs put together by weights that the city signed, beside what other choices would give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.evidence import Estimate, Finding, Message, Method, Table, Verdict
from evenground.language import N_
from evenground.methods.validation import Flags, Vector
from evenground.questions.problem.context import Context
from evenground.questions.problem.indicators import Indicator
from evenground.questions.problem.measures.need_model import Indicators, indicators
from evenground.questions.problem.measures.need_sensitivity import need_sensitivity
from evenground.questions.problem.measures.need_stability import (
    NeedStability,
    RankSpread,
    StabilityPlan,
    need_stability,
)

METHOD = Method(
    name=N_("Joint draws of weights, scales, ways to add and fill gaps, and true values"),
    formula=N_("stable: among the greatest in so many of all draws"),
    literature=(
        "Saisana, Saltelli & Tarantola 2005, J. Royal Statistical Society A 168, 307–323",
        "Nardo et al. 2008, Handbook on Constructing Composite Indicators, OECD/JRC",
        "Becker et al. 2022, J. Open Source Software 7(78), 4567",
    ),
)
HOLDS, PARTLY, FALLS = Verdict("top_holds"), Verdict("top_holds_partly"), Verdict("top_falls")
NONE = Verdict("none_greatest")
CONFIDENCE = 0.95
"""Of intervals that say how far another set of draws could carry a number."""
MOST, HALF = 0.8, 0.5
"""From so many of the areas on, most or half of those with the greatest need stay so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopNeed:
    """Where the need is greatest: by which indicators, and how surely.

    ``known`` (n_areas,) flags areas that could be placed, ``surely`` and ``perhaps`` (n_areas,)
    those among the greatest in nearly all draws and in some, ``at_least`` and ``at_most`` those
    that more draws, of which these are a sample, could leave there for sure.
    """

    by: tuple[Indicator, ...]
    weights: Vector
    given: Indicators
    known: Flags
    surely: Flags
    perhaps: Flags
    at_least: Flags
    at_most: Flags
    found: NeedStability
    plan: StabilityPlan


def top_need(context: Context) -> TopNeed | None:
    """Return where the need is greatest by the signed weights, else by the first need alone."""
    by = signed(context.indicators) or context.indicators[:1]
    if not by or context.frame is None:
        return None
    known = np.any([one.known for one in by], axis=0)
    n_known = int(known.sum())
    top = max(1, round(context.case.settings.number("greatest_need") * n_known))
    if n_known <= top:
        return None
    given = indicators(
        np.column_stack([np.where(one.known, one.value, np.nan)[known] for one in by]),
        directions=[one.worse for one in by],
        standard_errors=np.column_stack([one.error[known] for one in by]),
    )
    weights = np.array([one.weight if len(by) > 1 else 1.0 for one in by], dtype=np.float64)
    plan = StabilityPlan(
        draws=context.case.settings.whole("need_draws"),
        stable_share=context.case.settings.number("stable_in"),
    )
    found = need_stability(given, weights, top=top, rng=context.case.rng("top_need"), plan=plan)
    return TopNeed(
        by=by,
        weights=weights / weights.sum(),
        given=given,
        known=known,
        surely=_spread_out(found.around.stable, known),
        at_least=_spread_out(_stable(found.around, plan, sign=1), known),
        at_most=_spread_out(_stable(found.around, plan, sign=-1), known),
        perhaps=_spread_out((found.around.top_share > 0) & ~found.around.stable, known),
        found=found,
        plan=plan,
    )


def signed(every: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """Return the needs that the city put a weight on and signed, if these are several."""
    found = tuple(one for one in every if one.weight and one.signed_by)
    return found if len(found) > 1 else ()


def _stable(spread: RankSpread, plan: StabilityPlan, *, sign: int) -> Flags:
    """Return who is sure to be there, the share of draws being known as well as so many tell it."""
    share = plan.stable_share
    error = 1.96 * np.sqrt(share * (1 - share) / plan.draws)
    return spread.sure_share >= share + sign * error


def _spread_out(flags: Flags, known: Flags) -> Flags:
    every = np.zeros(known.size, dtype=np.bool_)
    every[known] = flags
    return every


def combined(context: Context, top: TopNeed | None) -> list[Finding]:
    """Return how far the city's own way of putting needs together decides where it is greatest."""
    if top is None or len(top.by) < 2:  # noqa: PLR2004 - nothing is put together
        return []
    found = top.found
    n_top = int(found.surely_in_top.sum())
    kept = int((found.around.stable & found.surely_in_top).sum())
    wide = int((found.wide.stable & found.surely_in_top).sum())
    verdict = _verdict(kept / n_top) if n_top else NONE
    parameters = context.known(
        n_top=n_top,
        kept=kept,
        wide=wide,
        draws=found.n_draws,
        stable_in=top.plan.stable_share,
        names=[one.name for one in top.by],
        by=list(dict.fromkeys(one.signed_by for one in top.by)),
    )
    return [
        Finding(
            code=f"combined.{verdict.code}",
            verdict=verdict,
            parameters=parameters,
            estimates=(
                _counted("stable_top", kept, found.around, top),
                _counted("stable_top_wide", wide, found.wide, top),
            ),
            tables=(_weights(top), _sensitivity(context, top)),
            caveats=(
                Message(code="caveat.weights_are_choices", parameters=parameters),
                Message(code="caveat.no_ranking"),
            ),
            sources=context.sources("needs", "indicators", "population"),
            method=METHOD,
            claims=("M1", "M18"),
        )
    ]


def _counted(name: str, value: int, spread: RankSpread, top: TopNeed) -> Estimate:
    """Return how many stay, with how far another set of draws could carry it."""
    low, high = (
        int((_stable(spread, top.plan, sign=sign) & top.found.surely_in_top).sum())
        for sign in (1, -1)
    )
    interval = (min(low, value), max(high, value), CONFIDENCE)
    return Estimate.estimated(name, value, interval=interval, unit="areas")


def _verdict(kept: float) -> Verdict:
    if kept >= MOST:
        return HOLDS
    return PARTLY if kept >= HALF else FALLS


def _weights(top: TopNeed) -> Table:
    rows = tuple(
        (
            one.name,
            Message(code=f"worse.{'more' if one.worse > 0 else 'less'}"),
            Estimate.exact("weight", float(weight), unit="share"),
            one.signed_by,
            one.signed_on or Message(code="not_given"),
        )
        for one, weight in zip(top.by, top.weights, strict=True)
    )
    return Table(
        key="weights",
        columns=("indicator", "worse", "weight", "signed_by", "signed_on"),
        rows=rows,
        title=Message(code="table.weights"),
    )


def _sensitivity(context: Context, top: TopNeed) -> Table:
    """Return which choice moves areas most: shares of the variance of the mean shift in ranks."""
    found = need_sensitivity(
        top.given, top.weights, rng=context.case.rng("need_sensitivity"), plan=top.plan
    )
    of = found.indices
    rows = tuple(
        (
            Message(code=f"choice.{choice.value.replace(' ', '_')}"),
            Estimate.estimated(
                "total_effect",
                min(total, 1.0),
                interval=(min(low, total, 1.0), min(max(high, total), 1.0), CONFIDENCE),
                unit="share",
            ),
        )
        for choice, total, low, high in zip(
            found.choices,
            of.total.tolist(),
            of.total_low.tolist(),
            of.total_high.tolist(),
            strict=True,
        )
    )
    return Table(
        key="sensitivity",
        columns=("choice", "total_effect"),
        rows=rows,
        title=Message(code="table.sensitivity"),
    )
