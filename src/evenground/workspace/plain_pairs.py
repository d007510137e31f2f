"""People's places and sites from plain files, and what it costs to get from one to the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from evenground.errors import InvalidInputError, Place, ProblemKind, Severity, UsageError
from evenground.language import N_
from evenground.methods.accessibility.pairs import Pairs, pairs_from_costs, straight_line_pairs
from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.reach.measures.nearest_distance import nearest_distance
from evenground.schema import Kind
from evenground.stores.listing import capped
from evenground.workspace import plain_messages as say
from evenground.workspace.plain_points import PlainPoints, X, Y
from evenground.workspace.plain_reading import read_plain_table
from evenground.workspace.plain_tables import Layout, PlainTable, Wanted

NOT_STANDING = ProblemKind(
    code="not_standing",
    severity=Severity.NOTE,
    what=N_("not there on {value}"),
    rule=N_("What has not opened, or has closed, is in nobody's reach."),
    way_out=N_("Say another --on."),
)
NO_DATES = ProblemKind(
    code="no_dates",
    what=N_("--on names a day, and neither --opened nor --closed a column."),
    rule=N_("Without dates nobody can tell what stands on that day."),
    way_out=N_("Name the column of opening dates with --opened, or leave --on out."),
)
NO_DAY = ProblemKind(
    code="no_day",
    what=N_("--opened or --closed names a column, and --on no day."),
    rule=N_("What stands depends on the day."),
    way_out=N_("Say --on with a day, such as --on 2025-06-30."),
)
NOT_LISTED = ProblemKind(
    code="not_listed",
    severity=Severity.NOTE,
    what=N_("{column} names no row of {value}"),
    rule=N_("A cost counts between an origin and a site that are both in use."),
    way_out=N_("Check that the names are written alike in the files."),
)
NO_ID = ProblemKind(
    code="no_id",
    what=N_("A file of costs is given, and no column that names origins and sites."),
    rule=N_("Costs are found by the names of origins and sites."),
    way_out=N_("Say --id, and --site-id where the sites' column is called otherwise."),
)
NO_LIMIT = ProblemKind(
    code="no_limit",
    what=N_("{value} looks at all sites, however far."),
    rule=N_("Without an end each place is listed with every site, so one has to be set."),
    way_out=N_("Say --within in metres, beyond what anybody would travel."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteColumns:
    """What the file of sites calls its columns; empty where there is none."""

    capacity: str = ""
    names: str = ""
    opened: str = ""
    closed: str = ""
    x: str = ""
    y: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginColumns:
    """What the file of origins calls its columns; empty where there is none."""

    people: str = ""
    names: str = ""
    group: str = ""
    x: str = ""
    y: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostColumns:
    """What the file of costs calls its columns, and the unit of the costs."""

    origin: str
    site: str
    cost: str
    unit: str


def read_origins(path: Path, named: OriginColumns, *, layout: Layout) -> PlainTable:
    """Return people's places.

    Raises
    ------
    EvengroundError
        As ``read_plain_table`` does.
    """
    wanted = {
        "people": Wanted(column=named.people, option="--people", low=0.0),
        "id": Wanted(column=named.names, option="--id", kind=Kind.TEXT, names_rows=True),
        "group": Wanted(column=named.group, option="--group", kind=Kind.TEXT),
        X: _coordinate(named.x, "--x"),
        Y: _coordinate(named.y, "--y"),
    }
    table = read_plain_table(path, _named(wanted), layout=layout)
    return table.with_something("people")


def read_sites(path: Path, named: SiteColumns, *, layout: Layout, on: date | None) -> PlainTable:
    """Return the sites that stand on a day, or all of them.

    Raises
    ------
    UsageError
        If a day is named and no column of dates, or the other way round.
    EvengroundError
        As ``read_plain_table`` does.
    """
    dated = bool(named.opened or named.closed)
    if dated != (on is not None):
        raise UsageError((NO_DAY if dated else NO_DATES).at(Place()))
    wanted = {
        "capacity": Wanted(column=named.capacity, option="--capacity", low=0.0),
        "id": Wanted(column=named.names, option="--site-id", kind=Kind.TEXT, names_rows=True),
        "opened": _day(named.opened, "--opened"),
        "closed": _day(named.closed, "--closed"),
        X: _coordinate(named.x, "--site-x"),
        Y: _coordinate(named.y, "--site-y"),
    }
    table = read_plain_table(path, _named(wanted), layout=layout)
    if on is not None:
        table = table.without(_not_standing(table, on), NOT_STANDING.at(table.place, value=on))
    return table.with_rows().with_something("capacity")


def _coordinate(column: str, option: str) -> Wanted:
    return Wanted(column=column, option=option, may_lack=True, unless_shapes=True)


def _day(column: str, option: str) -> Wanted:
    return Wanted(column=column, option=option, kind=Kind.DATE, may_lack=True)


def _named(wanted: dict[str, Wanted]) -> dict[str, Wanted]:
    return {name: one for name, one in wanted.items() if one.column}


def _not_standing(table: PlainTable, on: date) -> Flags:
    """Return which sites have not opened, or have closed by that day; no date is no bound."""
    day = np.datetime64(on)
    out = np.zeros(table.n_used, dtype=np.bool_)
    if "opened" in table.columns:
        out |= table.columns["opened"] > day
    if "closed" in table.columns:
        out |= table.columns["closed"] <= day
    return out


def line_limit(keys: Sequence[str], bounds: Sequence[float | None]) -> float:
    """Return how far straight lines are listed: as far as anything that was said needs.

    Raises
    ------
    UsageError
        If nothing that was said has an end, and a measure looks at all that is listed.
    """
    ends = [one for one in bounds if one is not None and np.isfinite(one)]
    looks_at_all = [key for key in keys if key != "nearest"]
    if not ends and looks_at_all:
        raise UsageError(*(NO_LIMIT.at(Place(), value=key) for key in looks_at_all))
    return max(ends, default=1.0)


def line_pairs(origins: PlainPoints, sites: PlainPoints, *, limit: float) -> tuple[Pairs, Vector]:
    """Return straight lines up to a limit, and the distance to the nearest site however far."""
    import shapely

    ends = [np.asarray(shapely.points(one.xy), dtype=np.object_) for one in (origins, sites)]
    found = nearest_distance(ends[0], ends[1])
    return straight_line_pairs(origins.xy, sites.xy, limit=limit), found.metres


def read_costs(
    path: Path, named: CostColumns, *, ends: tuple[PlainTable, PlainTable], layout: Layout
) -> tuple[Pairs, PlainTable]:
    """Return pairs with the costs of a file, and the file's rows in use.

    Parameters
    ----------
    path, named, layout
        The file and its columns.
    ends
        Origins and sites, each with a column ``id``.

    Raises
    ------
    UsageError
        If origins or sites have no names.
    InvalidInputError
        If two rows have the same name, or two costs the same ends.
    """
    if not all("id" in table.columns for table in ends):
        raise UsageError(NO_ID.at(Place()))
    wanted = {
        "from": Wanted(column=named.origin, option="--from", kind=Kind.TEXT),
        "to": Wanted(column=named.site, option="--to", kind=Kind.TEXT),
        "cost": Wanted(column=named.cost, option="--cost", low=0.0),
    }
    table = read_plain_table(path, wanted, layout=layout)
    for name, other in zip(("from", "to"), ends, strict=True):
        known = _positions(other, "id")
        out = np.array([text not in known for text in table.texts(name)], dtype=np.bool_)
        at = replace(table.place, column=wanted[name].column)
        table = table.without(out, NOT_LISTED.at(at, value=other.place.file))
    table = table.with_rows()
    at = tuple(
        _numbered(table.texts(name), _positions(other, "id"))
        for name, other in zip(("from", "to"), ends, strict=True)
    )
    refuse_repeated(
        table, [f"{a} – {b}" for a, b in zip(*_ends(table), strict=True)], ("from", "to")
    )
    pairs = pairs_from_costs(
        (at[0], at[1]),
        table.number("cost"),
        shape=(ends[0].n_used, ends[1].n_used),
        unit=named.unit,
    )
    return pairs, table


def _ends(table: PlainTable) -> tuple[list[str], list[str]]:
    return table.texts("from"), table.texts("to")


def _numbered(names: Sequence[str], known: dict[str, int]) -> Whole:
    return np.array([known[name] for name in names], dtype=np.int64)


def _positions(table: PlainTable, column: str) -> dict[str, int]:
    names = table.texts(column)
    refuse_repeated(table, names, (column,))
    return {name: at for at, name in enumerate(names)}


def refuse_repeated(table: PlainTable, names: Sequence[str], columns: Sequence[str]) -> None:
    """Refuse rows that have the same name; ``columns`` say what names them.

    Raises
    ------
    InvalidInputError
        If there are any; each is listed.
    """
    first: dict[str, int] = {}
    again = [at for at, name in enumerate(names) if first.setdefault(name, at) != at]
    keys = ", ".join(table.wanted[column].column for column in columns)
    if again:
        raise InvalidInputError(
            *capped(
                say.CONTRADICTING_ROW.at(
                    table.at(at),
                    value=names[at],
                    keys=keys,
                    first=int(table.rows[first[names[at]]]),
                )
                for at in again
            )
        )
