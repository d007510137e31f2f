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
        self.cells_of = np.split(system.cell, np.searchsorted(system.relation, edges))
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
            relations = relations[~stuck[relations]]
            if not relations.size:
                return suppressed
            touched = np.zeros(system.n_relations, dtype=np.bool_)
            for relation in relations:
                if touched[relation]:
                    continue
                chosen = self._choice(self.cells_of[relation], suppressed)
                if chosen is None:
                    stuck[relation] = True
                    continue
                suppressed[chosen] = True
                touched[self.relations_of[chosen]] = True

    def widen(self, suppressed: Flags, exposed: Whole) -> bool:
        """Suppress one more cell for each exposed one, in place; false when there is none left."""
        added = False
        for cell in exposed:
            for cells in self._around(int(cell), suppressed):
                chosen = self._choice(cells, suppressed)
                if chosen is not None:
                    suppressed[chosen] = added = True
                    break
        return added

    def _around(self, cell: int, suppressed: Flags) -> list[Whole]:
        """Cells in the equalities of ``cell``; then in those of the suppressed cells beside it."""
        near = np.unique(np.concatenate([self.cells_of[r] for r in self.relations_of[cell]]))
        beside = near[suppressed[near]]
        far = np.unique(np.concatenate([self.relations_of[one] for one in beside]))
        return [near, np.unique(np.concatenate([self.cells_of[r] for r in far]))]

    def _choice(self, cells: Whole, suppressed: Flags) -> int | None:
        """Return the cell to go: least reluctance, then fewest equalities opened, then smallest."""
        system = self.system
        open_cells = cells[~suppressed[cells] & ~system.fixed[cells]]
        if not open_cells.size:
            return None
        opened = [
            sum(not suppressed[self.cells_of[r]].any() for r in self.relations_of[cell])
            for cell in open_cells
        ]
        value, reluctance = system.value[open_cells], system.reluctance[open_cells]
        ranked = np.lexsort([open_cells, value, np.array(opened), reluctance])
        return int(open_cells[ranked[0]])
