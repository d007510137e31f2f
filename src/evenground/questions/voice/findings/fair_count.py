"""How voters fared with what was funded: who was entitled to more, who got nothing, other rules."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from evenground.evidence import Estimate, Finding, Message, Method, Parameter, Table, Verdict
from evenground.language import N_
from evenground.questions.voice.budget_votes import APPROVING, BudgetVote
from evenground.questions.voice.context import Context
from evenground.questions.voice.findings.count_reasons import (
    entitled,
    hidden_note,
    profile,
    spread_out,
)
from evenground.questions.voice.measures.budgeting.ejr_plus import EjrPlus, ejr_plus
from evenground.questions.voice.measures.budgeting.ejr_plus_check import ejr_plus_is_right
from evenground.questions.voice.measures.budgeting.exclusion_ratio import exclusion_ratio
from evenground.questions.voice.measures.budgeting.group_profile import group_profile
from evenground.questions.voice.measures.budgeting.named_rules import Counting, counted
from evenground.questions.voice.measures.budgeting.outcome import Outcome
from evenground.questions.voice.measures.budgeting.shares_by_group import shares_by_district
from evenground.questions.voice.measures.budgeting.side_by_side import (
    Fared,
    own_satisfaction,
    side_by_side,
)
from evenground.questions.voice.measures.budgeting.spread import funded_approvals

OWED, NONE_OWED = Verdict("owed"), Verdict("none_owed")
TABLES = ("budget_votes", "ballot_projects", "ballots")
_BESIDE = (
    Counting(rule="greedy"),
    Counting(rule="mes", completion="add1u"),
    Counting(rule="phragmen"),
)
FAIR = Method(
    name=N_("Entitlement of groups under stated utilities, and who got nothing"),
    formula=N_(
        "a group with its even share of the budget could pay for a project it names, and no member "
        "would have more than the share buys at its price"
    ),
    literature=(
        "Brill & Peters 2023, ACM EC 24 (EJR+ up to any project)",
        "Papasotiropoulos et al. 2024, arXiv 2409.15005 (exclusion ratio)",
        "Gini 1912",
    ),
)


def fair_count(context: Context, vote: BudgetVote, outcome: Outcome) -> Finding:
    """Return how voters fared with an outcome."""
    # Of ballots with points or an order nothing is asked, whatever the rule states.
    satisfaction = "cost" if vote.vote_type not in APPROVING else own_satisfaction(outcome)
    found = None
    if satisfaction is not None:
        found = ejr_plus(vote.election, outcome.funded, satisfaction=satisfaction)
    confirmed = found is not None and ejr_plus_is_right(vote.election, outcome.funded, found)
    exclusion = exclusion_ratio(vote.election, outcome.funded)
    spread = funded_approvals(vote.election, outcome.funded)
    holds = found.holds if found is not None and confirmed else None
    verdict = Verdict.CANNOT_TELL if holds is None else NONE_OWED if holds else OWED
    first, *groups = entitled(vote.election, found, vote.names)
    said = [*([first] if groups else []), *groups[1:], *spread_out(exclusion, spread)]
    profiles = _profiles(context, vote, found)
    said += [*profiles, *hidden_note(profiles)]
    return Finding(
        code=f"fair_count.{verdict.code}",
        verdict=verdict,
        parameters=context.known(
            vote=vote.title,
            n=len(found.groups) if found else 0,
            entitled=first,
            group=groups[0] if groups else first,
        ),
        estimates=tuple(
            Estimate.exact(name, value, unit=unit)
            for name, value, unit in (
                ("excluded_voters", exclusion.n_excluded, "voters"),
                ("gini_of_funded", spread.gini, "Gini, 0-1"),
            )
            if value is not None
        ),
        tables=(_beside(vote, outcome), *_districts(context, vote, outcome)),
        caveats=tuple(said),
        sources=context.sources(*TABLES),
        method=FAIR,
        claims=("M28", "M30", "M32"),
    )


def _profiles(context: Context, vote: BudgetVote, found: EjrPlus | None) -> list[Message]:
    """Say who the group is that falls short by most, by each attribute that was asked."""
    if found is None or not found.groups:
        return []
    inside = np.isin(vote.election.ballot_of, found.groups[0].ballots)
    threshold = max(context.case.settings.whole("disclosure_threshold"), 2)
    return [
        profile(
            Message(code=f"attribute.{name}"),
            group_profile(inside, categories=categories, threshold=threshold),
        )
        for name, categories in vote.voters.items()
    ]


def _beside(vote: BudgetVote, outcome: Outcome) -> Table:
    outcomes = {"count.rule.own": outcome}
    for other in _BESIDE:
        how = replace(other, limits=vote.counting.limits, ties=vote.counting.ties)
        outcomes[f"count.rule.{other.rule}"] = counted(vote.election, how)
    return Table(
        key="rules_beside",
        title=Message(code="table.rules_beside"),
        columns=("counting_rule", "n_projects_funded", "share_without", "owed_by_cost", "gini"),
        rows=tuple(_fared(one) for one in side_by_side(vote.election, outcomes)),
    )


def _fared(one: Fared) -> tuple[Parameter, ...]:
    ratio = one.exclusion.ratio
    return (
        Message(code=one.rule),
        one.n_funded,
        Message(code="count.share", parameters={"share": ratio}) if ratio is not None else "",
        len(one.by_cost.groups) if one.by_cost.defined else "",
        one.gini if one.gini is not None else "",
    )


def _districts(context: Context, vote: BudgetVote, outcome: Outcome) -> tuple[Table, ...]:
    """Return money by district, beside voters where there are enough of them to be told."""
    if all(one is None for one in vote.districts):
        return ()
    threshold = context.case.settings.whole("disclosure_threshold")
    rows = shares_by_district(
        vote.election,
        outcome.funded,
        districts=vote.districts,
        voters=vote.voters.get("district"),
    )
    enough = all(one.n_voters in {None, 0} or (one.n_voters or 0) >= threshold for one in rows)
    return (
        Table(
            key="money_by_district",
            title=Message(code="table.money_by_district"),
            columns=("district", "n_projects_funded", "money", "n_voters"),
            rows=tuple(
                (
                    one.district or Message(code="count.whole_city"),
                    one.n_funded,
                    one.money / vote.election.scale,
                    one.n_voters if enough and one.n_voters and one.district else "",
                )
                for one in rows
            ),
        ),
    )
