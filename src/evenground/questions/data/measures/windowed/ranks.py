"""Values at exact ranks, by counting rows: no engine's own quantile, which may interpolate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple


class Rank(NamedTuple):
    """The rank ``ceil(n x times / parts)`` of ``n`` values."""

    times: int
    parts: int


def at_ranks(table: Any, column: str, ranks: Sequence[Rank], *, by: Sequence[str]) -> Any:
    """Return the rows at some ranks of ``column`` among those with the same values of ``by``.

    Columns are those of ``by``, ``n`` (how many there are), ``place`` (the rank, from 1) and
    ``column`` itself. One row may stand for several ranks.
    """
    import ibis

    among = ibis.window(group_by=list(by), order_by=table[column])
    placed = table.select(
        *by,
        column,
        place=(ibis.row_number().over(among) + 1).cast("int64"),
        n=table.count().over(ibis.window(group_by=list(by))).cast("int64"),
    )
    return placed.filter(has_rank(placed.place, placed.n, ranks))


def has_rank(place: Any, n: Any, ranks: Sequence[Rank]) -> Any:
    """Return whether ``place`` is one of the ranks among ``n``, in whole numbers."""
    import ibis

    return ibis.or_(
        *(
            (place * rank.parts >= n * rank.times) & ((place - 1) * rank.parts < n * rank.times)
            for rank in ranks
        )
    )


def rank_of(n: int, rank: Rank) -> int:
    """Return the rank among ``n`` values, from 1."""
    return -(-n * rank.times // rank.parts)
