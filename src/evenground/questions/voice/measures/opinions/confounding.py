"""Are groups only about how much people voted?

Source: correlation ratio of ranks, that is the statistic of Kruskal and Wallis (1952), Journal of
the American Statistical Association 47, 583-621, over n - 1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.middle_ranks import middle_ranks
from evenground.methods.validation import Whole, vector, wrong


def share_by_votes_cast(n_votes: ArrayLike, labels: Whole) -> float:
    """Return the part of the variance of ranks of votes cast that lies between groups.

    Parameters
    ----------
    n_votes, shape (n,)
        Statements that each person voted on.
    labels, shape (n,)
        Group of each, 0 to k - 1.

    Returns
    -------
    float
        0-1: 0 where groups voted equally much, 1 where the number tells the group; 0 where
        everybody voted equally much.

    Raises
    ------
    UsageError
        If shapes differ.
    """
    cast = vector("n_votes", n_votes)
    if labels.shape != cast.shape:
        raise wrong("array_shape", N_("labels have shape {shape}"), shape=labels.shape)
    ranks = middle_ranks(cast)
    ranks -= ranks.mean()
    total = float(ranks @ ranks)
    sums, sizes = np.bincount(labels, ranks), np.bincount(labels)
    between = float((sums**2 / np.maximum(sizes, 1)).sum())
    return between / total if total > 0 else 0.0
