"""What a siting answer holds: the sites, what they achieve, and how far from the best it can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from evenground.errors import Problem
from evenground.methods.validation import Vector, Whole

TOLERANCE = 1e-9
"""How near, relative to the objective, the bound must be for an answer to be called optimal."""


class Status(StrEnum):
    """What is known of an answer."""

    OPTIMAL = "optimal"
    """No choice is better: the bound equals the objective, but for ``TOLERANCE``."""
    GAP = "gap"
    """The best found; the best there is lies between it and the bound."""
    INFEASIBLE = "infeasible"
    """No choice meets what was asked; ``reason`` says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a search is: the best value so far, what none can beat, and the work done."""

    objective: float
    bound: float
    work: int

    @property
    def gap(self) -> float:
        """How far apart the two are, relative to the objective."""
        return relative_gap(self.objective, self.bound)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How long to search. With no limit, until the answer is proven.

    Attributes
    ----------
    work_limit
        Units of work after which the search stops with the best answer so far and its bound. One
        unit is one pass over the costs or one iteration of the simplex method, so that a limit
        gives the same answer on every machine.
    gap
        Relative gap at which the search stops, 0 or more.
    should_stop
        Asked now and then; the search stops once it says so, as for a limit of time.
    progress
        Told how far the search is.
    """

    work_limit: int | None = None
    gap: float = 0.0
    should_stop: Callable[[], bool] | None = None
    progress: Callable[[Progress], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Siting:
    """An answer to "where?".

    Attributes
    ----------
    sites, shape (n_chosen,)
        Positions of the chosen candidates, ascending; empty if there is no answer.
    objective
        What the sites achieve, worked out from them; missing (NaN) if there is no answer.
    bound
        What no choice can beat: at most the objective where less is better, at least where more is.
    status
        Whether that is proven.
    site, shape (n,)
        Which candidate serves each demand point (most of it, where people are split); -1 for none.
    cost, shape (n,)
        What each demand point pays in the mean; infinite where it has no site in reach.
    levels, bounds, shape (n_levels,)
        Where the objective is a list (lexicographic): its values, worst first, and their bounds.
    work, n_nodes, n_cuts
        Units of work, nodes of the search tree, cuts.
    reason
        Why nothing was found, where the status is infeasible.
    """

    sites: Whole
    objective: float
    bound: float
    status: Status
    site: Whole
    cost: Vector
    levels: Vector = field(default_factory=lambda: np.empty(0))
    bounds: Vector = field(default_factory=lambda: np.empty(0))
    work: int = 0
    n_nodes: int = 0
    n_cuts: int = 0
    reason: Problem | None = None

    @property
    def gap(self) -> float:
        """Distance of the objective from the bound, relative to the objective; NaN if neither."""
        if self.levels.size:
            pairs = zip(self.levels, self.bounds, strict=True)
            return max(relative_gap(float(value), float(bound)) for value, bound in pairs)
        return relative_gap(self.objective, self.bound)


def relative_gap(objective: float, bound: float) -> float:
    """Return ``|objective - bound| / |objective|``; 0 if both are 0."""
    apart = abs(objective - bound)
    if apart == 0:
        return 0.0
    return apart / abs(objective) if objective else float("inf")


def proven(objective: float, bound: float) -> bool:
    """Return whether the bound is near enough for an answer to be called optimal."""
    return relative_gap(objective, bound) <= TOLERANCE
