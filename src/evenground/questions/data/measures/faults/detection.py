"""How well faults were found: precision, recall and their harmonic mean, by check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from evenground.questions.data.measures.faults.stream import Whole

if TYPE_CHECKING:
    import pyarrow as pa

SECOND = 1_000_000
ALIASES: Mapping[str, str] = {
    "missing": "gaps", "gap": "gaps", "nulls": "gaps", "null": "gaps",
    "stuck": "stuck_runs", "stuck_run": "stuck_runs", "flatline": "stuck_runs",
    "flat_line": "stuck_runs", "zero": "zero_runs", "zero_run": "zero_runs",
    "zero_dropout": "zero_runs", "duplicate": "duplicates", "exact_duplicate": "duplicates",
    "conflicting_duplicate": "duplicates", "spike": "spikes", "outlier": "spikes",
    "sentinel": "sentinels", "placeholder": "sentinels", "range": "out_of_range",
    "unit_step": "unit_jumps", "unit_jump": "unit_jumps", "unit": "unit_jumps",
    "order": "order_inversions", "late": "late_arrivals", "late_arrival": "late_arrivals",
    "dst": "daylight_saving",
}  # fmt: skip
"""Other people's names of faults, and the check that looks for them.

A reading without a value is as missing as one without a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """How well one kind of fault was found.

    Attributes
    ----------
    check
        The fault.
    n_true, n_flagged, n_hits
        Readings that have it, readings flagged, and readings that are both.
    precision, recall, f1
        Hits in what was flagged, hits in what is true, and their harmonic mean, 0-1; ``nan`` where
        there is nothing to divide by.
    """

    check: str
    n_true: int
    n_flagged: int
    n_hits: int
    precision: float
    recall: float
    f1: float


class _Marks(NamedTuple):
    sensor: Whole
    time: Whole


def detection(
    truth: pa.Table, flags: pa.Table, *, tolerance_seconds: float = 0.0
) -> dict[str, Detection]:
    """Return how well each kind of fault was found.

    Parameters
    ----------
    truth, flags
        Tables with at least the columns ``sensor``, ``time`` (timestamp or whole microseconds) and
        ``check``, one row per reading. Usual other names of faults are understood.
    tolerance_seconds
        How far a flag may lie from the reading that it stands for. Each flag stands for one.

    Returns
    -------
    One entry per fault in the truth or among the flags.
    """
    codes: dict[str, int] = {}
    true, flagged = _by_check(truth, codes), _by_check(flags, codes)
    tolerance = round(tolerance_seconds * SECOND)
    none = _Marks(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))
    return {
        check: _scored(check, true.get(check, none), flagged.get(check, none), tolerance)
        for check in sorted(true.keys() | flagged.keys())
    }


def _by_check(table: pa.Table, codes: dict[str, int]) -> dict[str, _Marks]:
    import pyarrow as pa

    time = table["time"]
    if pa.types.is_timestamp(time.type):
        time = time.cast(pa.timestamp("us")).cast(pa.int64())
    sensor = _coded(table["sensor"].cast(pa.string()).fill_null("").to_pylist(), codes)
    names = [ALIASES.get(name, name) for name in table["check"].to_pylist()]
    kinds, which = np.unique(np.array(names, dtype=np.str_), return_inverse=True)
    at = time.to_numpy()
    return {str(kind): _Marks(sensor[which == i], at[which == i]) for i, kind in enumerate(kinds)}


def _coded(names: Iterable[str], codes: dict[str, int]) -> Whole:
    return np.array([codes.setdefault(name, len(codes)) for name in names], dtype=np.int64)


def _scored(check: str, true: _Marks, flagged: _Marks, tolerance: int) -> Detection:
    hits = 0
    for sensor in np.intersect1d(true.sensor, flagged.sensor).tolist():
        one, other = (np.sort(m.time[m.sensor == sensor]) for m in (true, flagged))
        hits += _matched(one, other, tolerance)
    n_true, n_flagged = true.time.size, flagged.time.size
    either = n_true + n_flagged
    return Detection(
        check=check, n_true=n_true, n_flagged=n_flagged, n_hits=hits,
        precision=hits / n_flagged if n_flagged else float("nan"),
        recall=hits / n_true if n_true else float("nan"),
        f1=2 * hits / either if either else float("nan"),
    )  # fmt: skip


def _matched(true: Whole, flagged: Whole, tolerance: int) -> int:
    """Return how many of two ascending series of times pair off within a tolerance.

    The earliest flag near enough to the earliest reading stands for it: no other pairing has more.
    """
    hits = at = 0
    for time in true.tolist():
        while at < flagged.size and flagged[at] < time - tolerance:
            at += 1
        if at < flagged.size and flagged[at] <= time + tolerance:
            hits += 1
            at += 1
    return hits
