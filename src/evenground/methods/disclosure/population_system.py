"""The table of people as a system of cells: totals over areas, areas within areas, groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pyarrow as pa

from evenground.errors import Problem, UsageError
from evenground.language import N_
from evenground.methods.disclosure.additive_groups import additive_groups
from evenground.methods.disclosure.rules import Key, Nesting, Rules, texts
from evenground.methods.disclosure.table_system import (
    TOLERANCE,
    Equality,
    Flags,
    Interval,
    TableSystem,
    Vector,
    Whole,
    table_system,
)

TOTAL = "total"
LEAST_COVERED = 0.5
"""A group counted in fewer of the areas than this is not looked at for sums of groups."""
TOTALS = 2
"""Reluctance of totals over areas: after counts (0) and zeros (1)."""
Name = TypeVar("Name", str, Key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A table of people in codes; every array has shape (n_rows,).

    ``series`` is one edition and vintage, ``chain`` one series, level and group; ``parent`` is the
    code of the area that holds this one, -1 for none. ``known`` is false where the count is null.
    """

    value: Vector
    known: Flags
    series: Whole
    group: Whole
    area: Whole
    parent: Whole
    chain: Whole
    groups: tuple[str, ...]
    areas: tuple[Key, ...]
    n_children: Whole

    def find(self, *, series: Whole, group: Whole, area: Whole) -> Whole:
        """Return the row of each series, group and area; -1 where there is no known count."""
        key = self._key(self.series, self.group, self.area)
        order = np.argsort(key, kind="stable")
        wanted = self._key(series, group, area)
        place = np.minimum(np.searchsorted(key[order], wanted), key.size - 1)
        row = order[place]
        return np.where((key[row] == wanted) & (area >= 0) & self.known[row], row, -1)

    def _key(self, series: Whole, group: Whole, area: Whole) -> Whole:
        return (series * len(self.groups) + group) * (len(self.areas) + 1) + area


def canonical_order(population: pa.Table) -> Whole:
    """Return the order of rows by edition, vintage, group and area.

    What is left out must not hang on the order in which a file happens to list its rows.
    """
    names = ("edition", "vintage", "group", "area_id")
    keys = list(zip(*(texts(population, name) for name in names), strict=True))
    return np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)


def rows_of(population: pa.Table, nesting: Nesting, *, groups: Sequence[str] = ()) -> Rows:
    """Read the table into codes; ``groups`` are coded in their order, others after them.

    Raises
    ------
    UsageError
        If a count is negative or not finite.
    """
    value, known = counts_of(population, "count")
    editions = texts(population, "edition")
    places = places_of(editions, texts(population, "area_id"), nesting)
    area, areas = _coded(places)
    group, names = _coded(texts(population, "group"), groups)
    series, _ = _coded(list(zip(editions, texts(population, "vintage"), strict=True)))
    level, levels = _coded([nesting.level.get(place, "") for place in places])
    codes = {key: code for code, key in enumerate(areas)}
    above = [codes.get((key[0], nesting.parent.get(key, "")), -1) for key in areas]
    counted = np.zeros(len(areas), dtype=np.int64)
    for key, parent in nesting.parent.items():
        if (key[0], parent) in codes:
            counted[codes[key[0], parent]] += 1
    _, chain = np.unique((series * len(levels) + level) * len(names) + group, return_inverse=True)
    return Rows(
        value=value, known=known, series=series, group=group, area=area,
        parent=np.array(above, dtype=np.int64)[area], chain=chain.astype(np.int64),
        groups=tuple(names), areas=tuple(areas), n_children=counted,
    )  # fmt: skip


def counts_of(table: pa.Table, name: str) -> tuple[Vector, Flags]:
    """Return a column of counts with 0 where it is null, and where it is not null.

    Raises
    ------
    UsageError
        If a count is negative or not finite.
    """
    column = table.column(name).cast(pa.float64()).combine_chunks()
    known = np.asarray(column.is_valid(), dtype=np.bool_)
    value = np.asarray(column.fill_null(0.0), dtype=np.float64)
    if not np.isfinite(value).all() or (value < 0).any():
        raise UsageError(_UNUSABLE)
    return value, known


def population_system(
    rows: Rows, rules: Rules, *, hint: Interval | None = None, zeros_too: bool = False
) -> TableSystem:
    """Return the system: the table's rows first, then one total over areas for each chain.

    Parameters
    ----------
    hint, two of shape (n_rows,)
        Bounds of each count that show through the way in which totals are published.
    zeros_too
        Whether a zero may go to protect others, so that a gap no longer says "not zero".
    """
    n_rows = rows.value.size
    chains = _split(rows.chain, rows.known)
    sums = np.array([rows.value[members].sum() for members in chains], dtype=np.float64)
    value = np.concatenate([rows.value, sums])
    known = np.concatenate([rows.known, np.ones(sums.size, dtype=np.bool_)])
    order = _order(rows, chains, sums)
    equalities = [
        *(_sum(n_rows + chain, members) for chain, members in enumerate(chains) if members.size),
        *nested(rows),
        *_added_up(rows),
        *_zones(rows, chains, rules),
    ]
    whole_numbers = bool(np.allclose(value, np.rint(value), atol=TOLERANCE))
    zeros_stay = not (rules.suppress_zero or zeros_too)
    zero = value <= TOLERANCE
    return table_system(
        equalities,
        cells=(
            value,
            np.full(value.size, float(whole_numbers and zeros_stay)),
            known & small_counts(value, order, rules),
            ~known | (zero & zeros_stay),
            np.where(np.arange(value.size) < n_rows, zero.astype(np.int64), TOTALS),
        ),
        order=order,
        hint=None
        if hint is None
        else (
            np.concatenate([hint[0], np.zeros(sums.size)]),
            np.concatenate([hint[1], np.full(sums.size, np.inf)]),
        ),
    )


def small_counts(value: Vector, order: tuple[Whole, Whole], rules: Rules) -> Flags:
    """Mark counts below the threshold, and those that leave such a rest in their total."""

    def below(count: Vector) -> Flags:
        least = -TOLERANCE if rules.suppress_zero else TOLERANCE
        return (count > least) & (count < rules.threshold - TOLERANCE)

    if rules.threshold <= 1:
        return np.zeros(value.size, dtype=np.bool_)
    small: Flags = below(value)
    above, part = order
    rest = below(value[above] - value[part]) & ~small[above] & (value[part] > TOLERANCE)
    small[part[rest]] = True
    return small


def _order(rows: Rows, chains: Sequence[Whole], sums: Vector) -> tuple[Whole, Whole]:
    """Pairs (all residents, group) of the same area, and of the totals over the same areas."""
    if TOTAL not in rows.groups:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    total = np.full(rows.value.size, rows.groups.index(TOTAL))
    above = rows.find(series=rows.series, group=total, area=rows.area)
    above = np.where(above == np.arange(above.size), -1, above)
    below = np.flatnonzero(rows.known & (above >= 0))
    whole: list[tuple[int, int]] = []
    for chain, members in enumerate(chains):
        if members.size and (above[members] >= 0).all():
            all_residents = int(rows.chain[above[members[0]]])
            if chains[all_residents].size == members.size:
                whole.append((all_residents, chain))
    above = above[below]
    pairs = rows.value.size + np.array(whole, dtype=np.int64).reshape(-1, 2)
    above, below = np.concatenate([above, pairs[:, 0]]), np.concatenate([below, pairs[:, 1]])
    value = np.concatenate([rows.value, sums])
    # Counts of different makers may contradict; such a pair tells an attacker nothing.
    holds = value[above] >= value[below]
    return above[holds], below[holds]


def _sum(whole: int, parts: Whole) -> Equality:
    return Equality(cells=np.append(parts, whole), sign=np.append(np.ones(parts.size), -1.0))


def nested(rows: Rows) -> Iterator[Equality]:
    """Yield areas that are sums of the areas within them, where all of those are counted."""
    holder = rows.find(series=rows.series, group=rows.group, area=rows.parent)
    inside = rows.known & (holder >= 0)
    holders, code = np.unique(holder[inside], return_inverse=True)
    for whole, parts in zip(holders, _split(code, np.ones(code.size, dtype=np.bool_)), strict=True):
        if parts.size == rows.n_children[rows.area[whole]]:
            yield _sum(int(whole), np.flatnonzero(inside)[parts])


def _added_up(rows: Rows) -> Iterator[Equality]:
    """Yield groups that are sums of others in every area of a series."""
    for series in np.unique(rows.series[rows.known]):
        mine = np.flatnonzero(rows.known & (rows.series == series))
        areas, area = np.unique(rows.area[mine], return_inverse=True)
        group = rows.group[mine]
        cell = np.full((len(rows.groups), areas.size), -1, dtype=np.int64)
        cell[group, area] = mine
        # A group counted in a few areas only would leave no area to compare the others in.
        cell = cell[(cell >= 0).mean(axis=1) >= LEAST_COVERED]
        complete = (cell >= 0).all(axis=0)
        for whole, parts in additive_groups(rows.value[cell[:, complete]]):
            rows_of_sum = cell[[*parts, whole]]
            for place in np.flatnonzero((rows_of_sum >= 0).all(axis=0)):
                yield _sum(int(rows_of_sum[-1, place]), rows_of_sum[:-1, place])


def _zones(rows: Rows, chains: Sequence[Whole], rules: Rules) -> Iterator[Equality]:
    """Yield sums over areas that are public elsewhere."""
    for zone in rules.zones:
        inside = np.array([key[1] in zone for key in rows.areas], dtype=np.bool_)[rows.area]
        for members in chains:
            chosen = members[inside[members]]
            if chosen.size and chosen.size < members.size:
                yield Equality(cells=chosen, sign=np.ones(chosen.size))


def places_of(editions: list[str], areas: list[str], nesting: Nesting) -> list[Key]:
    """Name areas as the nesting does; no stated edition means the only one there is."""
    known: dict[str, set[str]] = {}
    for edition, area in nesting.level:
        known.setdefault(area, set()).add(edition)
    return [
        (next(iter(known[area])), area)
        if not edition and len(known.get(area, ())) == 1
        else (edition, area)
        for edition, area in zip(editions, areas, strict=True)
    ]


def _coded(values: list[Name], first: Sequence[Name] | None = None) -> tuple[Whole, list[Name]]:
    names: list[Name] = list(dict.fromkeys(first or []))
    names += [name for name in dict.fromkeys(values) if name not in names]
    codes = {name: code for code, name in enumerate(names)}
    return np.array([codes[value] for value in values], dtype=np.int64), names


def _split(code: Whole, chosen: Flags) -> list[Whole]:
    """Positions of the chosen entries of each code, in order."""
    n_codes = int(code.max(initial=-1)) + 1
    rows = np.flatnonzero(chosen)
    rows = rows[np.argsort(code[rows], kind="stable")]
    return np.split(rows, np.searchsorted(code[rows], np.arange(1, n_codes)))[:n_codes]


_UNUSABLE = Problem(
    code="disclosure.count",
    what=N_("The table of people holds a count that is negative or not a number."),
    rule=N_("Small counts can only be protected where counts are counts."),
    way_out=N_("Correct the count, or leave the cell empty."),
)
