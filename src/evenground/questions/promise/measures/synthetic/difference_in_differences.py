"""Difference-in-differences (DiD): all donors and all times before the start count alike.

Source: Ashenfelter and Card (1985), Using the longitudinal structure of earnings to estimate the
effect of training programs, Review of Economics and Statistics 67, 648-660; as a special case of
synthetic difference-in-differences in Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021),
American Economic Review 111, 4088-4118, equation 3.
"""

from __future__ import annotations

import numpy as np

from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.synthetic.synthetic_fit import (
    SyntheticFit,
    Weighted,
    fit_of,
)
from evenground.questions.promise.measures.synthetic.treated_block import treated_block


def difference_in_differences(panel: Panel) -> SyntheticFit:
    """Return the effect by difference-in-differences with one start.

    Parameters
    ----------
    panel
        All treated units start at one time; the others are never treated.

    Raises
    ------
    UsageError
        If nobody is treated, starts differ, or fewer than two donors or two times before the start
        are left.
    """
    block = treated_block(panel)
    n_donors = block.donors.size
    weighted = Weighted(
        units=np.full(n_donors, 1 / n_donors), times=np.full(block.start, 1 / block.start)
    )
    return fit_of(block, "did", mode="exact", weighted=weighted)
