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

from evenground.methods.validation import Flags, Whole

_Matrix = NDArray[np.int64]


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

    def __init__(self, supports: NDArray[np.bool_], capacity: Whole) -> None:
        self.supports = supports
        self.at = [np.flatnonzero(row) for row in supports]
        self.carried: _Matrix = np.zeros(supports.shape, dtype=np.int64)
        self.slack = capacity.copy()

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
            while need:
                need -= self._laid(project, need)
                if not need:
                    break
                path, reached = self._path(project)
                if path is None:
                    return reached
                need -= self._moved(path, need)
        return None

    def _laid(self, project: int, need: int) -> int:
        """Lay as much as possible on the project's own supporters, evenly; return how much."""
        at = self.at[project]
        room = self.slack[at]
        total = int(room.sum())
        amount = min(need, total)
        if amount:
            given = _parts(room, amount, total)
            self.carried[project, at] += given
            self.slack[at] -= given
        return amount

    def _path(self, start: int) -> tuple[list[int] | None, Flags]:
        """Return a shortest chain of projects to one whose supporters have slack."""
        came = np.full(len(self.at), -1, dtype=np.int64)
        reached = np.zeros(len(self.at), dtype=np.bool_)
        reached[start] = True
        queue = [start]
        for project in queue:
            at = self.at[project]
            if project != start and (self.slack[at] > 0).any():
                return _chain(came, start, project), reached
            gives = (self.carried[:, at] > 0).any(axis=1) & ~reached
            came[gives] = project
            reached |= gives
            queue.extend(np.flatnonzero(gives).tolist())
        return None, reached

    def _moved(self, path: list[int], need: int) -> int:
        """Let each project of a chain take over supporters of the next; return how much."""
        amount = min(need, int(self.slack[self.at[path[-1]]].sum()))
        for one, other in pairwise(path):
            amount = min(amount, int(self.carried[other, self.at[one]].sum()))
        for one, other in reversed(list(pairwise(path))):
            self._laid(other, amount)
            at = self.at[one]
            held = self.carried[other, at]
            taken = _parts(held, amount, int(held.sum()))
            self.carried[other, at] -= taken
            self.slack[at] += taken
        return self._laid(path[0], amount)


def _chain(came: Whole, start: int, end: int) -> list[int]:
    chain = [end]
    while chain[-1] != start:
        chain.append(int(came[chain[-1]]))
    return chain[::-1]


def _parts(room: Whole, amount: int, total: int) -> Whole:
    """Return ``amount`` in parts that are at most ``room`` and nearly in proportion to it."""
    if amount == total:
        return room
    near = np.floor(room * (amount / total) * (1 - 1e-9)).astype(np.int64)
    near = np.minimum(near, room)
    rest = amount - int(near.sum())
    before = np.cumsum(room - near)
    return near + np.clip(rest - (before - (room - near)), 0, room - near)
