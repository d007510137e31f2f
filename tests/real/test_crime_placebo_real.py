"""A roll-out that never was, laid over Washington's reported crime, finds nothing.

Census tracts by quarter, 2006 to the second quarter of 2012, from the city's published incidents;
who is "treated", and when, is drawn at random, so that a test at 5 % may reject in 5 % of draws.
Offences differ in level and course from tract to tract, as no simulation would have them.
"""

from __future__ import annotations

import csv

import numpy as np
import pytest
from scipy import special

from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.staggered.aggregates import aggregated_effects
from evenground.questions.promise.measures.staggered.did_regression import did_regression
from evenground.questions.promise.measures.staggered.group_time import callaway_santanna
from evenground.questions.promise.measures.staggered.imputation import imputed_effects
from evenground.questions.promise.measures.synthetic import enumerated_did, placebo_test

pytestmark = pytest.mark.real
OFFENCES = ("total", "burglary", "stolen_auto")
N_QUARTERS = 26
N_DRAWS = 400
N_WAVES = 200


@pytest.fixture(scope="module")
def crime(real_data):
    """Return reported offences of each kind by tract and quarter."""
    path = real_data("washington_dc") / "outcomes" / "crime_tract_month_2006_2012.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    tracts = {name: at for at, name in enumerate(sorted({row["geoid"] for row in rows}))}
    months = {name: at for at, name in enumerate(sorted({row["month"] for row in rows}))}
    counts = np.zeros((len(OFFENCES), len(tracts), len(months)))
    for row in rows:
        at = tracts[row["geoid"]], months[row["month"]]
        counts[:, *at] = [float(row[name]) for name in OFFENCES]
    quarters = counts[:, :, : 3 * N_QUARTERS].reshape(len(OFFENCES), len(tracts), N_QUARTERS, 3)
    return dict(zip(OFFENCES, quarters.sum(axis=3), strict=True))


def nominal(rejected):
    """Say whether a share of draws is compatible with 5 %, to three standard errors."""
    return abs(np.mean(rejected) - 0.05) <= 3 * np.sqrt(0.05 * 0.95 / len(rejected))


def test_the_data_are_those_described(crime):
    assert {counts.shape for counts in crime.values()} == {(179, N_QUARTERS)}
    assert crime["total"].min() >= 0
    assert crime["total"].mean() == pytest.approx(45.7, abs=0.5)


@pytest.mark.parametrize("offence", OFFENCES)
def test_a_staggered_placebo_finds_nothing(crime, offence):
    """Sixty tracts in three waves: group-time effects, imputation, two-way fixed effects."""
    counts, rng = crime[offence], np.random.default_rng(1)
    found = {"group-time": [], "imputation": [], "two-way": []}
    for _ in range(N_WAVES):
        starts = np.full(len(counts), N_QUARTERS)
        starts[rng.permutation(len(counts))[:60]] = np.repeat([10, 14, 18], 20)
        data = panel(counts, starts)
        simple = aggregated_effects(callaway_santanna(data), "simple")
        imputed = imputed_effects(data)
        for name, one in (("group-time", simple), ("imputation", imputed)):
            z = one.overall / one.overall_standard_error
            found[name].append(2 * special.ndtr(-abs(z)) <= 0.05)
        found["two-way"].append(did_regression(data).p <= 0.05)
    for name, rejected in found.items():
        assert nominal(rejected), (name, np.mean(rejected))


@pytest.mark.parametrize("offence", ["total", "burglary"])
def test_a_single_tract_finds_nothing(crime, offence):
    """Each third tract in turn against its placebos, by synthetic difference-in-differences."""
    rejected = []
    for first in range(3):
        counts = crime[offence][first::3]
        for one in range(len(counts)):
            starts = np.where(np.arange(len(counts)) == one, 18, N_QUARTERS)
            rejected.append(placebo_test(panel(counts, starts)).ranked.p <= 0.05)
    assert nominal(rejected), np.mean(rejected)


@pytest.mark.parametrize("offence", OFFENCES)
@pytest.mark.parametrize("n_treated", [1, 2, 3])
def test_few_of_forty_tracts_find_nothing(crime, offence, n_treated):
    rng = np.random.default_rng(n_treated)
    starts = np.where(np.arange(40) < n_treated, 18, N_QUARTERS)
    rejected = []
    for _ in range(N_DRAWS):
        chosen = crime[offence][rng.permutation(179)[:40]]
        found = enumerated_did(panel(chosen, starts))
        assert found.enumerated
        rejected.append(found.p <= 0.05)
    assert nominal(rejected), np.mean(rejected)


def test_clustered_errors_find_what_is_not_there(crime):
    """The same draws: with one treated tract of forty they reject far too often."""
    rng = np.random.default_rng(1)
    starts = np.where(np.arange(40) < 1, 18, N_QUARTERS)
    rejected = [
        did_regression(panel(crime["total"][rng.permutation(179)[:40]], starts)).p <= 0.05
        for _ in range(N_DRAWS)
    ]
    assert np.mean(rejected) > 0.5
