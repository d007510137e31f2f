"""Outcome data that are there and not looked at: nothing fixes yet how they are judged."""

from __future__ import annotations

from evenground.evidence import Ask, Finding, Message, Verdict
from evenground.questions.promise.context import Context
from evenground.questions.promise.stated import Promise, quoted

NOT_JUDGED = Verdict("not_judged_yet")


def withheld(context: Context, promise: Promise) -> Finding:
    """Return that a promise is not held against its outcome data until it is sealed."""
    return Finding(
        code="came.not_judged_yet",
        verdict=NOT_JUDGED,
        parameters=context.known(words=quoted(promise)),
        sources=context.sources("promises", "evaluation"),
        claims=("M8", "M9"),
        asks=(
            Ask(
                to=Message(code="to.city"),
                what=Message(code="ask.seal", parameters={"words": quoted(promise)}),
                unlocks=Message(code="ask.seal.unlocks"),
                by=context.case.initiative.decision.ask_by,
            ),
        ),
    )
