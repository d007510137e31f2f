"""A regression whose errors follow a first-order autoregression, by restricted likelihood (REML).

The first time counts too (Prais and Winsten 1954). Source: Cheang and Reinsel (2000), Bias
reduction of autoregressive estimates in time series regression model through restricted maximum
likelihood, Journal of the American Statistical Association 95, 1173-1184; degrees of freedom after
Satterthwaite (1946), Biometrics Bulletin 2, 110-114, with the observed information. Turner, Forbes,
Karahalios, Taljaard and McKenzie (2021), BMC Medical Research Methodology 21, 181, find this the
least misleading of six ways for short interrupted series.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize

from evenground.methods.validation import Vector

STEEPEST = 0.99
"""Autocorrelations are looked for between plus and minus this."""
_N_GRID = 67
_STEP = 1e-4
_AT_EDGE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Autoregression:
    """What restricted likelihood finds.

    Attributes
    ----------
    autocorrelation
        Of errors one time apart, -0.99 to 0.99.
    coefficients, shape (k,)
        By generalised least squares.
    covariance, shape (k, k)
        Of the coefficients, at the autocorrelation found.
    innovation
        Variance of what is new at each time, in the outcome's unit squared.
    """

    outcome: Vector
    regressors: Vector
    autocorrelation: float
    coefficients: Vector
    covariance: Vector
    innovation: float

    def degrees_of_freedom(self, weights: Vector) -> float:
        """Return Satterthwaite's degrees of freedom of ``weights @ coefficients``, at least 1.

        They are 1 where the autocorrelation lies at the end of its range: nothing is known of it.

        Parameters
        ----------
        weights, shape (k,)
            Of the coefficients.
        """
        free = self.outcome.size - self.regressors.shape[1]
        # Steps stay within -1 to 1, however steep the autocorrelation.
        rho, step = self.autocorrelation, _STEP * (1 - abs(self.autocorrelation))
        parts = [_fit(self.outcome, self.regressors, rho + k * step) for k in (-1, 0, 1)]
        spreads = np.array([float(weights @ spread @ weights) for _, spread, _, _ in parts])
        squares = np.array([rss for _, _, rss, _ in parts]) / self.innovation
        rest = np.array([log for _, _, _, log in parts])
        # Information of (log innovation, autocorrelation), half of each second derivative.
        cross = -(squares[2] - squares[0]) / (2 * step)
        bend = float(np.diff(squares + rest, n=2)[0]) / step**2
        information = np.array([[free, cross], [cross, bend]]) / 2
        slope = np.array([1.0, (spreads[2] - spreads[0]) / (2 * step) / spreads[1]])
        at_edge = abs(rho) > STEEPEST - _AT_EDGE
        if at_edge or bend <= 0 or np.linalg.det(information) <= 0:
            return 1.0
        found = 2 / float(slope @ np.linalg.solve(information, slope))
        return min(max(found, 1.0), float(free))


def autoregression(outcome: Vector, regressors: Vector) -> Autoregression:
    """Return the regression by restricted likelihood.

    Parameters
    ----------
    outcome, shape (n,)
        In time order, equally spaced.
    regressors, shape (n, k)
        Of full rank, ``k < n``; residuals must not all be 0.
    """
    free = outcome.size - regressors.shape[1]

    def off(rho: float) -> float:
        _, _, squares, rest = _fit(outcome, regressors, rho)
        return free * math.log(squares) + rest

    grid = np.linspace(-STEEPEST, STEEPEST, _N_GRID)
    at = int(np.argmin([off(float(rho)) for rho in grid]))
    around = float(grid[max(at - 1, 0)]), float(grid[min(at + 1, _N_GRID - 1)])
    found: Any = optimize.minimize_scalar(off, bounds=around, options={"xatol": 1e-10})
    rho = float(found.x)
    coefficients, spread, squares, _ = _fit(outcome, regressors, rho)
    innovation = squares / free
    return Autoregression(
        outcome=outcome,
        regressors=regressors,
        autocorrelation=rho,
        coefficients=coefficients,
        covariance=innovation * spread,
        innovation=innovation,
    )


def correlations(autocorrelation: float, n: int) -> Vector:
    """Return the correlations of errors ``n`` times long, shape (n, n)."""
    away = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    return np.power(autocorrelation, away)


def _fit(outcome: Vector, regressors: Vector, rho: float) -> tuple[Vector, Vector, float, float]:
    """Return coefficients, their spread, left-over squares, and the rest of -2 log likelihood."""
    both = np.column_stack([regressors, outcome])
    moved = both.copy()
    moved[0] *= math.sqrt(1 - rho**2)
    moved[1:] -= rho * both[:-1]
    x, y = moved[:, :-1], moved[:, -1]
    q, r = np.linalg.qr(x)
    inverse = np.linalg.inv(r)
    onto = q.T @ y
    left = y - q @ onto
    rest = 2 * float(np.log(np.abs(np.diag(r))).sum()) - math.log1p(-(rho**2))
    return inverse @ onto, inverse @ inverse.T, float(left @ left), rest
