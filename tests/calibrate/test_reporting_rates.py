"""How often limits of reporting rates hold the truth, on simulated incidents and reports."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.methods.reporting import incidents_from_reports
from evenground.methods.reporting_rates import reporting_rates
from evenground.methods.reporting_regression import reporting_regression

pytestmark = pytest.mark.calibrate
N_CITIES = 300
RATES = np.array([0.05, 0.1, 0.3])
HORIZON = 30.0
ALLOWED = 0.05 + 3 * (0.05 * 0.95 / N_CITIES) ** 0.5


def city(seed, n_incidents, *, rates=RATES, unlike=0.0):
    """Return incidents that were reported, with their groups; ``unlike`` is a squared variation."""
    rng = np.random.default_rng(seed)
    group = rng.integers(0, rates.size, n_incidents)
    own = rates[group] * (rng.gamma(1 / unlike, unlike, n_incidents) if unlike else 1.0)
    begun, lasts = rng.random(n_incidents) * 365, rng.exponential(20, n_incidents)
    n_reports = rng.poisson(own * lasts)
    incident = np.repeat(np.arange(n_incidents), n_reports)
    at = begun[incident] + rng.random(incident.size) * lasts[incident]
    found = incidents_from_reports(
        incident, at, ended_at=(begun + lasts)[incident], until=1_000, horizon_days=HORIZON
    )
    return found, group[incident[found.first_row]]


def of_reported(unlike):
    """Return the rates of incidents that are reported at all, from very many of them."""
    found, group = city(999, 600_000, unlike=unlike)
    more = np.bincount(group, found.n_more, minlength=RATES.size)
    return more / np.bincount(group, found.days, minlength=RATES.size)


@pytest.mark.parametrize("unlike", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("n_incidents", [200, 2_000])
def test_limits_of_rates_and_ratios(n_incidents, unlike, tables):
    truth = RATES if unlike == 0 else of_reported(unlike)
    missed, too_few, ratio = np.zeros(3), np.zeros(3), 0
    for seed in range(N_CITIES):
        incidents, group = city(seed, n_incidents, unlike=unlike)
        found = reporting_rates(incidents, group, n_groups=3)
        missed += (truth < found.by_group.low) | (truth > found.by_group.high)
        first = reporting_rates(incidents, np.where(group < 2, group, -1), n_groups=2)
        days, more = first.by_group.days, first.by_group.n_more
        others = np.array([days.sum() - days[0], incidents.days.sum() - days.sum()])
        expected = truth[0] * others.sum() / (truth[1] * days[1] + truth[2] * others[1])
        ratio += not first.ratio_low[0] <= expected <= first.ratio_high[0]
        too_few += more.sum() < 10
    for g in range(3):
        tables.add(
            "Reporting rates: how often the truth is missed",
            incidents=n_incidents, unlike=unlike, rate=float(truth[g]),
            missed=float(missed[g] / N_CITIES), ratio_missed=ratio / N_CITIES,
        )  # fmt: skip
    # Where incidents differ and are few, what they differ by is not well known either.
    slack = 0.03 if unlike and n_incidents < 1_000 else 0.0
    assert (missed / N_CITIES <= ALLOWED + slack).all()
    assert ratio / N_CITIES <= ALLOWED + slack


@pytest.mark.parametrize("unlike", [0.0, 1.0])
def test_equal_rates_are_seldom_said_to_differ(unlike, tables):
    said = 0
    for seed in range(N_CITIES):
        incidents, group = city(seed, 600, rates=np.full(3, 0.1), unlike=unlike)
        said += reporting_rates(incidents, group, n_groups=3).p_value[0] <= 0.05
    tables.add("Reporting rates: equal ones said to differ", unlike=unlike, said=said / N_CITIES)
    assert said / N_CITIES <= ALLOWED


@pytest.mark.parametrize("unlike", [0.0, 1.0])
def test_limits_of_the_regression(unlike, tables):
    truth = RATES if unlike == 0 else of_reported(unlike)
    missed = 0
    for seed in range(150):
        incidents, group = city(seed, 1_000, unlike=unlike)
        traits = np.column_stack([np.ones(group.size), group == 1, group == 2])
        found = reporting_regression(incidents, traits)
        missed += not found.low[2] <= truth[2] / truth[0] <= found.high[2]
    tables.add("Reporting rates: ratio by regression missed", unlike=unlike, missed=missed / 150)
    assert missed / 150 <= 0.05 + 3 * (0.05 * 0.95 / 150) ** 0.5
