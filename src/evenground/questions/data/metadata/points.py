"""Points of the metadata quality assessment of data.europa.eu, as a range.

What cannot be looked up without asking the addresses, or a list that is not at hand, is neither
given nor denied: the range holds both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from evenground.questions.data.metadata import vocabularies as known
from evenground.questions.data.metadata.record import Distribution, Record

Share = tuple[float, float]
"""Part of an item's points that is given for certain, and that may be given (0-1)."""
YES: Share = (1.0, 1.0)
NO: Share = (0.0, 0.0)
OPEN: Share = (0.0, 1.0)
ANSWERED = range(200, 400)
"""Status codes of HTTP that count as an answer."""
MOST = 405.0
"""Points that a record can have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Points given for certain, points that may be given, and the most that there are."""

    low: float
    high: float
    most: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataPoints:
    """Points of one record.

    Attributes
    ----------
    dimensions
        ``findability`` (100), ``accessibility`` (100), ``interoperability`` (110),
        ``reusability`` (75), ``contextuality`` (20); each range holds the points that any
        distribution that may count would bring.
    total
        All of them together (405).
    items
        Points by item, ``dimension.item``, of the distribution with most points for certain.
    """

    dimensions: Mapping[str, Points]
    total: Points
    items: Mapping[str, Points] = field(default_factory=dict[str, Points])

    def missing(self) -> tuple[str, ...]:
        """Return the items without all points for certain, those with most to gain first."""
        short = [name for name, item in self.items.items() if item.low < item.most]
        return tuple(sorted(short, key=lambda n: self.items[n].low - self.items[n].most))


def quality_points(record: Record) -> MetadataPoints:
    """Return the points of a record by dimension.

    A dataset's own items count once; of its distributions only the one with most points counts, as
    all are taken to hold the same content.

    Source: data.europa.eu, Metadata quality assessment methodology (405 points); choice of one
    distribution as in its implementation (piveau-metrics-score).
    """
    own = {name: _points(most, rate(record)) for name, (most, rate) in _OF_DATASET.items()}
    each = [
        {name: _points(most, rate(record, one)) for name, (most, rate) in _OF_DISTRIBUTION.items()}
        for one in record.distributions
    ] or [{name: _points(most, NO) for name, (most, _) in _OF_DISTRIBUTION.items()}]
    surest = max(each, key=lambda one: (_sum(one).low, _sum(one).high))
    least = _sum(surest).low
    admissible = [one for one in each if _sum(one).high >= least]
    certain = _sum({**own, **surest})
    return MetadataPoints(
        dimensions={name: _over(name, own, admissible) for name in _dimensions()},
        total=Points(
            low=certain.low,
            high=max(_sum({**own, **one}).high for one in admissible),
            most=certain.most,
        ),
        items={name: {**own, **surest}[name] for name in ITEMS},
    )


def _points(most: float, share: Share) -> Points:
    return Points(low=most * share[0], high=most * share[1], most=most)


def _sum(items: Mapping[str, Points]) -> Points:
    values = items.values()
    return Points(
        low=sum(item.low for item in values),
        high=sum(item.high for item in values),
        most=sum(item.most for item in values),
    )


def _over(name: str, own: Mapping[str, Points], each: list[dict[str, Points]]) -> Points:
    totals = [
        _sum({key: item for key, item in {**own, **one}.items() if key.startswith(f"{name}.")})
        for one in each
    ]
    return Points(
        low=min(one.low for one in totals),
        high=max(one.high for one in totals),
        most=totals[0].most,
    )


def _dimensions() -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.partition(".")[0] for name in ITEMS))


def _there(*texts: str) -> Share:
    return YES if any(text.strip() for text in texts) else NO


def _answers(url: str, status: int | None) -> Share:
    if not url:
        return NO
    return OPEN if status is None else YES if status in ANSWERED else NO


def _vocabulary(one: Distribution) -> Share:
    """Say whether format or media type is an entry of its authority table."""
    if known.FILE_TYPE in one.format or known.MEDIA_TYPE in one.media_type:
        return YES
    if not one.format and not one.media_type:
        return NO
    return OPEN  # a plain "CSV" is counted by some versions and not by others


def _among(one: Distribution, codes: frozenset[str]) -> Share:
    if not one.format and not one.media_type:
        return NO
    code = known.format_code(one.format, one.media_type)
    return OPEN if not code else YES if code in codes else NO


def _profile(record: Record, one: Distribution) -> Share:
    """Say whether what DCAT-AP requires is there; the whole profile needs its own validator."""
    required = record.title and record.description and one.access_url
    return OPEN if required else NO


def _licence(record: Record, one: Distribution) -> Share:
    given = one.licence or record.licence
    if not given:
        return NO
    if known.LICENCE in given:
        return YES
    return OPEN if known.OPEN_LICENCE.search(given) else NO


def _right(record: Record) -> Share:
    head, found, code = record.access_rights.partition(known.ACCESS_RIGHT)
    del head
    return YES if found and code.strip("/") in known.ACCESS_RIGHTS else NO


_OF_DATASET: dict[str, tuple[float, Callable[[Record], Share]]] = {
    "findability.keywords": (30, lambda r: _there(*r.keywords)),
    "findability.categories": (30, lambda r: _there(*r.themes)),
    "findability.geo_search": (20, lambda r: _there(r.spatial)),
    "findability.time_search": (20, lambda r: _there(r.temporal)),
    "reusability.access_rights": (10, lambda r: _there(r.access_rights)),
    "reusability.access_rights_vocabulary": (5, _right),
    "reusability.contact_point": (20, lambda r: _there(r.contact)),
    "reusability.publisher": (10, lambda r: _there(r.publisher)),
}
_OF_DISTRIBUTION: dict[str, tuple[float, Callable[[Record, Distribution], Share]]] = {
    "accessibility.access_url_answers": (50, lambda _, d: _answers(d.access_url, d.access_status)),
    "accessibility.download_url": (20, lambda _, d: _there(d.download_url)),
    "accessibility.download_url_answers": (
        30,
        lambda _, d: _answers(d.download_url, d.download_status),
    ),
    "interoperability.format": (20, lambda _, d: _there(d.format)),
    "interoperability.media_type": (10, lambda _, d: _there(d.media_type)),
    "interoperability.vocabulary": (10, lambda _, d: _vocabulary(d)),
    "interoperability.non_proprietary": (20, lambda _, d: _among(d, known.NON_PROPRIETARY)),
    "interoperability.machine_readable": (20, lambda _, d: _among(d, known.MACHINE_READABLE)),
    "interoperability.dcat_ap": (30, _profile),
    "reusability.licence": (20, lambda r, d: _there(d.licence, r.licence)),
    "reusability.licence_vocabulary": (10, _licence),
    "contextuality.rights": (5, lambda r, d: _there(d.rights, r.rights)),
    "contextuality.byte_size": (5, lambda _, d: _there(d.byte_size)),
    "contextuality.issued": (5, lambda r, d: _there(d.issued, r.issued)),
    "contextuality.modified": (5, lambda r, d: _there(d.modified, r.modified)),
}
_ORDER = ("findability", "accessibility", "interoperability", "reusability", "contextuality")
ITEMS: tuple[str, ...] = tuple(
    name for dimension in _ORDER for name in (*_OF_DATASET, *_OF_DISTRIBUTION)
    if name.startswith(f"{dimension}.")
)  # fmt: skip
"""Names of the items, by dimension."""
