"""Synthetic difference-in-differences (SDID).

Donors are weighted so that their course before the start runs parallel to that of the treated, and
times before the start so that they foretell what donors do afterwards; the effect is the difference
in differences under both weights. Both have an intercept, so only courses count, not levels. The
penalty grows with how much donors change between times, a course common to all included.

Source: Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021), Synthetic difference-in-
differences, American Economic Review 111, 4088-4118, equations 4-6 and algorithm 1: ``zeta =
(n_treated n_after)^(1/4) sigma``; the time weights bear ``1e-6 sigma``, which makes them the only
ones.
"""

from __future__ import annotations

import numpy as np

from evenground.methods.validation import Vector
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.synthetic.frank_wolfe import early_stopped_weights
from evenground.questions.promise.measures.synthetic.simplex_least_squares import (
    SimplexWeights,
    least_on_simplex,
)
from evenground.questions.promise.measures.synthetic.synthetic_fit import (
    Mode,
    SyntheticFit,
    Weighted,
    fit_of,
)
from evenground.questions.promise.measures.synthetic.treated_block import (
    TreatedBlock,
    treated_block,
)

TIME_PENALTY = 1e-6  # times the noise level


def synthetic_difference_in_differences(panel: Panel, *, mode: Mode = "exact") -> SyntheticFit:
    """Return the effect by synthetic difference-in-differences.

    Parameters
    ----------
    panel
        All treated units start at one time; the others are never treated.
    mode
        ``exact`` for the optimum of the penalised least squares; ``reference`` for weights where
        the R package of the authors stops, for auditors.

    Raises
    ------
    UsageError
        If nobody is treated, starts differ, or fewer than two donors or two times before the start
        are left.
    """
    block = treated_block(panel)
    weighted = _exactly(block) if mode == "exact" else _as_reference(block)
    return fit_of(block, "sdid", mode=mode, weighted=weighted)


def unit_penalty(block: TreatedBlock, *, noise: float | None = None) -> float:
    """Return ``zeta``, in the outcome's unit; ``noise`` spares counting it again."""
    sigma = block.noise if noise is None else noise
    return (block.n_treated * block.n_after) ** 0.25 * sigma


def relative(found: SimplexWeights, squares: float) -> float:
    """Return a gap as a share of the target's squares, 0 for a target without any."""
    return max(found.gap, 0.0) / squares if squares > 0 else 0.0


def _centred(block: TreatedBlock) -> tuple[Vector, Vector, Vector]:
    """Return courses of donors and treated without their levels, and what came after less before.

    The donors' mean course is taken off all of them: weights add up to one, so it changes nothing,
    and digits are spared.
    """
    before = block.outcomes[:, : block.start]
    level = before.mean(axis=1)
    course = before - level[:, None]
    treated = block.treated
    donors = course[~treated]
    middle = donors.mean(axis=0)
    later = (block.outcomes[:, block.start :] - level[:, None]).mean(axis=1)[~treated]
    return donors - middle, course[treated].mean(axis=0) - middle, later - later.mean()


def _exactly(block: TreatedBlock) -> Weighted:
    noise = block.noise
    zeta = unit_penalty(block, noise=noise)
    donors, treated, later = _centred(block)
    n_donors, n_before = donors.shape
    over_units = donors @ donors.T
    over_units.flat[:: n_donors + 1] += n_before * zeta**2 or 1.0
    units = least_on_simplex(over_units, donors @ treated)
    over_times = donors.T @ donors
    mean = float(np.trace(over_times)) / n_before
    # Courses add up to nothing over time, so their Gram matrix is singular where all weights are
    # free. A constant changes nothing on the simplex and cures that.
    over_times += mean / n_before
    over_times.flat[:: n_before + 1] += n_donors * (TIME_PENALTY * noise) ** 2 or 1.0
    times = least_on_simplex(over_times, later @ donors, few=True)
    gap = max(relative(units, float(treated @ treated)), relative(times, float(later @ later)))
    return Weighted(units=units.weights, times=times.weights, penalty=zeta, gap=gap)


def _as_reference(block: TreatedBlock) -> Weighted:
    noise, zeta = block.noise, unit_penalty(block)
    donors, treated, later = _centred(block)
    exact = _exactly(block)
    units = early_stopped_weights(donors.T, treated, penalty=zeta, noise=noise)
    times = early_stopped_weights(donors, later, penalty=TIME_PENALTY * noise, noise=noise)
    n_donors, n_before = donors.shape
    left = (
        _excess(donors.T, treated, (units, exact.units), n_before * zeta**2),
        _excess(donors, later, (times, exact.times), n_donors * (TIME_PENALTY * noise) ** 2),
    )
    return Weighted(units=units, times=times, penalty=zeta, gap=max(0.0, *left))


def _excess(design: Vector, target: Vector, pair: tuple[Vector, Vector], ridge: float) -> float:
    """Return by how much the first weights do worse than the second, as a share of the squares."""
    sums = [float(((design @ w - target) ** 2).sum() + ridge * (w**2).sum()) for w in pair]
    squares = float(target @ target)
    return (sums[0] - sums[1]) / squares if squares > 0 else 0.0
