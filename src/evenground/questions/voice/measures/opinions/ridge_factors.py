"""A map that knows which votes were not cast: ridge factors of what a statement's mean leaves over.

The votes cast, and only those, are fitted by ``mean_j + u_i . v_j`` with squared lengths of u and v
held down; a vote not cast says nothing, instead of "the mean".
Sources: Ilin and Raiko (2010), Practical approaches to principal component analysis in the presence
of missing values, Journal of Machine Learning Research 11, 1957-2000, section 4.2 (regularised
least squares); alternating steps as in Zhou, Wilkinson, Schreiber and Pan (2008), AAIM 2008,
337-348.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Vector, wrong
from evenground.questions.voice.measures.opinions.sparsity_aware_pca import (
    Components,
    turned,
    weighted_means,
)
from evenground.questions.voice.measures.opinions.vote_matrix import VoteMatrix, times

N_STEPS = 25
AT_REST = 0.01
"""Part of their length by which loadings still move when the steps end."""
_LEAST_LEFT = 0.01
RIDGES = (16.0, 4.0)
"""Penalties that are tried, in squared votes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RidgeFactors:
    """What was fitted.

    Attributes
    ----------
    centre, shape (n_statements,)
        Mean vote on each statement.
    loadings, shape (n_statements, n_axes)
        Of statements, on axes at right angles, the longer first.
    ridge
        Penalty on squared lengths.
    """

    centre: Vector
    loadings: Vector
    ridge: float

    def positions(self, votes: VoteMatrix) -> Vector:
        """Return positions, shape (n_participants, n_axes), by the votes that each cast.

        Their distances are those between the votes that are expected of people, as lists of votes.
        """
        return self.factors(votes) * np.sqrt((self.loadings**2).sum(axis=0))

    def factors(self, votes: VoteMatrix) -> Vector:
        """Return the factors u of participants, shape (n_participants, n_axes)."""
        return _people(votes, self.loadings, self.centre, ridge=self.ridge)


def ridge_factors(
    votes: VoteMatrix,
    start: Components | RidgeFactors,
    *,
    ridge: float,
    weights: Vector | None = None,
    n_steps: int = N_STEPS,
) -> RidgeFactors:
    """Return factors of the votes cast, by alternating ridge regressions.

    Parameters
    ----------
    votes
        Rows that take part.
    start
        Principal components, or factors of votes much like these, to start from.
    ridge
        Penalty, above 0, in squared votes.
    weights, shape (n_participants,)
        How often each row counts; ``None`` for once.
    n_steps
        Most pairs of regressions; fewer where loadings are at rest.

    Raises
    ------
    UsageError
        If the ridge is not above 0.
    """
    if not ridge > 0:
        raise wrong("ridge", N_("ridge is {ridge}, it must be above 0"), ridge=ridge)
    weight = np.ones(votes.n_participants) if weights is None else weights
    centre, n_seen = weighted_means(votes, weight)
    if isinstance(start, RidgeFactors):
        loadings = start.loadings
    else:
        loadings = _balanced(start, weight.sum(), n_seen.mean() / weight.sum(), ridge)
    for _ in range(n_steps):
        people = _people(votes, loadings, centre, ridge=ridge)
        before, loadings = loadings, _statements(votes, people, weight[:, None], (centre, ridge))
        if np.linalg.norm(loadings - before) < AT_REST * np.linalg.norm(loadings):
            break
    return RidgeFactors(centre=centre, loadings=_upright(loadings), ridge=ridge)


def _balanced(start: Components, n_people: float, seen: float, ridge: float) -> Vector:
    """Return loadings as long as people's factors will be, so that few steps are needed.

    With a share ``seen`` of votes missing at random, the fit is the table of singular values ``s``
    of the votes cast drawn in by the ridge, over that share; either side gets its square root.
    """
    values = np.sqrt(n_people * start.variance)
    drawn_in = np.maximum(values - ridge, _LEAST_LEFT * values) / max(seen, _LEAST_LEFT)
    return (start.axes * np.sqrt(drawn_in)[:, None]).T


# What a statement's mean leaves over is never written out: it would be another matrix to pass
# through memory, and its products follow from those of the votes and of which were cast.


def _people(votes: VoteMatrix, loadings: Vector, centre: Vector, *, ridge: float) -> Vector:
    """Return the ridge regression of each person's votes on loadings."""
    n_axes = loadings.shape[1]
    centred = centre[:, None] * loadings
    sums = times(votes.seen, np.concatenate([_products(loadings, loadings), centred], axis=1))
    right = times(votes.value, loadings) - sums[:, -n_axes:]
    return _solved(sums[:, :-n_axes], right, ridge)


def _statements(
    votes: VoteMatrix, people: Vector, weight: Vector, known: tuple[Vector, float]
) -> Vector:
    """Return the ridge regression of the votes on each statement on people's factors."""
    centre, ridge = known
    n_axes = people.shape[1]
    weighted = people * weight
    sums = times(votes.seen.T, np.concatenate([_products(weighted, people), weighted], axis=1))
    right = times(votes.value.T, weighted) - centre[:, None] * sums[:, -n_axes:]
    return _solved(sums[:, :-n_axes], right, ridge)


def _products(one: Vector, two: Vector) -> Vector:
    """Return products of columns, the pairs of the upper triangle one after the other."""
    n_axes = one.shape[1]
    pairs = [(a, b) for a in range(n_axes) for b in range(a, n_axes)]
    return np.stack([one[:, a] * two[:, b] for a, b in pairs], axis=1)


def _solved(products: Vector, right: Vector, ridge: float) -> Vector:
    """Return the solution of each row's normal equations, all rows at once."""
    n_axes = right.shape[1]
    if n_axes == 2:  # noqa: PLR2004 - the inverse of two by two, written out
        p, q, r = products[:, 0] + ridge, products[:, 1], products[:, 2] + ridge
        x, y = right[:, 0], right[:, 1]
        return np.stack([r * x - q * y, p * y - q * x], axis=1) / (p * r - q * q)[:, None]
    gram = np.empty((len(right), n_axes, n_axes))
    pairs = [(a, b) for a in range(n_axes) for b in range(a, n_axes)]
    for at, (a, b) in enumerate(pairs):
        gram[:, a, b] = gram[:, b, a] = products[:, at]
    gram += ridge * np.eye(n_axes)
    return np.linalg.solve(gram, right[:, :, None])[:, :, 0].astype(np.float64, copy=False)


def _upright(loadings: Vector) -> Vector:
    """Return loadings on their principal axes, with fixed signs."""
    _, turn = np.linalg.eigh(loadings.T @ loadings)
    return turned((loadings @ turn[:, ::-1]).T).T
