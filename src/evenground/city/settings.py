"""Settings that belong to the city as a whole; questions bring their own."""

from __future__ import annotations

from evenground.language import N_
from evenground.schema import Setting

CITY_SETTINGS: tuple[Setting, ...] = (
    Setting(
        key="disclosure_threshold",
        default=5,
        low=0,
        high=100,
        unit="people",
        meaning=N_("Counts of people from 1 to below this are left out of the public edition"),
        source="Hundepool et al. 2012, Statistical Disclosure Control, ch. 4",
    ),
    Setting(
        key="confidence",
        default=0.95,
        low=0.5,
        high=0.999,
        unit="share 0-1",
        meaning=N_("Confidence of the intervals in the dossier"),
    ),
    Setting(
        key="tolerance_metres",
        default=0.15,
        low=0,
        high=100,
        unit="m",
        meaning=N_(
            "A unit this near to a boundary stands on it: six-decimal degrees are off by up to "
            "0.07 m each"
        ),
    ),
    Setting(
        key="rate_per",
        default=10_000,
        low=1,
        unit="people",
        meaning=N_("Rates are given per this many people"),
    ),
    Setting(
        key="street_snap_metres",
        default=1.0,
        low=0,
        high=100,
        unit="m",
        meaning=N_("Ends of streets this near to each other meet"),
        source="Boeing 2017, Computers, Environment and Urban Systems 65, 126–139",
    ),
)
