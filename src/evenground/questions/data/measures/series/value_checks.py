"""Checks on readings: empty, stuck, zero, out of range, no reading at all, odd, at a limit."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.evidence import Message
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.series.across import Folded
from evenground.questions.data.measures.series.limits import (
    ALLOWED_PER_YEAR,
    Tail,
    allowed_by_chance,
    tail_limit,
)
from evenground.questions.data.measures.series.rules import SeriesRules

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counting:
    """What is counted by one check, and why there may be nothing to count."""

    name: str
    field: str
    unit: str
    reason: str


def nulls(found: Folded) -> Check:
    """Return the instants without a value, column by column."""
    counting = _Counting(name="nulls", field="n_null", unit="readings", reason="no_columns")
    check = _counted(found, counting, _definition("nulls"), _nothing_more)
    instants = found.n_readings() + (check.count or 0)
    return check.showing(share=(check.count or 0) / instants) if instants else check


def stuck_runs(found: Folded, rules: SeriesRules) -> Check:
    """Return the runs of equal readings that are longer than chance makes them."""
    counting = _Counting(
        name="stuck_runs", field="n_stuck_runs", unit="runs", reason="no_stuck_limit"
    )
    several = _limits(found, "min_stuck")
    definition = _definition(
        "stuck_runs.declared" if _all_declared(found, rules, "min_stuck") else "stuck_runs",
        low=several[0], high=several[1], one_in_years=round(1 / ALLOWED_PER_YEAR),
    )  # fmt: skip
    still = constant_series(found)
    return _counted(found, counting, definition, _runs_of("stuck"), extra=still)


def constant_series(found: Folded) -> dict[str, list[Entry]]:
    """Return the series that never change while others of their column do, by column.

    A series that has one value throughout tells nothing about itself. It is stuck if at least as
    many series of the column move, and if it has more equal readings than chance would give one of
    which nothing is known.
    """
    stuck: dict[str, list[Entry]] = {}
    spans = {row["sensor"]: (row["first"], row["last"]) for row in found.rows}
    for column, entries in found.columns.items():
        moving = sum(one["n_stuck_runs"] is not None for one in entries)
        still = [one for one in entries if _still(one, spans[one["sensor"]])]
        if still and moving >= len(still):
            stuck[column] = still
    return stuck


def _still(one: Entry, span: tuple[int, int]) -> bool:
    if one["n_stuck_runs"] is not None or one["low"] is None:
        return False
    if one["low"] != one["high"] or one["low"] == 0:
        return False
    lone = Tail(np.array([one["n"]]), np.array([1]))
    return one["n"] > 1 and one["n"] >= tail_limit(lone, allowed=allowed_by_chance(*span))


def zero_runs(found: Folded) -> Check:
    """Return the runs of zeros that begin and end abruptly, or outlast all others."""
    counting = _Counting(
        name="zero_runs", field="n_zero_runs", unit="runs", reason="no_stuck_limit"
    )
    return _counted(found, counting, _definition("zero_runs"), _runs_of("zero"))


def out_of_range(found: Folded, rules: SeriesRules) -> Check:
    """Return the readings beyond what is declared, or far beyond the body of the others."""
    counting = _Counting(
        name="out_of_range", field="n_out_of_range", unit="readings", reason="no_columns"
    )
    declared = [c for c in found.columns if _has(rules, c, "low") or _has(rules, c, "high")]
    code = "out_of_range.declared" if len(declared) == len(found.columns) else "out_of_range"

    def limits(entries: list[Entry]) -> dict[str, Any]:
        least = [one["least"] for one in entries if math.isfinite(one["least"])]
        most = [one["most"] for one in entries if math.isfinite(one["most"])]
        return {"at_least": min(least, default=None), "at_most": max(most, default=None)}

    definition = _definition(code if found.columns else "out_of_range")
    check = _counted(found, counting, definition, limits)
    return check.showing(declared_columns=declared)


def sentinels(found: Folded) -> Check:
    """Return the placeholders that stand for no reading."""
    counting = _Counting(
        name="sentinels", field="n_sentinels", unit="readings", reason="no_columns"
    )
    return _counted(found, counting, _definition("sentinels"), _nothing_more)


def spikes(found: Folded, rules: SeriesRules) -> Check:
    """Return the readings that stand off their neighbours on both sides."""
    counting = _Counting(name="spikes", field="n_spikes", unit="readings", reason="no_spike_limit")
    several = _limits(found, "spike_limit")
    declared = _all_declared(found, rules, "spike_k")
    definition = _definition(
        "spikes.declared" if declared else "spikes",
        low=several[0], high=several[1],
    )  # fmt: skip
    return _counted(found, counting, definition, _nothing_more)


def rate_of_change(found: Folded, rules: SeriesRules) -> Check:
    """Return the readings that changed faster than declared since the one before."""
    if not any(_has(rules, column, "max_per_hour") for column in found.columns):
        return Check.not_established(
            "rate_of_change", unit="readings", definition=_definition("rate_of_change"),
            reason=Message(code="reason.no_rate"),
        )  # fmt: skip
    counting = _Counting(
        name="rate_of_change", field="n_rate", unit="readings", reason="no_cadence"
    )
    return _counted(found, counting, _definition("rate_of_change"), _nothing_more)


def saturation(found: Folded, rules: SeriesRules) -> Check:
    """Return the readings at the limit of the instrument."""
    counting = _Counting(
        name="saturation", field="n_saturated", unit="readings", reason="few_values"
    )
    declared = _all_declared(found, rules, "saturates_at")
    code = "saturation.declared" if declared else "saturation"
    return _counted(found, counting, _definition(code), _nothing_more)


def _counted(
    found: Folded, counting: _Counting, definition: Message,
    more: Callable[[list[Entry]], dict[str, Any]], extra: Mapping[str, list[Entry]] | None = None,
) -> Check:  # fmt: skip
    """Return a check with its figures by column; ``extra`` series count as one run each."""
    extra = extra or {}
    columns: dict[str, dict[str, Any]] = {}
    untold, total = 0, 0
    for column, entries in found.columns.items():
        known = [one for one in entries if one[counting.field] is not None]
        still = extra.get(column, [])
        untold += len(entries) - len(known) - len(still)
        if known or still:
            count = sum(one[counting.field] for one in known) + len(still)
            total += count
            columns[column] = {"count": count, **more(known), **_of_still(still)}
    if not columns:
        return Check.not_established(
            counting.name, unit=counting.unit, definition=definition,
            reason=Message(code=f"reason.{counting.reason}"),
        )  # fmt: skip
    check = Check.counted(counting.name, total, unit=counting.unit, definition=definition)
    readings = found.n_readings()
    shown = {"share": total / readings} if counting.unit == "readings" and readings else {}
    return check.showing(
        columns=columns,
        sensors=_n_sensors(found, counting.field, extra),
        series_not_established=untold,
        **shown,
    )


def _of_still(still: list[Entry]) -> dict[str, Any]:
    if not still:
        return {}
    return {
        "never_change": [one["sensor"] for one in still],
        "never_change_readings": sum(one["n"] for one in still),
    }


def _n_sensors(found: Folded, field: str, extra: Mapping[str, list[Entry]]) -> int:
    """Return how many sensors have any."""
    having = {one["sensor"] for entries in found.columns.values() for one in entries if one[field]}
    return len(having | {one["sensor"] for entries in extra.values() for one in entries})


def _nothing_more(entries: list[Entry]) -> dict[str, Any]:
    del entries
    return {}


def _runs_of(what: str) -> Callable[[list[Entry]], dict[str, Any]]:
    def figures(entries: list[Entry]) -> dict[str, Any]:
        least = [one[f"min_{what}"] for one in entries if one[f"min_{what}"] is not None]
        return {
            "readings": sum(one[f"n_{what}"] for one in entries),
            "longest_readings": max((one[f"longest_{what}"] for one in entries), default=0),
            "from_readings_low": min(least, default=None),
            "from_readings_high": max(least, default=None),
        }

    return figures


def _limits(found: Folded, field: str) -> tuple[float, float]:
    """Return the lowest and the highest limit that held; zeros without any."""
    several = [value for column in found.columns for value in found.of_column(column, field)]
    return min(several, default=0), max(several, default=0)


def _has(rules: SeriesRules, column: str, name: str) -> bool:
    return getattr(rules.of(column), name) not in {None, ()}


def _all_declared(found: Folded, rules: SeriesRules, name: str) -> bool:
    return bool(found.columns) and all(_has(rules, column, name) for column in found.columns)


def _definition(name: str, **parameters: Any) -> Message:
    return Message(code=f"definition.{name}", parameters=parameters)
