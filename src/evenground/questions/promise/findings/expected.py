"""What can be expected: what became of the city's own promises before this one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from evenground.evidence import Ask, Estimate, Finding, Message, Method, Parameter, Table, Verdict
from evenground.language import N_
from evenground.methods.validation import Vector
from evenground.questions.promise.context import Context
from evenground.questions.promise.findings.amounts import cell, estimated
from evenground.questions.promise.measures.reference_class.forecast import (
    ClassForecast,
    class_forecast,
)
from evenground.questions.promise.measures.reference_class.tail_index import tail_index
from evenground.questions.promise.measures.worth.ranged import Ranged
from evenground.questions.promise.past import Past, past_of
from evenground.questions.promise.published import Uplift, heavy_tails
from evenground.questions.promise.raising import (
    PLAN,
    cost_forecast,
    cost_uplift,
    own_costs_suffice,
    time_uplift,
)

HALF = 0.5
"""More than half of what was promised."""
PROMISED, PLANNED = "of what was promised", "times the plan"
MOSTLY, SELDOM, OPEN = (
    Verdict("more_than_half_usual"), Verdict("less_than_half_usual"), Verdict("past_leaves_open"),
)  # fmt: skip
CLASS = Method(
    name=N_("Reference class of the city's own past promises"),
    formula=N_(
        "share of the next outcomes above a value: Beta distributed, with one further outcome put "
        "at either end in turn"
    ),
    literature=(
        "Flyvbjerg 2008, European Planning Studies 16, 3–21",
        "Ferguson 1973, Annals of Statistics 1, 209–230",
        "Walley 1996, Journal of the Royal Statistical Society B 58, 3–57",
        "Brown, Goetzmann, Ibbotson & Ross 1992, Review of Financial Studies 5, 553–580",
    ),
)
Known = tuple[str, ClassForecast, int]


def expected(context: Context) -> list[Finding]:
    """Return what became of promises before this one; nothing where none is listed."""
    rows = context.rows.get("past_promises", ())
    register = context.rows.get("past_initiatives", ())
    past = past_of(rows, register, domain=context.case.initiative.domain)
    if not sum(n for _, n in past.n_by_stage):
        return []
    outcome = _forecast(context, past.outcomes.once_begun, threshold=HALF)
    n = int(past.outcomes.once_begun.size)
    verdict = _verdict(outcome, n)
    code = "none_measured" if verdict is Verdict.CANNOT_TELL else verdict.code
    return [
        Finding(
            code=f"expected.{code}",
            verdict=verdict,
            parameters=context.known(
                n=n,
                of=sum(count for _, count in past.n_by_stage),
                above=_said(outcome.above.value),
                p50=_said(outcome.p50.value),
                p80=_said(outcome.p80.value),
            ),
            estimates=(*_outcome_estimates(context, outcome, n), *_overruns(context, past)),
            tables=(_classes(context, past), _stages(past)),
            caveats=tuple(_caveats(context, past)),
            sources=context.sources("past_promises", "past_initiatives"),
            method=CLASS,
            claims=("M8",),
            asks=_asks(context, past),
        )
    ]


def _forecast(context: Context, outcomes: Vector, *, threshold: float) -> ClassForecast:
    return class_forecast(outcomes, threshold=threshold, confidence=context.confidence)


def _verdict(outcome: ClassForecast, n: int) -> Verdict:
    if not n:
        return Verdict.CANNOT_TELL
    if outcome.above.low > HALF:
        return MOSTLY
    return SELDOM if outcome.above.high < HALF else OPEN


def _said(value: float) -> float | None:
    return None if math.isnan(value) else value


def _outcome_estimates(context: Context, outcome: ClassForecast, n: int) -> Iterator[Estimate]:
    level = context.confidence
    yield Estimate.exact("n_past", n, unit="promises")
    yield from estimated("past_above_half", outcome.above, unit="share", level=level)
    yield from estimated("past_half_up_to", outcome.p50, unit=PROMISED, level=level)
    yield from estimated("past_most_up_to", outcome.p80, unit=PROMISED, level=level)


def _overruns(context: Context, past: Past) -> Iterator[Estimate]:
    level = context.confidence
    cost = cost_forecast(past.cost_ratios, context.case.settings)
    time = _forecast(context, past.time_ratios, threshold=PLAN)
    for name, found in (("cost", cost), ("time", time)):
        half, most = _from_none(found.p50), _from_none(found.p80)
        yield from estimated(f"past_{name}_half_up_to", half, unit=PLANNED, level=level)
        yield from estimated(f"past_{name}_most_up_to", most, unit=PLANNED, level=level)


def _from_none(found: Ranged, *, is_share: bool = False) -> Ranged:
    """Return the range from 0 on: no cost and no time is less; a delivered share may be."""
    if is_share or math.isinf(found.high):
        return found
    return replace(found, low=max(found.low, 0.0))


def _classes(context: Context, past: Past) -> Table:
    domain = past.in_domain.once_begun
    shares = (past.outcomes.once_begun, past.outcomes.once_promised, domain)
    codes = ("once_begun", "once_promised", "in_domain")
    known: list[Known] = [
        (code, _forecast(context, one, threshold=HALF), one.size)
        for code, one in zip(codes, shares, strict=True)
        if code != "in_domain" or 0 < one.size < past.outcomes.once_begun.size
    ]
    known.append(
        ("cost", cost_forecast(past.cost_ratios, context.case.settings), past.cost_ratios.size)
    )
    ratios = (("it_cost", past.it_cost_ratios), ("time", past.time_ratios))
    known += [
        (code, _forecast(context, one, threshold=PLAN), one.size)
        for code, one in ratios
        if one.size
    ]
    return Table(
        key="reference_class",
        columns=("class_of", "n_past", "half_up_to", "most_up_to", "more_than_half", "over_plan"),
        rows=tuple(_row(context, one) for one in known),
        title=Message(code="table.reference_class"),
    )


def _row(context: Context, known: Known) -> tuple[Parameter, ...]:
    code, found, n = known
    level, is_share = context.confidence, found.threshold == HALF
    unit = PROMISED if is_share else PLANNED
    above = cell("share_above", found.above, unit="share", level=level)
    # The chance of going over lies between the points that a published class is known by.
    untold = Message(code="not_applicable")
    over = untold if found.prior_weight else above
    return (
        Message(code=f"class.{code}"),
        n,
        cell("half_up_to", _from_none(found.p50, is_share=is_share), unit=unit, level=level),
        cell("most_up_to", _from_none(found.p80, is_share=is_share), unit=unit, level=level),
        above if is_share else untold,
        untold if is_share else over,
    )


def _stages(past: Past) -> Table:
    rows = tuple((Message(code=f"stage.{one}"), n) for one, n in past.n_by_stage if n)
    return Table(
        key="stages", columns=("became", "n_initiatives"), rows=rows,
        title=Message(code="table.stages"),
    )  # fmt: skip


def _caveats(context: Context, past: Past) -> Iterator[Message]:
    yield Message(code="caveat.kept")
    if past.outcomes.n_not_measured:
        yield Message(code="caveat.not_measured", parameters={"n": past.outcomes.n_not_measured})
    n = int(past.cost_ratios.size)
    settings = context.case.settings
    if n:
        (tail,) = heavy_tails()
        yield Message(
            code="caveat.no_mean", parameters={"share": tail.share, "exceeds": tail.exceeds}
        )
        if tail_index(past.cost_ratios[past.cost_ratios > 0]).has_mean is False:
            yield Message(code="caveat.no_mean.own")
    if not own_costs_suffice(past.cost_ratios, settings):
        yield _uplift_said("caveat.published_uplift", cost_uplift(settings), n)
    n_times, longer = int(past.time_ratios.size), time_uplift(settings)
    if longer is not None and 0 < n_times < settings.whole("least_in_class"):
        yield _uplift_said("caveat.published_time", longer, n_times)
    cost = cost_forecast(past.cost_ratios, settings)
    if cost.conflict:
        yield Message(code="caveat.class_conflict", parameters={"n": n})
    elif cost.prior_weight:
        weight = cost.prior_weight
        known = {"n": n, "weight": int(weight) if weight.is_integer() else weight}
        yield Message(code="caveat.class_shrunk", parameters=known)


def _uplift_said(code: str, found: Uplift, n: int) -> Message:
    """Say that the city's own cases are few, and what is published."""
    return Message(
        code=code,
        parameters={
            "n": n,
            "category": Message(code=f"category.{found.category}"),
            "lower": found.lower,
            "upper": found.upper,
        },
    )


def _asks(context: Context, past: Past) -> tuple[Ask, ...]:
    if not past.without_figures:
        return ()
    known = {"names": past.without_figures}
    return (
        Ask(
            to=Message(code="to.city"),
            what=Message(code="ask.past", parameters=known),
            unlocks=Message(code="ask.past.unlocks"),
            by=context.case.initiative.decision.ask_by,
        ),
    )
