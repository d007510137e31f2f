"""How far a statement is agreed with whatever side people are on; needs no groups.

Votes are fitted by ``mean + person + statement + person's side x statement's side``, all but the
mean held small; what remains as the statement's own term cannot be explained by one side's liking.
Source: Wojcik and others (2022), Birdwatch: crowd wisdom and bridging algorithms can inform
understanding and reduce the spread of misinformation, arXiv 2210.15723, section 3 (terms five times
as strongly held down as sides); on bridging in general Ovadya and Thorburn (2023), arXiv
2301.09976.
"""

from __future__ import annotations

import numpy as np

from evenground.methods.validation import Vector
from evenground.questions.voice.measures.opinions.sparsity_aware_pca import (
    principal_components,
)
from evenground.questions.voice.measures.opinions.vote_matrix import VoteMatrix

SIDE_RIDGE = 0.6
TERM_RIDGE = 5 * SIDE_RIDGE
N_STEPS = 20


def bridging_score(votes: VoteMatrix) -> Vector:
    """Return the statement's own term, shape (n_statements,), in votes.

    Parameters
    ----------
    votes
        Votes cast.

    Returns
    -------
    array
        Between -2 and 2: above 0 where people agree across sides more than with the usual
        statement, 0 where nobody voted.
    """
    seen, value = (cells.astype(np.float64) for cells in (votes.seen, votes.value))
    mean = float(value.sum() / seen.sum())
    start = principal_components(votes, n_axes=1)
    side = start.scores(votes)[:, 0]
    side /= max(float(np.sqrt((side**2).mean())), 1e-12)
    person = np.zeros(votes.n_participants)
    seen_by, value_by = np.ascontiguousarray(seen.T), np.ascontiguousarray(value.T)
    statement = loading = np.zeros(votes.n_statements)
    for _ in range(N_STEPS):
        statement, loading = _line(seen_by, value_by, (mean + person, side))
        person, side = _line(seen, value, (mean + statement, loading))
    return statement


def _line(seen: Vector, value: Vector, other: tuple[Vector, Vector]) -> tuple[Vector, Vector]:
    """Return level and slope of each row's votes on the other side's positions, both held small."""
    level, slope = other
    one = seen.sum(axis=1) + TERM_RIDGE
    cross, square = seen @ slope, seen @ slope**2 + SIDE_RIDGE
    right = value.sum(axis=1) - seen @ level, value @ slope - seen @ (level * slope)
    area = one * square - cross**2
    return (
        (square * right[0] - cross * right[1]) / area,
        (one * right[1] - cross * right[0]) / area,
    )
