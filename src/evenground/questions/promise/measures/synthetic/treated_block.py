"""Who is treated, since when, and who is left to compare with: one start for all treated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.errors import Problem, UsageError
from evenground.language import N_
from evenground.methods.validation import Flags, Vector, Whole, wrong
from evenground.questions.promise.measures.panel import Panel

_LEAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatedBlock:
    """A panel whose treated units all start at one time.

    Attributes
    ----------
    outcomes, shape (n_units, n_times)
        In the outcome's unit.
    treated, shape (n_units,)
        Who is treated from ``start`` on.
    start
        First treated column, 2 or more.
    """

    outcomes: Vector
    treated: Flags
    start: int

    @property
    def donors(self) -> Whole:
        """Rows of those never treated, shape (n_donors,)."""
        return np.flatnonzero(~self.treated)

    @property
    def n_treated(self) -> int:
        """How many units are treated."""
        return int(self.treated.sum())

    @property
    def n_after(self) -> int:
        """How many times lie after the start, it included."""
        return self.outcomes.shape[1] - self.start

    @property
    def noise(self) -> float:
        """Standard deviation of the donors' first differences before the start."""
        before = self.outcomes[~self.treated, : self.start]
        return float((before[:, 1:] - before[:, :-1]).std(ddof=1))


def treated_block(panel: Panel) -> TreatedBlock:
    """Return the panel as a block.

    Raises
    ------
    UsageError
        If nobody is treated, starts differ, or fewer than two donors or two times before the start
        are left.
    """
    cohorts = panel.cohorts
    if not cohorts.size:
        raise wrong("nobody_treated", N_("no unit of the panel is ever treated"))
    if cohorts.size > 1:
        raise UsageError(
            Problem(
                code="several_starts",
                what=N_("treatment starts at {n} different times; this method knows one start"),
                way_out=N_(
                    "Take the method for a staggered roll-out, or one cohort at a time with those "
                    "never treated."
                ),
                parameters={"n": int(cohorts.size)},
            )
        )
    start = int(cohorts[0])
    n_donors = int((~panel.ever_treated).sum())
    if n_donors < _LEAST or start < _LEAST:
        raise wrong(
            "block_small",
            N_("{n_donors} units never treated and {n_before} times before the start; both must "
               "be at least 2"),
            n_donors=n_donors,
            n_before=start,
        )  # fmt: skip
    return TreatedBlock(outcomes=panel.outcomes, treated=panel.ever_treated, start=start)
