"""What several rules would have funded, and how each fares by the same yardsticks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evenground.questions.voice.measures.budgeting.ejr_plus import EjrPlus, ejr_plus
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.exclusion_ratio import (
    Exclusion,
    exclusion_ratio,
)
from evenground.questions.voice.measures.budgeting.outcome import Outcome
from evenground.questions.voice.measures.budgeting.satisfaction import Satisfaction
from evenground.questions.voice.measures.budgeting.spread import funded_approvals


@dataclass(frozen=True, slots=True, kw_only=True)
class Fared:
    """One outcome by all yardsticks.

    Attributes
    ----------
    rule
        The name under which it was handed in.
    n_funded, cost
        Projects funded, and what they cost in units of money.
    share_spent
        Of the budget; above 1 where it is overspent; ``None`` for a budget of 0.
    exclusion
        Voters none of whose projects were funded.
    mean_funded, gini
        Funded projects per voter, and their Gini index over voters; ``None`` where nobody got any.
    by_cost, by_number
        EJR+ up to any project, where a project is worth its cost, and where it is worth 1.
    only_here, missing_here
        Places of projects that it funds and the first outcome does not, and the other way round.
    """

    rule: str
    n_funded: int
    cost: int
    share_spent: float | None
    exclusion: Exclusion
    mean_funded: float | None
    gini: float | None
    by_cost: EjrPlus
    by_number: EjrPlus
    only_here: tuple[int, ...]
    missing_here: tuple[int, ...]


def side_by_side(election: Election, outcomes: Mapping[str, Outcome]) -> tuple[Fared, ...]:
    """Return how outcomes fare, in the order in which they are handed in.

    Parameters
    ----------
    election
        Its ballots are the yardstick for all of them.
    outcomes
        Outcomes by name; the first one is what the others are compared with.

    Raises
    ------
    UsageError
        If an outcome funds a project that the election does not have.
    """
    first = set(next(iter(outcomes.values())).funded) if outcomes else set[int]()
    return tuple(_fared(election, rule, outcome, first) for rule, outcome in outcomes.items())


def own_satisfaction(outcome: Outcome) -> Satisfaction | None:
    """Return the utilities under which a rule is a rule for approvals; ``None`` if it has none.

    Equal shares and knapsack state theirs. Greedy by votes takes the most satisfaction per money
    where a project is worth its cost, greedy by votes per cost where it is worth 1 (Brill, Forster,
    Lackner, Maly and Peters 2023, AAAI 37). Phragmén's rule and maximin support have none.
    """
    stated = outcome.record.get("satisfaction")
    if stated in {"cost", "cardinality"}:
        return "cost" if stated == "cost" else "cardinality"
    if outcome.rule == "greedy":
        return "cost"
    return "cardinality" if outcome.rule == "greedy-per-cost" else None


def _fared(election: Election, rule: str, outcome: Outcome, first: set[int]) -> Fared:
    spread = funded_approvals(election, outcome.funded)
    won = set(outcome.funded)
    return Fared(
        rule=rule,
        n_funded=len(won),
        cost=outcome.cost,
        share_spent=outcome.cost / election.budget if election.budget else None,
        exclusion=exclusion_ratio(election, outcome.funded),
        mean_funded=spread.mean,
        gini=spread.gini,
        by_cost=ejr_plus(election, outcome.funded, satisfaction="cost"),
        by_number=ejr_plus(election, outcome.funded, satisfaction="cardinality"),
        only_here=tuple(sorted(won - first)),
        missing_here=tuple(sorted(first - won)),
    )
