"""Points that ballots give, as whole numbers of a unit in which all of them are whole."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Whole, wrong
from evenground.questions.voice.large_tables import listed, places_of

if TYPE_CHECKING:
    import pyarrow as pa

_FINEST, _MOST = 10_000, 10**9


def ballot_points(ballots: pa.Table, n_named: Whole) -> tuple[Whole, int]:
    """Return the points of all ballots, one after another, and units per point.

    Parameters
    ----------
    ballots
        With a column ``points``: as many numbers in each row as projects are named.
    n_named, shape (n_voters,)
        Projects that each ballot names.

    Raises
    ------
    UsageError
        If a ballot has more or fewer points than projects, or one of them is no number.
    """
    items, rows = listed(ballots, "points")
    lengths = np.bincount(rows, minlength=ballots.num_rows)
    if (lengths != n_named).any():
        at = int(np.argmax(lengths != n_named))
        raise wrong(
            "points_many",
            N_("ballot {voter} names {n} projects and gives points to {n_points}"),
            voter=ballots["voter_id"][at].as_py(),
            n=int(n_named[at]),
            n_points=int(lengths[at]),
        )
    written: list[str] = items.unique().to_pylist()
    values = [_points(one) for one in written]
    scale = math.lcm(1, *(one.denominator for one in values))
    units = np.array([int(one * scale) for one in values], dtype=np.int64)
    return units[places_of(items, written)], scale


def _points(text: str) -> Fraction:
    """Return points as they are written."""
    try:
        points = Fraction(text)
    except (ValueError, ZeroDivisionError):
        points = Fraction(-1)
    if not 0 <= points <= _MOST or points.denominator > _FINEST:
        raise wrong(
            "points_unreadable",
            N_("points are {found}; they are to be numbers of 0 or more, as in 3 or 2.5"),
            found=text,
        )
    return points
