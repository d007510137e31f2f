"""Rows as lazy tables: one row per instant, one per reading, one per clear reading in its place.

Every expression here runs alike on DuckDB, PostgreSQL and Spark: whole numbers are compared after
multiplying, never after dividing; what is not a simple number (a scale, say) comes in a lent table,
not as text in a query; and no function is used that another engine lacks (PostgreSQL cannot skip
nulls in a window, which is why readings without a value are taken out before).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

LARGEST = 1.7976931348623157e308


def timed_rows(over: Any, values: Sequence[str]) -> Any:
    """Return the rows that have a time; not-a-number is nothing.

    Columns are ``sensor`` (empty where there is none), ``time``, ``row`` and ``arrived`` if there
    are such, and the measured columns as ``value_0`` and so on.
    """
    import ibis

    rows = over.filter(over.time.notnull())
    nan = ibis.literal(float("nan"), "float64")
    more = [name for name in ("row", "arrived") if name in over.columns]
    numbers = {
        f"value_{i}": rows[name].cast("float64").nullif(nan) for i, name in enumerate(values)
    }
    return rows.select(rows.sensor.fill_null("").name("sensor"), "time", *more, **numbers)


def instants(rows: Any) -> Any:
    """Return one row per sensor and time: lowest and highest value of each column."""
    numbers = [name for name in rows.columns if name.startswith("value_")]
    ends = {f"low_{name}": rows[name].min() for name in numbers}
    ends |= {f"high_{name}": rows[name].max() for name in numbers}
    return rows.group_by("sensor", "time").agg(**ends)


def readings(rows: Any) -> Any:
    """Return one row per sensor, instant and column ``k``: the lowest and the highest value there.

    A column without any value at an instant has a row with neither.
    """
    import ibis

    each = instants(rows)
    n = sum(name.startswith("low_value_") for name in each.columns)
    which = ibis.range(0, n).unnest().name("k").as_table()
    long = each.cross_join(which)

    def of(end: str) -> Any:
        if n == 1:
            return long[f"{end}_value_0"]
        *cases, last = [(long.k == i, long[f"{end}_value_{i}"]) for i in range(n)]
        return ibis.cases(*cases, else_=last[1])

    return long.select("sensor", "k", "time", low=of("low"), high=of("high"))


def is_finite(value: Any) -> Any:
    """Return whether a number is there and neither of the infinities."""
    return value.notnull() & (value >= -LARGEST) & (value <= LARGEST)


def clear_readings(long: Any) -> Any:
    """Return the finite readings about which the rows of an instant agree, with their neighbours.

    Columns are ``sensor``, ``k``, ``time``, ``value`` and, of the clear readings before and after,
    ``before``, ``before_2``, ``after``, ``after_2`` with their times ``time_before`` and so on.
    """
    import ibis

    clear = long.filter(is_finite(long.low), long.low == long.high)
    clear = clear.select("sensor", "k", "time", value=clear.low)
    near = ibis.window(group_by=["sensor", "k"], order_by="time")
    neighbours = {
        f"{kind}{name}": getattr(clear[of], move)(step).over(near)
        for move, steps in (
            ("lag", {"before": 1, "before_2": 2}),
            ("lead", {"after": 1, "after_2": 2}),
        )
        for name, step in steps.items()
        for kind, of in (("", "value"), ("time_", "time"))
    }
    return clear.mutate(**neighbours)
