"""Votes of participants on statements, most of them not cast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, Whole, wrong

AGREE, PASS, DISAGREE = 1, 0, -1
Cells: TypeAlias = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteMatrix:
    """Votes, and which were cast.

    Attributes
    ----------
    value, shape (n_participants, n_statements)
        1 agree, -1 disagree, 0 pass; 0 too where no vote was cast.
    seen, shape (n_participants, n_statements)
        1 where a vote was cast, else 0.
    """

    value: Cells
    seen: Cells

    @property
    def n_participants(self) -> int:
        """Rows."""
        return self.value.shape[0]

    @property
    def n_statements(self) -> int:
        """Columns."""
        return self.value.shape[1]

    @property
    def n_votes(self) -> Whole:
        """Votes cast by each participant, shape (n_participants,)."""
        return np.rint(self.seen.sum(axis=1)).astype(np.int64)

    def counts(self, among: Flags | None = None) -> tuple[Whole, Whole, Whole]:
        """Return who agreed, disagreed and voted at all, each of shape (n_statements,)."""
        value = self.value if among is None else self.value[among]
        seen = self.seen if among is None else self.seen[among]
        agreed, disagreed = (value == AGREE).sum(axis=0), (value == DISAGREE).sum(axis=0)
        return agreed, disagreed, np.rint(seen.sum(axis=0)).astype(np.int64)

    def without(self, hidden: Flags) -> VoteMatrix:
        """Return the votes as if those flagged had not been cast."""
        kept = ~hidden
        return VoteMatrix(value=self.value * kept, seen=self.seen * kept)

    def in_single(self) -> VoteMatrix:
        """Return the same votes in single precision: as exact, and half as much to read."""
        return VoteMatrix(value=self.value.astype(np.float32), seen=self.seen.astype(np.float32))

    def rows(self, among: Flags) -> VoteMatrix:
        """Return the votes of some participants."""
        return VoteMatrix(value=self.value[among], seen=self.seen[among])

    def columns(self, among: Flags) -> VoteMatrix:
        """Return the votes on some statements."""
        return VoteMatrix(
            value=np.ascontiguousarray(self.value[:, among]),
            seen=np.ascontiguousarray(self.seen[:, among]),
        )

    def zeroed(self, statements: Flags) -> VoteMatrix:
        """Return the votes with some statements passed by everybody, as Polis moderates them out.

        Source: polismath, ``named-matrix/zero-out-columns`` as used in ``conversation``.
        """
        value, seen = self.value.copy(), self.seen.copy()
        value[:, statements], seen[:, statements] = 0.0, 1.0
        return VoteMatrix(value=value, seen=seen)


def times(one: Cells, two: Cells) -> Vector:
    """Return the matrix product of cells and factors, summed with the lower precision of both."""
    kind = np.promote_types(min(one.dtype, two.dtype), np.float32)
    product = one.astype(kind, copy=False) @ two.astype(kind, copy=False)
    return np.asarray(product, dtype=np.float64)


def vote_matrix(votes: ArrayLike) -> VoteMatrix:
    """Return votes with those that were not cast told apart.

    Parameters
    ----------
    votes, shape (n_participants, n_statements)
        1 agree, -1 disagree, 0 pass, missing (NaN) where no vote was cast.

    Raises
    ------
    UsageError
        If the shape is another, there is no vote at all, or a vote is none of these.
    """
    array = np.asarray(votes, dtype=np.float64)
    if array.ndim != 2 or not array.size:  # noqa: PLR2004 - rows and columns
        raise wrong(
            "array_shape", N_("votes have shape {shape}, expected (n, m)"), shape=array.shape
        )
    seen = ~np.isnan(array)
    value = np.where(seen, array, 0.0)
    odd = ~np.isin(value, (DISAGREE, PASS, AGREE))
    if odd.any():
        row, column = (int(at) for at in np.argwhere(odd)[0])
        raise wrong(
            "vote_unknown",
            N_("votes[{row}, {column}] is {found}; a vote is 1, 0, -1 or missing"),
            row=row,
            column=column,
            found=float(array[row, column]),
        )
    if not seen.any():
        raise wrong("no_votes", N_("there is no vote at all"))
    return VoteMatrix(value=value, seen=seen.astype(np.float64))
