"""The published tables that come with Evenground, read when they are asked for.

They are part of the program as much as its modules are, the same for everybody, and are loaded by
what loads modules (``pkgutil.get_data``): no file of a city is opened here.
"""

from __future__ import annotations

import math
import pkgutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from evenground.errors import nearest_name
from evenground.language import N_
from evenground.methods.validation import wrong
from evenground.questions.promise.measures.reference_class.shrunk_distribution import (
    PublishedClass,
    published_class,
)
from evenground.questions.promise.measures.worth.discounting import DiscountSchedule

_PACKAGE = "evenground.questions.promise.published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Where a figure stands: source with its table, its year, and when and where it was seen."""

    source: str
    year: int
    seen: date
    seen_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Uplift:
    """What projects of a kind came to beyond the plan.

    Attributes
    ----------
    category
        Kind of project, such as ``standard_buildings``.
    measure
        ``capital_cost``, ``works_duration`` or ``operating_cost``.
    lower, upper
        Shares of the plan, 0 or more (0.24: 24 % more). Starting points, not quantiles.
    seen
        Source.
    """

    category: str
    measure: str
    lower: float
    upper: float
    seen: Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedSchedule:
    """A discount schedule as published.

    Attributes
    ----------
    key, country, about
        Short name, country, and what it is meant for.
    schedule
        The rates.
    until
        Year in which another took its place; ``None`` for one that was in force when seen.
    seen
        Source; ``year`` is the year since when.
    """

    key: str
    country: str
    about: str
    schedule: DiscountSchedule
    until: int | None
    seen: Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Elasticity:
    """Elasticity of the marginal utility of income, with what its source tests it against.

    ``low`` and ``high`` are ``None`` where the source names none; all are numbers of 0 or more.
    """

    key: str
    central: float
    low: float | None
    high: float | None
    seen: Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class HeavyTail:
    """A kind of project without a mean overrun; ``share`` (0-1) came to more than ``exceeds``."""

    category: str
    exceeds: float
    share: float
    seen: Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceClass:
    """How projects of a kind came out, as multiples of the plan.

    Attributes
    ----------
    key, about
        Short name, and what it is of.
    measure
        ``capital_cost``.
    distribution
        Multiples of the plan by the share of projects that did not exceed them.
    seen
        Source.
    """

    key: str
    about: str
    measure: str
    distribution: PublishedClass
    seen: Seen


def optimism_bias() -> tuple[Uplift, ...]:
    """Return the United Kingdom's optimism bias by kind of project (Mott MacDonald 2002)."""
    table = _table("optimism_bias")
    return tuple(
        Uplift(
            category=one["category"],
            measure=one["measure"],
            lower=one["lower"],
            upper=one["upper"],
            seen=_seen(table, one),
        )
        for one in table["uplifts"]
    )


def discount_schedules() -> tuple[PublishedSchedule, ...]:
    """Return every discount schedule that was found in a source, as the table lists them."""
    table = _table("discount_rates")
    return tuple(
        PublishedSchedule(
            key=one["key"],
            country=one["country"],
            about=one["about"],
            schedule=DiscountSchedule(
                first_years=tuple(one["first_years"]),
                rates=tuple(float(rate) for rate in one["rates"]),
                last_year=one.get("last_year", math.inf),
            ),
            until=one.get("until"),
            seen=_seen(table, one),
        )
        for one in table["schedules"]
    )


def discount_schedule(key: str) -> PublishedSchedule:
    """Return one schedule by its short name, such as ``uk``.

    Raises
    ------
    UsageError
        If there is none of that name; the message lists those that there are.
    """
    known = {one.key: one for one in discount_schedules()}
    if key not in known:
        raise wrong(
            "no_such_schedule",
            N_("there is no discount schedule {value}; there are {known}{nearest}"),
            value=key,
            known=", ".join(known),
            nearest=f" (did you mean {found}?)" if (found := nearest_name(key, known)) else "",
        )
    return known[key]


def elasticities() -> tuple[Elasticity, ...]:
    """Return published elasticities of the marginal utility of income, the default one first."""
    table = _table("distributional_weights")
    return tuple(
        Elasticity(
            key=one["key"],
            central=one["central"],
            low=one.get("low"),
            high=one.get("high"),
            seen=_seen(table, one),
        )
        for one in table["elasticities"]
    )


def heavy_tails() -> tuple[HeavyTail, ...]:
    """Return the kinds of projects whose overruns have no mean: they are told as quantiles only."""
    table = _table("heavy_tails")
    return tuple(
        HeavyTail(
            category=one["category"],
            exceeds=one["exceeds"],
            share=one["share"],
            seen=_seen(table, one),
        )
        for one in table["classes"]
    )


def reference_classes() -> tuple[ReferenceClass, ...]:
    """Return the classes of past projects that an own past may be shrunk to."""
    table = _table("reference_classes")
    return tuple(
        ReferenceClass(
            key=one["key"],
            about=one["about"],
            measure=one["measure"],
            distribution=published_class(one["levels"], one["values"]),
            seen=_seen(table, one),
        )
        for one in table["classes"]
    )


def _table(name: str) -> dict[str, Any]:
    content = pkgutil.get_data(_PACKAGE, f"{name}.toml")
    return tomllib.loads((content or b"").decode("utf-8"))


def _seen(table: Mapping[str, Any], one: Mapping[str, Any]) -> Seen:
    found = {**table, **one}
    return Seen(
        source=found["source"],
        year=found.get("year", found.get("since", 0)),
        seen=found["seen"],
        seen_at=found["seen_at"],
    )
