"""Over which endowments a count by equal shares funds the same."""

from __future__ import annotations

from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.endowment_interval import (
    EndowmentInterval,
    proven_interval,
)
from evenground.questions.voice.measures.budgeting.equal_shares.paths import Paths
from evenground.questions.voice.measures.budgeting.equal_shares.support import support_of
from evenground.questions.voice.measures.budgeting.named_rules import (
    Counting,
    limits_with_threshold,
)
from evenground.questions.voice.measures.budgeting.outcome import Outcome
from evenground.questions.voice.measures.budgeting.reasons import endowment_of

_COURSES = 20_000_000
"""Courses of equal shares that are followed, times entries on ballots and projects: seconds."""


def counted_endowments(
    election: Election, how: Counting, outcome: Outcome
) -> EndowmentInterval | None:
    """Return the endowments over which the winners stay the same; ``None`` of other rules.

    Ends are exact where few courses lie between them, else they are told in steps of one unit of
    currency.

    Parameters
    ----------
    election
        The election.
    how
        How it was counted.
    outcome
        What was funded.
    """
    endowment = endowment_of(election, outcome)
    if endowment is None or endowment <= 0:
        return None
    support = support_of(election, how.satisfaction, limits=limits_with_threshold(election, how))
    work = election.indices.size * election.n_projects
    return proven_interval(
        Paths(support, how.ties or tuple(range(election.n_projects))),
        endowment,
        most_courses=min(max(_COURSES // max(work, 1), 2), 200),
    )
