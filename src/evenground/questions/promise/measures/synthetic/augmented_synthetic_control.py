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

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Vector, wrong
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.synthetic.synthetic_control import (
    LEVEL_PENALTY,
    centred_levels,
    is_unique,
    level_weights,
)
from evenground.questions.promise.measures.synthetic.synthetic_fit import (
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


def augmented_synthetic_control(panel: Panel, *, ridge: float | None = None) -> SyntheticFit:
    """Return the effect by ridge-augmented synthetic control on past outcomes.

    Parameters
    ----------
    panel
        All treated units start at one time; the others are never treated.
    ridge
        The penalty ``lambda`` in the outcome's unit squared, above 0; ``None`` to choose it by
        leaving out one time after another.

    Raises
    ------
    UsageError
        If nobody is treated, starts differ, fewer than two donors or two times before the start
        are left, or ``ridge`` is not above 0.
    """
    if ridge is not None and not ridge > 0:
        raise wrong("ridge_not_positive", N_("ridge is {found}; it must be above 0"), found=ridge)
    block = treated_block(panel)
    return fit_of(block, "ascm", mode="exact", weighted=augmented_weights(block, ridge=ridge))


def augmented_weights(block: TreatedBlock, *, ridge: float | None = None) -> Weighted:
    """Return augmented weights of the donors, and the ridge penalty that was used."""
    donors, treated = centred_levels(block)
    penalty = LEVEL_PENALTY * block.noise
    weights, gap = level_weights(donors, treated, penalty=penalty)
    chosen = chosen_ridge(donors, treated, penalty=penalty) if ridge is None else ridge
    unmet = treated - weights @ donors
    sizes, axes = _axes(donors)
    shift = donors @ (axes @ ((axes.T @ unmet) / (sizes + chosen)))
    return Weighted(
        units=weights + shift,
        times=np.zeros(block.start),
        penalty=chosen,
        gap=gap,
        unique=is_unique(donors, treated, weights),
    )


def ridge_grid(donors: Vector) -> Vector:
    """Return the penalties that are tried, falling, shape (21,)."""
    largest = float(np.linalg.norm(donors, 2)) ** 2 or 1.0
    return largest * GRID_SPAN ** (np.arange(GRID_STEPS + 1) / GRID_STEPS)


def chosen_ridge(donors: Vector, treated: Vector, *, penalty: float) -> float:
    """Return the largest penalty whose error is within one standard error of the least.

    Parameters
    ----------
    donors, shape (n_donors, n_before); treated, shape (n_before,)
        Levels less the donors' mean.
    penalty
        ``zeta`` of the synthetic control inside.
    """
    grid = ridge_grid(donors)
    n_before = donors.shape[1]
    errors = np.empty((n_before, grid.size))
    for left_out in range(n_before):
        kept = np.arange(n_before) != left_out
        seen, met = donors[:, kept], treated[kept]
        weights, _ = level_weights(seen, met, penalty=penalty)
        sizes, axes = _axes(seen)
        along = axes.T @ (met - weights @ seen)
        pull = (donors[:, left_out] @ seen) @ axes
        shift = (pull * along / (sizes + grid[:, None])).sum(axis=1)
        errors[left_out] = (treated[left_out] - weights @ donors[:, left_out] - shift) ** 2
    mean = errors.mean(axis=0)
    best = int(np.argmin(mean))
    allowed = mean[best] + errors[:, best].std(ddof=1) / np.sqrt(n_before)
    return float(grid[mean <= allowed].max())


def _axes(donors: Vector) -> tuple[Vector, Vector]:
    """Return eigenvalues (0 or more) and eigenvectors of the donors' Gram matrix over time."""
    sizes, axes = np.linalg.eigh(donors.T @ donors)
    return np.maximum(sizes, 0.0), axes
