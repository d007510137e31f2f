"""Checks on clocks, from the few buckets of suspicious times and the gaps of the folded table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.evidence import Message
from evenground.methods.validation import Whole
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.clocks.placeholders import (
    BESIDE_DAYS,
    DAY_US,
    Placeholder,
    dates_that_do_not_exist,
    placeholders,
)
from evenground.questions.data.measures.clocks.suspicious import (
    AFTER_ALL,
    BEFORE_ALL,
    PLANNED_DAYS,
    READING_DAYS,
    Times,
)
from evenground.questions.data.measures.clocks.transitions import Kind, Transition, transitions
from evenground.questions.data.measures.network.folded_lists import entries_of, wholes

if TYPE_CHECKING:
    import pyarrow as pa

DAYLIGHT_SAVING, NONEXISTENT, AMBIGUOUS = "daylight_saving", "nonexistent_times", "ambiguous_times"
IMPOSSIBLE = "impossible_dates"
STANDS_OUT = 10.0
"""A placeholder's day must have so many times as many rows as the busiest day near it."""
AS_OFTEN = 0.5
"""Rows in skipped hours, beside those in the hours before: from here on the clock is not put
forward at all."""
EXAMPLES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicious:
    """The buckets of ``suspicious_times``, arrays of shape (n_buckets,).

    Attributes
    ----------
    bucket
        First microsecond of each.
    n, n_instants
        Rows, and different pairs of sensor and time.
    """

    bucket: Whole
    n: Whole
    n_instants: Whole

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Return rows and instants from ``start`` to before ``end``."""
        here = (self.bucket >= start) & (self.bucket < end)
        return int(self.n[here].sum()), int(self.n_instants[here].sum())


def suspicious_of(table: pa.Table) -> Suspicious:
    """Return the buckets of a table as arrays."""
    columns = ("bucket", "n", "n_instants")
    bucket, n, instants = (
        np.asarray(table.column(name).to_numpy(), dtype=np.int64) for name in columns
    )
    return Suspicious(bucket=bucket, n=n, n_instants=instants)


def clock_checks(
    suspicious: pa.Table,
    times: Times,
    today: date,
    *,
    folded: pa.Table | None = None,
    texts: Mapping[str, int] | None = None,
) -> tuple[Check, ...]:
    """Return the checks on daylight saving, on times that do not exist or exist twice, on dates.

    Parameters
    ----------
    suspicious, times, today
        What ``suspicious_times`` gave, and what it was asked with.
    folded
        The folded table, for gaps and repeated rows; ``None`` if rows are no readings.
    texts
        Texts in the column that could not be read as times, with their counts.
    """
    found = suspicious_of(suspicious)
    dates = impossible_dates(found, times, texts or {})
    if not times.zone:
        return (*(_without_zone(name) for name in (DAYLIGHT_SAVING, NONEXISTENT, AMBIGUOUS)), dates)
    last = (today - date(1970, 1, 1)).days * DAY_US
    changes = transitions(times.zone, 0, last)
    return (
        daylight_saving(found, times.zone, changes, folded),
        _times_within(NONEXISTENT, Kind.SKIPPED, found, times.zone, changes),
        _times_within(AMBIGUOUS, Kind.REPEATED, found, times.zone, changes),
        dates,
    )


def daylight_saving(
    found: Suspicious, zone: str, changes: Sequence[Transition], folded: pa.Table | None
) -> Check:
    """Return how many repeated and missing readings the changes of a zone's clock explain."""
    definition = Message(code="definition.daylight_saving", parameters={"zone": zone})
    told: list[dict[str, Any]] = []
    repeated = missing = skipped_rows = before_rows = 0
    for change in changes:
        n, instants = found.within(change.start, change.end)
        if change.kind is Kind.REPEATED:
            extra, gone = n - instants, 0
        else:
            extra, gone = 0, _missing_within(folded, change)
            skipped_rows += n
            length = change.end - change.start
            before_rows += found.within(change.start - length, change.start)[0]
        repeated, missing = repeated + extra, missing + gone
        if extra or gone:
            told.append(
                {"date": _date(change.start), "kind": str(change.kind), "repeated_rows": extra,
                 "missing_readings": gone}
            )  # fmt: skip
    check = Check.counted(
        DAYLIGHT_SAVING, repeated + missing, unit="readings", definition=definition
    )
    return check.showing(
        zone=zone,
        repeated_rows=repeated,
        of_repeated_rows=_total(folded, "n_exact", "n_conflicting"),
        missing_readings=missing,
        of_missing_readings=_total(folded, "n_missing"),
        clock_is_put_forward=None if not before_rows else skipped_rows < AS_OFTEN * before_rows,
        changes=told,
    )


def impossible_dates(found: Suspicious, times: Times, texts: Mapping[str, int]) -> Check:
    """Return how many rows bear a date that cannot be, or that stands for none."""
    days = READING_DAYS if times.readings else PLANNED_DAYS
    definition = Message(
        code="definition.impossible_dates" + ("" if times.readings else ".planned"),
        parameters={"n_days": days, "times": STANDS_OUT, "n_beside": BESIDE_DAYS},
    )
    kinds: dict[str, int] = {}
    for one in placeholders():
        n = _standing_out(found, one)
        if n:
            kinds[one.name] = kinds.get(one.name, 0) + n
    for name, bucket in (("too_late", AFTER_ALL), ("too_early", BEFORE_ALL)):
        n = int(found.n[found.bucket == bucket].sum())
        if n:
            kinds[name] = n
    wrong = dates_that_do_not_exist(texts)
    if wrong:
        kinds["no_such_day"] = sum(wrong.values())
    check = Check.counted(IMPOSSIBLE, sum(kinds.values()), unit="rows", definition=definition)
    examples = sorted(wrong, key=lambda text: (-wrong[text], text))[:EXAMPLES]
    return check.showing(kinds=kinds, examples=examples)


def _standing_out(found: Suspicious, one: Placeholder) -> int:
    """Return the rows of a placeholder if its days have far more of them than days near it."""
    n, _ = found.within(one.start, one.end)
    if not n:
        return 0
    first, last = one.start // DAY_US, (one.end - 1) // DAY_US
    day = found.bucket // DAY_US
    near = (day >= first - BESIDE_DAYS) & (day <= last + BESIDE_DAYS)
    near &= (day < first) | (day > last)
    busiest = 0
    if near.any():
        _, which = np.unique(day[near], return_inverse=True)
        busiest = int(np.bincount(which, weights=found.n[near]).max())
    return n if n >= STANDS_OUT * busiest else 0


def _times_within(
    name: str, kind: Kind, found: Suspicious, zone: str, changes: Sequence[Transition]
) -> Check:
    """Return how many rows bear times that a zone's clock skips, or has twice."""
    definition = Message(code=f"definition.{name}", parameters={"zone": zone})
    rows = {
        _date(change.start): found.within(change.start, change.end)[0]
        for change in changes
        if change.kind is kind
    }
    rows = {day: n for day, n in rows.items() if n}
    check = Check.counted(name, sum(rows.values()), unit="rows", definition=definition)
    return check.showing(zone=zone, dates=rows)


def _without_zone(name: str) -> Check:
    unit = "readings" if name == DAYLIGHT_SAVING else "rows"
    definition = Message(code=f"definition.{name}.no_zone")
    reason = Message(code="reason.no_zone")
    return Check.not_established(name, unit=unit, definition=definition, reason=reason)


def _missing_within(folded: pa.Table | None, change: Transition) -> int:
    """Return how many missing readings would have borne a time that the clock skips."""
    if folded is None:
        return 0
    entries, parent = entries_of(folded, "gaps")
    start, n = wholes(entries, "start"), wholes(entries, "n_missing")
    cadence = np.asarray(folded.column("cadence").to_numpy(), dtype=np.int64)[parent]
    safe = np.maximum(cadence, 1)
    first = np.maximum(-((start - change.start) // safe), 1)  # the first due at or after its start
    last = np.minimum((change.end - 1 - start) // safe, n)
    return int(np.maximum(last - first + 1, 0)[cadence > 0].sum())


def _total(folded: pa.Table | None, *columns: str) -> int | None:
    if folded is None:
        return None
    return sum(int(n) for name in columns for n in folded.column(name).to_pylist() if n is not None)


def _date(moment: int) -> str:
    return str(np.datetime64(moment // DAY_US, "D"))
