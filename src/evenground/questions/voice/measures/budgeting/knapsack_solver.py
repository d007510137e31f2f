"""A set of great total value from HiGHS, in floating point; that it is the greatest is not proven.

Source: Huangfu and Hall (2018), Parallelizing the dual revised simplex method, Mathematical
Programming Computation 10, 119-142 (HiGHS).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from evenground.methods.validation import Whole
from evenground.questions.voice.measures.budgeting.limits import Limits

MOST_NODES = 200_000


def great_set(worth: tuple[Whole, Whole], budget: int, *, limits: Limits) -> tuple[int, ...]:
    """Return places of projects whose total value is great, and that keep budget and limits.

    Parameters
    ----------
    worth, shape (m,) each
        Value and cost of each project.
    budget
        What the set may cost.
    limits
        Who takes part, caps and conflicts.
    """
    import highspy

    values, costs = worth
    m = values.size
    model: Any = highspy.Highs()
    for option, value in (
        ("output_flag", False), ("threads", 1), ("random_seed", 0), ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.5), ("mip_max_nodes", MOST_NODES),
    ):  # fmt: skip
        model.setOptionValue(option, value)
    high = np.ones(m)
    high[list(limits.left_out)] = 0.0
    columns = np.arange(m, dtype=np.int32)
    model.addVars(m, np.zeros(m), high)
    model.changeColsIntegrality(m, columns, np.full(m, 1, dtype=np.uint8))
    model.changeColsCost(m, columns, -values.astype(np.float64))
    rows = [(columns, costs, budget)]
    rows += [(_at(cap.members), costs[list(cap.members)], cap.most) for cap in limits.caps]
    rows += [(_at(one), np.ones(len(one)), 1) for one in limits.exclusive]
    for places, weights, most in rows:
        model.addRow(-np.inf, float(most), len(places), places, weights.astype(np.float64))
    model.run()
    solution = np.array(model.getSolution().col_value)
    return _kept(np.flatnonzero(solution > 0.5).tolist(), costs, budget, limits)  # noqa: PLR2004


def _at(places: tuple[int, ...]) -> np.ndarray[Any, np.dtype[np.int32]]:
    return np.array(places, dtype=np.int32)


def _kept(places: list[int], costs: Whole, budget: int, limits: Limits) -> tuple[int, ...]:
    """Return the places, without those that rounding let in above a limit."""
    kept: list[int] = []
    for place in places:
        trial = {*kept, place}
        fits = sum(int(costs[one]) for one in trial) <= budget
        fits &= all(
            sum(int(costs[one]) for one in trial & set(cap.members)) <= cap.most
            for cap in limits.caps
        )
        if fits and all(len(trial & set(one)) <= 1 for one in limits.exclusive):
            kept.append(place)
    return tuple(kept)
