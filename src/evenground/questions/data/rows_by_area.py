"""How many rows of a dataset lie in each area: by their codes, else by their coordinates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenground.methods.boundary_assignment import assign_points, units_by_area
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.context import Context
from evenground.questions.data.plan import BY_AREA, PLACES
from evenground.questions.data.projecting import projected


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRows:
    """Rows by area.

    Attributes
    ----------
    key
        Of the dataset.
    n, shape (n_areas,)
        Rows; a row on a shared boundary counts once.
    n_on_boundary, n_nowhere
        Rows on a boundary, and rows that lie in no area or name none that is known.
    """

    key: str
    n: NDArray[np.float64]
    n_on_boundary: int
    n_nowhere: int


def area_rows(context: Context, audit: DatasetAudit) -> AreaRows | None:
    """Return the rows of a dataset by area; ``None`` if they say nothing of areas."""
    return _by_code(context, audit) or _by_place(context, audit)


def _by_code(context: Context, audit: DatasetAudit) -> AreaRows | None:
    table = context.tables.get(f"datasets/{audit.key}/{BY_AREA}")
    if table is None or context.frame is None:
        return None
    row_of = {area: row for row, area in enumerate(context.frame.area_ids)}
    n, nowhere = np.zeros(len(row_of)), 0
    for code, count in zip(table["area"].to_pylist(), table["n"].to_pylist(), strict=True):
        row = row_of.get(str(code)) if code is not None else None
        if row is None:
            nowhere += count
        else:
            n[row] += count
    if not n.any():
        return None
    return AreaRows(key=audit.key, n=n, n_on_boundary=0, n_nowhere=nowhere)


def _by_place(context: Context, audit: DatasetAudit) -> AreaRows | None:
    table = context.tables.get(f"datasets/{audit.key}/{PLACES}")
    import shapely

    frame = context.frame
    if table is None or frame is None or not frame.has_shapes:
        return None
    points = projected(table["x"].to_numpy(), table["y"].to_numpy(), audit.roles.crs, context.case)
    if points is None:
        return None
    count = table["n"].to_numpy().astype(np.float64)
    there = np.isfinite(points).all(axis=1)
    assigned = assign_points(
        np.asarray(shapely.points(points[there]), dtype=object),
        frame.outlines,
        tolerance_metres=context.case.settings.number("tolerance_metres"),
    )
    units = count[there]
    inside = units_by_area(assigned, units)
    return AreaRows(
        key=audit.key,
        n=inside,
        n_on_boundary=round(float(units[assigned.ambiguous].sum())),
        n_nowhere=round(float(count.sum() - inside.sum())),
    )
