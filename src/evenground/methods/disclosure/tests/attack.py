"""An attacker that shares no code with what it attacks: integer programmes over raw tables."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from scipy.optimize import Bounds, LinearConstraint, milp

Cell = tuple[str, str]


@dataclass
class Attack:
    """All that is public: cells, sums over areas, areas within areas, groups that add up."""

    truth: dict[Cell, int]
    hidden: set[Cell]
    least: int = 1
    sums: list[tuple[list[tuple[Cell, float]], float]] = field(default_factory=list)
    halves: dict[Cell, bool] = field(default_factory=dict)

    def known_sum(self, cells: list[Cell]) -> None:
        total = float(sum(self.truth[cell] for cell in cells))
        self.sums.append(([(cell, 1.0) for cell in cells], total))

    def half(self, cell: Cell, *, more: bool) -> None:
        """Tell that a cell is more, or at most, half of its area's residents."""
        self.halves[cell] = more

    def difference(self, whole: Cell, parts: list[Cell]) -> None:
        self.sums.append(([(whole, -1.0), *((part, 1.0) for part in parts)], 0.0))

    def interval(self, cell: Cell) -> tuple[float, float]:
        """Lowest and highest whole number that the cell may still be."""
        cells = sorted(self.hidden)
        place = {one: i for i, one in enumerate(cells)}
        rows, limits = self._public(place)
        found = []
        for sign in (1.0, -1.0):
            wish = np.zeros(len(cells))
            wish[place[cell]] = sign
            result = milp(
                wish,
                constraints=[LinearConstraint(np.array(rows), *np.array(limits).T)] if rows else [],
                bounds=Bounds(self.least, 1e6),
                integrality=np.ones(len(cells)),
            )
            assert result.success, result.message
            found.append(float(np.round(result.x[place[cell]])))
        return found[0], found[1]

    def _public(self, place: dict[Cell, int]) -> tuple[list, list]:
        """Coefficients of the hidden cells in all that is public, and the limits of each."""
        statements = [(members, value, value) for members, value in self.sums]
        statements += [
            ([((area, "total"), 1.0), ((area, group), -1.0)], 0.0, np.inf)
            for area, group in self.truth
            if group != "total" and (area, "total") in self.truth
        ]
        for (area, group), more in self.halves.items():
            terms = [((area, group), 2.0), ((area, "total"), -1.0)]
            statements.append((terms, *((0.0, np.inf) if more else (-np.inf, 0.0))))
        rows, limits = [], []
        for members, low, high in statements:
            row, told = np.zeros(len(place)), 0.0
            for one, sign in members:
                if one in place:
                    row[place[one]] += sign
                else:
                    told += sign * self.truth[one]
            if row.any():
                rows.append(row)
                limits.append((low - told, high - told))
        return rows, limits


def table(truth: dict[Cell, float], **columns: list[object]) -> pa.Table:
    """A population table from ``{(area, group): count}``."""
    return pa.table(
        {
            "area_id": [area for area, _ in truth],
            "group": [group for _, group in truth],
            "count": pa.array(list(truth.values()), pa.float64()),
            "margin": pa.array([1.0] * len(truth), pa.float64()),
            "rounded_to": pa.nulls(len(truth), pa.float64()),
            **columns,
        }
    )


def hidden_cells(truth: dict[Cell, float], protected) -> set[Cell]:
    """Cells that the protected table does not tell, withheld ones included."""
    kept = set(
        zip(*(protected.table.column(n).to_pylist() for n in ("area_id", "group")), strict=True)
    )
    told = {
        cell
        for cell, gone in zip(
            [cell for cell in truth if cell in kept], protected.suppressed.to_pylist(), strict=True
        )
        if not gone
    }
    return set(truth) - told
