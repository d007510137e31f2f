"""From the options of ``evenground site`` to a problem: which files are read, and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from evenground.cli.access import street_columns
from evenground.cli.impedance import read_decay
from evenground.errors import Place, UsageError

if TYPE_CHECKING:
    from evenground.methods.siting import Floors, SitingProblem
    from evenground.methods.validation import Flags
    from evenground.workspace.one_siting import Terms
    from evenground.workspace.plain_siting import Groups, Named
    from evenground.workspace.plain_tables import Layout, PlainTable
    from evenground.workspace.siting_costs import SitingCosts
    from evenground.workspace.siting_floors import FloorRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked, read and checked.

    Attributes
    ----------
    said
        Options by name.
    terms, problem
        What sites are chosen for, and from what.
    ways, groups
        Demand, candidates, costs, and who is in which group.
    today, shape (m,)
        Which candidates stand today; ``None`` if nobody says.
    floors, districts
        Rows of the file of floors, and names of districts by number.
    tables
        Every file that was read.
    """

    said: Mapping[str, Any]
    terms: Terms
    problem: SitingProblem
    ways: SitingCosts
    groups: Groups
    today: Flags | None
    floors: tuple[FloorRow, ...]
    districts: tuple[str, ...]
    tables: tuple[PlainTable, ...]


def read_asked(said: Mapping[str, Any]) -> Asked:
    """Return what the options ask, with all files read.

    Raises
    ------
    EvengroundError
        If options do not go together, or as the readers do.
    """
    from evenground.workspace import plain_siting, siting_problem
    from evenground.workspace.one_siting import OBJECTIVES
    from evenground.workspace.plain_tables import Layout

    columns = tuple(one.strip() for one in said["groups"].split(",") if one.strip())
    terms = _terms(said)
    objective = OBJECTIVES[terms.objective]
    siting_problem.refuse_terms(terms, objective, groups=columns, said=_special(said))
    named = _named(said, columns)
    layout = Layout(sheet=said["sheet"], decimal=said["decimal"])
    ways = _ways(said, named, layout)
    siting_problem.refuse_capacities(terms, objective, ways.candidates)
    demand, groups = plain_siting.groups_of(ways.demand, columns)
    ways = replace(ways, demand=demand)
    limits, rows, floor_tables = _limits(said, groups, ways, layout)
    problem = siting_problem.problem_of(ways, groups, limits)
    standing = said["today"] and plain_siting.read_today(said["today"], named, layout=layout)
    more = [standing] if standing else []
    return Asked(
        said=said,
        terms=terms,
        problem=problem,
        ways=ways,
        groups=groups,
        today=plain_siting.today_of(ways.candidates, standing or None),
        floors=rows,
        districts=limits.districts,
        tables=(ways.demand, ways.candidates, *ways.more, *floor_tables, *more),
    )


def _terms(said: Mapping[str, Any]) -> Terms:
    from evenground.workspace import plain_siting_messages as message
    from evenground.workspace.one_siting import USUAL_AVERSION, Terms

    if said["aversion"] is not None and said["kappa"] is not None:
        raise UsageError(message.TWO_AVERSIONS.at(Place()))
    if said["today"] is not None and said["today_column"]:
        raise UsageError(message.TODAY_TWICE.at(Place()))
    return Terms(
        objective=said["objective"].value,
        radius=said["radius"],
        decay=read_decay(said["decay"]) if said["decay"] else None,
        kappa=None if said["kappa"] is None else abs(said["kappa"]),
        aversion=USUAL_AVERSION if said["aversion"] is None else abs(said["aversion"]),
        n_frontier=said["frontier"],
    )


def _special(said: Mapping[str, Any]) -> list[str]:
    """Return the options said that only some objectives know."""
    return [f"--{name}" for name in ("aversion", "kappa") if said[name] is not None]


def _named(said: Mapping[str, Any], groups: Sequence[str]) -> Named:
    from evenground.workspace.plain_siting import Named

    same = {name: said[name] for name in ("state", "cost", "district", "x", "y")}
    return Named(
        demand=said["id_"],
        candidate=said["site_id"] or said["id_"],
        weight=said["weight"] or None,
        groups=tuple(groups),
        capacity=None if said["no_capacities"] else said["capacity"],
        today=said["today_column"],
        needs_cost=said["budget"] is not None,
        **same,
    )


def _ways(said: Mapping[str, Any], named: Named, layout: Layout) -> SitingCosts:
    from evenground.methods.network import StreetTerms
    from evenground.workspace import plain_siting, siting_costs
    from evenground.workspace.plain_pairs import CostColumns

    _refuse_lone(said)
    nodes = (said["from_node"], said["to_node"])
    streets, costs = said["streets"], said["costs"]
    lines = street_columns(said["snap"], said["one_way"], nodes, asked=streets, costs=costs)
    ends = (
        plain_siting.read_demand(said["demand"], named, layout=layout),
        plain_siting.read_candidates(said["candidates"], named, layout=layout),
    )
    if costs is not None:
        listed = CostColumns(
            origin=said["from_"], site=said["to"], cost=said["pair_cost"], unit=said["unit"]
        )
        return siting_costs.listed_costs(costs, listed, ends=ends, layout=layout)
    if streets is None:
        return siting_costs.straight_costs(ends, crs=said["crs"], within=said["within"])
    limit = float("inf") if said["within"] is None else said["within"]
    terms = StreetTerms(limit=limit, straight_for_cut_off=said["straight_if_cut_off"])
    return siting_costs.street_costs(
        ends, (streets, lines), terms=terms, layout=layout, crs=said["crs"]
    )


def _refuse_lone(said: Mapping[str, Any]) -> None:
    """Refuse options of a file of costs without one, and of places beside one."""
    from evenground.workspace import plain_siting_messages as message

    usual = {"--from": ("from_", "from"), "--to": ("to", "to"), "--unit": ("unit", ""),
             "--pair-cost": ("pair_cost", "cost")}  # fmt: skip
    beside = {"--within": said["within"] is not None, "--crs": bool(said["crs"])}
    if said["costs"] is None:
        odd = [option for option, (name, value) in usual.items() if said[name] != value]
        kind = message.LISTED_COSTS_ONLY
    else:
        odd = [option for option, given in beside.items() if given]
        kind = message.NOT_BESIDE_COSTS
    if odd:
        raise UsageError(*(kind.at(Place(), value=option) for option in odd))


def _limits(
    said: Mapping[str, Any], groups: Groups, ways: SitingCosts, layout: Layout
) -> tuple[Any, tuple[FloorRow, ...], tuple[PlainTable, ...]]:
    from evenground.workspace.siting_floors import floors_of, read_floors
    from evenground.workspace.siting_problem import Limits

    floors: Floors | None = None
    districts: tuple[str, ...] = ()
    rows: tuple[FloorRow, ...] = ()
    tables: tuple[PlainTable, ...] = ()
    if said["floors"] is not None:
        table, rows = read_floors(said["floors"], layout=layout)
        tables = (table,)
        floors, districts = floors_of(
            (table, rows), groups.names, ways.candidates, radius=said["radius"]
        )
    limits = Limits(
        units=said["units"],
        budget=said["budget"],
        beyond=said["beyond"],
        floors=floors,
        districts=districts,
    )
    return limits, rows, tables
