"""Honest DiD beside other programs, on the Medicaid study that the authors' own pages analyse.

Where they differ:

- moderndid inverts the same hybrid test on a list of 1,000 effects and draws the first stage's
  critical value, so that its ends lie inside ours by a step of that list or a little more.
- diff-diff (3.13) gives for relative magnitudes the effects that are possible if the estimates were
  the truth, widened by the usual quantile. Beyond M-bar 0.5 that is too narrow: it takes the worst
  change before as known. Where a break is plain, such an interval of 95 % holds the effect in 94,
  89 and 81 % of draws at M-bar 0.5, 1 and 2 (``tests/calibrate/test_honest_coverage.py``). On
  these data it leaves out 0 at M-bar 2; the authors' program and ours do not.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special

from evenground.questions.promise.measures.honest import Target, honest_relative_magnitudes

pytestmark = pytest.mark.oracle
BETAS = [
    -0.005285354533, -0.01129732465, -0.002675991812, -0.001419312252, 0.000339663519,
    0.04644685416, 0.06920617548,
]  # fmt: skip
LOWER = [
    [7.488483636e-05],
    [6.039874096e-05, 7.266500617e-05],
    [4.444619818e-05, 3.789330221e-05, 5.05205194e-05],
    [3.385764706e-05, 2.866578025e-05, 2.673679432e-05, 4.003222026e-05],
    [4.328011255e-05, 4.543320628e-05, 2.778193568e-05, 2.412859976e-05, 5.462662207e-05],
    [4.765880479e-05, 4.428850119e-05, 3.060644109e-05, 2.380868209e-05, 3.682531052e-05,
     8.375668825e-05],
    [2.4251287e-05, 2.824655043e-05, 9.637533883e-06, 2.923878143e-06, 9.722947502e-06,
     6.321397963e-05, 0.000107123523],
]  # fmt: skip
"""Medicaid and insurance: README of the R package HonestDiD, data of Mixtape Sessions."""
N_PRE, BOUNDS = 5, [0.5, 1.0, 1.5, 2.0]
R_LOW, R_HIGH = [0.0240, 0.0170, 0.00824, -0.000916], [0.0672, 0.0720, 0.0797, 0.0881]
"""What that README prints for the first year."""


def medicaid():
    covariance = np.zeros((7, 7))
    for row, values in enumerate(LOWER):
        covariance[row, : row + 1] = covariance[: row + 1, row] = values
    return np.array(BETAS), covariance


def test_the_first_year(peer):
    betas, covariance = medicaid()
    theirs = peer(
        "honest_did.py", betas=BETAS, covariance=covariance.tolist(), n_pre=N_PRE,
        weights=[1.0, 0.0], bounds=BOUNDS,
    )  # fmt: skip
    ours = honest_relative_magnitudes(
        betas, covariance, n_pre=N_PRE, bounds=BOUNDS, target=Target(weights=(1.0, 0.0))
    )
    step = 40 * np.sqrt(covariance[N_PRE, N_PRE]) / 999
    listed = theirs["moderndid"]
    inwards = np.concatenate([listed["low"] - ours.low, ours.high - listed["high"]])
    assert inwards.min() > -1e-5
    assert inwards.max() < 1.5 * step
    naive = theirs["diff_diff"]
    error = np.sqrt(covariance[N_PRE, N_PRE])
    worst = np.abs(np.diff([*BETAS[:N_PRE], 0.0])).max()
    half = np.array(BOUNDS) * worst + special.ndtri(0.975) * error
    assert naive["low"] == pytest.approx(BETAS[N_PRE] - half, rel=1e-6)
    assert naive["high"] == pytest.approx(BETAS[N_PRE] + half, rel=1e-6)
    # At M-bar 2 they part: the authors' program and ours do not leave out 0.
    assert naive["low"][-1] > 0 > R_LOW[-1] > ours.low[-1]
    assert R_HIGH[-1] > naive["high"][-1]
