"""Where coordinates are many: lazy expressions that leave only the few that need a look.

They compile for DuckDB, PostgreSQL and Spark alike. Quantiles are exact on each.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from evenground.questions.data.measures.space.inner_cells import InnerCells
from evenground.questions.data.measures.space.region import (
    LEVELS,
    Region,
    bulk_region,
    looks_like_degrees,
)

if TYPE_CHECKING:
    import ibis

BEYOND_ALL = 1e300
"""No coordinate is this large: infinity is, and so is what is not a number."""


def coordinate_summary(table: ibis.Table, x: str, y: str) -> ibis.Table:
    """Return an expression of one row: what is missing, and the quantiles that tell the bulk.

    Columns: ``n`` rows, ``n_missing`` without a coordinate, ``n_half`` with one of the two only,
    ``n_zero`` at (0, 0), ``x_quantiles`` and ``y_quantiles`` (lists, at ``LEVELS``).
    """
    east, north = _numbers(table, x, y)
    has_x, has_y = _there(east), _there(north)
    usable = has_x & has_y & ~((east == 0) & (north == 0))
    levels = list(LEVELS)
    return table.aggregate(
        n=table.count(),
        n_missing=table.count(where=~(has_x & has_y)),
        n_half=table.count(where=(has_x & ~has_y) | (has_y & ~has_x)),
        n_zero=table.count(where=(east == 0) & (north == 0)),
        x_quantiles=east.quantile(levels, where=usable),
        y_quantiles=north.quantile(levels, where=usable),
    )


def region_of_summary(row: Mapping[str, Any], *, degrees: bool | None = None) -> Region | None:
    """Return the region that ``coordinate_summary`` gives; as ``region_of_data`` of arrays."""
    quantiles = [row["x_quantiles"], row["y_quantiles"]]
    if any(one is None or any(value is None for value in one) for one in quantiles):
        return None
    if degrees is None:
        degrees = looks_like_degrees(*quantiles)
    return bulk_region(*quantiles, degrees=degrees)


def suspicious_coordinates(table: ibis.Table, x: str, y: str, *, region: Region) -> ibis.Table:
    """Return an expression of the distinct coordinates that are not at home, with their rows.

    Columns ``x`` and ``y`` under their own names, and ``times`` (rows that hold them);
    ``coordinates_of(..., times="times")`` reads the result. Rows without a coordinate are left out.
    """
    return _counted(suspicious_rows(table, x, y, region=region), x, y)


def suspicious_rows(table: ibis.Table, x: str, y: str, *, region: Region) -> ibis.Table:
    """Return an expression of the rows whose coordinates are there and not at home."""
    east, north = _numbers(table, x, y)
    home = east.between(*region.x) & north.between(*region.y)
    return table.filter(_there(east) & _there(north) & ~home)


def not_surely_inside(table: ibis.Table, x: str, y: str, *, cells: InnerCells) -> ibis.Table:
    """Return an expression of the distinct coordinates that no inner cell of the city holds.

    What it leaves is outside or near the city's edge; columns as in ``suspicious_coordinates``.
    """
    east, north = _numbers(table, x, y)
    west, south, east_end, north_end = cells.bounds
    inside = (east >= west) & (east < east_end) & (north >= south) & (north < north_end)
    # An engine may work the cell out before it drops what lies beyond the grid.
    held_x, held_y = east.clip(west, east_end), north.clip(south, north_end)
    column = ((held_x - west) / cells.width).floor().cast("int64")
    row = ((held_y - south) / cells.height).floor().cast("int64")
    surely = inside & (column * cells.n_side + row).isin([int(one) for one in cells.inner])
    return _counted(table.filter(_there(east) & _there(north) & ~surely), x, y)


def _counted(table: ibis.Table, x: str, y: str) -> ibis.Table:
    east, north = _numbers(table, x, y)
    places = table.select(**{x: east, y: north})
    return places.group_by(x, y).aggregate(times=places.count()).order_by(x, y)


def _numbers(table: ibis.Table, x: str, y: str) -> tuple[Any, Any]:
    return table[x].cast("float64"), table[y].cast("float64")


def _there(column: Any) -> Any:
    # On every engine not a number compares as larger than all; Spark's test for infinity does not
    # find it.
    return column.notnull() & (column.abs() < BEYOND_ALL)
