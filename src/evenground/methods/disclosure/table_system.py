"""A table of counts as an attacker sees it: cells, equalities between them, and bounds.

Everything an attacker may use is linear: a total over areas, an area that holds others, groups that
add up, and "a group is never larger than all residents". The notation follows Fischetti and
Salazar-González (2001): cells ``y``, equalities ``M y = b``, and external bounds on each cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Interval = tuple[Vector, Vector]

TOLERANCE = 1e-6
"""Differences in people below this are rounding of floating-point sums."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Equality:
    """``sum(sign * value[cells]) == rhs``; ``rhs`` is what the true values give."""

    cells: Whole
    sign: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSystem:
    """Cells with what is known of them.

    Attributes
    ----------
    value, least, primary, fixed, reluctance : shape (n_cells,)
        True value; smallest value that an attacker must grant a suppressed cell; whether the cell
        must go; whether it can never go (public already, or zero); cells of more reluctance go
        only when none of less helps (zeros, then totals over areas).
    hint : two of shape (n_cells,)
        Bounds that show through the choice of the published sums; the attacker is given them,
        nothing is computed with them.
    relation, cell, sign : shape (n_entries,)
        Entries of the equalities, sorted by equality.
    rhs, exact : shape (n_relations,)
        Right-hand sides, and whether the equality holds as it should. One that misses by some
        people (rounded counts) is given to the attacker with its error, and never computed with.
    above, below : shape (n_orders,)
        Pairs of cells, ``value[above] >= value[below]``.
    """

    value: Vector
    least: Vector
    primary: Flags
    fixed: Flags
    reluctance: Whole
    hint: Interval
    relation: Whole
    cell: Whole
    sign: Vector
    rhs: Vector
    exact: Flags
    above: Whole
    below: Whole

    @property
    def n_cells(self) -> int:
        """Number of cells."""
        return int(self.value.size)

    @property
    def n_relations(self) -> int:
        """Number of equalities."""
        return int(self.rhs.size)

    @property
    def most(self) -> float:
        """A number of people that no cell reaches; stands for "no upper bound".

        A power of two, so that sums stay exact and nothing but a size shows through.
        """
        return float(2 ** (12 + int(self.value.max(initial=0)).bit_length()))

    def prior(self, suppressed: Flags, *, frozen: bool = False, hinted: bool = True) -> Interval:
        """Bounds of each cell before any equality is used: least, most, and the order of cells.

        With ``frozen`` other suppressed cells are taken at their true value: the attacker is given
        more than is public, so that what stays hidden is hidden all the more. Without ``hinted``
        the bounds are those that may be computed with.
        """
        least, most = self.least, np.full(self.n_cells, self.most)
        if hinted:
            least, most = np.maximum(least, self.hint[0]), np.minimum(most, self.hint[1])
        low = np.where(suppressed, least, self.value)
        high = np.where(suppressed, most, self.value)
        known_low = self.value if frozen else low
        known_high = self.value if frozen else high
        upper, lower = high.copy(), low.copy()
        np.minimum.at(upper, self.below, known_high[self.above])
        np.maximum.at(lower, self.above, known_low[self.below])
        return np.where(suppressed, lower, low), np.where(suppressed, upper, high)

    def alone(self, low: Vector, high: Vector) -> Interval:
        """Bounds of the cell of each entry that its one equality gives, others within theirs."""
        up = self.sign > 0
        least = np.where(up, low[self.cell], -high[self.cell])
        most = np.where(up, high[self.cell], -low[self.cell])
        sum_least = np.bincount(self.relation, least, self.n_relations)[self.relation]
        sum_most = np.bincount(self.relation, most, self.n_relations)[self.relation]
        rhs = self.rhs[self.relation]
        entry_least = rhs - (sum_most - most)
        entry_most = rhs - (sum_least - least)
        entry_low = np.where(up, entry_least, -entry_most)
        entry_high = np.where(up, entry_most, -entry_least)
        return np.maximum(entry_low, low[self.cell]), np.minimum(entry_high, high[self.cell])


def table_system(
    equalities: Sequence[Equality],
    *,
    cells: tuple[Vector, Vector, Flags, Flags, Whole],
    order: tuple[Whole, Whole],
    hint: Interval | None = None,
) -> TableSystem:
    """Put equalities together; ``cells`` and ``order`` are the system's fields in their order."""
    value, least, primary, fixed, reluctance = cells
    sizes = np.array([one.cells.size for one in equalities], dtype=np.int64)
    relation = np.repeat(np.arange(len(equalities), dtype=np.int64), sizes)
    cell = np.concatenate([np.zeros(0, dtype=np.int64), *(one.cells for one in equalities)])
    sign = np.concatenate([np.zeros(0, dtype=np.float64), *(one.sign for one in equalities)])
    rhs = np.bincount(relation, sign * value[cell], len(equalities)).astype(np.float64)
    # A sum over areas has rhs 0 by construction; known sums without a cell of their own do not.
    closed = np.bincount(relation[sign < 0], minlength=len(equalities)) > 0
    none = (np.zeros(value.size), np.full(value.size, np.inf))
    return TableSystem(
        value=value, least=least, primary=primary, fixed=fixed, reluctance=reluctance,
        hint=none if hint is None else hint,
        relation=relation, cell=cell, sign=sign, rhs=rhs,
        exact=~closed | (np.abs(rhs) <= TOLERANCE), above=order[0], below=order[1],
    )  # fmt: skip


def outer_bounds(system: TableSystem, suppressed: Flags, *, n_rounds: int = 20) -> Interval:
    """Return bounds that certainly hold every cell, by propagation over exact equalities.

    Exact for a cell whose only equality shares no suppressed cell with another; otherwise no
    narrower than what a linear programme finds.
    """
    low, high = system.prior(suppressed, hinted=False)
    usable = system.exact[system.relation] & suppressed[system.cell]
    cell = system.cell[usable]
    for _ in range(n_rounds):
        entry_low, entry_high = system.alone(low, high)
        new_low, new_high = low.copy(), high.copy()
        np.maximum.at(new_low, cell, entry_low[usable])
        np.minimum.at(new_high, cell, entry_high[usable])
        if np.allclose(new_low, low, atol=TOLERANCE) and np.allclose(
            new_high, high, atol=TOLERANCE
        ):
            break
        low, high = new_low, new_high
    return low, high
