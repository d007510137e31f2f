"""EJR+ up to any project: is some group of voters entitled to a project that was not funded?

A group that approves a project in common, with its even share of the budget, could pay for it. If
not even with that project would one member have more than the share buys at that project's price
per worth, the group is entitled to it, under the stated utilities. With equal costs this is EJR+.

In signs: a set ``W`` of funded projects fails where there are a project ``c`` outside it and a
group ``S`` of its supporters, with ``u_i(W) + u(c) <= |S| / n * budget * u(c) / cost(c)`` for every
member ``i``; ``u(c)`` is ``cost(c)`` or 1. It passes where some member of every such group would
have strictly more. This is what is checked here, whatever a paper calls it.

Source: Brill and Peters (2023), Robust and verifiable proportionality axioms for multiwinner
voting, ACM EC '23 (EJR+, and up to any project where costs differ); the satisfaction functions of
Brill, Forster, Lackner, Maly and Peters (2023), AAAI 37. That the Method of Equal Shares passes
follows as in Peters, Pierczyński and Skowron (2021), NeurIPS 34: the first member who could not pay
her part had spent more than the rest of her share, at no worse price.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from evenground.methods.validation import Whole
from evenground.questions.voice.measures.budgeting.election import Election, Supporters
from evenground.questions.voice.measures.budgeting.satisfaction import (
    Satisfaction,
    checked_funded,
    funded_satisfaction,
    is_approval,
    project_worth,
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EntitledGroup:
    """A group of voters that was entitled to a project, under the stated utilities.

    Attributes
    ----------
    project
        Its place, 0 to m - 1.
    ballots, shape (k,)
        The distinct ballots of the group, all of which approve the project, in rising order.
    n_voters
        Its size.
    share
        Its even share of the budget, in units of money: budget times size over all voters.
    most
        What the funded projects are worth to the member who fares best, in units of money under
        ``cost`` and in projects under ``cardinality``.
    due
        What one member at least should have had more than, the project itself included: the share
        at the project's worth per money.
    """

    project: int
    ballots: Whole
    n_voters: int
    share: Fraction
    most: int
    due: Fraction


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EjrPlus:
    """Whether an outcome satisfies EJR+ up to any project.

    Attributes
    ----------
    satisfaction
        The utilities under which it was asked.
    defined
        False where ballots hold points or ranks: then nothing else is said.
    groups
        For each project that a group was entitled to, the group that falls short by most; the
        largest shortfall first.
    n_checked
        Projects not funded, each of which was checked against every group.
    """

    satisfaction: Satisfaction
    defined: bool
    groups: tuple[EntitledGroup, ...]
    n_checked: int

    @property
    def holds(self) -> bool | None:
        """Whether no group was entitled to more; ``None`` where it is not defined."""
        return not self.groups if self.defined else None


def ejr_plus(election: Election, funded: Sequence[int], *, satisfaction: Satisfaction) -> EjrPlus:
    """Return the groups that were entitled to a project which was not funded.

    Parameters
    ----------
    election
        Approval ballots.
    funded
        Places of the funded projects, 0 to m - 1, in any order.
    satisfaction
        What a funded project is worth to a voter who approved it.

    Returns
    -------
    EjrPlus
        All comparisons are between whole numbers, so that the answer is exact.

    Raises
    ------
    UsageError
        If a place is not one of the election's or comes twice, or ``satisfaction`` is unknown.
    """
    places = checked_funded(election, funded)
    rest = [place for place in range(election.n_projects) if place not in set(places)]
    if not is_approval(election):
        return EjrPlus(satisfaction=satisfaction, defined=False, groups=(), n_checked=0)
    worth = project_worth(election, satisfaction)
    has = funded_satisfaction(election, places, satisfaction=satisfaction)
    supporters = election.transposed
    found = [
        _entitled(election, project, has, worth=int(worth[project]), supporters=supporters)
        for project in rest
    ]
    groups = [group for group in found if group is not None]
    groups.sort(key=lambda one: (-_shortfall(one, worth), one.project))
    return EjrPlus(
        satisfaction=satisfaction, defined=True, groups=tuple(groups), n_checked=len(rest)
    )


def _shortfall(group: EntitledGroup, worth: Whole) -> Fraction:
    return (group.due - group.most) / int(worth[group.project])


def _entitled(
    election: Election, project: int, has: Whole, *, worth: int, supporters: Supporters
) -> EntitledGroup | None:
    """Return the group with the largest shortfall for one project; of equal ones the largest."""
    ballots = supporters.ballots[supporters.indptr[project] : supporters.indptr[project + 1]]
    ballots = ballots[np.argsort(has[ballots], kind="stable")]
    most = has[ballots]
    sizes = np.cumsum(election.weights[ballots])
    n, budget, cost = election.n_voters, election.budget, int(election.costs[project])
    # The whole part of budget * size / n, without a product that would run over 64 bits; between
    # whole numbers "at most" is the same for a number and for its whole part.
    share = sizes * (budget // n) + sizes * (budget % n) // n if n else sizes
    short = share // cost * worth - most - worth if worth != cost else share - most - cost
    if not (short >= 0).any():
        return None
    last = int(np.flatnonzero(short == short.max())[-1])
    size = int(sizes[last])
    whole_share = Fraction(budget * size, n)
    return EntitledGroup(
        project=project,
        ballots=np.sort(ballots[: last + 1]),
        n_voters=size,
        share=whole_share,
        most=int(most[last]),
        due=whole_share * worth / cost,
    )
