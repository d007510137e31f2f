"""What counts as small, which areas lie within which, and what an audit certifies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Key = tuple[str, str]
"""An area: ``(edition, area_id)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The city's rules of disclosure.

    Attributes
    ----------
    threshold
        Counts from 1 to ``threshold - 1`` are small; so is a group's count that leaves such a rest
        in the area's total. 0 and 1 switch suppression off.
    suppress_zero
        Whether 0 is a small count too.
    zones
        Sets of area codes whose sums by group are public elsewhere, such as the districts of
        another dossier; the audit gives them to the attacker.
    """

    threshold: int = 5
    suppress_zero: bool = False
    zones: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What the table of people tells of areas, and what of it the public table hides.

    ``small_areas`` have few residents. ``counts`` holds, for each group and vintage, the true count
    of each area; ``hidden`` the areas of each whose count was suppressed.
    """

    small_areas: frozenset[Key] = frozenset()
    counts: tuple[dict[Key, float], ...] = ()
    hidden: tuple[frozenset[Key], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Nesting:
    """Which areas lie within which: ``(edition, area_id)`` to level, and to the area that holds it.

    Area codes are unique within an edition.
    """

    level: Mapping[Key, str] = field(default_factory=dict[Key, str])
    parent: Mapping[Key, str] = field(default_factory=dict[Key, str])


def texts(table: pa.Table, name: str) -> list[str]:
    """Return a text column as Python strings, empty where it is null or absent."""
    if name not in table.column_names:
        return [""] * table.num_rows
    return ["" if value is None else str(value) for value in table.column(name).to_pylist()]


def emptied(column: pa.Array, gone: NDArray[np.bool_]) -> pa.Array:
    """Return the column with nulls where ``gone``."""
    return pc.call_function("if_else", [pa.array(gone), pa.scalar(None, column.type), column])


def nesting_of(areas: pa.Table | None) -> Nesting:
    """Read the nesting from the columns area_id, level, parent_id and edition of ``areas``."""
    if areas is None:
        return Nesting()
    keys = list(zip(texts(areas, "edition"), texts(areas, "area_id"), strict=True))
    parents = zip(keys, texts(areas, "parent_id"), strict=True)
    return Nesting(
        level=dict(zip(keys, texts(areas, "level"), strict=True)),
        parent={key: parent for key, parent in parents if parent},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Outcome of the audit of one table, in numbers that may be printed in a public edition.

    Attributes
    ----------
    n_cells, n_relations
        Cells audited, and equalities that an attacker may use: totals over areas, areas within
        areas, groups that add up.
    n_primary, n_complementary
        Cells suppressed because they are small (or leave a small rest), and because a total would
        give the former away.
    n_exposed
        Primary cells that cannot be protected, because sums that are public elsewhere give them
        away; 0 unless such sums were named in ``Rules.zones``.
    least_values
        Smallest number of whole values that any protected primary cell may still take, at least
        the threshold; ``None`` without a primary cell.
    n_programmes
        Linear programmes solved; 0 when intervals are in closed form.
    """

    n_cells: int = 0
    n_relations: int = 0
    n_primary: int = 0
    n_complementary: int = 0
    n_exposed: int = 0
    least_values: int | None = None
    n_programmes: int = 0

    @property
    def holds(self) -> bool:
        """Whether no primary cell can be narrowed below the threshold."""
        return self.n_exposed == 0
