"""How steady a count is: ties, some ballots left out, ways of voting apart, endowments."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from evenground.evidence import Finding, Message, Method, Verdict
from evenground.language import N_
from evenground.questions.voice.budget_votes import BudgetVote
from evenground.questions.voice.context import Context
from evenground.questions.voice.findings.count_reasons import alone, endowments, steady, tied
from evenground.questions.voice.measures.budgeting.counted_endowments import counted_endowments
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.named_rules import Counting, counted
from evenground.questions.voice.measures.budgeting.outcome import Outcome
from evenground.questions.voice.measures.budgeting.steadiness import (
    TieEffect,
    count_by_group,
    tie_effect,
    with_ballots_left_out,
)

TABLES = ("budget_votes", "ballot_projects", "ballots")
N_DRAWS = 40
SHARE = Fraction(1, 100)
_UNCHANGED = ("steady.ties.none", "steady.ties.same", "steady.same", "steady.group.same")
STEADY = Method(
    name=N_("Counted again with one thing changed"),
    formula=N_("1 % of ballots left out at random; each tied project first; each way of voting"),
    literature=("Politis, Romano & Wolf 1999, Subsampling",),
)


def steady_count(context: Context, vote: BudgetVote, outcome: Outcome) -> Finding:
    """Return what would change with other ties, fewer ballots, or one way of voting alone."""
    election, how = vote.election, vote.counting

    def count(other: Election) -> Outcome:
        return counted(other, how)

    said = [tied(_ties(vote, outcome), vote.names)]
    if election.n_voters > 1:
        found = with_ballots_left_out(
            election,
            count=count,
            rng=context.case.rng(f"steady_count.{vote.vote}"),
            share=float(SHARE),
            n_draws=N_DRAWS,
        )
        said.append(steady(found, vote.names, outcome.funded))
    said += [*_endowments(vote, outcome), *_by_method(context, vote)]
    same = all(one.code in _UNCHANGED for one in said)
    return Finding(
        code=f"steady_count.{'same' if same else 'described'}",
        verdict=Verdict.DESCRIBED,
        parameters=context.known(vote=vote.title),
        caveats=tuple(said),
        sources=context.sources(*TABLES),
        method=STEADY,
        claims=("M31",),
    )


def _ties(vote: BudgetVote, outcome: Outcome) -> TieEffect:
    order = vote.counting.ties or tuple(range(vote.election.n_projects))

    def count(ties: tuple[int, ...]) -> Outcome:
        how: Counting = replace(vote.counting, ties=ties)
        return counted(vote.election, how)

    return tie_effect(outcome, order=order, count=count)


def _endowments(vote: BudgetVote, outcome: Outcome) -> list[Message]:
    """Say over which endowments equal shares funds the same."""
    found = counted_endowments(vote.election, vote.counting, outcome)
    return [] if found is None else [endowments(found, vote.election.scale)]


def _by_method(context: Context, vote: BudgetVote) -> list[Message]:
    """Return ways of voting apart, where each was used by enough people to be told."""
    if not vote.methods:
        return []
    threshold = context.case.settings.whole("disclosure_threshold")
    groups = count_by_group(
        vote.election, count=lambda other: counted(other, vote.counting), groups=vote.methods
    )
    return [alone(one, vote.names) for one in groups if one.n_voters >= threshold]
