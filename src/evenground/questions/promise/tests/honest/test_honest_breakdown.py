"""The breakdown value lies where the interval begins to hold what it left out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from evenground.errors import UsageError
from evenground.questions.promise.measures.honest import (
    Target,
    breakdown,
    event_study,
    honest_relative_magnitudes,
    honest_smoothness,
)


def test_published_medicaid(medicaid):
    """README of R's HonestDiD: "2" from a list in steps of 0.5, and "about 0.03" in steps of 0.01.

    Its lists: low ends 0.00824 at M-bar 1.5 and -0.000916 at 2; 0.00286 at M 0.02 and -0.00714 at
    0.03. So the values lie between, where these are nearly straight lines.
    """
    study = event_study(medicaid.betas, medicaid.covariance, n_pre=5)
    by_line = 1.5 + 0.5 * 0.00824 / (0.00824 + 0.000916)
    assert breakdown(study).value == pytest.approx(by_line, abs=0.02)
    by_line = 0.02 + 0.01 * 0.00286 / (0.00286 + 0.00714)
    found = breakdown(study, restriction="smoothness")
    assert found.value == pytest.approx(by_line, abs=1e-4)


@pytest.mark.parametrize("null", [0.0, 0.02, 0.1])
def test_interval_touches_the_null_there(medicaid, null):
    study = event_study(medicaid.betas, medicaid.covariance, n_pre=5)
    for restriction, intervals in (
        ("relative magnitudes", honest_relative_magnitudes),
        ("smoothness", honest_smoothness),
    ):
        found = breakdown(study, restriction=restriction, null=null)
        assert found.excluded
        beside = found.value * np.array([1 - 1e-6, 1 + 1e-6])
        ends = intervals(medicaid.betas, medicaid.covariance, n_pre=5, bounds=beside)
        inside = (ends.low <= null) & (null <= ends.high)
        assert inside.tolist() == [False, True]


def test_without_an_effect_there_is_nothing_to_break(medicaid):
    study = event_study(medicaid.betas, medicaid.covariance, n_pre=5)
    found = breakdown(study, null=study.estimate)
    assert not found.excluded
    assert found.value == 0


def test_by_hand_when_nothing_is_uncertain():
    """The worst change before is 0.25 and the effect 1: M-bar 4 reaches 0."""
    study = event_study([0.25, 0.0, 1.0], 1e-18 * np.eye(3), n_pre=2)
    assert breakdown(study).value == pytest.approx(4, abs=1e-6)
    assert breakdown(study, restriction="smoothness").value == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize("scale", [1e-6, 1e6])
def test_units(medicaid, scale):
    study = event_study(medicaid.betas, medicaid.covariance, n_pre=5)
    scaled = event_study(scale * medicaid.betas, scale**2 * medicaid.covariance, n_pre=5)
    assert breakdown(scaled).value == pytest.approx(breakdown(study).value, rel=1e-8)
    smooth = breakdown(scaled, restriction="smoothness").value / scale
    assert smooth == pytest.approx(breakdown(study, restriction="smoothness").value, rel=1e-8)


def test_other_targets_and_what_is_refused(medicaid):
    target = Target(weights=(0.5, 0.5), confidence=0.9)
    study = event_study(medicaid.betas, medicaid.covariance, n_pre=5, target=target)
    assert 0 < breakdown(study).value < math.inf
    with pytest.raises(UsageError, match="honest_restriction"):
        breakdown(study, restriction="none")
    with pytest.raises(UsageError, match="null_value"):
        breakdown(study, null=float("nan"))
