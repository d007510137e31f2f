"""How people in a city usually write numbers and dates, where a file leaves it open."""

from __future__ import annotations

from evenground.city import City
from evenground.stores.cells.dates import DAY_FIRST, MONTH_FIRST
from evenground.stores.draft import Locale

_POINT_LANGUAGES = frozenset({"en", "ga", "cy", "zh", "ja", "ko", "th", "he", "hi", "mt"})
_MONTH_FIRST_ZONES = ("America/", "US/", "Pacific/Honolulu", "Pacific/Guam")
_MONTH_FIRST_CURRENCIES = frozenset({"USD"})


def locale_of(city: City) -> Locale:
    """Return the habits of a city by its language, currency and time zone."""
    spoken = city.language.replace("_", "-").split("-")[0].casefold()
    american = city.currency in _MONTH_FIRST_CURRENCIES and spoken == "en"
    in_america = city.time_zone.startswith(_MONTH_FIRST_ZONES) or not city.time_zone
    return Locale(
        decimal="." if spoken in _POINT_LANGUAGES or not spoken else ",",
        date_order=MONTH_FIRST if american and in_america else DAY_FIRST,
        time_zone=city.time_zone,
        crs=city.crs,
    )
