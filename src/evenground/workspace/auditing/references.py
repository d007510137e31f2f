"""Pair rows with what they can be held against: the nearest in time at a sensor, or by area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evenground.errors import Place, ProblemKind, UsageError
from evenground.language import N_
from evenground.questions.data.datasheet.model import Datasheet, Reference
from evenground.questions.data.measures.roles import Roles
from evenground.questions.data.plan import PAIRS, sheet_of
from evenground.stores.engines.streaming import collected
from evenground.workspace.auditing.opening import Named, Opened, opened

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

NOT_ALIKE = ProblemKind(
    code="reference_columns",
    what=N_("The reference has no column of {value}."),
    rule=N_("Readings are paired by time, at the same sensor where there are several."),
    way_out=N_("Name its columns as in the data, or say them under [reference] in the datasheet."),
)
HALF_A_DAY = 43_200_000_000
"""Without a cadence, a reading this near (microseconds) is taken as of the same time."""


def with_reference(one: Opened, reference: Any) -> dict[str, pa.Table]:
    """Return pairs of measured and reference values, as the table that an audit reads.

    Columns: sensor (or area), time (null where rows have none), measured, reference; reference rows
    without a reading near have no measured value.

    Raises
    ------
    UsageError
        If the reference lacks the columns that pairs need.
    """
    sheet = sheet_of(one.card)
    roles = sheet.roles
    if not roles.values or not (roles.time or of_whom(roles)):
        return {}
    stated = sheet.reference or Reference(file="")
    value = stated.column or roles.values[0]
    with opened(reference, Named(key=f"{one.key}_reference", sheet=_alike(sheet, stated))) as held:
        found = _rows(held, sheet_of(held.card).roles, stated, value)
    readings = _near(one.table, roles, value, found)
    return {f"datasets/{one.key}/{PAIRS}": _paired(readings, found, sheet)}


def _alike(sheet: Datasheet, stated: Reference) -> Datasheet:
    """Return how the reference is read: as the data, but for what the datasheet says of it."""
    from dataclasses import replace

    roles = sheet.roles
    value = stated.value or stated.column or (roles.values[0] if roles.values else "")
    return Datasheet(
        zone=sheet.zone,
        roles=replace(
            Roles(form=roles.form, sensor=roles.sensor, area=roles.area, zone=roles.zone),
            time=stated.time or roles.time,
            values=(value,),
        ),
    )


def of_whom(roles: Roles) -> str:
    """Return the column that says what a value is of: the sensor, else the area."""
    return roles.sensor or roles.area


def _rows(held: Opened, roles: Roles, stated: Reference, value: str) -> pa.Table:
    """Return the reference's values: sensor, time, reference."""
    column = stated.value or value
    names = held.table.columns
    for wanted in (column, *((roles.time,) if roles.time else (of_whom(roles),))):
        if wanted not in names:
            raise UsageError(NOT_ALIKE.at(Place(), value=wanted))
    rows = _said(held.table, roles, column).rename(reference="measured")
    return collected(rows.filter(rows["reference"].notnull()))


def _said(table: ibis.Table, roles: Roles, column: str) -> ibis.Table:
    """Return what a table says of whom and when: sensor, time, measured."""
    import ibis

    whom = of_whom(roles)
    known = whom in table.columns
    rows = table.select(
        sensor=table[whom].cast("string") if known else ibis.literal(""),
        time=table[roles.time].cast("int64") if roles.time else ibis.literal(0, "int64"),
        measured=table[column].cast("float64"),
    )
    return rows.filter(rows["time"].notnull())


def _near(table: ibis.Table, roles: Roles, value: str, found: pa.Table) -> pa.Table:
    """Return the readings within the reference's period."""
    import ibis

    times = found["time"].to_numpy()
    if not times.size:
        return found.slice(0, 0).rename_columns(["sensor", "time", "measured"])
    low, high = int(times.min()) - HALF_A_DAY, int(times.max()) + HALF_A_DAY
    rows = _said(table, roles, value)
    near = rows["time"].between(ibis.literal(low), ibis.literal(high))
    return collected(rows.filter(near & rows["measured"].notnull()))


def _paired(readings: pa.Table, found: pa.Table, sheet: Datasheet) -> pa.Table:
    import pyarrow as pa

    cadence = sheet.cadence_seconds
    tolerance = int(cadence * 1e6 / 2) if cadence else HALF_A_DAY
    names = found["sensor"].to_pylist() if "sensor" in found.column_names else [""] * found.num_rows
    times, values = found["time"].to_numpy(), found["reference"].to_numpy()
    measured = np.full(found.num_rows, np.nan)
    by_sensor = _by_sensor(readings) if readings.num_rows else {}
    for at, name in enumerate(names):
        held = by_sensor.get(str(name or ""))
        if held is not None:
            measured[at] = _nearest(held, int(times[at]), tolerance)
    return pa.table(
        {
            "sensor": pa.array([str(name or "") for name in names]),
            "time": pa.array(times if sheet.roles.time else [None] * len(times), pa.int64()),
            "measured": pa.array(measured, from_pandas=True),
            "reference": pa.array(values),
        }
    )


Held = tuple[NDArray[np.int64], NDArray[np.float64]]


def _by_sensor(readings: pa.Table) -> dict[str, Held]:
    """Return times (sorted) and readings of each sensor."""
    codes = readings["sensor"].combine_chunks().dictionary_encode()
    sensor = codes.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    time, value = readings["time"].to_numpy(), readings["measured"].to_numpy()
    order = np.lexsort((value, time, sensor))
    found: dict[str, Held] = {}
    for number, name in enumerate(codes.dictionary.to_pylist()):
        mine = order[sensor[order] == number]
        found[str(name)] = (time[mine], value[mine])
    return found


def _nearest(held: Held, time: int, tolerance: int) -> float:
    """Return the reading nearest to a time; not a number where none is near."""
    times, values = held
    at = int(np.searchsorted(times, time))
    near = [
        i for i in (at - 1, at) if 0 <= i < times.size and abs(int(times[i]) - time) <= tolerance
    ]
    return float(values[min(near, key=lambda i: abs(int(times[i]) - time))]) if near else np.nan
