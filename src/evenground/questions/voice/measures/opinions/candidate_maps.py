"""The maps that are tried: principal components, and ridge factors by their penalty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

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

Map: TypeAlias = Components | RidgeFactors
PCA = "pca"
MAPS: tuple[str, ...] = (PCA, *(f"ridge {ridge:g}" for ridge in RIDGES))
"""Names of the maps, the simplest first."""


def fitted_maps(
    votes: VoteMatrix, names: Sequence[str] = MAPS, *, weights: Vector | None = None
) -> dict[str, Map]:
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
    start: Map = principal_components(votes, weights=weights)
    fitted: dict[str, Map] = {}
    for name in names:
        if name != PCA:
            ridge = RIDGES[MAPS.index(name) - 1]
            start = ridge_factors(votes, start, ridge=ridge, weights=weights)
        fitted[name] = start
    return fitted


def fitted_map(votes: VoteMatrix, name: str) -> Map:
    """Return one map of votes."""
    return fitted_maps(votes, (name,))[name]


def fitted_again(votes: VoteMatrix, before: Map, weights: Vector) -> Map:
    """Return a map of the same kind of people who count otherwise.

    Parameters
    ----------
    votes
        The same rows.
    before
        Map where each counted once; factors start from its own, which are near.
    weights, shape (n_participants,)
        How often each row counts.
    """
    if isinstance(before, RidgeFactors):
        return ridge_factors(votes, before, ridge=before.ridge, weights=weights)
    return fitted_maps(votes, (PCA,), weights=weights)[PCA]


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
        expected = self.people @ self.loadings.T
        expected += self.centre
        return expected.ravel()[rows * len(self.centre) + columns]


def expected_votes(fitted: Map, votes: VoteMatrix) -> Expected:
    """Return what a map expects of people's votes."""
    if isinstance(fitted, RidgeFactors):
        people, loadings = fitted.factors(votes), fitted.loadings
    else:
        people, loadings = fitted.scores(votes), fitted.axes.T
    return Expected(centre=fitted.centre, people=people, loadings=loadings)
