"""Check what a table says against itself: parts and wholes, shares and per cent, begin and end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground.errors import Place, Problem, ProblemKind, Severity
from evenground.language import N_
from evenground.stores.listing import capped
from evenground.stores.table import ReadTable

Floats = NDArray[np.float64]
TOTAL = "total"
PAIRS = (("opened", "closed"), ("installed", "removed"), ("started", "ended"))
_ENOUGH = 30
_FEW = 3
_STEPS = (10, 5)

SHARE_SAID_PERCENT = ProblemKind(
    code="share_said_percent",
    severity=Severity.WARNING,
    what=N_("The unit of {value} is {unit}, and all its values lie between 0 and 1."),
    rule=N_("They look like shares, a hundred times smaller than per cent."),
    way_out=N_('Write unit = "share", or multiply the values by 100.'),
)
PERCENT_SAID_SHARE = ProblemKind(
    code="percent_said_share",
    severity=Severity.WARNING,
    what=N_("{value} is called a share, and its values reach {largest}."),
    rule=N_("A share lies between 0 and 1; these look like per cent."),
    way_out=N_('Write unit = "%", or divide the values by 100.'),
)
NOT_PERCENT = ProblemKind(
    code="not_percent",
    severity=Severity.WARNING,
    what=N_("The unit of {value} is {unit}, and its values reach {largest} (rows: {n_rows})."),
    rule=N_("So many values beyond 0 to 100 are no slips: the unit is another one."),
    way_out=N_('Write its unit; in a wide table: values = {{unit = {{{value} = "…"}}}}.'),
)
PERCENT_BEYOND = ProblemKind(
    code="percent_beyond",
    what=N_("{value} per cent in row {row} ({indicator})."),
    rule=N_("A part cannot be less than nothing or more than the whole."),
    way_out=N_("Correct row {row}, or write another unit if this is a change or a ratio."),
)
PART_BEYOND_WHOLE = ProblemKind(
    code="part_beyond_whole",
    what=N_("In row {row} the numerator ({value}) is larger than the denominator ({whole})."),
    rule=N_("What is counted is part of what it is counted among."),
    way_out=N_("Correct row {row}; perhaps the two columns are swapped."),
)
GROUP_BEYOND_TOTAL = ProblemKind(
    code="group_beyond_total",
    severity=Severity.WARNING,
    what=N_("In area {area} the group {group} has {value} people, and all residents are {whole}."),
    rule=N_("A group is part of all residents; margins of error or rounding do not explain it."),
    way_out=N_("Check row {row}, and whether both numbers are of the same year."),
)
ENDS_BEFORE_IT_BEGINS = ProblemKind(
    code="ends_before_it_begins",
    what=N_("Row {row} ends on {value}, before it begins on {begin}."),
    rule=N_("Nothing stands at a place before it was put there."),
    way_out=N_("Correct one of the two dates in row {row}; perhaps they are swapped."),
)
LOOKS_ROUNDED = ProblemKind(
    code="looks_rounded",
    severity=Severity.NOTE,
    what=N_("All counts in {column} are multiples of {value}."),
    rule=N_("Rounded counts are less sure than they look; results should carry it."),
    way_out=N_("Write values = {{rounded_to = {value}}} if the source rounds."),
)


def implausible(parts: Sequence[ReadTable]) -> list[ReadTable]:
    """Return the files of one table, each with what is implausible in it."""
    checks: Mapping[str, Callable[[ReadTable], list[Problem]]] = {
        "indicators": _indicators,
        "population": _rounding,
    }
    if not parts:
        return []
    check = checks.get(parts[0].schema.name)
    found = [read.saying(*_dates(read)) for read in parts]
    if check is not None:
        found = [read.saying(*check(read)) for read in found]
    return _beyond_total(found) if parts[0].schema.name == "population" else found


def _dates(read: ReadTable) -> list[Problem]:
    problems: list[Problem] = []
    for first, last in PAIRS:
        if first not in read.schema.names or last not in read.schema.names:
            continue
        pairs = zip(read.table[first].to_pylist(), read.table[last].to_pylist(), strict=True)
        for position, (begin, end) in enumerate(pairs):
            if begin is not None and end is not None and end < begin:
                at = read.at(position, last)
                problems.append(ENDS_BEFORE_IT_BEGINS.at(at, value=end, begin=begin))
    return capped(problems)


def _indicators(read: ReadTable) -> list[Problem]:
    values = read.table["value"].to_numpy()
    names = np.array(read.texts("indicator"), dtype=object)
    units = np.array(read.texts("unit"), dtype=object)
    problems: list[Problem] = []
    for name in dict.fromkeys(names):
        rows = np.flatnonzero((names == name) & np.isfinite(values))
        if len(rows):
            problems += _percent(read, str(name), str(units[rows[0]]), rows)
    return problems + _parts_and_wholes(read)


def _percent(read: ReadTable, name: str, unit: str, rows: NDArray[np.int64]) -> list[Problem]:
    values = read.table["value"].to_numpy()[rows]
    first = _at(read, int(rows[0]))
    low, high = float(values.min()), float(values.max())
    is_share = unit.casefold().startswith("share") or (not unit and name.endswith("_share"))
    if is_share:
        reach = f"{high:g}"
        return [PERCENT_SAID_SHARE.at(first, value=name, largest=reach)] if high > 1 else []
    if unit.strip() not in {"%", "percent", "per cent"}:
        return []
    if len(rows) > 1 and low >= 0 and 0 < high <= 1:
        return [SHARE_SAID_PERCENT.at(first, value=name, unit=unit)]
    out = rows[(values < 0) | (values > 100)]  # noqa: PLR2004 - per cent
    if len(out) > max(_FEW, len(rows) // 4):
        largest = f"{high:g}"
        return [NOT_PERCENT.at(first, value=name, largest=largest, unit=unit, n_rows=len(out))]
    return capped(
        PERCENT_BEYOND.at(
            _at(read, int(row)),
            value=f"{read.table['value'][int(row)].as_py():g}",
            indicator=name,
        )
        for row in out
    )


def _at(read: ReadTable, position: int) -> Place:
    """Return the place of a row's value: in a wide file, in its group's own column."""
    return replace(read.at(position), column=read.column_of(position))


def _parts_and_wholes(read: ReadTable) -> list[Problem]:
    above, below = (read.table[name].to_numpy() for name in ("numerator", "denominator"))
    with np.errstate(invalid="ignore"):
        wrong = np.flatnonzero(above > below)
    return capped(
        PART_BEYOND_WHOLE.at(
            read.at(int(row), "numerator"), value=f"{above[row]:g}", whole=f"{below[row]:g}"
        )
        for row in wrong
    )


def _rounding(read: ReadTable) -> list[Problem]:
    """Notice counts that are all multiples of five or ten without anyone saying so."""
    counts = read.table["count"].to_numpy()
    stated = any(
        read.table[name].null_count < read.table.num_rows for name in ("margin", "rounded_to")
    )
    positive = counts[counts > 0]
    if stated or len(positive) < _ENOUGH:
        return []
    for step in _STEPS:
        if np.all(positive % step == 0):
            return [LOOKS_ROUNDED.at(read.at(0, "count"), value=step)]
    return []


def _beyond_total(parts: list[ReadTable]) -> list[ReadTable]:
    """List groups that are larger than all residents of their area in the same file and year."""
    found: list[ReadTable] = []
    for read in parts:
        rows: list[dict[str, Any]] = read.table.to_pylist()
        totals = {
            (row["area_id"], row["vintage"], row["edition"]): row
            for row in rows
            if row["group"] == TOTAL
        }
        problems: list[Problem] = []
        for position, row in enumerate(rows):
            whole = totals.get((row["area_id"], row["vintage"], row["edition"]))
            if whole is None or row["group"] == TOTAL:
                continue
            if row["count"] > whole["count"] + _slack(row, whole):
                at = _at(read, position)
                problems.append(
                    GROUP_BEYOND_TOTAL.at(
                        at, value=f"{row['count']:g}", whole=f"{whole['count']:g}",
                        area=row["area_id"], group=row["group"],
                    )
                )  # fmt: skip
        found.append(read.saying(*capped(problems)))
    return found


def _slack(row: Mapping[str, Any], whole: Mapping[str, Any]) -> float:
    margins = np.hypot(row["margin"] or 0.0, whole["margin"] or 0.0)
    return float(margins) + (row["rounded_to"] or 0.0) / 2 + (whole["rounded_to"] or 0.0) / 2
