"""The cost of getting to the nearest site, or to the k-th nearest.

Source: the oldest measure of all; the choice of k as a safeguard against a full or closed first
site is discussed by Apparicio, Abdelmajid, Riva and Shearmur (2008), International Journal of
Health Geographics 7:7.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.language import N_
from evenground.methods.accessibility.pairs import Pairs
from evenground.methods.validation import Vector, Whole, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class NearestSite:
    """The k-th nearest site of every origin.

    Attributes
    ----------
    cost, shape (n_origins,)
        In the unit of the pairs; infinite where fewer than k sites are within their limit.
    site, shape (n_origins,)
        Its position, -1 where there is none; of equally near ones, the first.
    """

    cost: Vector
    site: Whole


def nearest_site(pairs: Pairs, *, k: int = 1) -> NearestSite:
    """Return the k-th nearest site of every origin.

    Parameters
    ----------
    pairs
        Who can reach what.
    k
        1 for the nearest.

    Raises
    ------
    UsageError
        If ``k`` is below 1.
    """
    if k < 1:
        raise wrong("nearest_rank", N_("k is {k}, expected 1 or more"), k=k)
    starts = pairs.starts
    some = np.diff(starts) >= k
    if k == 1:
        first = starts[:-1][some]
        least = np.minimum.reduceat(pairs.cost, first) if first.size else np.empty(0)
        lowest = np.full(pairs.n_origins, np.inf)
        lowest[some] = least
        hit = np.flatnonzero(pairs.cost == lowest[pairs.origin])
        at = hit[np.unique(pairs.origin[hit], return_index=True)[1]]
    else:
        order = np.lexsort((pairs.cost, pairs.origin))
        at = order[starts[:-1][some] + k - 1]
    cost, site = np.full(pairs.n_origins, np.inf), np.full(pairs.n_origins, -1, dtype=np.int64)
    cost[some], site[some] = pairs.cost[at], pairs.site[at]
    return NearestSite(cost=cost, site=site)
