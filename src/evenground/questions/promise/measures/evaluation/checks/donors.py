"""Whether one donor or one date carries the effect, in bounded time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.validation import Vector, Whole
from evenground.questions.promise.measures.evaluation.by_placebos import SYNTHETIC, fitted
from evenground.questions.promise.measures.evaluation.effect import Effect
from evenground.questions.promise.measures.interrupted import cadence_of, mean_effect
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.synthetic.assignment_contrasts import (
    contrasts_of,
    effects_of,
    plan_of,
)
from evenground.questions.promise.measures.synthetic.in_time_placebo import (
    InTimePlacebo,
    in_time_placebo,
)
from evenground.questions.promise.measures.synthetic.leave_one_donor_out import leave_one_donor_out
from evenground.questions.promise.measures.synthetic.treated_block import treated_block

SMALL, FEW_DONORS = 6_000, 60
"""Values, and donors, up to which every donor and every date is tried."""
MOST_DONORS, MOST_STARTS = 8, 6
"""How many are tried in larger panels: the weightiest donors, dates evenly apart."""
_LEAST_DONORS = 3
_LEAST_BEFORE, _LEAST_AFTER = 6, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutDonors:
    """The effect without each of the donors that were left out in turn.

    Attributes
    ----------
    low, high
        Least and largest effect found so, in the outcome's unit.
    n_left_out, n_donors
        How many were left out in turn (the weightiest), and how many there are.
    weightiest
        Name of the one whose absence moves the effect most.
    turns
        Whether the effect changes its sign without one of them.
    """

    low: float
    high: float
    n_left_out: int
    n_donors: int
    weightiest: str
    turns: bool


def without_donors(panel: Panel, effect: Effect) -> WithoutDonors | None:
    """Return effects without donors; ``None`` with fewer than three donors.

    Source: Abadie, Diamond and Hainmueller (2015), American Journal of Political Science 59,
    495-510.
    """
    donors = np.flatnonzero(~panel.ever_treated)
    if donors.size < _LEAST_DONORS:
        return None
    method = SYNTHETIC[effect.method]
    if _is_small(panel, donors.size) or method == "did":
        found = leave_one_donor_out(panel, method)
        chosen, effects, whole = found.donors, found.effects, found.effect
    else:
        fit = fitted(panel, effect.method)
        order = np.argsort(-np.abs(fit.unit_weights), kind="stable")[:MOST_DONORS]
        chosen, whole = fit.donors[np.sort(order)], fit.effect
        effects = _without(panel, effect, chosen)
    moved = np.abs(effects - whole)
    return WithoutDonors(
        low=float(effects.min()),
        high=float(effects.max()),
        n_left_out=int(effects.size),
        n_donors=int(donors.size),
        weightiest=panel.units[int(chosen[int(moved.argmax())])] if panel.units else "",
        turns=bool((effects * whole <= 0).any()),
    )


def backdated(panel: Panel, effect: Effect) -> InTimePlacebo | None:
    """Return what starts before the real one find; ``None`` where too few times lie before it.

    Without comparison the series' own line is drawn on from the pretended start; at least four
    times must lie between it and the real one.
    """
    start = int(panel.cohorts[0])
    if effect.method not in SYNTHETIC:
        return _backdated_series(panel, effect, start)
    if start < _LEAST_DONORS:
        return None
    columns = np.arange(max(2, start // 2), start)
    if not _is_small(panel, int((~panel.ever_treated).sum())):
        columns = _spread(columns)
    return in_time_placebo(panel, SYNTHETIC[effect.method], starts=columns.tolist())


def _is_small(panel: Panel, n_donors: int) -> bool:
    return panel.outcomes.size <= SMALL and n_donors <= FEW_DONORS


def _without(panel: Panel, effect: Effect, chosen: Whole) -> Vector:
    block = treated_block(panel)
    others = np.tile(~block.treated, (chosen.size, 1))
    others[np.arange(chosen.size), chosen] = False
    treated = np.repeat(block.treated[None, :], chosen.size, axis=0)
    plan = plan_of(block, SYNTHETIC[effect.method])
    return effects_of(contrasts_of(block.outcomes, treated, others, plan=plan), block.outcomes)


def _backdated_series(panel: Panel, effect: Effect, start: int) -> InTimePlacebo | None:
    columns = _spread(np.arange(max(_LEAST_BEFORE, start // 2), start - _LEAST_AFTER + 1))
    if not columns.size:
        return None
    outcome = panel.outcomes[panel.ever_treated].mean(axis=0)[:start]
    found = [
        mean_effect(outcome, at, cadence_of(panel.times[:start], start=at).seasons)
        for at in columns.tolist()
    ]
    effects = np.array(found)
    share = float((np.abs(effects) >= abs(effect.value)).mean())
    return InTimePlacebo(effect=effect.value, starts=columns, effects=effects, share_as_large=share)


def _spread(columns: Whole) -> Whole:
    """Return as many columns as are tried at most, evenly apart."""
    if columns.size <= MOST_STARTS:
        return columns
    return columns[np.unique(np.linspace(0, columns.size - 1, MOST_STARTS).round().astype(int))]
