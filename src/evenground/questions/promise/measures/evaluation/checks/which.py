"""Which check goes with which design, in one place."""

from __future__ import annotations

from enum import StrEnum

from evenground.questions.promise.measures.design import Design
from evenground.questions.promise.measures.evaluation.effect import Effect, Method


class Check(StrEnum):
    """What is tried against an effect."""

    PRE_TREND = "pre_trend"
    MAGNITUDES = "magnitudes"
    SMOOTHNESS = "smoothness"
    DONORS = "donors"
    BACKDATED = "backdated"
    SPILLOVER = "spillover"
    GROUPS = "groups"


_TRENDS = (Check.PRE_TREND, Check.MAGNITUDES, Check.SMOOTHNESS)
_MIXTURE = (Check.PRE_TREND, Check.DONORS, Check.BACKDATED)
_AROUND = (Check.SPILLOVER, Check.GROUPS)

CHECKS: dict[Design, tuple[Check, ...]] = {
    # Lots need no likeness of trends.
    Design.RANDOMISED: _AROUND,
    # Errors by cluster, on which the bounds on trends rest, are void with a few treated units.
    Design.FEW_TREATED: (*_MIXTURE, *_AROUND),
    Design.FEW_TREATED_SHORT: (*_MIXTURE, *_AROUND),
    Design.STAGGERED: (*_TRENDS, *_AROUND),
    Design.MANY_AREAS: (*_TRENDS, *_AROUND),
    # Nothing is left to compare with.
    Design.NO_COMPARISON: (Check.BACKDATED, Check.GROUPS),
    Design.NONE: (),
}
"""What each design is tried by."""

NOT_WITH: dict[tuple[Design, Check], str] = {
    (Design.RANDOMISED, Check.PRE_TREND): "by_lot",
    (Design.RANDOMISED, Check.MAGNITUDES): "by_lot",
    (Design.RANDOMISED, Check.SMOOTHNESS): "by_lot",
    (Design.FEW_TREATED, Check.MAGNITUDES): "few_treated",
    (Design.FEW_TREATED, Check.SMOOTHNESS): "few_treated",
    (Design.FEW_TREATED_SHORT, Check.MAGNITUDES): "few_treated",
    (Design.FEW_TREATED_SHORT, Check.SMOOTHNESS): "few_treated",
    (Design.NO_COMPARISON, Check.PRE_TREND): "no_comparison",
    (Design.NO_COMPARISON, Check.MAGNITUDES): "no_comparison",
    (Design.NO_COMPARISON, Check.SMOOTHNESS): "no_comparison",
    (Design.NO_COMPARISON, Check.SPILLOVER): "no_comparison",
}
"""Why a check is none of a design's, where somebody may miss it."""

_BY_METHOD: dict[Method, Design] = {
    Method.SDID: Design.FEW_TREATED,
    Method.SC: Design.FEW_TREATED,
    Method.ASCM: Design.FEW_TREATED,
    Method.CS: Design.STAGGERED,
    Method.BJS: Design.STAGGERED,
    Method.ITS: Design.NO_COMPARISON,
}


def tried_as(effect: Effect) -> Design:
    """Return the design whose checks go with an effect: its method's, where that was asked for."""
    return _BY_METHOD.get(effect.method, effect.design.design)
