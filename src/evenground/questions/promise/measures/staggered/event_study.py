"""Two-way fixed-effects event study: effects by time since treatment began, with their covariance.

Sources: Jacobson, LaLonde and Sullivan (1993), American Economic Review 83, 685-709 (design);
Liang and Zeger (1986), Biometrika 73, 13-22 (errors by cluster). Where effects differ between
cohorts that begin at different times, its coefficients mix them (Sun and Abraham 2021, Journal of
Econometrics 225, 175-199): then take ``aggregated_effects(..., "dynamic")``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.language import N_
from evenground.methods.exact_limits import tail
from evenground.methods.validation import Vector, Whole, wrong
from evenground.questions.promise.measures.large_panels.panel_sums import PanelSums, sums_of
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.staggered.aggregates import AggregatedEffects
from evenground.questions.promise.measures.staggered.cluster_covariance import (
    Errors,
    cluster_covariance,
)
from evenground.questions.promise.measures.staggered.cluster_grams import cluster_grams
from evenground.questions.promise.measures.staggered.two_way import (
    Design,
    TwoWayFit,
    cohort_patterns,
    two_way_fit,
)

REFERENCE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStudy:
    """Effects by time since treatment, the reference left out: what Honest DiD wants.

    Attributes
    ----------
    times, shape (n_pre + n_post,)
        Times since treatment began, in order; ``reference`` (-1) is not among them.
    betas, shape (n_pre + n_post,)
        Against the reference, in the outcome's unit; those before treatment come first.
    covariance, shape (n_pre + n_post, n_pre + n_post)
        Of the betas, in the outcome's unit squared.
    n_pre, n_post
        How many lie before the reference, and after it.
    reference
        Time since treatment that is 0 by definition.
    degrees_of_freedom, shape (n_pre + n_post,)
        For Student's t.
    n_clusters
        Clusters that the errors rest on.
    """

    times: Whole
    betas: Vector
    covariance: Vector
    n_pre: int
    n_post: int
    reference: int
    degrees_of_freedom: Vector
    n_clusters: int

    @property
    def standard_error(self) -> Vector:
        """Standard errors, shape (n_pre + n_post,), in the outcome's unit."""
        return np.sqrt(np.diag(self.covariance))

    def limits(self, confidence: float = 0.95) -> tuple[Vector, Vector]:
        """Return low and high of each beta by itself, from Student's t.

        Raises
        ------
        UsageError
            If ``confidence`` is not within 0-1.
        """
        quantile = special.stdtrit(self.degrees_of_freedom, 1 - tail(confidence))
        reach = quantile * self.standard_error
        return self.betas - reach, self.betas + reach


def event_study(
    panel: Panel | PanelSums,
    *,
    clusters: ArrayLike | None = None,
    window: tuple[int, int] | None = None,
    errors: Errors = "CR1",
) -> EventStudy:
    """Return a two-way fixed-effects event study.

    Parameters
    ----------
    panel
        Units or sums; some units must never be treated. Missing outcomes are admitted
        (``sums_of(panel, observed=...)``).
    clusters, shape (n_units,)
        Which units' errors go together; each unit by itself by default.
    window
        First and last time since treatment; those beyond count as the first or last. By default
        each time has an effect of its own.
    errors
        ``CR1`` (as most programs print), ``CR2`` or ``CR3`` where clusters are few.

    Raises
    ------
    UsageError
        If the effects cannot be told from one another, or the window leaves out -1 and 0.
    """
    sums = sums_of(panel, clusters=clusters)
    if window is not None and not window[0] <= REFERENCE < window[1]:
        raise wrong("window", N_("the window {window} leaves out -1 or 0"), window=window)
    starts, pattern = cohort_patterns(sums)
    since = np.arange(sums.n_times) - starts[:, None]
    if window is not None:
        since = np.clip(since, *window)
    treated = starts < sums.n_times
    times = np.setdiff1d(np.unique(since[treated]), [REFERENCE])
    design = Design(
        pattern=pattern,
        regressors=((since[:, :, None] == times) & treated[:, None, None]).astype(np.float64),
    )
    betas, covariance, freedom = coefficients(sums, design, errors=errors)
    return EventStudy(
        times=times,
        betas=betas,
        covariance=covariance,
        n_pre=int((times < REFERENCE).sum()),
        n_post=int((times > REFERENCE).sum()),
        reference=REFERENCE,
        degrees_of_freedom=freedom,
        n_clusters=sums.n_clusters,
    )


def event_study_of(effects: AggregatedEffects) -> EventStudy:
    """Return dynamic effects of Callaway and Sant'Anna as an event study.

    Parameters
    ----------
    effects
        ``dynamic``, of a universal base and no anticipation.

    Raises
    ------
    UsageError
        If the effects are of another kind, or their base is not the time before treatment.
    """
    if effects.kind != "dynamic" or not (effects.at[effects.is_base] == REFERENCE).any():
        raise wrong(
            "base_not_universal",
            N_("an event study is made of dynamic effects against the time before treatment"),
        )
    kept = ~effects.is_base
    times = effects.at[kept]
    n_clusters = effects.influence.shape[0]
    return EventStudy(
        times=times,
        betas=effects.effect[kept],
        covariance=effects.covariance[np.ix_(kept, kept)],
        n_pre=int((times < REFERENCE).sum()),
        n_post=int((times > REFERENCE).sum()),
        reference=REFERENCE,
        degrees_of_freedom=np.full(times.size, n_clusters - 1.0),
        n_clusters=n_clusters,
    )


def coefficients(
    sums: PanelSums, design: Design, *, errors: Errors
) -> tuple[Vector, Vector, Vector]:
    """Return coefficients, their covariance and degrees of freedom.

    Raises
    ------
    UsageError
        If the coefficients are not identified.
    """
    if errors == "CR1":
        fit = two_way_fit(sums, design)
        freedom = np.full(fit.coefficients.size, fit.n_clusters - 1.0)
        return fit.coefficients, clustered(fit), freedom
    grams = cluster_grams(sums, design)
    found = cluster_covariance(grams, errors=errors)
    return grams.coefficients[: grams.n_regressors], found.covariance, found.degrees_of_freedom


def clustered(fit: TwoWayFit) -> Vector:
    """Return the CR1 covariance, ``G / (G - 1) (N - 1) / (N - k)`` times the plain one."""
    g, n, k = fit.n_clusters, fit.n_rows, fit.n_parameters
    if g < 2 or n <= k:  # noqa: PLR2004 - one cluster has nothing to be compared with
        return np.full((fit.coefficients.size, fit.coefficients.size), np.nan)
    moved = fit.scores @ fit.inverse_gram
    return g / (g - 1) * (n - 1) / (n - k) * moved.T @ moved
