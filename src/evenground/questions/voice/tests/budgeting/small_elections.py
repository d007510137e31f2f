"""Small elections for the tests of reasons and of fairness."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from evenground.questions.voice.measures.budgeting.election import Ballots, Election, grouped


def election_of(
    costs: Sequence[int], budget: int, ballots: Sequence[Sequence[int]], *, ordered: bool = False
) -> Election:
    """Return an election of approval ballots, one per voter; projects are named A, B, …"""
    lengths = [len(one) for one in ballots]
    return grouped(
        [chr(ord("A") + place) for place in range(len(costs))],
        costs,
        budget=budget,
        ballots=Ballots(
            indptr=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            indices=np.array([place for one in ballots for place in one], dtype=np.int64),
            ordered=ordered,
        ),
    )


@st.composite
def elections(draw: st.DrawFn, *, most_voters: int = 7, most_projects: int = 5) -> Election:
    """Draw an election of a few voters and projects, whole costs and a budget."""
    m = draw(st.integers(1, most_projects))
    costs = draw(st.lists(st.integers(1, 12), min_size=m, max_size=m))
    budget = draw(st.integers(1, 30))
    ballot = st.sets(st.integers(0, m - 1)).map(sorted)
    return election_of(costs, budget, draw(st.lists(ballot, min_size=1, max_size=most_voters)))


@st.composite
def outcomes(draw: st.DrawFn, *, most_voters: int = 7) -> tuple[Election, tuple[int, ...]]:
    """Draw an election and some of its projects as funded, whatever they cost."""
    election = draw(elections(most_voters=most_voters))
    funded = draw(st.sets(st.integers(0, election.n_projects - 1)))
    return election, tuple(sorted(funded))
