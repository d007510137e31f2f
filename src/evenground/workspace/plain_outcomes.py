"""A long table of units, times and outcomes as a panel: who is treated since when."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.errors import InvalidInputError, Problem, ProblemKind, Severity
from evenground.language import N_
from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.promise.measures.panel import Panel, panel
from evenground.schema import Kind
from evenground.stores.listing import capped
from evenground.workspace.plain_tables import PlainTable, Wanted

_SHOWN = 5
SAME_CELL = ProblemKind(
    code="contradicting_row",
    what=N_("Row {row} has the same unit and time as row {first}: {value}."),
    rule=N_("There is one row for each unit and time; which of two is right nobody can guess."),
    way_out=N_("Delete one of the two rows, or add them up in the file."),
)
NOT_A_YES = ProblemKind(
    code="not_yes_or_no",
    what=N_("Row {row}: {column} is {value}."),
    rule=N_("A unit is treated at a time (1, yes, true) or is not (0, no, false)."),
    way_out=N_("Write 1 or 0, or name a column of first treated times with --first-treated."),
)
TREATMENT_ENDS = ProblemKind(
    code="treatment_ends",
    what=N_("{value} is treated and later is not (row {row})."),
    rule=N_("A unit, once treated, stays treated: what lasts after an end is not estimated here."),
    way_out=N_("Leave out the times after the end, or the unit."),
)
TWO_STARTS = ProblemKind(
    code="two_starts",
    what=N_("{value} has more than one first treated time (row {row})."),
    rule=N_("A unit is first treated once."),
    way_out=N_("Give the same time in every row of the unit."),
)
TWO_TEXTS = ProblemKind(
    code="two_texts_of_a_unit",
    what=N_("Row {row}: {column} of {unit} is {value}, in row {first} it is {before}."),
    rule=N_("A unit lies in one cluster and one stratum."),
    way_out=N_("Give the same in every row of the unit."),
)
HAS_GAPS = ProblemKind(
    code="unit_with_gaps",
    severity=Severity.NOTE,
    what=N_("not every time is there (units: {n_missing}, such as {value})"),
    rule=N_("Units are compared time by time."),
    way_out=N_("Add the missing rows, or leave out the times that some units lack."),
)
TREATED_HAS_GAPS = ProblemKind(
    code="treated_unit_with_gaps",
    what=N_("{value} is treated and lacks {n_missing} of {n_times} times."),
    rule=N_("A treated unit cannot be left out without changing the question."),
    way_out=N_("Add the missing rows, or leave out the times that it lacks."),
)
_YES, _NO = {"1", "1.0", "yes", "true", "y", "t"}, {"0", "0.0", "no", "false", "n", "f", ""}
_NEVER = {"", "0", "0.0", "never", "inf", "nan", "na"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomesRead:
    """What a file says: outcomes with ``nan`` where there is no row, and starts.

    ``outcomes`` has shape (n_units, n_times), ``first_treated`` (n_units,), in columns; ``cluster``
    and ``stratum`` hold one text for each unit, if they were asked for.
    """

    outcomes: Vector
    first_treated: Whole
    units: tuple[str, ...]
    times: tuple[str, ...]
    cluster: tuple[str, ...] | None = None
    stratum: tuple[str, ...] | None = None


def outcome_columns(**named: str) -> dict[str, Wanted]:
    """Return the columns to read, those that are not named left out."""
    wanted = {
        "unit": Wanted(column=named["unit"], option="--unit", kind=Kind.TEXT, names_rows=True),
        "time": Wanted(column=named["time"], option="--time", kind=Kind.TEXT),
        "outcome": Wanted(column=named["outcome"], option="--outcome"),
        "treated": Wanted(
            column=named.get("treated", ""), option="--treated", kind=Kind.TEXT, may_lack=True
        ),
        "first": Wanted(
            column=named.get("first", ""), option="--first-treated", kind=Kind.TEXT, may_lack=True
        ),
        "cluster": Wanted(column=named.get("cluster", ""), option="--cluster", kind=Kind.TEXT),
        "stratum": Wanted(column=named.get("stratum", ""), option="--stratum", kind=Kind.TEXT),
    }
    return {name: one for name, one in wanted.items() if one.column}


def outcomes_in(table: PlainTable) -> OutcomesRead:
    """Return the table as a matrix of units by times.

    Raises
    ------
    InvalidInputError
        If a unit has two rows for a time, is treated and later is not, or has two starts.
    """
    _refuse_repeated(table)
    times = in_order(table.texts("time"))
    units = tuple(dict.fromkeys(table.texts("unit")))
    at_unit = _positions(units, table.texts("unit"))
    at_time = _positions(times, table.texts("time"))
    outcomes = np.full((len(units), len(times)), np.nan)
    outcomes[at_unit, at_time] = table.number("outcome")
    if "first" in table.columns:
        starts = _first_named(table, at_unit, len(units), times)
    else:
        starts = _first_seen(table, at_unit, at_time, (len(units), len(times)))
    return OutcomesRead(
        outcomes=outcomes,
        first_treated=starts,
        units=units,
        times=times,
        cluster=_constant(table, "cluster", at_unit, len(units)),
        stratum=_constant(table, "stratum", at_unit, len(units)),
    )


def balanced(read: OutcomesRead, table: PlainTable) -> tuple[Panel, Flags, PlainTable]:
    """Return the panel of units that have every time, which they are, and the rows in use.

    Raises
    ------
    InvalidInputError
        If a treated unit lacks a time, or no unit is left.
    """
    lacks: Flags = np.isnan(read.outcomes)
    gaps = np.asarray(lacks.any(axis=1), dtype=np.bool_)
    treated = read.first_treated < len(read.times)
    n_times = len(read.times)
    bad = [
        TREATED_HAS_GAPS.at(
            table.place, value=read.units[i], n_missing=int(lacks[i].sum()), n_times=n_times
        )
        for i in np.flatnonzero(gaps & treated).tolist()
    ]
    if bad:
        raise InvalidInputError(*capped(iter(bad)))
    if np.any(gaps):
        out = np.array([gaps[i] for i in _positions(read.units, table.texts("unit"))], dtype=bool)
        table = table.without(out, _with_gaps(read, gaps, table)).with_rows()
    kept = np.logical_not(gaps)
    names = tuple(name for name, has in zip(read.units, kept, strict=True) if has)
    made = panel(read.outcomes[kept], read.first_treated[kept], units=names, times=read.times)
    return made, kept, table


def in_order(times: Sequence[str]) -> tuple[str, ...]:
    """Return the different times in order: by number where all are numbers, else part by part.

    Months and quarters written with a year first (2024-9, 2024-10, 2024Q2) are in order so, with
    leading zeros or without.
    """
    distinct = list(dict.fromkeys(times))
    return tuple(sorted(distinct, key=_order_of(distinct)))


_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DIGITS = re.compile(r"([0-9]+)")


def _order_of(times: Sequence[str]) -> Callable[[str], Any]:
    if all(_NUMBER.fullmatch(one) for one in times):
        return float
    return _by_parts


def _by_parts(time: str) -> tuple[tuple[int, str], ...]:
    """Return a time's parts in order: digits by their number, before all else."""
    parts = enumerate(_DIGITS.split(time))  # every second one is of digits
    return tuple((int(part), "") if at % 2 else (-1, part) for at, part in parts)


def _with_gaps(read: OutcomesRead, gaps: Flags, table: PlainTable) -> Problem:
    names = [read.units[i] for i in np.flatnonzero(gaps).tolist()]
    more = ", …" if len(names) > _SHOWN else ""
    return HAS_GAPS.at(table.place, value=", ".join(names[:_SHOWN]) + more, n_missing=len(names))


def _positions(names: Sequence[str], texts: Sequence[str]) -> Whole:
    place = {name: at for at, name in enumerate(names)}
    return np.array([place[text] for text in texts], dtype=np.int64)


def _refuse_repeated(table: PlainTable) -> None:
    cells = list(zip(table.texts("unit"), table.texts("time"), strict=True))
    first: dict[tuple[str, str], int] = {}
    again = [at for at, cell in enumerate(cells) if first.setdefault(cell, at) != at]
    if again:
        raise InvalidInputError(
            *capped(
                SAME_CELL.at(
                    table.at(at),
                    value=", ".join(cells[at]),
                    first=int(table.rows[first[cells[at]]]),
                )
                for at in again
            )
        )


def _first_seen(table: PlainTable, at_unit: Whole, at_time: Whole, shape: tuple[int, int]) -> Whole:
    """Return the first treated column of each unit from a column of yes and no."""
    texts = [text.strip().lower() for text in table.texts("treated")]
    bad = [at for at, text in enumerate(texts) if text not in _YES | _NO]
    if bad:
        raise InvalidInputError(
            *capped(NOT_A_YES.at(table.at(at, "treated"), value=texts[at]) for at in bad)
        )
    treated = np.full(shape, -1)
    treated[at_unit, at_time] = [text in _YES for text in texts]
    is_treated = treated == 1
    starts = np.where(is_treated.any(axis=1), is_treated.argmax(axis=1), shape[1])
    later = np.arange(shape[1])[None, :] > starts[:, None]
    ends = (treated == 0) & later
    if ends.any():
        units = tuple(dict.fromkeys(table.texts("unit")))
        wrong = ends[at_unit, at_time]
        firsts = {int(at_unit[at]): at for at in reversed(np.flatnonzero(wrong).tolist())}
        raise InvalidInputError(
            *capped(
                TREATMENT_ENDS.at(table.at(at, "treated"), value=units[unit])
                for unit, at in sorted(firsts.items())
            )
        )
    return starts.astype(np.int64)


def _first_named(table: PlainTable, at_unit: Whole, n_units: int, times: tuple[str, ...]) -> Whole:
    """Return the first treated column of each unit from a column of times."""
    texts = [text.strip() for text in table.texts("first")]
    named: dict[int, str] = {}
    for at, (unit, text) in enumerate(zip(at_unit.tolist(), texts, strict=True)):
        if named.setdefault(unit, text) != text:
            problem = TWO_STARTS.at(table.at(at, "first"), value=table.texts("unit")[at])
            raise InvalidInputError(problem)
    return np.array([_column(named[unit], times) for unit in range(n_units)], dtype=np.int64)


def _column(start: str, times: tuple[str, ...]) -> int:
    """Return the first column at or after a start; one that is never reached is never treated."""
    if start.lower() in _NEVER:
        return len(times)
    order = _order_of((*times, start))
    return bisect_left(times, order(start), key=order)


def _constant(table: PlainTable, name: str, at_unit: Whole, n_units: int) -> tuple[str, ...] | None:
    if name not in table.columns:
        return None
    texts = table.texts(name)
    first: dict[int, int] = {}
    other = [
        (at, first[unit])
        for at, unit in enumerate(at_unit.tolist())
        if texts[first.setdefault(unit, at)] != texts[at]
    ]
    if other:
        units = table.texts("unit")
        raise InvalidInputError(
            *capped(
                TWO_TEXTS.at(
                    table.at(at, name), unit=units[at], value=texts[at],
                    first=int(table.rows[before]), before=texts[before],
                )
                for at, before in other
            )
        )  # fmt: skip
    return tuple(texts[first[unit]] for unit in range(n_units))
