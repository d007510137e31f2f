"""What a synthetic estimator found: the effect, the weights behind it, and the series to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from evenground.methods.validation import Vector, Whole
from evenground.questions.promise.measures.synthetic.treated_block import TreatedBlock

Method = Literal["sdid", "sc", "did", "ascm"]
Mode = Literal["exact", "reference"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticFit:
    """An average effect on the treated from their start on, with what it is made of.

    Attributes
    ----------
    method, mode
        ``sdid``, ``sc``, ``did`` or ``ascm``; ``exact`` for the optimum, ``reference`` for weights
        where the reference implementation stops.
    effect
        Mean over treated units and times from the start on, in the outcome's unit.
    donors, unit_weights, shape (n_donors,)
        Rows of the panel that are never treated, and their weights: 0-1 (negative ones only for
        ``ascm``), adding up to 1.
    time_weights, shape (n_before,)
        Weights of the times before the start, adding up to 1; all 0 for ``sc`` and ``ascm``, which
        compare levels.
    intercept
        What is added to the weighted donors, in the outcome's unit; 0 for ``sc`` and ``ascm``.
    treated, synthetic, difference, shape (n_times,)
        Mean of the treated, weighted donors with the intercept, and the one less the other; the
        effect is the mean of ``difference`` from ``start`` on.
    start
        First treated column.
    penalty
        ``zeta`` of the unit weights in the outcome's unit; for ``ascm`` the ridge ``lambda`` in
        its square; 0 for ``did``.
    gap
        By how much at most the penalised squared error lies above its least value, as a share of
        the target's squares (the larger of both sets of weights); 0 for ``did``.
    unique
        Whether no other weights do as well without the penalty; ``None`` where that is not asked.
    """

    method: Method
    mode: Mode
    effect: float
    donors: Whole
    unit_weights: Vector
    time_weights: Vector
    intercept: float
    treated: Vector
    synthetic: Vector
    difference: Vector
    start: int
    penalty: float
    gap: float
    unique: bool | None = None

    @property
    def pre_error(self) -> float:
        """Root mean square of the difference before the start, in the outcome's unit."""
        return float(np.sqrt((self.difference[: self.start] ** 2).mean()))

    @property
    def path(self) -> Vector:
        """The effect at each time from the start on, shape (n_after,)."""
        return self.difference[self.start :]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighted:
    """Weights with what is to be said of them; fields as in ``SyntheticFit``."""

    units: Vector
    times: Vector
    penalty: float = 0.0
    gap: float = 0.0
    unique: bool | None = None


def fit_of(block: TreatedBlock, method: Method, *, mode: Mode, weighted: Weighted) -> SyntheticFit:
    """Return effect and series that follow from weights."""
    start, levels = block.start, bool(not weighted.times.any())
    donors = block.donors
    treated = block.outcomes[block.treated].mean(axis=0)
    # Sums of deviations keep the digits that large levels would take.
    level = treated[:start].mean()
    bare = weighted.units @ (block.outcomes[donors] - level) + level
    apart = treated - bare
    intercept = 0.0 if levels else float(weighted.times @ apart[:start])
    difference = apart - intercept
    return SyntheticFit(
        method=method,
        mode=mode,
        effect=float(difference[start:].mean()),
        donors=donors,
        unit_weights=weighted.units,
        time_weights=weighted.times,
        intercept=intercept,
        treated=treated,
        synthetic=bare + intercept,
        difference=difference,
        start=start,
        penalty=weighted.penalty,
        gap=weighted.gap,
        unique=weighted.unique,
    )
