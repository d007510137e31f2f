"""The smallest changes of quotas with which there is a panel, where there is none.

Every quota may be lowered at its least or raised at its most; the number of places by which quotas
move in all is made as small as it can be, and the ways to move so little are listed. Source: the
relaxation of quotas as such in Flanigan et al. (2021), Nature 596, 548-552, supplementary
information; Chinneck (2008), Feasibility and infeasibility in optimization, Springer (elastic
programmes).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.methods.validation import Vector, Whole
from evenground.questions.voice.measures.sortition.panel_model import PanelModel
from evenground.questions.voice.measures.sortition.panel_programme import solved, solver

N_WAYS = 5
"""How many ways of the same size are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxed:
    """One limit that moves.

    Attributes
    ----------
    quota
        Position of the quota.
    end
        "min" or "max".
    before, after
        The limit as it is, and as it would be.
    """

    quota: int
    end: str
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRepair:
    """What would have to give.

    Attributes
    ----------
    total
        Places by which quotas move in all; 0 if there is a panel; ``None`` if no quota is to blame:
        there are not enough people, or households, for a panel of that size.
    ways
        Ways to move so little, each with all its limits. There may be more than are listed.
    complete
        Whether all ways are listed.
    """

    total: int | None
    ways: tuple[tuple[Relaxed, ...], ...]
    complete: bool


def quota_repair(model: PanelModel, *, n_quotas: int, n_ways: int = N_WAYS) -> QuotaRepair:
    """Return the smallest relaxations of quotas.

    Parameters
    ----------
    model
        Classes and limits; rows 1 to ``n_quotas`` are quotas.
    n_quotas
        How many rows may move.
    n_ways
        How many ways are listed at most.
    """
    search = _Elastic(model, n_quotas)
    first = search.least()
    if first is None:
        return QuotaRepair(total=None, ways=(), complete=True)
    total = int(first.sum())
    if not total:
        return QuotaRepair(total=0, ways=(), complete=True)
    found = [first]
    search.hold(total)
    while len(found) <= n_ways:
        search.forbid(found[-1])
        another = search.least()
        if another is None:
            break
        found.append(another)
    ways = tuple(_moved(model, n_quotas, moves) for moves in found[:n_ways])
    return QuotaRepair(total=total, ways=ways, complete=len(found) <= n_ways)


def _moved(model: PanelModel, n_quotas: int, moves: Whole) -> tuple[Relaxed, ...]:
    found: list[Relaxed] = []
    for at in np.flatnonzero(moves).tolist():
        quota, down = at % n_quotas, at < n_quotas
        before = int((model.low if down else model.high)[quota + 1])
        after = before - int(moves[at]) if down else before + int(moves[at])
        end = "min" if down else "max"
        found.append(Relaxed(quota=quota, end=end, before=before, after=after))
    return tuple(found)


class _Elastic:
    """``min`` of all moves over panels whose quotas may move."""

    def __init__(self, model: PanelModel, n_quotas: int) -> None:
        import highspy

        self._n, self._n_moves = model.n_classes, 2 * n_quotas
        self._whole = highspy.HighsVarType.kInteger
        self._highs: Any = solver(mip_rel_gap=0.0, mip_abs_gap=1e-6)
        n = self._n
        self._highs.addVars(n, np.zeros(n), model.most.astype(np.float64))
        most = np.concatenate([model.low[1 : n_quotas + 1], np.full(n_quotas, model.size)])
        self._most = most.astype(np.float64)
        self._highs.addVars(self._n_moves, np.zeros(self._n_moves), self._most)
        self._moves = np.arange(n, n + self._n_moves, dtype=np.int32)
        self._highs.changeColsCost(self._n_moves, self._moves, np.ones(self._n_moves))
        self._n_columns = n + self._n_moves
        self._integral(np.arange(self._n_columns))
        sums = model.sums
        for row in range(model.n_rows):
            at = sums.indices[sums.indptr[row] : sums.indptr[row + 1]].astype(np.int32)
            ends = float(model.low[row]), float(model.high[row])
            if 1 <= row <= n_quotas:
                lower = np.append(at, n + row - 1).astype(np.int32)
                upper = np.append(at, n + n_quotas + row - 1).astype(np.int32)
                self._highs.addRow(ends[0], np.inf, lower.size, lower, np.ones(lower.size))
                signs = np.append(np.ones(at.size), -1.0)
                self._highs.addRow(-np.inf, ends[1], upper.size, upper, signs)
            else:
                self._highs.addRow(*ends, at.size, at, np.ones(at.size))

    def _integral(self, columns: Any) -> None:
        kinds = [self._whole] * columns.size
        self._highs.changeColsIntegrality(columns.size, columns.astype(np.int32), kinds)

    def least(self) -> Whole | None:
        """Return the moves, shape (2 n_quotas,): of the least, then of the most; or ``None``."""
        self._highs.clearSolver()
        if not solved(self._highs):
            return None
        found: Vector = np.array(self._highs.getSolution().col_value)[self._moves]
        return np.rint(found).astype(np.int64)

    def hold(self, total: int) -> None:
        """Keep all moves together at ``total``."""
        self._highs.addRow(
            float(total), float(total), self._n_moves, self._moves, np.ones(self._n_moves)
        )

    def forbid(self, moves: Whole) -> None:
        """Ask for other moves of the same total: one at least must be smaller than here."""
        used = np.flatnonzero(moves)
        flags = np.arange(self._n_columns, self._n_columns + used.size, dtype=np.int32)
        self._highs.addVars(used.size, np.zeros(used.size), np.ones(used.size))
        self._n_columns += used.size
        self._integral(flags)
        self._highs.addRow(1.0, np.inf, used.size, flags, np.ones(used.size))
        for flag, at in zip(flags.tolist(), used.tolist(), strict=True):
            # With the flag up, this move is one smaller at least; with it down, anything goes.
            pair = np.array([self._n + at, flag], dtype=np.int32)
            room = float(self._most[at] - moves[at] + 1)
            self._highs.addRow(-np.inf, float(self._most[at]), 2, pair, np.array([1.0, room]))
