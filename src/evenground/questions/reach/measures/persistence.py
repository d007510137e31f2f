"""Persistence: do new units go to where units already stood, more than to where people live?

In year t the new units fall in area i with chance ``p_it ∝ people_i exp(γ z_i) exp(β earlier_it)``:
a conditional logit (McFadden 1974) in which the past of each area is a covariate. ``exp(β)`` is the
odds ratio per earlier unit. Under a test of ``β = 0`` the panel is drawn anew, year by year, by
people and the fitted effect of need alone; each is set beside the observed one by the efficient
score of β (Neyman 1959, Optimal asymptotic tests of composite statistical hypotheses, in Grenander
(ed.), Probability and Statistics, 213-234), which makes up for γ having been fitted. The observed
panel counts as one of the draws (Davison and Hinkley 1997, section 4.2). Without need nothing is
fitted, and the p-value is exact at any size.

What this cannot do: an area that was favoured all along, for a reason that is not in the table,
looks the same as one in which units drew further units (Heckman 1981, Heterogeneity and state
dependence, in Rosen (ed.), Studies in Labor Markets, 91-139).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from evenground.methods.null_allocation import multinomial_allocations
from evenground.methods.validation import Vector
from evenground.questions.reach.measures.conditional_logit import (
    choice_probability,
    conditional_logit,
    score_information,
)
from evenground.questions.reach.measures.persistence_interval import persistence_interval
from evenground.questions.reach.measures.placement_panel import PlacementPanel

NO_UNITS = "no_units"
ONE_AREA = "one_area"
NO_VARIATION = "no_variation"
NEED_ALIKE = "need_alike"
TOO_FEW = "too_few"
_NOTHING = 1e-9
_ROUNDING = 1e-11


@dataclass(frozen=True, slots=True, kw_only=True)
class Persistence:
    """How strongly new units go to where units already stood.

    Attributes
    ----------
    odds_ratio
        Per earlier unit, above 0: the odds of an area with one earlier unit more, people and need
        alike. Infinite or 0 where no finite value fits best; NaN where any fits or none is told.
    low, high
        Likelihood interval of level ``confidence`` (0-1); need is fitted anew at each value.
    p_value
        Of no effect of earlier units, against a positive one, 0-1. The interval is two-sided and
        rests on the likelihood, the p-value on draws: near the threshold they may differ.
    least_p
        The smallest p-value that any of the drawn panels would have had.
    need_effect
        Odds ratio per standard deviation of need among people; NaN without need, where it is the
        same everywhere, or where ``odds_ratio`` is not finite.
    n_units, n_years
        Units placed, and years in which any was.
    n_draws
        Panels drawn; 0 where it cannot be told.
    why_not
        Empty if the panel is informative. Otherwise ``no_units``; ``one_area`` (only one has
        people); ``no_variation`` (areas had equally many earlier units whenever any was placed);
        ``need_alike`` (earlier units differ just as need does, or need
        alone says where each unit went); ``too_few`` (no panel of so few
        units, or so few draws, could have had a p-value of ``1 - confidence``).
    """

    odds_ratio: float
    low: float
    high: float
    p_value: float
    least_p: float
    need_effect: float
    n_units: int
    n_years: int
    confidence: float
    n_draws: int
    why_not: str

    @property
    def informative(self) -> bool:
        """Whether the panel could have shown an effect."""
        return not self.why_not


@dataclass(frozen=True, slots=True, kw_only=True)
class _Null:
    chance: Vector
    need: Vector
    need_information: float
    before: Vector


def persistence(
    panel: PlacementPanel,
    *,
    rng: np.random.Generator,
    n_draws: int = 999,
    confidence: float = 0.95,
) -> Persistence:
    """Return the effect of earlier units on where new ones go, with a test of none.

    Parameters
    ----------
    panel
        Units by year and area. Need enters as given, standardised by its mean and standard
        deviation among people, so its unit and origin play no part; hand in logarithms where
        effects are proportional.
    rng, n_draws, confidence
        Source of chance, panels drawn, level of the interval (0-1).
    """
    living = panel.people > 0
    new, people = panel.new[:, living], panel.people[living]
    earlier, need = panel.earlier[:, living], standardised_need(panel)
    log_people = np.log(people / people.sum())
    tilt = np.empty((0, *new.shape)) if need is None else np.broadcast_to(need, (1, *new.shape))
    fitted = conditional_logit(new, log_people, covariates=tilt).coefficients
    chance = choice_probability(log_people + (0.0 if need is None else fitted[0] * need))
    why_not = _uninformative(new, earlier, chance=chance, tilt=tilt)
    if why_not:
        return _cannot_tell(new, confidence=confidence, why_not=why_not)
    centred = np.zeros(people.size) if need is None else need - chance @ need
    null = _Null(
        chance=chance,
        need=centred,
        need_information=float(new.sum() * (chance @ centred**2)),
        before=panel.before[living],
    )
    p_value, least_p = _monte_carlo(new, null, rng=rng, n_draws=n_draws)
    best, low, high, need_effect = persistence_interval(
        new, log_people, earlier=earlier, tilt=tilt, confidence=confidence
    )
    return Persistence(
        odds_ratio=best,
        low=low,
        high=high,
        p_value=p_value,
        least_p=least_p,
        need_effect=need_effect,
        n_units=int(new.sum()),
        n_years=int(new.any(axis=1).sum()),
        confidence=confidence,
        n_draws=n_draws,
        why_not=TOO_FEW if least_p > 1 - confidence + _NOTHING else "",
    )


def standardised_need(panel: PlacementPanel) -> Vector | None:
    """Return need with mean 0 and standard deviation 1 among people, of areas with people.

    Returns
    -------
    array, shape (n_areas_with_people,), or None
        ``None`` without need, or where it is the same everywhere.
    """
    if panel.need is None:
        return None
    living = panel.people > 0
    need, share = panel.need[living], panel.people[living] / panel.people.sum()
    apart = need - share @ need
    deviation = float(np.sqrt(share @ apart**2))
    return apart / deviation if deviation > _NOTHING * float(np.abs(need).max()) else None


def tail(observed: float, draws: Vector) -> tuple[float, float]:
    """Return the p-value of a large ``observed`` among ``draws``, and the least one among them.

    Both count the observed value as one of the draws, so that neither is zero.
    """
    every = np.append(draws, observed)
    slack = _ROUNDING * max(1.0, float(np.abs(every).max()))
    return float((every >= observed - slack).mean()), float((every >= every.max() - slack).mean())


def _uninformative(new: Vector, earlier: Vector, *, chance: Vector, tilt: Vector) -> str:
    if not new.any():
        return NO_UNITS
    if chance.size == 1:
        return ONE_AREA
    every_year = np.broadcast_to(chance, new.shape)
    covariates = np.concatenate([earlier[None], tilt])
    _, information = score_information(new, every_year, covariates=covariates)
    if not np.ptp(earlier[new.any(axis=1)], axis=1).any():
        return NO_VARIATION
    if information[0, 0] <= _NOTHING:  # need explains all that was placed
        return NEED_ALIKE if tilt.size else NO_VARIATION
    if tilt.size and information[1, 1] > 0:
        explained = information[0, 1] ** 2 / information[1, 1]
        if information[0, 0] - explained <= _NOTHING * information[0, 0]:
            return NEED_ALIKE
    return ""


def _monte_carlo(
    new: Vector, null: _Null, *, rng: np.random.Generator, n_draws: int
) -> tuple[float, float]:
    observed = _efficient_score((year[None] for year in new), null)
    drawn = (
        multinomial_allocations(np.ones(int(n)), null.chance, rng=rng, n_draws=n_draws)
        for n in new.sum(axis=1)
    )
    return tail(float(observed[0]), _efficient_score(drawn, null))


def _efficient_score(years: Iterable[Vector], null: _Null) -> Vector:
    """Return the score of many panels, handed in year by year, each (n_draws, n_areas)."""
    earlier = null.before[None]
    score = cross = need_score = np.zeros(1)
    for placed in years:
        n = placed[0].sum()
        score = score + ((placed - n * null.chance) * earlier).sum(axis=1)
        cross = cross + n * (earlier @ (null.chance * null.need))
        need_score = need_score + placed @ null.need
        earlier = earlier + placed
    if null.need_information <= 0:
        return score
    return score - cross / null.need_information * need_score


def _cannot_tell(new: Vector, *, confidence: float, why_not: str) -> Persistence:
    return Persistence(
        odds_ratio=np.nan,
        low=0.0,
        high=np.inf,
        p_value=1.0,
        least_p=1.0,
        need_effect=np.nan,
        n_units=int(new.sum()),
        n_years=int(new.any(axis=1).sum()),
        confidence=confidence,
        n_draws=0,
        why_not=why_not,
    )
