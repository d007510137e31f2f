"""Conversations made by a known law, for tests."""

from __future__ import annotations

import numpy as np

from evenground.questions.voice.measures.opinions.vote_matrix import VoteMatrix, vote_matrix


def cast(liking, share, rng):
    """Votes by a logistic law: agree above 0.4, disagree below -0.4; only a share is cast."""
    leaning = liking + rng.logistic(size=liking.shape)
    votes = np.where(leaning > 0.4, 1.0, np.where(leaning < -0.4, -1.0, 0.0))
    return np.where(rng.random(liking.shape) < share, votes, np.nan)


def without_structure(n: int, m: int, rng) -> VoteMatrix:
    """Everybody votes by the statement alone; some vote on much and some on little."""
    share = np.clip(0.5 * rng.lognormal(0, 0.5, (n, 1)), 0.05, 1)
    return vote_matrix(cast(rng.normal(0, 1, m) + np.zeros((n, m)), share, rng))


def with_groups(n: int, m: int, k: int, rng, *, apart: float = 2.0):
    """k groups that like different statements; returns votes and groups."""
    group = rng.integers(0, k, n)
    liking = rng.normal(0, 1, m) + apart * rng.normal(0, 1, (k, m))[group]
    share = np.clip(0.5 * rng.lognormal(0, 0.5, (n, 1)), 0.05, 1)
    return vote_matrix(cast(liking, share, rng)), group
