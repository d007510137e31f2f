"""Imputation and the Goodman-Bacon decomposition: by hand, and from least squares."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.errors import UsageError
from evenground.questions.promise.measures.large_panels.panel_sums import sums_of
from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.staggered.bacon_decomposition import (
    bacon_decomposition,
)
from evenground.questions.promise.measures.staggered.did_regression import did_regression
from evenground.questions.promise.measures.staggered.imputation import imputed_effects


def test_imputation_by_hand():
    """The never treated go 1, 2, 4; the treated 5, 6 would be at 8, and is at 11."""
    found = imputed_effects(panel([[5.0, 6, 11], [1, 2, 4], [3, 4, 6]], [2, 3, 3]))
    assert found.at.tolist() == [0]
    assert found.effect == pytest.approx([3])
    assert found.overall == pytest.approx(3)
    assert (found.n_imputed, found.n_left_out, found.n_lone) == (1, 0, 1)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("missing", [False, True])
def test_effects_against_least_squares_of_untreated_rows(roll_out, with_dummies, seed, missing):
    data = roll_out(seed)
    after = np.arange(data.n_times) >= data.first_treated[:, None]
    seen = np.ones(after.shape, bool)
    if missing:
        seen = np.random.default_rng(seed).uniform(size=after.shape) > 0.1
        seen[:, 0] = True
    found = imputed_effects(sums_of(data, observed=seen))
    nothing = np.zeros((*after.shape, 0))
    _, design, left, _ = with_dummies(data.outcomes, nothing, ~after & seen)
    y = data.outcomes[~after & seen]
    fitted = np.linalg.lstsq(design, y, rcond=None)[0]
    assert left == pytest.approx(y - design @ fitted, abs=1e-9)
    expected = fitted[: data.n_units, None] + np.append(0.0, fitted[data.n_units :])
    gain = data.outcomes - expected
    since = np.arange(data.n_times) - data.first_treated[:, None]
    for at, effect in zip(found.at, found.effect, strict=True):
        assert effect == pytest.approx(gain[(since == at) & seen].mean(), abs=1e-9)
    assert found.overall == pytest.approx(gain[after & seen].mean(), abs=1e-9)
    # Theorem 3: weights times residuals, effects less their mean by cohort and time.
    weights = np.where(after & seen, 1 / (after & seen).sum(), 0.0)
    whole = np.zeros((*after.shape, data.n_units + data.n_times - 1))
    whole[np.arange(data.n_units), :, np.arange(data.n_units)] = 1
    whole[:, np.arange(1, data.n_times), data.n_units + np.arange(data.n_times - 1)] = 1
    on_effects = np.einsum("it,itk->k", weights, whole)
    back = -design @ np.linalg.pinv(design.T @ design) @ on_effects
    untreated = np.zeros(after.shape)
    untreated[~after & seen] = back * left
    means = np.zeros(after.shape)
    for g in data.cohorts:
        for t in range(g, data.n_times):
            mine = (data.first_treated == g) & seen[:, t]
            means[data.first_treated == g, t] = gain[mine, t].mean()
    treated = np.where(after & seen, weights * (gain - means), 0.0)
    influence = (untreated + treated).sum(axis=1)
    assert found.overall_influence == pytest.approx(influence, abs=1e-9)
    error = np.sqrt((influence**2).sum())
    assert found.overall_standard_error == pytest.approx(error)
    assert found.covariance.shape == (found.at.size,) * 2


def test_rows_that_cannot_be_imputed_are_counted():
    rng = np.random.default_rng(1)
    data = panel(rng.normal(size=(5, 4)), [0, 1, 2, 3, 3])
    found = imputed_effects(data)
    assert found.n_left_out == 4 + 4  # the unit treated throughout, and all at the last time
    assert np.isfinite(found.overall)
    with pytest.raises(UsageError) as raised:
        imputed_effects(panel(rng.normal(size=(3, 4)), [0, 0, 4]))
    assert raised.value.problems[0].code == "nothing_imputed"


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("cohorts", [(2, 3, 4), (0, 2, 5), (1, 4)])
def test_comparisons_add_up_to_two_way_fixed_effects(roll_out, seed, cohorts):
    data = roll_out(seed, cohorts=cohorts)
    found = bacon_decomposition(data)
    assert found.overall == pytest.approx(did_regression(data).effect, abs=1e-10)
    assert found.weight.sum() == pytest.approx(1)
    assert (found.weight >= 0).all()
    kinds = {kind: found.weight_of(kind) for kind in set(found.kind)}
    assert sum(kinds.values()) == pytest.approx(1)
    assert ("treated v always" in kinds) == (0 in cohorts)


def test_comparisons_by_hand():
    """Two units that start at 1 and 2 of 0 to 2: each is held against the other's constant part."""
    found = bacon_decomposition(panel([[0.0, 3, 5], [0, 1, 2]], [1, 2]))
    by = dict(zip(found.kind, found.estimate, strict=True))
    assert by["earlier v later"] == pytest.approx(3 - 1)
    assert by["later v earlier"] == pytest.approx(1 - 2)
    assert found.weight == pytest.approx([0.5, 0.5])
    assert found.overall == pytest.approx(0.5)


def test_growing_effects_pull_forbidden_comparisons_down():
    """Goodman-Bacon's figure 2: each cohort's effect grows; later against earlier is too small."""
    starts = np.array([2, 6, 10])
    since = np.arange(10) - starts[:, None]
    found = bacon_decomposition(panel(np.where(since >= 0, since + 1.0, 0.0), starts))
    by = dict(zip(found.kind, found.estimate, strict=True))
    assert by["later v earlier"] < 0 < by["earlier v later"]
    assert found.weight_of("later v earlier") > 0


def test_what_cannot_be_decomposed_is_refused(roll_out):
    data = roll_out(1)
    seen = np.ones(data.outcomes.shape, bool)
    seen[0, 0] = False
    with pytest.raises(UsageError) as raised:
        bacon_decomposition(sums_of(data, observed=seen))
    assert raised.value.problems[0].code == "panel_unbalanced"
    with pytest.raises(UsageError) as raised:
        bacon_decomposition(panel(data.outcomes, np.full(24, 2)))
    assert raised.value.problems[0].code == "one_cohort"
