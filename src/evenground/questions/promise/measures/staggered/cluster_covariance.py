"""Cluster-robust covariance where clusters are few: corrected, bias-reduced, jackknife.

Sources: Liang and Zeger (1986), Biometrika 73, 13-22 (CR1); Bell and McCaffrey (2002), Survey
Methodology 28, 169-181 (CR2 with degrees of freedom); MacKinnon, Nielsen and Webb (2023), Journal
of Applied Econometrics 38, 671-694 (CR3 as the jackknife by cluster, their equation 13).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from evenground.methods.validation import Vector
from evenground.questions.promise.measures.staggered.cluster_grams import ClusterGrams

Errors = Literal["CR1", "CR2", "CR3"]
_SINGULAR = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterCovariance:
    """Covariance of the regressors' coefficients.

    Attributes
    ----------
    covariance, shape (n_regressors, n_regressors)
        NaN where one cluster alone determines a coefficient, so that it cannot be left out.
    degrees_of_freedom, shape (n_regressors,)
        For Student's t: clusters less one; Bell and McCaffrey's with CR2.
    """

    covariance: Vector
    degrees_of_freedom: Vector


def cluster_covariance(grams: ClusterGrams, *, errors: Errors = "CR3") -> ClusterCovariance:
    """Return the covariance of the coefficients.

    Parameters
    ----------
    grams
        The regression by cluster.
    errors
        ``CR1`` is too small where few clusters are treated, ``CR2`` less so, ``CR3`` mostly errs on
        the safe side; with one treated cluster the latter two do not exist.
    """
    r, g = grams.n_regressors, grams.n_clusters
    even = np.full(r, g - 1.0)
    scores = grams.moment - grams.gram @ grams.coefficients
    if errors == "CR1":
        moved = (scores @ grams.inverse)[:, :r]
        covariance = grams.small_sample_factor * moved.T @ moved
        return ClusterCovariance(covariance=covariance, degrees_of_freedom=even)
    if errors == "CR3":
        moved = _left_out(grams)[:, :r]
        covariance = (g - 1) / g * moved.T @ moved
        return ClusterCovariance(covariance=covariance, degrees_of_freedom=even)
    adjusted = _adjustments(grams)
    moved = np.einsum("ckl,cl->ck", adjusted, scores) @ grams.inverse
    found = moved[:, :r].T @ moved[:, :r]
    freedom = np.array([_freedom(grams, adjusted, one) for one in range(r)])
    return ClusterCovariance(covariance=found, degrees_of_freedom=freedom)


def _left_out(grams: ClusterGrams) -> Vector:
    """Return what leaving out each cluster changes in the coefficients, (n_clusters, k)."""
    gram, moment = grams.gram.sum(axis=0), grams.moment.sum(axis=0)
    whole = grams.coefficients
    scale = 1 / np.sqrt(np.diag(gram))
    changed = np.full(grams.moment.shape, np.nan)
    for one in range(grams.n_clusters):
        rest = (gram - grams.gram[one]) * np.outer(scale, scale)
        if np.linalg.eigvalsh(rest)[0] > _SINGULAR:
            left = np.linalg.solve(rest, scale * (moment - grams.moment[one]))
            changed[one] = scale * left - whole
    return changed


def _adjustments(grams: ClusterGrams) -> Vector:
    """Return what turns a cluster's scores into those of ``(I - H)^(-1/2)`` times its residuals.

    Shape (n_clusters, k, k); NaN where a cluster alone determines a coefficient.
    """
    values, vectors = np.linalg.eigh(grams.inverse)
    root = (vectors * np.sqrt(values)) @ vectors.T
    back = (vectors / np.sqrt(values)) @ vectors.T
    adjusted = np.empty_like(grams.gram)
    for one in range(grams.n_clusters):
        leverage, turn = np.linalg.eigh(root @ grams.gram[one] @ root)
        if leverage[-1] > 1 - _SINGULAR:
            adjusted[one] = np.nan
            continue
        factor = (turn / np.sqrt(1 - leverage)) @ turn.T
        adjusted[one] = back @ factor @ root
    return adjusted


def _freedom(grams: ClusterGrams, adjusted: Vector, one: int) -> float:
    """Return Satterthwaite's degrees of freedom of one coefficient under even, independent rows."""
    if np.isnan(adjusted).any():
        return np.nan
    row = grams.inverse[one]
    # A cluster's weights on its residuals lie in the span of its regressors: X b, b in R^k.
    within = np.einsum("k,ckl->cl", row, adjusted)
    onto = np.einsum("cl,clm->cm", within, grams.gram)
    products = -onto @ grams.inverse @ onto.T
    products[np.diag_indices_from(products)] += np.einsum("cl,cl->c", onto, within)
    return float(np.trace(products) ** 2 / (products**2).sum())
