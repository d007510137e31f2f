"""Staggered roll-outs beside pyfixest, diff-diff and csdid: the same numbers to 1e-8.

Where they differ:

- diff-diff gives the base of a universal comparison no error; here it is marked (``is_base``), 0 by
  definition.
- pyfixest's CRV3 is the sum of squared changes, times G / (G - 1) and a factor for the number of
  parameters by default. The jackknife takes (G - 1) / G of that sum (MacKinnon, Nielsen and Webb
  2023, equation 13), as here: pyfixest's error is larger by G / (G - 1) and more.
- The standard errors that the README of the R package `did` prints are bootstrapped, so that only
  its effects and the p of its test before treatment are compared.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from evenground.questions.promise.measures.large_panels.panel_sums import sums_of
from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.staggered.aggregates import aggregated_effects
from evenground.questions.promise.measures.staggered.bacon_decomposition import (
    bacon_decomposition,
)
from evenground.questions.promise.measures.staggered.did_regression import did_regression
from evenground.questions.promise.measures.staggered.event_study import event_study
from evenground.questions.promise.measures.staggered.group_time import (
    Comparison,
    callaway_santanna,
)
from evenground.questions.promise.measures.staggered.imputation import imputed_effects

pytestmark = pytest.mark.oracle
CLOSE = {"rel": 1e-8, "abs": 1e-10}
SAYS = {"never_treated": "never treated", "not_yet_treated": "not yet treated"}


def roll_out(seed, *, n_units=60, n_times=8):
    """Return a panel in which effects grow with time and differ between cohorts."""
    rng = np.random.default_rng(seed)
    starts = rng.choice([2, 4, 5, n_times], n_units, p=[0.2, 0.25, 0.25, 0.3])
    since = np.arange(n_times) - starts[:, None]
    gain = np.where(since >= 0, (1 + 0.3 * since) * (1 + starts[:, None] / 10), 0.0)
    outcomes = rng.normal(20, 4, (n_units, 1)) + rng.normal(size=n_times).cumsum() + gain
    return panel(outcomes + rng.normal(size=(n_units, n_times)), starts)


def work_of(data, **more):
    """Return what a peer is handed."""
    return {"outcomes": data.outcomes.tolist(), "starts": data.first_treated.tolist(), **more}


@pytest.mark.parametrize("seed", range(3))
def test_two_way_fixed_effects_of_pyfixest(peer, seed):
    data = roll_out(seed)
    clusters = np.arange(data.n_units) % 9
    theirs = peer("staggered_pyfixest.py", **work_of(data, clusters=clusters.tolist(), missing=[]))
    one, coarse = did_regression(data), did_regression(data, clusters=clusters)
    for found, told in ((one, theirs["did"]), (coarse, theirs["by cluster"])):
        assert found.effect == pytest.approx(told["effect"][0], **CLOSE)
        assert found.standard_error == pytest.approx(told["standard_error"][0], **CLOSE)
    jackknife = did_regression(data, clusters=clusters, errors="CR3")
    place = theirs["jackknife"]["names"].index("treated")
    error = theirs["jackknife"]["standard_error"][place]
    assert jackknife.standard_error == pytest.approx(error * np.sqrt(8 / 9), **CLOSE)
    study, told = event_study(data), theirs["study"]
    order = np.argsort([int(float(name.split("::")[1])) for name in told["names"]])
    assert study.betas == pytest.approx(np.array(told["effect"])[order], **CLOSE)
    error = np.array(told["standard_error"])[order]
    assert study.standard_error == pytest.approx(error, **CLOSE)


@pytest.mark.parametrize("seed", range(2))
def test_rows_that_are_missing(peer, seed):
    data = roll_out(seed + 10)
    rng = np.random.default_rng(seed)
    missing = np.sort(rng.choice(data.outcomes.size, 40, replace=False))
    observed = np.ones(data.outcomes.size, dtype=bool)
    observed[missing] = False
    work = work_of(data, clusters=list(range(data.n_units)), missing=missing.tolist())
    theirs = peer("staggered_pyfixest.py", **work)
    sums = sums_of(data, observed=observed.reshape(data.outcomes.shape))
    found = did_regression(sums)
    assert found.effect == pytest.approx(theirs["did"]["effect"][0], **CLOSE)
    assert found.standard_error == pytest.approx(theirs["did"]["standard_error"][0], **CLOSE)


@pytest.mark.parametrize("seed", range(3))
def test_group_time_effects_of_diff_diff(peer, seed):
    data = roll_out(seed)
    theirs = peer("staggered_diff_diff.py", **work_of(data))["group-time"]
    for name, told in theirs.items():
        controls, base = name.split(", ")
        found = callaway_santanna(data, comparison=Comparison(controls=SAYS[controls], base=base))
        for g, t, effect, error in told["cells"]:
            cell = (found.cohort == g) & (found.time == t)
            assert found.effect[cell] == pytest.approx([effect], **CLOSE), (name, g, t)
            if not found.is_base[cell].all():
                assert found.standard_error[cell] == pytest.approx([error], **CLOSE), (name, g, t)
        simple = aggregated_effects(found, "simple")
        both = [simple.overall, simple.overall_standard_error]
        assert both == pytest.approx(told["simple"], **CLOSE)
        dynamic = aggregated_effects(found, "dynamic")
        for at, effect, error in told["dynamic"]:
            place = dynamic.at == at
            if not dynamic.is_base[place].all():
                assert dynamic.effect[place] == pytest.approx([effect], **CLOSE)
                assert dynamic.standard_error[place] == pytest.approx([error], **CLOSE)
        group = aggregated_effects(found, "group")
        assert group.effect == pytest.approx(told["group"][0], **CLOSE)
        assert group.standard_error == pytest.approx(told["group"][1], **CLOSE)


@pytest.mark.parametrize("seed", range(3))
def test_imputation_and_decomposition_of_diff_diff(peer, seed):
    data = roll_out(seed)
    theirs = peer("staggered_diff_diff.py", **work_of(data))
    found, told = imputed_effects(data), theirs["imputation"]
    both = [found.overall, found.overall_standard_error]
    assert both == pytest.approx(told["overall"], **CLOSE)
    for at, effect, error in zip(told["at"], told["effect"], told["standard_error"], strict=True):
        place = found.at == at
        if at >= 0:
            assert found.effect[place] == pytest.approx([effect], **CLOSE)
            assert found.standard_error[place] == pytest.approx([error], **CLOSE)
    bacon = bacon_decomposition(data)
    assert bacon.overall == pytest.approx(theirs["bacon"]["overall"], **CLOSE)
    assert bacon.overall == pytest.approx(did_regression(data).effect, **CLOSE)
    assert len(theirs["bacon"]["comparisons"]) == bacon.weight.size
    for treated, control, weight, estimate in theirs["bacon"]["comparisons"]:
        place = (bacon.treated == treated) & (bacon.control == control)
        assert bacon.weight[place] == pytest.approx([weight], **CLOSE)
        assert bacon.estimate[place] == pytest.approx([estimate], **CLOSE)


@pytest.mark.parametrize("seed", range(2))
def test_four_aggregates_of_csdid(peer, seed):
    data = roll_out(seed)
    theirs = peer("staggered_csdid.py", **work_of(data))
    for name, controls in (("nevertreated", "never treated"), ("notyettreated", "not yet treated")):
        found, told = (
            callaway_santanna(data, comparison=Comparison(controls=controls)),
            theirs[name],
        )
        for g, t, effect, error in told["cells"]:
            cell = (found.cohort == g) & (found.time == t)
            assert found.effect[cell] == pytest.approx([effect], **CLOSE)
            assert found.standard_error[cell] == pytest.approx([error], **CLOSE)
        for kind, parts in told["kinds"].items():
            whole = aggregated_effects(found, kind)
            both = [whole.overall, whole.overall_standard_error]
            assert both == pytest.approx(parts["overall"], **CLOSE), kind
            if parts["effect"]:
                assert whole.effect == pytest.approx(parts["effect"], **CLOSE), kind
                error = parts["standard_error"]
                assert whole.standard_error == pytest.approx(error, **CLOSE), kind


PUBLISHED = [
    (2004, 2004, -0.0105), (2004, 2005, -0.0704), (2004, 2006, -0.1373), (2004, 2007, -0.1008),
    (2006, 2004, 0.0065), (2006, 2005, -0.0028), (2006, 2006, -0.0046), (2006, 2007, -0.0412),
    (2007, 2004, 0.0305), (2007, 2005, -0.0027), (2007, 2006, -0.0311), (2007, 2007, -0.0261),
]  # fmt: skip


def test_published_county_teen_employment(peer):
    """README of the R package `did` (Callaway and Sant'Anna), never treated, no covariates."""
    given = peer("published_counties.py")
    data = panel(given["outcomes"], given["starts"])
    assert (data.n_units, data.n_times) == (500, 5)
    found = callaway_santanna(data)
    told = [tuple(row) for row in zip(found.cohort + 2003, found.time + 2003, strict=True)]
    assert told == [(g, t) for g, t, _ in PUBLISHED]
    assert found.effect == pytest.approx([effect for *_, effect in PUBLISHED], abs=5.1e-5)
    before = found.time < found.cohort
    covariance = found.covariance[np.ix_(before, before)]
    wald = found.effect[before] @ np.linalg.solve(covariance, found.effect[before])
    assert stats.chi2.sf(wald, before.sum()) == pytest.approx(0.16812, abs=5e-6)
    dynamic = aggregated_effects(found, "dynamic")
    assert dynamic.at.tolist() == [-3, -2, -1, 0, 1, 2, 3]
    published = [0.0305, -0.0006, -0.0245, -0.0199, -0.0510, -0.1373, -0.1008]
    assert dynamic.effect == pytest.approx(published, abs=5.1e-5)
    assert dynamic.overall == pytest.approx(-0.0772, abs=5e-5)
    group = aggregated_effects(found, "group")
    assert group.effect == pytest.approx([-0.0797, -0.0229, -0.0261], abs=5.1e-5)
    assert group.overall == pytest.approx(-0.031, abs=5e-4)
