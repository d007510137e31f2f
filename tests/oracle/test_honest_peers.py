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
from evenground.questions.promise.tests.honest.published_studies import medicaid

pytestmark = pytest.mark.oracle
STUDY = medicaid()
BETAS, COVARIANCE, N_PRE = STUDY.betas, STUDY.covariance, STUDY.n_pre
BOUNDS = [0.5, 1.0, 1.5, 2.0]
R_LOW, R_HIGH = [0.0240, 0.0170, 0.00824, -0.000916], [0.0672, 0.0720, 0.0797, 0.0881]
"""What that README prints for the first year."""


def test_the_first_year(peer):
    betas, covariance = BETAS, COVARIANCE
    theirs = peer(
        "honest_did.py", betas=BETAS.tolist(), covariance=covariance.tolist(), n_pre=N_PRE,
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
