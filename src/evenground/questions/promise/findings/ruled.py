"""What the rule set beforehand says, on what conditions, and what the deciding body then did."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np

from evenground.evidence import Finding, Message, Method, Parameter, Table, Verdict
from evenground.questions.promise.carried_out import CarriedOut, carried_out
from evenground.questions.promise.context import Context
from evenground.questions.promise.findings.came import from_to
from evenground.questions.promise.judged import Judged
from evenground.questions.promise.measures.data_that_could import times_as_much_data
from evenground.questions.promise.measures.sealed_rule import RuleSays
from evenground.questions.promise.stated import quoted

SCALE, ADJUST, STOP = Verdict("scale"), Verdict("adjust"), Verdict("stop")
FOLLOWED, NOT_FOLLOWED, NOTHING_DECIDED = (
    Verdict("decided_as_the_rule_says"),
    Verdict("decided_otherwise"),
    Verdict("nothing_decided"),
)
_VERDICTS = {
    RuleSays.SCALE: SCALE,
    RuleSays.ADJUST: ADJUST,
    RuleSays.STOP: STOP,
    RuleSays.CANNOT_TELL: Verdict.CANNOT_TELL,
}
RULE = Method(
    name="A rule set beforehand: intervals against smallest worthwhile effect, floors and limits",
    literature=(
        "Berger 1982, Technometrics 24, 295–300",
        "Holm 1979, Scandinavian Journal of Statistics 6, 65–70",
    ),
)
_AROUND = ("context", "carried out otherwise", "helped", "hindered")


def ruled(context: Context, found: Sequence[Judged]) -> list[Finding]:
    """Return what the rule says of each promise that it can be applied to."""
    return [_ruled(context, one) for one in found if one.ruled is not None]


def verdict_of(one: Judged) -> Verdict | None:
    """Return what the rule says of a promise, if there is a rule."""
    return None if one.ruled is None else _VERDICTS[one.ruled.says]


def decided(context: Context) -> list[Finding]:
    """Return what was decided once a result was there; nothing while nobody has decided."""
    rows = context.rows.get("decisions", ())
    if not rows:
        return []
    last = max(rows, key=lambda row: row["date"])
    rule, choice = last.get("result") or "", last["decided"]
    verdict = FOLLOWED if rule == choice else NOT_FOLLOWED
    if choice == "none":
        verdict = NOTHING_DECIDED
    known = context.known(
        body=last.get("body") or Message(code="to.body_unknown"),
        date=last["date"],
        decided=Message(code=f"decided_on.{choice}"),
        rule=Message(code=f"rule_said.{rule or 'nothing'}"),
    )
    table = Table(
        key="decisions",
        columns=("date", "who_decided", "rule_said", "was_decided", "reasons"),
        rows=tuple(
            (
                row["date"],
                row.get("body") or Message(code="not_stated"),
                Message(code=f"rule_said.{row.get('result') or 'nothing'}"),
                Message(code=f"decided_on.{row['decided']}"),
                row.get("why") or Message(code="not_stated"),
            )
            for row in sorted(rows, key=lambda row: row["date"])
        ),
        title=Message(code="table.decisions"),
    )
    code = verdict.code if last.get("why") else f"{verdict.code}.without_reasons"
    return [
        Finding(
            code=f"decided.{code}",
            verdict=verdict,
            parameters=known,
            tables=(table,),
            sources=context.sources("decisions"),
            method=RULE,
            claims=("M9", "M22"),
        )
    ]


def _ruled(context: Context, one: Judged) -> Finding:
    promise = one.promise
    says = _VERDICTS[one.ruled.says] if one.ruled else Verdict.CANNOT_TELL
    done = carried_out(context, promise)
    response = promise.responses.get(says.code, "")
    return Finding(
        code=f"rule.{says.code}",
        verdict=says,
        parameters=context.known(
            words=quoted(promise),
            response=(
                Message(code="rule.then", parameters={"response": response.rstrip(".")})
                if response
                else Message(code="rule.then_nothing")
            ),
        ),
        tables=tuple(_tables(context, one, done)),
        caveats=tuple(_caveats(done)),
        sources=context.sources(
            "promises", "evaluation", "harms", "responses", "rollout", "events"
        ),
        method=RULE,
        claims=("M8", "M9", "M10", "M34"),
        would_change=tuple(_would_change(one)),
    )


def _tables(context: Context, one: Judged, done: CarriedOut) -> list[Table]:
    rows = tuple(_conditions(one))
    columns = ("condition", "interval", "set_at", "holds")
    made = [Table(key="rule", columns=columns, rows=rows, title=Message(code="table.rule"))]
    if done.n_planned:
        made.append(
            Table(
                key="carried_out",
                columns=("what", "number"),
                rows=tuple((Message(code=f"row.{name}"), value) for name, value in done.counts),
                title=Message(code="table.carried_out"),
            )
        )
    around = [
        (row["date"], row.get("text") or "", row.get("source") or Message(code="not_stated"))
        for row in context.rows.get("events", ())
        if row.get("kind") in _AROUND
    ]
    if around:
        made.append(
            Table(
                key="around",
                columns=("date", "what_happened", "source"),
                rows=tuple(around),
                title=Message(code="table.around"),
            )
        )
    return made


def _conditions(one: Judged) -> list[tuple[Parameter, ...]]:
    """Return each condition of the rule: what it asks, what is known, and whether it holds."""
    promise = one.promise
    minimum, floor = promise.number("minimum_effect"), promise.number("floor_worst_group")
    rows: list[tuple[Parameter, ...]] = []
    if minimum is not None:
        rows.append(_condition("effect", (one.held.low, one.held.high), minimum))
    if floor is not None:
        rows += [
            _condition("group", (of.low, of.high), floor, name=name) for name, of in one.groups
        ]
    for harm in one.harms:
        limit = harm.row.get("limit")
        if limit is None:
            continue
        low, high = (
            (harm.worse.low, harm.worse.high) if harm.worse else (float("-inf"), float("inf"))
        )
        rows.append(
            _condition("harm", (-high, -low), -limit, name=harm.row["indicator"], turned=True)
        )
    threshold = promise.number("delivery_threshold")
    change = promise.change.change
    if threshold is not None and one.delivered is not None and change:
        interval = (one.held.low / change, one.held.high / change)
        rows.append(_condition("delivery", interval, threshold))
    return rows


def _condition(
    kind: str, interval: tuple[float, float], limit: float, *, name: str = "", turned: bool = False
) -> tuple[Parameter, ...]:
    """Return one row; ``turned`` for what must stay below, given with its sign turned."""
    low, high = interval
    holds = "yes" if low >= limit else ("no" if high < limit else "open")
    if turned:
        low, high, limit = -high, -low, -limit
    return (
        Message(code=f"condition.{kind}", parameters={"name": name}),
        from_to(low, high),
        limit,
        Message(code=f"holds.{holds}"),
    )


def _caveats(done: CarriedOut) -> list[Message]:
    said: list[Message] = []
    if done.elapsed is not None:
        code = "caveat.horizon_elapsed" if done.elapsed >= 1 else "caveat.horizon_running"
        said.append(Message(code=code, parameters={"part": done.elapsed}))
    if done.n_late or done.n_never:
        known = {"late": done.n_late, "never": done.n_never, "of": done.n_planned}
        said.append(Message(code="caveat.not_as_planned", parameters=known))
    return said


def _would_change(one: Judged) -> list[Message]:
    """Return how much data could tell, where the rule cannot yet."""
    minimum = one.promise.number("minimum_effect")
    if one.ruled is None or one.ruled.says is not RuleSays.CANNOT_TELL or minimum is None:
        return []
    if not (np.isfinite(one.held.low) and np.isfinite(one.held.high)):
        return [Message(code="change.more_units")]
    times = times_as_much_data(one.held.value, one.held.low, one.held.high, limit=minimum)
    if times is None or times <= 1:
        return []
    known = {
        "times": times,
        "units": ceil(times * one.outcomes.panel.n_units),
        "periods": ceil(times * one.effect.design.n_after),
    }
    return [Message(code="change.more_data", parameters=known)]
