"""Chances of known panels worked out anew, and panels added, until rounding is all that is left.

Panels may be written down one by one with errors that add up. The nearest point of what they span
is found again by non-negative least squares; where a distance is left, the panel furthest along it
is added. Source: Lawson and Hanson (1974), Solving least squares problems, Prentice-Hall, chapter
23 (non-negative least squares); Wolfe (1976), Finding the nearest point in a polytope, Mathematical
Programming 11, 128-149 (adding points).
"""

from __future__ import annotations

import numpy as np

from evenground.methods.validation import Vector, Whole
from evenground.questions.voice.measures.sortition.panel_model import PanelLottery
from evenground.questions.voice.measures.sortition.panel_programme import BestPanel

EXACT = 2e-14
"""Distance of a class, in people, that rounding alone leaves."""
_ROUNDING = 10.0
_GAINS = 1e-9
_ROUNDS = 4
_MORE = 50
_WHOLE = 1e-7


def settled_weights(panels: Whole, weights: Vector, expected: Vector) -> PanelLottery:
    """Return the lottery with chances worked out anew so that rounding does not add up.

    Parameters
    ----------
    panels, shape (n_panels, n_classes), and weights, shape (n_panels,)
        Panels by class and their chances, which add up to ``expected`` or nearly so.
    expected, shape (n_classes,)
        What they should add up to.
    """
    merged, at = np.unique(panels, axis=0, return_inverse=True)
    given = np.bincount(at.reshape(-1), weights)
    table = np.vstack([merged.T.astype(np.float64), np.ones(len(merged))])
    wanted = np.append(expected, 1.0)
    best = given / given.sum()
    moved = _refined(table, _non_negative(table, wanted), wanted)
    if _off(table, moved, wanted) < _off(table, best, wanted):
        best = moved
    order = np.argsort(-best, kind="stable")
    order = order[best[order] > 0]
    return PanelLottery(panels=merged[order], weights=best[order] / best[order].sum())


def completed(lottery: PanelLottery, expected: Vector, *, best: BestPanel) -> PanelLottery:
    """Return the lottery with panels added until nothing but rounding is left, or none helps.

    Where each class has the expected number rounded down or up, it stays so.
    """
    low, high = np.floor(expected + _WHOLE), np.ceil(expected - _WHOLE)
    if ((lottery.panels >= low) & (lottery.panels <= high)).all():
        best.within(low, high)
    for _ in range(_MORE):
        off = expected - lottery.expected
        if np.abs(off).max() <= EXACT:
            break
        along = off / np.linalg.norm(off)
        panel = best.within_work(along)
        if panel is None or along @ panel <= float((lottery.panels @ along).max()) + _GAINS:
            break
        more = settled_weights(
            np.vstack([lottery.panels, panel]), np.append(lottery.weights, 0.0), expected
        )
        if np.abs(expected - more.expected).max() >= np.abs(off).max():
            break
        lottery = more
    return lottery


def _refined(table: Vector, weights: Vector, wanted: Vector) -> Vector:
    """Return chances corrected for what is left, looked at enlarged so that it is not lost.

    Chances no larger than what is left are rounding: they are given up and may come again.
    """
    found, off = weights, _off(table, weights, wanted)
    for _ in range(_ROUNDS):
        if off <= EXACT:
            break
        kept = np.where(found > _ROUNDING * off, found, 0.0)
        left = wanted - table @ kept
        scale = float(np.abs(left).max())
        used = np.flatnonzero(kept)
        if not scale:
            return kept
        move = _non_negative(np.column_stack([table, -table[:, used]]), left / scale)
        now = kept + scale * move[: kept.size]
        now[used] -= scale * move[kept.size :]
        if (now < 0).any() or _off(table, now, wanted) >= off:
            break
        found, off = now, _off(table, now, wanted)
    return found


def _non_negative(table: Vector, wanted: Vector) -> Vector:
    from scipy.optimize import nnls

    try:
        return nnls(table, wanted, maxiter=10 * table.shape[1])[0]
    except RuntimeError:  # its steps are used up: nothing is found
        return np.zeros(table.shape[1])


def _off(table: Vector, weights: Vector, wanted: Vector) -> float:
    return float(np.abs(table @ weights - wanted).max())
