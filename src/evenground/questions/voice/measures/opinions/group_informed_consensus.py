"""How far all groups agree with a statement at once.

Source: Small and others (2021), Recerca 26(2), "group-informed consensus"; polismath,
``conversation/group-aware-consensus``: the product over groups of the share that agrees, with one
pseudo-vote on either side.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.validation import Vector, matrix


def group_informed_consensus(agreed: ArrayLike, seen: ArrayLike) -> Vector:
    """Return the group-informed consensus of each statement.

    Parameters
    ----------
    agreed, seen, shape (n_groups, n_statements)
        Members who agreed, and who voted at all.

    Returns
    -------
    array, shape (n_statements,)
        Above 0 to below 1; high only where every group agrees.

    Raises
    ------
    UsageError
        If shapes differ or a count is negative.
    """
    count = matrix("agreed", agreed, shape=(None, None))
    n = matrix("seen", seen, shape=count.shape)
    return np.prod((count + 1) / (n + 2), axis=0)
