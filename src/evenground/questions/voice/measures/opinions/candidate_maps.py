"""The maps that are tried: principal components, and ridge factors by their penalty."""

from __future__ import annotations

from evenground.methods.validation import Vector
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
    votes: VoteMatrix, *, weights: Vector | None = None, until: str = MAPS[-1]
) -> dict[str, Components | RidgeFactors]:
    """Return maps of votes by name, each ridge started from the map before it.

    Parameters
    ----------
    votes
        Rows that take part.
    weights, shape (n_participants,)
        How often each row counts; ``None`` for once.
    until
        The last one needed, of ``MAPS``.
    """
    fitted: dict[str, Components | RidgeFactors] = {}
    last = fitted[PCA] = principal_components(votes, weights=weights)
    for name, ridge in zip(MAPS[1 : MAPS.index(until) + 1], RIDGES, strict=False):
        last = fitted[name] = ridge_factors(votes, last, ridge=ridge, weights=weights)
    return fitted


def fitted_map(
    votes: VoteMatrix, name: str, *, weights: Vector | None = None
) -> Components | RidgeFactors:
    """Return one map of votes; parameters are those of ``fitted_maps``."""
    return fitted_maps(votes, weights=weights, until=name)[name]


def expected_votes(fitted: Components | RidgeFactors, votes: VoteMatrix) -> Vector:
    """Return what a map expects of every vote, shape of the votes, about -1 to 1."""
    if isinstance(fitted, RidgeFactors):
        return fitted.predicted(votes)
    return fitted.centre + fitted.scores(votes) @ fitted.axes
