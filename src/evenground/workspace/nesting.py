"""Check that areas lie in the areas above them, and that their people add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.errors import Problem, nearest_name
from evenground.stores.listing import capped
from evenground.stores.table import ReadTable
from evenground.workspace import messages as say

if TYPE_CHECKING:
    import pyarrow as pa

TOLERATED = 0.01
"""Share of an area that may lie outside its parent: drawings of two levels differ at the edge."""
LEAST_DIFFERENCE = 0.005
"""Sums that differ by less than this share differ by rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Area:
    read: ReadTable
    position: int
    parent: str
    shape: Any


def nesting_problems(parts: Sequence[ReadTable]) -> list[list[Problem]]:
    """Return for each file of areas what is wrong with the parents of its areas.

    A parent is looked for in the same edition first, then in any: districts often outlive a reform
    of the areas below them.
    """
    areas = _Areas(parts)
    found: list[list[Problem]] = []
    for part in parts:
        within: list[Problem] = []
        strange: dict[str, list[int]] = {}
        codes, parents, editions = (part.texts(n) for n in ("area_id", "parent_id", "edition"))
        for position, (code, parent, edition) in enumerate(
            zip(codes, parents, editions, strict=True)
        ):
            if parent and areas.find(parent, edition) is None:
                strange.setdefault(parent, []).append(position)
            elif parent:
                area = _Area(
                    read=part, position=position, parent=parent, shape=_shape(part, position)
                )
                within += _problems(code, area, edition, areas)
        problems = capped(within)
        for parent, positions in strange.items():
            near = nearest_name(parent, areas.codes - {codes[p] for p in positions})
            at = part.at(positions[0], "parent_id")
            n_rows = len(positions)
            problems.append(say.PARENT_UNKNOWN.at(at, value=parent, nearest=near, n_rows=n_rows))
        found.append(problems)
    return found


class _Areas:
    """All areas by edition and code."""

    def __init__(self, parts: Sequence[ReadTable]) -> None:
        self._held: dict[tuple[str, str], _Area] = {}
        self._any: dict[str, _Area] = {}
        for part in parts:
            columns = (part.texts(name) for name in ("area_id", "parent_id", "edition"))
            for position, (code, parent, edition) in enumerate(zip(*columns, strict=True)):
                shape = _shape(part, position)
                area = _Area(read=part, position=position, parent=parent, shape=shape)
                self._held.setdefault((edition, code), area)
                self._any.setdefault(code, area)

    @property
    def codes(self) -> set[str]:
        return set(self._any)

    def find(self, code: str, edition: str) -> _Area | None:
        return self._held.get((edition, code)) or self._any.get(code)


def _shape(part: ReadTable, position: int) -> Any:
    return None if part.geometry is None else part.geometry[position]


def _problems(code: str, area: _Area, edition: str, areas: _Areas) -> list[Problem]:
    at = area.read.at(area.position, "parent_id")
    if _goes_round(code, edition, areas):
        return [say.OWN_PARENT.at(at, value=code)]
    parent = areas.find(area.parent, edition)
    outside = 0.0 if parent is None else _share_outside(area.shape, parent.shape)
    if outside <= TOLERATED:
        return []
    per_cent = round(outside * 100)
    return [say.OUTSIDE_PARENT.at(at, value=code, parent=area.parent, per_cent=per_cent)]


def _goes_round(code: str, edition: str, areas: _Areas) -> bool:
    seen: set[str] = set()
    here = code
    while here and here not in seen:
        seen.add(here)
        above = areas.find(here, edition)
        here = above.parent if above is not None else ""
    return here == code


def _share_outside(child: Any, parent: Any) -> float:
    """Return the share (0-1) of a shape's surface outside another; a point is all in or all out."""
    import shapely

    if child is None or parent is None or shapely.get_dimensions(parent) != 2:  # noqa: PLR2004 - a surface
        return 0.0
    surface = float(shapely.area(child))
    if surface == 0:
        return 0.0 if shapely.intersects(parent, child) else 1.0
    return 1 - float(shapely.area(shapely.intersection(child, parent))) / surface


def sum_problems(population: Sequence[ReadTable], areas: pa.Table) -> list[list[Problem]]:
    """Return for each file of population the parents whose count is not the sum of their areas.

    Compared within one file, group, vintage and edition, where every area of the parent has a
    count; the difference must exceed margins of error (as independent), rounding and 0.5 %.
    """
    children: dict[str, list[str]] = {}
    for code, parent in zip(
        areas["area_id"].to_pylist(), areas["parent_id"].to_pylist(), strict=True
    ):
        if parent:
            children.setdefault(parent, []).append(code)
    return [_sums_of(part, children) for part in population]


def _sums_of(part: ReadTable, children: Mapping[str, list[str]]) -> list[Problem]:
    sets: dict[tuple[Any, ...], dict[str, tuple[int, dict[str, Any]]]] = {}
    for position, row in enumerate(part.table.to_pylist()):
        key = (row["group"], row["vintage"], row["edition"])
        sets.setdefault(key, {})[row["area_id"]] = (position, row)
    problems: list[Problem] = []
    for (group, *_), rows in sets.items():
        for parent, codes in children.items():
            if parent not in rows or not all(code in rows for code in codes):
                continue
            position, above = rows[parent]
            below = [rows[code][1] for code in codes]
            total = sum(row["count"] for row in below)
            allowed = max(_allowed([above, *below]), LEAST_DIFFERENCE * above["count"])
            if abs(total - above["count"]) > allowed:
                at = part.at(position, "count")
                fields = {"parent": f"{above['count']:g}", "children": f"{total:g}"}
                problems.append(
                    say.PARENT_SUM_DIFFERS.at(at, value=parent, n_rows=1, group=group, **fields)
                )
    return capped(problems)


def _allowed(rows: Sequence[Mapping[str, Any]]) -> float:
    margins = np.array([row["margin"] or 0.0 for row in rows])
    rounding = np.array([row["rounded_to"] or 1.0 for row in rows])
    return float(np.sqrt((margins**2).sum()) + rounding.sum() / 2)
