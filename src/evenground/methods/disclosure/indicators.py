"""Protect measured values: a share of suppressed counts goes with the counts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from evenground.methods.disclosure.population_system import (
    Rows,
    counts_of,
    nested,
    places_of,
    rows_of,
    small_counts,
)
from evenground.methods.disclosure.rules import Certificate, Nesting, People, Rules, emptied, texts
from evenground.methods.disclosure.suppression import suppress
from evenground.methods.disclosure.table_system import (
    TOLERANCE,
    Equality,
    Flags,
    TableSystem,
    Vector,
    table_system,
)

PEOPLE_UNITS = frozenset(
    {"people", "persons", "residents", "inhabitants", "households", "children"}
)
"""Units of a ``value`` that is itself a count of people."""
SHARE_UNITS = ("%", "share", "per cent", "percent", "per ")
"""Beginnings of the units of shares and rates of people."""
LEAST_SHARED = 3
"""In fewer areas than this, an indicator matches a group's counts by chance."""
_EMPTIED = ("value", "margin", "numerator", "denominator")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedIndicators:
    """The table with the numbers of suppressed rows empty, and which rows those are."""

    table: pa.Table
    suppressed: Flags
    certificate: Certificate


def protect_indicators(
    indicators: pa.Table, *, rules: Rules, nesting: Nesting, people: People | None = None
) -> ProtectedIndicators:
    """Empty the numbers of every row that rests on a small count, and what would give it away.

    A row goes when its numerator or denominator is small, when the numerator leaves a small rest,
    when its value is itself a small count of people (by its unit), when it is a share or rate in an
    area of few residents, or when its numerator or denominator repeats a count that the table of
    people hides. Nothing takes the place of an empty row, so sums over areas give nothing away;
    an area that holds others could, and is looked after.

    Parameters
    ----------
    indicators
        Columns of the ``indicators`` table.

    Raises
    ------
    UsageError
        If a numerator or denominator is negative or not finite.
    """
    if rules.threshold <= 1 or not indicators.num_rows:
        return ProtectedIndicators(
            table=indicators,
            suppressed=np.zeros(indicators.num_rows, dtype=np.bool_),
            certificate=Certificate(n_cells=indicators.num_rows),
        )
    system, n_rows = _system(indicators, rules, nesting, people or People())
    chosen = suppress(system, threshold=rules.threshold)
    gone = chosen.suppressed[:n_rows] | chosen.suppressed[n_rows:]
    primary = system.primary[:n_rows] | system.primary[n_rows:]
    wide = (chosen.audit.high - chosen.audit.low)[system.primary & chosen.suppressed]
    table = indicators
    for name in _EMPTIED:
        if name in table.column_names:
            column = table.column(name).cast(pa.float64()).combine_chunks()
            kept = emptied(column, gone)
            place = table.column_names.index(name)
            table = table.set_column(place, pa.field(name, pa.float64()), kept)
    return ProtectedIndicators(
        table=table,
        suppressed=gone,
        certificate=Certificate(
            n_cells=system.n_cells,
            n_relations=system.n_relations,
            n_primary=int(primary.sum()),
            n_complementary=int((gone & ~primary).sum()),
            n_exposed=int(chosen.exposed.size),
            least_values=round(float(wide.min())) + 1 if wide.size else None,
            n_programmes=chosen.audit.n_programmes,
        ),
    )


def _system(
    indicators: pa.Table, rules: Rules, nesting: Nesting, people: People
) -> tuple[TableSystem, int]:
    """Cells are the numerators (or values that count people) of all rows, then the denominators."""
    units = [unit.strip().casefold() for unit in texts(indicators, "unit")]
    counts_people = np.array([unit in PEOPLE_UNITS for unit in units], dtype=np.bool_)
    numerator, has_numerator = _counts(indicators, "numerator")
    value, has_value = _counts(indicators, "value", only=counts_people)
    denominator, has_denominator = _counts(indicators, "denominator")
    number = np.where(has_numerator, numerator, value)
    known = np.concatenate([has_numerator | (has_value & counts_people), has_denominator])
    cells = np.concatenate([number, denominator])
    n_rows = indicators.num_rows
    part = np.flatnonzero(known[:n_rows] & has_denominator & (number <= denominator))
    order = (part + n_rows, part)
    primary = known & small_counts(cells, order, rules)
    primary[:n_rows] |= _in_small_areas(indicators, units, nesting, people.small_areas)
    renamed = _renamed(indicators)
    equalities: list[Equality] = []
    for start in (0, n_rows):
        half = slice(start, start + n_rows)
        count = pa.array(cells[half], mask=~known[half])
        rows = rows_of(renamed.append_column("count", count), nesting)
        primary[half] |= _repeated(rows, people)
        equalities += (Equality(cells=e.cells + start, sign=e.sign) for e in nested(rows))
    zero = (cells <= TOLERANCE) & (not rules.suppress_zero)
    whole_numbers = np.allclose(cells, np.rint(cells), atol=TOLERANCE)
    least = float(whole_numbers and not rules.suppress_zero)
    system = table_system(
        equalities,
        cells=(
            cells,
            np.full(cells.size, least),
            primary,
            (~known | zero) & ~primary,
            zero.astype(np.int64),
        ),
        order=order,
    )
    return system, n_rows


def _counts(table: pa.Table, name: str, *, only: Flags | None = None) -> tuple[Vector, Flags]:
    if name not in table.column_names:
        return np.zeros(table.num_rows), np.zeros(table.num_rows, dtype=np.bool_)
    if only is None:
        return counts_of(table, name)
    column = table.column(name).cast(pa.float64()).combine_chunks()
    return counts_of(pa.table({name: emptied(column, ~only)}), name)


def _renamed(indicators: pa.Table) -> pa.Table:
    """Name the columns as the table of people does, so that both nest alike."""
    return pa.table(
        {
            "area_id": texts(indicators, "area_id"),
            "edition": texts(indicators, "edition"),
            "group": texts(indicators, "indicator"),
            "vintage": texts(indicators, "period"),
        }
    )


def _in_small_areas(
    indicators: pa.Table,
    units: list[str],
    nesting: Nesting,
    small_areas: Collection[tuple[str, str]],
) -> Flags:
    places = places_of(texts(indicators, "edition"), texts(indicators, "area_id"), nesting)
    return np.array(
        [
            place in small_areas and unit.startswith(SHARE_UNITS)
            for place, unit in zip(places, units, strict=True)
        ],
        dtype=np.bool_,
    )


def _repeated(rows: Rows, people: People) -> Flags:
    """Mark counts that the table of people hides, in a series that equals a group's counts."""
    marked = np.zeros(rows.value.size, dtype=np.bool_)
    told = [pair for pair in zip(people.counts, people.hidden, strict=True) if pair[1]]
    for chain in np.unique(rows.chain) if told else ():
        members = np.flatnonzero((rows.chain == chain) & rows.known)
        here = {rows.areas[rows.area[member]]: member for member in members}
        for counts, hidden in told:
            shared = counts.keys() & here.keys()
            if len(shared) >= LEAST_SHARED and all(
                rows.value[here[area]] == counts[area] for area in shared
            ):
                marked[[here[area] for area in shared & hidden]] = True
    return marked
