"""How the costs of some projects can be laid on their supporters so that none carries too much.

A flow from projects to ballots, in whole numbers. It either lays all costs on supporters within
what each may carry, or names a set of projects whose supporters together cannot: a minimum cut
(Ford and Fulkerson 1956, Maximal flow through a network, Canadian Journal of Mathematics 8,
399-404). Paths are looked for among projects only, and as much as possible is moved along each.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from evenground.methods.validation import Flags, Vector, Whole

_Matrix = NDArray[np.int64]
_EXACT = 2**53  # whole numbers up to this are exact in floating point


class SupportFlow:
    """What each ballot carries of each project.

    Attributes
    ----------
    supports, shape (k, g)
        Which ballots support which project.
    carried, shape (k, g)
        What each ballot carries of each project.
    slack, shape (g,)
        What each ballot may still carry.
    """

    def __init__(
        self, supports: NDArray[np.bool_], capacity: Whole, *, carried: _Matrix | None = None
    ) -> None:
        self.supports = supports
        self.carried = np.zeros(supports.shape, np.int64) if carried is None else carried
        self.slack = capacity - self.carried.sum(axis=0)
        self._at = [np.flatnonzero(row) for row in supports]
        self._weights = supports.astype(np.int64)
        self._shared: dict[int, Vector] = {}
        # What lies of each project on supporters of each other one, and what these may still carry.
        self._lying = self._products()
        self._free = self._weights @ self.slack

    def lay(self, costs: Whole) -> Flags | None:
        """Lay what is missing of the costs on supporters.

        Parameters
        ----------
        costs, shape (k,)
            What each project costs.

        Returns
        -------
        Flags or None
            ``None`` where all is laid, else a set of projects whose supporters carry all they may,
            and only for projects of this set.
        """
        missing = costs - self.carried.sum(axis=1)
        for project in range(costs.size):
            need = int(missing[project])
            need -= self._laid(project, need)
            while need:
                path, reached = self._path(project)
                if path is None:
                    return reached
                need -= self._moved(path, need)
        return None

    def _products(self) -> _Matrix:
        total = int(self.carried.sum())
        if total >= _EXACT:
            return self._weights @ self.carried.T
        product = self._weights.astype(np.float64) @ self.carried.T.astype(np.float64)
        return product.astype(np.int64)

    def _change(self, project: int, supporters: int, more: Whole) -> None:
        """Let supporters of some project carry so much more of ``project``."""
        at = self._at[supporters]
        self.carried[project, at] += more
        self.slack[at] -= more
        told = self._told(supporters, more)
        self._lying[:, project] += told
        self._free -= told

    def _told(self, supporters: int, more: Whole) -> Whole:
        """Return by how much supporters of each project then carry more, shape (k,)."""
        at = self._at[supporters]
        if int(np.abs(more).sum()) >= _EXACT:
            return self._weights[:, at] @ more
        if supporters not in self._shared:
            self._shared[supporters] = self.supports[:, at].astype(np.float64)
        return (self._shared[supporters] @ more.astype(np.float64)).astype(np.int64)

    def _laid(self, project: int, need: int) -> int:
        """Lay as much as possible on the project's own supporters, evenly; return how much."""
        total = int(self._free[project])
        amount = min(need, total)
        if amount:
            room = self.slack[self._at[project]]
            self._change(project, project, _parts(room, amount, total))
        return amount

    def _path(self, start: int) -> tuple[list[int] | None, Flags]:
        """Return a shortest chain of projects to one whose supporters have slack."""
        came = np.full(len(self._at), -1, dtype=np.int64)
        reached = np.zeros(len(self._at), dtype=np.bool_)
        reached[start] = True
        queue = [start]
        for project in queue:
            if self._free[project] > 0:
                return _chain(came, start, project), reached
            gives = (self._lying[project] > 0) & ~reached
            came[gives] = project
            reached |= gives
            nearer = np.flatnonzero(gives)
            queue.extend(nearer[np.argsort(-self._free[nearer], kind="stable")].tolist())
        return None, reached

    def _moved(self, path: list[int], need: int) -> int:
        """Let each project of a chain take over supporters of the next; return how much."""
        hops = list(pairwise(path))
        amount = min(need, int(self._free[path[-1]]))
        for one, other in hops:
            amount = min(amount, int(self._lying[one, other]))
        for one, other in reversed(hops):
            self._laid(other, amount)
            held = self.carried[other, self._at[one]]
            self._change(other, one, -_parts(held, amount, int(held.sum())))
        return self._laid(path[0], amount)


def _chain(came: Whole, start: int, end: int) -> list[int]:
    chain = [end]
    while chain[-1] != start:
        chain.append(int(came[chain[-1]]))
    return chain[::-1]


def _parts(room: Whole, amount: int, total: int) -> Whole:
    """Return ``amount`` in parts that are at most ``room`` and nearly in proportion to it."""
    if amount == total:
        return room.copy()
    near = np.floor(room * (amount / total) * (1 - 1e-9)).astype(np.int64)
    near = np.minimum(near, room)
    rest = amount - int(near.sum())
    before = np.cumsum(room - near)
    return near + np.clip(rest - (before - (room - near)), 0, room - near)
