"""How many voters are better off with one outcome than with another, by projects they named.

The comparison step of some rulebooks: Equal Shares stands unless more voters get more from the
projects with most votes. Source: equalshares.net, "Comparison step"; Wieliczka 2023 had one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.satisfaction import funded_satisfaction


@dataclass(frozen=True, slots=True, kw_only=True)
class VotersPreferring:
    """Voters by the outcome that funds more of what they named.

    Attributes
    ----------
    first, second, neither
        How many prefer either one, or have as many projects in both; together all voters.
    """

    first: int
    second: int
    neither: int


def voters_preferring(
    election: Election, first: Sequence[int], second: Sequence[int]
) -> VotersPreferring:
    """Return how many voters have more of the projects they named in either outcome.

    Parameters
    ----------
    election
        Ballots; points and ranks are not looked at.
    first, second
        Places of the funded projects.

    Raises
    ------
    UsageError
        If a place is not one of the election's or comes twice.
    """
    gain = funded_satisfaction(election, first, satisfaction="cardinality")
    gain = gain - funded_satisfaction(election, second, satisfaction="cardinality")
    voters = [int(election.weights[np.sign(gain) == sign].sum()) for sign in (1, -1, 0)]
    return VotersPreferring(first=voters[0], second=voters[1], neither=voters[2])
