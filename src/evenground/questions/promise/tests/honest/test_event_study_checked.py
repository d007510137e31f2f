"""An event study is checked before anything is made of it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from evenground.errors import UsageError
from evenground.questions.promise.measures.honest import Target, event_study

BETAS, COVARIANCE = [0.1, -0.1, 1.0, 2.0], np.diag([1.0, 1.0, 4.0, 9.0])


def test_effect_and_its_usual_interval():
    study = event_study(BETAS, COVARIANCE, n_pre=2, target=Target(weights=(0.5, 0.5)))
    assert study.estimate == pytest.approx(1.5, abs=1e-15)
    error = np.sqrt((4 + 9) / 4)
    assert study.standard_error == pytest.approx(error, rel=1e-14)
    half = stats.norm.ppf(0.975) * error
    assert study.usual == pytest.approx((1.5 - half, 1.5 + half), rel=1e-12)


def test_first_period_is_the_target_unless_told():
    study = event_study(BETAS, COVARIANCE, n_pre=2)
    assert study.weights.tolist() == [1.0, 0.0]
    assert study.n_post == 2


@pytest.mark.parametrize(
    ("betas", "covariance", "n_pre", "target", "code"),
    [
        ([[0.1], [1.0]], COVARIANCE, 1, None, "array_shape"),
        ([0.1, float("nan")], np.eye(2), 1, None, "array_value"),
        (BETAS, np.eye(3), 2, None, "array_shape"),
        (BETAS, COVARIANCE + np.eye(4, k=1), 2, None, "covariance_asymmetric"),
        (BETAS, np.diag([1.0, 1, 1, -1]), 2, None, "covariance_none"),
        (BETAS, np.zeros((4, 4)), 2, None, "covariance_none"),
        (BETAS, COVARIANCE, 0, None, "event_study_periods"),
        (BETAS, COVARIANCE, 4, None, "event_study_periods"),
        (BETAS, COVARIANCE, 2, Target(weights=(1.0,)), "array_shape"),
        (BETAS, COVARIANCE, 2, Target(weights=(0.0, 0.0)), "weights_zero"),
        (BETAS, COVARIANCE, 2, Target(confidence=1.0), "confidence"),
        (BETAS, np.diag([1.0, 1, 0, 1]), 2, None, "effect_without_error"),
    ],
)
def test_what_is_refused(betas, covariance, n_pre, target, code):
    with pytest.raises(UsageError) as refused:
        event_study(betas, covariance, n_pre=n_pre, target=target)
    assert refused.value.problems[0].code == code
