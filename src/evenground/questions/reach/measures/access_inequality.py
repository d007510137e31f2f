"""Every index of inequality of one distribution, each with its interval, from the same resamples.

Areas are resampled whole: points within an area are near each other and have much the same access.
Sources stand with each index in ``evenground.methods.inequality``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from evenground.methods.inequality.atkinson import atkinson_rows
from evenground.methods.inequality.concentration_index import concentration_index_rows
from evenground.methods.inequality.distribution import IndexRows
from evenground.methods.inequality.foster_greer_thorbecke import foster_greer_thorbecke_rows
from evenground.methods.inequality.gini import gini_rows
from evenground.methods.inequality.interval import (
    Interval,
    Resampling,
    intervals_of,
)
from evenground.methods.inequality.kolm_pollak import fitted_kappa, kolm_pollak_rows
from evenground.methods.inequality.palma import palma_rows
from evenground.methods.inequality.theil import theil_l_rows, theil_t_rows
from evenground.methods.inequality.theil_decomposition import theil_t_between_rows
from evenground.methods.validation import Vector, Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What residents have, ranked and sorted.

    Attributes
    ----------
    values, people, shape (n,)
        What each resident of a point has, and how many live there.
    area, shape (n,)
        Area of each point; areas are resampled whole.
    group, shape (n,)
        Class of each point's area, -1 for none; ``None`` where groups do not part areas.
    rank_by, shape (n,)
        What residents are ranked by, NaN where it is unknown; ``None`` without a ranking.
    """

    values: Vector
    people: Vector
    area: Whole
    group: Whole | None = None
    rank_by: Vector | None = None

    def where(self, kept: NDArray[np.bool_]) -> Held:
        """Return the part that is kept."""
        return Held(
            values=self.values[kept],
            people=self.people[kept],
            area=self.area[kept],
            group=None if self.group is None else self.group[kept],
            rank_by=None if self.rank_by is None else self.rank_by[kept],
        )


def inequality_of(
    held: Held, *, line: float, aversion: float, rng: np.random.Generator, asked: Resampling
) -> dict[str, Interval]:
    """Return intervals by index; an index that such values do not define is left out.

    Parameters
    ----------
    held
        Values with people above 0 somewhere, and something to share.
    line
        Residents with less than this fall short; in the unit of the values.
    aversion
        Of the Atkinson and the Kolm-Pollak index, above 0.
    rng, asked
        Source of chance; how many resamples and which confidence.

    Returns
    -------
    dict
        ``gini``, ``palma``, ``theil_t``, ``theil_l``, ``atkinson``, ``kolm_pollak``, ``short``
        (headcount), ``shortfall``; ``theil_t_between`` with groups; ``concentration`` with a rank.
    """
    indices: dict[str, IndexRows] = {
        "gini": gini_rows,
        "palma": palma_rows,
        "theil_t": theil_t_rows,
        "theil_l": theil_l_rows,
        "atkinson": partial(atkinson_rows, aversion=aversion),
        "kolm_pollak": partial(
            kolm_pollak_rows, kappa=fitted_kappa(held.values, held.people, aversion=aversion)
        ),
        "short": partial(foster_greer_thorbecke_rows, line=line, power=0.0),
        "shortfall": partial(foster_greer_thorbecke_rows, line=line, power=1.0),
    }
    found = _intervals(indices, held, rng=rng, asked=asked)
    if held.group is not None:
        part = held.where(held.group >= 0)
        if part.values @ part.people > 0 and part.group is not None:
            between = partial(theil_t_between_rows, group_of=part.group)
            found |= _intervals({"theil_t_between": between}, part, rng=rng, asked=asked)
    if held.rank_by is not None:
        part = held.where(np.isfinite(held.rank_by))
        if part.values @ part.people > 0 and part.rank_by is not None:
            ranked = partial(concentration_index_rows, rank_by=part.rank_by)
            found |= _intervals({"concentration": ranked}, part, rng=rng, asked=asked)
    return {name: one for name, one in found.items() if _is_defined(one)}


def _intervals(
    indices: Mapping[str, IndexRows],
    held: Held,
    *,
    rng: np.random.Generator,
    asked: Resampling,
) -> dict[str, Interval]:
    several = np.unique(held.area).size < held.area.size
    drawn = replace(asked, area=held.area) if several else asked
    return intervals_of(indices, held.values, held.people, rng=rng, resampling=drawn)


def _is_defined(one: Interval) -> bool:
    return bool(np.isfinite([one.value, one.low, one.high]).all())
