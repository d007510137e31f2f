"""The attacker's view of one component: linear programmes over its suppressed cells."""

from __future__ import annotations

import numpy as np

from evenground.methods.disclosure.linear_programme import Constraints, LinearProgramme
from evenground.methods.disclosure.table_system import Flags, Interval, TableSystem, Vector, Whole


def components(system: TableSystem, suppressed: Flags) -> list[Whole]:
    """Return groups of suppressed cells that no equality and no order of cells links together."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    entry = suppressed[system.cell]
    pair = suppressed[system.above] & suppressed[system.below]
    rows = np.concatenate([system.cell[entry], system.above[pair]])
    columns = np.concatenate([system.n_cells + system.relation[entry], system.below[pair]])
    size = system.n_cells + system.n_relations
    graph = coo_array((np.ones(rows.size), (rows, columns)), shape=(size, size))
    label = connected_components(graph, directed=False)[1][: system.n_cells]
    cells = np.flatnonzero(suppressed)
    cells = cells[np.argsort(label[cells], kind="stable")]
    _, starts = np.unique(label[cells], return_index=True)
    return [part for part in np.split(cells, starts[1:]) if part.size]


class Attacker:
    """What can be worked out about ``cells`` from everything published."""

    def __init__(self, system: TableSystem, suppressed: Flags, cells: Whole) -> None:
        self.system = system
        self.cells = cells
        self.n_programmes = 0
        low, high = system.prior(suppressed)
        self._bounds = (low[cells], high[cells])
        self._programme = LinearProgramme(
            constraints(system, suppressed, cells, bounds=self._bounds)
        )

    def best(self, cost: Vector) -> Vector:
        """Return a table, shape of ``cells``, that agrees with all published and costs least."""
        self.n_programmes += 1
        return self._programme.least(cost)

    def stop_at(self, width: float, which: Flags) -> None:
        """Let these cells go no further than an audit needs, so that many move at once."""
        value, (low, high) = self.system.value[self.cells], self._bounds
        self._programme.bound(
            np.where(which, np.maximum(low, value - width), low),
            np.where(which, np.minimum(high, value + width), high),
        )

    def go_freely(self) -> None:
        """Take ``stop_at`` back."""
        self._programme.bound(*self._bounds)


def constraints(
    system: TableSystem,
    suppressed: Flags,
    cells: Whole,
    *,
    bounds: Interval,
    exact_only: bool = False,
) -> Constraints:
    """Return what is published about ``cells``, one component, as constraints on them.

    The right-hand sides are sums of published cells. ``exact_only`` leaves out equalities that miss
    by some people: the size of the miss is not public.
    """
    entry, order = _about(system, suppressed, cells)
    if exact_only:
        entry &= system.exact[system.relation]
    position = np.full(system.n_cells, -1, dtype=np.int64)
    position[cells] = np.arange(cells.size)
    relations, row = np.unique(system.relation[entry], return_inverse=True)
    known = ~suppressed[system.cell]
    spent = np.bincount(
        system.relation[known],
        (system.sign * system.value[system.cell])[known],
        system.n_relations,
    )
    rest = (system.rhs - spent)[relations]
    above, below = position[system.above[order]], position[system.below[order]]
    order_row = relations.size + np.arange(above.size)
    return Constraints(
        row=np.concatenate([row, order_row, order_row]),
        column=np.concatenate([position[system.cell[entry]], above, below]),
        coefficient=np.concatenate(
            [system.sign[entry], np.ones(above.size), -np.ones(below.size)]
        ),
        rows=(
            np.concatenate([rest, np.zeros(above.size)]),
            np.concatenate([rest, np.full(above.size, np.inf)]),
        ),
        columns=bounds,
    )  # fmt: skip


def _about(system: TableSystem, suppressed: Flags, cells: Whole) -> tuple[Flags, Flags]:
    """Entries and orders of cells that concern ``cells`` and are not settled by published ones."""
    mine = np.zeros(system.n_cells, dtype=np.bool_)
    mine[cells] = True
    return mine[system.cell], mine[system.above] & suppressed[system.below]
