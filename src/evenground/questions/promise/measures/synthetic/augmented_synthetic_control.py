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

from dataclasses import dataclass

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, wrong
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.synthetic.simplex_of_many import (
    NUMBERS_AT_ONCE,
    Grams,
    least_on_simplex_of_many,
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
from evenground.questions.promise.measures.synthetic.treated_block import treated_block

GRID_STEPS = 20
GRID_SPAN = 1e-8
_LEAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """How a synthetic control is corrected.

    Attributes
    ----------
    penalty
        Of the synthetic control inside, in the outcome's unit.
    n_out
        How many times, from the first on, are left out in turn to choose the ridge; 2 or more.
    ridge
        ``lambda`` in the outcome's unit squared; ``None`` to choose it.
    """

    penalty: float
    n_out: int
    ridge: float | None = None


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
    donors, treated = centred_levels(block)
    penalty, stood = LEVEL_PENALTY * block.noise, block.treated[None, :]
    plain, gap = level_weights(donors, treated, penalty=penalty)
    inner = np.zeros((1, panel.n_units))
    inner[0, block.donors] = plain
    how = Correction(penalty=penalty, n_out=n_left_out(block.start, mode), ridge=ridge)
    before = block.outcomes[:, : block.start]
    found, ridges = corrected_weights(before, stood, ~stood, inner=inner, how=how)
    weighted = Weighted(
        units=found[0, block.donors],
        times=np.zeros(block.start),
        penalty=float(ridges[0]),
        gap=gap,
        unique=is_unique(donors, treated, plain),
    )
    return fit_of(block, "ascm", mode=mode, weighted=weighted)


def n_left_out(n_before: int, mode: Mode) -> int:
    """Return how many times are left out in turn: all, or all but the last."""
    return n_before - (mode == "reference" and n_before > _LEAST)


def corrected_weights(
    before: Vector, treated: Flags, donors: Flags, *, inner: Vector, how: Correction
) -> tuple[Vector, Vector]:
    """Return augmented weights, and their ridges, under each assignment.

    Parameters
    ----------
    before, shape (n_units, n_before)
        Outcomes before the start.
    treated, donors, shape (n_assignments, n_units)
        Who would be treated, and who is compared with.
    inner, shape (n_assignments, n_units)
        Weights of the synthetic control inside, 0 for all but donors.
    how
        Penalty and ridge.

    Returns
    -------
    tuple
        Weights, shape (n_assignments, n_units), 0 for all but donors; ridges, shape
        (n_assignments,).
    """
    levels = before - before[donors.any(axis=0)].mean(axis=0)
    means = (treated / treated.sum(axis=1, keepdims=True)) @ levels
    weights, ridges = inner.copy(), np.empty(len(inner))
    at_once = max(1, NUMBERS_AT_ONCE // levels.size)
    for first in range(0, len(inner), at_once):
        rows = slice(first, first + at_once)
        unmet = means[rows] - inner[rows] @ levels
        apart: Vector | None = None
        if how.ridge is None:
            some = (donors[rows], inner[rows])
            apart = _unmet_without_each(levels, means[rows], some, penalty=how.penalty)
        for at, left in enumerate(unmet):
            row, used = first + at, donors[first + at]
            spared = levels[used] - levels[used].mean(axis=0)
            sizes, axes = np.linalg.eigh(spared.T @ spared)
            spectrum = np.maximum(sizes, 0.0), axes
            ridges[row] = (
                how.ridge if apart is None else chosen_ridge(apart[at], spectrum, n_out=how.n_out)
            )
            weights[row, used] += spared @ (axes @ ((axes.T @ left) / (spectrum[0] + ridges[row])))
    return weights, ridges


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


def _unmet_without_each(
    levels: Vector, means: Vector, among: tuple[Flags, Vector], *, penalty: float
) -> Vector:
    """Return what synthetic control without each time leaves over at all times.

    Of shape (n_assignments, n_before, n_before); ``among`` are the donors, and their weights with
    all times, which are positive for much the same donors.
    """
    donors, inner = among
    n_units, n_before = levels.shape
    gram = levels @ levels.T
    targets = (means @ levels.T)[:, None, :] - means[:, :, None] * levels.T
    gram.flat[:: n_units + 1] += level_ridge(gram, (n_before - 1) * penalty**2)
    weights, _ = least_on_simplex_of_many(
        Grams(whole=gram, less=np.tile(levels.T, (len(means), 1))),
        targets.reshape(-1, n_units),
        np.repeat(donors, n_before, axis=0),
        begin=np.repeat(inner > 0, n_before, axis=0),
    )
    return means[:, None, :] - (weights @ levels).reshape(len(means), n_before, n_before)
