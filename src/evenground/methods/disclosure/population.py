"""Protect a table of people by area and group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenground.methods.disclosure.allocation import fitted, spread
from evenground.methods.disclosure.division import divided, series_groups
from evenground.methods.disclosure.population_system import (
    TOTAL,
    TOTALS,
    Rows,
    canonical_order,
    population_system,
    rows_of,
)
from evenground.methods.disclosure.rules import Certificate, Nesting, People, Rules, texts
from evenground.methods.disclosure.suppression import Suppression, suppress
from evenground.methods.disclosure.table_system import (
    Flags,
    Interval,
    TableSystem,
    Vector,
    outer_bounds,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """A table that may be published, with what was done to it.

    Attributes
    ----------
    table
        Suppressed counts are replaced by an allocation of what remains; their ``margin`` is null
        and their ``rounded_to`` is the width of the interval that they certainly lie in. Rows of
        withheld groups are not in it.
    kept
        Which of the given rows are in it, shape (n_rows_given,).
    suppressed
        One boolean per row of ``table``.
    low, high
        Bounds in people, one per row of ``table``, that certainly hold the true count; both equal
        the count where nothing was suppressed.
    n_primary, n_complementary
        Counts left out for being small (or leaving a small rest), and to protect those.
    withheld
        Groups left out wholly, because their total is small or would give a small count away.
    certificate
        The audit's outcome.
    """

    table: pa.Table
    kept: Flags
    suppressed: pa.BooleanArray
    low: pa.DoubleArray
    high: pa.DoubleArray
    n_primary: int
    n_complementary: int
    withheld: tuple[str, ...]
    certificate: Certificate

    @property
    def n_suppressed(self) -> int:
        """Counts that the table does not hold as they are, withheld ones included."""
        return self.n_primary + self.n_complementary


def protect(
    population: pa.Table, *, rules: Rules | None = None, nesting: Nesting | None = None
) -> Protected:
    """Suppress small counts of people, and whatever would give them away.

    What one table can defend, it defends: against its own totals, levels, groups that add up, and
    differences between dossiers made from the same table, which all leave out the same cells. It
    cannot defend against tables that it does not know, such as another city's counts for areas that
    overlap these; name what is public elsewhere in ``Rules.zones``. Nor does it hide that a cell
    was left out, from which a reader may conclude that it or a neighbour is small.

    Parameters
    ----------
    population
        Columns of the ``population`` table: ``area_id``, ``group``, ``count`` and, where present,
        ``vintage``, ``edition``, ``margin``, ``rounded_to``. Null counts are left alone.
    nesting
        Which areas lie within which; without it all areas are taken to be of one level.

    Raises
    ------
    UsageError
        If a count is negative or not finite.
    """
    rules = rules or Rules()
    order = canonical_order(population)
    groups = list(dict.fromkeys(texts(population, "group")))
    given = rows_of(population.take(order), nesting or Nesting(), groups=groups)
    rows, system, chosen = _pattern(given, rules)
    n_rows = rows.value.size
    withheld = _withheld(rows, chosen.suppressed[n_rows:])
    low, high = outer_bounds(system, chosen.suppressed)
    value = fitted(system, chosen.suppressed, _guess(rows, system, chosen.suppressed, (low, high)))
    back = np.argsort(order)
    gone, keep = chosen.suppressed[:n_rows], ~withheld[back]
    n_primary = int((system.primary[:n_rows] & gone).sum())
    lost = gone | (withheld & rows.known & (rows.value > 0))
    n_complementary = int(lost.sum()) - n_primary
    table = _rewritten(population, gone[back], value[back], (high - low)[back])
    return Protected(
        table=table.filter(pa.array(keep)),
        kept=keep,
        suppressed=pa.array(gone[back][keep]),
        low=pa.array(low[back][keep]),
        high=pa.array(high[back][keep]),
        n_primary=n_primary,
        n_complementary=n_complementary,
        withheld=tuple(dict.fromkeys(rows.groups[code] for code in rows.group[withheld])),
        certificate=_certificate(system, chosen, n_complementary),
    )


def _pattern(given: Rows, rules: Rules) -> tuple[Rows, TableSystem, Suppression]:
    """Choose what goes; a group that could not be shown with its total divided stays whole."""
    whole: set[int] = set()
    while True:
        division = divided(given, rules, whole=whole)
        system = population_system(division.rows, rules, hint=division.hint)
        chosen = suppress(system, threshold=rules.threshold)
        if chosen.exposed.size:
            # So few people that known zeros give the rest away: zeros have to go as well.
            system = population_system(division.rows, rules, hint=division.hint, zeros_too=True)
            chosen = suppress(system, threshold=rules.threshold)
        withheld = _withheld(division.rows, chosen.suppressed[given.value.size :])
        lost = division.groups & set(series_groups(given)[withheld].tolist())
        if not lost:
            return division.rows, system, chosen
        whole |= lost


def _withheld(rows: Rows, totals_gone: Flags) -> Flags:
    """Mark the rows of groups, in one edition and vintage, of which a total cannot be published."""
    series_group = series_groups(rows)
    return np.isin(series_group, series_group[totals_gone[rows.chain]])


def _guess(rows: Rows, system: TableSystem, suppressed: Flags, bounds: Interval) -> Vector:
    """Spread the rest of each published total over its suppressed cells, by all residents."""
    n_rows = rows.value.size
    guess = np.where(suppressed, bounds[0], system.value)
    all_residents = np.full(n_rows, -1)
    if TOTAL in rows.groups:
        total = np.full(n_rows, rows.groups.index(TOTAL))
        all_residents = rows.find(series=rows.series, group=total, area=rows.area)
    of_total = all_residents == np.arange(n_rows)
    gone = suppressed[:n_rows]
    chains = np.unique(rows.chain[gone])
    # All residents first: groups are spread by them.
    first = [chain for chain in chains if of_total[rows.chain == chain].all()]
    for chain in [*first, *np.setdiff1d(chains, first)]:
        members = np.flatnonzero((rows.chain == chain) & rows.known)
        if suppressed[n_rows + chain]:
            continue
        hidden = members[gone[members]]
        rest = float(system.value[n_rows + chain] - rows.value[members[~gone[members]]].sum())
        by = all_residents[hidden]
        weight = np.where((by >= 0) & ~of_total[hidden], guess[by], 1.0)
        guess[hidden] = spread(rest, weight, (bounds[0][hidden], bounds[1][hidden]))
    return guess


def _rewritten(population: pa.Table, gone: Flags, value: Vector, width: Vector) -> pa.Table:
    """Put the allocated counts in, empty their margins and state how wide their bounds are."""
    if not gone.any():
        return population
    empty = pa.nulls(gone.size, pa.float64())
    for name, new in (
        ("count", pa.array(value)),
        ("margin", empty),
        ("rounded_to", pa.array(width)),
    ):
        if name in population.column_names:
            old = population.column(name).cast(pa.float64()).combine_chunks()
            column = pc.call_function("if_else", [pa.array(gone), new, old])
            place = population.column_names.index(name)
            population = population.set_column(place, pa.field(name, pa.float64()), column)
    return population


def _certificate(system: TableSystem, chosen: Suppression, n_complementary: int) -> Certificate:
    primary = system.primary & chosen.suppressed
    primary[chosen.exposed] = False
    wide = chosen.audit.high[primary] - chosen.audit.low[primary]
    return Certificate(
        n_cells=system.n_cells,
        n_relations=system.n_relations,
        n_primary=int((system.primary & chosen.suppressed & (system.reluctance < TOTALS)).sum()),
        n_complementary=n_complementary,
        n_exposed=int(chosen.exposed.size),
        least_values=round(float(wide.min())) + 1 if wide.size else None,
        n_programmes=chosen.audit.n_programmes,
    )


def people_of(
    population: pa.Table, protected: Protected | None, *, rules: Rules, nesting: Nesting
) -> People:
    """Return what other tables must not give away of ``population``.

    ``protected`` was made from it; ``None`` says that its counts are public.
    """
    rows = rows_of(population, nesting)
    gone = np.zeros(rows.value.size, dtype=np.bool_)
    if protected is not None:
        gone = ~protected.kept
        gone[protected.kept] = np.asarray(protected.suppressed, dtype=np.bool_)
    few = rows.known & (rows.value > 0) & (rows.value < rules.threshold)
    few &= np.array([name == TOTAL for name in rows.groups], dtype=np.bool_)[rows.group]
    series_group = series_groups(rows)
    members = [
        np.flatnonzero((series_group == one) & rows.known) for one in np.unique(series_group)
    ]
    return People(
        small_areas=frozenset(rows.areas[code] for code in rows.area[few]),
        counts=tuple(
            {rows.areas[rows.area[row]]: float(rows.value[row]) for row in mine} for mine in members
        ),
        hidden=tuple(
            frozenset(rows.areas[rows.area[row]] for row in mine if gone[row]) for mine in members
        ),
    )
