"""What the readings of a column were by day, ordered within each day by the engine."""

from __future__ import annotations

from typing import Any

from evenground.questions.data.measures.series.limits import DAY
from evenground.questions.data.measures.series.spread import SAME
from evenground.questions.data.measures.windowed.readings import is_finite


def days(long: Any) -> Any:
    """Return per sensor, column and day that occurs its readings, in order.

    Columns are ``sensor``, ``k``, ``midnight`` (microseconds), ``n``, ``n_null``, ``low``,
    ``median`` (the lower one), ``high`` and ``resolution`` (the smallest step, if there is one).
    """
    import ibis

    within = (long.time % DAY + DAY) % DAY  # times before 1970 leave a negative rest
    x = ibis.cases((is_finite(long.low), long.low), else_=ibis.null("float64"))
    found = long.select("sensor", "k", midnight=long.time - within, x=x, null=long.low.isnull())
    whole_day = ["sensor", "k", "midnight"]
    rising = ibis.window(group_by=whole_day, order_by=ibis.asc(found.x, nulls_first=False))
    all_day = ibis.window(group_by=whole_day)
    placed = found.mutate(
        place=(ibis.row_number().over(rising) + 1).cast("int64"),
        step=found.x - found.x.lag(1).over(rising),
        number=found.x.count().over(all_day).cast("int64"),
        largest=ibis.greatest(found.x.min().over(all_day).abs(), found.x.max().over(all_day).abs()),
    )
    middle = (2 * placed.place >= placed.number) & (2 * (placed.place - 1) < placed.number)
    return (
        placed.group_by(*whole_day)
        .agg(
            n=placed.x.count(),
            n_null=placed.null.sum(),
            low=placed.x.min(),
            median=placed.x.max(where=middle),
            high=placed.x.max(),
            resolution=placed.step.min(where=placed.step > placed.largest * SAME),
        )
        .order_by(*whole_day)
    )
