"""Washington DC's digital-inclusion sites carry no dates: what came of them cannot be told."""

from __future__ import annotations

from datetime import date

import pytest

import evenground
from evenground.workspace.appraising import Terms
from evenground.workspace.sealing import SealTerms

pytestmark = pytest.mark.real
CITY = """\
format = 1
name = "Washington, DC"
language = "en"
currency = "USD"
crs = "EPSG:26985"
time_zone = "America/New_York"
level = "tract"

[levels.tract]
name = "census tract"
plural = "census tracts"

[tables.areas]
file = "{tracts}"
columns = {{area_id = "geoid"}}
values = {{level = "tract"}}
"""
INITIATIVE = """\
format = 1
title = "Public computer centres"
stage = "running"
domain = "connectivity"
unit = "centre"
unit_plural = "centres"
"""


@pytest.fixture
def folder(real_data, tmp_path):
    """Write the sites as a roll-out, tract by tract, and broadband at home as the outcome."""
    import geopandas as gpd
    import pandas as pd

    source = real_data("washington_dc")
    tracts = gpd.read_file(source / "areas" / "tracts_2010.geojson")[["geoid", "geometry"]]
    sites = gpd.read_file(source / "technology" / "digital_inclusion_sites_2016.geojson")
    with_sites = sites.to_crs(tracts.crs).sjoin(tracts, predicate="within").geoid.unique()
    panel = pd.read_csv(
        source / "technology" / "broadband_adoption_tract_panel.csv", dtype={"geoid": str}
    )
    (tmp_path / "city.toml").write_text(
        CITY.format(tracts=source / "areas" / "tracts_2010.geojson"), encoding="utf-8"
    )
    home = tmp_path / "centres"
    home.mkdir()
    (home / "initiative.toml").write_text(INITIATIVE, encoding="utf-8")
    pd.DataFrame({"unit_id": with_sites, "arm": "site"}).to_csv(home / "rollout.csv", index=False)
    pd.DataFrame(
        {
            "indicator": "broadband",
            "unit_id": panel.geoid,
            "period": panel.period,
            "value": panel.wireline_adoption_pct,
        }
    ).to_csv(home / "outcomes.csv", index=False)
    pd.DataFrame(
        [
            {
                "promise_id": "C1", "kind": "outcome", "words": "More homes have broadband",
                "indicator": "broadband", "unit": "%", "direction": "more", "change": 5,
                "minimum_effect": 1,
            }
        ]
    ).to_csv(home / "promises.csv", index=False)  # fmt: skip
    return tmp_path


def test_without_dates_it_cannot_be_told_and_somebody_is_asked(folder):
    terms = Terms(today=date(2016, 9, 1), sealing=SealTerms(unsealed=True))
    dossier = evenground.appraise(folder / "centres", folder, terms=terms)
    (came,) = (one for one in dossier.findings() if one.code.startswith("came."))
    assert came.code == "came.untold"
    assert came.verdict.code == "cannot_tell"
    assert came.parameters["why"].code == "outcomes.no_dates"
    assert came.asks
