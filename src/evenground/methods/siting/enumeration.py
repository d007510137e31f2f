"""Every choice tried in turn: exact, and bearable only for small problems."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from evenground.methods.siting.answer import Effort, Siting, Status
from evenground.methods.siting.problem import Instance


def least_by_enumeration(instance: Instance, effort: Effort) -> Siting:
    """Return the choice of ``n_units`` sites with the least total cost."""
    del effort
    best, chosen = np.inf, np.empty(0, dtype=np.int64)
    for sites in combinations(np.flatnonzero(~instance.forbidden), instance.n_units):
        held = np.array(sites, dtype=np.int64)
        if instance.forced.sum() > instance.forced[held].sum():
            continue
        value = float((instance.weights * instance.costs[:, held].min(axis=1)).sum())
        if value < best:
            best, chosen = value, held
    nearest = instance.costs[:, chosen].argmin(axis=1)
    return Siting(
        sites=chosen,
        objective=best,
        bound=best,
        status=Status.OPTIMAL,
        site=chosen[nearest],
        cost=instance.costs[:, chosen].min(axis=1),
    )
