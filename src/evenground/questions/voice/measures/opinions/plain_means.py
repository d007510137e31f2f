"""What is expected of a vote without any map: by the statement, by the person, by the group.

Each mean over few votes is drawn towards the one above it by a fixed number of votes that agree
with that one: the statement's mean to no opinion, the group's to the statement's.
Source: shrinkage with a fixed number of prior votes as in the damped means of Funk (2006), and the
baseline predictors of Koren, Bell and Volinsky (2009), Computer 42(8), 30-37, equation 3.
"""

from __future__ import annotations

import numpy as np

from evenground.methods.validation import Vector, Whole
from evenground.questions.voice.measures.opinions.sparsity_aware_pca import weighted_means
from evenground.questions.voice.measures.opinions.vote_matrix import VoteMatrix, times

PRIOR_VOTES = 2.0
PRIOR_OWN_VOTES = 4.0


def statement_means(votes: VoteMatrix) -> Vector:
    """Return the mean vote on each statement, shape (n_statements,), -1 to 1; 0 without votes."""
    return weighted_means(votes, np.ones(votes.n_participants))[0]


def group_means(votes: VoteMatrix, labels: Whole, means: Vector) -> Vector:
    """Return the mean vote of each group on each statement, shape (n_groups, n_statements).

    Parameters
    ----------
    votes
        Of those in the groups.
    labels, shape (n_participants,)
        Group of each, 0 to k - 1.
    means, shape (n_statements,)
        What each is drawn to by two votes.
    """
    member = (np.arange(labels.max() + 1)[:, None] == labels).astype(np.float64)
    n_seen, total = (times(member, cells) for cells in (votes.seen, votes.value))
    return (total + PRIOR_VOTES * means) / (n_seen + PRIOR_VOTES)


def own_level(votes: VoteMatrix, expected: Vector, labels: Whole | None = None) -> Vector:
    """Return how far each person's votes lie above what is expected, shape (n_participants,).

    Parameters
    ----------
    votes
        Votes cast.
    expected, shape (n_statements,) or (n_groups, n_statements)
        What is expected of each vote, of everybody or by group.
    labels, shape (n_participants,)
        Group of each; ``None`` where it is expected of everybody.
    """
    if labels is None:
        total = times(votes.seen, expected)
    else:
        by_group = times(votes.seen, expected.T)
        total = by_group[np.arange(len(labels)), labels]
    above = votes.value.sum(axis=1, dtype=np.float64) - total
    return above / (votes.seen.sum(axis=1, dtype=np.float64) + PRIOR_OWN_VOTES)
