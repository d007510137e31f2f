"""The siting problem of plain files: checked in their words, and why it may have no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from evenground.errors import Place, Problem, UsageError
from evenground.methods.siting import Floors, Siting, SitingProblem, Status
from evenground.methods.validation import Flags, Vector
from evenground.workspace import plain_siting_messages as say
from evenground.workspace.one_siting import Objective, Terms
from evenground.workspace.plain_siting import FORBIDDEN, FORCED, Groups, states_of, weights_of
from evenground.workspace.plain_tables import PlainTable
from evenground.workspace.siting_costs import SitingCosts

LISTED_PLACES = 20
"""So many places are named that have nothing in reach; all are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What an answer must keep to; see ``SitingProblem``."""

    units: int
    budget: float | None = None
    beyond: float | None = None
    floors: Floors | None = None
    districts: tuple[str, ...] = ()


def problem_of(ways: SitingCosts, groups: Groups, limits: Limits) -> SitingProblem:
    """Return the problem of demand, candidates and limits.

    Raises
    ------
    UsageError
        If there are fewer candidates than units, or more are forced.
    """
    candidates = ways.candidates
    states = states_of(candidates)
    forced, forbidden = (
        np.array([state == one for state in states], dtype=np.bool_) for one in (FORCED, FORBIDDEN)
    )
    _refuse_numbers(candidates, limits.units, forced, forbidden)
    weights = weights_of(ways.demand)
    return SitingProblem(
        weights=weights,
        costs=ways.costs,
        n_units=limits.units,
        beyond=limits.beyond,
        forced=forced,
        forbidden=forbidden,
        prices=None if limits.budget is None else candidates.number("cost"),
        budget=limits.budget,
        capacities=capacities_of(candidates, weights),
        groups=groups.people if groups.names else None,
        floors=limits.floors,
    )


def capacities_of(candidates: PlainTable, weights: Vector) -> Vector | None:
    """Return people that each candidate can serve, all of them where its cell is empty."""
    if not has_capacities(candidates):
        return None
    given = candidates.number("capacity")
    return np.where(np.isfinite(given), given, weights.sum())


def has_capacities(candidates: PlainTable) -> bool:
    """Whether any candidate has a limit of people."""
    named = "capacity" in candidates.columns
    return named and bool(np.isfinite(candidates.number("capacity")).any())


def _refuse_numbers(candidates: PlainTable, units: int, forced: Flags, forbidden: Flags) -> None:
    most = int((~forbidden).sum())
    if units > most:
        raise UsageError(say.TOO_MANY_UNITS.at(candidates.place, value=units, most=most))
    n_forced = int(forced.sum())
    if n_forced > units:
        kind = say.TOO_MANY_FORCED
        raise UsageError(kind.at(candidates.place, value=units, n_forced=n_forced))


def refuse_terms(
    terms: Terms, objective: Objective, *, groups: Sequence[str], said: Sequence[str]
) -> None:
    """Refuse terms that an objective lacks, or cannot use.

    Parameters
    ----------
    terms, objective
        What was asked.
    groups
        Columns of groups that were named.
    said
        Options that concern some objectives only and were said.

    Raises
    ------
    UsageError
        Naming everything that is wrong.
    """
    wrong = [
        say.NOT_FOR_OBJECTIVE.at(Place(), value=option, objective=terms.objective)
        for option in said
        if option not in objective.knows
    ]
    if terms.radius is not None and not terms.radius > 0:
        wrong.append(say.RADIUS_ABOVE.at(Place(), value=f"{terms.radius:g}"))
    if terms.objective == "max-coverage" and terms.radius is None and terms.decay is None:
        wrong.append(say.NEEDS_RADIUS.at(Place(), value=terms.objective))
    for needs, value in (
        (objective.needs_groups, terms.objective),
        (terms.n_frontier > 0, "--frontier"),
    ):
        if needs and not groups:
            wrong.append(say.NEEDS_GROUPS.at(Place(), value=value))
    if wrong:
        raise UsageError(*wrong)


def refuse_capacities(terms: Terms, objective: Objective, candidates: PlainTable) -> None:
    """Refuse capacities where an objective does not know them.

    Raises
    ------
    UsageError
        If there are some.
    """
    if objective.takes_capacities or not has_capacities(candidates):
        return
    at = replace(candidates.place, column=candidates.wanted["capacity"].column)
    raise UsageError(say.CAPACITIES_UNKNOWN.at(at, value=terms.objective))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why there is no answer, and the places that it is about (the first ``LISTED_PLACES``)."""

    problem: Problem
    places: tuple[str, ...] = ()
    n_places: int = 0
    people: float = 0.0


def reasons_of(
    siting: Siting, problem: SitingProblem, ways: SitingCosts, *, districts: tuple[str, ...]
) -> tuple[Reason, ...]:
    """Return why there is no answer; nothing if there is one, or may be."""
    if siting.status is not Status.INFEASIBLE or siting.reason is None:
        return ()
    told = siting.reason
    if told.code == "siting_out_of_reach":
        return (_stranded(problem, ways),)
    named: dict[str, Any] = dict(told.parameters)
    if isinstance(named.get("district"), int) and districts:
        named["district"] = districts[named["district"]]
    return (Reason(problem=replace(told, parameters=named)),)


def _stranded(problem: SitingProblem, ways: SitingCosts) -> Reason:
    weights = np.asarray(problem.weights, dtype=np.float64)
    open_to_choice = ~np.asarray(problem.forbidden, dtype=np.bool_)
    lives = weights > 0
    if problem.groups is not None:
        lives |= (np.asarray(problem.groups, dtype=np.float64) > 0).any(axis=0)
    out = np.flatnonzero(lives & ~np.isfinite(ways.costs[:, open_to_choice]).any(axis=1))
    names = ways.demand.texts("id")
    people = float(weights[out].sum())
    return Reason(
        problem=say.OUT_OF_REACH.at(
            ways.demand.at(int(out[0]), "id"), value=names[int(out[0])], n_rows=out.size,
            people=f"{people:g}",
        ),
        places=tuple(names[int(at)] for at in out[:LISTED_PLACES]),
        n_places=out.size,
        people=people,
    )  # fmt: skip
