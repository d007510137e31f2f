"""What is left of a purchase when the horizon ends before its life does.

Source: Mott MacDonald (2002), Review of Large Public Procurement in the UK, 1.1.2, after the Green
Book: the residual value of capital assets at the end of the appraisal period counts. It is written
off in a straight line here, where no market value is known.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, vector, wrong


def residual_value(price: ArrayLike, *, life_years: ArrayLike, held_years: ArrayLike) -> Vector:
    """Return what is not yet written off: ``price * max(1 - held / life, 0)``.

    Parameters
    ----------
    price, life_years, held_years
        Arrays that broadcast together: money (0 or more), years of life (above 0), years held.

    Returns
    -------
    array
        Of the common shape, in the unit of ``price``, from 0 to ``price``.

    Raises
    ------
    UsageError
        If a number is missing or negative, or a life is not above 0.
    """
    shape = np.broadcast_shapes(np.shape(price), np.shape(life_years), np.shape(held_years))
    paid, life, held = (
        vector(name, np.broadcast_to(np.asarray(given, np.float64), shape).ravel())
        for name, given in (
            ("price", price),
            ("life_years", life_years),
            ("held_years", held_years),
        )
    )
    if not (life > 0).all():
        raise wrong("life_years", N_("a life of {found} years is not above 0"), found=life.min())
    return (paid * np.maximum(1 - held / life, 0)).reshape(shape)
