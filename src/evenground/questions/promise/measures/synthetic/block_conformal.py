"""Block conformal test: were the times after the start unlike any other stretch of the series?

Under "the effect is t from the start on", t is taken off the treated, the comparison is fitted to
*all* times, and what is left over after the start is set against every other stretch of the same
length, the series closed to a ring (all moving-block permutations, listed). One treated area is
enough. The test leans on the left-overs being stationary, not on units being alike.

Source: Chernozhukov, Wüthrich and Zhu (2021), An exact and robust conformal inference method for
counterfactual and synthetic controls, Journal of the American Statistical Association 116,
1849-1864, section 2.2 (statistic with q = 1, moving-block permutations, inversion).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Vector, wrong
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.synthetic.placebo_test import ALPHA
from evenground.questions.promise.measures.synthetic.simplex_least_squares import (
    least_on_simplex,
)
from evenground.questions.promise.measures.synthetic.synthetic_control import (
    LEVEL_PENALTY,
    level_ridge,
)
from evenground.questions.promise.measures.synthetic.synthetic_difference_in_differences import (
    unit_penalty,
)
from evenground.questions.promise.measures.synthetic.treated_block import (
    TreatedBlock,
    treated_block,
)

N_GRID = 60
N_HALVINGS = 50
N_DOUBLINGS = 24

Comparison = Literal["sc", "sdid", "did"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockConformal:
    """What moving blocks say about a constant effect.

    Attributes
    ----------
    p
        Of "no effect at any time", 0-1, a multiple of ``1 / n_times``.
    low, high
        The least and the largest constant effect not rejected at ``level``, in the outcome's unit;
        both not a number where all are rejected, which speaks against a constant effect; infinite
        where no effect on that side is, as with more times after the start than before.
    level
        0-1: the largest multiple of ``1 / n_times`` not above alpha, or the least there is.
    cannot_tell
        Whether no result could be significant at alpha: ``1 / n_times > alpha``.
    n_shifts
        Permutations, one for each time.
    """

    p: float
    low: float
    high: float
    level: float
    cannot_tell: bool
    n_shifts: int


def block_conformal(
    panel: Panel, comparison: Comparison = "sc", *, alpha: float = ALPHA
) -> BlockConformal:
    """Return p and interval by moving blocks.

    Parameters
    ----------
    panel
        All treated units start at one time; the others are never treated.
    comparison
        How the course without the effect is fitted: ``sc`` (weights on levels), ``sdid`` (its unit
        weights with intercept and penalty) or ``did`` (even weights with an intercept).
    alpha
        Level of test and interval, 0-1.

    Raises
    ------
    UsageError
        If nobody is treated, starts differ, too few donors or times are left, or ``alpha`` is not
        within 0-1.
    """
    if not 0 < alpha < 1:
        raise wrong("alpha_range", N_("alpha is {found}; it must lie within 0-1"), found=alpha)
    block = treated_block(panel)
    n = block.outcomes.shape[1]
    left_over = _left_over(block, comparison)

    def p_of(effect: float) -> float:
        return _p(np.abs(left_over(effect)), block.start)

    allowed = int(np.floor(alpha * n * (1 + 1e-12)))
    level = max(allowed, 1) / n
    nothing = left_over(0.0)
    middle = float(nothing[block.start :].mean() - nothing[: block.start].mean())
    width = float(np.abs(nothing - nothing.mean()).max())
    low, high = _accepted(p_of, level, (middle, width))
    return BlockConformal(
        p=p_of(0.0), low=low, high=high, level=level, cannot_tell=allowed < 1, n_shifts=n
    )


def _left_over(block: TreatedBlock, comparison: Comparison) -> Callable[[float], Vector]:
    """Return the function from a constant effect to what the fit over all times leaves over."""
    donors = block.outcomes[block.donors]
    middle = donors.mean(axis=0)
    apart, treated = donors - middle, block.outcomes[block.treated].mean(axis=0) - middle
    after = (np.arange(treated.size) >= block.start).astype(np.float64)
    if comparison != "sc":
        apart = apart - apart.mean(axis=1, keepdims=True)
        treated, after = treated - treated.mean(), after - after.mean()
    if comparison == "did":

        def apart_evenly(effect: float) -> Vector:
            return treated - effect * after

        return apart_evenly
    levels = comparison == "sc"
    zeta = LEVEL_PENALTY * block.noise if levels else unit_penalty(block)
    gram, ridge = apart @ apart.T, treated.size * zeta**2
    gram.flat[:: gram.shape[0] + 1] += level_ridge(gram, ridge) if levels else ridge or 1.0

    def left_over(effect: float) -> Vector:
        aim = treated - effect * after
        found = least_on_simplex(gram, apart @ aim, few=levels)
        return aim - found.weights @ apart

    return left_over


def _p(sizes: Vector, start: int) -> float:
    """Return the share of stretches of a ring whose left-overs are at least as large."""
    n_after = sizes.size - start
    ring = np.concatenate([[0.0], np.cumsum(np.concatenate([sizes, sizes[: n_after - 1]]))])
    sums = ring[n_after:] - ring[:-n_after]
    # Equal but for rounding is equal; the real stretch counts itself.
    return float((sums >= sums[start] - 1e-10 * ring[-1]).mean())


def _accepted(
    p_of: Callable[[float], float], level: float, around: tuple[float, float]
) -> tuple[float, float]:
    """Return the outermost effects whose p lies above the level."""
    middle, width = around
    if width <= 0:
        return middle, middle
    below, above = (_rejected(p_of, level, (middle, sign * width)) for sign in (-1, 1))
    inner = [width if np.isinf(end) else abs(end - middle) for end in (below, above)]
    grid: list[float] = (middle + np.linspace(-inner[0], inner[1], 2 * N_GRID + 1)).tolist()
    held = [at for at, effect in enumerate(grid) if p_of(effect) > level]
    if not held:
        return float("nan"), float("nan")
    first, last = held[0], held[-1]
    low, high = below, above
    if np.isfinite(below):
        low = _edge(p_of, level, grid[max(first - 1, 0)], grid[first])
    if np.isfinite(above):
        high = _edge(p_of, level, grid[min(last + 1, len(grid) - 1)], grid[last])
    return low, high


def _rejected(p_of: Callable[[float], float], level: float, along: tuple[float, float]) -> float:
    """Return an effect on one side that is rejected, or an infinite one where none is."""
    middle, reach = along
    for _ in range(N_DOUBLINGS):
        if p_of(middle + reach) <= level:
            return middle + reach
        reach *= 2
    return float(np.copysign(np.inf, reach))


def _edge(p_of: Callable[[float], float], level: float, outside: float, inside: float) -> float:
    """Return the effect at which p passes the level, between a rejected and a held one."""
    for _ in range(N_HALVINGS):
        between = (outside + inside) / 2
        if p_of(between) > level:
            inside = between
        else:
            outside = between
    return float(inside)
