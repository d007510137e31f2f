"""Compare groups on one baseline: rates, the ratio of two of them, and its three errors apart."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import special

from evenground.evidence import Verdict
from evenground.frame.areas import Baseline, Grouping
from evenground.frame.unit_sets import (
    Placed,
    group_share_of_places,
    units_where_known,
)
from evenground.methods.margins_of_error import UncertainCounts, group_totals, relative_error
from evenground.questions.reach.measures.boundary_range import AdmissibleRange, rate_ratio_range
from evenground.questions.reach.measures.effective_size import AreaDraw
from evenground.questions.reach.measures.placed_share import placed_share
from evenground.questions.reach.measures.rate_ratio import RateRatio, rate_ratio
from evenground.questions.reach.measures.rates import GroupRates, group_rates

LESS = Verdict("reaches_less")
MORE = Verdict("reaches_more")
ALIKE = Verdict("alike")
MOST_ERROR = 2.0
"""Largest standard error of a group's count, in parts of the count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the city set: rates per how many, confidence, and when it is too few to tell."""

    per: float
    confidence: float
    telling_ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Groups against one baseline.

    Attributes
    ----------
    units, baseline, (n_groups,)
        Units and baseline of each group.
    n_inside
        Units at places in any area with a known baseline, in a group or not.
    rates, ratio
        ``ratio`` compares the focus with the reference; ``None`` where neither has a unit or one
        has no baseline.
    margin_interval
        The ratio's interval from margins of error of the baseline alone.
    location
        The ratio's range over all admissible assignments of units on boundaries.
    """

    baseline_of: Baseline
    pair: tuple[int, int]
    units: NDArray[np.float64]
    n_inside: float
    baseline: UncertainCounts
    rates: GroupRates | None
    ratio: RateRatio | None
    margin_interval: tuple[float, float] | None
    location: AdmissibleRange | None
    verdict: Verdict


def compare(
    placed: Placed, grouping: Grouping, baseline: Baseline, *, pair: tuple[int, int], terms: Terms
) -> Comparison:
    """Compare the groups of ``grouping`` on ``baseline``; ``pair`` is (focus, reference)."""
    membership = grouping.membership.share * baseline.known
    shares = group_share_of_places(placed.assignment, membership)
    totals = _totals(grouping, baseline, membership)
    units = placed.set.units
    both = list(pair)
    counted = float((shares[both] @ units).sum())
    usable = counted > 0 and bool((totals.value[both] > 0).all())
    fair = _fair(baseline, membership)
    ratio = (
        rate_ratio(
            units,
            shares[both],
            baseline=totals.take(both),
            fair=AreaDraw(probability=fair.probability, share=fair.share[both]),
            confidence=terms.confidence,
        )
        if usable
        else None
    )
    return Comparison(
        baseline_of=baseline,
        pair=pair,
        units=shares @ units,
        n_inside=float(units_where_known(placed, baseline.known).sum()),
        baseline=totals,
        rates=_rates(units, shares, totals, fair=fair, terms=_terms(terms, baseline)),
        ratio=ratio,
        margin_interval=_margin_interval(ratio, totals.take(both), terms.confidence),
        location=_location(placed, membership, totals, pair=pair) if usable else None,
        verdict=verdict(ratio, telling_ratio=terms.telling_ratio),
    )


def verdict(ratio: RateRatio | None, *, telling_ratio: float) -> Verdict:
    """Say what a ratio shows.

    Its interval leaves out 1: less or more. It holds both ``telling_ratio`` and its inverse: the
    units are too few to tell. Else alike, as far as so many units can show.
    """
    if ratio is None or (ratio.low < 1 / telling_ratio and ratio.high > telling_ratio):
        return Verdict.CANNOT_TELL
    if ratio.high < 1:
        return LESS
    return MORE if ratio.low > 1 else ALIKE


def _terms(terms: Terms, baseline: Baseline) -> Terms:
    """Give rates per one unit of land, and per the city's number of people."""
    return replace(terms, per=1.0) if baseline.choice.kind == "area" else terms


def _totals(
    grouping: Grouping, baseline: Baseline, membership: NDArray[np.float64]
) -> UncertainCounts:
    """Return each group's baseline; counted groups of people bring their own counts and margins."""
    choice = baseline.choice
    totals = grouping.totals if choice.kind == "people" and not choice.indicator else None
    totals = totals or group_totals(baseline.counts, membership)
    # Beyond this a margin says that a count is unknown: the interval is then as wide as makes no
    # difference, and the logarithm would run off.
    error = np.minimum(totals.standard_error, MOST_ERROR * totals.value)
    return replace(totals, standard_error=error)


def _fair(baseline: Baseline, membership: NDArray[np.float64]) -> AreaDraw:
    counts = np.where(baseline.known, baseline.counts.value, 0.0)
    return AreaDraw(probability=counts / counts.sum(), share=membership)


def _rates(
    units: NDArray[np.float64],
    shares: NDArray[np.float64],
    totals: UncertainCounts,
    *,
    fair: AreaDraw,
    terms: Terms,
) -> GroupRates | None:
    inside = shares.sum(axis=0) > 0
    if not (totals.value > 0).all() or not (units[inside] > 0).any():
        return None
    found = placed_share(units[inside], shares[:, inside], fair=fair, confidence=terms.confidence)
    return group_rates(found, float(units[inside].sum()), totals, per=terms.per)


def _margin_interval(
    ratio: RateRatio | None, baseline: UncertainCounts, confidence: float
) -> tuple[float, float] | None:
    if ratio is None or not np.isfinite(ratio.ratio):
        return None
    spread = float(special.ndtri(0.5 + confidence / 2) * np.hypot(*relative_error(baseline)))
    return ratio.ratio * float(np.exp(-spread)), ratio.ratio * float(np.exp(spread))


def _location(
    placed: Placed,
    membership: NDArray[np.float64],
    totals: UncertainCounts,
    *,
    pair: tuple[int, int],
) -> AdmissibleRange:
    both = list(pair)
    return rate_ratio_range(
        placed.assignment, placed.set.units, membership[both], baseline=totals.value[both]
    )
