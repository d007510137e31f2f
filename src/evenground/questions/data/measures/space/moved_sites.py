"""Sites whose place jumps between rows, and sites that share one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenground.evidence import Message
from evenground.frame.sites import present
from evenground.language import N_
from evenground.methods.validation import Flags, Vector, Whole, wrong
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.space.coordinates import (
    Coordinates,
    distinct,
    flagged,
    written,
)

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "moved_sites"
DEFAULT_METRES = 50.0
"""Nearer than this two positions of a site may be the two sides of one street."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """Where sites were over their rows.

    Attributes
    ----------
    sites, shape (n_sites,)
        Codes of sites, in order.
    n_places, shape (n_sites,)
        Distinct coordinates of each.
    jumps, shape (n_sites,)
        Steps from one row to the next of more than the distance.
    farthest_metres, shape (n_sites,)
        Longest step.
    jumped, shape (n,)
        Whether a row stands further than the distance from the row of its site before it.
    metres, shape (n,)
        How far; 0 for the first row of a site.
    sharing
        Sites that stand at exactly the same coordinates as another.
    """

    sites: NDArray[np.object_]
    n_places: Whole
    jumps: Whole
    farthest_metres: Vector
    jumped: Flags
    metres: Vector
    sharing: int


def site_moves(
    sites: ArrayLike, places: Coordinates, *, order: ArrayLike | None = None, metres: float
) -> Moves:
    """Return how sites moved from row to row.

    Parameters
    ----------
    sites, shape (n,)
        Code of the site of each row.
    places, n
        Where it stood, in a projected system, metres. Rows without a place are passed over.
    order, shape (n,)
        Times by which the rows of a site follow one another (``NaT`` and not a number come last);
        ``None`` takes the order of rows. Rows of one time follow in order of their places, so that
        the order of rows does not matter.
    metres
        A longer step is a jump.

    Raises
    ------
    UsageError
        If shapes differ, or the distance is negative.
    """
    codes = np.asarray(sites, dtype=object)
    if codes.shape != places.x.shape or not metres >= 0:
        raise wrong(
            "site_shape",
            N_("sites has shape {shape}, places {size}; the distance is {metres}"),
            shape=codes.shape, size=places.x.size, metres=metres,
        )  # fmt: skip
    known = np.array([present(code) for code in codes.tolist()], dtype=np.bool_)
    at = np.flatnonzero(places.present & known)
    names, site = _coded(codes[at])
    when = np.arange(places.x.size) if order is None else np.asarray(order)
    rank = np.unique(when, return_inverse=True)[1].reshape(-1)[at]
    x, y = places.x[at], places.y[at]
    sorting = np.lexsort((y, x, rank, site))
    same = np.r_[False, np.diff(site[sorting]) == 0]
    step = np.hypot(np.diff(x[sorting], prepend=np.nan), np.diff(y[sorting], prepend=np.nan))
    step = np.where(same, step, 0.0)
    far = np.zeros(places.x.size)
    far[at[sorting]] = step
    farthest = np.zeros(names.size)
    np.maximum.at(farthest, site[sorting], step)
    n_places, sharing = _places_of_sites(places.take(at), site, n_sites=names.size)
    return Moves(
        sites=names,
        n_places=n_places,
        jumps=np.bincount(site[sorting][step > metres], minlength=names.size),
        farthest_metres=farthest,
        jumped=far > metres,
        metres=far,
        sharing=sharing,
    )


def moved_sites(
    sites: ArrayLike,
    places: Coordinates,
    *,
    order: ArrayLike | None = None,
    metres: float = DEFAULT_METRES,
) -> Check:
    """Return the check of sites whose place jumps; parameters as in ``site_moves``.

    Counts sites with a jump. ``detail``: ``sites`` in all, ``jumps``, ``farthest_metres``,
    ``sharing_sites`` that stand exactly where another stands, ``most`` (up to ten sites, farthest
    first, with metres). Not established where every site has one row: nothing can have moved.
    """
    definition = Message(code=f"definition.{NAME}", parameters={"metres": metres})
    found = site_moves(sites, places, order=order, metres=metres)
    n_rows = int(places.present.sum())
    if found.sites.size >= n_rows:
        reason = Message(code=f"reason.{NAME}.once", parameters={"n": int(found.sites.size)})
        check = Check.not_established(NAME, unit="sites", definition=definition, reason=reason)
        return check.showing(sites=int(found.sites.size), sharing_sites=found.sharing)
    moved = np.flatnonzero(found.jumps > 0)
    first = moved[np.lexsort((found.sites[moved].astype(str), -found.farthest_metres[moved]))]
    check = Check.counted(NAME, int(moved.size), unit="sites", definition=definition)
    return check.showing(
        flags=None if places.row is None else _flags(sites, places, found, order),
        sites=int(found.sites.size),
        jumps=int(found.jumps.sum()),
        farthest_metres=float(found.farthest_metres.max(initial=0.0)),
        sharing_sites=found.sharing,
        most=[
            {"site": str(found.sites[one]), "metres": float(found.farthest_metres[one])}
            for one in first[:10]
        ],
    )


def _coded(codes: NDArray[np.object_]) -> tuple[NDArray[np.object_], Whole]:
    texts = np.array([str(code) for code in codes.tolist()], dtype=object)
    names, site = np.unique(texts.astype(str), return_inverse=True)
    return names.astype(object), site.reshape(-1).astype(np.int64)


def _places_of_sites(places: Coordinates, site: Whole, *, n_sites: int) -> tuple[Whole, int]:
    """Return the distinct places of each site, and how many sites share one with another."""
    _, place = distinct(places)
    pairs = np.unique(np.column_stack([site, place]), axis=0).astype(np.int64).reshape(-1, 2)
    held = np.bincount(pairs[:, 1]) if len(pairs) else np.zeros(0, dtype=np.int64)
    shared = pairs[held[pairs[:, 1]] > 1, 0] if len(pairs) else pairs[:, 0]
    return np.bincount(pairs[:, 0], minlength=n_sites), int(np.unique(shared).size)


def _flags(sites: ArrayLike, places: Coordinates, found: Moves, order: Any) -> pa.Table:
    at = np.flatnonzero(found.jumped)
    rows = np.zeros(0, dtype=np.int64) if places.row is None else places.row[at]
    times = None if order is None else np.asarray(order)
    stamped = times is not None and np.issubdtype(times.dtype, np.datetime64)
    more: dict[str, Any] = {"sensor": [str(one) for one in np.asarray(sites, object)[at]]}
    if stamped and times is not None:
        more["time"] = times[at].astype("datetime64[us]")
    columns = f"{places.x_name}, {places.y_name}"
    return flagged(NAME, rows, columns, values=written(found.metres[at]), **more)
