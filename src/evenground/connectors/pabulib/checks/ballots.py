"""Checks of ballots against the limits that META states for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from evenground.connectors.pabulib.amounts import common_scale
from evenground.connectors.pabulib.checks import count_messages as say
from evenground.connectors.pabulib.checks.several import several
from evenground.connectors.pabulib.entries import NO_NUMBER, UNKNOWN, Whole
from evenground.connectors.pabulib.parsed import WITH_POINTS, Parsed
from evenground.errors import Problem, ProblemKind

if TYPE_CHECKING:
    import pyarrow as pa

_Flags = NDArray[np.bool_]


def ballot_problems(data: Parsed) -> Iterator[Problem]:
    """Yield ballots that break a limit, and voters who come twice."""
    yield from _voters(data)
    yield from _lengths(data)
    yield from _points(data)
    yield from _costs(data)


def _voters(data: Parsed) -> Iterator[Problem]:
    encoded = data.file.votes.column("voter_id").combine_chunks().dictionary_encode()
    if len(encoded.dictionary) == data.file.votes.n_rows:
        return
    names, lines = encoded.dictionary, data.file.votes.lines
    at = encoded.indices.to_numpy(zero_copy_only=False)
    first = np.unique(at, return_index=True)[1]
    again = np.ones(at.size, dtype=np.bool_)
    again[first] = False
    filled = np.array([bool(name.as_py()) for name in names], dtype=np.bool_)

    def twice(row: int, n_rows: int) -> Problem:
        return say.VOTER_TWICE.at(
            data.file.place("VOTES", int(lines[row]), "voter_id"),
            value=names[at[row]].as_py(),
            first=int(lines[first[at[row]]]),
            n_rows=n_rows,
        )

    yield from several(again & filled[at], twice)


def _of_rows(
    data: Parsed, column: str, kind: ProblemKind, value: Callable[[int], object], limit: object
) -> Callable[[int, int], Problem]:
    """Return what makes the problem of a ballot."""
    lines = data.file.votes.lines

    def problem(row: int, n_rows: int) -> Problem:
        at = data.file.place("VOTES", int(lines[row]), column)
        return kind.at(at, value=value(row), n_rows=n_rows, limit=limit)

    return problem


def _lengths(data: Parsed) -> Iterator[Problem]:
    lengths = data.lengths
    most, least = data.number("max_length"), data.number("min_length")
    value = lengths.tolist().__getitem__
    if data.vote_type == "choose-1":
        yield from several(lengths != 1, _of_rows(data, "vote", say.NOT_ONE, value, 1))
    if most is not None:
        problem = _of_rows(data, "vote", say.BALLOT_LONG, value, most)
        yield from several(lengths > int(most), problem)
        yield from _unused(data, lengths, int(most))
    if least is not None:
        problem = _of_rows(data, "vote", say.BALLOT_SHORT, value, least)
        yield from several(lengths < int(least), problem)


def _unused(data: Parsed, lengths: Whole, most: int) -> Iterator[Problem]:
    at = data.file.place("META", data.file.meta_line("max_length"), "max_length")
    if lengths.size and not (lengths == most).any():
        yield say.LENGTH_UNUSED.at(at, value=most)
    if lengths.size and most != 1 and lengths.sum() == lengths.size:
        yield say.LENGTH_ONE.at(at, value=most)


def _points(data: Parsed) -> Iterator[Problem]:
    marks, points = data.marks, data.points
    if marks is None or points is None:
        return
    given = np.diff(marks.starts)
    if data.vote_type not in WITH_POINTS:
        if data.vote_type in {"approval", "choose-1"}:
            texts = data.file.votes.column("points")
            lines = data.file.votes.lines

            def needless(row: int, n_rows: int) -> Problem:
                at = data.file.place("VOTES", int(lines[row]), "points")
                value, kind = texts[row].as_py(), data.vote_type
                return say.POINTS_NEEDLESS.at(at, value=value, vote_type=kind, n_rows=n_rows)

            yield from several(given > 0, needless)
        return
    owners = np.repeat(np.arange(given.size, dtype=np.int64), given)
    readable = points.values != NO_NUMBER
    values = np.where(readable, points.values, 0)
    scale = points.scale
    for key, kind, low in (
        ("min_points", say.POINTS_LOW, True),
        ("max_points", say.POINTS_HIGH, False),
    ):
        limit = data.number(key)
        if limit is not None:
            beyond = _beyond(values, limit * scale, low=low) & readable
            rows, first = np.unique(owners[beyond], return_index=True)
            worst = dict(zip(rows.tolist(), values[beyond][first].tolist(), strict=True))
            value = _shown(worst.__getitem__, scale)
            yield from several(rows, _of_rows(data, "points", kind, value, limit))
    totals = np.zeros(given.size, dtype=np.int64)
    np.add.at(totals, owners, values)
    for key, kind, low in (
        ("min_sum_points", say.TOTAL_LOW, True),
        ("max_sum_points", say.TOTAL_HIGH, False),
    ):
        limit = data.number(key)
        if limit is not None:
            beyond = _beyond(totals, limit * scale, low=low) & (given > 0)
            value = _shown(totals.tolist().__getitem__, scale)
            yield from several(beyond, _of_rows(data, "points", kind, value, limit))
    rising = (np.diff(owners) == 0) & (np.diff(values) > 0) & readable[1:] & readable[:-1]
    rows = np.unique(owners[1:][rising])
    texts = data.file.votes.column("points")
    value = _texts(texts)
    yield from several(rows, _of_rows(data, "points", say.POINTS_UNSORTED, value, ""))


def _texts(column: pa.ChunkedArray) -> Callable[[int], object]:
    def text(row: int) -> object:
        return column[row].as_py()

    return text


def _shown(value: Callable[[int], int], scale: int) -> Callable[[int], object]:
    return lambda row: Decimal(value(row)) / scale


def _beyond(values: Whole, limit: Decimal, *, low: bool) -> _Flags:
    """Return which values are beyond a limit that need not be whole."""
    floor = int(limit.to_integral_value(rounding="ROUND_FLOOR"))
    if low:
        return values < (floor if floor == limit else floor + 1)
    return values > floor


def _costs(data: Parsed) -> Iterator[Problem]:
    """Yield approval ballots whose projects cost too little or too much together."""
    limits = (
        ("min_sum_cost", say.BALLOT_CHEAP, True),
        ("max_sum_cost", say.BALLOT_DEAR, False),
    )
    if data.vote_type != "approval" or not any(data.number(key) is not None for key, *_ in limits):
        return
    if any(cost is None for cost in data.costs) or (data.at == UNKNOWN).any():
        return
    costs = [cost for cost in data.costs if cost is not None]
    scale = common_scale(costs)
    each = np.array([int(cost * scale) for cost in costs], dtype=np.int64)
    totals = np.zeros(data.lengths.size, dtype=np.int64)
    np.add.at(totals, data.voters, each[data.at])
    value = _shown(totals.tolist().__getitem__, scale)
    for key, kind, low in limits:
        limit = data.number(key)
        if limit is not None:
            beyond = _beyond(totals, limit * scale, low=low)
            yield from several(beyond, _of_rows(data, "vote", kind, value, limit))
