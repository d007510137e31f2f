"""An effect borrowed from other cities: what may be expected here, or why that cannot be said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.language import N_
from evenground.methods.exact_limits import tail
from evenground.methods.validation import Vector, wrong
from evenground.questions.promise.measures.promises.context_differences import ContextDifferences
from evenground.questions.promise.measures.promises.prediction_interval import (
    FEWEST_SITES,
    PredictionInterval,
    prediction_interval,
    site_effects,
)


class Reason(StrEnum):
    """Why an effect is not carried over, or is carried over with less certainty."""

    ONE_SITE = "one_site"
    TWO_SITES = "two_sites"
    NO_INTERVALS = "no_intervals"
    CONTEXT_UNKNOWN = "context_unknown"
    CONTEXT_DIFFERS = "context_differs"
    SITES_DIFFER = "sites_differ"
    FOUND_BY_SELLER = "found_by_seller"


@dataclass(frozen=True, slots=True, kw_only=True)
class BorrowedEffect:
    """What an effect seen elsewhere says of this city.

    Attributes
    ----------
    transferable
        Whether an interval for this city can be given at all.
    expected
        Where the effect here may lie; ``None`` where it is not transferable.
    seen
        Mean of the effects as they were seen, in their unit; ``None`` without any.
    chance_of_promise
        Chance that the effect here is the promised one or more, 0-1; ``None`` where it is not
        transferable or nothing was promised.
    reasons
        Why not, or why with care, in a fixed order.
    n_sites
        Sites with an effect and an interval.
    """

    transferable: bool
    expected: PredictionInterval | None
    seen: float | None
    chance_of_promise: float | None
    reasons: tuple[Reason, ...]
    n_sites: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sites:
    """Effects seen elsewhere, in the promised direction and one unit.

    Attributes
    ----------
    effects, shape (n_sites,)
        NaN for a claim without a number.
    standard_errors, shape (n_sites,)
        NaN where no interval is given.
    by_seller
        Whether any was found by who sells.
    """

    effects: Vector
    standard_errors: Vector
    by_seller: bool = False


def standard_errors_of(low: ArrayLike, high: ArrayLike, *, level: ArrayLike = 0.95) -> Vector:
    """Return the standard errors behind intervals that are symmetrical and normal.

    Parameters
    ----------
    low, high, shape (n_sites,)
        Ends; NaN where there is none.
    level
        Confidence of each, within 0-1; one for all, or as many.

    Returns
    -------
    ndarray, shape (n_sites,)
        NaN where an end is missing or both are the same.

    Raises
    ------
    UsageError
        If a low end lies above its high end, or a level is not within 0-1.
    """
    ends = np.broadcast_arrays(*(np.asarray(one, dtype=np.float64) for one in (low, high, level)))
    least, most, levels = (np.atleast_1d(one) for one in ends)
    if (least > most).any():
        raise wrong("interval_ends", N_("a low end lies above its high end"))
    z = special.ndtri([1 - tail(float(one)) for one in levels])
    errors = (most - least) / (2 * z)
    return np.where(errors > 0, errors, np.nan)


def borrowed_effect(
    sites: Sites,
    *,
    contexts: Sequence[ContextDifferences] = (),
    promised: float | None = None,
    level: float = 0.95,
) -> BorrowedEffect:
    """Return what effects seen elsewhere say of this city.

    The rule, stated and with no multiplier in it: with three sites or more, the effect here lies
    where one more site may lie (``prediction_interval``), wider than what any site saw by how much
    sites differ from each other. With one or two, nothing says how much sites differ, so the effect
    is not transferable from what is given. Contexts that differ are named; they do not move the
    interval, for nobody has said by how much they would.

    Parameters
    ----------
    sites
        Effects seen elsewhere.
    contexts
        This city beside each of those; none where no profile was given.
    promised
        What was promised here, in the effects' unit and the promised direction.
    level
        Confidence, within 0-1.

    Raises
    ------
    UsageError
        As ``site_effects`` and ``prediction_interval``; if shapes do not fit.
    """
    if sites.effects.shape != sites.standard_errors.shape or sites.effects.ndim != 1:
        raise wrong("borrowed_sites", N_("effects and standard_errors have different shapes"))
    seen = sites.effects[~np.isnan(sites.effects)]
    usable = ~np.isnan(sites.effects) & ~np.isnan(sites.standard_errors)
    n_sites = int(usable.sum())
    expected = None
    if n_sites >= FEWEST_SITES:
        together = site_effects(sites.effects[usable], sites.standard_errors[usable])
        expected = prediction_interval(together, level=level)
    return BorrowedEffect(
        transferable=expected is not None,
        expected=expected,
        seen=float(seen.mean()) if seen.size else None,
        chance_of_promise=(
            expected.at_least(promised) if expected is not None and promised is not None else None
        ),
        reasons=_reasons(sites, n_sites, contexts, expected),
        n_sites=n_sites,
    )


def _reasons(
    sites: Sites,
    n_sites: int,
    contexts: Sequence[ContextDifferences],
    expected: PredictionInterval | None,
) -> tuple[Reason, ...]:
    holds = {
        Reason.NO_INTERVALS: n_sites < FEWEST_SITES <= len(sites.effects),
        Reason.ONE_SITE: len(sites.effects) <= 1,
        Reason.TWO_SITES: len(sites.effects) == FEWEST_SITES - 1,
        Reason.SITES_DIFFER: expected is not None and expected.effects.between > 0,
        Reason.CONTEXT_UNKNOWN: not contexts or any(map(_is_open, contexts)),
        Reason.CONTEXT_DIFFERS: any(one.differing for one in contexts),
        Reason.FOUND_BY_SELLER: sites.by_seller,
    }
    return tuple(reason for reason, yes in holds.items() if yes)


def _is_open(context: ContextDifferences) -> bool:
    """Whether it is not known of some dimension how unlike the two cities are."""
    return not context.dimensions or bool(context.unknown or context.unjudged)
