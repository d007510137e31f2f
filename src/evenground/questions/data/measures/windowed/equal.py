"""Runs of equal readings, found where the rows lie: every run counted, the long ones kept."""

from __future__ import annotations

from typing import Any


def runs(clear: Any, rhythm: Any) -> Any:
    """Return every run of equal clear readings, those of one reading among them.

    ``rhythm`` has, per sensor, ``pause``: the time without a reading that ends a run. Columns are
    ``sensor``, ``k``, ``value``, ``n`` (readings), ``first`` and ``last`` (times), the clear
    readings next to it (``before``, ``after``) with their times, and ``new``: whether the value
    before was another, or there was none.
    """
    import ibis

    found = clear.inner_join(rhythm.select("sensor", "pause"), "sensor")
    new = found.before.isnull() | (found.before != found.value)
    last = found.after.isnull() | (found.after != found.value)
    begins = new | (found.time - found.time_before > found.pause)
    ends = last | (found.time_after - found.time > found.pause)
    marked = found.mutate(new=new, begins=begins, ends=ends)
    in_time = ibis.cumulative_window(group_by=["sensor", "k"], order_by="time")
    numbered = marked.mutate(run=marked.begins.sum().over(in_time))
    at_start, at_end = numbered.begins, numbered.ends
    return numbered.group_by("sensor", "k", "run").agg(
        value=numbered.value.min(),
        n=numbered.count(),
        first=numbered.time.min(),
        last=numbered.time.max(),
        before=numbered.before.max(where=at_start),
        time_before=numbered.time_before.max(where=at_start),
        after=numbered.after.max(where=at_end),
        time_after=numbered.time_after.max(where=at_end),
        new=(numbered.new & at_start).sum(),
    )


def tally(found: Any) -> Any:
    """Return how many runs there are of each value and length: ``n_runs``, and of them ``n_new``.

    ``first`` and ``last`` are when the first of them begins and the last ends.
    """
    counted = found.group_by("sensor", "k", "value", "n").agg(
        n_runs=found.count(), n_new=found.new.sum(), first=found["first"].min(),
        last=found["last"].max(),
    )  # fmt: skip
    return counted.order_by("sensor", "k", "value", "n")


def kept(found: Any, rules: Any) -> Any:
    """Return the runs that have to be looked at: zeros, and those that last, in time order.

    ``rules`` has, per sensor and column, ``lasts`` (twice the least time that equal readings must
    last) and ``at_least`` (readings from which on a run counts whatever its time).
    """
    looked = found.inner_join(rules, ["sensor", "k"])
    lasting = (looked.n > 1) & (2 * (looked["last"] - looked["first"]) >= looked.lasts)
    wanted = looked.filter((looked.value == 0) | lasting | (looked.n >= looked.at_least))
    return wanted.select(
        "sensor", "k", "value", "n", "first", "last", "before", "time_before", "after", "time_after"
    ).order_by("sensor", "k", "first")
