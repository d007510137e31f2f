"""Totals of the folded table are those of its readings, whatever the order of its rows."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from evenground.questions.data.measures.series.audited import ColumnAudit, Days, Gaps, SeriesAudit
from evenground.questions.data.measures.series.folded import folded_table
from evenground.questions.data.purposes.gathering import (
    DAY,
    cadence_of,
    delivering_of,
    readings_of,
    recent_readings,
)

HOUR = 3_600 * 1_000_000


def whole(*values):
    return np.array(values, dtype=np.int64)


def series(name, first, last, *, cadence=HOUR, missing=0, leading=0, days=(), sentinels=0):
    n = int((last - first) // cadence) + 1 - missing if cadence else 10
    number, counts = [day for day, _ in days], [count for _, count in days]
    nothing = np.zeros(len(days))
    column = ColumnAudit(
        column="v", n=n, n_leading_zeros=leading, n_sentinels=sentinels,
        days=Days(whole(*number), whole(*counts), whole(*[0] * len(days)), nothing, nothing,
                  nothing, nothing),
    )  # fmt: skip
    return SeriesAudit(
        sensor=name, n_rows=n, first=first, last=last, cadence=cadence, n_instants=n,
        n_expected=n + missing if cadence else None, n_missing=missing if cadence else None,
        longest_gap=2 * HOUR if missing else 0 if cadence else None,
        gaps=Gaps(whole(), whole(), whole()), columns=(column,),
    )  # fmt: skip


FIRST = series("a", 0, 40 * DAY - HOUR, missing=10, days=[(d, 24) for d in range(40)])
LATE = series("b", 35 * DAY, 40 * DAY - HOUR, days=[(d, 12) for d in range(35, 40)], leading=7)
SILENT = series("c", 0, 20 * DAY - HOUR, days=[(d, 24) for d in range(20)], sentinels=3)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_readings_are_summed_and_the_whole_period_is_the_most_expected(order):
    every = (FIRST, LATE, SILENT)
    found = readings_of(folded_table([every[i] for i in order]), unmeasured_zeros=True)
    assert found is not None
    assert found.there == 950 + 120 + 480
    assert found.expected == 960 + 120 + 480
    assert found.expected_at_most == 3 * 960
    assert (found.unmeasured, found.placeholders) == (7, 3)
    assert found.usable == 1550 - 10


def test_zeros_are_readings_unless_a_check_says_otherwise():
    found = readings_of(folded_table([LATE]))
    assert found is not None
    assert found.unmeasured == 0


def test_without_a_cadence_nothing_is_expected():
    found = readings_of(folded_table([FIRST, series("d", 0, DAY, cadence=0)]))
    assert found is not None
    assert (found.expected, found.expected_at_most) == (None, None)
    assert recent_readings(folded_table([FIRST, series("d", 0, DAY, cadence=0)])) is None


def test_the_last_days_count_series_that_fell_silent():
    found = recent_readings(folded_table([FIRST, LATE, SILENT]), days=10)
    assert found is not None
    # days 29 to 38: the first is whole, the second began on day 35, the third was silent
    assert found.there == 10 * 24 + 4 * 12
    assert found.expected == 240 + 3 * 24 + 240
    assert found.expected_at_most == 720


def test_a_table_of_less_than_two_days_has_no_last_days():
    assert recent_readings(folded_table([series("a", 0, DAY - HOUR)])) is None


def test_who_still_delivers_is_counted():
    found = delivering_of(folded_table([FIRST, LATE, SILENT]))
    assert found is not None
    assert (found.n_series, found.n_still, found.longest_gap_hours) == (3, 2, 2.0)


def test_the_usual_cadence_comes_with_its_extremes():
    fast = series("f", 0, DAY, cadence=HOUR // 2)
    found = cadence_of(folded_table([FIRST, LATE, fast]))
    assert found is not None
    assert (found.value, found.low, found.high) == (3600, 1800, 3600)
    assert cadence_of(folded_table([series("d", 0, DAY, cadence=0)])) is None


def test_a_table_without_series_has_no_totals():
    empty = folded_table([])
    assert readings_of(empty) is None
    assert delivering_of(empty) is None
    assert recent_readings(empty) is None
    assert cadence_of(empty) is None
    timeless = folded_table([SeriesAudit(gaps=Gaps(whole(), whole(), whole()))])
    assert readings_of(timeless) is None


def test_chunks_change_nothing():
    table = pa.concat_tables([folded_table([FIRST]), folded_table([SILENT])])
    assert readings_of(table) == readings_of(table.combine_chunks())
    assert recent_readings(table) == recent_readings(table.combine_chunks())
