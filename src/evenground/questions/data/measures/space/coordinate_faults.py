"""Coordinates at fault: axes swapped, a decimal point moved, a sign lost, nothing entered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.evidence import Message
from evenground.methods.validation import Flags
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.space.coordinates import Coordinates, flagged, written
from evenground.questions.data.measures.space.region import Region
from evenground.questions.data.measures.space.repairs import Repairs, coordinate_repairs

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "coordinate_faults"
MOSTLY = 0.5
_SEVERAL = "several"


def coordinate_faults(
    places: Coordinates,
    region: Region | None,
    *,
    repairs: Repairs | None = None,
    n_rows: int | None = None,
) -> Check:
    """Return the check of coordinates that lead elsewhere because of how they were written.

    Parameters
    ----------
    places, n
        Coordinates as written, or distinct ones with the number of rows of each.
    region
        Where they are expected (``city_region``, ``region_of_data``); ``None`` where the data have
        but one place or none.
    repairs, n
        From ``coordinate_repairs``, to spare a second search.
    n_rows
        Rows with a place in the whole table, where ``places`` holds suspicious ones only.

    Returns
    -------
    Check
        Counts rows at fault. ``detail``: ``faults`` lists column, fault and rows (a row with two
        faults stands in two); ``ambiguous_rows`` have more than one repair; ``far_rows`` are far
        from all else and no repair is known (not counted); ``perhaps_rows`` lie just outside and
        would lie inside were they degrees and minutes (not counted); ``whole_table`` names a fault
        that more than half of all rows have.
    """
    if region is None:
        definition = Message(code=f"definition.{NAME}.data", parameters=_names(places))
        reason = Message(code=f"reason.{NAME}.one_place")
        return Check.not_established(NAME, unit="rows", definition=definition, reason=reason)
    definition = Message(code=f"definition.{NAME}.{region.origin}", parameters=_names(places))
    found = coordinate_repairs(places, region) if repairs is None else repairs
    n_fault = _rows(places, found.at_fault)
    check = Check.counted(NAME, n_fault, unit="rows", definition=definition)
    counts = fault_counts(places, found)
    n_all = _rows(places, places.present) if n_rows is None else n_rows
    whole = [name for _, name, n in counts if n > MOSTLY * n_all]
    return check.showing(
        flags=None if places.row is None else _flags(places, found),
        faults=[{"column": column, "fault": name, "rows": n} for column, name, n in counts],
        ambiguous_rows=_rows(places, found.ambiguous),
        far_rows=_rows(places, found.is_far),
        perhaps_rows=_rows(places, found.perhaps),
        whole_table=whole,
        systems={
            system: _rows(places, found.kind == number)
            for number, system in enumerate(found.system)
            if system
        },
    )


def fault_counts(places: Coordinates, repairs: Repairs) -> list[tuple[str, str, int]]:
    """Return column (both: the two names joined by a comma), fault and rows, most rows first."""
    counts: Counter[tuple[str, str]] = Counter()
    for number, faults in enumerate(repairs.kinds):
        n_rows = _rows(places, repairs.kind == number)
        for axis, code in faults:
            counts[", ".join(_columns(places, axis)), code] += n_rows
    several = _rows(places, repairs.ambiguous)
    if several:
        counts[", ".join(_columns(places, "both")), _SEVERAL] = several
    rows = [(column, code, n) for (column, code), n in counts.items()]
    return sorted(rows, key=lambda one: (-one[2], one[0], one[1]))


def _rows(places: Coordinates, chosen: Flags) -> int:
    return int(places.times[chosen].sum())


def _names(places: Coordinates) -> dict[str, Any]:
    return {"x": places.x_name, "y": places.y_name}


def _columns(places: Coordinates, axis: str) -> tuple[str, ...]:
    both = {"x": places.x_name, "y": places.y_name}
    return (both[axis],) if axis in both else tuple(both.values())


def _flags(places: Coordinates, repairs: Repairs) -> pa.Table:
    """Return one flag for each value at fault, in the order of rows."""
    at, columns = [], []
    for entry, column in _at_fault(places, repairs):
        at.append(entry)
        columns.append(column)
    entries = np.asarray(at, dtype=np.int64)
    rows = np.zeros(0, dtype=np.int64) if places.row is None else places.row[entries]
    x_is = np.array([column == places.x_name for column in columns], dtype=np.bool_)
    values = np.where(x_is, places.x[entries], places.y[entries])
    return flagged(NAME, rows, columns, values=written(values))


def _at_fault(places: Coordinates, repairs: Repairs) -> Iterator[tuple[int, str]]:
    by_kind = [
        tuple(dict.fromkeys(name for axis, _ in faults for name in _columns(places, axis)))
        for faults in repairs.kinds
    ]
    for entry in np.flatnonzero(repairs.at_fault):
        kind = int(repairs.kind[entry])
        for column in by_kind[kind] if kind >= 0 else _columns(places, "both"):
            yield int(entry), column
