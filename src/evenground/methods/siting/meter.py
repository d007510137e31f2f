"""How much work a search has done, and whether it is to stop."""

from __future__ import annotations

from collections.abc import Callable

from evenground.methods.siting.answer import Effort, Progress, relative_gap


class Meter:
    """Counts work, asks whether to stop and tells how far the search is.

    Once it has said stop it stays so: a search that ends must end everywhere.
    """

    def __init__(self, effort: Effort, told: Callable[[float], float] = float) -> None:
        self.effort = effort
        self.told = told  # from what is minimised to what people are told
        self.work = 0
        self.n_nodes = 0
        self.n_cuts = 0
        self._stopped = False

    @property
    def stopped(self) -> bool:
        """Whether it has said stop."""
        return self._stopped

    @property
    def left(self) -> int:
        """Units of work that may still be done."""
        if self.effort.work_limit is None:
            return 2**31 - 1
        return max(self.effort.work_limit - self.work, 0)

    @property
    def asked(self) -> bool:
        """Whether somebody, or the limit of work, says to stop now."""
        said = self.effort.should_stop is not None and self.effort.should_stop()
        self._stopped = self._stopped or said or self.left <= 0
        return self._stopped

    def spend(self, units: int) -> None:
        """Note work done."""
        self.work += units

    def stops(self, objective: float, bound: float) -> bool:
        """Return whether to stop, with the best value so far and its bound; both are told on."""
        objective, bound = self.told(objective), self.told(bound)
        if self.effort.progress is not None:
            self.effort.progress(Progress(objective=objective, bound=bound, work=self.work))
        asked = self.effort.should_stop is not None and self.effort.should_stop()
        near = self.effort.gap > 0 and relative_gap(objective, bound) <= self.effort.gap
        self._stopped = self._stopped or asked or near or self.left <= 0
        return self._stopped
