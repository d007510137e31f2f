"""Does it act on a cause of the problem, how far upstream, or on a symptom only?

Source: Meadows (1999), Leverage Points: Places to Intervene in a System; Senge (1990), The Fifth
Discipline, on treating symptoms ("shifting the burden"); maps and signs as in ``cause_map``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evenground.methods.cause_map import CauseMap, Sign, compared
from evenground.methods.cause_paths import (
    Path,
    Paths,
    path_delay,
    path_sign,
    paths_between,
    reached,
    simple_paths,
)

MOST_LOOPS = 100
"""Loops listed through the problem."""


class Relation(StrEnum):
    """How what is acted on stands to the problem."""

    IS_PROBLEM = "is_problem"
    CAUSE = "cause"
    SYMPTOM = "symptom"
    APART = "apart"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Something else that changes, and how, with more of what is acted on."""

    name: str
    sign: Sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """A feedback loop: ``+`` reinforces, ``-`` balances, ``?`` either.

    ``names`` starts with the problem; the last acts on the first.
    """

    names: tuple[str, ...]
    sign: Sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Upstream:
    """Where what an initiative acts on stands to the problem.

    Attributes
    ----------
    relation
        The closest that any of the things acted on has: the problem itself, a cause, a symptom (no
        path leads to the problem, but the problem leads to the thing or to what it leads to),
        neither, or unknown (not in the map).
    relations
        Of each thing acted on, as named by the caller, in the order given.
    only_by_feedback
        Whether each cause acted on is itself led to by the problem: it is a symptom too, and acts
        on the problem only round a loop.
    distance
        Links on the shortest path to the problem; 0 if it is acted on itself, ``None`` without a
        path.
    path
        That path, as named in the map, the problem included; empty without one.
    n_further_paths, all_counted
        Other simple paths to the problem, from anything acted on, and whether all were counted.
    sign
        What more of the things acted on does to the problem, along all paths; ``None`` without.
    delay_months
        Along the shortest path; 0 if the problem is acted on itself, ``None`` if a delay is missing
        or there is no path.
    roots
        Ultimate causes of the problem in the map, on which nothing acts and the initiative does not
        either; of a loop on which nothing else acts, all its names. Empty if the map has no other.
    n_roots_touched
        Ultimate causes that the initiative does act on.
    other_effects
        What else changes, sorted by name, with the sign along all paths.
    loops, all_loops
        Feedback loops that contain the problem, shortest first, and whether all are listed.
    """

    relation: Relation
    relations: tuple[Relation, ...]
    only_by_feedback: bool
    distance: int | None
    path: tuple[str, ...]
    n_further_paths: int
    all_counted: bool
    sign: Sign | None
    delay_months: float | None
    roots: tuple[str, ...]
    n_roots_touched: int
    other_effects: tuple[Effect, ...]
    loops: tuple[Loop, ...]
    all_loops: bool


def upstream(map_: CauseMap, acts_on: Sequence[str], *, problem: str) -> Upstream:
    """Return how what is acted on stands to the problem.

    Parameters
    ----------
    map_
        From ``cause_map``.
    acts_on
        Names of what the initiative changes.
    problem
        Name of the stated problem.
    """
    goal = compared(problem)
    acted = [compared(name) for name in acts_on]
    known = sorted({name for name in acted if name in map_.names})
    relations = tuple(_relation(map_, name, goal) for name in acted)
    best = min(relations, key=list(Relation).index, default=Relation.UNKNOWN)
    found = None
    if best is Relation.CAUSE:
        found = paths_between(map_, known, goal)
    loops, all_loops = _loops(map_, goal)
    roots = _roots(map_, goal)
    untouched = [group for group in roots if not group & set(known)]
    is_problem = best is Relation.IS_PROBLEM
    return Upstream(
        relation=best,
        relations=relations,
        only_by_feedback=best is Relation.CAUSE and _all_led_to(map_, acted, relations, goal),
        distance=0 if is_problem else (len(found.shortest) - 1 if found else None),
        path=_named(map_, (goal,) if is_problem else (found.shortest if found else ())),
        n_further_paths=found.n_paths - 1 if found else 0,
        all_counted=found.all_counted if found else True,
        sign=Sign.MORE if is_problem else (found.sign if found else None),
        delay_months=0.0 if is_problem else _delay(map_, found),
        roots=_named(map_, sorted(name for group in untouched for name in group)),
        n_roots_touched=len(roots) - len(untouched),
        other_effects=_other_effects(map_, known, goal),
        loops=loops,
        all_loops=all_loops,
    )


def _relation(map_: CauseMap, name: str, goal: str) -> Relation:
    if name not in map_.names or goal not in map_.names:
        return Relation.UNKNOWN
    if name == goal:
        return Relation.IS_PROBLEM
    ahead = reached([name], map_.effects)
    if goal in ahead:
        return Relation.CAUSE
    if reached([goal], map_.effects) & (ahead | {name}):
        return Relation.SYMPTOM
    return Relation.APART


def _all_led_to(
    map_: CauseMap, acted: Sequence[str], relations: Sequence[Relation], goal: str
) -> bool:
    behind = reached([goal], map_.effects)
    causes = [n for n, how in zip(acted, relations, strict=True) if how is Relation.CAUSE]
    return all(name in behind for name in causes)


def _named(map_: CauseMap, path: Iterable[str]) -> tuple[str, ...]:
    return tuple(map_.names[name] for name in path)


def _delay(map_: CauseMap, found: Paths | None) -> float | None:
    return path_delay(map_, found.shortest) if found else None


def _other_effects(map_: CauseMap, known: Sequence[str], goal: str) -> tuple[Effect, ...]:
    others = sorted(reached(known, map_.effects) - {goal} - set(known))
    effects: list[Effect] = []
    for name in others:
        found = paths_between(map_, known, name)
        if found is not None:
            effects.append(Effect(name=map_.names[name], sign=found.sign))
    return tuple(effects)


def _roots(map_: CauseMap, goal: str) -> tuple[frozenset[str], ...]:
    """Return the ultimate causes of the problem: things, or loops of things, with no cause outside.

    A loop that holds the problem itself is no ultimate cause of it.
    """
    causes = map_.causes
    behind = {name: reached([name], causes) for name in reached([goal], causes) | {goal}}
    found: set[frozenset[str]] = set()
    for name, before in behind.items():
        loop = frozenset(other for other in before if name in behind[other]) | {name}
        if before <= loop and goal not in loop:
            found.add(loop)
    return tuple(sorted(found, key=sorted))


def _loops(map_: CauseMap, goal: str) -> tuple[tuple[Loop, ...], bool]:
    if goal not in map_.names:
        return (), True
    found: list[Path] = []
    for path in simple_paths(map_, [goal], goal):
        if len(found) == MOST_LOOPS:
            return _told(map_, found), False
        found.append(path)
    return _told(map_, found), True


def _told(map_: CauseMap, paths: Iterable[Path]) -> tuple[Loop, ...]:
    return tuple(
        Loop(names=_named(map_, path[:-1]), sign=path_sign(map_, path))
        for path in sorted(paths, key=lambda path: (len(path), path))
    )
