"""Run a fold where its rows lie: as arrays in DuckDB, if it takes them; else in order, streamed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from evenground.stores.engines.bucketed import WORKING_BYTES, fold_series
from evenground.stores.engines.ordered import fold_ordered
from evenground.stores.engines.streaming import engine_of

if TYPE_CHECKING:
    import pyarrow as pa

    from evenground.protocol import Fold

Progress = Callable[[float | None, str], None]


def run_fold(
    fold: Fold,
    *,
    fast: bool | None = None,
    working_bytes: int = WORKING_BYTES,
    progress: Progress | None = None,
) -> pa.Table:
    """Return what a fold makes of its rows: one table, sorted by the fold's ``by`` columns.

    Parameters
    ----------
    fold
        A reducer over ordered batches, its ``over`` a lazy table of DuckDB, PostgreSQL or Spark.
        One that has ``of_arrays`` (see ``ArrayFold``) is given whole series where that is faster;
        one that has ``follow_up`` may name another fold after seeing the table, whose rows then
        take the place of its own.
    fast
        Whether series are handed over as arrays; ``None`` where the rows lie in DuckDB and the fold
        takes them. The result is the same.
    working_bytes
        What rows may take in memory when they are handed over as arrays.
    progress
        Told how far things are (between 0 and 1, ``None`` where that cannot be told) and at what;
        may raise to stop.

    Raises
    ------
    evenground.errors.UsageError
        If arrays are wanted of a fold that takes none.
    """
    if fast is None:
        fast = hasattr(fold, "of_arrays") and engine_of(fold.over).name == "duckdb"
    first = partial(_as_arrays, working_bytes=working_bytes) if fast else _in_order
    table = first(fold, progress=progress)
    following = getattr(fold, "follow_up", None)
    again = None if following is None else following(table)
    return table if again is None else _replaced(table, first(again, progress=progress), fold.by)


def _replaced(table: pa.Table, again: pa.Table, by: tuple[str, ...]) -> pa.Table:
    """Return the table with the rows of ``again`` in the place of its own."""
    import pyarrow as pa

    keys, renewed = (
        list(zip(*(part[name].to_pylist() for name in by), strict=True)) for part in (table, again)
    )
    newer = set(renewed)
    kept = table.filter(pa.array([key not in newer for key in keys], pa.bool_()))
    return pa.concat_tables([kept, again]).sort_by([(name, "ascending") for name in by])


def _in_order(fold: Any, *, progress: Progress | None) -> pa.Table:
    import pyarrow as pa

    tables = list(fold_ordered(fold, seen=_counting(progress)))
    return pa.concat_tables(tables).combine_chunks() if tables else fold.finish(None)


def _counting(progress: Progress | None) -> Callable[[int], None] | None:
    return None if progress is None else lambda _: progress(None, "series")


def _as_arrays(fold: Any, *, working_bytes: int, progress: Progress | None) -> pa.Table:
    def told(part: float) -> None:
        if progress is not None:
            progress(part, "series")

    return fold.folded(fold_series(fold, working_bytes=working_bytes, told=told))
