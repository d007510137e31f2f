"""Difference-in-differences by two-way fixed effects, with errors by cluster.

Source: Bertrand, Duflo and Mullainathan (2004), Quarterly Journal of Economics 119, 249-275. With
few treated clusters a nominal 5 % test by clustered errors rejects far more often (Conley and Taber
2011, Review of Economics and Statistics 93, 113-125; here 40 districts: ``tests/calibrate``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.methods.exact_limits import tail
from evenground.questions.promise.measures.large_panels.panel_sums import PanelSums, sums_of
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.staggered.cluster_covariance import Errors
from evenground.questions.promise.measures.staggered.cluster_grams import cluster_grams
from evenground.questions.promise.measures.staggered.event_study import coefficients
from evenground.questions.promise.measures.staggered.two_way import Design, cohort_patterns
from evenground.questions.promise.measures.staggered.wild_bootstrap import (
    Draws,
    WildBootstrap,
    restricted_wild_bootstrap,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DidRegression:
    """One effect over all treated units and times.

    Attributes
    ----------
    effect, standard_error, low, high
        In the outcome's unit; NaN where one cluster alone determines the effect (CR2, CR3).
    p
        Of no effect, two-sided, 0-1.
    degrees_of_freedom
        For Student's t.
    n_clusters, n_treated_clusters
        Of all, and of those with treated units.
    """

    effect: float
    standard_error: float
    low: float
    high: float
    p: float
    degrees_of_freedom: float
    n_clusters: int
    n_treated_clusters: int


def did_regression(
    panel: Panel | PanelSums,
    *,
    clusters: ArrayLike | None = None,
    errors: Errors = "CR1",
    confidence: float = 0.95,
) -> DidRegression:
    """Return the two-way fixed-effects estimate with Student's t interval.

    Parameters
    ----------
    panel
        Units or sums; missing outcomes are admitted (``sums_of(panel, observed=...)``).
    clusters, shape (n_units,)
        Which units' errors go together; each unit by itself by default.
    errors
        ``CR1``, ``CR2`` or ``CR3``.
    confidence
        0-1.

    Raises
    ------
    UsageError
        If treatment cannot be told from units and times, or ``confidence`` is not within 0-1.

    Notes
    -----
    With treatment at different times this is a weighted mean of comparisons, some of them with
    units that are treated already (``bacon_decomposition``). With fewer than about ten treated
    clusters its errors are too small; ``wild_cluster_bootstrap`` holds its level from about five
    on.
    """
    sums = sums_of(panel, clusters=clusters)
    found, covariance, freedom = coefficients(sums, treatment(sums), errors=errors)
    effect, error, df = float(found[0]), float(np.sqrt(covariance[0, 0])), float(freedom[0])
    reach = float(special.stdtrit(df, 1 - tail(confidence))) * error
    treated = np.unique(sums.cluster[sums.first_treated < sums.n_times])
    statistic = abs(effect) / error if error > 0 else np.inf
    return DidRegression(
        effect=effect,
        standard_error=error,
        low=effect - reach,
        high=effect + reach,
        p=2 * float(special.stdtr(df, -statistic)) if np.isfinite(error) else np.nan,
        degrees_of_freedom=df,
        n_clusters=sums.n_clusters,
        n_treated_clusters=int(treated.size),
    )


def wild_cluster_bootstrap(
    panel: Panel | PanelSums,
    *,
    clusters: ArrayLike | None = None,
    alpha: float = 0.05,
    rng: np.random.Generator | None = None,
    draws: Draws | None = None,
) -> WildBootstrap:
    """Return the two-way fixed-effects estimate with the restricted wild cluster bootstrap.

    Parameters
    ----------
    panel, clusters
        As for ``did_regression``.
    alpha, rng, draws
        As for ``restricted_wild_bootstrap``: up to 14 clusters all signs are listed and no chance
        is needed.

    Raises
    ------
    UsageError
        If the effect is not identified, or chance is needed and no ``rng`` is given.
    """
    sums = sums_of(panel, clusters=clusters)
    grams = cluster_grams(sums, treatment(sums))
    return restricted_wild_bootstrap(grams, alpha=alpha, rng=rng, draws=draws)


def treatment(sums: PanelSums) -> Design:
    """Return one regressor: 1 from treatment on."""
    starts, pattern = cohort_patterns(sums)
    treated = np.arange(sums.n_times) >= starts[:, None]
    return Design(pattern=pattern, regressors=treated[:, :, None].astype(np.float64))
