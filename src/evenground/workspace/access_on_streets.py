"""Ways along streets between places of plain files, and what straight lines would have said."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.errors import InvalidInputError, ProblemKind
from evenground.methods.accessibility.pairs import Pairs
from evenground.methods.network import StreetAccess, StreetTerms, street_access
from evenground.methods.validation import Flags, Vector
from evenground.methods.weighted_quantile import weighted_quantile
from evenground.workspace import street_messages as say
from evenground.workspace.coordinates import MOST
from evenground.workspace.one_access import QUANTILES, counts
from evenground.workspace.plain_streets import (
    ELSEWHERE_METRES,
    PlainStreets,
    StreetColumns,
    streets_with,
)
from evenground.workspace.plain_tables import PlainTable


@dataclass(frozen=True, slots=True, kw_only=True)
class OnStreets:
    """Ways along streets between the places of two tables.

    Attributes
    ----------
    origins, sites, streets
        Tables with what was noticed.
    found
        Pairs, and what limits them.
    nearest, shape (n_origins,)
        Metres to the nearest site, however far: along streets, or in a straight line for those cut
        off if that was asked for.
    straight_quantiles
        Metres to the nearest site in a straight line that a tenth, half and nine tenths of people
        do not exceed.
    terms
        How ways were sought.
    crs
        The system; empty where no file says one.
    """

    origins: PlainTable
    sites: PlainTable
    streets: PlainTable
    found: StreetAccess
    nearest: Vector
    straight_quantiles: tuple[float, ...]
    terms: StreetTerms
    crs: str

    @property
    def pairs(self) -> Pairs:
        """Pairs along streets, up to the limit."""
        return self.found.pairs

    def only_straight(self, within: float) -> float:
        """Return the share of people who have a site within so far only in a straight line."""
        people = counts(self.origins, "people")
        lost = (self.found.nearest_straight <= within) & (self.nearest > within)
        return float(people[lost].sum() / people.sum())


def access_on_streets(
    ends: tuple[PlainTable, PlainTable],
    streets: PlainTable,
    *,
    named: StreetColumns,
    terms: StreetTerms,
    crs: str = "",
) -> OnStreets:
    """Return ways along streets between origins and sites.

    Parameters
    ----------
    ends
        Origins and sites, with places.
    streets, named
        From ``read_streets``, and what that file calls its columns.
    terms
        How ways are sought.
    crs
        The system to measure in; by default the first one in metres that a file says.

    Raises
    ------
    UsageError, InvalidInputError
        As ``streets_with`` does; or if most places lie far from all streets.
    """
    read = streets_with(streets, ends, named=named, crs=crs)
    start, goal = read.places
    people = counts(start.table, "people")
    found = street_access(read.network, start.xy, sites=goal.xy, terms=terms, people=people)
    _refuse_elsewhere(read, found)
    instead = np.where(found.straight, found.nearest_straight, found.nearest.cost)
    return OnStreets(
        origins=_noted(
            start.table, read,
            {say.FAR_FROM_STREETS: found.far_origins, say.CUT_OFF: found.cut_off}, terms,
        ),
        sites=_noted(
            goal.table, read,
            {say.FAR_FROM_STREETS: found.far_sites, say.LOST_SITES: found.lost_sites}, terms,
        ),
        streets=read.table,
        found=found,
        nearest=instead,
        straight_quantiles=tuple(
            weighted_quantile(found.nearest_straight, people, level) for level in QUANTILES
        ),
        terms=terms,
        crs=read.crs,
    )  # fmt: skip


def _refuse_elsewhere(read: PlainStreets, found: StreetAccess) -> None:
    """Say that streets are elsewhere if most places of a file are far from all of them.

    Raises
    ------
    InvalidInputError
        If they are.
    """
    far = f"{ELSEWHERE_METRES:.0f}"
    problems = [
        say.STREETS_ELSEWHERE.at(read.table.place, value=places.table.place.file, far=far)
        for places, on in zip(read.places, (found.origins, found.sites), strict=True)
        if (on.off > ELSEWHERE_METRES).mean() > MOST
    ]
    if problems:
        raise InvalidInputError(*problems)


def _noted(
    table: PlainTable, read: PlainStreets, flags: dict[ProblemKind, Flags], terms: StreetTerms
) -> PlainTable:
    """Return the table with a note for each kind of rows that there are."""
    notes = [
        kind.at(
            table.at(int(np.flatnonzero(rows)[0])),
            value=read.table.place.file,
            n_rows=int(rows.sum()),
            far=f"{terms.far:.0f}",
        )
        for kind, rows in flags.items()
        if rows.any()
    ]
    return table.noting(*notes)
