"""Paths through a map of causes: the shortest, all simple ones, and the sign that they share.

Source: as ``cause_map``; simple paths one by one without dead ends, Johnson (1975), Finding all the
elementary circuits of a directed graph, SIAM Journal on Computing 4, 77-84 (his blocking is left
out: maps drawn by people are small).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise

from evenground.methods.cause_map import CauseMap, Sign, agreed, product

MOST_PATHS = 1_000
"""Simple paths looked at one by one; of more only the signs that walks can have are known."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """The simple paths from some things to another.

    Attributes
    ----------
    shortest
        Names as compared, from the first to the last; of several the first in the alphabet.
    n_paths
        How many simple paths there are; at least so many where ``all_counted`` is false.
    all_counted
        Whether all were counted.
    sign
        That all have, else ``?``.
    """

    shortest: Path
    n_paths: int
    all_counted: bool
    sign: Sign


def reached(start: Iterable[str], step: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return what can be reached in one step or more; ``step`` leads forwards or backwards."""
    seen: set[str] = set()
    ahead = [name for first in start for name in step.get(first, ())]
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            ahead.extend(step[name])
    return frozenset(seen)


def paths_between(map_: CauseMap, start: Iterable[str], goal: str) -> Paths | None:
    """Return the simple paths of one link or more from any of ``start`` to ``goal``.

    A path that passes through another of ``start`` is left out: it starts there. With ``goal``
    among ``start`` paths are the simple loops through it. ``None`` if there is no path.
    """
    first = sorted(set(start))
    shortest = _shortest(map_, first, goal)
    if shortest is None:
        return None
    found = list(islice(simple_paths(map_, first, goal), MOST_PATHS + 1))
    all_counted = len(found) <= MOST_PATHS
    sign = agreed(path_sign(map_, path) for path in found)
    if not all_counted and sign is not Sign.EITHER:
        sign = walk_sign(map_, first, goal)
    return Paths(
        shortest=shortest,
        n_paths=min(len(found), MOST_PATHS),
        all_counted=all_counted,
        sign=sign,
    )


def path_sign(map_: CauseMap, path: Path) -> Sign:
    """Return the product of the signs along a path."""
    return product(map_.links[pair].sign for pair in pairwise(path))


def path_delay(map_: CauseMap, path: Path) -> float | None:
    """Return the months that a path takes in all; ``None`` where a delay is not known."""
    delays = [map_.links[pair].delay_months for pair in pairwise(path)]
    known = [delay for delay in delays if delay is not None]
    return sum(known, 0.0) if len(known) == len(delays) else None


def walk_sign(map_: CauseMap, start: Iterable[str], goal: str) -> Sign:
    """Return the sign that all walks have, else ``?``; a loop on the way may be gone round.

    What all walks share all simple paths share, and it takes no more than a look at each link.
    """
    signs: set[Sign] = set()
    seen: set[tuple[str, Sign]] = set()
    ahead = [(name, Sign.MORE) for name in start]
    effects = map_.effects
    while ahead:
        name, sign = ahead.pop()
        for effect in effects[name]:
            state = (effect, product((sign, map_.links[name, effect].sign)))
            if state not in seen:
                seen.add(state)
                ahead.append(state)
                if effect == goal:
                    signs.add(state[1])
    return agreed(signs)


def simple_paths(map_: CauseMap, start: Iterable[str], goal: str) -> Iterator[Path]:
    """Yield the simple paths of one link or more, in the order of the alphabet."""
    effects, sources = map_.effects, frozenset(start)
    for first in sorted(sources):
        yield from _extended((first,), goal, effects, sources | {first})


def _extended(
    path: Path, goal: str, effects: Mapping[str, tuple[str, ...]], closed: frozenset[str]
) -> Iterator[Path]:
    """Yield the ways on from the end of a path; every step taken leads to the goal."""
    leads = _leading_to(goal, effects, closed - {goal})
    for name in effects[path[-1]]:
        if name == goal:
            yield (*path, goal)
        elif name in leads and name not in closed:
            yield from _extended((*path, name), goal, effects, closed | {name})


def _leading_to(
    goal: str, effects: Mapping[str, tuple[str, ...]], closed: frozenset[str]
) -> frozenset[str]:
    causes: dict[str, list[str]] = {}
    for cause, found in effects.items():
        for effect in found:
            causes.setdefault(effect, []).append(cause)
    seen, ahead = {goal}, [goal]
    while ahead:
        for cause in causes.get(ahead.pop(), ()):
            if cause not in seen and cause not in closed:
                seen.add(cause)
                ahead.append(cause)
    return frozenset(seen)


def _shortest(map_: CauseMap, start: list[str], goal: str) -> Path | None:
    effects = map_.effects
    ahead: deque[Path] = deque((name,) for name in start)
    seen: set[str] = set(start)
    while ahead:
        path = ahead.popleft()
        for name in effects[path[-1]]:
            if name == goal:
                return (*path, goal)
            if name not in seen:
                seen.add(name)
                ahead.append((*path, name))
    return None
