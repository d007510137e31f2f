"""Promise's answer: what can be checked, what the rule says, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from evenground.evidence import Ask, Finding, Message, Verdict
from evenground.protocol import Answer, Case
from evenground.questions.promise.context import Context, context_of
from evenground.questions.promise.findings.borrowed import borrowed
from evenground.questions.promise.findings.came import came
from evenground.questions.promise.findings.checked import checked
from evenground.questions.promise.findings.costs import costs
from evenground.questions.promise.findings.could_show import could_show
from evenground.questions.promise.findings.delivery_record import delivery_record
from evenground.questions.promise.findings.expected import expected
from evenground.questions.promise.findings.horizon import horizon
from evenground.questions.promise.findings.kept import kept
from evenground.questions.promise.findings.looks import looks
from evenground.questions.promise.findings.promised import (
    REGISTER,
    checkable,
    promised,
    unused,
)
from evenground.questions.promise.findings.ruled import RULE, decided, ruled, verdict_of
from evenground.questions.promise.findings.sealed import sealed
from evenground.questions.promise.findings.worth import effects_of, worth
from evenground.questions.promise.judged import Judged
from evenground.questions.promise.tables import NEEDS

if TYPE_CHECKING:
    import pyarrow as pa


def answer(tables: Mapping[str, pa.Table], case: Case) -> Answer:
    """Answer with what there is."""
    context = context_of(tables, case)
    results, found = came(context)
    findings = (
        *ruled(context, found),
        *results,
        *checked(context, found),
        *looks(context, found),
        *decided(context),
        *kept(context),
        *promised(context),
        *sealed(context),
        *borrowed(context),
        *expected(context),
        *could_show(context),
        *horizon(context),
        *costs(context),
        *worth(context, effects_of(found)),
        *unused(context),
        *delivery_record(context),
    )
    missing = () if context.promises else tuple(need for need in NEEDS if not need.optional)
    return Answer(headline=_headline(context, found), findings=findings, unmet=missing)


def _headline(context: Context, found: Sequence[Judged]) -> Finding:
    if not context.promises:
        return _nothing(context)
    says = {verdict for one in found if (verdict := verdict_of(one)) is not None}
    if len(says) == 1:
        return _by_rule(context, says.pop())
    verdict = checkable(context)
    return Finding(
        code=f"headline.{verdict.code}",
        verdict=verdict,
        parameters=context.known(n=len(context.promises)),
        sources=context.sources("promises"),
        method=REGISTER,
        claims=("M8", "M9", "M22"),
    )


def _by_rule(context: Context, says: Verdict) -> Finding:
    return Finding(
        code=f"headline.rule.{says.code}",
        verdict=says,
        parameters=context.known(),
        sources=context.sources("promises", "evaluation", "outcomes", "rollout"),
        method=RULE,
        claims=("M8", "M9", "M10"),
    )


def _nothing(context: Context) -> Finding:
    return Finding(
        code="headline.none",
        verdict=Verdict.CANNOT_TELL,
        parameters=context.known(),
        claims=("M8", "M22"),
        asks=(
            Ask(
                to=context.offerer(),
                what=Message(code="ask.promises", parameters=context.known()),
                unlocks=Message(code="ask.promises.unlocks", parameters=context.known()),
                by=context.case.initiative.decision.ask_by,
            ),
        ),
    )
