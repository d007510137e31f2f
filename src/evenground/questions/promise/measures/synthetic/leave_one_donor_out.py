"""Whether one donor carries the effect: the estimate without each of them in turn.

Source: Abadie, Diamond and Hainmueller (2015), Comparative politics and the synthetic control
method, American Journal of Political Science 59, 495-510, section on robustness.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Vector, Whole, wrong
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.synthetic.assignment_contrasts import (
    contrasts_of,
    effects_of,
    plan_of,
)
from evenground.questions.promise.measures.synthetic.synthetic_fit import Method, Mode
from evenground.questions.promise.measures.synthetic.treated_block import treated_block

_LEAST_DONORS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveOneDonorOut:
    """The effect without each donor.

    Attributes
    ----------
    effect
        With all donors, in the outcome's unit.
    donors, effects, shape (n_donors,)
        Rows of the panel, and the effect without each, penalties staying as they are.
    low, high
        The least and the largest of them.
    """

    effect: float
    donors: Whole
    effects: Vector
    low: float
    high: float

    @property
    def weightiest(self) -> int:
        """Row of the panel whose absence moves the effect most."""
        return int(self.donors[int(np.argmax(np.abs(self.effects - self.effect)))])


def leave_one_donor_out(
    panel: Panel, method: Method = "sdid", *, mode: Mode = "exact"
) -> LeaveOneDonorOut:
    """Return the effect without each donor in turn.

    Parameters
    ----------
    panel
        All treated units start at one time; the others, three or more, are never treated.
    method, mode
        As in ``SyntheticFit``.

    Raises
    ------
    UsageError
        If nobody is treated, starts differ, or fewer than three donors or two times before the
        start are there.
    """
    block = treated_block(panel)
    donors = block.donors
    if donors.size < _LEAST_DONORS:
        raise wrong(
            "donors_few_to_leave_out",
            N_("{n} units never treated; at least three are needed to leave one out"),
            n=int(donors.size),
        )
    others = np.tile(~block.treated, (donors.size, 1))
    others[np.arange(donors.size), donors] = False
    plan = plan_of(block, method, mode=mode)
    treated = block.treated[None, :]
    outcomes = block.outcomes
    whole = effects_of(contrasts_of(outcomes, treated, ~treated, plan=plan), outcomes)
    stood = np.repeat(treated, donors.size, axis=0)
    effects = effects_of(contrasts_of(outcomes, stood, others, plan=plan), outcomes)
    return LeaveOneDonorOut(
        effect=float(whole[0]),
        donors=donors,
        effects=effects,
        low=float(effects.min()),
        high=float(effects.max()),
    )
