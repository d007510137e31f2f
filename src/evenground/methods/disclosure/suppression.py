"""Complementary suppression: what else must go so that no small count can be worked out.

A heuristic closes one equality at a time with the smallest count that does the least further harm;
an audit by linear programming looks at the whole; what it finds exposed is repaired by the cheapest
shift of counts that agrees with everything published; in turn, until the audit holds. Fischetti
and Salazar-González (2001) show that the least set is hard to find in general; a heuristic with an
audit may leave out a few cells more than needed, never fewer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.disclosure.audit import Audit, audit
from evenground.methods.disclosure.repair import repaired
from evenground.methods.disclosure.table_system import TOLERANCE, Flags, TableSystem, Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """Which cells go, shape (n_cells,), and the audit that the choice passed."""

    suppressed: Flags
    audit: Audit

    @property
    def exposed(self) -> Whole:
        """Primary cells that nothing can protect, because fixed cells give them away."""
        return self.audit.exposed


def suppress(system: TableSystem, *, threshold: float) -> Suppression:
    """Return a pattern under which every primary cell keeps ``threshold`` possible whole values."""
    width = threshold - 1.0
    links = _Links(system)
    suppressed = links.close(system.primary & ~system.fixed, width=width)
    found = audit(system, suppressed, width=width)
    while found.exposed.size:
        before = int(suppressed.sum())
        suppressed = repaired(system, suppressed, found.exposed, width=width)
        if int(suppressed.sum()) == before and not links.widen(suppressed, found.exposed):
            break
        suppressed = links.close(suppressed, width=width)
        found = audit(system, suppressed, width=width, known=found)
    return Suppression(suppressed=suppressed, audit=found)


class _Links:
    """Which cells stand in which equalities, both ways."""

    def __init__(self, system: TableSystem) -> None:
        self.system = system
        edges = np.arange(1, system.n_relations)
        ends = np.searchsorted(system.relation, edges)
        self.cells_of = np.split(system.cell, ends)
        self.sign_of = np.split(system.sign, ends)
        self.free = system.prior(np.ones(system.n_cells, dtype=np.bool_), frozen=True)
        by_cell = np.argsort(system.cell, kind="stable")
        starts = np.searchsorted(system.cell[by_cell], np.arange(1, system.n_cells))
        self.relations_of = np.split(system.relation[by_cell], starts)

    def close(self, suppressed: Flags, *, width: float) -> Flags:
        """Suppress more until no equality alone narrows a suppressed cell below ``width``."""
        system, suppressed = self.system, suppressed.copy()
        stuck = np.zeros(system.n_relations, dtype=np.bool_)
        while True:
            low, high = system.prior(suppressed)
            entry_low, entry_high = system.alone(low, high)
            # What the order of cells leaves is all that any suppression can reach.
            wanted = np.minimum(width, high - low)[system.cell]
            short = suppressed[system.cell] & (entry_high - entry_low < wanted - TOLERANCE)
            relations = np.unique(system.relation[short])
            # Where narrow cells have more room above than below, others have to go down for them.
            room = (low + high - 2 * system.value)[system.cell] * system.sign
            up = np.bincount(system.relation[short], room[short], system.n_relations)
            relations = relations[~stuck[relations]]
            if not relations.size:
                return suppressed
            touched = np.zeros(system.n_relations, dtype=np.bool_)
            for relation in relations:
                if touched[relation]:
                    continue
                chosen = self._choice(relation, suppressed, upward=bool(up[relation] >= 0))
                if chosen is None:
                    stuck[relation] = True
                    continue
                suppressed[chosen] = True
                touched[self.relations_of[chosen]] = True

    def widen(self, suppressed: Flags, exposed: Whole) -> bool:
        """Suppress one more cell for each exposed one, in place; false when there is none left."""
        added = False
        for cell in exposed:
            for relation in self._around(int(cell), suppressed):
                chosen = self._choice(relation, suppressed, upward=True)
                if chosen is not None:
                    suppressed[chosen] = added = True
                    break
        return added

    def _around(self, cell: int, suppressed: Flags) -> Whole:
        """Equalities of ``cell``, then those of the suppressed cells beside it."""
        near = np.unique(np.concatenate([self.cells_of[r] for r in self.relations_of[cell]]))
        beside = near[suppressed[near]]
        far = np.unique(np.concatenate([self.relations_of[one] for one in beside]))
        return np.concatenate([self.relations_of[cell], far])

    def _choice(self, relation: int, suppressed: Flags, *, upward: bool) -> int | None:
        """Return the cell of an equality to go, or ``None`` if there is none.

        Least reluctance first, then the fewest equalities opened, then the least room to give way:
        the smallest count where others go up, the smallest rest of the total where they go down.
        """
        system, cells = self.system, self.cells_of[relation]
        can_go = ~suppressed[cells] & ~system.fixed[cells]
        if not can_go.any():
            return None
        down = (self.sign_of[relation][can_go] > 0) == upward
        cells = cells[can_go]
        opened = [
            sum(not suppressed[self.cells_of[r]].any() for r in self.relations_of[cell])
            for cell in cells
        ]
        value, reluctance = system.value[cells], system.reluctance[cells]
        room = np.where(down, value - self.free[0][cells], self.free[1][cells] - value)
        return int(cells[np.lexsort([cells, room, np.array(opened), reluctance])[0]])
