"""Do the new sites reach people who had nothing in reach, or those who already had?

Source: the two catchments as sets of people, as in the maximal covering problem, Church and ReVelle
(1974), The maximal covering location problem, Papers of the Regional Science Association 32,
101-118.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.accessibility.pairs import Pairs
from evenground.methods.validation import Flags, Vector, matrix, vector, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class CatchmentOverlap:
    """People by what is in their reach.

    Attributes
    ----------
    before_only, both, new_only, neither
        People in reach of existing sites only, of existing and new ones, of new ones only, of none.
    by_group, shape (n_groups, 4)
        The same four numbers for each group, in that order; no rows without groups.
    """

    before_only: float
    both: float
    new_only: float
    neither: float
    by_group: Vector

    @property
    def already_served(self) -> float:
        """The share of those in reach of new sites who had one before, 0-1; missing if none are."""
        reached = self.both + self.new_only
        return self.both / reached if reached > 0 else float("nan")

    @property
    def already_served_by_group(self) -> Vector:
        """The same share in each group, shape (n_groups,); missing where none are reached."""
        both, new = self.by_group[:, 1], self.by_group[:, 2]
        reached = both + new
        return np.divide(both, reached, out=np.full_like(both, np.nan), where=reached > 0)

    @property
    def newly_served_by_group(self) -> Vector:
        """People of each group in reach of new sites only, shape (n_groups,)."""
        return self.by_group[:, 2]


def catchment_overlap(
    people: ArrayLike,
    existing: Pairs | Flags,
    new: Pairs | Flags,
    *,
    membership: ArrayLike | None = None,
) -> CatchmentOverlap:
    """Return people by what is in reach of where they live.

    Parameters
    ----------
    people, shape (n_origins,)
        People at each origin, 0 or more.
    existing, new
        Pairs of origins and sites within reach, or whether each origin has a site in reach, shape
        (n_origins,).
    membership, shape (n_groups, n_origins)
        The part of each origin's people that belongs to each group, 0-1.

    Raises
    ------
    UsageError
        If shapes differ, people are negative or missing, or a part is negative or missing.
    """
    living = vector("people", people)
    parts = np.empty((0, living.size)) if membership is None else membership
    groups = matrix("membership", parts, shape=(None, living.size))
    had = in_reach("existing", existing, living.size)
    has = in_reach("new", new, living.size)
    kinds = np.stack([had & ~has, had & has, ~had & has, ~had & ~has]).astype(np.float64)
    before_only, both, new_only, neither = (kinds @ living).tolist()
    return CatchmentOverlap(
        before_only=before_only,
        both=both,
        new_only=new_only,
        neither=neither,
        by_group=(groups * living) @ kinds.T,
    )


def in_reach(name: str, catchment: Pairs | Flags, n_origins: int) -> Flags:
    """Return whether each origin has a site in reach, shape (n_origins,).

    Raises
    ------
    UsageError
        If there are more or fewer origins, or flags are not flags.
    """
    if isinstance(catchment, Pairs):
        flags = np.bincount(catchment.origin, minlength=catchment.n_origins) > 0
    else:
        flags = np.asarray(catchment)
    if flags.shape != (n_origins,) or flags.dtype != np.bool_:
        raise wrong(
            "flags",
            N_("{name} has shape {shape} of {kind}, expected {n} times yes or no"),
            name=name,
            shape=flags.shape,
            kind=str(flags.dtype),
            n=n_origins,
        )
    return flags
