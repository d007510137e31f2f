"""Completion by larger endowments: everyone gets a unit more until the money is used up.

Source: Faliszewski, Flis, Peters, Pierczynski, Skowron, Stolicki, Szufa and Talmon (2023),
Participatory budgeting: data, tools and analysis, IJCAI, 2667-2674, section 4; the rules of
equalshares.net, "Completion of the outcome" (add1, stopping at the first outcome that costs more
than the budget or, in the exhaustive form, before that at one to which nothing can be added).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from evenground.methods.validation import Flags
from evenground.questions.voice.measures.budgeting.equal_shares.loops import close_full
from evenground.questions.voice.measures.budgeting.equal_shares.paths import Paths
from evenground.questions.voice.measures.budgeting.equal_shares.support import Support

_LONG = 8
"""After so many endowments with one outcome, many are proven at once."""
Stop = Literal["overspent", "exhaustive", "all_funded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where the search for an endowment ended.

    Attributes
    ----------
    endowment
        Of each voter, in the election's units of money.
    path
        What is funded at it, proven.
    n_increments
        How often a unit was added.
    stop
        ``"overspent"``: one more increment would fund more than the budget; ``"exhaustive"``:
        nothing that has support can be added within the budget and the limits; ``"all_funded"``:
        everything is funded that has support and for which the limits leave room.
    """

    endowment: Fraction
    path: tuple[int, ...]
    n_increments: int
    stop: Stop


def add1(paths: Paths, start: Fraction, increment: int, *, exhaustive: bool) -> Found:
    """Return the endowment at which add1 stops. Outcomes do not grow with it, so each one is asked.

    Parameters
    ----------
    paths
        The election.
    start
        The first endowment, in the election's units of money.
    increment
        What is added to it each time, 1 or more units.
    exhaustive
        Whether to stop at the first exhaustive outcome as well.
    """
    support, n_increments, n_alike = paths.support, 0, 0
    path = paths.at(start)
    while True:
        endowment = start + n_increments * increment
        stop = _stop(support, path, exhaustive=exhaustive)
        following = paths.at(endowment + increment) if stop is None else ()
        if int(support.costs[list(following)].sum()) > support.budget:
            stop = "overspent"
        if stop is not None:
            return Found(endowment=endowment, path=path, n_increments=n_increments, stop=stop)
        n_increments += 1
        n_alike = n_alike + 1 if following == path else 0
        if n_alike >= _LONG:
            n_increments += paths.steps_alike(endowment + increment, increment)
        path = following


def is_exhaustive(support: Support, path: tuple[int, ...]) -> bool:
    """Return whether no project with support could be added within the budget and the limits."""
    left = support.budget - int(support.costs[list(path)].sum())
    return not bool((support.costs[_open_after(support, path)] <= left).any())


def _stop(support: Support, path: tuple[int, ...], *, exhaustive: bool) -> Stop | None:
    if not _open_after(support, path).any():
        return "all_funded"
    return "exhaustive" if exhaustive and is_exhaustive(support, path) else None


def _open_after(support: Support, path: tuple[int, ...]) -> Flags:
    still, used = support.open.copy(), np.zeros(support.groups.most.size, dtype=np.int64)
    for project in path:
        close_full(support.groups, used, project, still)
    return still
