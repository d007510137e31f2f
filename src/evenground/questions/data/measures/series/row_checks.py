"""Checks on rows and instants: repeated, missing, out of order, late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from evenground.evidence import Message
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.network.gap_clusters import (
    Clustering,
    gap_clusters,
)
from evenground.questions.data.measures.series.across import (
    SECOND,
    Folded,
    ends,
    hours,
    said_time,
)
from evenground.questions.data.measures.series.rules import SeriesRules

if TYPE_CHECKING:
    import numpy as np


def duplicates(found: Folded) -> Check:
    """Return the rows whose sensor and time an earlier row has already."""
    exact, conflicting = found.total("n_exact"), found.total("n_conflicting")
    rows = found.total("n_rows")
    check = Check.counted(
        "duplicates", exact + conflicting, unit="rows", definition=_definition("duplicates")
    )
    return check.showing(
        exact=exact,
        conflicting=conflicting,
        share=(exact + conflicting) / rows if rows else None,
        sensors=sum(row["n_exact"] + row["n_conflicting"] > 0 for row in found.rows),
    )


def gaps(found: Folded, areas: Mapping[str, str], rng: np.random.Generator | None = None) -> Check:
    """Return the readings that are missing between the first and the last of each sensor."""
    known = [row for row in found.rows if row["n_missing"] is not None]
    if not known:
        return Check.not_established(
            "gaps", unit="readings", definition=_definition("gaps.any"),
            reason=Message(code="reason.no_cadence"),
        )  # fmt: skip
    every = Counter(row["cadence"] for row in known).most_common()
    definition = (
        _definition("gaps", cadence=said_time(every[0][0]))
        if len(every) == 1
        else _definition("gaps.several", n=len(every), cadence=said_time(every[0][0]))
    )
    missing, expected = found.total("n_missing"), found.total("n_expected")
    late, early = ends(found)
    longest = [row["longest_gap"] - row["cadence"] for row in known if row["n_gaps"]]
    check = Check.counted("gaps", missing, unit="readings", definition=definition)
    clusters = {one.by: one for one in gap_clusters(found.table, areas, rng=rng)}
    return replace(check, **_said(clusters.values())).showing(
        gaps=found.total("n_gaps"),
        hours_lost=sum(hours(row["n_missing"] * row["cadence"]) for row in known),
        longest_hours=hours(max(longest, default=0)),
        expected=expected,
        share=missing / expected if expected else None,
        sensors=sum(row["n_missing"] > 0 for row in known),
        sensors_not_established=len(found.rows) - len(known),
        cadence_seconds=every[0][0] / SECOND,
        starts_late_hours=hours(late.sum()),
        ends_early_hours=hours(early.sum()),
        share_from_a_tenth_of_sensors=from_few([row["n_missing"] for row in known]),
        by_hour=list(clusters["hour"].counts),
        by_weekday=list(clusters["weekday"].counts),
        **{f"clusters_by_{by}": one.clusters for by, one in clusters.items()},
        clustering={by: one.shown() for by, one in clusters.items()},
        **_by_area(known, areas),
    )


def _said(clusters: Iterable[Clustering]) -> dict[str, tuple[Message, ...]]:
    """Return the notes on where and when gaps cluster, and why that cannot be told."""
    if not any(one.n for one in clusters):
        return {}
    notes = [one.said() for one in clusters]
    return {
        "notes": tuple(note for note in notes if note is not None),
        "untold": tuple(one.reason for one in clusters if one.reason is not None),
    }


def from_few(missing: list[int]) -> float | None:
    """Return what share of the missing readings comes from the tenth of the sensors with most.

    ``None`` with fewer than ten sensors, or nothing missing.
    """
    total, tenth = sum(missing), len(missing) // 10
    if not tenth or not total:
        return None
    return sum(sorted(missing, reverse=True)[:tenth]) / total


def _by_area(known: list[Mapping[str, Any]], areas: Mapping[str, str]) -> dict[str, Any]:
    """Return what is missing and due by area, where it is known where sensors are."""
    by_area: dict[str, dict[str, int]] = {}
    for row in known:
        if row["sensor"] in areas:
            one = by_area.setdefault(areas[row["sensor"]], {"missing": 0, "expected": 0})
            one["missing"] += row["n_missing"]
            one["expected"] += row["n_expected"]
    return {"by_area": dict(sorted(by_area.items()))} if by_area else {}


def order_inversions(found: Folded) -> Check:
    """Return the rows that are earlier than the row before them of the same sensor."""
    definition = _definition("order_inversions")
    known = found.known("n_inversions")
    if not known:
        return Check.not_established(
            "order_inversions", unit="rows", definition=definition,
            reason=Message(code="reason.no_row_order"),
        )  # fmt: skip
    check = Check.counted("order_inversions", sum(known), unit="rows", definition=definition)
    return check.showing(sensors=sum(one > 0 for one in known))


def late_arrivals(found: Folded, rules: SeriesRules) -> Check:
    """Return the rows that arrived long after their time."""
    if rules.late_seconds is None:
        definition = _definition("late_arrivals")
    else:
        declared = round(rules.late_seconds * SECOND)
        definition = _definition("late_arrivals.declared", tolerance=said_time(declared))
    known = found.known("n_late")
    if not known:
        return Check.not_established(
            "late_arrivals", unit="rows", definition=definition,
            reason=Message(code="reason.no_arrival"),
        )  # fmt: skip
    medians, highs = sorted(found.known("lateness_median")), found.known("lateness_high")
    check = Check.counted("late_arrivals", sum(known), unit="rows", definition=definition)
    return check.showing(
        median_hours=hours(medians[(len(medians) - 1) // 2]),
        most_sensors_within_hours=hours(sorted(highs)[(len(highs) - 1) // 2]),
        slowest_sensor_within_hours=hours(max(highs)),
        sensors=sum(one > 0 for one in known),
        sensors_not_established=len(found.rows) - len(known),
    )


def _definition(name: str, **parameters: Any) -> Message:
    return Message(code=f"definition.{name}", parameters=parameters)
