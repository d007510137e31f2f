"""Principal components of votes, with those who voted on little moved out from the centre.

Sources: Small, Bjorkegren, Erkkilä, Shaw and Megill (2021), Polis: Scaling deliberation by mapping
high dimensional opinion spaces, Recerca 26(2); the projection as in polismath,
``pca/sparsity-aware-project-ptpts``: a vote that was not cast counts as the statement's mean, and
the position is stretched by the square root of statements over votes cast.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import linalg

from evenground.language import N_
from evenground.methods.validation import Vector, wrong
from evenground.questions.voice.measures.opinions.vote_matrix import VoteMatrix, times

N_AXES = 2
_NOTHING = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Components:
    """Axes of the largest variance.

    Attributes
    ----------
    centre, shape (n_statements,)
        Mean vote on each statement, -1 to 1; 0 where nobody voted.
    axes, shape (n_axes, n_statements)
        Of length 1; the entry largest in size is positive. All 0 where no variance is left.
    variance, shape (n_axes,)
        Along each axis, in squared votes.
    share, shape (n_axes,)
        Of all variance, 0-1.
    """

    centre: Vector
    axes: Vector
    variance: Vector
    share: Vector

    def scores(self, votes: VoteMatrix) -> Vector:
        """Return plain scores, shape (n_participants, n_axes): a vote not cast adds nothing."""
        return times(votes.value, self.axes.T) - times(votes.seen, (self.centre * self.axes).T)

    def positions(self, votes: VoteMatrix) -> Vector:
        """Return stretched scores, shape (n_participants, n_axes), as Polis shows them."""
        n_votes = np.maximum(votes.seen.sum(axis=1, keepdims=True), 1)
        return self.scores(votes) * np.sqrt(votes.n_statements / n_votes)


def principal_components(
    votes: VoteMatrix, *, weights: Vector | None = None, n_axes: int = N_AXES
) -> Components:
    """Return the principal components of votes, with the mean in place of votes not cast.

    Parameters
    ----------
    votes
        Rows that take part.
    weights, shape (n_participants,)
        How often each row counts; ``None`` for once.
    n_axes
        Number of axes; at most the number of statements.

    Raises
    ------
    UsageError
        If there are fewer statements than axes, or weights have another shape.
    """
    if votes.n_statements < n_axes:
        raise wrong(
            "statements_few",
            N_("{n} statements cannot have {n_axes} axes"),
            n=votes.n_statements,
            n_axes=n_axes,
        )
    weights = np.ones(votes.n_participants) if weights is None else weights
    if weights.shape != (votes.n_participants,):
        raise wrong("array_shape", N_("weights have shape {shape}"), shape=weights.shape)
    centre, _n_seen = weighted_means(votes, weights)
    kind = votes.seen.dtype
    rest = votes.seen * -centre.astype(kind)
    rest += votes.value
    if not (weights == 1).all():
        rest *= np.sqrt(weights).astype(kind)[:, None]
    spread = np.asarray(rest.T @ rest, dtype=np.float64) / weights.sum()
    last = votes.n_statements - 1
    values, axes = linalg.eigh(spread, subset_by_index=[last - n_axes + 1, last])
    values, axes = np.maximum(values[::-1], 0.0), axes[:, ::-1].T
    total = float(np.trace(spread))
    some = values > _NOTHING * max(total, 1.0)
    return Components(
        centre=centre,
        axes=turned(axes) * some[:, None],
        variance=values * some,
        share=values * some / total if total > 0 else np.zeros(n_axes),
    )


def weighted_means(votes: VoteMatrix, weights: Vector) -> tuple[Vector, Vector]:
    """Return the mean vote on each statement (0 where nobody voted), and the weight of votes on it.

    Parameters
    ----------
    votes, weights
        Votes cast; how often each row counts, shape (n_participants,).
    """
    n_seen, total = times(weights, votes.seen), times(weights, votes.value)
    return np.divide(total, n_seen, out=np.zeros_like(n_seen), where=n_seen > 0), n_seen


def turned(axes: Vector) -> Vector:
    """Return axes with signs such that the entry largest in size is positive, shape as given.

    Entries within 1e-9 of the largest count as equal, and the first of them decides.
    """
    size = np.abs(axes)
    largest = size.max(axis=1, keepdims=True)
    first = np.argmax(size >= largest * (1 - 1e-9), axis=1)
    sign = np.sign(axes[np.arange(len(axes)), first])
    return axes * np.where(sign == 0, 1.0, sign)[:, None]
