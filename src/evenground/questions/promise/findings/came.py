"""What came of each promise that outcome data can be held against, and how that was found."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from evenground.evidence import (
    Ask,
    Estimate,
    Finding,
    Message,
    Method,
    Parameter,
    Table,
    Verdict,
)
from evenground.questions.promise.context import Context
from evenground.questions.promise.effect_in_words import design_in_words, place_among_chance
from evenground.questions.promise.effects import Counted
from evenground.questions.promise.figures.against import against_figure
from evenground.questions.promise.figures.course import course_figure
from evenground.questions.promise.findings.withheld import withheld
from evenground.questions.promise.judged import Judged, judged
from evenground.questions.promise.literature import NAMES, literature
from evenground.questions.promise.stated import Promise, quoted

IN_FULL, IN_PART, NOT_TOLD, WRONG_WAY = (
    Verdict("came_in_full"),
    Verdict("came_in_part"),
    Verdict("not_told_from_chance"),
    Verdict("went_the_wrong_way"),
)
OF_THE_PROMISE = "of what was promised"
"""Unit of delivered shares, which may be more than all or less than nothing."""
_SHOWN = 8

_SMALLEST_P = 0.01


def came(context: Context) -> tuple[list[Finding], list[Judged]]:
    """Return what came, promise by promise, and the same as numbers for what follows from it."""
    findings: list[Finding] = []
    found: list[Judged] = []
    for promise in context.promises:
        if not _is_evaluated(context, promise):
            continue
        if not context.may_evaluate:
            findings.append(withheld(context, promise))
            continue
        result = judged(context, promise)
        if isinstance(result, Message):
            findings.append(_untold(context, promise, result))
            continue
        found.append(result)
        findings.append(_came(context, result))
    return findings, found


def _is_evaluated(context: Context, promise: Promise) -> bool:
    """Whether an effect is looked for: of an outcome with an indicator, once there are outcomes."""
    has_outcomes = "outcomes" in context.tables and context.tables["outcomes"].num_rows > 0
    by_number = bool(promise.row.get("indicator")) and not promise.missing.is_judged_by_accounts
    return has_outcomes and by_number and promise.kind == "outcome"


def _untold(context: Context, promise: Promise, why: Message) -> Finding:
    return Finding(
        code="came.untold",
        verdict=Verdict.CANNOT_TELL,
        parameters=context.known(words=quoted(promise), why=why),
        sources=context.sources("promises", "evaluation", "outcomes", "rollout"),
        claims=("M8", "M10"),
        asks=(
            Ask(
                to=Message(code="to.city"),
                what=Message(code="ask.outcomes", parameters={"words": quoted(promise)}),
                unlocks=Message(code="ask.outcomes.unlocks"),
                by=context.case.initiative.decision.ask_by,
            ),
        ),
    )


def _came(context: Context, one: Judged) -> Finding:
    promise, effect = one.promise, one.effect
    verdict = _verdict(one)
    unit = promise.unit or promise.row["indicator"]
    gain = _estimate("gain", one.gain, unit)
    return Finding(
        code=f"came.{verdict.code}" if gain else "came.without_interval",
        verdict=verdict,
        parameters=context.known(
            words=quoted(promise),
            gain=gain[0] if gain else one.gain.value,
            low=one.gain.low,
            high=one.gain.high,
            level=one.gain.level,
            unit=unit,
            promised=_promised(promise, unit),
        ),
        estimates=tuple(_estimates(one, unit)),
        tables=tuple(_tables(one)),
        figures=(*course_figure(one), *against_figure(one)),
        caveats=tuple(_caveats(context, one)),
        sources=context.sources("promises", "evaluation", "outcomes", "rollout", "harms"),
        method=Method(
            name=NAMES[effect.method], literature=literature(effect.method, effect.inference)
        ),
        claims=("M8", "M9", "M10", "M21"),
    )


def _verdict(one: Judged) -> Verdict:
    gain, change = one.gain, one.promise.change.change
    if gain.low <= 0.0 <= gain.high:
        return NOT_TOLD
    if one.effect.cannot_tell:
        return Verdict.CANNOT_TELL
    if gain.high < 0:
        return WRONG_WAY
    return IN_FULL if change is not None and 0 < change <= gain.low else IN_PART


def _promised(promise: Promise, unit: str) -> Message:
    change = promise.change.change
    if change is None:
        return Message(code="promised_nothing")
    if change <= 0:
        return Message(code="promised_no_gain")
    return Message(code="promised_amount", parameters={"change": change, "unit": unit})


def _estimate(name: str, one: Counted, unit: str, *, about: str = "") -> list[Estimate]:
    """Return an estimate; one whose interval has no end is told in words alone."""
    if not (isfinite(one.low) and isfinite(one.high)):
        return []
    interval = (one.low, one.high, one.level)
    return [Estimate.estimated(name, one.value, interval=interval, unit=unit, about=about)]


def _estimates(one: Judged, unit: str) -> list[Estimate]:
    promise = one.promise
    made = _estimate("gain", one.gain, unit)
    made += [
        Estimate.exact(name, value, unit=unit)
        for name, value in (
            ("promised_change", promise.change.change),
            ("minimum_effect", promise.number("minimum_effect")),
        )
        if value is not None
    ]
    if one.delivered is not None:
        made += _estimate("delivered", one.delivered, OF_THE_PROMISE)
    for name, of in one.came.groups:
        made += _estimate("group_gain", of, unit, about=name)
    for harm in one.came.harms:
        if harm.worse is not None:
            harm_unit = harm.row.get("unit") or harm.row["indicator"]
            made += _estimate("worse", harm.worse, harm_unit, about=harm.row["harm_id"])
    return made


def _tables(one: Judged) -> list[Table]:
    effect = one.effect
    made = [_beside_promise(one)]
    if one.came.groups:
        rows = tuple((name, *_interval(of)) for name, of in one.came.groups)
        made.append(_table("who_gained", ("group", "change_for_better", "from_to"), rows))
    if effect.beside:
        rows = tuple(
            (Message(code=f"method.{name}"), one.promise.sign * value)
            for name, value in effect.beside.items()
        )
        made.append(_table("other_methods", ("by_method", "change_for_better"), rows))
    if effect.unit_weights:
        ordered = sorted(effect.unit_weights.items(), key=lambda of: -abs(of[1]))[:_SHOWN]
        rows = tuple((name, weight) for name, weight in ordered)
        made.append(_table("made_of", ("compared_with", "weight"), rows))
    return made


def _beside_promise(one: Judged) -> Table:
    promise = one.promise
    rows: list[tuple[Parameter, ...]] = [
        (Message(code="row.came"), *_interval(one.gain)),
    ]
    who = promise.row.get("who")
    claimed = Message(code="row.promised_by", parameters={"who": who}) if who else None
    for name, value in (
        (claimed or Message(code="row.promised"), promise.change.change),
        (Message(code="row.minimum"), promise.number("minimum_effect")),
        (Message(code="row.floor"), promise.number("floor_worst_group")),
    ):
        if value is not None:
            rows.append((name, value, Message(code="as_stated")))
    return _table("promised_and_came", ("what", "change_for_better", "from_to"), tuple(rows))


def _interval(one: Counted) -> tuple[Parameter, Parameter]:
    return one.value, from_to(one.low, one.high)


def from_to(low: float, high: float) -> Message:
    """Return an interval in words; an end that is not there is said so."""
    return Message(code="from_to", parameters={"low": _end(low), "high": _end(high)})


def _end(value: float) -> Message:
    if isfinite(value):
        return Message(code="end", parameters={"value": value})
    return Message(code="no_end")


def _table(key: str, columns: Sequence[str], rows: tuple[tuple[Parameter, ...], ...]) -> Table:
    return Table(key=key, columns=tuple(columns), rows=rows, title=Message(code=f"table.{key}"))


def _caveats(context: Context, one: Judged) -> list[Message]:
    effect = one.effect
    among = place_among_chance(effect, p=_p(effect.p)) if effect.n_assignments else ()
    said = [design_in_words(effect.design), *among, *effect.caveats]
    if one.outcomes.left_out:
        left = one.outcomes.left_out
        said.append(
            Message(code="caveat.units_left_out", parameters={"n": len(left), "names": left})
        )
    if one.came.untold:
        names = one.came.untold
        said.append(
            Message(code="caveat.groups_untold", parameters={"n": len(names), "names": names})
        )
    fixed = one.promise.evaluation.get("design") or ""
    if fixed and fixed != _family(effect.design.design.value):
        said.append(
            Message(
                code="caveat.another_design",
                parameters={"fixed": Message(code=f"planned.{fixed}")},
            )
        )
    if one.held.n_looks > 1:
        said.append(Message(code="caveat.several_looks", parameters={"looks": one.held.n_looks}))
    if one.held.n_over == 0:
        said.append(Message(code="caveat.no_look_over"))
    if context.case.unsealed:
        said.append(Message(code="caveat.unsealed"))
    return said


def _family(design: str) -> str:
    return "few_treated" if design == "few_treated_short" else design


def _p(value: float) -> Message:
    """Return a p-value in words: none is shown as 0."""
    if value < _SMALLEST_P:
        return Message(code="p_below", parameters={"least": str(_SMALLEST_P)})
    return Message(code="p_value", parameters={"p": value})
