"""Draw again until the groups are alike: re-randomisation to a threshold set beforehand.

Source: Morgan and Rubin (2012), Annals of Statistics 40, 1263-1282: the Mahalanobis distance
(section 3), its threshold as a quantile of a chi-squared distribution (section 3.1), and what is
gained (theorem 3.2). A test afterwards runs over the accepted assignments alone (section 2.2).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, Whole, matrix, wrong
from evenground.questions.promise.measures.randomised.assignments import (
    MOST_LISTED,
    Assignments,
    drawn_assignments,
    listed_assignments,
)
from evenground.questions.promise.measures.randomised.scheme import Scheme

_MOST_ROUNDS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceRule:
    """When an assignment is balanced enough; to be sealed before anything is drawn.

    Attributes
    ----------
    covariates, shape (n_units, n_covariates)
        Known before the draw, any units.
    threshold
        Largest imbalance that is accepted, 0 or more.
    """

    covariates: Vector
    threshold: float

    def accepts(self, labels: Whole) -> Flags:
        """Return whether each assignment, shape (n, n_units), is accepted."""
        slack = 1e-9 * max(1.0, self.threshold)
        return mahalanobis_imbalance(self.covariates, labels) <= self.threshold + slack


def mahalanobis_imbalance(covariates: ArrayLike, labels: ArrayLike) -> Vector:
    """Return the Mahalanobis distance between the groups of each assignment, shape (n,).

    With two groups this is the paper's ``n_t n_c / n (x_t - x_c)' S^-1 (x_t - x_c)``; with more
    (steps of a wedge), ``sum_g n_g (x_g - x)' S^-1 (x_g - x)``, of which the first is a case. It is
    0 or more, and the same in any units of the covariates.

    Parameters
    ----------
    covariates, shape (n_units, n_covariates)
        Known before the draw.
    labels, shape (n, n_units)
        Assignments.

    Raises
    ------
    UsageError
        If shapes do not fit or a covariate does not vary.
    """
    dealt = np.atleast_2d(np.asarray(labels, dtype=np.int64))
    x = matrix("covariates", covariates, shape=(dealt.shape[1], None), least=-np.inf)
    spread = x.std(axis=0)
    if x.shape[1] == 0 or (spread <= 1e-12 * np.abs(x).max(axis=0)).any():
        raise wrong("covariate_constant", N_("a covariate is the same for all units"))
    z = (x - x.mean(axis=0)) / spread
    # Coordinates in which the covariance is the identity; a covariate that repeats others drops.
    left, size, _ = np.linalg.svd(z, full_matrices=False)
    white = left[:, size > 1e-9 * size[0]] * np.sqrt(len(z) - 1)
    total = np.zeros(len(dealt))
    for label in range(int(dealt.max()) + 1):
        inside = (dealt == label).astype(np.float64)
        n = np.maximum(inside.sum(axis=1), 1.0)
        total += (((inside @ white) / n[:, None]) ** 2).sum(axis=1) * n
    return total


def balance_threshold(n_covariates: int, accepted: float, *, n_labels: int = 2) -> float:
    """Return the imbalance that a share ``accepted`` of assignments stays below, for many units.

    A quantile of the chi-squared distribution with ``n_covariates (n_labels - 1)`` degrees of
    freedom.

    Raises
    ------
    UsageError
        If ``accepted`` is not above 0 and at most 1, or there is no covariate.
    """
    if not 0 < accepted <= 1 or n_covariates < 1 or n_labels < 2:  # noqa: PLR2004 - two groups
        raise wrong(
            "balance_share",
            N_("accepted is {accepted} with {n} covariates; it is above 0 and at most 1"),
            accepted=accepted,
            n=n_covariates,
        )
    freedom = n_covariates * (n_labels - 1)
    return float(2 * special.gammaincinv(freedom / 2, accepted))


def remaining_variance(n_covariates: int, threshold: float) -> float:
    """Return the share of a covariate's variance between groups that is left, 0-1, for two groups.

    ``P(chi2_(k+2) <= a) / P(chi2_k <= a)``: theorem 3.1 of the paper; 1 less this is what an
    outcome that follows the covariates alone gains.
    """
    half = n_covariates / 2
    above = special.gammainc(half + 1, threshold / 2)
    return float(above / special.gammainc(half, threshold / 2))


def accepted_assignments(
    scheme: Scheme,
    rule: BalanceRule,
    *,
    rng: np.random.Generator | None = None,
    n_draws: int = MOST_LISTED - 1,
) -> Assignments:
    """Return the assignments that the rule accepts: all of them, or ``n_draws`` drawn ones.

    Raises
    ------
    UsageError
        If none is accepted, or they must be drawn and no source of chance is given.
    """
    if scheme.n_assignments <= MOST_LISTED:
        every = listed_assignments(scheme)
        return _some(replace(every, labels=every.labels[rule.accepts(every.labels)]), rule)
    if rng is None:
        raise wrong("chance_needed", N_("there are too many to list; give rng to draw from them"))
    found: list[Whole] = []
    n_found, drawn = 0, drawn_assignments(scheme, rng=rng, n_draws=n_draws)
    for _ in range(_MOST_ROUNDS):
        found.append(drawn.labels[rule.accepts(drawn.labels)])
        n_found += len(found[-1])
        if n_found >= n_draws:
            break
        drawn = drawn_assignments(scheme, rng=rng, n_draws=n_draws)
    return _some(replace(drawn, labels=np.concatenate(found)[:n_draws]), rule)


def _some(kept: Assignments, rule: BalanceRule) -> Assignments:
    if kept.n:
        return replace(kept, accepts=rule.accepts)
    raise wrong(
        "none_balanced",
        N_("no assignment is as balanced as {threshold}; seal a larger threshold"),
        threshold=rule.threshold,
    )
