"""Who paid for what, step by step, in the rules in which voters hold money.

Source: Peters, Pierczyński and Skowron (2021), Proportional participatory budgeting with additive
utilities, NeurIPS 34 (equal shares: each supporter pays the price, or all that is left); Phragmén's
rule as money that is earned at an even speed, Peters and Skowron (2020), ACM EC 21.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from evenground.methods.validation import Vector, Whole
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.outcome import Outcome


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Payment:
    """What was paid in one step.

    Attributes
    ----------
    step
        Its number among the steps of the outcome, from 0 on.
    project
        What was paid for.
    before, shape (g,)
        Money of one voter of each distinct ballot before it, in units of money.
    paid, shape (g,)
        What she paid; 0 for all who did not name the project.
    """

    step: int
    project: int
    before: Vector
    paid: Vector


def equal_shares_payments(
    election: Election, outcome: Outcome, *, endowment: Fraction
) -> Iterator[Payment]:
    """Yield what voters paid in each step in which supporters paid; completions have no payment.

    Parameters
    ----------
    election
        Approval ballots.
    outcome
        A count by equal shares: the price of a step is the most that a supporter pays.
    endowment
        Money of each voter at the start, in units of money.
    """
    has = np.full(election.n_ballots, float(endowment))
    supporters = election.transposed
    for number, step in enumerate(outcome.steps):
        if step.price is None:
            continue
        rows = _supporting(supporters.indptr, supporters.ballots, step.project)
        paid = np.zeros(election.n_ballots)
        paid[rows] = np.minimum(has[rows], float(step.price))
        yield Payment(step=number, project=step.project, before=has, paid=paid)
        has = has - paid


def phragmen_payments(election: Election, outcome: Outcome) -> Iterator[Payment]:
    """Yield what voters paid in each step of Phragmén's rule: all that they had earned by then.

    Parameters
    ----------
    election
        Ballots.
    outcome
        A count by sequential Phragmén: the value of a step is the money that a voter has earned
        since the start, in currency.
    """
    since = np.zeros(election.n_ballots)
    units = election.scale
    supporters = election.transposed
    for number, step in enumerate(outcome.steps):
        before = float(step.value * units) - since
        rows = _supporting(supporters.indptr, supporters.ballots, step.project)
        paid = np.zeros(election.n_ballots)
        paid[rows] = before[rows]
        yield Payment(step=number, project=step.project, before=before, paid=paid)
        since = since.copy()
        since[rows] = float(step.value * units)


def money_behind(election: Election, per_voter: Vector) -> Vector:
    """Return the sum over the supporters of each project, shape (m,), in units of money.

    Parameters
    ----------
    election
        Ballots.
    per_voter, shape (g,)
        Money of one voter of each distinct ballot.
    """
    money = (per_voter * election.weights)[election.rows]
    return np.bincount(election.indices, money, election.n_projects).astype(np.float64)


def _supporting(indptr: Whole, ballots: Whole, project: int) -> Whole:
    return ballots[indptr[project] : indptr[project + 1]]
