"""Carry tables of another boundary set over to the one in force, and say so.

Where a crosswalk says how the old areas divide over the new ones, it decides; else the surfaces do
(areal interpolation); else the rows are set aside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evenground.errors import Place, Problem, ProblemKind
from evenground.methods.interpolation import Overlaps, area_overlaps, stated_overlaps
from evenground.stores.table import ReadTable
from evenground.workspace import messages as say
from evenground.workspace.area_codes import EDITION_SHARE, AreaCodes
from evenground.workspace.carried_tables import CARRIERS

if TYPE_CHECKING:
    import geopandas as gpd
    import pyarrow as pa

CROSSWALK, INTERPOLATED = "crosswalk", "interpolated"
"""Notes that a finding reads in ``Case.notes``."""
SLIVER = 0.001
"""Smaller overlaps come from drawing one border twice."""
CLOSED_GAPS = 0.98
"""Old areas covered so far by the new ones are taken to be covered: drawings differ at the edge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """How the areas of one edition divide over those in force, and by what means (a note)."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    overlaps: Overlaps
    note: str


@dataclass(slots=True, kw_only=True)
class Carrier:
    """Carries tables over; ``notes`` collects by table what was done."""

    areas: AreaCodes
    places: gpd.GeoDataFrame | None
    crosswalk: pa.Table | None
    people: Mapping[str, Mapping[str, float]] = field(
        default_factory=dict[str, "Mapping[str, float]"]
    )
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict[str, "tuple[str, ...]"])
    _bridges: dict[str, Bridge | None] = field(default_factory=dict[str, "Bridge | None"])

    def carry(self, read: ReadTable) -> ReadTable:
        """Return the table with all rows on the boundaries in force."""
        read = with_edition(read, self.areas)
        editions = read.texts("edition")
        for edition in sorted(set(editions) - {self.areas.edition, ""}):
            read = self._carry_one(read, edition)
        return read

    def bridge(self, edition: str) -> Bridge | None:
        """Return how the areas of an edition divide over those in force."""
        if edition not in self._bridges:
            self._bridges[edition] = self._stated(edition) or self._drawn(edition)
        return self._bridges[edition]

    def _carry_one(self, read: ReadTable, edition: str) -> ReadTable:
        old = np.array([one == edition for one in read.texts("edition")], dtype=bool)
        bridge = self.bridge(edition)
        fields: dict[str, Any] = {"value": edition, "edition": self.areas.edition or "…"}
        n_rows = len(np.unique(read.rows[old]))
        first = read.at(int(np.flatnonzero(old)[0]), "area_id")
        if bridge is None and self._same_codes(read, old):
            read = read.saying(say.EDITION_TAKEN_AS_SAME.at(first, n_rows=n_rows, **fields))
            editions = np.where(old, self.areas.edition, read.texts("edition"))
            return read.with_column("edition", [one or None for one in editions.tolist()])
        if bridge is None:
            read = read.saying(say.CANNOT_CARRY.at(first, n_rows=n_rows, **fields))
            return read.without(old, say.NOT_CARRIED.at(read.place, value=edition))
        unknown = old & ~np.isin(np.array(read.texts("area_id"), dtype=object), bridge.sources)
        read = read.without(unknown, say.SET_ASIDE_UNKNOWN.at(read.place, value=edition))
        old = old[~unknown]
        kind = say.CARRIED_BY_CROSSWALK if bridge.note == CROSSWALK else say.CARRIED_BY_AREA
        carried = CARRIERS[read.schema.name](read.where(old), bridge, self._people(edition, bridge))
        lost = carried.lost
        self._note(read.schema.name, bridge.note)
        kept = read.where(~old)
        joined = _below(kept, carried.table, self.areas.edition, int(first.row or 0))
        return joined.saying(kind.at(first, n_rows=n_rows, **fields), *lost)

    def _same_codes(self, read: ReadTable, old: NDArray[np.bool_]) -> bool:
        """Whether nearly all codes of rows of another edition are areas in force all the same."""
        codes = {code for code, one in zip(read.texts("area_id"), old, strict=True) if one}
        return len(codes & self.areas.in_force) >= EDITION_SHARE * len(codes)

    def _people(self, edition: str, bridge: Bridge) -> list[float]:
        known = self.people.get(edition, {})
        return [known.get(code, np.nan) for code in bridge.sources]

    def _note(self, table: str, note: str) -> None:
        self.notes[table] = tuple(dict.fromkeys((*self.notes.get(table, ()), note)))

    def _stated(self, edition: str) -> Bridge | None:
        """Return what the crosswalk says, ``None`` if it does not speak of the edition."""
        if self.crosswalk is None:
            return None
        rows = [
            row
            for row in self.crosswalk.to_pylist()
            if row["from_edition"] == edition and row["to_edition"] == self.areas.edition
        ]
        if not rows:
            return None
        sources = tuple(dict.fromkeys(row["from_area"] for row in rows))
        targets = tuple(sorted(self.areas.in_force))
        at, to = _positions(sources), _positions(targets)
        known = [row for row in rows if row["to_area"] in to]
        overlaps = stated_overlaps(
            [at[row["from_area"]] for row in known],
            [to[row["to_area"]] for row in known],
            [row["share"] for row in known],
            size=(len(sources), len(targets)),
        )
        return Bridge(sources=sources, targets=targets, overlaps=overlaps, note=CROSSWALK)

    def _drawn(self, edition: str) -> Bridge | None:
        """Return how surfaces overlap, ``None`` unless both editions are drawn as polygons."""
        if self.places is None:
            return None
        sources, old = self._polygons(edition)
        targets, new = self._polygons(self.areas.edition)
        if not sources or not targets:
            return None
        drawn = area_overlaps(old, new).without_slivers(below=SLIVER)
        overlaps = drawn.completed(at_least=CLOSED_GAPS)
        return Bridge(sources=sources, targets=targets, overlaps=overlaps, note=INTERPOLATED)

    def _polygons(self, edition: str) -> tuple[tuple[str, ...], Sequence[Any]]:
        import shapely

        codes = self.areas.editions.get(edition, frozenset())
        places: Any = self.places
        chosen = [
            (code, shape)
            for code, shape, of in zip(
                places["area_id"], places.geometry, places["edition"], strict=True
            )
            if code in codes and (of or self.areas.edition) == edition and shape is not None
        ]
        if not chosen or {int(shapely.get_dimensions(shape)) for _, shape in chosen} != {2}:
            return (), ()
        chosen.sort(key=lambda pair: pair[0])
        return tuple(code for code, _ in chosen), [shape for _, shape in chosen]


def _positions(codes: Sequence[str]) -> dict[str, int]:
    return {code: position for position, code in enumerate(codes)}


def _below(kept: ReadTable, table: pa.Table, edition: str, row: int) -> ReadTable:
    """Put carried rows below the others; they stand for the first row that they came from."""
    import pyarrow as pa

    joined = pa.concat_tables([kept.table, table.cast(kept.table.schema)]).combine_chunks()
    rows = np.concatenate([kept.rows, np.full(table.num_rows, row, dtype=np.int64)])
    read = replace(kept, table=joined, rows=rows)
    return read.with_column("edition", [one or edition or None for one in read.texts("edition")])


def with_edition(read: ReadTable, areas: AreaCodes) -> ReadTable:
    """Return the table with the edition of each row, recognised by its codes where not given.

    A table without editions is of the one in force, unless another edition knows more of its codes,
    and nearly all that any edition knows (a file may hold areas beyond the city).
    """
    editions = read.texts("edition")
    unstated = [p for p, edition in enumerate(editions) if not edition]
    if not unstated:
        return read
    codes = read.texts("area_id")
    distinct = {codes[p] for p in unstated} & areas.in_force.union(*areas.editions.values())
    here = len(distinct & areas.in_force)
    others = {
        edition: len(distinct & known)
        for edition, known in areas.editions.items()
        if edition != areas.edition
    }
    best = max(others, key=lambda edition: (others[edition], edition), default="")
    found = areas.edition
    if best and others[best] > here and others[best] >= EDITION_SHARE * len(distinct):
        found = best
        at = read.at(unstated[0], "area_id")
        read = read.saying(
            say.EDITION_NOTICED.at(
                at, value=best, n_known=others[best], n_codes=len(distinct), table=read.schema.name
            )
        )
    filled = [edition or found or None for edition in editions]
    return read.with_column("edition", filled)


def crosswalk_problems(read: ReadTable) -> list[Problem]:
    """List old areas whose shares do not add up to one."""
    totals: dict[tuple[str, str], float] = {}
    first: dict[tuple[str, str], int] = {}
    for position, row in enumerate(read.table.to_pylist()):
        key = (row["from_edition"], row["from_area"])
        totals[key] = totals.get(key, 0.0) + (row["share"] or 0.0)
        first.setdefault(key, position)
    kind: ProblemKind = say.CROSSWALK_SUM
    return [
        kind.at(_at(read, first[key]), value=key[1], total=f"{total:.3g}")
        for key, total in totals.items()
        if abs(total - 1) > 0.01  # noqa: PLR2004 - shares are written with two decimals
    ]


def _at(read: ReadTable, position: int) -> Place:
    return read.at(position, "share")


def people_by_edition(
    parts: Sequence[ReadTable], areas: AreaCodes, group: str = "total"
) -> dict[str, dict[str, float]]:
    """Return residents by area for each edition but the one in force, of the latest vintage."""
    found: dict[str, dict[str, tuple[str, float]]] = {}
    for part in parts:
        for row in with_edition(part, areas).table.to_pylist():
            edition = row["edition"] or ""
            if row["group"] == group and edition != areas.edition:
                held = found.setdefault(edition, {})
                vintage = row["vintage"] or ""
                if vintage >= held.get(row["area_id"], ("", 0.0))[0]:
                    held[row["area_id"]] = (vintage, row["count"])
    return {
        edition: {code: count for code, (_, count) in held.items()}
        for edition, held in found.items()
    }
