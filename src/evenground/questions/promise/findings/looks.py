"""Looking while it runs: what the looks that were fixed beforehand allow to be concluded now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from evenground.evidence import Estimate, Finding, Message, Method, Parameter, Table, Verdict
from evenground.language import N_
from evenground.questions.promise.context import Context
from evenground.questions.promise.effects import asked_of
from evenground.questions.promise.findings.came import from_to
from evenground.questions.promise.judged import Judged
from evenground.questions.promise.looks import Looks, looks_of
from evenground.questions.promise.measures.randomised.monitoring import Monitored, Says
from evenground.questions.promise.panels import is_by_lot
from evenground.questions.promise.stated import quoted

VERDICTS = {
    Says.CROSSED: Verdict("may_be_concluded"),
    Says.GOES_ON: Verdict("goes_on"),
    Says.ENDED: Verdict("looks_are_over"),
}
AHEAD, NOT_FIXED = Verdict("no_look_yet"), Verdict("looks_not_fixed")
SPENDING = Method(
    name=N_("Looks over the lots, the error spent little early and most late"),
    literature=(
        "Lan & DeMets 1983, Biometrika 70, 659–663",
        "Mehta, Patel, Senchaudhuri & Tsiatis 1994, Biometrics 50, 1042–1053",
    ),
)


def looks(context: Context, found: Sequence[Judged]) -> list[Finding]:
    """Return what may be concluded now of each promise that lots decide; nothing of others."""
    by_lot = [one for one in found if is_by_lot(one.promise)]
    made = [_of(context, one) for one in by_lot]
    return [one for one in made if one is not None]


def _of(context: Context, one: Judged) -> Finding | None:
    scheduled = looks_of(context, one.promise)
    if scheduled is None:
        return _not_fixed(context, one)
    if one.held.n_over == 0:
        return _finding(context, one, AHEAD, _known(scheduled, 0))
    if one.held.at_looks is None:
        return None  # a single look is the plain test, which is told already
    return _told(context, one, scheduled, one.held.at_looks)


def _told(context: Context, one: Judged, scheduled: Looks, result: Monitored) -> Finding:
    sign = one.promise.sign
    low, high = sorted((sign * result.low, sign * result.high))
    crossed = result.test.crossed_at
    known = {
        **_known(scheduled, result.n_over),
        "gain": sign * result.estimate,
        "interval": from_to(low, high),
        "alpha": result.test.alpha,
        "at": 0 if crossed is None else crossed + 1,
    }
    estimates = ()
    if np.isfinite(low) and np.isfinite(high):
        level = 1.0 - result.test.alpha
        estimates = (
            Estimate.estimated(
                "gain_at_all_looks",
                sign * result.estimate,
                interval=(low, high, level),
                unit=one.promise.unit,
            ),
        )
    return replace(
        _finding(context, one, VERDICTS[result.says], known),
        estimates=estimates,
        tables=(_table(scheduled, result, sign),),
        caveats=result.assumptions,
    )


def _not_fixed(context: Context, one: Judged) -> Finding | None:
    """Return that no look was fixed, while the time to show is running; nothing afterwards."""
    due = one.promise.due
    if due is None or due <= context.case.today:
        return None
    alpha = asked_of(context, one.promise, one.outcomes).alpha
    return _finding(context, one, NOT_FIXED, {"due": due, "alpha": alpha})


def _finding(
    context: Context, one: Judged, verdict: Verdict, known: dict[str, Parameter]
) -> Finding:
    return Finding(
        code=f"looks.{verdict.code}",
        verdict=verdict,
        parameters=context.known(words=quoted(one.promise), unit=one.promise.unit, **known),
        sources=context.sources("promises", "evaluation", "outcomes", "rollout"),
        method=SPENDING,
        claims=("M8", "M10"),
    )


def _known(scheduled: Looks, n_over: int) -> dict[str, Parameter]:
    ahead = scheduled.dates[n_over:]
    return {
        "n_looks": len(scheduled.dates),
        "n_over": n_over,
        "next": ahead[0] if ahead else scheduled.dates[-1],
    }


def _table(scheduled: Looks, result: Monitored, sign: float) -> Table:
    """Return each look with its change, the change that chance may give there, and the error."""
    test = result.test
    rows = tuple(
        (day, sign * float(estimate), _bound(float(bound)), _spent(float(spent)))
        for day, estimate, bound, spent in zip(
            scheduled.dates, test.estimates, test.boundaries, test.spent, strict=False
        )
    )
    return Table(
        key="looks",
        columns=("look_on", "change_for_better", "chance_up_to", "error_spent"),
        rows=rows,
        title=Message(code="table.looks"),
    )


def _bound(value: float) -> Parameter:
    return value if np.isfinite(value) else Message(code="no_end")


def _spent(value: float) -> Estimate:
    return Estimate.exact("error_spent", value, unit="share")
