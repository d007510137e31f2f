"""Ballots of voters as rows of whole numbers, or an error that says which row is wrong and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Whole, wrong

LARGEST = 2**62
"""No sum of costs or of points may be above this: beyond it 64 bits would run over."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ballots:
    """One row per voter, as they stand in a file.

    Attributes
    ----------
    indptr, shape (n_voters + 1,); indices, shape (nnz,)
        Voter ``i`` named the projects ``indices[indptr[i]:indptr[i + 1]]``, 0 to m - 1.
    points, shape (nnz,)
        Whole units of points, 0 or more; ``None`` gives 1 to each. Projects with 0 are left off
        the ballot: no points are no support.
    points_scale
        Units per point.
    ordered
        Whether the order within a row is the voter's ranking, the best first.
    """

    indptr: ArrayLike
    indices: ArrayLike
    points: ArrayLike | None = None
    points_scale: int = 1
    ordered: bool = False


def checked_rows(names: tuple[str, ...], ballots: Ballots) -> tuple[Whole, Whole, Whole]:
    """Return indptr, indices and points; within a row projects rise, unless order is the ranking.

    Parameters
    ----------
    names, length m
        Of the projects.
    ballots
        A row per voter.

    Raises
    ------
    UsageError
        If a number is not whole, a row names a project that is not there or one twice, points are
        below 0, or sums would run over 64 bits.
    """
    indices = whole("indices", ballots.indices)
    indptr = whole("indptr", ballots.indptr)
    if not indptr.size or indptr[0] or indptr[-1] != indices.size or (np.diff(indptr) < 0).any():
        raise wrong(
            "ballot_starts", N_("indptr does not cut {n} entries into rows"), n=indices.size
        )
    given = np.ones(indices.size, np.int64) if ballots.points is None else ballots.points
    points = whole("points", given, size=indices.size)
    rows = np.repeat(np.arange(indptr.size - 1, dtype=np.int64), np.diff(indptr))
    _refuse_points(points)
    _refuse_unknown(len(names), rows, indices)
    order = _rising(len(names), rows, indices)
    _refuse_twice(names, rows[order], indices[order])
    if not ballots.ordered:
        indices, points = indices[order], points[order]
    some = points > 0
    if not some.all():
        indptr = starts(np.bincount(rows[some], minlength=indptr.size - 1))
        indices, points = indices[some], points[some]
    return indptr, indices, points


def whole(name: str, values: ArrayLike, *, size: int | None = None) -> Whole:
    """Return ``values`` as a one-dimensional array of 64-bit whole numbers.

    Raises
    ------
    UsageError
        If the shape is another, or a value is missing, not whole or too large.
    """
    array = np.asarray(values)
    if array.ndim != 1 or (size is not None and array.size != size):
        raise wrong(
            "array_shape",
            N_("{name} has shape {shape}, expected ({size},)"),
            name=name,
            shape=array.shape,
            size="n" if size is None else size,
        )
    if array.dtype.kind in "iub" or not array.size:
        return array.astype(np.int64)
    for at, value in enumerate(array.tolist()):
        # Comparisons with a missing number are false, so that it is refused as well.
        if not (isinstance(value, int | float) and -LARGEST <= value <= LARGEST and value % 1 == 0):
            raise wrong(
                "not_whole",
                N_("{name}[{index}] is {found}; whole numbers up to 2^62 are admitted"),
                name=name,
                index=at,
                found=value,
            )
    return array.astype(np.int64)


def starts(lengths: Whole) -> Whole:
    """Return where rows of these lengths start, and where the last one ends."""
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)


def refuse_large(name: str, total: float) -> None:
    """Refuse a sum beyond what 64 bits hold with room to spare.

    Raises
    ------
    UsageError
        If ``total`` is above ``LARGEST``.
    """
    if total > LARGEST:
        raise wrong(
            "too_large",
            N_("{name} add up to {total}, above 2^62; count in larger units"),
            name=name,
            total=total,
        )


def _refuse_points(points: Whole) -> None:
    if (points < 0).any():
        raise wrong(
            "points_negative",
            N_("a ballot gives {points} points; no counting rule here is defined below 0"),
            points=int(points.min()),
        )
    refuse_large("the points", float(points.astype(np.float64).sum()))


def _refuse_unknown(n_projects: int, rows: Whole, indices: Whole) -> None:
    bad = (indices < 0) | (indices >= n_projects)
    if bad.any():
        at = int(np.argmax(bad))
        raise wrong(
            "ballot_project",
            N_("ballot {row} names project number {index}; there are {n_projects}, from 0 on"),
            row=int(rows[at]),
            index=int(indices[at]),
            n_projects=n_projects,
        )


def _refuse_twice(names: tuple[str, ...], rows: Whole, indices: Whole) -> None:
    twice = (rows[1:] == rows[:-1]) & (indices[1:] == indices[:-1])
    if twice.any():
        at = int(np.argmax(twice))
        raise wrong(
            "ballot_twice",
            N_("ballot {row} names project {name} twice"),
            row=int(rows[at]),
            name=names[indices[at]],
        )


def _rising(n_projects: int, rows: Whole, indices: Whole) -> Whole | slice:
    """Return the order in which projects rise within each row."""
    keys = rows * max(n_projects, 1) + indices
    if (keys[1:] >= keys[:-1]).all():
        return slice(None)
    return np.argsort(keys, kind="stable")
