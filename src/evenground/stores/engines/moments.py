"""Times as whole microseconds, the same on every engine."""

from __future__ import annotations

from functools import cache
from typing import Any

MILLION = 1_000_000


def microseconds(time: Any, *, engine: str) -> Any:
    """Return microseconds since 1970-01-01 of a date or time as written, or of UTC with a zone.

    Parameters
    ----------
    time
        A date or timestamp of a lazy table.
    engine
        The name that Ibis gives the engine: ``duckdb``, ``postgres`` or ``pyspark``.
    """
    moment = time if time.type().is_timestamp() else time.cast("timestamp")
    if engine == "postgres":
        seconds = moment.truncate("s").epoch_seconds().cast("int64")
        return (seconds * MILLION + moment.microsecond().cast("int64")).cast("int64")
    if engine == "pyspark":  # its session reckons in UTC, and a time without a zone stays as it is
        return _builtin("unix_micros")(moment.cast("timestamp('UTC')"))
    return _builtin("epoch_us")(moment)


@cache
def _builtin(name: str) -> Any:
    """Return a function of the engine itself, as Ibis calls it."""
    import ibis
    from ibis import udf

    def function(moment: Any) -> Any:
        raise NotImplementedError

    function.__name__ = name
    function.__annotations__ = {"moment": ibis.dtype("timestamp"), "return": ibis.dtype("int64")}
    return udf.scalar.builtin(function)
