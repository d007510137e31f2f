"""What was spent on voters of each group, beside their share of voters, small groups together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from evenground.evidence import Finding, Message, Method, Parameter, Table, Verdict
from evenground.language import N_
from evenground.questions.voice.budget_votes import BudgetVote
from evenground.questions.voice.context import Context
from evenground.questions.voice.measures.budgeting.group_profile import hidden_counts
from evenground.questions.voice.measures.budgeting.outcome import Outcome
from evenground.questions.voice.measures.budgeting.shares_by_group import (
    GroupShare,
    shares_by_group,
)

TABLES = ("budget_votes", "ballot_projects", "ballots")
SHARES = Method(
    name=N_("Money spent on voters in even parts, by group"),
    formula=N_("the cost of a funded project is shared evenly by those who named it"),
    literature=("Maly, Rey, Endriss & Lackner 2023, AAMAS 22, definition 1",),
)
_ALIKE = 0.01
_TOGETHER = "\0"
"""Stands for all groups that are too small to be told apart; no group is called so."""


def shares_count(context: Context, vote: BudgetVote, outcome: Outcome) -> list[Finding]:
    """Return what groups of voters got; nothing where no attribute was asked or nothing funded."""
    if not outcome.funded:
        return []
    threshold = max(context.case.settings.whole("disclosure_threshold"), 2)
    told: list[tuple[str, tuple[GroupShare, ...]]] = []
    for name, groups in vote.voters.items():
        joined = _joined(groups, threshold)
        if len(set(joined)) > 1:
            told.append((name, shares_by_group(vote.election, outcome.funded, groups=joined)))
    if not told:
        return []
    tables = tuple(_table(name, rows, threshold) for name, rows in told)
    gone = any(isinstance(row[-1], Message) for each in tables for row in each.rows)
    note = (Message(code="fair.hidden"),) if gone else ()
    return [
        Finding(
            code="shares_count.described",
            verdict=Verdict.DESCRIBED,
            parameters=context.known(vote=vote.title),
            tables=tables,
            caveats=(*(_farthest(name, rows) for name, rows in told), *note),
            sources=context.sources(*TABLES),
            method=SHARES,
            claims=("M28", "M30", "M32"),
        )
    ]


def _joined(groups: Sequence[str | None], threshold: int) -> list[str | None]:
    """Return groups with small ones joined, and with the next larger until they are not small."""
    sizes = sorted(Counter(groups).items(), key=lambda one: (one[1], one[0] or ""))
    together: set[str | None] = set()
    n = 0
    for name, size in sizes:
        if size >= threshold and not 0 < n < threshold:
            break
        together.add(name)
        n += size
    return [_TOGETHER if one in together else one for one in groups]


def _farthest(name: str, rows: Sequence[GroupShare]) -> Message:
    """Say for which group both shares lie farthest apart."""
    one = max(rows, key=_apart)
    if _apart(one) < _ALIKE:
        attribute = Message(code=f"attribute.{name}")
        return Message(code="shares_count.alike", parameters={"attribute": attribute})
    return Message(
        code="shares_count.group",
        parameters={
            "attribute": Message(code=f"attribute.{name}"),
            "group": _group(one.group),
            "voters": one.share_of_voters or 0.0,
            "money": one.share_of_money or 0.0,
        },
    )


def _apart(one: GroupShare) -> float:
    return abs((one.share_of_money or 0.0) - (one.share_of_voters or 0.0))


def _group(name: str | None) -> Parameter:
    if name == _TOGETHER:
        return Message(code="shares_count.together")
    return Message(code="shares_count.unknown") if name is None else name


def _table(name: str, rows: Sequence[GroupShare], threshold: int) -> Table:
    ordered = sorted(rows, key=lambda one: (one.group is None, one.group == _TOGETHER))
    counts = np.array([(one.n_excluded, one.n_voters - one.n_excluded) for one in ordered])
    hidden, _ = hidden_counts(counts, threshold=threshold)
    return Table(
        key=f"shares_by_{name}",
        title=Message(
            code="table.shares_by_group",
            parameters={"attribute": Message(code=f"attribute.{name}")},
        ),
        columns=("group", "n_voters", "share_of_voters", "share_of_money", "n_without"),
        rows=tuple(
            (
                _group(one.group),
                one.n_voters,
                Message(code="count.share", parameters={"share": one.share_of_voters or 0.0}),
                Message(code="count.share", parameters={"share": one.share_of_money or 0.0}),
                Message(code="fair.profile.hidden") if gone else one.n_excluded,
            )
            for one, gone in zip(ordered, hidden.tolist(), strict=True)
        ),
    )
