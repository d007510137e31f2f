"""Pilots laid over Washington's recorded crime: the past says what the time after it shows."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from evenground.questions.promise.measures.pilot.null_intervals import (
    Reassignment,
    null_intervals,
)
from evenground.questions.promise.measures.pilot.pilot_design import DESIGNS, pilot_design
from evenground.questions.promise.measures.pilot.power import (
    Goal,
    minimum_detectable_effect,
    power_at,
)

pytestmark = pytest.mark.real
N_PAST = 60
"""Months from 2006 to 2010; 19 months follow."""


@pytest.fixture(scope="module")
def thefts(real_data):
    """Return thefts from cars by tract and month, of tracts that have every month."""
    path = real_data("washington_dc") / "outcomes" / "crime_tract_month_2006_2012.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    months = sorted({row["month"] for row in rows})
    tracts = sorted({row["geoid"] for row in rows})
    found = np.full((len(tracts), len(months)), np.nan)
    for row in rows:
        found[tracts.index(row["geoid"]), months.index(row["month"])] = float(row["theft_f_auto"])
    return found[~np.isnan(found).any(axis=1)]


@pytest.mark.parametrize("design", DESIGNS)
def test_the_past_says_what_the_time_after_it_shows(thefts, design):
    """Effects read off 2006-2010, and pilots pretended in 2011 and 2012."""
    rng = np.random.default_rng(4)
    pilot = pilot_design(design, n_areas=40, n_periods=9, n_baseline=9)
    asked = Reassignment(n_pilots=20, n_assignments=200)
    past = null_intervals(thefts[:, :N_PAST], pilot, rng=rng, reassignment=asked)
    later = null_intervals(thefts[:, N_PAST:], pilot, rng=rng, reassignment=asked)
    goal = Goal(power=0.8)
    least = minimum_detectable_effect(past, goal)
    assert 0 < least < thefts.mean()
    assert 0.6 <= power_at(later, [least], goal)[0] <= 0.95
