"""What the rule set beforehand says, on what conditions, and what the deciding body then did."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, inf, isfinite

from evenground.evidence import Finding, Message, Method, Parameter, Table, Verdict
from evenground.questions.promise.carried_out import CarriedOut, carried_out
from evenground.questions.promise.context import Context
from evenground.questions.promise.effects import Counted, Harm
from evenground.questions.promise.findings.came import from_to
from evenground.questions.promise.held import groups_held
from evenground.questions.promise.judged import Judged, delivered_share
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
    promise, held = one.promise, one.held
    minimum, floor = promise.number("minimum_effect"), promise.number("floor_worst_group")
    rows: list[tuple[Parameter, ...]] = []
    if minimum is not None:
        rows.append(_condition("effect", held.gain, minimum))
    if floor is not None:
        rows += [
            _condition("group" if name else "any_group", of, floor, name=name)
            for name, of in groups_held(held)
        ]
    rows += [_harm_condition(harm) for harm in held.harms if harm.row.get("limit") is not None]
    threshold = promise.number("delivery_threshold")
    delivered = delivered_share(promise, held.gain)
    if threshold is not None and delivered is not None:
        rows.append(_condition("delivery", delivered, threshold))
    return rows


def _condition(kind: str, of: Counted, limit: float, *, name: str = "") -> tuple[Parameter, ...]:
    """Return the row of what must reach a limit."""
    holds = "yes" if of.low >= limit else ("no" if of.high < limit else "open")
    return _row(kind, name, (of.low, of.high), limit, holds)


def _harm_condition(harm: Harm) -> tuple[Parameter, ...]:
    """Return the row of what must not go above a limit; a harm that cannot be told is open."""
    limit = harm.row["limit"]
    low, high = (-inf, inf) if harm.worse is None else (harm.worse.low, harm.worse.high)
    holds = "yes" if high <= limit else ("no" if low > limit else "open")
    return _row("harm", harm.row["indicator"], (low, high), limit, holds)


def _row(
    kind: str, name: str, interval: tuple[float, float], limit: float, holds: str
) -> tuple[Parameter, ...]:
    return (
        Message(code=f"condition.{kind}", parameters={"name": name}),
        from_to(*interval),
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
    gain = one.held.gain
    if not (isfinite(gain.low) and isfinite(gain.high)):
        return [Message(code="change.more_units")]
    times = times_as_much_data(gain.value, gain.low, gain.high, limit=minimum)
    if times is None or times <= 1:
        return []
    known = {
        "times": times,
        "units": ceil(times * one.outcomes.panel.n_units),
        "periods": ceil(times * one.effect.design.n_after),
    }
    return [Message(code="change.more_data", parameters=known)]
