"""The maps that are tried: principal components, and ridge factors by their penalty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evenground.methods.validation import Vector, Whole
from evenground.questions.voice.measures.opinions.ridge_factors import (
    RIDGES,
    RidgeFactors,
    ridge_factors,
)
from evenground.questions.voice.measures.opinions.sparsity_aware_pca import (
    Components,
    principal_components,
)
from evenground.questions.voice.measures.opinions.vote_matrix import VoteMatrix

PCA = "pca"
MAPS: tuple[str, ...] = (PCA, *(f"ridge {ridge:g}" for ridge in RIDGES))
"""Names of the maps, the simplest first."""


def fitted_maps(
    votes: VoteMatrix, names: Sequence[str] = MAPS, *, weights: Vector | None = None
) -> dict[str, Components | RidgeFactors]:
    """Return maps of votes by name.

    Parameters
    ----------
    votes
        Rows that take part.
    names
        Some of ``MAPS``.
    weights, shape (n_participants,)
        How often each row counts; ``None`` for once.
    """
    if weights is not None and not weights.all():
        drawn = weights > 0  # more than a third of a resample's rows count for nothing
        votes, weights = votes.rows(drawn), weights[drawn]
    start = principal_components(votes, weights=weights)
    fitted: dict[str, Components | RidgeFactors] = {}
    for name in names:
        at = MAPS.index(name) - 1
        fitted[name] = (
            start if name == PCA else ridge_factors(votes, start, ridge=RIDGES[at], weights=weights)
        )
    return fitted


def fitted_map(
    votes: VoteMatrix, name: str, *, weights: Vector | None = None
) -> Components | RidgeFactors:
    """Return one map of votes; parameters are those of ``fitted_maps``."""
    return fitted_maps(votes, (name,), weights=weights)[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a map expects of votes: the statement's mean, and factors of people and statements.

    Attributes
    ----------
    centre, shape (n_statements,)
        Mean vote on each statement.
    people, shape (n_participants, n_axes)
        Factors of participants.
    loadings, shape (n_statements, n_axes)
        Of statements; people times loadings is added to the mean.
    """

    centre: Vector
    people: Vector
    loadings: Vector

    def at(self, rows: Whole, columns: Whole) -> Vector:
        """Return the votes expected at some cells, shape (n_cells,)."""
        expected = self.centre[columns]
        for axis in range(self.loadings.shape[1]):
            expected = expected + self.people[rows, axis] * self.loadings[columns, axis]
        return expected


def expected_votes(fitted: Components | RidgeFactors, votes: VoteMatrix) -> Expected:
    """Return what a map expects of people's votes."""
    if isinstance(fitted, RidgeFactors):
        people, loadings = fitted.factors(votes), fitted.loadings
    else:
        people, loadings = fitted.scores(votes), fitted.axes.T
    return Expected(centre=fitted.centre, people=people, loadings=loadings)
