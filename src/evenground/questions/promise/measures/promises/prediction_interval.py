"""What one more site may see: the random-effects prediction interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.language import N_
from evenground.methods.exact_limits import tail
from evenground.methods.validation import Vector, vector, wrong

FEWEST_SITES = 3
"""With two sites there is no degree of freedom left for a third."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteEffects:
    """Effects of several sites put together.

    Attributes
    ----------
    mean, standard_error
        Average effect and its standard error, in the effect's unit.
    between
        Standard deviation of true effects between sites (tau), 0 or more.
    between_share
        Share of the spread that is between sites rather than chance (I²), 0-1.
    n_sites
        How many sites, 1 or more.
    """

    mean: float
    standard_error: float
    between: float
    between_share: float
    n_sites: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionInterval:
    """Where the effect at one more site of the same kind may lie.

    Attributes
    ----------
    low, high
        Ends, in the effect's unit; ``None`` with fewer than three sites.
    level
        Confidence, 0-1.
    effects
        What it rests on.
    """

    low: float | None
    high: float | None
    level: float
    effects: SiteEffects

    @property
    def spread(self) -> float:
        """Scale of the predictive t distribution, in the effect's unit."""
        return float(np.hypot(self.effects.between, self.effects.standard_error))

    def at_least(self, value: float) -> float | None:
        """Return the chance that one more site sees ``value`` or more, 0-1.

        ``None`` with fewer than three sites.
        """
        degrees = self.effects.n_sites - 2
        if degrees < 1:
            return None
        return float(special.stdtr(degrees, (self.effects.mean - value) / self.spread))


def site_effects(effects: ArrayLike, standard_errors: ArrayLike) -> SiteEffects:
    """Return effects of several sites put together with random effects.

    DerSimonian and Laird (1986), Controlled Clinical Trials 7, 177-188, equations 8 and 9; the
    share between sites as Higgins and Thompson (2002), Statistics in Medicine 21, 1539-1558.

    Parameters
    ----------
    effects, shape (n_sites,)
        Effect at each site, all in one unit.
    standard_errors, shape (n_sites,)
        Above 0.

    Raises
    ------
    UsageError
        If there is no site, shapes do not fit, or a standard error is not above 0.
    """
    seen = vector("effects", effects, least=-np.inf)
    errors = vector("standard_errors", standard_errors, size=seen.size)
    if not seen.size or (errors <= 0).any():
        raise wrong("site_errors", N_("there must be a site, and every standard error above 0"))
    weights = 1 / errors**2
    q, surplus = _homogeneity(seen, weights)
    between = max(0.0, (q - (seen.size - 1)) / surplus) if surplus > 0 else 0.0
    settled = 1 / (errors**2 + between)
    return SiteEffects(
        mean=float((settled * seen).sum() / settled.sum()),
        standard_error=float(settled.sum() ** -0.5),
        between=float(between**0.5),
        between_share=max(0.0, 1 - (seen.size - 1) / q) if q > 0 else 0.0,
        n_sites=int(seen.size),
    )


def prediction_interval(effects: SiteEffects, *, level: float = 0.95) -> PredictionInterval:
    """Return where the effect at one more site may lie.

    Mean plus or minus ``t`` with ``n_sites - 2`` degrees of freedom times the root of the variance
    between sites and that of the mean: Higgins, Thompson and Spiegelhalter (2009), Journal of the
    Royal Statistical Society A 172, 137-159, equation 12. It treats the spread between sites as
    known, so that with few sites it covers less than ``level`` (Partlett and Riley 2017, Statistics
    in Medicine 36, 301-317); sites that were published because they did well make it too hopeful.

    Parameters
    ----------
    effects
        From ``site_effects``.
    level
        Confidence, within 0-1.

    Raises
    ------
    UsageError
        If ``level`` is not within 0-1.
    """
    half = tail(level)
    if effects.n_sites < FEWEST_SITES:
        return PredictionInterval(low=None, high=None, level=level, effects=effects)
    reach = float(special.stdtrit(effects.n_sites - 2, 1 - half))
    reach *= float(np.hypot(effects.between, effects.standard_error))
    return PredictionInterval(
        low=effects.mean - reach, high=effects.mean + reach, level=level, effects=effects
    )


def _homogeneity(seen: Vector, weights: Vector) -> tuple[float, float]:
    """Return Cochran's Q and what it grows by for each unit of variance between sites."""
    total = weights.sum()
    fixed = (weights * seen).sum() / total
    return float((weights * (seen - fixed) ** 2).sum()), float(total - (weights**2).sum() / total)
