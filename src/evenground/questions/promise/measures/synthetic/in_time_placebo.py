"""Backdated starts: what is found where the start is put before anything had happened.

Only times before the real start are used; an estimator that finds much there finds what was not.

Source: Abadie, Diamond and Hainmueller (2015), Comparative politics and the synthetic control
method, American Journal of Political Science 59, 495-510 (in-time placebos).
"""

from __future__ import annotations

from collections.abc import Sequence
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
from evenground.questions.promise.measures.synthetic.synthetic_fit import Method
from evenground.questions.promise.measures.synthetic.treated_block import (
    TreatedBlock,
    treated_block,
)

_LEAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class InTimePlacebo:
    """Effects of starts that were none.

    Attributes
    ----------
    effect
        Of the real start, in the outcome's unit.
    starts, effects, shape (n_starts,)
        Columns in which treatment is pretended to start, and what is found from there up to the
        real start; none where there are fewer than three times before it.
    share_as_large
        Share of them at least as large as the real effect, without regard to sign, 0-1; ``None``
        where there is none.
    """

    effect: float
    starts: Whole
    effects: Vector
    share_as_large: float | None


def in_time_placebo(
    panel: Panel, method: Method = "sdid", *, starts: Sequence[int] | None = None
) -> InTimePlacebo:
    """Return what backdated starts find.

    Parameters
    ----------
    panel
        All treated units start at one time; the others are never treated.
    method
        As in ``SyntheticFit``; the exact optimum.
    starts
        Columns, 2 or more and before the real start; every one in the later half of the times
        before it, where they are left out.

    Raises
    ------
    UsageError
        If nobody is treated, starts differ, too few donors or times are left, or a pretended start
        does not lie among the times before the real one.
    """
    block = treated_block(panel)
    columns = np.arange(max(_LEAST, block.start // 2), block.start)
    if starts is not None:
        columns = np.asarray(starts, dtype=np.int64)
    if ((columns < _LEAST) | (columns >= block.start)).any():
        raise wrong(
            "start_not_before",
            N_("pretended starts must lie in columns {least} to {most}"),
            least=_LEAST,
            most=block.start - 1,
        )
    effect = _effect(block, method)
    earlier = block.outcomes[:, : block.start]
    found = np.array(
        [
            _effect(TreatedBlock(outcomes=earlier, treated=block.treated, start=int(s)), method)
            for s in columns
        ]
    )
    share = float((np.abs(found) >= abs(effect)).mean()) if found.size else None
    return InTimePlacebo(effect=effect, starts=columns, effects=found, share_as_large=share)


def _effect(block: TreatedBlock, method: Method) -> float:
    treated = block.treated[None, :]
    plan = plan_of(block, method)
    return float(
        effects_of(contrasts_of(block.outcomes, treated, ~treated, plan=plan), block.outcomes)[0]
    )
