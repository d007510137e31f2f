"""How many areas hold any unit at all, over every admissible assignment of units on boundaries."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.boundary_assignment import Assignment, units_by_area
from evenground.methods.validation import Flags, Whole, vector
from evenground.questions.reach.measures.boundary_range import EXACT, AdmissibleRange


def areas_served_range(assignment: Assignment, units: ArrayLike | None = None) -> AdmissibleRange:
    """Return how many areas hold at least one unit, with its lowest and highest value.

    Both ends are exact. The highest is a maximum matching of doubtful units to areas that hold
    nothing else; the lowest the smallest set of areas that can hold all doubtful units, an integer
    programme over the few areas concerned.

    Parameters
    ----------
    assignment
        Units with their admissible areas.
    units, shape (n_units,)
        What each counts for; those that count nothing serve nobody. ``None`` counts each as one.
    """
    size = assignment.n_units
    counts = np.ones(size) if units is None else vector("units", units, size=size)
    held = units_by_area(assignment, counts) > 0
    matters = (counts > 0)[assignment.unit]
    doubtful = assignment.ambiguous[assignment.unit] & matters
    sure = np.zeros(assignment.n_areas, dtype=bool)
    sure[assignment.area[matters & ~doubtful & (assignment.share > 0)]] = True
    unit, area = assignment.unit[doubtful], assignment.area[doubtful]
    lowest, highest = _fewest_more(unit, area, sure), _most_more(unit, area, sure)
    n_sure = int(sure.sum())
    return AdmissibleRange(
        low=float(n_sure + lowest),
        assigned=float(held.sum()),
        high=float(n_sure + highest),
        certificate=EXACT,
        n_ambiguous=assignment.n_ambiguous,
    )


def _most_more(unit: Whole, area: Whole, sure: Flags) -> int:
    """Return how many further areas doubtful units can serve: a maximum bipartite matching."""
    new = ~sure[area]
    if not new.any():
        return 0
    from scipy import sparse
    from scipy.sparse import csgraph

    rows = np.unique(unit[new], return_inverse=True)[1]
    shape = (int(rows.max()) + 1, sure.size)
    graph = sparse.csr_matrix((np.ones(rows.size), (rows, area[new])), shape=shape)
    return int((csgraph.maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())


def _fewest_more(unit: Whole, area: Whole, sure: Flags) -> int:
    """Return how few further areas can hold the doubtful units that no sure area can take."""
    homeless = np.setdiff1d(unit, unit[sure[area]])
    kept = np.isin(unit, homeless)
    if not kept.any():
        return 0
    from scipy import optimize, sparse

    rows = np.unique(unit[kept], return_inverse=True)[1]
    columns = np.unique(area[kept], return_inverse=True)[1]
    shape = (int(rows.max()) + 1, int(columns.max()) + 1)
    cover = sparse.csr_matrix((np.ones(rows.size), (rows, columns)), shape=shape)
    found = optimize.milp(
        np.ones(shape[1]),
        integrality=np.ones(shape[1]),
        bounds=optimize.Bounds(0, 1),
        constraints=optimize.LinearConstraint(cover, lb=1),
    )
    return round(float(found.fun))
