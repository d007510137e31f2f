"""The user equilibrium of people who choose the site that costs them least, crowding included.

What a site costs grows with the people who choose it. Nobody can do better by going elsewhere once
each origin's people use only sites of least cost; there the potential ``Σ_j load_j² / 2 capacity_j
+ Σ_ij travel_ij flow_ij`` is least, which is strictly convex in the loads. It is minimised origin
by origin: an origin's people, all others staying put, fill up the cheapest sites like water, which
is exact and never raises the potential. The gap says how far from equilibrium the result is.

Source: Beckmann, McGuire and Winsten (1956), Studies in the Economics of Transportation, chapter 3
(the potential); the filling as in Michelot (1986), Journal of Optimization Theory and Applications
50, 195-200.

The loops below are plain Python, compiled with numba where it is present, with equal results.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np

from evenground.methods.validation import Flags, Vector, Whole

# Below this many pairs, compiling takes longer than it saves.
PAIRS_WORTH_COMPILING = 20_000

Network = tuple[Whole, Whole, Vector]
Sweep = Callable[[Network, Vector, Vector, Vector, Vector], None]


def fill_origin(
    network: Network,
    who: tuple[int, float],
    capacity: Vector,
    state: tuple[Vector, Vector],
    scratch: tuple[Whole, Vector],
) -> None:
    """Let the people of one origin fill up its cheapest sites; ``state`` is changed.

    Parameters
    ----------
    network
        Where the pairs of each origin start, shape (n_origins + 1,); the site and the travel cost
        of each pair, shape (n_pairs,), in units of crowding.
    who
        The origin and the number of its people, above 0.
    capacity, shape (n_sites,)
        Above 0; crowding is load per capacity.
    state
        Flow of each pair, shape (n_pairs,), and load of each site, shape (n_sites,).
    scratch
        Room for whole numbers and for costs, each as long as the longest list of an origin.
    """
    starts, site, travel = network
    flow, load = state
    held, cost = scratch
    first = starts[who[0]]
    n = starts[who[0] + 1] - first
    room, priced = 0.0, 0.0
    for e in range(n):
        j = site[first + e]
        load[j] -= flow[first + e]
        flow[first + e] = 0.0
        cost[e] = load[j] / capacity[j] + travel[first + e]
        held[e] = e
        room += capacity[j]
        priced += capacity[j] * cost[e]
    # At the level, the sites still held take exactly all people. Those that cost as much or more
    # drop out, which lowers it, until none does.
    level, before = (who[1] + priced) / room, n + 1
    while n < before:
        before, n, room, priced = n, 0, 0.0, 0.0
        for h in range(before):
            e = held[h]
            if cost[e] < level:
                held[n] = e
                n += 1
                room += capacity[site[first + e]]
                priced += capacity[site[first + e]] * cost[e]
        if n == 0:  # all cost the same to the last digit
            n = before
        else:
            level = (who[1] + priced) / room
    total = 0.0
    for h in range(n):
        e = first + held[h]
        flow[e] = capacity[site[e]] * max(level - cost[held[h]], 0.0)
        total += flow[e]
    for h in range(n):
        e = first + held[h]
        # Rounding must not lose people.
        flow[e] = flow[e] * (who[1] / total) if total > 0.0 else who[1] / n
        load[site[e]] += flow[e]


def sweep_with(fill: Any) -> Any:
    """Return the function that lets all origins with people fill up once, in order."""

    def sweep(
        network: Network,
        people: Vector,
        capacity: Vector,
        state: tuple[Vector, Vector],
        scratch: tuple[Whole, Vector],
    ) -> None:
        starts = network[0]
        for i in range(len(people)):
            if people[i] > 0.0 and starts[i + 1] > starts[i]:
                fill(network, (i, people[i]), capacity, state, scratch)

    return sweep


def sweep_for(*, compiled: bool) -> Sweep:
    """Return a sweep: compiled if wanted and numba is installed, plain otherwise."""
    fast = _compiled_sweep() if compiled else None
    if fast is None:
        return _plainly

    def sweep(
        network: Network, people: Vector, capacity: Vector, flow: Vector, load: Vector
    ) -> None:
        longest = int(np.diff(network[0]).max(initial=1))
        scratch = (np.empty(longest, dtype=np.int64), np.empty(longest))
        fast(network, people, capacity, (flow, load), scratch)

    return sweep


def _plainly(
    network: Network, people: Vector, capacity: Vector, flow: Vector, load: Vector
) -> None:
    """Sweep over lists, of which plain Python reads a number far faster than of an array."""
    longest = int(np.diff(network[0]).max(initial=1))
    flows, loads = flow.tolist(), load.tolist()
    sweep_with(fill_origin)(
        tuple(part.tolist() for part in network),
        people.tolist(),
        capacity.tolist(),
        (flows, loads),
        ([0] * longest, [0.0] * longest),
    )
    flow[:], load[:] = flows, loads


@cache
def _compiled_sweep() -> Any:
    try:
        njit: Any = import_module("numba").njit  # an extra: the checker may not find it
    except ImportError:
        return None
    return njit(sweep_with(njit(fill_origin)))


def moved_origins(network: Network, before: Vector, after: Vector) -> Flags:
    """Return which origins' flows differ, shape (n_origins,)."""
    starts = network[0]
    changes = np.concatenate([[0], np.cumsum(before != after)])
    return changes[starts[1:]] > changes[starts[:-1]]


def relative_gap(network: Network, flow: Vector, load: Vector, capacity: Vector) -> float:
    """Return ``Σ flow (cost - least cost of its origin) / Σ flow cost``, 0 at equilibrium."""
    starts, site, travel = network
    cost = load[site] / capacity[site] + travel
    some = np.diff(starts) > 0
    least = np.minimum.reduceat(cost, starts[:-1][some]) if some.any() else cost
    over = cost - np.repeat(least, np.diff(starts)[some])
    # Sums, not products of vectors, whose last digit may hang on the number of threads.
    paid = float((flow * cost).sum())
    return float((flow * over).sum()) / paid if paid > 0 else 0.0
