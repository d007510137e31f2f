"""What the city and residents state as the problem; nothing stated is a finding too."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.evidence import Ask, Finding, Message, Table, Verdict
from evenground.initiative import ProblemStatement
from evenground.questions.problem.context import Context

PARTIES = ("residents", "city")
GUIDE = ("who", "where", "since", "figure", "without", "cause", "solved")
"""What a statement of a problem says, in the order of the guide."""


def stated(context: Context) -> list[Finding]:
    """Return who states which problem, and how to state one where nobody has or no figure shows."""
    problems = context.case.initiative.problems
    found = [_statements(context)] if problems else []
    if not problems or not any(one.indicator for one in problems):
        found.append(_guide(context))
    return found


def ask_for_problem(context: Context) -> Ask:
    """Return the question that comes before all others."""
    return Ask(
        to=Message(code="to.city"),
        what=Message(code="ask.problem"),
        unlocks=Message(code="ask.problem.unlocks"),
        by=context.case.initiative.decision.ask_by,
    )


def _statements(context: Context) -> Finding:
    problems = sorted(context.case.initiative.problems, key=lambda one: PARTIES.index(one.by))
    parties = [party for party in PARTIES if any(one.by == party for one in problems)]
    by = "both" if len(parties) > 1 else parties[0]
    names = {one.key: one.name for one in context.indicators}
    return Finding(
        code=f"stated.{by}",
        verdict=Verdict.DESCRIBED,
        parameters=context.known(),
        tables=(
            Table(
                key="statements",
                columns=("by", "words", "measured", "where_from", "when"),
                rows=tuple(_row(one, names) for one in problems),
                title=Message(code="table.statements"),
            ),
        ),
        claims=("M2", "M27"),
    )


def _row(one: ProblemStatement, names: Mapping[str, str]) -> tuple[object, ...]:
    figure = names.get(one.indicator, one.indicator.replace("_", " "))
    return (
        Message(code=f"party.{one.by}"),
        one.words,
        figure or Message(code="no_figure"),
        one.source or Message(code="not_given"),
        one.when or Message(code="not_given"),
    )


def _guide(context: Context) -> Finding:
    rows = tuple(
        (Message(code=f"guide.{key}"), Message(code=f"guide.{key}.example")) for key in GUIDE
    )
    return Finding(
        code="guide",
        verdict=Verdict.DESCRIBED,
        parameters=context.known(),
        tables=(
            Table(
                key="guide",
                columns=("to_say", "for_example"),
                rows=rows,
                title=Message(code="table.guide"),
            ),
        ),
        claims=("M27",),
    )
