"""Whether one step of maximin support is right, told from its evidence in whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from evenground.questions.voice.measures.budgeting.election import Election, Supporters


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Evidence:
    """What proves one step.

    Attributes
    ----------
    chosen
        Place of the project.
    before
        Places that were funded before.
    load
        The least load, over all ways to lay the costs on supporters, of whoever carries most.
    laid, shape (k, g)
        A way to lay the costs of ``before`` and ``chosen``, in this order, in parts of money.
    unit
        Into how many parts money is cut.
    bottlenecks
        For ``chosen`` and every rival a set of places, itself and some of ``before``, whose
        supporters cannot carry them at less than ``load``.
    """

    chosen: int
    before: tuple[int, ...]
    load: Fraction
    laid: NDArray[np.int64]
    unit: int
    bottlenecks: Mapping[int, frozenset[int]]


def maximin_step_holds(election: Election, evidence: Evidence, order: tuple[int, ...]) -> bool:
    """Return whether the chosen project can be carried at the load, and no rival at less.

    Parameters
    ----------
    election
        Ballots and costs.
    evidence
        What the count hands over.
    order
        All places; a rival at the same load has to stand behind the chosen one.
    """
    rank, by_project = order.index(evidence.chosen), election.transposed
    for place, cover in evidence.bottlenecks.items():
        if place not in cover or not cover <= {*evidence.before, place}:
            return False
        least = lowest_load(election, cover, by_project)
        behind = order.index(place) > rank
        if least < evidence.load or (
            least == evidence.load and not behind and order[rank] != place
        ):
            return False
    own = lowest_load(election, evidence.bottlenecks[evidence.chosen], by_project)
    return own == evidence.load and _carried(election, evidence)


def lowest_load(
    election: Election, places: frozenset[int], by_project: Supporters | None = None
) -> Fraction:
    """Return what supporters of some projects carry each if all of them share equally.

    ``by_project`` are the ballots by project, where they are at hand.
    """
    told = by_project or election.transposed
    support = np.zeros(election.n_ballots, dtype=np.bool_)
    for place in places:
        support[told.ballots[told.indptr[place] : told.indptr[place + 1]]] = True
    voters = int(election.weights[support].sum())
    return Fraction(sum(int(election.costs[place]) for place in places), voters)


def _carried(election: Election, evidence: Evidence) -> bool:
    """Return whether the costs are laid in full, on supporters only, within the load."""
    laid, places = evidence.laid, (*evidence.before, evidence.chosen)
    supports = np.zeros(laid.shape, dtype=np.bool_)
    rows = election.rows
    for at, place in enumerate(places):
        supports[at, rows[election.indices == place]] = True
    if (laid < 0).any() or (laid[~supports] != 0).any():
        return False
    wanted = [int(election.costs[place]) * evidence.unit for place in places]
    if laid.sum(axis=1).tolist() != wanted:
        return False
    most = evidence.load * evidence.unit  # what one voter may carry
    carried = laid.sum(axis=0)
    may = [most.numerator * int(weight) // most.denominator for weight in election.weights]
    return bool((carried <= np.array(may)).all())
