"""A panel: one outcome for each unit at each time, and since when each unit is treated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, Whole, matrix, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A balanced panel in which a unit, once treated, stays treated.

    Attributes
    ----------
    outcomes, shape (n_units, n_times)
        Finite, in the outcome's unit; times in order.
    first_treated, shape (n_units,)
        Column in which the unit is first treated; ``n_times`` for one that never is.
    units, times
        Names, as they stood in the file; as many as rows and columns.
    """

    outcomes: Vector
    first_treated: Whole
    units: tuple[str, ...] = ()
    times: tuple[str, ...] = ()

    @property
    def n_units(self) -> int:
        """How many units there are."""
        return self.outcomes.shape[0]

    @property
    def n_times(self) -> int:
        """How many times there are."""
        return self.outcomes.shape[1]

    @property
    def ever_treated(self) -> Flags:
        """Which units are treated at some time, shape (n_units,)."""
        return self.first_treated < self.n_times

    @property
    def cohorts(self) -> Whole:
        """Columns in which treatment begins anywhere, in order, shape (n_cohorts,)."""
        return np.unique(self.first_treated[self.ever_treated])


def panel(
    outcomes: ArrayLike,
    first_treated: ArrayLike,
    *,
    units: Sequence[str] = (),
    times: Sequence[str] = (),
) -> Panel:
    """Return a checked ``Panel``.

    Parameters
    ----------
    outcomes, shape (n_units, n_times)
        Finite numbers; times in order.
    first_treated, shape (n_units,)
        Column (from 0) in which a unit is first treated; ``n_times`` or more for never.
    units, times
        Names; numbers counted from 0 where they are left out.

    Raises
    ------
    UsageError
        If shapes do not fit, a number is missing or infinite, or a start lies before the panel.
    """
    values = matrix("outcomes", outcomes, shape=(None, None), least=-np.inf)
    n_units, n_times = values.shape
    starts = np.asarray(first_treated)
    if starts.shape != (n_units,):
        raise wrong(
            "array_shape",
            N_("{name} has shape {shape}, expected ({size},)"),
            name="first_treated",
            shape=starts.shape,
            size=n_units,
        )
    if starts.size and starts.min() < 0:
        raise wrong(
            "treated_before_panel",
            N_("first_treated is {found}: columns are counted from 0"),
            found=int(starts.min()),
        )
    return Panel(
        outcomes=values,
        first_treated=np.minimum(starts, n_times).astype(np.int64),
        units=_names("units", units, n_units),
        times=_names("times", times, n_times),
    )


def _names(what: str, given: Sequence[str], n: int) -> tuple[str, ...]:
    if not given:
        return tuple(str(i) for i in range(n))
    if len(given) != n or len(set(given)) != n:
        raise wrong(
            "panel_names",
            N_("{name} has {found} names, {distinct} of them different; expected {size}"),
            name=what,
            found=len(given),
            distinct=len(set(given)),
            size=n,
        )
    return tuple(given)
