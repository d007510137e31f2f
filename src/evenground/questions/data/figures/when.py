"""Time on an axis: days in figures only, so that no language is wanted, and steps to group by."""

from __future__ import annotations

from typing import Any

MICROSECONDS = 1_000_000
HOUR = 3_600 * MICROSECONDS
DAY = 24 * HOUR
STEPS = (
    HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR,
    DAY, 2 * DAY, 3 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 182 * DAY, 364 * DAY,
)  # fmt: skip
"""Lengths of time that a reader knows, in microseconds."""

_DAYS_IN_MONTHS = 150
_DAYS_IN_YEARS = 4 * 365


def step_for(span: int, *, most: int, least: int = 0) -> int:
    """Return the shortest known step that cuts ``span`` into ``most`` parts at most.

    Parameters
    ----------
    span, least
        Microseconds; no step shorter than ``least`` is returned.
    most
        Number of parts, above 0.
    """
    for step in STEPS:
        if step >= least and span <= step * most:
            return step
    return -(-max(span, least) // (most * STEPS[-1])) * STEPS[-1]


def time_axis(first: int, last: int) -> dict[str, Any]:
    """Return a Vega-Lite encoding without field, from ``first`` to ``last`` (microseconds)."""
    days = (last - first) / DAY
    form = "%m-%d %H:%M"
    if days >= 3:  # noqa: PLR2004 - from three days on, hours are not read off
        form = "%Y-%m-%d"
    if days >= _DAYS_IN_MONTHS:
        form = "%Y-%m"
    if days >= _DAYS_IN_YEARS:
        form = "%Y"
    return {
        "type": "temporal",
        "title": None,
        "axis": {
            "format": form,
            "tickCount": 5,
            "grid": False,
            "labelSeparation": 16,
            "labelBound": True,
        },
        "scale": {"type": "utc", "domain": [milliseconds(first), milliseconds(last)]},
    }


def milliseconds(time: int) -> int:
    """Return microseconds since 1970 as the milliseconds that figures count in."""
    return time // 1_000
