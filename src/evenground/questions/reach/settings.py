"""What a city may set about Reach; each default is visible in the dossier when it is changed."""

from __future__ import annotations

from evenground.language import N_
from evenground.schema import Setting

SETTINGS: tuple[Setting, ...] = (
    Setting(key="least_people", default=100, low=1, unit="people", meaning=N_("Areas with fewer people get no rate and no location quotient: one unit more or less would turn it")),
    Setting(key="telling_ratio", default=2.0, low=1.05, high=20, unit="ratio", meaning=N_("“Cannot tell” when the interval of the ratio holds both this and its inverse")),
    Setting(key="false_discovery_rate", default=0.05, low=0.001, high=0.5, unit="share 0-1", meaning=N_("Share of false alarms among flagged areas"), source="Benjamini & Hochberg 1995"),
    Setting(key="chance_draws", default=9_999, low=99, high=1_000_000, unit="draws", meaning=N_("Random placements drawn to see what chance could look like")),
    Setting(key="distance_alike", default=0.05, low=0, high=1, unit="share 0-1", meaning=N_("Mean distances that differ by no more than this share are called alike")),
    Setting(key="farthest_metres", default=2_000, low=50, high=100_000, unit="m", meaning=N_("The distance curve ends here")),
    Setting(key="sedt_compatible", default=False, meaning=N_("Add the comparison that the Urban Institute's Spatial Equity Data Tool makes")),
    Setting(key="catchment_metres", default=1_000, low=50, high=100_000, unit="m", meaning=N_("People within this distance share a unit; beyond it nobody uses it"), source="Luo & Qi 2009"),
    Setting(key="near_metres", default=500, low=10, high=100_000, unit="m", meaning=N_("A unit within this distance counts as near")),
    Setting(key="shortfall_line", default=0.5, low=0.01, high=1, unit="share 0-1", meaning=N_("Residents with less than this part of the average access are counted as falling short"), source="Foster, Greer & Thorbecke 1984"),
    Setting(key="inequality_aversion", default=0.5, low=0.01, high=5, unit="number", meaning=N_("How much the Atkinson and the Kolm–Pollak index weigh those with least"), source="Atkinson 1970"),
    Setting(key="bootstrap_draws", default=1_000, low=99, high=100_000, unit="draws", meaning=N_("Resamples of areas for intervals of inequality")),
    Setting(key="zonings", default=200, low=20, high=10_000, unit="maps", meaning=N_("Maps of merged areas on which a comparison is made again"), source="Openshaw 1984"),
    Setting(key="areas_per_zone", default=2.0, low=1.5, high=20, unit="areas", meaning=N_("How many areas are merged into one, on average, for that check")),
    Setting(key="same_place_metres", default=15, low=0, high=1_000, unit="m", meaning=N_("A place this near to one on an earlier list is the same place, listed again")),
    Setting(key="lag_years", default=3, low=1, high=20, unit="years", meaning=N_("How many years before and after public money private money is looked for")),
    Setting(key="most_additions", default=20_000, low=100, unit="places", meaning=N_("With more additions than this it is not tested whether they follow earlier ones: it would take too long")),
    Setting(key="order_draws", default=999, low=99, high=100_000, unit="draws", meaning=N_("Random roll-outs drawn to see whether units follow units")),
    Setting(key="new_sites", default=50, low=1, high=10_000, unit="places", meaning=N_("How many new places are put where they would do most, to compare")),
    Setting(key="siting_work", default=300, low=10, high=10_000_000, unit="steps", meaning=N_("After so many steps the search for better places stops, with what it has and how far from the best that can be")),
    Setting(key="most_siting_cells", default=3_000_000, low=1_000, high=1_000_000_000, unit="pairs", meaning=N_("With more pairs of where people live and possible places than this, better places are not sought in the dossier")),
)  # fmt: skip
