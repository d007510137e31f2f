"""Floors of a plain file: sites that a district must have, and what a group must be given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evenground.errors import InvalidInputError, Place, Problem, UsageError, nearest_name
from evenground.methods.siting import Floors
from evenground.schema import Kind
from evenground.stores.listing import capped
from evenground.workspace import plain_siting_messages as say
from evenground.workspace.plain_reading import read_plain_table
from evenground.workspace.plain_tables import Layout, PlainTable, Wanted

_TEXTS, _NUMBERS = ("district", "group"), ("units", "mean_cost", "covered")


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorRow:
    """One floor: of a district (``units``) or of a group (the others); ``None`` asks nothing."""

    district: str
    group: str
    units: float | None
    mean_cost: float | None
    covered: float | None


def read_floors(path: Path, *, layout: Layout) -> tuple[PlainTable, tuple[FloorRow, ...]]:
    """Return the floors of a file with columns district or group, and units, mean_cost, covered.

    Raises
    ------
    InvalidInputError
        If a row sets no floor; each is listed.
    EvengroundError
        As ``read_plain_table`` does.
    """
    wanted = {
        name: Wanted(
            column=name, option="--floors", kind=Kind.TEXT if name in _TEXTS else Kind.NUMBER,
            low=0.0, high=1.0 if name == "covered" else None, whole=name == "units",
            may_lack=True, if_there=True,
        )
        for name in (*_TEXTS, *_NUMBERS)
    }  # fmt: skip
    table = read_plain_table(path, wanted, layout=layout)
    rows = tuple(_row(table, at) for at in range(table.n_used))
    nothing = [at for at, row in enumerate(rows) if not _sets(row)]
    if nothing:
        raise InvalidInputError(*capped(say.NO_FLOOR.at(table.at(at)) for at in nothing))
    return table, rows


def _row(table: PlainTable, at: int) -> FloorRow:
    def text(name: str) -> str:
        return str(table.columns[name][at]) if name in table.columns else ""

    def number(name: str) -> float | None:
        value = float(table.columns[name][at]) if name in table.columns else np.nan
        return value if np.isfinite(value) else None

    return FloorRow(
        district=text("district"), group=text("group"), units=number("units"),
        mean_cost=number("mean_cost"), covered=number("covered"),
    )  # fmt: skip


def _sets(row: FloorRow) -> bool:
    of_group = row.mean_cost is not None or row.covered is not None
    if row.district:
        return not row.group and row.units is not None and not of_group
    return bool(row.group) and of_group and row.units is None


def floors_of(
    given: tuple[PlainTable, tuple[FloorRow, ...]],
    groups: Sequence[str],
    candidates: PlainTable,
    *,
    radius: float | None,
) -> tuple[Floors, tuple[str, ...]]:
    """Return floors as the methods take them, and the names of the districts by number.

    Parameters
    ----------
    given
        From ``read_floors``.
    groups
        Names of the groups.
    candidates
        With a column ``district`` if a floor is for one.
    radius
        Cost within which people count as covered; needed if a floor says ``covered``.

    Raises
    ------
    UsageError
        If ``radius`` is needed and missing.
    InvalidInputError
        If a district or group is not known; each is listed.
    """
    table, rows = given
    of_districts = [row for row in rows if row.district]
    if of_districts and "district" not in candidates.columns:
        at = say.NO_DISTRICTS.at(table.place, value="district", other=candidates.place.file)
        raise InvalidInputError(at)
    if radius is None and any(row.covered is not None for row in rows):
        raise UsageError(say.NEEDS_RADIUS.at(Place(), value="--floors"))
    places = candidates.texts("district") if of_districts else []
    districts = list(dict.fromkeys(places))
    _refuse_unknown(given, {"district": districts, "group": groups})
    least = dict.fromkeys(districts, 0.0)
    for row in of_districts:
        least[row.district] = max(least[row.district], row.units or 0.0)
    costs = {row.group: row.mean_cost for row in rows if row.mean_cost is not None}
    shares = {row.group: row.covered for row in rows if row.covered is not None}
    numbers = {name: at for at, name in enumerate(districts)}
    floors = Floors(
        district=[numbers[name] for name in places] if of_districts else None,
        units=list(least.values()) if of_districts else None,
        mean_cost=[costs.get(name, np.inf) for name in groups] if costs else None,
        covered=[shares.get(name, 0.0) for name in groups] if shares else None,
        radius=radius if shares else None,
    )
    return floors, tuple(districts)


def _refuse_unknown(
    given: tuple[PlainTable, tuple[FloorRow, ...]], known: Mapping[str, Sequence[str]]
) -> None:
    table, rows = given
    wrong: list[Problem] = []
    for column, names in known.items():
        for at, row in enumerate(rows):
            value = str(getattr(row, column))
            if value and value not in names:
                near = nearest_name(value, names)
                listed = ", ".join(name for name in names if name)
                place = table.at(at, column)
                wrong.append(say.FLOOR_UNKNOWN.at(place, value=value, nearest=near, known=listed))
    if wrong:
        raise InvalidInputError(*capped(wrong))
