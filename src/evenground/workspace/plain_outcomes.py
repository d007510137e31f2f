"""A long table of units, times and outcomes as a panel: who is treated since when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

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
    weight: Vector | None = None


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
        "weight": Wanted(column=named.get("weight", ""), option="--weight", low=0.0),
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
        weight=_weights(table, at_unit, len(units)),
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
    """Return the different times in order: by number where all are numbers, else as texts.

    Quarters and months written with a year first (2024-03, 2024Q2) sort as texts.
    """
    distinct = list(dict.fromkeys(times))
    if all(_NUMBER.fullmatch(one) for one in distinct):
        return tuple(sorted(distinct, key=float))
    return tuple(sorted(distinct))


_NUMBER = re.compile(r"-?\d+(\.\d+)?")


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
    as_numbers = all(_NUMBER.fullmatch(one) for one in (*times, start))
    for at, time in enumerate(times):
        reached = float(time) >= float(start) if as_numbers else time >= start
        if reached:
            return at
    return len(times)


def _constant(table: PlainTable, name: str, at_unit: Whole, n_units: int) -> tuple[str, ...] | None:
    if name not in table.columns:
        return None
    held = [""] * n_units
    for unit, text in zip(at_unit.tolist(), table.texts(name), strict=True):
        held[unit] = text
    return tuple(held)


def _weights(table: PlainTable, at_unit: Whole, n_units: int) -> Vector | None:
    """Return each unit's weight as its first row gives it: at the baseline."""
    if "weight" not in table.columns:
        return None
    held = np.full(n_units, np.nan)
    for unit, value in zip(at_unit.tolist()[::-1], table.number("weight")[::-1], strict=True):
        held[unit] = value
    return held
