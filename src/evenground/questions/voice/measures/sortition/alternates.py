"""Who stands in: the shortest list with which anyone who drops out can be replaced within quotas.

Source: Assos, Baharav, Flanigan and Procaccia (2025), Alternates, assemble! Selecting optimal
alternates for citizens' assemblies, Proceedings of the 26th ACM Conference on Economics and
Computation (the question, there with chances of dropping out; here each single loss is covered,
which needs no such chances).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.methods.validation import Flags, Whole
from evenground.questions.voice.measures.sortition.panel_model import PanelModel
from evenground.questions.voice.measures.sortition.panel_programme import solved, solver


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternates:
    """A list of people who stand in.

    Attributes
    ----------
    counts, shape (n_classes,)
        How many of each class.
    stands_in, shape (n_classes, n_classes)
        Whether one of the second class can replace one of the first on this panel.
    without, shape (n_classes,)
        Classes on the panel that nobody left in the pool can stand in for.
    """

    counts: Whole
    stands_in: Flags
    without: Flags


def alternates(model: PanelModel, panel: Whole, *, n_losses: int = 1) -> Alternates:
    """Return the shortest list for a panel.

    Parameters
    ----------
    model
        Classes and limits.
    panel, shape (n_classes,)
        How many of each class the panel has.
    n_losses
        How many people of one class may drop out; of different classes, one at a time.
    """
    left = np.minimum(model.people - panel, model.most)
    fits = _fits(model, panel) & (left > 0)[None, :]
    needed = np.flatnonzero(panel > 0)
    without = np.zeros(model.n_classes, dtype=np.bool_)
    without[needed] = ~fits[needed].any(axis=1)
    counts = _shortest(fits[needed[~without[needed]]], left, n_losses=n_losses)
    return Alternates(counts=counts, stands_in=fits, without=without)


def _fits(model: PanelModel, panel: Whole) -> Flags:
    """Return whether the panel stays within limits when one person is replaced by another."""
    sums = model.sums.toarray().astype(np.int64)
    totals = sums @ panel
    down, up = totals - 1 < model.low, totals + 1 > model.high
    lost: Any = sums.T  # class by row: what leaves, and what comes
    bad_loss = (lost * down[None, :]) @ (1 - lost.T)
    bad_gain = (1 - lost) @ (lost * up[None, :]).T
    return (bad_loss == 0) & (bad_gain == 0)


def _shortest(fits: Flags, left: Whole, *, n_losses: int) -> Whole:
    import highspy

    n = left.size
    highs: Any = solver(mip_rel_gap=0.0, mip_abs_gap=1e-6)
    highs.addVars(n, np.zeros(n), left.astype(np.float64))
    columns = np.arange(n, dtype=np.int32)
    highs.changeColsCost(n, columns, np.ones(n))
    highs.changeColsIntegrality(n, columns, [highspy.HighsVarType.kInteger] * n)
    for row in fits:
        at = np.flatnonzero(row).astype(np.int32)
        enough = float(min(n_losses, int(left[at].sum())))
        highs.addRow(enough, np.inf, at.size, at, np.ones(at.size))
    solved(highs)
    return np.rint(highs.getSolution().col_value).astype(np.int64)
