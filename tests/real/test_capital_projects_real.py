"""Washington DC's capital projects, 2010-2015: are they drawn to tracts that had some?

The source holds no amounts and no year 2013. A project counts in the tract that its place lies in.
"""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.reach.measures.cumulative_advantage import cumulative_advantage
from evenground.questions.reach.measures.placement_panel import placement_panel

pytestmark = pytest.mark.real
YEARS = (2010, 2011, 2012, 2014, 2015)


@pytest.fixture(scope="module")
def city(real_data):
    import geopandas as gpd
    import pandas as pd

    folder = real_data("washington_dc")
    tracts = gpd.read_file(folder / "areas" / "tracts_2010.geojson").to_crs(26985)
    survey = pd.read_csv(folder / "areas" / "acs_tract_2011_2014.csv", dtype={"geoid": str})
    survey = survey[survey.acs_end_year == 2014].set_index("geoid").reindex(tracts.geoid)
    projects = gpd.read_file(folder / "investments" / "capital_projects_2010_2015.geojson")
    within = gpd.sjoin(projects.to_crs(26985), tracts[["geoid", "geometry"]], predicate="within")
    return tracts, survey, within


def panel_of(city, years):
    tracts, survey, within = city
    order = {code: row for row, code in enumerate(tracts.geoid)}
    new = np.zeros((len(years), len(tracts)))
    for code, year in zip(within.geoid, within.YEAR, strict=True):
        if year in years:
            new[years.index(year), order[code]] += 1
    lived_in = survey.total_pop.to_numpy() > 0
    need = np.nan_to_num(survey.poverty_pct.to_numpy())
    return placement_panel(new[:, lived_in], survey.total_pop.to_numpy()[lived_in],
                           need=need[lived_in])  # fmt: skip


def test_the_source_holds_what_its_readers_found(city):
    *_, within = city
    assert tuple(sorted(set(within.YEAR))) == YEARS
    assert len(within) == 348  # 352 less one far away and three on shared boundaries


def follows(new):
    """Return projects of a tract times those that it had before, summed."""
    earlier = np.cumsum(new, axis=0) - new
    return float((earlier * new).sum())


def test_projects_went_where_projects_had_gone_more_than_fixed_favour_explains(city):
    panel = panel_of(city, YEARS)
    assert panel.new.sum() == 348
    for seed in (1, 2):
        found = cumulative_advantage(panel, rng=np.random.default_rng(seed), n_draws=999)
        odds = found.persistence
        assert [round(one, 2) for one in (odds.odds_ratio, odds.low, odds.high)] == [
            1.38, 1.29, 1.47,
        ]  # fmt: skip
        assert odds.p_value == 0.001
        assert found.order.p_value <= 0.05
        assert found.verdict == "cumulative_advantage"


def test_the_same_slowly(city):
    """Deals by people alone, and deals of the years among the projects that tracts got."""
    panel = panel_of(city, YEARS)
    rng = np.random.default_rng(3)
    chance = panel.people / panel.people.sum()
    dealt = [
        follows(np.array([rng.multinomial(int(row.sum()), chance) for row in panel.new]))
        for _ in range(200)
    ]
    assert follows(panel.new) > max(dealt)

    year, tract = (np.repeat(at, panel.new[panel.new > 0].astype(int))
                   for at in np.nonzero(panel.new))  # fmt: skip

    def late(years):
        """Return how late projects came to tracts that got many in the end."""
        return float((panel.new.sum(axis=0)[tract] * years).sum())

    turned = [late(rng.permutation(year)) for _ in range(999)]
    assert np.mean(np.array([*turned, late(year)]) >= late(year)) <= 0.05
