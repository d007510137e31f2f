"""Ranges of measures as estimates of findings, and which published table they go by."""

from __future__ import annotations

import math

from evenground.evidence import Estimate, Message
from evenground.questions.promise.context import Context
from evenground.questions.promise.measures.worth.ranged import Ranged
from evenground.questions.promise.published import PublishedSchedule, discount_schedule


def estimated(
    name: str, found: Ranged, *, unit: str, level: float, about: str = ""
) -> tuple[Estimate, ...]:
    """Return an estimate with its interval; none where it has not both of its ends."""
    if not all(math.isfinite(one) for one in (found.value, found.low, found.high)):
        return ()
    interval = (found.low, found.high, level)
    return (Estimate.estimated(name, found.value, interval=interval, unit=unit, about=about),)


def given(name: str, found: Ranged, *, unit: str, about: str = "") -> Estimate:
    """Return an amount with the ends that are given for it; exact where there are none."""
    if found.low == found.value == found.high:
        return Estimate.exact(name, found.value, unit=unit, about=about)
    return Estimate.bound(
        name, found.value, bounds=(found.low, found.high), unit=unit, about=about
    )  # fmt: skip


def cell(name: str, found: Ranged, *, unit: str, level: float) -> Estimate | Message:
    """Return the estimate for a cell of a table; in words where it has not both of its ends."""
    if math.isnan(found.value):
        return Message(code="not_known")
    for one in estimated(name, found, unit=unit, level=level):
        return one
    # Quantiles from the middle up have a lower end before they have an upper one.
    code = "value_from" if math.isfinite(found.low) else "value_alone"
    return Message(code=code, parameters={"value": found.value, "low": found.low})


def currency(context: Context) -> str:
    """Return the unit of money."""
    return context.case.city.currency or "money"


def schedule_of(context: Context) -> PublishedSchedule:
    """Return the discount schedule that the city chose."""
    return discount_schedule(str(context.case.settings["discount_schedule"]))


def discounted(schedule: PublishedSchedule) -> Message:
    """Say by which rates later years count less."""
    rates = schedule.schedule.rates
    code = "caveat.discounted" if len(rates) == 1 else "caveat.discounted.falling"
    known = {
        "country": schedule.country, "year": str(schedule.seen.year),
        "first": rates[0], "last": rates[-1],
    }  # fmt: skip
    return Message(code=code, parameters=known)
