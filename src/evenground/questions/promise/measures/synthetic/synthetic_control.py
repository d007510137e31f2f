"""Synthetic control (SC): donors weighted so that their levels before the start meet the treated's.

Source: Abadie, Diamond and Hainmueller (2010), Synthetic control methods for comparative case
studies, Journal of the American Statistical Association 105, 493-505, on past outcomes alone; with
the tiny penalty ``zeta = 1e-6 sigma`` of Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021),
American Economic Review 111, 4088-4118, which picks the evenest of weights that do equally well.
"""

from __future__ import annotations

import numpy as np

from evenground.methods.validation import Vector
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.synthetic.frank_wolfe import early_stopped_weights
from evenground.questions.promise.measures.synthetic.simplex_least_squares import (
    least_on_simplex,
)
from evenground.questions.promise.measures.synthetic.synthetic_fit import (
    Mode,
    SyntheticFit,
    Weighted,
    fit_of,
)
from evenground.questions.promise.measures.synthetic.treated_block import (
    TreatedBlock,
    treated_block,
)

LEVEL_PENALTY = 1e-6  # times the noise level
FACE = 1e-10  # slopes this close to the least, as a share of the largest, count as equal
RANK = 1e-9  # singular values below this share of the largest count as none


def synthetic_control(panel: Panel, *, mode: Mode = "exact") -> SyntheticFit:
    """Return the effect by synthetic control on past outcomes.

    Parameters
    ----------
    panel
        All treated units start at one time; the others are never treated. Of several treated
        units, the average is met.
    mode
        ``exact`` for the optimum, with ``unique`` saying whether other weights do as well;
        ``reference`` for weights where the R package synthdid stops, for auditors.

    Raises
    ------
    UsageError
        If nobody is treated, starts differ, or fewer than two donors or two times before the start
        are left.

    Notes
    -----
    Levels are met, without an intercept. Outcomes less each unit's mean before the start give the
    form with one (Ferman and Pinto 2021, Quantitative Economics 12, 1197-1221), which some programs
    take by default.
    """
    block = treated_block(panel)
    donors, treated = centred_levels(block)
    penalty = LEVEL_PENALTY * block.noise
    weights, gap = level_weights(donors, treated, penalty=penalty)
    unique = is_unique(donors, treated, weights)
    if mode == "reference":
        early = early_stopped_weights(donors.T, treated, penalty=penalty, noise=block.noise)
        squares = [float(((w @ donors - treated) ** 2).sum()) for w in (early, weights)]
        gap = max(0.0, squares[0] - squares[1]) / (float(treated @ treated) or 1.0)
        weights = early
    weighted = Weighted(
        units=weights, times=np.zeros(block.start), penalty=penalty, gap=gap, unique=unique
    )
    return fit_of(block, "sc", mode=mode, weighted=weighted)


def centred_levels(block: TreatedBlock) -> tuple[Vector, Vector]:
    """Return levels before the start of donors and of the treated mean, less the donors' mean."""
    before = block.outcomes[:, : block.start]
    donors = before[~block.treated]
    middle = donors.mean(axis=0)
    return donors - middle, before[block.treated].mean(axis=0) - middle


def level_weights(donors: Vector, treated: Vector, *, penalty: float) -> tuple[Vector, float]:
    """Return weights of donors, shape (n_donors,), that meet levels, and the relative gap."""
    gram = donors @ donors.T
    gram.flat[:: gram.shape[0] + 1] += level_ridge(gram, donors.shape[1] * penalty**2)
    found = least_on_simplex(gram, donors @ treated, few=True)
    squares = float(treated @ treated)
    return found.weights, max(found.gap, 0.0) / squares if squares > 0 else 0.0


def level_ridge(gram: Vector, ridge: float) -> float:
    """Return the ridge; where donors move alike, so that it is 0, one as small beside levels."""
    return ridge or LEVEL_PENALTY**2 * float(np.trace(gram)) / gram.shape[0] or 1.0


def is_unique(donors: Vector, treated: Vector, weights: Vector) -> bool:
    """Say whether no other weights on the simplex meet the levels as well.

    All weights that do meet the same levels, and use only donors whose slope is the least. There
    is one such set of weights for sure where those donors' levels do not depend on one another.
    """
    slope = donors @ (weights @ donors - treated)
    scale = max(float(np.abs(donors @ treated).max()), float((donors**2).sum(axis=1).max()))
    face = (slope <= slope.min() + FACE * scale) | (weights > 0)
    apart = donors[face][1:] - donors[face][0]
    if not apart.size:
        return True
    sizes = np.linalg.svd(apart, compute_uv=False)
    return bool(apart.shape[0] <= apart.shape[1] and sizes[-1] > RANK * sizes[0])
