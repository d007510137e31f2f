"""Voters none of whose projects were funded.

Source: Papasotiropoulos, Pishbin, Skibski, Skowron and Wąs (2024), Method of Equal Shares with
bounded overspending, arXiv 2409.15005 (exclusion ratio).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.satisfaction import funded_satisfaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """How many voters got none of what they asked for.

    Attributes
    ----------
    n_excluded
        Voters who named projects, none of which was funded.
    n_empty
        Voters who named none; they are not counted as excluded.
    n_voters
        All voters.
    """

    n_excluded: int
    n_empty: int
    n_voters: int

    @property
    def ratio(self) -> float | None:
        """Excluded voters among those who named a project, 0-1; ``None`` where nobody did."""
        named = self.n_voters - self.n_empty
        return self.n_excluded / named if named else None


def exclusion_ratio(election: Election, funded: Sequence[int]) -> Exclusion:
    """Return how many voters got none of the projects that they named.

    Parameters
    ----------
    election
        Ballots of any kind: a project is named if it is on the ballot.
    funded
        Places of the funded projects, 0 to m - 1.

    Raises
    ------
    UsageError
        If a place is not one of the election's, or comes twice.
    """
    none_won = funded_satisfaction(election, funded, satisfaction="cardinality") == 0
    empty = election.indptr[1:] == election.indptr[:-1]
    return Exclusion(
        n_excluded=int(election.weights[none_won & ~empty].sum()),
        n_empty=int(election.weights[empty].sum()),
        n_voters=election.n_voters,
    )
