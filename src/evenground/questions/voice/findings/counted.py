"""A vote on a budget, counted again: what it funds, why, and whether that is what was announced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evenground.errors import UsageError
from evenground.evidence import Ask, Estimate, Finding, Message, Method, Parameter, Table, Verdict
from evenground.language import N_
from evenground.questions.voice.budget_votes import (
    WITH_POINTS,
    BudgetVote,
    Unreadable,
    budget_votes,
)
from evenground.questions.voice.context import Context
from evenground.questions.voice.findings.count_reasons import beside_numbers, why
from evenground.questions.voice.findings.fair_count import fair_count
from evenground.questions.voice.findings.shares_count import shares_count
from evenground.questions.voice.findings.steady_count import steady_count
from evenground.questions.voice.measures.budgeting.announced import (
    AnnouncedCheck,
    Recount,
    announced_check,
)
from evenground.questions.voice.measures.budgeting.many_counts import compile_for_many_counts
from evenground.questions.voice.measures.budgeting.named_rules import Counting, counted
from evenground.questions.voice.measures.budgeting.outcome import Outcome
from evenground.questions.voice.measures.budgeting.reasons import ProjectReason, reasons

REPRODUCED, DEVIATES = Verdict("reproduced"), Verdict("deviates")
TABLES = ("budget_votes", "ballot_projects", "ballots")
_ASKED_AGAIN = 5
_ENTRIES_COUNTED = 2_000_000
_OTHERS = (
    Counting(rule="greedy"),
    Counting(rule="greedy-no-skip"),
    Counting(rule="greedy-per-cost"),
    Counting(rule="mes", completion="add1"),
    Counting(rule="mes", completion="add1u"),
    Counting(rule="phragmen"),
)
COUNT = Method(
    name=N_("The rule that was set, counted in whole numbers and fractions"),
    formula=N_("a step of the fast count that an exact one does not confirm is counted again"),
    literature=(
        "Peters, Pierczyński & Skowron 2021, NeurIPS 34, 12726–12737",
        "Boehmer et al. 2024, IJCAI 33 (what it would have taken)",
    ),
)


def count_of_votes(context: Context) -> list[Finding]:
    """Return what each vote on a budget gives, who fared how, and how steady that is."""
    votes, projects = (context.rows.get(name, ()) for name in TABLES[:2])
    findings: list[Finding] = []
    for vote in budget_votes(votes, projects, context.tables.get("ballots")):
        if isinstance(vote, Unreadable):
            findings.append(_unreadable(context, vote.title, vote.error))
            continue
        if vote.counting.rule == "mes":
            compile_for_many_counts(vote.election)
        try:
            outcome = counted(vote.election, vote.counting)
        except UsageError as error:
            findings.append(_unreadable(context, vote.title, error))
            continue
        findings.append(_recounted(context, vote, outcome))
        findings.append(fair_count(context, vote, outcome))
        findings += shares_count(context, vote, outcome)
        findings.append(steady_count(context, vote, outcome))
    return findings


def _unreadable(context: Context, title: str, error: UsageError) -> Finding:
    problem = error.problems[0]
    return Finding(
        code="count.unreadable",
        verdict=Verdict.CANNOT_TELL,
        parameters=context.known(vote=title, problem=problem.what.format(**problem.fields)),
        sources=context.sources(*TABLES),
        claims=("M30", "M31"),
        asks=(
            Ask(
                to=context.body(),
                what=Message(code="count.ask", parameters={"vote": title}),
                unlocks=Message(code="count.ask.unlocks"),
            ),
        ),
    )


def _recounted(context: Context, vote: BudgetVote, outcome: Outcome) -> Finding:
    check = _checked(vote, outcome)
    verdict = Verdict.DESCRIBED
    code = "count.counted"
    if check is not None:
        verdict = REPRODUCED if check.reproduced else DEVIATES
        stated = check.stated_reproduces
        code = "count.reproduced" if stated else f"count.{verdict.code}.other"
        code = code if check.reproduced else "count.deviates"
    election = vote.election
    return Finding(
        code=code,
        verdict=verdict,
        parameters=context.known(
            vote=vote.title,
            rule=_in_words(vote.counting),
            n=len(outcome.funded),
            cost=outcome.cost / election.scale,
            budget=election.budget / election.scale,
            n_voters=election.n_voters,
            other=_other(vote, check),
            n_deviating=len(check.deviations) if check else 0,
        ),
        estimates=(
            Estimate.exact("funded_projects", len(outcome.funded), unit="projects"),
            Estimate.exact("ballots_counted", election.n_voters, unit="ballots"),
        ),
        tables=(_table(vote, outcome),),
        caveats=(*_caveats(vote, outcome), *_left_untold(vote, outcome)),
        sources=context.sources(*TABLES),
        method=COUNT,
        claims=("M30", "M31"),
    )


def _caveats(vote: BudgetVote, outcome: Outcome) -> list[Message]:
    said: list[Message] = []
    if vote.vote_type in WITH_POINTS:
        said.append(Message(code="count.ballots.points"))
    elif vote.vote_type == "ordinal":
        said.append(Message(code="count.ballots.ordinal"))
    if outcome.certificate.exact:
        said.append(Message(code="count.certificate.exact"))
    return said


def _checked(vote: BudgetVote, outcome: Outcome) -> AnnouncedCheck | None:
    if vote.announced is None:
        return None
    recounts = [Recount(name=_rule(vote.counting), outcome=outcome)]
    for other in _OTHERS:
        how = replace(other, limits=vote.counting.limits, ties=vote.counting.ties)
        if _rule(how) != recounts[0].name:
            recounts.append(Recount(name=_rule(how), outcome=counted(vote.election, how)))
    return announced_check(vote.election, vote.announced, recounts, stated=recounts[0].name)


def _rule(how: Counting) -> str:
    """Return the rule's name as it is asked for."""
    if how.rule != "mes":
        return how.rule
    return f"mes {how.satisfaction} {how.completion}"


def _in_words(how: Counting) -> Message:
    if how.rule != "mes":
        return Message(code=f"counted_by.{how.rule}")
    completed = Message(code=f"completed_by.{how.completion}")
    return Message(code=f"counted_by.mes.{how.satisfaction}", parameters={"completed": completed})


def _other(vote: BudgetVote, check: AnnouncedCheck | None) -> Parameter:
    """Return the rule that gives what was announced, or comes nearest to it."""
    named = {_rule(how): _in_words(how) for how in (*_OTHERS, vote.counting)}
    return named.get((check.rule or check.compared_with) if check else "", "")


def _n_asked_again(vote: BudgetVote, outcome: Outcome) -> int:
    """Return for how many lost projects it is counted again what would have funded them."""
    if outcome.rule == "equal_shares":
        return _ASKED_AGAIN
    return max(_ASKED_AGAIN, _ENTRIES_COUNTED // max(vote.election.indices.size, 1))


def _left_untold(vote: BudgetVote, outcome: Outcome) -> list[Message]:
    n_lost = vote.election.n_projects - len(outcome.funded)
    n = _n_asked_again(vote, outcome)
    return [] if n_lost <= n else [Message(code="count.again_for", parameters={"n": n})]


def _table(vote: BudgetVote, outcome: Outcome) -> Table:
    """Return all projects with their votes, fate and reasons, funded ones first."""
    first = reasons(vote.election, outcome)
    near = [one.project for one in sorted(first, key=_nearness) if one.fate != "funded"]
    told = reasons(
        vote.election,
        outcome,
        count=lambda other: counted(other, vote.counting),
        again=near[: _n_asked_again(vote, outcome)],
    )
    ordered = sorted(told, key=lambda one: (one.place is None, one.place or 0, _nearness(one)))
    announced = set(vote.announced.funded) if vote.announced else None
    same = announced is None or announced == set(outcome.funded)
    said = () if same else ("was_announced",)
    return Table(
        key="count_by_project",
        title=Message(code="table.count_by_project"),
        columns=("ballot_project", "project_votes", *said, "project_why"),
        rows=tuple(_row(vote, one, None if same else announced) for one in ordered),
    )


def _nearness(one: ProjectReason) -> tuple[float, int]:
    return (one.missing if one.missing is not None else float("inf"), one.project)


def _row(vote: BudgetVote, one: ProjectReason, announced: set[int] | None) -> tuple[Parameter, ...]:
    sentences = beside_numbers(why(vote.election, one, vote.names))
    cost = {"project": vote.names[one.project], "cost": one.cost / vote.election.scale}
    said = () if announced is None else ("yes" if one.project in announced else "no",)
    return (
        Message(code="count.project", parameters=cost),
        one.votes,
        *(Message(code=f"count.announced.{each}") for each in said),
        _joined(sentences),
    )


def _joined(messages: Sequence[Message]) -> Message:
    """Return sentences one after another as one message."""
    joined = messages[-1]
    for one in reversed(messages[:-1]):
        joined = Message(code="count.two", parameters={"first": one, "rest": joined})
    return joined
