"""What concerns rows and instants, not values: sizes, repeats, order, rhythm, delay."""

from __future__ import annotations

from typing import Any

from evenground.questions.data.measures.windowed.ranks import Rank, at_ranks

LATENESS = (Rank(1, 2), Rank(95, 100))


def sizes(over: Any) -> Any:
    """Return per sensor ``n_rows``, ``n_timed``, and ``first`` and ``last`` time."""
    sensor = over.sensor.fill_null("").name("sensor")
    return over.group_by(sensor).agg(
        n_rows=over.count(), n_timed=over.time.count(), first=over.time.min(), last=over.time.max()
    )


def repeats(rows: Any) -> Any:
    """Return per sensor ``n_instants``, and repeated rows: ``n_exact`` and ``n_conflicting``."""
    values = [name for name in rows.columns if name.startswith("value_")]
    different = rows.group_by("sensor", "time", *values).agg(k=rows.count())
    each = different.group_by("sensor", "time").agg(k=different.k.sum(), d=different.count())
    return each.group_by("sensor").agg(
        n_instants=each.count(), n_exact=(each.k - each.d).sum(), n_conflicting=(each.d - 1).sum()
    )


def inversions(rows: Any) -> Any:
    """Return per sensor how many rows are earlier than the one before them: ``n_inversions``."""
    import ibis

    as_they_lie = ibis.window(group_by="sensor", order_by="row")
    before = rows.select("sensor", earlier=rows.time < rows.time.lag(1).over(as_they_lie))
    return before.group_by("sensor").agg(n_inversions=before.earlier.sum())


def steps(rows: Any) -> Any:
    """Return the differences of neighbouring instants: ``sensor``, ``time`` (later), ``step``."""
    import ibis

    times = rows.select("sensor", "time").distinct()
    in_time = ibis.window(group_by="sensor", order_by="time")
    found = times.select("sensor", "time", step=times.time - times.time.lag(1).over(in_time))
    return found.filter(found.step.notnull())


def middle_steps(rows: Any) -> Any:
    """Return per sensor the lower and the upper median step.

    Columns are ``sensor``, ``step``, ``n`` (steps equal to it), ``upto`` (steps not above it) and
    ``total``; one row where both medians are the same.
    """
    import ibis

    every = steps(rows)
    kinds = every.group_by("sensor", "step").agg(n=every.count())
    rising = ibis.cumulative_window(group_by="sensor", order_by="step")
    counted = kinds.mutate(
        upto=kinds.n.sum().over(rising).cast("int64"),
        total=kinds.n.sum().over(ibis.window(group_by="sensor")).cast("int64"),
    )
    below = counted.upto - counted.n
    lower = (2 * counted.upto >= counted.total) & (2 * below < counted.total)
    upper = (2 * counted.upto > counted.total) & (2 * below <= counted.total)
    return counted.filter(lower | upper)


def agreeing_steps(rows: Any, guesses: Any) -> Any:
    """Return per sensor of ``guesses`` (``sensor``, ``guess``) how many steps agree with its guess.

    ``n_equal`` equal it, ``n_near`` lie within a quarter of it of one of its multiples, ``n_once``
    of itself; ``total`` is how many there are.
    """
    found = steps(rows).inner_join(guesses, "sensor")
    step, guess = found.step, found.guess
    beyond = step % guess
    near = (4 * step >= 3 * guess) & ((4 * beyond <= guess) | (4 * (guess - beyond) <= guess))
    return found.group_by("sensor").agg(
        n_equal=(step == guess).sum(),
        n_near=near.sum(),
        n_once=(near & (4 * step <= 5 * guess)).sum(),
        total=found.count(),
    )


def gaps(rows: Any, rhythm: Any) -> Any:
    """Return the steps in which readings are missing, by the cadence of ``rhythm``, in time order.

    Columns are ``sensor``, ``end`` and ``step``; ``rhythm`` has ``sensor`` and ``every``.
    """
    found = steps(rows).inner_join(rhythm, "sensor")
    missing = found.filter(2 * found.step >= 3 * found.every)
    return missing.select("sensor", "step", end=missing.time).order_by("sensor", "end")


def single_steps(rows: Any, rhythm: Any) -> Any:
    """Return per sensor how many steps are one cadence, to the nearest: ``n_single``."""
    found = steps(rows).inner_join(rhythm, "sensor")
    single = (2 * found.step >= found.every) & (2 * found.step < 3 * found.every)
    return found.group_by("sensor").agg(n_single=single.sum())


def delays(rows: Any, tolerances: Any) -> Any:
    """Return per sensor how many rows arrived late: ``n_late``, by ``tolerance`` microseconds."""
    known = _delayed(rows).inner_join(tolerances, "sensor")
    return known.group_by("sensor").agg(n_late=(known.delay > known.tolerance).sum())


def usual_delays(rows: Any) -> Any:
    """Return per sensor the delays at the ranks ``LATENESS``: ``delay``, ``place`` and ``n``."""
    return at_ranks(_delayed(rows), "delay", LATENESS, by=["sensor"])


def _delayed(rows: Any) -> Any:
    known = rows.filter(rows.arrived.notnull())
    return known.select("sensor", delay=known.arrived - known.time)
