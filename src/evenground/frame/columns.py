"""Population groups and indicators as arrays in the order of the areas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evenground.methods.margins_of_error import (
    UncertainCounts,
    counts_with_margins,
    counts_without_margins,
)

if TYPE_CHECKING:
    import pyarrow as pa

Vector = NDArray[np.float64]


class AreaColumns:
    """Looks up population groups and indicators as arrays in the order of the areas."""

    def __init__(self, order: Mapping[str, int], tables: Mapping[str, pa.Table]) -> None:
        self._order = order
        self._rows: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for table, column in (("population", "group"), ("indicators", "indicator")):
            for row in tables[table].to_pylist() if table in tables else ():
                self._rows.setdefault((table, row[column]), []).append(row)

    def values(self, table: str, name: str, column: str) -> Vector:
        """Return one value per area, not-a-number where there is none."""
        found = np.full(len(self._order), np.nan)
        for row in self._rows.get((table, name), ()):
            place = self._order.get(row["area_id"])
            if place is not None and row[column] is not None:
                found[place] = row[column]
        return found

    def vintage(self, name: str) -> str:
        """Return the date of a population group's counts."""
        rows = self._rows.get(("population", name), [])
        return str(rows[0]["vintage"] or "") if rows else ""

    def period(self, name: str) -> str:
        """Return the date of an indicator's values."""
        rows = self._rows.get(("indicators", name), [])
        return str(rows[0]["period"] or "") if rows else ""


def counts_of(
    columns: AreaColumns, table: str, name: str
) -> tuple[UncertainCounts, NDArray[np.bool_], bool]:
    """Return counts with their errors, where they are known, and whether margins are published."""
    value = columns.values(table, name, "count" if table == "population" else "value")
    margin = columns.values(table, name, "margin")
    known = np.isfinite(value)
    filled = np.where(known, value, 0.0)
    if np.isfinite(margin).any():
        return counts_with_margins(filled, np.nan_to_num(margin)), known, True
    steps = columns.values(table, name, "rounded_to") if table == "population" else margin
    widest = float(np.nanmax(steps)) if np.isfinite(steps).any() else 1.0
    return counts_without_margins(filled, rounding=max(widest, 1.0)), known, False
