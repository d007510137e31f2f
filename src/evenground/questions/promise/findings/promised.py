"""What was promised, what a promise leaves out, and whether any result would change anything."""

from __future__ import annotations

from collections.abc import Sequence

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
from evenground.questions.promise.measures.promises.without_decision import (
    Measured,
    without_decision,
)
from evenground.questions.promise.stated import Promise, as_stated

CHECKABLE, PARTLY, NOT_CHECKABLE = (
    Verdict("can_be_checked"),
    Verdict("some_can_be_checked"),
    Verdict("cannot_be_checked"),
)
GESTURE, SOME_GESTURES, CHANGES_SOMETHING = (
    Verdict("gesture"),
    Verdict("some_gestures"),
    Verdict("would_change_something"),
)
UNUSED, USED = Verdict("measured_for_nothing"), Verdict("measured_for_decisions")
REGISTER = Method(
    name="Fields of a benefits register, and those that a rule set beforehand needs",
    literature=(
        "HM Treasury 2022, The Green Book, paragraph 5.30 and Box 9",
        "Australian Transport Assessment and Planning guidelines, T6 Benefits management, 6.1.2",
    ),
)
DECISIONS = Method(
    name="What is measured, set beside the decisions that it informs",
    literature=("Halegoua 2020, Smart Cities, MIT Press",),
)
RESULTS = ("scale", "adjust", "stop", "cannot_tell")


def promised(context: Context) -> list[Finding]:
    """Return what was promised and what is left out; nothing where no promise is listed."""
    if not context.promises:
        return []
    return [_promised(context), _gestures(context)]


def unused(context: Context) -> list[Finding]:
    """Return what is measured without a decision; nothing where nothing is measured."""
    measured = [
        Measured(kind="indicator", name=one.row["indicator"], informs=one.row.get("informs") or "")
        for one in context.promises
        if one.row.get("indicator")
    ]
    # What watches a harm informs the rule by that.
    measured += [
        Measured(kind="indicator", name=one["indicator"], informs="harm")
        for one in context.rows.get("harms", ())
    ]
    measured += [
        Measured(
            kind="dataset", name=row.get("title") or row["dataset_id"],
            informs=row.get("informs") or "",
        )
        for row in context.rows.get("initiative_datasets", ())
    ]  # fmt: skip
    found = without_decision(measured)
    if not found.n:
        return []
    names = tuple(f"“{one.name}”" for one in found.listed)
    verdict = UNUSED if names else USED
    return [
        Finding(
            code=f"unused.{verdict.code}",
            verdict=verdict,
            parameters=context.known(names=names, n=len(names), of=found.n),
            estimates=(
                Estimate.exact("n_measured", found.n, unit="indicators and datasets"),
                Estimate.exact("n_unused", len(names), unit="indicators and datasets"),
            ),
            sources=context.sources("promises", "initiative_datasets", "harms"),
            method=DECISIONS,
            claims=("M22",),
            asks=_ask_what_for(context, names),
        )
    ]


def checkable(context: Context) -> Verdict:
    """Return whether promises can be held against what comes."""
    can = [one for one in context.promises if _can(one)]
    if not can:
        return NOT_CHECKABLE
    return CHECKABLE if len(can) == len(context.promises) else PARTLY


def _can(promise: Promise) -> bool:
    """Whether a promise can be kept or broken: by a number, or by what people will say."""
    missing = promise.missing
    return missing.can_have_delivered_share or (missing.is_judged_by_accounts and bool(promise.due))


def _promised(context: Context) -> Finding:
    verdict, promises = checkable(context), context.promises
    number = [one for one in promises if one.missing.can_have_delivered_share]
    accounts = [one for one in promises if _can(one) and one not in number]
    neither = len(promises) - len(number) - len(accounts)
    known = context.known(
        n=len(promises), n_number=len(number), n_accounts=len(accounts), n_neither=neither
    )
    return Finding(
        code=f"promised.{verdict.code}",
        verdict=verdict,
        parameters=known,
        estimates=(
            Estimate.exact("n_promises", len(promises), unit="promises"),
            Estimate.exact("n_by_number", len(number), unit="promises"),
            Estimate.exact("n_by_accounts", len(accounts), unit="promises"),
        ),
        tables=(_table(promises), *_gaps_table(promises)),
        caveats=tuple(_caveats(promises)),
        sources=context.sources("promises", "evaluation", "harms"),
        method=REGISTER,
        claims=("M8", "M21", "M22"),
        asks=_asks(context),
    )


def _table(promises: Sequence[Promise]) -> Table:
    return Table(
        key="promises",
        columns=("promise", "promised_by", "in_words", "measured_by", "before", "promised", "due"),
        rows=tuple(_row(one) for one in promises),
        title=Message(code="table.promised"),
    )


def _row(one: Promise) -> tuple[Parameter, ...]:
    blank = Message(code="not_stated")
    by: Parameter = one.row.get("indicator") or blank
    if one.missing.is_judged_by_accounts:
        by = Message(code="by_accounts")
    target = one.number("target")
    change = one.change.target if target is None else target
    return (
        one.key,
        one.row.get("who") or blank,
        f"“{one.words}”",
        by,
        _amount(one.number("baseline"), one.unit),
        _amount(change, one.unit),
        one.due or blank,
    )


def _amount(value: float | None, unit: str) -> Parameter:
    if value is None:
        return Message(code="not_stated")
    text = as_stated(value)
    return Message(code="amount", parameters={"value": text, "unit": unit}) if unit else text


def _gaps_table(promises: Sequence[Promise]) -> list[Table]:
    rows = tuple(
        (one.key, Message(code=f"gap.{gap.code}")) for one in promises for gap in one.missing.gaps
    )
    if not rows:
        return []
    return [
        Table(key="gaps", columns=("promise", "gap"), rows=rows, title=Message(code="table.gaps"))
    ]


def _caveats(promises: Sequence[Promise]) -> list[Message]:
    said = [
        Message(code=f"contradiction.{what.value}", parameters={"promise": one.key})
        for one in promises
        for what in one.contradictory
    ]
    said += [
        Message(
            code="caveat.afterwards",
            parameters={"promise": one.key, "by": one.row["compiled_by"]},
        )
        for one in promises
        if one.row.get("compiled_by")
    ]
    social = tuple(f"“{one.key}”" for one in promises if one.missing.is_judged_by_accounts)
    if social:
        known: dict[str, Parameter] = {"promises": social, "n": len(social)}
        said.append(Message(code="caveat.by_accounts", parameters=known))
    return said


def _asks(context: Context) -> tuple[Ask, ...]:
    lacking = tuple(f"“{one.words}”" for one in context.promises if not _can(one))
    if not lacking:
        return ()
    return (
        Ask(
            to=context.offerer(),
            what=Message(code="ask.number", parameters={"promises": lacking}),
            unlocks=Message(code="ask.number.unlocks"),
            by=context.case.initiative.decision.ask_by,
        ),
    )


def _gestures(context: Context) -> Finding:
    empty = [one for one in context.promises if one.gesture.is_gesture]
    n, of = len(empty), len(context.promises)
    verdict = CHANGES_SOMETHING if not n else (GESTURE if n == of else SOME_GESTURES)
    decision = context.case.initiative.decision
    asks = (
        Ask(
            to=Message(code="to.body", parameters={"name": decision.body})
            if decision.body
            else Message(code="to.body_unknown"),
            what=Message(code="ask.responses"),
            unlocks=Message(code="ask.responses.unlocks"),
            by=decision.ask_by,
        ),
    )
    return Finding(
        code=f"gesture.{verdict.code}",
        verdict=verdict,
        parameters=context.known(n=n, of=of, promises=tuple(f"“{one.key}”" for one in empty)),
        tables=tuple(_responses(context.promises)),
        sources=context.sources("promises", "responses"),
        method=DECISIONS,
        claims=("M22", "M9"),
        asks=asks if n else (),
    )


def _responses(promises: Sequence[Promise]) -> list[Table]:
    rows = tuple(
        (one.key, _result(result), words or Message(code="not_stated"))
        for one in promises
        for result, words in one.responses.items()
    )
    if not rows:
        return []
    columns = ("promise", "if_it_says", "then")
    title = Message(code="table.responses")
    return [Table(key="responses", columns=columns, rows=rows, title=title)]


def _result(result: str) -> Parameter:
    return Message(code=f"result.{result}") if result in RESULTS else result


def _ask_what_for(context: Context, names: tuple[str, ...]) -> tuple[Ask, ...]:
    if not names:
        return ()
    return (
        Ask(
            to=Message(code="to.city"),
            what=Message(code="ask.what_for", parameters={"names": names}),
            unlocks=Message(code="ask.what_for.unlocks"),
            by=context.case.initiative.decision.ask_by,
        ),
    )
