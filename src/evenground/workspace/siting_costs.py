"""What it costs to get from demand places to candidates: listed, straight, or on streets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from evenground.errors import InvalidInputError
from evenground.methods.accessibility.pairs import Pairs
from evenground.methods.network import StreetTerms
from evenground.methods.validation import Vector, Whole
from evenground.schema import Kind
from evenground.stores.listing import capped
from evenground.workspace import plain_messages
from evenground.workspace import plain_siting_messages as say
from evenground.workspace.access_on_streets import OnStreets, access_on_streets
from evenground.workspace.plain_pairs import NOT_LISTED, CostColumns
from evenground.workspace.plain_points import X, points_in_metres
from evenground.workspace.plain_reading import read_plain_table
from evenground.workspace.plain_streets import StreetColumns, read_streets
from evenground.workspace.plain_tables import Layout, PlainTable, Wanted

LISTED, STRAIGHT, STREETS = "listed", "straight_line", "streets"


@dataclass(frozen=True, slots=True, kw_only=True)
class SitingCosts:
    """Costs of all pairs, with the rows that they are for.

    Attributes
    ----------
    costs, shape (n, m)
        Infinite where out of reach.
    demand, candidates
        The rows in use, in the order of the costs.
    kind
        What costs are: ``LISTED``, ``STRAIGHT`` or ``STREETS``.
    unit, crs
        Of costs (empty if nobody says), and the system that places were measured in.
    more
        Other files that were read.
    """

    costs: Vector
    demand: PlainTable
    candidates: PlainTable
    kind: str
    unit: str
    crs: str = ""
    more: tuple[PlainTable, ...] = ()
    on_streets: OnStreets | None = None


def listed_costs(
    path: Path, named: CostColumns, *, ends: tuple[PlainTable, PlainTable], layout: Layout
) -> SitingCosts:
    """Return the costs of a file with a row for each pair; a pair without a row is out of reach.

    Parameters
    ----------
    path, named, layout
        The file and its columns.
    ends
        Demand and candidates, each with a column ``id``, no name twice.

    Raises
    ------
    InvalidInputError
        If a pair is listed twice, or no pair of a demand place and a candidate is listed.
    EvengroundError
        As ``read_plain_table`` does.
    """
    wanted = {
        "from": Wanted(column=named.origin, option="--from", kind=Kind.TEXT),
        "to": Wanted(column=named.site, option="--to", kind=Kind.TEXT),
        "cost": Wanted(column=named.cost, option="--pair-cost", low=0.0),
    }
    table = read_plain_table(path, wanted, layout=layout)
    at = [_positions(table, name, end) for name, end in zip(("from", "to"), ends, strict=True)]
    if not ((at[0] >= 0) & (at[1] >= 0)).any():
        pair = (table.texts("from")[0], table.texts("to")[0])
        raise InvalidInputError(say.NO_PAIR_LISTED.at(table.place, value=pair[0], nearest=pair[1]))
    out = at[0] < 0
    for name, end, lost in (("from", ends[0], out), ("to", ends[1], ~out & (at[1] < 0))):
        place = replace(table.place, column=wanted[name].column)
        kept = lost if name == "from" else lost[at[0] >= 0]
        table = table.without(kept, NOT_LISTED.at(place, value=end.place.file))
    used = (at[0] >= 0) & (at[1] >= 0)
    row, column = at[0][used], at[1][used]
    _refuse_repeated(table, row * ends[1].n_used + column)
    costs = np.full((ends[0].n_used, ends[1].n_used), np.inf)
    costs[row, column] = table.number("cost")
    return SitingCosts(
        costs=costs, demand=ends[0], candidates=ends[1], kind=LISTED, unit=named.unit,
        more=(table,),
    )  # fmt: skip


def _positions(table: PlainTable, name: str, end: PlainTable) -> Whole:
    """Return which row of ``end`` each row names; -1 for none."""
    import pandas as pd

    names: Any = pd.Index(end.columns["id"], dtype=object)
    return np.asarray(names.get_indexer(table.columns[name]), dtype=np.int64)


def _refuse_repeated(table: PlainTable, pair: Whole) -> None:
    order = np.argsort(pair, kind="stable")
    same = np.flatnonzero(np.diff(pair[order]) == 0)
    if not same.size:
        return
    starts = np.searchsorted(pair[order], pair[order][same + 1])
    again = sorted(zip(order[same + 1].tolist(), order[starts].tolist(), strict=True))
    keys = ", ".join(table.wanted[name].column for name in ("from", "to"))
    names = [table.columns[name] for name in ("from", "to")]
    raise InvalidInputError(
        *capped(
            plain_messages.CONTRADICTING_ROW.at(
                table.at(at), value=f"{names[0][at]} – {names[1][at]}", keys=keys,
                first=int(table.rows[first]),
            )
            for at, first in again
        )
    )  # fmt: skip


def straight_costs(
    ends: tuple[PlainTable, PlainTable], *, crs: str, within: float | None
) -> SitingCosts:
    """Return straight lines in metres between demand places and candidates.

    Raises
    ------
    UsageError, InvalidInputError
        As ``points_in_metres`` does; or if a file holds no places.
    """
    from scipy.spatial.distance import cdist

    refuse_without_places(ends)
    demand, candidates = points_in_metres(ends, crs=crs)
    costs: Vector = np.asarray(cdist(demand.xy, candidates.xy), dtype=np.float64)
    if within is not None:
        costs[costs > within] = np.inf
    return SitingCosts(
        costs=costs, demand=demand.table, candidates=candidates.table, kind=STRAIGHT, unit="m",
        crs=demand.crs,
    )  # fmt: skip


def street_costs(
    ends: tuple[PlainTable, PlainTable],
    streets: tuple[Path, StreetColumns],
    *,
    terms: StreetTerms,
    layout: Layout,
    crs: str = "",
) -> SitingCosts:
    """Return distances in metres along the streets of a file.

    Raises
    ------
    EvengroundError
        As ``read_streets`` and ``access_on_streets`` do; or if a file holds no places.
    """
    refuse_without_places(ends)
    path, named = streets
    found = access_on_streets(
        ends, read_streets(path, named, layout=layout), named=named, terms=terms, crs=crs
    )
    return SitingCosts(
        costs=dense(found.pairs), demand=found.origins, candidates=found.sites, kind=STREETS,
        unit="m", crs=found.crs, more=(found.streets,), on_streets=found,
    )  # fmt: skip


def dense(pairs: Pairs) -> Vector:
    """Return the costs of all pairs, shape (n_origins, n_sites); infinite where there is none."""
    costs = np.full((pairs.n_origins, pairs.n_sites), np.inf)
    costs[pairs.origin, pairs.site] = pairs.cost
    return costs


def refuse_without_places(ends: tuple[PlainTable, PlainTable]) -> None:
    """Refuse files without shapes and coordinates.

    Raises
    ------
    InvalidInputError
        Naming each such file.
    """
    lacking = [
        say.NO_PLACES_NO_COSTS.at(table.place, known=table.known)
        for table in ends
        if table.geometry is None and X not in table.columns
    ]
    if lacking:
        raise InvalidInputError(*lacking)
