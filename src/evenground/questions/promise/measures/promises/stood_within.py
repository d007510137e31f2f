"""Does what was promised for a place stand there, and how often would it by chance?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, matrix, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class StoodWithin:
    """Promised places with something built near them, beside the same places shifted.

    Attributes
    ----------
    stands, shape (n_promised,)
        Whether something built lies within the distance of each promised place.
    distance, shape (n_promised,)
        Distance to the nearest built one, in metres; infinite where nothing was built.
    share
        Part of the promised places where it stands, 0-1.
    n_one_to_one
        Most promised places that can each be given a built one of their own within the distance.
    shifted, shape (n_shifts,)
        ``share`` with all promised places moved by each shift, 0-1.
    expected
        Mean of ``shifted``, 0-1; ``None`` without shifts.
    as_often
        Part of all shifts, the unshifted one included, that do at least as well, above 0 to 1;
        ``None`` without shifts.
    elsewhere
        Part of the places where it could have been promised and was not, where it stands all the
        same, 0-1; ``None`` where no such place was given.
    """

    stands: Flags
    distance: Vector
    share: float
    n_one_to_one: int
    shifted: Vector
    expected: float | None
    as_often: float | None
    elsewhere: float | None


def ring_shifts(*, least: float, most: float, step: float) -> Vector:
    """Return every shift on a square grid whose length lies in a ring.

    Parameters
    ----------
    least, most
        Shortest and longest shift, in metres; ``least`` above 0.
    step
        Mesh of the grid, in metres.

    Returns
    -------
    ndarray, shape (n_shifts, 2)
        In metres, in a fixed order; the ring is symmetrical, so the mean shift is none.

    Raises
    ------
    UsageError
        If ``0 < least <= most`` or ``0 < step`` does not hold, or no shift is in the ring.
    """
    if not (0 < least <= most < np.inf and 0 < step < np.inf):
        raise wrong(
            "ring_shifts",
            N_("least {least}, most {most} and step {step} must be above 0, most not the smallest"),
            least=least,
            most=most,
            step=step,
        )
    whole = np.arange(-np.floor(most / step), np.floor(most / step) + 1)
    grid = np.stack(np.meshgrid(whole, whole, indexing="ij"), axis=-1).reshape(-1, 2) * step
    length = np.hypot(*grid.T)
    shifts = grid[(length >= least) & (length <= most)]
    if not len(shifts):
        raise wrong("no_shifts", N_("no shift of the grid is in the ring"))
    return shifts


def stood_within(
    promised: ArrayLike,
    built: ArrayLike,
    *,
    metres: float,
    shifts: ArrayLike | None = None,
    elsewhere: ArrayLike | None = None,
) -> StoodWithin:
    """Return where something stands within a distance of what was promised.

    In a dense city something stands near any place, so the share is set beside that of the same
    pattern shifted as a whole (Lotwick and Silverman 1982, Journal of the Royal Statistical Society
    B 44, 406-413, for two point patterns; here in open country instead of on a torus). Shifted
    places may lie in courtyards, where nothing can be built: the expected share is one that people
    who place things on streets exceed, a yardstick and no test. Where places are known at which it
    could have been promised and was not, what stands at those is the better yardstick.

    Parameters
    ----------
    promised, shape (n_promised, 2)
        Promised places, in metres.
    built, shape (n_built, 2)
        What stands, in the same system; may be none.
    metres
        How near counts as there, above 0; a distance of exactly so much counts.
    shifts, shape (n_shifts, 2)
        By how much all promised places are moved, in metres; see ``ring_shifts``.
    elsewhere, shape (n_elsewhere, 2)
        Places where it could have been promised and was not, in the same system.

    Raises
    ------
    UsageError
        If a shape does not fit, nothing was promised, a number is missing, or ``metres`` is not
        above 0.
    """
    places = matrix("promised", promised, shape=(None, 2), least=-np.inf)
    stock = _points("built", built)
    moves = _points("shifts", [] if shifts is None else shifts)
    others = _points("elsewhere", [] if elsewhere is None else elsewhere)
    if not len(places):
        raise wrong("nothing_promised", N_("there is no promised place"))
    if not 0 < metres < np.inf:
        raise wrong("metres", N_("metres is {found}, not above 0"), found=metres)
    distance = _nearest(places, stock)
    stands = distance <= metres
    share = float(stands.mean())
    shifted = _shifted_shares(places, stock, moves, metres)
    return StoodWithin(
        stands=stands,
        distance=distance,
        share=share,
        n_one_to_one=_one_to_one(places, stock, metres),
        shifted=shifted,
        expected=float(shifted.mean()) if len(shifted) else None,
        as_often=float((1 + (shifted >= share).sum()) / (1 + len(shifted)))
        if len(shifted)
        else None,
        elsewhere=float((_nearest(others, stock) <= metres).mean()) if len(others) else None,
    )


def _points(name: str, values: ArrayLike) -> Vector:
    array = np.asarray(values, dtype=np.float64)
    return matrix(
        name, array.reshape(0, 2) if array.size == 0 else array, shape=(None, 2), least=-np.inf
    )


def _nearest(places: Vector, stock: Vector) -> Vector:
    if not len(stock):
        return np.full(len(places), np.inf)
    from scipy.spatial import KDTree

    return np.asarray(KDTree(stock).query(places)[0], dtype=np.float64)


def _shifted_shares(places: Vector, stock: Vector, moves: Vector, metres: float) -> Vector:
    """Return the share of each shift, one shift after another so that memory stays small."""
    if not len(stock):
        return np.zeros(len(moves))
    from scipy.spatial import KDTree

    tree = KDTree(stock)
    # The bound spares the search beyond it; next above, so that exactly so far still counts.
    bound = float(np.nextafter(metres, np.inf))
    return np.array(
        [
            np.mean(tree.query(places + move, distance_upper_bound=bound)[0] <= metres)
            for move in moves
        ]
    )


def _one_to_one(places: Vector, stock: Vector, metres: float) -> int:
    if not len(stock):
        return 0
    from scipy import sparse
    from scipy.sparse import csgraph
    from scipy.spatial import KDTree

    pairs = KDTree(places).sparse_distance_matrix(KDTree(stock), metres, output_type="coo_matrix")
    # A distance of 0 is an entry too, which adding up would lose.
    near = sparse.csr_matrix(
        (np.ones(pairs.nnz, dtype=np.int8), (pairs.row, pairs.col)), shape=pairs.shape
    )
    return int((csgraph.maximum_bipartite_matching(near, perm_type="column") >= 0).sum())
