"""Readings apart from their neighbours, found where the rows lie: ranks, and the few far off."""

from __future__ import annotations

from typing import Any

from evenground.questions.data.measures.series.spikes import AROUND, BESIDE
from evenground.questions.data.measures.windowed.ranks import Rank, at_ranks, has_rank

TYPICAL = (Rank(1, 2), Rank(99, 100))
TAIL = (Rank(750, 1000), Rank(975, 1000))


def departures(clear: Any, rhythm: Any) -> Any:
    """Return how far readings stand from the two middle ones of their four neighbours.

    Columns are ``sensor``, ``k``, ``time``, ``value``, ``off`` (signed), ``size``, ``lone`` and the
    times of the outermost neighbours (``begins``, ``ends``); only readings whose neighbours are
    near enough, by the cadence ``every`` of ``rhythm``.
    """
    import ibis

    found = clear.inner_join(rhythm.select("sensor", "every"), "sensor")
    reach = 7 * found.every
    found = found.filter(
        2 * (found.time - found.time_before_2) <= reach,
        2 * (found.time_after_2 - found.time) <= reach,
    )
    a, b, c, d = found.before, found.before_2, found.after, found.after_2
    inner = ibis.greatest(ibis.least(a, b), ibis.least(c, d))
    other = ibis.least(ibis.greatest(a, b), ibis.greatest(c, d))
    found = found.mutate(low=ibis.least(inner, other), high=ibis.greatest(inner, other))
    found = found.mutate(off=found.value - (found.low + found.high) / 2)
    found = found.mutate(size=found.off.abs())
    lone = found.size - (found.high - found.low) / 2 >= found.size / 2
    return found.select(
        "sensor", "k", "time", "value", "off", "size", lone=lone, begins=found.time_before_2,
        ends=found.time_after_2,
    )  # fmt: skip


def typical(off: Any) -> Any:
    """Return per sensor and column the sizes at the ranks ``TYPICAL``, with ``place`` and ``n``."""
    return at_ranks(off, "size", TYPICAL, by=["sensor", "k"])


def surroundings(off: Any, scales: Any) -> Any:
    """Return departures with the scale of the readings around each: ``around``.

    ``scales`` has per sensor and column ``most`` (what larger distances count as), ``parts`` (2^20,
    into which it is cut), ``unit`` (one part, as a standard deviation) and ``calm`` (the scale
    below which it is calm). Distances are added up as whole numbers of units,
    so that the order in which that is done is of no matter. Columns are those of ``departures``,
    ``around`` and ``calm``.
    """
    import ibis

    found = off.inner_join(scales, ["sensor", "k"])
    part = (ibis.least(found.size, found.most) / found.most * found.parts).floor().cast("int64")
    found = found.mutate(part=part)

    def over_places(before: int, after: int) -> Any:
        near = ibis.window(
            group_by=["sensor", "k"], order_by="time", preceding=before, following=after
        )
        others = found.part.sum().over(near).cast("int64") - found.part
        n = ibis.greatest(found.count().over(near).cast("int64") - 1, 1)
        return others.cast("float64") * (found.unit / n.cast("float64"))

    spans = ((BESIDE, 0), (0, BESIDE), (AROUND, AROUND))
    around = ibis.greatest(*(over_places(before, after) for before, after in spans))
    return found.select(*off.columns, around=around, calm=found.calm)


def calm_places(around: Any) -> Any:
    """Return per sensor and column how many readings have calm surroundings, of how many."""
    calm = around.select("sensor", "k", calm=around.around < around.calm)
    return calm.group_by("sensor", "k").agg(n_calm=calm.calm.sum(), n=calm.count())


def in_scales(around: Any, scales: Any) -> Any:
    """Return departures in scales of their surroundings: ``z``.

    ``scales`` has per sensor and column the ``least`` scale that holds anywhere.
    """
    import ibis

    found = around.inner_join(scales, ["sensor", "k"])
    z = found.size / ibis.greatest(found.around, found.least)
    return found.select("sensor", "k", "value", "off", "lone", "begins", "ends", z=z)


def tails(z: Any) -> Any:
    """Return per sensor, column and side (``sign``: 1 above, -1 below) ``z`` at the ranks ``TAIL``.

    Readings that do not depart at all belong to both sides, as the least of each: ``place`` and
    ``n`` count them too. A rank that lies among them has no row.
    """
    import ibis

    sign = ibis.cases((z.off > 0, 1), (z.off < 0, -1), else_=0)
    signed = z.select("sensor", "k", "z", sign=sign.cast("int64"))
    side, column = ["sensor", "k", "sign"], ["sensor", "k"]
    still = (signed.sign == 0).sum().over(ibis.window(group_by=column))
    counted = signed.mutate(
        still=still.cast("int64"),
        place=ibis.row_number().over(ibis.window(group_by=side, order_by="z")).cast("int64"),
        own=signed.count().over(ibis.window(group_by=side)).cast("int64"),
    )
    moved = counted.filter(counted.sign != 0)
    moved = moved.select(*side, "z", place=moved.place + 1 + moved.still, n=moved.own + moved.still)
    return moved.filter(has_rank(moved.place, moved.n, TAIL))


def candidates(z: Any, *, least: float) -> Any:
    """Return the departures that stand alone and are further off than ``least`` scales."""
    far = z.filter(z.lone & (z.z > least))
    return far.select("sensor", "k", "value", "off", "begins", "ends", "z").order_by("sensor", "k")


def too_fast(clear: Any, limits: Any) -> Any:
    """Return per sensor and column how many readings changed too fast since the one before.

    ``limits`` has per sensor and column ``every`` and ``per_hour``.
    """
    found = clear.inner_join(limits, ["sensor", "k"])
    apart = found.time - found.time_before
    change = (found.value - found.before).abs() * 3_600_000_000
    fast = (change > found.per_hour * apart) & (2 * apart <= 7 * found.every)
    return found.group_by("sensor", "k").agg(n_rate=fast.sum())
