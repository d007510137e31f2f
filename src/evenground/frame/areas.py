"""Areas and people as arrays in one order of areas: baselines, and how areas belong to groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evenground.city import BaselineChoice, Group, GroupKind
from evenground.frame.columns import AreaColumns, Vector, counts_of
from evenground.methods.group_attribution import (
    Membership,
    area_classes,
    population_groups,
)
from evenground.methods.margins_of_error import UncertainCounts, group_totals
from evenground.methods.quantile_classes import quantile_classes
from evenground.protocol import Case

if TYPE_CHECKING:
    import pyarrow as pa

TOTAL = "total"
"""The population table's group of all residents."""

DEFAULT_PEOPLE = BaselineChoice(
    key="people", name="wording:residents", kind="people", unit="wording:residents"
)
EVERYONE_ELSE = "wording:other_people"
DEFAULT_AREA = BaselineChoice(key="area", name="wording:land_area", kind="area", unit="km²")


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Against what even is measured: ``counts`` by area; ``known`` where there is a figure."""

    choice: BaselineChoice
    counts: UncertainCounts
    known: NDArray[np.bool_]
    has_margins: bool
    vintage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """One grouping: members in order, names for sentences, how areas belong to them.

    ``classes`` holds the class of each area (-1: none) for a grouping of areas, else ``None``;
    ``pairs`` are (focus, reference) row numbers that sentences compare, the city's choice first.
    ``rows`` and ``totals`` hold the counts of each counted group with their own margins, by area
    and city-wide. ``nobody_in`` names groups that are left out, since nobody is counted in them;
    ``n_partly`` areas are in no group, since not all of these groups are counted there.
    """

    group: Group
    names: tuple[str, ...]
    membership: Membership
    classes: NDArray[np.int64] | None
    pairs: tuple[tuple[int, int], ...]
    totals: UncertainCounts | None = None
    rows: tuple[UncertainCounts, ...] = ()
    indicator: Vector | None = None
    margin: Vector | None = None
    nobody_in: tuple[str, ...] = ()
    n_partly: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Areas in order of their codes, with baselines (lead first) and groupings.

    ``n_unplaced`` areas came without a shape or point and are left out; ``unmade`` groupings ask
    for more classes than so many equal values allow.
    """

    area_ids: tuple[str, ...]
    outlines: NDArray[np.object_]
    has_shapes: bool
    baselines: tuple[Baseline, ...]
    groupings: tuple[Grouping, ...]
    people: Baseline | None
    n_unplaced: int = 0
    unmade: tuple[Group, ...] = ()

    @property
    def lead(self) -> Baseline | None:
        """The city's own choice of baseline, else the first there is."""
        return self.baselines[0] if self.baselines else None


def frame(tables: Mapping[str, pa.Table], case: Case) -> Frame | None:
    """Align the tables with the areas; ``None`` when there are no areas."""
    areas = case.places.get("areas")
    if areas is None or len(areas) == 0:
        return None
    import shapely

    outlines = areas.geometry.to_numpy()
    placed = ~(shapely.is_missing(outlines) | shapely.is_empty(outlines))
    if not placed.any():
        return None
    areas, outlines = areas[placed], outlines[placed]
    ids = tuple(str(one) for one in areas["area_id"])
    columns = AreaColumns({area_id: row for row, area_id in enumerate(ids)}, tables)
    has_shapes = bool(np.all(shapely.get_dimensions(outlines) == 2))  # noqa: PLR2004 - polygons
    baselines = _baselines(case, columns, land=_land(areas, has_shapes=has_shapes))
    lead = baselines[0] if baselines else None
    groupings = [
        _counted(grouping, lead)
        for group in case.city.groups
        if (grouping := _grouping(group, columns)) is not None
    ]
    return Frame(
        area_ids=ids,
        outlines=outlines,
        has_shapes=has_shapes,
        baselines=baselines,
        groupings=tuple(one for one in groupings if one is not None),
        people=next((b for b in baselines if b.choice.kind == "people"), None),
        n_unplaced=int((~placed).sum()),
        unmade=tuple(group for group in case.city.groups if _is_unmade(group, columns)),
    )


def _baselines(case: Case, columns: AreaColumns, *, land: Vector | None) -> tuple[Baseline, ...]:
    """Return every baseline that the data allow, the city's own choice first."""
    chosen = list(case.city.baselines) or [DEFAULT_PEOPLE]
    if land is not None and not any(one.kind == "area" for one in chosen):
        chosen.append(DEFAULT_AREA)
    chosen.sort(key=lambda one: not one.lead)
    found: list[Baseline] = []
    for choice in chosen:
        if choice.kind == "area":
            if land is None:
                continue
            counts, known, margins = _measured(land), land > 0, False
        elif choice.indicator:
            counts, known, margins = counts_of(columns, "indicators", choice.indicator)
        else:
            counts, known, margins = counts_of(columns, "population", choice.group)
        if known.any() and counts.value.sum() > 0:
            vintage = columns.vintage(choice.group) if not choice.indicator else choice.period
            found.append(
                Baseline(
                    choice=choice, counts=counts, known=known, has_margins=margins, vintage=vintage
                )
            )
    return tuple(found)


def _measured(land: Vector) -> UncertainCounts:
    """Return a measured quantity whose error is far below that of any count."""
    none = np.zeros_like(land)
    return UncertainCounts(value=land, standard_error=none, rounding=none)


def _land(areas: Any, *, has_shapes: bool) -> Vector | None:
    given = areas["land_km2"].to_numpy(dtype=float, na_value=np.nan)
    if not has_shapes:
        return np.nan_to_num(given) if np.isfinite(given).all() else None
    return np.where(np.isfinite(given), given, areas.geometry.area.to_numpy() / 1e6)


def _grouping(group: Group, columns: AreaColumns) -> Grouping | None:
    if group.kind is GroupKind.CLASSES:
        return _classes(group, columns)
    return _people(group, columns)


def _counted(grouping: Grouping, lead: Baseline | None) -> Grouping | None:
    """Leave out groups in which nobody is counted: no rate can be given for them.

    ``None`` where fewer than two are left to compare.
    """
    if lead is None:
        return grouping
    people = grouping.membership.share @ np.where(lead.known, lead.counts.value, 0.0)
    kept = np.flatnonzero(people > 0)
    if len(kept) == len(people):
        return grouping
    if len(kept) < 2:  # noqa: PLR2004 - a pair
        return None
    place = {int(row): position for position, row in enumerate(kept)}
    pairs = tuple((place[a], place[b]) for a, b in grouping.pairs if a in place and b in place)
    classes = grouping.classes
    return replace(
        grouping,
        names=tuple(grouping.names[row] for row in kept),
        membership=replace(grouping.membership, share=grouping.membership.share[kept]),
        classes=None if classes is None else np.array([place.get(int(c), -1) for c in classes]),
        pairs=pairs or ((len(kept) - 1, 0),),
        totals=None if grouping.totals is None else grouping.totals.take(kept),
        rows=tuple(grouping.rows[row] for row in kept) if grouping.rows else (),
        nobody_in=tuple(grouping.names[row] for row in np.flatnonzero(people <= 0)),
    )


def _classes(group: Group, columns: AreaColumns) -> Grouping | None:
    indicator = columns.values("indicators", group.indicator, "value")
    if not np.isfinite(indicator).any() or _is_unmade(group, columns):
        return None
    classes, names = _sorted_into_classes(group, indicator)
    order = _pairs(group.compare, names, default=(len(names) - 1, 0))
    return Grouping(
        group=group,
        names=names,
        membership=area_classes(classes, n_classes=len(names)),
        classes=classes,
        pairs=(order,),
        indicator=indicator,
        margin=columns.values("indicators", group.indicator, "margin"),
    )


def _is_unmade(group: Group, columns: AreaColumns) -> bool:
    """Tell whether so many areas share a value that they fall into fewer classes than asked for."""
    if group.kind is not GroupKind.CLASSES or group.by_value or group.breaks:
        return False
    values = columns.values("indicators", group.indicator, "value")
    known = values[np.isfinite(values)]
    if not known.size:
        return False
    cuts = np.quantile(known, np.arange(group.classes + 1) / group.classes)
    return bool((np.diff(cuts) <= 0).any())


def _sorted_into_classes(
    group: Group, indicator: Vector
) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    known = np.isfinite(indicator)
    if group.by_value:
        values = np.unique(indicator[known])
        classes = np.where(known, np.searchsorted(values, indicator), -1)
        names = tuple(f"{value:g}" for value in values)
    elif group.breaks:
        inner = np.asarray(group.breaks, dtype=float)
        classes = np.where(known, np.searchsorted(inner, indicator, side="right"), -1)
        names = tuple(str(n + 1) for n in range(len(inner) + 1))
    else:
        classes = quantile_classes(indicator, group.classes)
        names = tuple(str(n + 1) for n in range(group.classes))
    fitting = len(group.labels) == len(names)  # else nobody knows which label is whose
    return classes.astype(np.int64), group.labels if fitting else names


def _pairs(
    compare: tuple[str, str] | None, names: tuple[str, ...], *, default: tuple[int, int]
) -> tuple[int, int]:
    if compare and compare[0] in names and compare[1] in names:
        return names.index(compare[0]), names.index(compare[1])
    return default


def _people(group: Group, columns: AreaColumns) -> Grouping | None:
    """Group people within areas: the members, then everyone else (or ``against``).

    An area where one of them is not known is in no group: what is not counted is not 0, and the
    rest would hold it.
    """
    total, total_known, _ = counts_of(columns, "population", TOTAL)
    members = [counts_of(columns, "population", member) for member in group.members]
    if not members or not total_known.any() or not all(known.any() for _, known, _ in members):
        return None
    if group.against:
        members.append(counts_of(columns, "population", group.against))
    all_known = np.all([total_known, *(known for _, known, _ in members)], axis=0)
    rows = [_where(counts, all_known) for counts, _, _ in members]
    if not group.against:
        rows.append(_remainder(_where(total, all_known), rows))
    rest = group.names.get(group.against or "rest", group.against)
    names = (*(group.names.get(member, member) for member in group.members), rest or EVERYONE_ELSE)
    last = len(names) - 1
    within = np.vstack([np.minimum(row.value, total.value) for row in rows])
    chosen = _pairs(group.compare, names, default=(0, last))
    others = tuple((member, last) for member in range(last))
    return Grouping(
        group=group,
        names=names,
        membership=population_groups(within, total.value),
        classes=None,
        pairs=tuple(dict.fromkeys((chosen, *others))),
        totals=_summed(rows),
        rows=tuple(rows),
        n_partly=int((total_known & ~all_known).sum()),
    )


def _where(counts: UncertainCounts, known: NDArray[np.bool_]) -> UncertainCounts:
    """Return the counts of the areas where they are known, nobody elsewhere."""
    return UncertainCounts(
        value=counts.value * known,
        standard_error=counts.standard_error * known,
        rounding=counts.rounding * known,
    )


def _remainder(total: UncertainCounts, parts: list[UncertainCounts]) -> UncertainCounts:
    """Return everyone who is in none of the parts; errors add as independent ones do."""
    left = total.value - np.sum([part.value for part in parts], axis=0)
    errors = [total.standard_error, *(part.standard_error for part in parts)]
    return UncertainCounts(
        value=np.maximum(left, 0.0),
        standard_error=np.sqrt(np.sum(np.square(errors), axis=0)),
        rounding=total.rounding,
    )


def _summed(rows: list[UncertainCounts]) -> UncertainCounts:
    """Return the city-wide total of each row."""
    ones = np.ones((1, rows[0].value.size))
    totals = [group_totals(row, ones) for row in rows]
    return UncertainCounts(
        value=np.concatenate([one.value for one in totals]),
        standard_error=np.concatenate([one.standard_error for one in totals]),
        rounding=np.concatenate([one.rounding for one in totals]),
    )
