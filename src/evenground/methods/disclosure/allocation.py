"""Replace what is suppressed by an allocation of what remains, from published numbers alone."""

from __future__ import annotations

import numpy as np

from evenground.methods.disclosure.attacker import components, constraints
from evenground.methods.disclosure.linear_programme import nearest
from evenground.methods.disclosure.table_system import (
    TOLERANCE,
    Flags,
    Interval,
    TableSystem,
    Vector,
)

DECIMALS = 9


def spread(rest: float, weight: Vector, bounds: Interval) -> Vector:
    """Spread ``rest`` in proportion to ``weight`` where the bounds allow, shape (n,).

    The result is ``clip(factor * weight, low, high)`` with the one factor that makes it add up to
    ``rest``; if no factor does, the nearest bound everywhere.
    """
    low, high = bounds
    weight = np.maximum(weight, TOLERANCE)
    least, most = 0.0, float((high / weight).max())
    for _ in range(200):
        factor = (least + most) / 2
        if float(np.clip(factor * weight, low, high).sum()) < rest:
            least = factor
        else:
            most = factor
    share = np.clip(most * weight, low, high)
    inside = (share > low) & (share < high)
    if inside.any():
        share[inside] += (rest - share.sum()) * weight[inside] / weight[inside].sum()
    return np.round(np.clip(share, low, high), DECIMALS)


def fitted(system: TableSystem, suppressed: Flags, guess: Vector) -> Vector:
    """Return the table nearest to ``guess`` that agrees with everything published.

    Published cells keep their values. Where the guess agrees already it stays; elsewhere the sum of
    relative shifts of the component's cells is least (an L1 fit by linear programming).

    Parameters
    ----------
    guess, shape (n_cells,)
        Proposed values; only those of suppressed cells are read.
    """
    value = np.where(suppressed, guess, system.value)
    off = _off(system, value)
    for cells in components(system, suppressed):
        if off[cells].any():
            low, high = system.prior(suppressed, hinted=False)
            known = constraints(
                system, suppressed, cells, bounds=(low[cells], high[cells]), exact_only=True
            )
            each = 1 / np.maximum(guess[cells], 1.0)
            value[cells] = np.round(nearest(known, guess[cells], cost=(each, each)), DECIMALS)
    return value


def _off(system: TableSystem, value: Vector) -> Flags:
    """Mark cells in an exact equality or an order that the values break."""
    left = np.bincount(system.relation, system.sign * value[system.cell], system.n_relations)
    broken = system.exact & (np.abs(left - system.rhs) > TOLERANCE)
    off = np.zeros(system.n_cells, dtype=np.bool_)
    off[system.cell[broken[system.relation]]] = True
    wrong = value[system.above] < value[system.below] - TOLERANCE
    off[system.above[wrong]] = off[system.below[wrong]] = True
    return off
