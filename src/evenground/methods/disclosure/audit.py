"""The attacker's problem: how far can each suppressed cell be narrowed by all that is published?

A cell is safe when two tables that agree with everything published differ in it by enough. One such
pair proves it; so the audit looks for tables that move many cells at once, and asks for the exact
interval of a single cell only where that failed.

Source: Fischetti and Salazar-González (2001), section 2 (attacker subproblems).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.disclosure.attacker import Attacker, components
from evenground.methods.disclosure.table_system import (
    TOLERANCE,
    Flags,
    Interval,
    TableSystem,
    Vector,
    Whole,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """Outcome for one pattern.

    ``low`` and ``high``, shape (n_cells,), are values that each cell takes in tables that agree
    with everything published: the attacker's interval is at least as wide. ``exposed`` are primary
    cells whose exact interval is narrower than asked.
    """

    low: Vector
    high: Vector
    exposed: Whole
    n_programmes: int


def audit(
    system: TableSystem, suppressed: Flags, *, width: float, known: Audit | None = None
) -> Audit:
    """Return whether every suppressed primary cell can still differ by ``width``.

    ``known`` is the audit of a pattern that suppressed less: what it showed to be hidden still is.
    """
    low, high = _moved_alone(system, suppressed)
    if known is not None:
        low, high = np.minimum(low, known.low), np.maximum(high, known.high)
    n_programmes = 0 if known is None else known.n_programmes
    exposed: list[int] = []
    short = _short(system, suppressed, (low, high), width)
    for cells in components(system, suppressed):
        if not short[cells].any():
            continue
        attacker = Attacker(system, suppressed, cells)
        exposed += _examine(attacker, (low, high), short[cells], width=width)
        n_programmes += attacker.n_programmes
    return Audit(
        low=low, high=high, exposed=np.array(sorted(exposed), dtype=np.int64),
        n_programmes=n_programmes,
    )  # fmt: skip


def feasibility_intervals(system: TableSystem, suppressed: Flags) -> Interval:
    """Return each cell's exact interval given everything published, two programmes per cell."""
    low, high = system.value.copy(), system.value.copy()
    for cells in components(system, suppressed):
        attacker = Attacker(system, suppressed, cells)
        for position, cell in enumerate(cells):
            wish = np.zeros(cells.size)
            wish[position] = 1.0
            low[cell] = attacker.best(wish)[position]
            high[cell] = attacker.best(-wish)[position]
    return low, high


def _moved_alone(system: TableSystem, suppressed: Flags) -> Interval:
    """Values that cells take when one equality's cells move and all others stay as they are."""
    n_equalities = np.bincount(system.cell, minlength=system.n_cells)
    movable = suppressed & (n_equalities <= 1)
    low, high = system.prior(movable, frozen=True)
    entry_low, entry_high = system.alone(low, high)
    free = movable & (n_equalities == 0)
    seen_low, seen_high = np.where(free, low, system.value), np.where(free, high, system.value)
    mine = movable[system.cell]
    np.minimum.at(seen_low, system.cell[mine], entry_low[mine])
    np.maximum.at(seen_high, system.cell[mine], entry_high[mine])
    return seen_low, seen_high


def _short(system: TableSystem, suppressed: Flags, seen: Interval, width: float) -> Flags:
    return system.primary & suppressed & (seen[1] - seen[0] < width - TOLERANCE)


def _examine(attacker: Attacker, seen: Interval, short: Flags, *, width: float) -> list[int]:
    """Look at one component; widen ``seen`` in place and return the cells that stay narrow."""
    cells, short = attacker.cells, short.copy()

    def look(wish: Vector) -> None:
        for direction in (-1.0, 1.0):
            if (short & (wish > 0)).any():
                point = attacker.best(direction * wish)
                seen[0][cells] = np.minimum(seen[0][cells], point)
                seen[1][cells] = np.maximum(seen[1][cells], point)
                short[:] &= seen[1][cells] - seen[0][cells] < width - TOLERANCE

    attacker.stop_at(width, short)
    settled = short.size
    while short.any() and settled > short.sum() // 8:
        before = int(short.sum())
        look(short.astype(np.float64))
        settled = before - int(short.sum())
    attacker.go_freely()
    exposed: list[int] = []
    for position in np.flatnonzero(short):
        look(np.asarray(np.arange(cells.size) == position, dtype=np.float64))
        if short[position]:
            exposed.append(int(cells[position]))
    return exposed
