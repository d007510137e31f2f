"""Two-way fixed effects taken out of regressors and outcome, from sums alone.

Frisch and Waugh (1933), Econometrica 1, 387-401: what two-way demeaning leaves of the regressors
gives the coefficients. Block effects are eliminated exactly, times by a system of their own number,
so that nothing is iterated. Scores by cluster as in Liang and Zeger (1986), Biometrika 73, 13-22.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Vector, Whole, wrong
from evenground.questions.promise.measures.large_panels.panel_sums import PanelSums

_RANK = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoWayFit:
    """Least squares with block and time effects.

    Attributes
    ----------
    coefficients, shape (n_regressors,)
        Outcome's unit per regressor's unit.
    inverse_gram, shape (n_regressors, n_regressors)
        Inverse of the demeaned regressors' products.
    scores, shape (n_clusters, n_regressors)
        Demeaned regressor times residual, summed by cluster; each column adds up to 0.
    n_rows, n_clusters, n_parameters
        Parameters without block effects: these are nested in clusters.
    """

    coefficients: Vector
    inverse_gram: Vector
    scores: Vector
    n_rows: float
    n_clusters: int
    n_parameters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Regressors that are the same for all blocks of one pattern.

    Attributes
    ----------
    pattern, shape (n_blocks,)
        0 to ``n_patterns - 1``.
    regressors, shape (n_patterns, n_times, n_regressors)
        Their values.
    """

    pattern: Whole
    regressors: Vector


def cohort_patterns(sums: PanelSums) -> tuple[Whole, Whole]:
    """Return the different first times of treatment and each block's place among them."""
    starts, pattern = np.unique(sums.first_treated, return_inverse=True)
    return starts, pattern.astype(np.int64)


def time_effects(weights: Vector, by_block: Vector, by_time: Vector) -> Vector:
    """Return the times' coefficients of the two-way projection, (n_times, k).

    Parameters
    ----------
    weights, shape (n_blocks, n_times)
        Rows; a block without any counts for nothing.
    by_block, by_time, shapes (n_blocks, k), (n_times, k)
        Weighted sums of what is projected.
    """
    size = weights.sum(axis=1)
    share = np.divide(weights, size[:, None], out=np.zeros_like(weights), where=size[:, None] > 0)
    system = np.diag(weights.sum(axis=0)) - weights.T @ share
    return np.linalg.pinv(system, rcond=_RANK, hermitian=True) @ (by_time - share.T @ by_block)


def demeaned(values: Vector, weights: Vector) -> Vector:
    """Return what two-way demeaning leaves of ``values``, (n_blocks, n_times, k)."""
    by_block = np.einsum("bt,btk->bk", weights, values)
    times = time_effects(weights, by_block, np.einsum("bt,btk->tk", weights, values))
    left = values - times
    size = weights.sum(axis=1)[:, None]
    level = np.einsum("bt,btk->bk", weights, left)
    level = np.divide(level, size, out=np.zeros_like(level), where=size > 0)
    return left - level[:, None, :]


def two_way_fit(sums: PanelSums, design: Design) -> TwoWayFit:
    """Return least squares of the outcome on regressors, block and time effects.

    Parameters
    ----------
    sums
        The outcome.
    design
        Regressors by pattern; blocks of one pattern share what demeaning leaves of them if the
        panel is balanced, otherwise each block is treated by itself.

    Raises
    ------
    UsageError
        If the regressors cannot be told apart from each other and from the effects.
    """
    if not sums.balanced:
        own = np.arange(sums.n_blocks)
        design = Design(pattern=own, regressors=design.regressors[design.pattern])
    pattern, x = design.pattern, design.regressors
    n_patterns, _, n_regressors = x.shape
    level = sums.total.sum(axis=1) / sums.n.sum(axis=1)
    centred = sums.total - sums.n * level[:, None]
    weights = _by_pattern(sums.n, pattern, n_patterns)
    left = demeaned(x, weights)
    outcome = _by_pattern(centred, pattern, n_patterns)
    gram = np.einsum("ptk,pt,ptl->kl", left, weights, left)
    inverse = inverted(gram, np.einsum("ptk,pt,ptk->k", x, weights, x))
    coefficients = inverse @ np.einsum("ptk,pt->k", left, outcome)
    rest = outcome - weights * (x @ coefficients)
    times = time_effects(weights, rest.sum(axis=1)[:, None], rest.sum(axis=0)[:, None])[:, 0]
    fitted = x @ coefficients + times
    scores = _scores(sums, pattern, left=left, fitted=fitted, centred=centred)
    return TwoWayFit(
        coefficients=coefficients,
        inverse_gram=inverse,
        scores=sums.by_cluster(scores),
        n_rows=float(sums.n.sum()),
        n_clusters=sums.n_clusters,
        n_parameters=n_regressors + int((weights.sum(axis=0) > 0).sum()),
    )


def inverted(gram: Vector, raw: Vector) -> Vector:
    """Return the inverse of ``gram``.

    Parameters
    ----------
    gram, shape (k, k)
        Products of demeaned regressors.
    raw, shape (k,)
        Sums of squares before: against them a remainder counts as none.

    Raises
    ------
    UsageError
        If a regressor is determined by the others and the effects.
    """
    scale = np.sqrt(np.where(raw > 0, raw, 1.0))
    values, vectors = np.linalg.eigh(gram / np.outer(scale, scale))
    if values.size and values[0] <= _RANK * max(1.0, float(values[-1])):
        raise wrong(
            "not_identified",
            N_(
                "the effects cannot be told from one another: too few units are untreated, or all "
                "begin at the first time"
            ),
        )
    return (vectors / values) @ vectors.T / np.outer(scale, scale)


def _by_pattern(values: Vector, pattern: Whole, n_patterns: int) -> Vector:
    if n_patterns == values.shape[0] and (pattern == np.arange(n_patterns)).all():
        return values
    columns = [np.bincount(pattern, column, n_patterns) for column in values.T]
    return np.asarray(np.stack(columns, axis=1), dtype=np.float64)


def _scores(
    sums: PanelSums, pattern: Whole, *, left: Vector, fitted: Vector, centred: Vector
) -> Vector:
    """Return each block's sum of demeaned regressor times residual, (n_blocks, k)."""
    if left.shape[0] == sums.n_blocks:
        return np.einsum("btk,bt->bk", left, centred - sums.n * fitted[pattern])
    scores = np.empty((sums.n_blocks, left.shape[2]))
    for one in range(left.shape[0]):  # in a balanced panel rows per time are the same at all times
        rows = np.flatnonzero(pattern == one)
        scores[rows] = centred[rows] @ left[one]
        scores[rows] -= np.outer(sums.n[rows, 0], fitted[one] @ left[one])
    return scores
