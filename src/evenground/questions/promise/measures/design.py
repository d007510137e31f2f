"""Which design data have, from which the method follows; nobody chooses it by its result.

Sources: for one or few treated units with long histories Abadie (2021), Journal of Economic
Literature 59, 391-425, sections 4 and 7; for staggered starts Goodman-Bacon (2021), Journal of
Econometrics 225, 254-277; for a single series Bernal, Cummins & Gasparrini (2017), International
Journal of Epidemiology 46, 348-355.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from evenground.questions.promise.measures.panel import Panel


class Design(StrEnum):
    """What a panel allows, the strongest first."""

    RANDOMISED = "randomised"
    FEW_TREATED = "few_treated"
    FEW_TREATED_SHORT = "few_treated_short"
    STAGGERED = "staggered"
    MANY_AREAS = "many_areas"
    NO_COMPARISON = "no_comparison"
    NONE = "none"


class Refusal(StrEnum):
    """Why nothing can be told from a panel."""

    NOBODY_TREATED = "nobody_treated"
    ONLY_WHERE_TREATED = "only_where_treated"
    NO_TIME_BEFORE = "no_time_before"
    TOO_SHORT = "too_short"


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignFound:
    """The design of a panel.

    Attributes
    ----------
    design
        What it allows; ``none`` with a ``refusal``.
    refusal
        Why nothing can be told, or ``None``.
    n_treated, n_never, n_starts
        Units treated at some time, units never treated, different times at which treatment begins.
    n_before, n_after
        Times before the first and from the first start on.
    """

    design: Design
    refusal: Refusal | None = None
    n_treated: int
    n_never: int
    n_starts: int
    n_before: int
    n_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignLimits:
    """Where one design ends and the next begins.

    Attributes
    ----------
    few
        Most treated units that are compared with weights of their own.
    long
        Fewest times before the start at which weights can be fitted.
    series
        Fewest times before, and a third of it after, for a series without comparison.
    """

    few: int = 5
    long: int = 10
    series: int = 12


def design_of(
    panel: Panel, *, randomised: bool = False, limits: DesignLimits | None = None
) -> DesignFound:
    """Return the design of a panel.

    Parameters
    ----------
    panel
        Outcomes, and since when each unit is treated.
    randomised
        Whether it was planned by lot who is treated when, with the scheme at hand.
    limits
        Where designs end.
    """
    limits = limits or DesignLimits()
    starts = panel.cohorts
    first = int(starts[0]) if starts.size else panel.n_times
    n_treated = int(panel.ever_treated.sum())
    design, refusal = _design(panel, first=first, randomised=randomised, limits=limits)
    return DesignFound(
        design=design,
        refusal=refusal,
        n_treated=n_treated,
        n_never=panel.n_units - n_treated,
        n_starts=int(starts.size),
        n_before=first,
        n_after=panel.n_times - first,
    )


def _design(
    panel: Panel, *, first: int, randomised: bool, limits: DesignLimits
) -> tuple[Design, Refusal | None]:
    refusal = _refusal(panel, first=first, randomised=randomised, limits=limits)
    if refusal is not None:
        return Design.NONE, refusal
    if randomised:
        return Design.RANDOMISED, None
    return _observed(panel, first=first, limits=limits), None


def _refusal(panel: Panel, *, first: int, randomised: bool, limits: DesignLimits) -> Refusal | None:
    if not panel.cohorts.size:
        return Refusal.NOBODY_TREATED
    if np.all(panel.first_treated == 0):
        return Refusal.ONLY_WHERE_TREATED
    if not randomised and not np.any(panel.cohorts > 0):
        return Refusal.NO_TIME_BEFORE
    long_enough = first >= limits.series and 3 * (panel.n_times - first) >= limits.series
    alone = panel.ever_treated.all() and panel.cohorts.size == 1
    return Refusal.TOO_SHORT if alone and not randomised and not long_enough else None


def _observed(panel: Panel, *, first: int, limits: DesignLimits) -> Design:
    if panel.cohorts.size > 1:
        return Design.STAGGERED
    if panel.ever_treated.all():
        return Design.NO_COMPARISON
    if int(panel.ever_treated.sum()) > limits.few:
        return Design.MANY_AREAS
    return Design.FEW_TREATED if first >= limits.long else Design.FEW_TREATED_SHORT
