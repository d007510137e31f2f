"""Whether trends ran apart before, and how large a drift this test would have missed.

Source: Roth (2022), Pretest with caution: event-study estimates after testing for parallel trends,
American Economic Review: Insights 4, 305-322: power against a linear trend, here of the joint test.

With few treated clusters, or nearly as many periods as clusters, the covariance of the effects is
too small and the joint test finds trends that are not there; a single drift is then the safer test
(``measures.evaluation.checks``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from evenground.methods.exact_limits import tail
from evenground.methods.validation import Vector
from evenground.questions.promise.measures.staggered.event_study import EventStudy

POWERS = (0.5, 0.8)
_SINGULAR = 1e-12
_HALVINGS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PretrendTest:
    """A joint test that all effects before treatment are 0, with its power.

    Attributes
    ----------
    can_tell
        False where there is no effect before treatment, or more of them than clusters bear; then
        all numbers are NaN.
    statistic, p
        Wald's statistic divided by ``n_pre``, 0 or more; its p, 0-1.
    n_pre, degrees_of_freedom
        Of Fisher's F.
    power, shape (n_powers,)
        Chances of being found, 0-1.
    slope, shape (n_powers,)
        Linear drift per time that is found with these chances, in the outcome's unit; a smaller one
        mostly passes unseen.
    drift, shape (n_powers, n_post)
        What such a drift alone would add to the effects after treatment, in the outcome's unit.
    """

    can_tell: bool
    statistic: float
    p: float
    n_pre: int
    degrees_of_freedom: float
    power: Vector
    slope: Vector
    drift: Vector


def pretrend_test(
    study: EventStudy, *, alpha: float = 0.05, powers: Sequence[float] = POWERS
) -> PretrendTest:
    """Return the joint test of the effects before treatment, with the drift that it can see.

    Parameters
    ----------
    study
        Of any estimator; infinite ``degrees_of_freedom`` give the chi-square test.
    alpha
        Level of the test, 0-1.
    powers
        Chances of finding a drift, each above ``alpha`` and below 1.

    Raises
    ------
    UsageError
        If ``alpha`` or a power is not within 0-1.

    Notes
    -----
    "Not rejected" is no evidence of parallel trends while ``slope`` is of the effect's own size.
    """
    tail(1 - alpha)
    for power in powers:
        tail(power)
    n_pre = study.n_pre
    away = (study.times - study.reference).astype(np.float64)
    covariance = study.covariance[:n_pre, :n_pre]
    freedom = float(study.degrees_of_freedom.min()) if study.times.size else np.nan
    if not _usable(covariance, freedom):
        nothing = np.full(len(powers), np.nan)
        return PretrendTest(
            can_tell=False, statistic=np.nan, p=np.nan, n_pre=n_pre, degrees_of_freedom=freedom,
            power=np.asarray(powers, np.float64), slope=nothing,
            drift=np.full((len(powers), study.n_post), np.nan),
        )  # fmt: skip
    betas = study.betas[:n_pre]
    statistic = float(betas @ np.linalg.solve(covariance, betas)) / n_pre
    unit = float(away[:n_pre] @ np.linalg.solve(covariance, away[:n_pre]))
    noncentral = [_noncentrality(n_pre, freedom, alpha=alpha, power=power) for power in powers]
    slope = np.sqrt(np.array(noncentral) / unit)
    return PretrendTest(
        can_tell=True,
        statistic=statistic,
        p=_beyond(statistic, n_pre, freedom),
        n_pre=n_pre,
        degrees_of_freedom=freedom,
        power=np.asarray(powers, np.float64),
        slope=slope,
        drift=np.outer(slope, away[n_pre:]),
    )


def _usable(covariance: Vector, freedom: float) -> bool:
    n_pre = covariance.shape[0]
    if n_pre == 0 or not np.isfinite(covariance).all() or not freedom >= n_pre:
        return False
    scale = np.sqrt(np.diag(covariance))
    if not (scale > 0).all():
        return False
    return bool(np.linalg.eigvalsh(covariance / np.outer(scale, scale))[0] > _SINGULAR)


def _beyond(statistic: float, n_pre: int, freedom: float) -> float:
    """Return the chance of a larger statistic without any drift."""
    if np.isinf(freedom):
        return float(special.chdtrc(n_pre, statistic * n_pre))
    return float(special.fdtrc(n_pre, freedom, statistic))


def _noncentrality(n_pre: int, freedom: float, *, alpha: float, power: float) -> float:
    """Return the noncentrality at which a test of level ``alpha`` has ``power``; 0 below alpha."""
    if power <= alpha:
        return 0.0
    infinite = np.isinf(freedom)
    critical = float(
        special.chdtri(n_pre, alpha) if infinite else special.fdtri(n_pre, freedom, 1 - alpha)
    )

    def missed(noncentral: float) -> float:
        if infinite:
            return float(special.chndtr(critical, n_pre, noncentral))
        return float(special.ncfdtr(n_pre, freedom, noncentral, critical))

    top = 1.0
    while missed(top) > 1 - power:
        top *= 2
    bottom = 0.0
    for _ in range(_HALVINGS):
        middle = (bottom + top) / 2
        if missed(middle) > 1 - power:
            bottom = middle
        else:
            top = middle
    return top
