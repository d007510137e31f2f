"""Group-time effects brought together: over all, by time since treatment, by cohort, by date.

Source: Callaway and Sant'Anna (2021), Journal of Econometrics 225, 200-230, section 3.1 (table 1),
with the influence of the estimated weights of their corollary 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, Whole, wrong
from evenground.questions.promise.measures.staggered.group_time import GroupTimeEffects

Kind = Literal["simple", "dynamic", "group", "calendar"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AggregatedEffects:
    """Effects by time since treatment, cohort or date, and over all of them.

    Attributes
    ----------
    kind
        ``simple``, ``dynamic``, ``group`` or ``calendar``.
    at, shape (n_effects,)
        Times since treatment began (0 at the start), cohorts, or columns; none with ``simple``.
    effect, standard_error, shape (n_effects,)
        In the outcome's unit.
    influence, shape (n_clusters, n_effects)
        What each cluster adds to the error; ``influence.T @ influence`` is the covariance.
    is_base, shape (n_effects,)
        The base of a universal comparison, 0 by definition.
    overall, overall_standard_error
        One effect: over all treated cells (simple), times since treatment from 0 on (dynamic),
        cohorts by their size (group), or dates (calendar).
    overall_influence, shape (n_clusters,)
        What each cluster adds to its error.
    """

    kind: Kind
    at: Whole
    effect: Vector
    influence: Vector
    is_base: Flags
    overall: float
    overall_influence: Vector

    @property
    def standard_error(self) -> Vector:
        """Standard errors, shape (n_effects,), in the outcome's unit."""
        return np.sqrt((self.influence**2).sum(axis=0))

    @property
    def overall_standard_error(self) -> float:
        """Standard error of ``overall``, in the outcome's unit."""
        return float(np.sqrt((self.overall_influence**2).sum()))

    @property
    def covariance(self) -> Vector:
        """Covariance of the effects, shape (n_effects, n_effects)."""
        return self.influence.T @ self.influence


def aggregated_effects(
    effects: GroupTimeEffects, kind: Kind, *, balance: int | None = None
) -> AggregatedEffects:
    """Return group-time effects brought together.

    Parameters
    ----------
    effects
        Cells without an effect are left out.
    kind
        ``simple``: every cell from treatment on, by the cohort's size. ``dynamic``: by time since
        treatment. ``group``: by cohort. ``calendar``: by date.
    balance
        With ``dynamic``: only cohorts seen for so many times after their first (0 or more), and
        no later times, so that effects from treatment on are of the same cohorts throughout.

    Raises
    ------
    UsageError
        If ``balance`` is given with another kind, or no cell is left.
    """
    if balance is not None and kind != "dynamic":
        raise wrong("balance_kind", N_("balance goes with dynamic effects, not {kind}"), kind=kind)
    since = effects.time - effects.cohort
    known = ~np.isnan(effects.effect)
    if balance is not None:
        last = effects.time.max() - effects.cohort
        known &= (last >= balance) & (since <= balance) & (since >= balance - effects.time.max())
    after = known & (since >= 0)
    if not after.any():
        raise wrong("no_effects", N_("no cell from treatment on has an effect"))
    if kind == "simple":
        overall, influence = _weighted(effects, after)
        return AggregatedEffects(
            kind=kind, at=np.empty(0, np.int64), effect=np.empty(0), overall=overall,
            influence=np.empty((influence.size, 0)), is_base=np.empty(0, bool),
            overall_influence=influence,
        )  # fmt: skip
    by = {"dynamic": since, "group": effects.cohort, "calendar": effects.time}[kind]
    among = known if kind == "dynamic" else after
    at = np.unique(by[among])
    parts = [_weighted(effects, among & (by == one), even=kind == "group") for one in at]
    found = np.array([part[0] for part in parts])
    influence = np.stack([part[1] for part in parts], axis=1)
    if kind == "group":
        overall, total = _across_cohorts(effects, at, found, influence)
    else:
        used = (at >= 0) if kind == "dynamic" else np.ones(at.size, bool)
        overall, total = float(found[used].mean()), influence[:, used].mean(axis=1)
    is_base = np.array([bool(effects.is_base[among & (by == one)].all()) for one in at])
    return AggregatedEffects(
        kind=kind, at=at, effect=found, influence=influence, is_base=is_base, overall=overall,
        overall_influence=total,
    )  # fmt: skip


def _weighted(
    effects: GroupTimeEffects, cells: Flags, *, even: bool = False
) -> tuple[float, Vector]:
    """Return a mean of cells by their cohorts' shares, and the clusters' influence on it."""
    found, influence = effects.effect[cells], effects.influence[:, cells]
    if even:
        return float(found.mean()), influence.mean(axis=1)
    cohort = np.searchsorted(effects.cohorts, effects.cohort[cells])
    share = effects.share[cohort]
    weights = share / share.sum()
    mean = float(weights @ found)
    moved = effects.share_influence[:, cohort] @ (found - mean) / share.sum()
    return mean, influence @ weights + moved


def _across_cohorts(
    effects: GroupTimeEffects, at: Whole, found: Vector, influence: Vector
) -> tuple[float, Vector]:
    """Return the mean of cohorts' effects by their size, and the clusters' influence on it."""
    place = np.searchsorted(effects.cohorts, at)
    share = effects.share[place]
    mean = float(share @ found / share.sum())
    moved = effects.share_influence[:, place] @ (found - mean) / share.sum()
    return mean, influence @ (share / share.sum()) + moved
