"""Many areas, or starts at different times: errors by cluster, and other estimators beside."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import special

from evenground.evidence import Message
from evenground.questions.promise.measures.design import DesignFound
from evenground.questions.promise.measures.evaluation.by_placebos import cannot_tell_at, compared
from evenground.questions.promise.measures.evaluation.effect import (
    Asked,
    Effect,
    Inference,
    Method,
)
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.staggered.aggregates import (
    Kind,
    aggregated_effects,
)
from evenground.questions.promise.measures.staggered.bacon_decomposition import (
    bacon_decomposition,
)
from evenground.questions.promise.measures.staggered.did_regression import (
    did_regression,
    wild_cluster_bootstrap,
)
from evenground.questions.promise.measures.staggered.group_time import (
    Comparison,
    GroupTimeEffects,
    callaway_santanna,
)
from evenground.questions.promise.measures.staggered.imputation import imputed_effects

FEW_CLUSTERS = 40
"""Up to so many clusters the wild bootstrap stands in for clustered errors (Cameron & Miller 2015,
Journal of Human Resources 50, 317-372, section VI)."""

FEWEST_TREATED_CLUSTERS = 5
"""With fewer treated clusters neither holds its level (MacKinnon & Webb 2018, Econometrics
Journal 21, 114-135)."""


def by_clusters(
    panel: Panel, found: DesignFound, *, asked: Asked, rng: np.random.Generator
) -> Effect:
    """Return the two-way fixed-effects effect with errors by cluster."""
    regression = did_regression(panel, clusters=asked.clusters, confidence=1 - asked.alpha)
    few = regression.n_clusters <= FEW_CLUSTERS
    inference = asked.inference or (Inference.WILD_BOOTSTRAP if few else Inference.CLUSTER)
    caveats = _few(regression.n_treated_clusters)
    effect = Effect(
        design=found,
        method=Method.DID,
        inference=Inference.CLUSTER,
        value=regression.effect,
        low=regression.low,
        high=regression.high,
        level=1 - asked.alpha,
        p=regression.p,
        standard_error=regression.standard_error,
        course=compared(panel) if panel.cohorts.size == 1 else None,
        caveats=caveats,
    )
    return effect if inference is Inference.CLUSTER else _wild(panel, effect, asked, rng)


def _few(n_treated_clusters: int) -> tuple[Message, ...]:
    if n_treated_clusters >= FEWEST_TREATED_CLUSTERS:
        return ()
    return (Message(code="caveat.few_treated_clusters", parameters={"n": n_treated_clusters}),)


def _wild(panel: Panel, effect: Effect, asked: Asked, rng: np.random.Generator) -> Effect:
    wild = wild_cluster_bootstrap(panel, clusters=asked.clusters, alpha=asked.alpha, rng=rng)
    caveats = effect.caveats
    if not wild.can_tell:
        caveats = (*caveats, cannot_tell_at(wild.n_draws, 1 - wild.confidence))
    return replace(
        effect,
        inference=Inference.WILD_BOOTSTRAP,
        low=wild.low,
        high=wild.high,
        level=wild.confidence,
        p=wild.p,
        n_assignments=wild.n_draws,
        enumerated=wild.enumerated,
        monte_carlo_error=wild.p_error,
        cannot_tell=not wild.can_tell,
        caveats=caveats,
    )


def by_cohorts(panel: Panel, found: DesignFound, method: Method, *, asked: Asked) -> Effect:
    """Return the effect of a staggered roll-out, its parts, and what two-way effects would give."""
    controls = "never treated" if found.n_never else "not yet treated"
    cells = callaway_santanna(
        panel, comparison=Comparison(controls=controls), clusters=asked.clusters
    )
    simple = aggregated_effects(cells, "simple")
    imputed = imputed_effects(panel, clusters=asked.clusters)
    ours, other = (simple, imputed) if method is Method.CS else (imputed, simple)
    value, error = ours.overall, ours.overall_standard_error
    reach = float(special.ndtri(1 - asked.alpha / 2)) * error
    caveats = [*_few(_n_treated_clusters(panel, asked))]
    if imputed.n_lone:
        caveats.append(Message(code="caveat.lone_cohorts", parameters={"n": imputed.n_lone}))
    beside = {
        (Method.BJS if method is Method.CS else Method.CS).value: other.overall,
        "two_way_fixed_effects": bacon_decomposition(panel).overall,
    }
    return Effect(
        design=found,
        method=method,
        inference=Inference.CLUSTER,
        value=value,
        low=value - reach,
        high=value + reach,
        level=1 - asked.alpha,
        p=float(2 * special.ndtr(-abs(value) / error)) if error > 0 else np.nan,
        standard_error=error,
        beside=beside,
        parts=_parts(panel, cells),
        caveats=(*caveats, *_bacon(panel)),
    )


def _n_treated_clusters(panel: Panel, asked: Asked) -> int:
    treated = np.flatnonzero(panel.ever_treated).tolist()
    return len({asked.clusters[at] for at in treated}) if asked.clusters else len(treated)


def _parts(panel: Panel, cells: GroupTimeEffects) -> dict[str, dict[str, float]]:
    """Return effects by time since the start, cohort and date, each with their mean."""
    parts: dict[str, dict[str, float]] = {}
    kinds: tuple[Kind, ...] = ("dynamic", "group", "calendar")
    for kind in kinds:
        one = aggregated_effects(cells, kind)
        names = [str(at) if kind == "dynamic" else panel.times[at] for at in one.at.tolist()]
        parts[kind] = {
            **dict(zip(names, one.effect.tolist(), strict=True)),
            "overall": one.overall,
            "overall_standard_error": one.overall_standard_error,
        }
    return parts


def _bacon(panel: Panel) -> tuple[Message, ...]:
    """Say how much of the two-way estimate holds units against others already treated."""
    found = bacon_decomposition(panel)
    wrong_way = found.weight_of("later v earlier") + found.weight_of("treated v always")
    if wrong_way <= 0:
        return ()
    return (Message(code="caveat.forbidden_comparisons", parameters={"part": wrong_way}),)
