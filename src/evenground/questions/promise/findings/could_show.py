"""Before: what could a pilot show?"""

from __future__ import annotations

import math

from evenground.evidence import Ask, Estimate, Finding, Message, Method, Parameter, Table, Verdict
from evenground.language import N_
from evenground.questions.promise.context import Context
from evenground.questions.promise.histories import History, history_of
from evenground.questions.promise.measures.pilot.period_length import MONTHS
from evenground.questions.promise.measures.pilot.pilot_options import PilotOption
from evenground.questions.promise.measures.pilot.power import Goal, power_at
from evenground.questions.promise.showing import POWER, Shown, other_pilot, shown_of
from evenground.questions.promise.stated import Promise, quoted

COULD, COULD_TELL, COULD_NOT, LEAST = (
    Verdict("could_show"),
    Verdict("could_only_tell"),
    Verdict("could_not_show"),
    Verdict("could_show_from"),
)
_FEW_APART = 3
_PARTS = (0.5, 1.0, 1.5)
PAST = Method(
    name=N_("Power and least detectable effect, by laying the pilot into the past"),
    formula=N_("share of stretches and lots in which effect plus chance leaves 0 out"),
    literature=(
        "Bertrand, Duflo & Mullainathan 2004, Quarterly Journal of Economics 119, 249–275",
        "Bloom 1995, Evaluation Review 19, 547–556",
        "Burlig, Preonas & Woerman 2020, Journal of Development Economics 144, 102458",
    ),
)


def could_show(context: Context) -> list[Finding]:
    """Return what a pilot could show of each promise by number."""
    return [_of_promise(context, one) for one in context.promises if _is_by_number(one)]


def _is_by_number(promise: Promise) -> bool:
    by_number = promise.row.get("indicator") and not promise.missing.is_judged_by_accounts
    return bool(by_number) and promise.kind == "outcome"


def _of_promise(context: Context, promise: Promise) -> Finding:
    history = history_of(context, promise)
    if isinstance(history, Message):
        return _untold(context, promise, history)
    shown = shown_of(context, promise, history)
    verdict = _verdict(shown)
    return Finding(
        code=f"could_show.{verdict.code}" if shown.shows_any else "could_show.too_few_areas",
        verdict=verdict,
        parameters=context.known(**_parameters(shown)),
        estimates=tuple(_estimates(shown)),
        tables=tuple(_tables(shown)),
        caveats=tuple(_caveats(shown)),
        sources=context.sources("promises", "evaluation", "outcomes", "rollout"),
        method=PAST,
        claims=("M8", "M10"),
        would_change=_other_pilot(context, shown) if verdict in {COULD_NOT, COULD_TELL} else (),
        asks=_ask_for_a_larger(context, promise) if verdict == COULD_NOT else (),
    )


def _untold(context: Context, promise: Promise, why: Message) -> Finding:
    cannot = why.code == "history.nothing_to_compare"
    indicator = promise.row.get("indicator") or ""
    return Finding(
        code="could_show.nothing_to_compare" if cannot else "could_show.untold",
        verdict=COULD_NOT if cannot else Verdict.CANNOT_TELL,
        parameters=context.known(words=quoted(promise), why=why),
        sources=context.sources("promises", "evaluation", "outcomes", "rollout"),
        claims=("M8", "M10"),
        asks=_ask_for_a_larger(context, promise)
        if cannot
        else (
            Ask(
                to=Message(code="to.city"),
                what=Message(code="ask.history", parameters={"indicator": indicator}),
                unlocks=Message(code="ask.history.unlocks"),
                by=context.case.initiative.decision.ask_by,
            ),
        ),
    )


def _verdict(shown: Shown) -> Verdict:
    if not shown.shows_any or (shown.power is not None and shown.power < POWER):
        return COULD_NOT
    if shown.power is None:
        return LEAST
    return COULD if shown.power_of_rule is None or shown.power_of_rule >= POWER else COULD_TELL


def _parameters(shown: Shown) -> dict[str, Parameter]:
    history, promise = shown.history, shown.promise
    n = len(history.units)
    length = max(1, round(history.n_after * MONTHS[history.every]))
    return {
        "words": quoted(promise),
        "unit": promise.unit,
        "pilot": Message(
            code="pilot.wedge" if history.n_treated == n else "pilot.some",
            parameters={
                "n_treated": history.n_treated,
                "of": n,
                "length": Message(code="pilot.length", parameters={"n": length}),
            },
        ),
        "effect": shown.effect,
        "power": shown.power,
        "power_of_rule": shown.power_of_rule,
        "minimum": promise.number("minimum_effect"),
        "least": Message(
            code="least.from", parameters={"least": shown.least.value, "unit": promise.unit}
        ),
    }


def _estimates(shown: Shown) -> list[Estimate]:
    unit, least = shown.promise.unit or "—", shown.least
    made: list[Estimate] = []
    if shown.shows_any and math.isfinite(least.high):
        ends = (least.low, least.high, least.level)
        made.append(Estimate.estimated("least_shown", least.value, interval=ends, unit=unit))
    if shown.power is not None and shown.shows_any:
        made.append(Estimate.exact("power_of_promise", shown.power, unit="share"))
    return made


def _tables(shown: Shown) -> list[Table]:
    """Return how often effects would be told from chance; nothing where none can be."""
    if shown.effect is None or not shown.shows_any:
        return []
    sizes = [part * shown.effect for part in _PARTS]
    power = power_at(shown.null, sizes, Goal(direction=shown.promise.side))
    rows = tuple(
        (size, Estimate.exact("seen", float(share), unit="share"))
        for size, share in zip(sizes, power.tolist(), strict=True)
    )
    title = Message(code="table.could_show", parameters={"unit": shown.promise.unit})
    return [Table(key="could_show", columns=("effect_of", "seen_in"), rows=rows, title=title)]


def _caveats(shown: Shown) -> list[Message]:
    said = [Message(code="caveat.adds_alike"), Message(code="caveat.like_the_past")]
    if not shown.history.is_planned:
        said.insert(0, Message(code="caveat.no_plan"))
    elif not shown.history.by_lot:
        said.append(Message(code="caveat.not_by_lot"))
    if shown.null.n_apart < _FEW_APART:
        said.append(Message(code="caveat.short_past", parameters={"n": max(1, shown.null.n_apart)}))
    return said


def _other_pilot(context: Context, shown: Shown) -> tuple[Message, ...]:
    if shown.effect is None:
        return ()
    found = other_pilot(context, shown)
    return (_said_of(found, shown.history) if found else Message(code="could.none"),)


def _said_of(found: PilotOption, history: History) -> Message:
    design = found.design
    length = max(1, round(design.n_periods * MONTHS[history.every]))
    return Message(
        code="could.wedge" if design.design == "stepped_wedge" else "could.half",
        parameters={
            "n_areas": design.n_areas,
            "n_treated": design.n_treated,
            "n_steps": design.n_steps,
            "length": Message(code="pilot.length", parameters={"n": length}),
            "power": found.power,
        },
    )


def _ask_for_a_larger(context: Context, promise: Promise) -> tuple[Ask, ...]:
    return (
        Ask(
            to=Message(code="to.city"),
            what=Message(code="ask.pilot", parameters={"words": quoted(promise)}),
            unlocks=Message(code="ask.pilot.unlocks"),
            by=context.case.initiative.decision.ask_by,
        ),
    )
