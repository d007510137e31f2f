"""Find the cheapest cells to suppress so that exposed ones can move.

The exposed cells are asked to take other values; the cheapest way for all other cells to give way
shows which of them must be hidden too. One linear programme serves all exposed cells at once.

Source: Kelly, Golden and Assad (1992), "Cell suppression: disclosure protection for sensitive
tabular data", Networks 22 (the heuristic by linear programming).
"""

from __future__ import annotations

import numpy as np

from evenground.methods.disclosure.attacker import components, constraints
from evenground.methods.disclosure.linear_programme import nearest
from evenground.methods.disclosure.table_system import TOLERANCE, Flags, TableSystem, Vector, Whole

DEAR = 1000.0
"""Cost of a unit that an exposed cell falls short of where it is asked to go."""


def repaired(system: TableSystem, suppressed: Flags, exposed: Whole, *, width: float) -> Flags:
    """Return a pattern that suppresses more, so that exposed cells move up and down as asked.

    Totals over areas and zeros stay as they are.
    """
    movable = suppressed | (~system.fixed & (system.reluctance == 0))
    low, high = system.prior(movable)
    upward = np.minimum(width, high - system.value)
    found = suppressed.copy()
    for cells in components(system, movable):
        asked = np.isin(cells, exposed)
        if not asked.any():
            continue
        known = constraints(system, movable, cells, bounds=(low[cells], high[cells]))
        value = system.value[cells]
        rooms = (high[cells] - value, value - low[cells])
        cost = tuple(np.where(suppressed[cells], 0.0, 1 + np.log2(1 + room)) for room in rooms)
        for each in cost:
            each[asked] = DEAR
        up = upward[cells]
        for shift in (up, up - width):
            wanted: Vector = value + np.where(asked, shift, 0.0)
            off = np.abs(nearest(known, wanted, cost=(cost[0], cost[1])) - value) > TOLERANCE
            found[cells[off]] = True
            for each in cost:
                each[off & ~asked] = 0.0
    return found
