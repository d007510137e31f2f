"""Arrays as methods want them: numbers of a known shape, or an error that says which and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenground.errors import Problem, UsageError
from evenground.language import N_

Vector = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

_WAY_OUT = N_("Leave such entries out before the call and say how many were left out.")


def wrong(code: str, what: str, **parameters: Any) -> UsageError:
    """Return (not raise) the error for one wrong argument; ``what`` is a template."""
    return UsageError(Problem(code=code, what=what, way_out=_WAY_OUT, parameters=parameters))


def vector(name: str, values: ArrayLike, *, size: int | None = None, least: float = 0.0) -> Vector:
    """Return ``values`` as a one-dimensional array of finite floats.

    Parameters
    ----------
    name
        What the caller calls it, for the error.
    values, shape (n,)
        Numbers.
    size
        The length that it must have; ``None`` admits any.
    least
        The smallest number admitted; ``-inf`` admits all.

    Raises
    ------
    UsageError
        If the shape is another, or a value is missing, infinite or below ``least``.
    """
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1 or (size is not None and array.size != size):
        raise wrong(
            "array_shape",
            N_("{name} has shape {shape}, expected ({size},)"),
            name=name,
            shape=array.shape,
            size="n" if size is None else size,
        )
    _refuse_unusable(name, array, least)
    return array


def matrix(
    name: str, values: ArrayLike, *, shape: Sequence[int | None], least: float = 0.0
) -> Vector:
    """Return ``values`` as a two-dimensional array of finite floats; ``None`` admits any length.

    Raises
    ------
    UsageError
        If the shape is another, or a value is missing, infinite or below ``least``.
    """
    array = np.asarray(values, dtype=np.float64)
    fits = array.ndim == len(shape) and all(
        wanted is None or wanted == found for wanted, found in zip(shape, array.shape, strict=True)
    )
    if not fits:
        raise wrong(
            "array_shape",
            N_("{name} has shape {shape}, expected {expected}"),
            name=name,
            shape=array.shape,
            expected=tuple("any" if wanted is None else wanted for wanted in shape),
        )
    _refuse_unusable(name, array, least)
    return array


def positive_total(name: str, values: Vector) -> float:
    """Return the sum of ``values``.

    Raises
    ------
    UsageError
        If the sum is zero: no share of it can be formed.
    """
    total = float(values.sum())
    if total <= 0:
        raise wrong("nothing_to_share", N_("{name} adds up to {total}"), name=name, total=total)
    return total


def _refuse_unusable(name: str, array: Vector, least: float) -> None:
    bad = ~np.isfinite(array) | (array < least)
    if bad.any():
        first = tuple(int(i) for i in np.argwhere(bad)[0])
        raise wrong(
            "array_value",
            N_("{name}[{index}] is {found}; {n_bad} such values, the least admitted is {least}"),
            name=name,
            index=", ".join(str(i) for i in first),
            found=float(array[first]),
            n_bad=int(bad.sum()),
            least=least,
        )
