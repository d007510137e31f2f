"""How often each value occurs, and what stands beside the finite readings of a column."""

from __future__ import annotations

from typing import Any

from evenground.questions.data.measures.windowed.readings import is_finite


def kinds(long: Any) -> Any:
    """Return how often each finite value occurs: ``sensor``, ``k``, ``value``, ``n``, ascending."""
    finite = long.filter(is_finite(long.low))
    found = finite.group_by("sensor", "k", value=finite.low).agg(n=finite.count())
    return found.order_by("sensor", "k", "value")


def beside(long: Any) -> Any:
    """Return per sensor and column instants without a value, infinite readings, leading zeros.

    Columns are ``sensor``, ``k``, ``n_instants``, ``n_null``, ``n_infinite``, ``n_zeros`` (in all)
    and ``n_leading_zeros``: those before the first other finite reading.
    """
    import ibis

    finite = is_finite(long.low)
    whole = ibis.window(group_by=["sensor", "k"])
    first_other = long.time.min(where=finite & (long.low != 0)).over(whole)
    found = long.select(
        "sensor",
        "k",
        null=long.low.isnull(),
        infinite=long.low.notnull() & ~finite,
        zero=finite & (long.low == 0),
        leading=finite & (long.low == 0) & (first_other.isnull() | (long.time < first_other)),
    )
    return found.group_by("sensor", "k").agg(
        n_instants=found.count(),
        n_null=found.null.sum(),
        n_infinite=found.infinite.sum(),
        n_zeros=found.zero.sum(),
        n_leading_zeros=found.leading.sum(),
    )
