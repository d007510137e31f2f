"""Stored times as whole microseconds, by each engine's own function for it."""

from __future__ import annotations

from functools import cache
from typing import Any

MILLION = 1_000_000


def microseconds(time: Any) -> Any:
    """Return microseconds since 1970-01-01 of a date or time as written, or of UTC with a zone.

    A session of the engine must be in UTC, as Ibis makes them.

    Parameters
    ----------
    time
        A date or timestamp of a lazy table in DuckDB, PostgreSQL or Spark.
    """
    engine = time.get_backend().name
    moment = time if time.type().is_timestamp() else time.cast("timestamp")
    if engine == "postgres":
        seconds = moment.truncate("s").epoch_seconds().cast("int64")
        return seconds * MILLION + moment.microsecond().cast("int64")
    if engine == "pyspark":  # a time without a zone stays as it is when it is given that of UTC
        return _own("unix_micros")(moment.cast("timestamp('UTC')"))
    return _own("epoch_us")(moment)


@cache
def _own(name: str) -> Any:
    """Return a function of the engine itself, as Ibis calls it."""
    import ibis
    from ibis import udf

    def function(moment: Any) -> Any:
        raise NotImplementedError

    function.__name__ = name
    function.__annotations__ = {"moment": ibis.dtype("timestamp"), "return": ibis.dtype("int64")}
    return udf.scalar.builtin(function)
