"""What a city may set about Reach; each default is visible in the dossier when it is changed."""

from __future__ import annotations

from evenground.language import N_
from evenground.schema import Setting

SETTINGS: tuple[Setting, ...] = (
    Setting(key="rate_per", default=10_000, low=1, unit="people", meaning=N_("Rates are given per this many people")),
    Setting(key="least_people", default=100, low=1, unit="people", meaning=N_("Areas with fewer people get no rate and no location quotient: one unit more or less would turn it")),
    Setting(key="telling_ratio", default=2.0, low=1.05, high=20, unit="ratio", meaning=N_("“Cannot tell” when the interval of the ratio holds both this and its inverse")),
    Setting(key="false_discovery_rate", default=0.05, low=0.001, high=0.5, unit="share 0-1", meaning=N_("Share of false alarms among flagged areas"), source="Benjamini & Hochberg 1995"),
    Setting(key="chance_draws", default=9_999, low=99, high=1_000_000, unit="draws", meaning=N_("Random placements drawn to see what chance could look like")),
    Setting(key="tolerance_metres", default=0.15, low=0, high=100, unit="m", meaning=N_("A unit this near to a boundary stands on it: six-decimal degrees are off by up to 0.07 m each")),
    Setting(key="distance_alike", default=0.05, low=0, high=1, unit="share 0-1", meaning=N_("Mean distances that differ by no more than this share are called alike")),
    Setting(key="farthest_metres", default=2_000, low=50, high=100_000, unit="m", meaning=N_("The distance curve ends here")),
    Setting(key="sedt_compatible", default=False, meaning=N_("Add the comparison that the Urban Institute's Spatial Equity Data Tool makes")),
)  # fmt: skip
