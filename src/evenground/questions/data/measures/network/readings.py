"""From days to readings: which readings an episode holds, and at which of them it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Vector, Whole, wrong
from evenground.questions.data.measures.network.conversions import Conversion
from evenground.questions.data.measures.network.daily import DAY_US
from evenground.questions.data.measures.network.episodes import Episode

if TYPE_CHECKING:
    import ibis

MOST_EPISODES = 500
"""So many stretches are asked for at once at most."""
_SLOT_US = 900_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where readings stand: sensor (empty for a single series), time in whole microseconds, row."""

    sensor: str
    time: str
    row: str = ""


def readings_within(
    table: ibis.Table, columns: Columns, episodes: Sequence[Episode], *, beside: int = 0
) -> ibis.Table:
    """Return the readings of some episodes of one column.

    Parameters
    ----------
    table
        Rows.
    columns
        Where readings stand.
    episodes
        Stretches of one column, ``MOST_EPISODES`` or fewer.
    beside
        Days before and after each that are wanted, too.

    Returns
    -------
    table
        ``row`` (null if there is none), ``sensor``, ``time`` (int64) and ``value`` of every reading
        on these days, in no order.

    Raises
    ------
    UsageError
        If there are no episodes, too many, or episodes of several columns.
    """
    import ibis

    names = {one.column for one in episodes}
    if len(names) != 1 or len(episodes) > MOST_EPISODES:
        raise wrong(
            "episodes",
            N_("{n} stretches of {n_columns} columns; one column and at most {most} are meant"),
            n=len(episodes), n_columns=len(names), most=MOST_EPISODES,
        )  # fmt: skip
    read: Any = table.select(
        row=table[columns.row].cast("int64") if columns.row else ibis.null("int64"),
        sensor=table[columns.sensor].cast("string") if columns.sensor else ibis.literal(""),
        time=table[columns.time].cast("int64"),
        value=table[names.pop()].cast("float64"),
    )
    wanted = [
        (read.sensor.fill_null("") == one.sensor)
        & (read.time >= (one.days.start - beside) * DAY_US)
        & (read.time < (one.days.stop + beside) * DAY_US)
        for one in episodes
    ]
    return read.filter(reduce(or_, wanted))


def exact_start(times: Whole, values: Vector, start_day: int, conversion: Conversion) -> int:
    """Return the time of the first reading in the other unit.

    Parameters
    ----------
    times, values, shape (n,)
        Readings in order of time, from the day before ``start_day`` to the day after it.
    start_day
        The first day that is affected, perhaps only in part.
    conversion
        What happened to the values.

    Returns
    -------
    int
        Every reading of the day is set beside the reading at the same time of the day before, and
        the day after with the conversion undone; before the time returned, values are more like
        these as they are, from it on with the conversion undone.
    """
    day = times // DAY_US
    here = (day == start_day) & np.isfinite(values)
    if not here.any():
        return start_day * DAY_US
    usual = _usual(times, values, start_day, conversion)
    undone = conversion.undone(values[here])
    slot = (times[here] % DAY_US) // _SLOT_US
    as_it_is, once_undone = np.abs(values[here] - usual[slot]), np.abs(undone - usual[slot])
    scale = max(float(np.median(np.minimum(as_it_is, once_undone))), 1e-12)
    gain = np.clip((as_it_is - once_undone) / scale, -_MOST_WEIGHT, _MOST_WEIGHT)
    total = np.concatenate([[0.0], np.cumsum(-gain)])  # as it is before, undone from there on
    at = int(np.argmax(total))
    moments = times[here]
    return int(moments[at]) if at < moments.size else (start_day + 1) * DAY_US


_MOST_WEIGHT = 10.0


def _usual(times: Whole, values: Vector, start_day: int, conversion: Conversion) -> Vector:
    """Return what is usual at each quarter of an hour by the days before and after, shape (96,)."""
    day, n_slots = times // DAY_US, DAY_US // _SLOT_US
    slot = (times % DAY_US) // _SLOT_US
    undone = np.where(day > start_day, conversion.undone(values), values)
    known = (day != start_day) & np.isfinite(values)
    if not known.any():
        return np.zeros(n_slots)
    counts = np.bincount(slot[known], minlength=n_slots)
    sums = np.bincount(slot[known], weights=undone[known], minlength=n_slots)
    filled = np.flatnonzero(counts)
    return np.interp(np.arange(n_slots), filled, sums[filled] / counts[filled])
