"""Distinct ballots among those of many voters, found by hashing whole rows and checked exactly."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from evenground.methods.validation import Flags, Whole

_Hash = NDArray[np.uint64]
_ODD = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio, and the two of splitmix64
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


@dataclass(frozen=True, slots=True, kw_only=True)
class DistinctBallots:
    """Rows that differ from each other, in an order that the voters' order does not change.

    Attributes
    ----------
    indptr, shape (g + 1,); indices, points, shape (nnz,)
        The rows, one after another: row ``i`` holds ``indices[indptr[i]:indptr[i + 1]]``.
    ballot_of, shape (n,)
        The row of each voter, 0 to g - 1.
    """

    indptr: Whole
    indices: Whole
    points: Whole
    ballot_of: Whole


def distinct_ballots(indptr: Whole, indices: Whole, points: Whole) -> DistinctBallots:
    """Return the distinct rows of ballots and who cast which.

    Parameters
    ----------
    indptr, shape (n + 1,); indices, points, shape (nnz,)
        A row per voter. Two rows are the same where they hold the same entries in the same order:
        sort the entries first where order means nothing.

    Notes
    -----
    Rows with equal hashes (splitmix64; Steele, Lea and Flood 2014, OOPSLA, figure 16) are compared
    entry by entry, so that two different ballots are never taken for one.
    """
    hashes = _row_hashes(indptr, indices, points)
    _, first, ballot_of = np.unique(hashes, return_index=True, return_inverse=True)
    ballot_of = ballot_of.astype(np.int64)
    if not _same_as(first[ballot_of], indptr, indices, points).all():
        first, ballot_of = _grouped_by_bytes(indptr, indices, points)
    at, starts = _entries_of(first, indptr)
    return DistinctBallots(
        indptr=starts, indices=indices[at], points=points[at], ballot_of=ballot_of
    )


def _row_hashes(indptr: Whole, indices: Whole, points: Whole) -> _Hash:
    """Return a hash per row, shape (n,), that depends on its entries and their places."""
    lengths = np.diff(indptr)
    place = np.arange(indices.size, dtype=np.int64) - np.repeat(indptr[:-1], lengths)
    mixed = _mixed(indices.astype(np.uint64) + place.astype(np.uint64) * _ODD)
    mixed = _mixed(mixed + points.astype(np.uint64) * _ODD)
    sums = np.zeros(indices.size + 1, dtype=np.uint64)
    np.cumsum(mixed, out=sums[1:])  # wraps around, and so do the differences
    return _mixed(sums[indptr[1:]] - sums[indptr[:-1]] + lengths.astype(np.uint64) * _FIRST)


def _mixed(values: _Hash) -> _Hash:
    values = (values ^ (values >> np.uint64(30))) * _FIRST
    values = (values ^ (values >> np.uint64(27))) * _SECOND
    return values ^ (values >> np.uint64(31))


def _same_as(other: Whole, indptr: Whole, indices: Whole, points: Whole) -> Flags:
    """Return whether each row equals the row named by ``other``, shape (n,)."""
    lengths = np.diff(indptr)
    same = lengths == lengths[other]
    if not same.all():
        return same
    theirs, _ = _entries_of(other, indptr)
    differ = (indices != indices[theirs]) | (points != points[theirs])
    same[np.repeat(np.arange(lengths.size), lengths)[differ]] = False
    return same


def _entries_of(rows: Whole, indptr: Whole) -> tuple[Whole, Whole]:
    """Return where the entries of some rows stand, and where each of these rows then starts."""
    lengths = np.diff(indptr)[rows]
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    shift = np.repeat(indptr[:-1][rows] - starts[:-1], lengths)
    return np.arange(starts[-1], dtype=np.int64) + shift, starts


def _grouped_by_bytes(indptr: Whole, indices: Whole, points: Whole) -> tuple[Whole, Whole]:
    """Return the first voter of each distinct row and the row of each voter, without hashes."""
    pairs = np.stack([indices, points], axis=1)
    keys = [pairs[a:b].tobytes() for a, b in pairwise(indptr)]
    rank = {key: row for row, key in enumerate(sorted(set(keys)))}
    ballot_of = np.array([rank[key] for key in keys], dtype=np.int64)
    return np.unique(ballot_of, return_index=True)[1].astype(np.int64), ballot_of
