"""Ridge-augmented synthetic control (ASCM): what synthetic control leaves unmet, a ridge corrects.

Weights may become negative, so the correction reaches beyond what donors span; the ridge penalty
says how far. It is chosen by leaving out one time before the start after another: of a grid from
the largest squared singular value of the donors' levels down by eight powers of ten, the largest
whose error lies within one standard error of the least.

Source: Ben-Michael, Feller and Rothstein (2021), The augmented synthetic control method, Journal of
the American Statistical Association 116, 1789-1803, equation 9 (weights) and section 5.3 (choice of
the penalty), without covariates.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Vector, wrong
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.synthetic.simplex_least_squares import (
    least_on_simplex,
)
from evenground.questions.promise.measures.synthetic.synthetic_control import (
    LEVEL_PENALTY,
    centred_levels,
    is_unique,
    level_ridge,
    level_weights,
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

GRID_STEPS = 20
GRID_SPAN = 1e-8
_LEAST = 2


def augmented_synthetic_control(
    panel: Panel, *, ridge: float | None = None, mode: Mode = "exact"
) -> SyntheticFit:
    """Return the effect by ridge-augmented synthetic control on past outcomes.

    Parameters
    ----------
    panel
        All treated units start at one time; the others are never treated.
    ridge
        The penalty ``lambda`` in the outcome's unit squared, above 0; ``None`` to choose it by
        leaving out one time after another.
    mode
        ``exact`` leaves out every time before the start in turn; ``reference`` all but the last, as
        the R package augsynth does, for auditors.

    Raises
    ------
    UsageError
        If nobody is treated, starts differ, fewer than two donors or two times before the start
        are left, or ``ridge`` is not above 0.
    """
    if ridge is not None and not ridge > 0:
        raise wrong("ridge_not_positive", N_("ridge is {found}; it must be above 0"), found=ridge)
    block = treated_block(panel)
    weighted, inner = augmented_weights(block, ridge=ridge, mode=mode)
    unique = is_unique(*centred_levels(block), inner)
    return fit_of(block, "ascm", mode=mode, weighted=replace(weighted, unique=unique))


def augmented_weights(
    block: TreatedBlock, *, ridge: float | None = None, mode: Mode = "exact"
) -> tuple[Weighted, Vector]:
    """Return augmented weights of the donors, and those of the synthetic control inside."""
    donors, treated = centred_levels(block)
    penalty = LEVEL_PENALTY * block.noise
    weights, gap = level_weights(donors, treated, penalty=penalty)
    sizes, axes = np.linalg.eigh(donors.T @ donors)
    spectrum = np.maximum(sizes, 0.0), axes
    chosen = ridge
    if chosen is None:
        apart = treated - _weights_without_each(donors, treated, weights, penalty=penalty) @ donors
        n_out = block.start - (mode == "reference" and block.start > _LEAST)
        chosen = chosen_ridge(apart, spectrum, n_out=n_out)
    unmet = treated - weights @ donors
    shift = donors @ (axes @ ((axes.T @ unmet) / (spectrum[0] + chosen)))
    weighted = Weighted(units=weights + shift, times=np.zeros(block.start), penalty=chosen, gap=gap)
    return weighted, weights


def ridge_grid(largest: float) -> Vector:
    """Return the penalties that are tried, falling from the largest, shape (21,)."""
    return (largest or 1.0) * GRID_SPAN ** (np.arange(GRID_STEPS + 1) / GRID_STEPS)


def chosen_ridge(apart: Vector, spectrum: tuple[Vector, Vector], *, n_out: int) -> float:
    """Return the largest penalty whose error is within one standard error of the least.

    Parameters
    ----------
    apart, shape (n_before, n_before)
        For each time left out, what synthetic control without it leaves over at all times.
    spectrum
        Eigenvalues, rising, and eigenvectors of the donors' Gram matrix over time.
    n_out
        How many times, from the first on, are left out in turn; 2 or more.
    """
    sizes, axes = spectrum
    grid = ridge_grid(float(sizes[-1]))
    seen = apart.copy()
    np.fill_diagonal(seen, 0.0)
    inverse = 1 / (sizes[:, None] + grid)
    # A matrix without one row and column is inverted from the whole one's inverse.
    shift = -((axes * (seen @ axes)) @ inverse) / (axes**2 @ inverse)
    errors = ((np.diag(apart)[:, None] - shift) ** 2)[:n_out]
    mean = errors.mean(axis=0)
    best = int(np.argmin(mean))
    allowed = mean[best] + errors[:, best].std(ddof=1) / np.sqrt(n_out)
    return float(grid[mean <= allowed].max())


def _weights_without_each(
    donors: Vector, treated: Vector, whole: Vector, *, penalty: float
) -> Vector:
    """Return synthetic control's weights without each time, shape (n_before, n_donors)."""
    n_before = donors.shape[1]
    gram, target = donors @ donors.T, donors @ treated
    begin = np.flatnonzero(whole)
    weights = np.empty((n_before, donors.shape[0]))
    for left_out, levels in enumerate(donors.T):
        without = gram - levels[:, None] * levels
        ridge = level_ridge(without, (n_before - 1) * penalty**2)
        without.flat[:: gram.shape[0] + 1] += ridge
        aim = target - levels * treated[left_out]
        weights[left_out] = least_on_simplex(without, aim, begin=begin).weights
    return weights
