"""``evenground access``: what can people of one file get to at the sites of another?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from evenground.cli.access_report import AccessReport, access_data, access_lines, origins_csv
from evenground.cli.impedance import read_decay
from evenground.cli.options import AsJson, Decimal, Sheet
from evenground.cli.printing import say, say_json
from evenground.errors import Place, ProblemKind, UsageError
from evenground.language import N_, language

if TYPE_CHECKING:
    from evenground.methods.accessibility.decay import Decay
    from evenground.methods.accessibility.pairs import Pairs
    from evenground.methods.validation import Vector
    from evenground.workspace.access_on_streets import OnStreets
    from evenground.workspace.plain_pairs import CostColumns, OriginColumns, SiteColumns
    from evenground.workspace.plain_streets import StreetColumns
    from evenground.workspace.plain_tables import Layout, PlainTable

NOT_A_CURVE = ProblemKind(
    code="not_a_curve",
    what=N_("{value} is no list of rising numbers."),
    rule=N_("A curve has a point for each of them."),
    way_out=N_("Write them with commas between, such as --curve 200,400,800."),
)
TAU_MINUTES = 60.0
"""Minutes of travel that weigh as much as mean crowding in Saxon and Snow (2020)."""


class MeasureName(StrEnum):
    """What can be asked for."""

    NEAREST = "nearest"
    CUMULATIVE = "cumulative"
    GRAVITY = "gravity"
    TWO_STEP = "2sfca"
    ENHANCED = "e2sfca"
    MODIFIED = "m2sfca"
    THREE_STEP = "3sfca"
    RATIONAL = "raam"
    AVAILABILITY = "spatial-availability"


_Option = typer.Option
Origins: TypeAlias = Annotated[Path, typer.Argument(help="File of places where people live.")]
Sites: TypeAlias = Annotated[Path, typer.Argument(help="File of sites.")]
Measures: TypeAlias = Annotated[
    list[MeasureName] | None, _Option(help="Measure; may be given several times.")
]
Within: TypeAlias = Annotated[
    float | None, _Option(min=0.0, help="How far people go: metres, or as the costs.")
]
DecayText: TypeAlias = Annotated[
    str, _Option(help="How places count for less: gaussian:250, bands:10/20=1/0.5 …")
]
Tau: TypeAlias = Annotated[
    float | None, _Option(min=0.0, help="Travel that weighs as mean crowding does (raam).")
]
Curve: TypeAlias = Annotated[str, _Option(help="Distances for a curve: 200,400,800.")]
People: TypeAlias = Annotated[str, _Option(help="Column of people; a row counts once otherwise.")]
Group: TypeAlias = Annotated[str, _Option(help="Column of groups that people belong to.")]
Capacity: TypeAlias = Annotated[
    str, _Option(help="Column of what sites offer; a site counts once otherwise.")
]
Id: TypeAlias = Annotated[str, _Option("--id", help="Column that names places.")]
SiteId: TypeAlias = Annotated[str, _Option(help="Column that names sites; as --id otherwise.")]
X: TypeAlias = Annotated[str, _Option(help="Column of x or longitude in a table.")]
Y: TypeAlias = Annotated[str, _Option(help="Column of y or latitude in a table.")]
SiteX: TypeAlias = Annotated[str, _Option(help="Such a column of sites; as --x otherwise.")]
SiteY: TypeAlias = Annotated[str, _Option(help="Such a column of sites; as --y otherwise.")]
Crs: TypeAlias = Annotated[str, _Option(help="System to measure in, such as EPSG:3006.")]
Costs: TypeAlias = Annotated[
    Path | None, _Option(help="File of travel times instead of straight lines.")
]
Streets: TypeAlias = Annotated[
    Path | None, _Option(help="File of street lines: distances along them.")
]
Snap: TypeAlias = Annotated[
    float | None, _Option(min=0.0, help="Metres within which ends of streets meet; 1 otherwise.")
]
OneWay: TypeAlias = Annotated[str, _Option(help="Their column of ways: forward, backward, both.")]
FromNode: TypeAlias = Annotated[str, _Option(help="Their column of nodes where streets start.")]
ToNode: TypeAlias = Annotated[str, _Option(help="Their column of nodes where streets end.")]
IfCutOff: TypeAlias = Annotated[
    bool, _Option("--straight-if-cut-off", help="Straight lines where streets lead to no site.")
]
From: TypeAlias = Annotated[str, _Option("--from", help="Its column of places.")]
To: TypeAlias = Annotated[str, _Option(help="Its column of sites.")]
Cost: TypeAlias = Annotated[str, _Option(help="Its column of costs.")]
Unit: TypeAlias = Annotated[str, _Option(help="Unit of the costs.")]
On: TypeAlias = Annotated[
    datetime | None, _Option(formats=["%Y-%m-%d"], help="The day on which sites stand.")
]
Opened: TypeAlias = Annotated[str, _Option(help="Column of opening dates of sites.")]
Closed: TypeAlias = Annotated[str, _Option(help="Column of closing dates of sites.")]
Output: TypeAlias = Annotated[Path | None, _Option(help="CSV that gets a row for each place.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was said about files and columns."""

    origins: tuple[Path, OriginColumns]
    sites: tuple[Path, SiteColumns]
    costs: tuple[Path, CostColumns] | None
    streets: tuple[Path, StreetColumns, bool] | None
    layout: Layout
    on: date | None
    crs: str
    curve: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What was said about how far people go."""

    within: float | None
    decay: Decay | None
    tau: float | None


def access(  # noqa: PLR0913 - a command's options, each with a name
    origins: Origins,
    sites: Sites,
    *,
    measure: Measures = None,
    within: Within = None,
    decay: DecayText = "",
    tau: Tau = None,
    curve: Curve = "",
    people: People = "",
    group: Group = "",
    capacity: Capacity = "",
    id_: Id = "",
    site_id: SiteId = "",
    x: X = "x",
    y: Y = "y",
    site_x: SiteX = "",
    site_y: SiteY = "",
    crs: Crs = "",
    costs: Costs = None,
    from_: From = "from",
    to: To = "to",
    cost: Cost = "minutes",
    unit: Unit = "min",
    streets: Streets = None,
    snap: Snap = None,
    one_way: OneWay = "",
    from_node: FromNode = "",
    to_node: ToNode = "",
    straight_if_cut_off: IfCutOff = False,
    on: On = None,
    opened: Opened = "",
    closed: Closed = "",
    output: Output = None,
    sheet: Sheet = "",
    decimal: Decimal = "",
    as_json: AsJson = False,
) -> None:
    """Say what people can get to: nearest, within reach, shared with others, by group."""
    from evenground.workspace import plain_pairs
    from evenground.workspace.plain_tables import Layout

    terms = _terms(within, decay, tau, in_minutes=costs is not None and unit == "min")
    x, y = ("", "") if costs else (x, y)
    start = plain_pairs.OriginColumns(people=people, names=id_, group=group, x=x, y=y)
    goal = plain_pairs.SiteColumns(
        capacity=capacity, names=site_id or (id_ if costs else ""), x=site_x or x, y=site_y or y,
        opened=opened, closed=closed,
    )  # fmt: skip
    times = plain_pairs.CostColumns(origin=from_, site=to, cost=cost, unit=unit)
    lines = street_columns(snap, one_way, (from_node, to_node), asked=streets, costs=costs)
    asked = Asked(
        origins=(origins, start), sites=(sites, goal), costs=(costs, times) if costs else None,
        streets=(streets, lines, straight_if_cut_off) if streets else None,
        layout=Layout(sheet=sheet, decimal=decimal), on=on.date() if on else None, crs=crs,
        curve=_rising(curve),
    )  # fmt: skip
    _tell(_found(asked, terms, _keys(measure, within)), output, as_json=as_json)


def _terms(within: float | None, decay: str, tau: float | None, *, in_minutes: bool) -> Terms:
    usual = TAU_MINUTES if in_minutes else None
    return Terms(
        within=within,
        decay=read_decay(decay) if decay else None,
        tau=usual if tau is None else tau,
    )


def street_columns(
    snap: float | None,
    one_way: str,
    nodes: tuple[str, str],
    *,
    asked: Path | None,
    costs: Path | None,
) -> StreetColumns:
    """Return how a file of streets is to be read.

    Raises
    ------
    UsageError
        If costs are given too, or something is said of streets and no file of them.
    """
    from evenground.workspace.plain_streets import StreetColumns
    from evenground.workspace.street_messages import NEEDS_STREETS, STREETS_AND_COSTS

    if asked is not None and costs is not None:
        raise UsageError(STREETS_AND_COSTS.at(Place()))
    said = {"--snap": snap is not None, "--one-way": one_way, "--from-node": nodes[0],
            "--to-node": nodes[1]}  # fmt: skip
    lone = [NEEDS_STREETS.at(Place(), value=option) for option, given in said.items() if given]
    if lone and asked is None:
        raise UsageError(*lone)
    return StreetColumns(one_way=one_way, start=nodes[0], end=nodes[1], snap=snap)


def _keys(measure: list[MeasureName] | None, within: float | None) -> list[str]:
    usual = (
        [MeasureName.NEAREST] if within is None else [MeasureName.NEAREST, MeasureName.CUMULATIVE]
    )
    return [one.value for one in dict.fromkeys(measure or usual)]


def _rising(text: str) -> tuple[float, ...]:
    if not text:
        return ()
    try:
        numbers = tuple(float(part) for part in text.split(","))
    except ValueError:
        numbers = ()
    if not numbers or numbers[0] < 0 or any(a >= b for a, b in pairwise(numbers)):
        raise UsageError(NOT_A_CURVE.at(Place(), value=text))
    return numbers


def _found(asked: Asked, terms: Terms, keys: list[str]) -> AccessReport:
    """Read the files and compute every measure asked for."""
    from evenground.workspace import one_access, plain_pairs

    said = {"within": terms.within, "decay": terms.decay, "tau": terms.tau}
    one_access.refuse_unknown(keys, said)
    origins = plain_pairs.read_origins(*asked.origins, layout=asked.layout)
    sites = plain_pairs.read_sites(*asked.sites, layout=asked.layout, on=asked.on)
    ways = _ways(asked, terms, keys, (origins, sites))
    origins, sites = ways.tables[:2]
    given = one_access.AccessInput(
        pairs=ways.pairs,
        people=one_access.counts(origins, "people"),
        capacity=one_access.counts(sites, "capacity"),
        nearest=ways.nearest,
        within=terms.within,
        decay=terms.decay,
        tau=terms.tau,
    )
    groups = origins.texts("group") if "group" in origins.columns else None
    return AccessReport(
        tables=ways.tables,
        found=one_access.access_found(given, keys, groups),
        curve=one_access.curve_found(given, asked.curve, groups) if asked.curve else None,
        people=given.people,
        terms={**said, "decay": _decay_words(terms.decay)},
        unit=ways.pairs.unit,
        limit=ways.pairs.limit,
        crs=ways.crs,
        on_streets=ways.on_streets,
    )


def _decay_words(decay: Decay | None) -> str | None:
    return None if decay is None else repr(decay)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What it costs to get about: tables in use, pairs, and the nearest site if known beyond them.

    ``crs`` is the system that places were measured in, ``on_streets`` what streets add.
    """

    tables: tuple[PlainTable, ...]
    pairs: Pairs
    nearest: Vector | None = None
    crs: str = ""
    on_streets: OnStreets | None = None


def _ways(asked: Asked, terms: Terms, keys: list[str], ends: tuple[PlainTable, PlainTable]) -> Ways:
    from evenground.workspace import plain_pairs
    from evenground.workspace.plain_points import points_in_metres

    if asked.costs is not None:
        path, columns = asked.costs
        pairs, table = plain_pairs.read_costs(path, columns, ends=ends, layout=asked.layout)
        return Ways(tables=(*ends, table), pairs=pairs)
    reach = None if terms.decay is None else terms.decay.reach
    limit = plain_pairs.line_limit(keys, (terms.within, reach, *asked.curve))
    if asked.streets is not None:
        return _ways_on_streets(asked, ends, limit)
    origins, sites = points_in_metres(ends, crs=asked.crs)
    pairs, nearest = plain_pairs.line_pairs(origins, sites, limit=limit)
    return Ways(tables=(origins.table, sites.table), pairs=pairs, nearest=nearest, crs=origins.crs)


def _ways_on_streets(asked: Asked, ends: tuple[PlainTable, PlainTable], limit: float) -> Ways:
    from evenground.methods.network import StreetTerms
    from evenground.workspace.access_on_streets import access_on_streets
    from evenground.workspace.plain_streets import StreetColumns, read_streets

    path, named, straight = asked.streets or (Path(), StreetColumns(), False)
    found = access_on_streets(
        ends,
        read_streets(path, named, layout=asked.layout),
        named=named,
        terms=StreetTerms(limit=limit, straight_for_cut_off=straight),
        crs=asked.crs,
    )
    return Ways(
        tables=(found.origins, found.sites, found.streets),
        pairs=found.pairs,
        nearest=found.nearest,
        crs=found.crs,
        on_streets=found,
    )


def _tell(report: AccessReport, output: Path | None, *, as_json: bool) -> None:
    from evenground.workspace.writing import write_atomic

    speaks = language("en")
    written = write_atomic(output, origins_csv(report)) if output else None
    if as_json:
        say_json(access_data(report, speaks, written=written))
        return
    for line in access_lines(report, speaks, written=written):
        say(line)
