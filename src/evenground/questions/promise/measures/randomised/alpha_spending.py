"""Looking several times on a sealed schedule: how much error each look may spend.

Sources: Lan and DeMets (1983), Biometrika 70, 659-663 (both functions); Armitage, McPherson and
Rowe (1969), Journal of the Royal Statistical Society A 132, 235-244 (boundaries by repeated
integration).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.language import N_
from evenground.methods.validation import Vector, vector, wrong

_NODES = 400
_WIDEST = 9.0
"""Standard deviations beyond which a path is as good as nowhere."""


def obrien_fleming_spending(times: ArrayLike, *, alpha: float = 0.05) -> Vector:
    """Return the two-sided error spent by each look, shape (n_looks,): little early, most late.

    ``4 (1 - Phi(z / sqrt(t)))`` with ``z`` the upper ``alpha / 4`` quantile: the paper's function
    for half of alpha on each side. It resembles O'Brien and Fleming's boundaries.

    Parameters
    ----------
    times, shape (n_looks,)
        Share of all information that is in at each look, above 0 to 1, rising.
    alpha
        To be spent in all, 0-1.

    Raises
    ------
    UsageError
        If times do not rise within 0-1, or alpha is not inside 0-1.
    """
    t = _looks(times, alpha)
    return 4 * special.ndtr(special.ndtri(alpha / 4) / np.sqrt(t))


def pocock_spending(times: ArrayLike, *, alpha: float = 0.05) -> Vector:
    """Return ``alpha log(1 + (e - 1) t)``, shape (n_looks,): about as much at each look.

    Arguments and ``Raises`` as for ``obrien_fleming_spending``.
    """
    t = _looks(times, alpha)
    return alpha * np.log1p((np.e - 1) * t)


def normal_boundaries(times: ArrayLike, spent: ArrayLike) -> Vector:
    """Return the size of z beyond which each look rejects, shape (n_looks,).

    Increments between looks are taken to be independent.

    Parameters
    ----------
    times, shape (n_looks,)
        Share of all information at each look, above 0 to 1, rising.
    spent, shape (n_looks,)
        Two-sided error spent by then, rising; a look that spends nothing has no boundary
        (infinite).

    Raises
    ------
    UsageError
        If times or what is spent do not rise within 0-1.
    """
    t = _looks(times, 0.5)
    gone = vector("spent", spent, size=t.size)
    if (np.diff(gone) < 0).any() or (gone >= 1).any():
        raise wrong("spent_falls", N_("the error spent does not rise within 0-1"))
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    places, mass = np.zeros(1), np.ones(1)
    found = np.empty(t.size)
    before, spent_before = 0.0, 0.0
    for look, now in enumerate(t):
        step = np.sqrt(now - before)
        bound = _bound(places, mass, step, gone[look] - spent_before) / np.sqrt(now)
        found[look] = bound
        reach = min(bound, _WIDEST) * np.sqrt(now)
        here = nodes * reach
        density = _density((here[:, None] - places[None, :]) / step) / step
        places, mass = here, (density @ mass) * weights * reach
        before, spent_before = float(now), float(gone[look])
    return found


def _bound(places: Vector, mass: Vector, step: float, part: float) -> float:
    """Return the distance from 0 beyond which a share ``part`` of all paths comes to lie."""
    if part <= 0:
        return np.inf
    near, far = 0.0, float(np.abs(places).max()) + 40 * step
    for _ in range(200):
        middle = (near + far) / 2
        beyond = special.ndtr((places - middle) / step) + special.ndtr((-places - middle) / step)
        if float(mass @ beyond) > part:
            near = middle
        else:
            far = middle
    return (near + far) / 2


def _density(z: Vector) -> Vector:
    return np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)


def _looks(times: ArrayLike, alpha: float) -> Vector:
    t = vector("times", times)
    if not t.size or t[0] <= 0 or t[-1] > 1 or (np.diff(t) <= 0).any():
        raise wrong(
            "looks_rise", N_("looks are {times}; they rise from above 0 to 1"), times=str(t)
        )
    if not 0 < alpha < 1:
        raise wrong("alpha", N_("alpha is {alpha}, not within 0-1"), alpha=alpha)
    return t
