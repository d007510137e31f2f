"""What a pilot ends too early for: pilot, payments and promises on one axis of time."""

from __future__ import annotations

from datetime import date

from evenground.evidence import Estimate, Finding, Message, Method, Verdict
from evenground.initiative import OptionKind
from evenground.language import N_
from evenground.questions.promise.context import Context
from evenground.questions.promise.figures.horizons import horizons_figure
from evenground.questions.promise.histories import months_between, start_of
from evenground.questions.promise.measures.pilot.horizon import HorizonCheck, horizon_check
from evenground.questions.promise.panels import months_later
from evenground.questions.promise.stated import number

TOO_EARLY, LONG_ENOUGH = Verdict("ends_too_early"), Verdict("sees_what_is_due")
AXIS = Method(
    name=N_("Pilot, payments and promises on one axis of time"),
    literature=("HM Treasury 2020, The Magenta Book: central government guidance on evaluation",),
)


def horizon(context: Context) -> list[Finding]:
    """Return what the pilot ends too early for; nothing where its start or length is not said."""
    spans = [
        (start, months_later(start, months))
        for one in context.promises
        if (start := start_of(context, one)) is not None
        and (months := number(one.evaluation, "horizon_months"))
    ]
    if not spans:
        return []
    start, end = min(first for first, _ in spans), max(last for _, last in spans)
    due = {one.key: months_between(start, one.due) for one in context.promises if one.due}
    due = {key: months for key, months in due.items() if months >= 0}
    contract, life = _paid_until(context, start)
    if not due and contract is None and life is None:
        return []
    pilot = months_between(start, end)
    checked = horizon_check(
        pilot, contract_months=contract, asset_life_months=life, effect_delays=due
    )
    verdict = TOO_EARLY if checked.unseen else LONG_ENOUGH
    words = [one.words.rstrip(".") for one in context.promises if one.key in checked.unseen]
    late = tuple(f"“{text}”" for text in words)
    return [
        Finding(
            code=f"horizon.{verdict.code}",
            verdict=verdict,
            parameters=context.known(end=end, names=late, start=start),
            estimates=(Estimate.exact("pilot_months", round(pilot, 1), unit="months"),),
            figures=(horizons_figure(checked, start=start),),
            caveats=tuple(_beyond(checked)),
            sources=context.sources("promises", "evaluation", "rollout", "cost_lines"),
            method=AXIS,
            claims=("M10",),
        )
    ]


def _paid_until(context: Context, start: date) -> tuple[float | None, float | None]:
    """Return for how many months subscriptions and costs of any kind are planned."""
    today = {one.key for one in context.case.initiative.options if one.kind is OptionKind.AS_TODAY}
    lines = [
        row
        for row in context.rows.get("cost_lines", ())
        if row.get("year") and row.get("option") not in today
    ]
    bound = [row["year"] for row in lines if row.get("kind") == "subscription"]
    return _until_end_of(bound, start), _until_end_of([row["year"] for row in lines], start)


def _until_end_of(years: list[int], start: date) -> float | None:
    if not years or max(years) < start.year:
        return None
    return months_between(start, date(max(years) + 1, 1, 1))


def _beyond(checked: HorizonCheck) -> list[Message]:
    said: list[Message] = []
    if checked.contract_after:
        known = {"months": round(checked.contract_after)}
        said.append(Message(code="horizon.contract", parameters=known))
    if checked.seen_of_life is not None and checked.life_after:
        said.append(Message(code="horizon.life", parameters={"part": checked.seen_of_life}))
    return said
