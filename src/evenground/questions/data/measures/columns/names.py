"""What the name of a column hints at: words inside it, in the habits of sensors and registers."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BETWEEN = re.compile(r"[^0-9a-zA-ZÀ-ÿ%]+")


class Hint(StrEnum):
    """What a name may say that its column is."""

    TIME = "time"
    HAPPENED = "happened"
    LATER = "later"
    SINCE = "since"
    ARRIVED = "arrived"
    PERIOD = "period"
    EDITION = "edition"
    HOUR = "hour"
    CALENDAR = "calendar"
    SENSOR = "sensor"
    AREA = "area"
    ID = "id"
    LONGITUDE = "longitude"
    LATITUDE = "latitude"
    X = "x"
    Y = "y"
    CASE = "case"
    COUNT = "count"
    SHARE = "share"
    TOTAL = "total"
    POPULATION = "population"
    MARGIN = "margin"
    CODE = "code"
    PERSON = "person"
    QUASI = "quasi"
    GROUP = "group"
    PREDICTION = "prediction"
    OUTCOME = "outcome"
    MONEY = "money"


_WORDS: dict[Hint, str] = {
    Hint.TIME: "time timestamp datetime date day dat dt tid datum tidpunkt zeit moment when period",
    Hint.HAPPENED: "report reported order ordered request requested occurred incident observed "
    "measured start started sampled event call received crash pickup",
    Hint.LATER: "due resolved resolution closed close end ended update updated modified edited "
    "removal removed inspection expiry expires expiration until target completed completion",
    Hint.SINCE: "install installed installation activation activated created opened built permit "
    "approved commissioned added proposed condition founded",
    Hint.ARRIVED: "arrived arrival ingested ingest inserted loaded stored",
    Hint.PERIOD: "year yr fy fiscal month mnth mon quarter qtr period end_year semester week "
    "season år månad jahr",
    Hint.EDITION: "snapshot edition version release vintage",
    Hint.HOUR: "hr hour hours timme stunde",
    Hint.CALENDAR: "season yr year mnth month hr hour day weekday dow workingday holiday week "
    "weekofyear quarter weathersit dayofweek minute fiscal fy",
    Hint.SENSOR: "sensor station camera counter device detector meter logger node probe gauge "
    "intersection px tcs loop unit site turbine terminal charger bin monitor",
    Hint.AREA: "geoid tract block_group lsoa msoa oa ward zip zipcode postcode district "
    "neighborhood neighbourhood area region county municipality borough precinct psa anc cluster "
    "kommun deso regso stadsdel tätort gisjoin geo lsoa11cd quartier state country",
    Hint.ID: "id ids ccn key guid uuid objectid fid identifier nr no num number instant ref rowid "
    "index",
    Hint.LONGITUDE: "lon lng long longitude",
    Hint.LATITUDE: "lat latitude",
    Hint.X: "x xcoord xblock easting east",
    Hint.Y: "y ycoord yblock northing north",
    Hint.CASE: "request requests incident complaint case offense offence crime crash status "
    "resolution ticket violation inspection report usertype priority method",
    Hint.COUNT: "n count counts cnt number total sum households units residents vehicles trips "
    "infractions population pop workers occupied bikes",
    Hint.SHARE: "pct percent percentage per share rate ratio proportion adoption % andel procent",
    Hint.TOTAL: "total totals sum all cnt overall summa totalt",
    Hint.POPULATION: "population pop residents inhabitants households persons people occupied "
    "units denominator base folkmängd",
    Hint.MARGIN: "moe margin se error cv",
    Hint.CODE: "code cd fips geoid zip zipcode postcode tract id psa ward number no gisjoin",
    Hint.PERSON: "user rider voter person participant author patient customer card citizen client "
    "resident respondent driver",
    Hint.QUASI: "age birth dob birthdate gender sex race ethnicity occupation nationality "
    "zip zipcode postcode education marital",
    Hint.GROUP: "race ethnicity gender sex group",
    Hint.PREDICTION: "predicted prediction pred score risk forecast estimated probability prob",
    Hint.OUTCOME: "outcome actual label observed truth recidivated target",
    Hint.MONEY: "usd eur sek amount cost price budget income fee grant value",
}
_KNOWN = {hint: frozenset(words.split()) for hint, words in _WORDS.items()}
_RUN_TOGETHER = {
    Hint.TIME: ("date", "time"),
    Hint.SINCE: ("install", "created", "activation"),
    Hint.HAPPENED: ("order", "report", "request"),
    Hint.LATER: ("due", "resol", "update", "expir", "remov", "inspect"),
}
"""Parts that are found in names written without a gap, such as ``serviceorderdate``."""
_NO_IDENTIFIERS = ("humid", "covid", "fluid", "solid", "grid", "void", "paid", "valid", "acid")


@lru_cache(maxsize=8192)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a column's name in small letters: ``PermitIssueDate``, ``YE_Target``."""
    spaced = _CAMEL.sub(" ", name)
    return tuple(word.casefold() for word in _BETWEEN.split(spaced) if word)


def hints(name: str, *wanted: Hint) -> bool:
    """Whether a name holds a word for any of these."""
    words = words_of(name)
    pairs = {f"{one}_{two}" for one, two in pairwise(words)}
    found = {_unnumbered(word) for word in words} | set(words) | pairs
    if any(found & _KNOWN[hint] for hint in wanted):
        return True
    if Hint.ID in wanted and any(_ends_as_identifier(word) for word in words):
        return True
    return any(
        any(part in word for word in words for part in _RUN_TOGETHER.get(hint, ()))
        for hint in wanted
    )


def _unnumbered(word: str) -> str:
    """Return a word without the number after it; NO2 is a gas, not a second number."""
    plain = word.rstrip("0123456789")
    return word if plain in ("", "no") else plain


def _ends_as_identifier(word: str) -> bool:
    return len(word) > 2 and word.endswith("id") and not word.endswith(_NO_IDENTIFIERS)  # noqa: PLR2004


def position_of(name: str, hint: Hint) -> int:
    """Return where among the known words for a hint a name's first one stands (many: unknown)."""
    known = _WORDS[hint].split()
    words = words_of(name)
    pairs = tuple(f"{one}_{two}" for one, two in pairwise(words))
    return min(
        (known.index(word) for word in (*pairs, *words) if word in known), default=len(known)
    )
