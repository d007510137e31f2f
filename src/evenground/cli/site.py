"""``evenground site``: given so many units and these candidates, where, and who gains and loses?"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from evenground.cli import access as shared
from evenground.cli.options import AsJson, Decimal, Sheet
from evenground.cli.printing import say, say_json
from evenground.cli.site_asked import read_asked
from evenground.cli.site_data import places_csv, site_data
from evenground.cli.site_facts import SiteReport, effects_of
from evenground.cli.site_report import site_lines
from evenground.cli.site_search import Patience, search
from evenground.language import language


class ObjectiveName(StrEnum):
    """What sites can be chosen for."""

    P_MEDIAN = "p-median"
    MAX_COVERAGE = "max-coverage"
    P_CENTER = "p-center"
    MAXIMIN = "maximin"
    KOLM_POLLAK = "kolm-pollak"
    LEXICOGRAPHIC = "lexicographic"


_Option = typer.Option
Demand: TypeAlias = Annotated[Path, _Option(help="File of places where people live.")]
Candidates: TypeAlias = Annotated[Path, _Option(help="File of places where sites may stand.")]
Units: TypeAlias = Annotated[int, _Option(min=1, help="How many sites, forced ones included.")]
Aim: TypeAlias = Annotated[ObjectiveName, _Option(help="What sites are chosen for.")]
Radius: TypeAlias = Annotated[
    float | None, _Option(help="Who counts as covered: metres, or as the costs.")
]
DecayText: TypeAlias = Annotated[
    str, _Option(help="How people count for less the farther off: linear:800, gaussian:250 …")
]
Aversion: TypeAlias = Annotated[
    float | None, _Option(help="Weight of those farthest off (kolm-pollak); 1 otherwise.")
]
Kappa: TypeAlias = Annotated[
    float | None, _Option(help="The same in one over the unit of costs, not fitted.")
]
GroupColumns: TypeAlias = Annotated[
    str, _Option(help="Columns of groups: people or shares in numbers, or names: a,b.")
]
Budget: TypeAlias = Annotated[
    float | None, _Option(min=0.0, help="What all chosen may cost together (column cost).")
]
FloorFile: TypeAlias = Annotated[
    Path | None, _Option(help="File of floors: district, units; group, mean_cost, covered.")
]
Beyond: TypeAlias = Annotated[
    float | None, _Option(min=0.0, help="Cost of those with nothing in reach; none otherwise.")
]
Frontier: TypeAlias = Annotated[
    int, _Option(min=0, help="Points between efficiency and equity: 2 or more.")
]
WorkLimit: TypeAlias = Annotated[
    int | None, _Option(min=0, help="Units of work: the same answer on every machine.")
]
TimeLimit: TypeAlias = Annotated[float | None, _Option(min=0.0, help="Seconds of search.")]
Gap: TypeAlias = Annotated[float, _Option(min=0.0, help="Relative gap that is near enough.")]
Today: TypeAlias = Annotated[
    Path | None, _Option(help="File of the sites of today: names of candidates.")
]
TodayColumn: TypeAlias = Annotated[
    str, _Option(help="Column of candidates, yes or no; today, if there.")
]
Id: TypeAlias = Annotated[str, _Option("--id", help="Column that names places.")]
SiteId: TypeAlias = Annotated[str, _Option(help="Column that names candidates; as --id otherwise.")]
Weight: TypeAlias = Annotated[
    str, _Option(help="Column of people; with an empty name each place counts once.")
]
State: TypeAlias = Annotated[
    str, _Option(help="Column open, forced, forbidden, existing; state, if there.")
]
SiteCost: TypeAlias = Annotated[
    str, _Option("--cost", help="Column of what candidates cost; cost, if there.")
]
Capacity: TypeAlias = Annotated[
    str, _Option(help="Column of people that sites can serve; capacity, if there.")
]
NoCapacities: TypeAlias = Annotated[
    bool, _Option("--no-capacities", help="Leave capacities aside.")
]
District: TypeAlias = Annotated[
    str, _Option(help="Column of districts of candidates; district, if there.")
]
X: TypeAlias = Annotated[str, _Option(help="Column of x or longitude; x, if there.")]
Y: TypeAlias = Annotated[str, _Option(help="Column of y or latitude; y, if there.")]
PairCost: TypeAlias = Annotated[str, _Option(help="Its column of costs.")]
Unit: TypeAlias = Annotated[str, _Option(help="Unit of the costs, such as min.")]
Within: TypeAlias = Annotated[
    float | None, _Option(min=0.0, help="Metres beyond which a candidate is out of reach.")
]
Output: TypeAlias = Annotated[Path | None, _Option(help="CSV that gets a row for each place.")]


def site(  # noqa: PLR0913 - a command's options, each with a name
    *,
    demand: Demand,
    candidates: Candidates,
    units: Units,
    objective: Aim = ObjectiveName.P_MEDIAN,
    costs: shared.Costs = None,
    radius: Radius = None,
    decay: DecayText = "",
    aversion: Aversion = None,
    kappa: Kappa = None,
    groups: GroupColumns = "",
    budget: Budget = None,
    floors: FloorFile = None,
    beyond: Beyond = None,
    today: Today = None,
    frontier: Frontier = 0,
    work_limit: WorkLimit = None,
    time_limit: TimeLimit = None,
    gap: Gap = 0.0,
    id_: Id = "id",
    site_id: SiteId = "",
    weight: Weight = "weight",
    state: State = "",
    today_column: TodayColumn = "",
    cost: SiteCost = "",
    capacity: Capacity = "",
    no_capacities: NoCapacities = False,
    district: District = "",
    x: X = "",
    y: Y = "",
    crs: shared.Crs = "",
    from_: shared.From = "from",
    to: shared.To = "to",
    pair_cost: PairCost = "cost",
    unit: Unit = "",
    within: Within = None,
    streets: shared.Streets = None,
    snap: shared.Snap = None,
    one_way: shared.OneWay = "",
    from_node: shared.FromNode = "",
    to_node: shared.ToNode = "",
    straight_if_cut_off: shared.IfCutOff = False,
    output: Output = None,
    sheet: Sheet = "",
    decimal: Decimal = "",
    as_json: AsJson = False,
) -> None:
    """Say where so many sites should stand, and who gains and who loses against today.

    An answer that is not proven has a gap, and one that cannot be has its reasons; the exit code is
    0 for both. Ctrl-C ends the search with what was found so far and 0, a second one with 130.
    """
    _tell(_found(dict(locals())), output, as_json=as_json)


def _found(said: Mapping[str, Any]) -> SiteReport:
    """Read the files, search, and return all that is told; ``said`` are the options by name."""
    from evenground.workspace.one_siting import siting_found

    asked = read_asked(said)
    patience = Patience(
        work_limit=said["work_limit"], time_limit=said["time_limit"], gap=said["gap"]
    )
    with search(patience) as (effort, watch):
        found = siting_found(asked.problem, asked.terms, today=asked.today, effort=effort)
    return SiteReport(
        asked=asked,
        found=found,
        effects=effects_of(asked, found),
        interrupted=watch.interrupted,
        out_of_time=watch.out_of_time,
    )


def _tell(report: SiteReport, output: Path | None, *, as_json: bool) -> None:
    from evenground.workspace.writing import write_atomic

    speaks = language("en")
    written = write_atomic(output, places_csv(report)) if output else None
    if as_json:
        say_json(site_data(report, speaks, written=written))
        return
    for line in site_lines(report, speaks, written=written):
        say(line)
