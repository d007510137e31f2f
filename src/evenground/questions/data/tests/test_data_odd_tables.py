"""Tables as nobody would write them are audited all the same."""

from __future__ import annotations

import json
from datetime import date, datetime

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenground.language import language
from evenground.questions.data.measures.network.daily import daily
from evenground.tests.scenarios_of_data import air_sheet, readings
from evenground.workspace.auditing.running import audit
from evenground.workspace.auditing.telling import told_audit

TODAY = date(2026, 3, 1)
NAMES = ("sensor", "time", "value", "x", "y", "area_id", "id", "count", "share", "day", "age")
texts = st.one_of(st.none(), st.sampled_from(["", "a", "A0000", "-", "1,5", "9999", "€ 3", "NaN"]))
numbers = st.one_of(st.none(), st.just(0.0), st.floats(-1e6, 1e6), st.sampled_from([-999.0, 1e20]))
wholes = st.one_of(st.none(), st.integers(-3, 2_100))
times = st.one_of(
    st.none(),
    st.datetimes(datetime(1900, 1, 1), datetime(9999, 12, 31)),  # noqa: DTZ001
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 3)),  # noqa: DTZ001
)
KINDS = (
    (texts, pa.string()), (numbers, pa.float64()), (wholes, pa.int64()),
    (times, pa.timestamp("us")), (st.none(), pa.null()), (st.booleans(), pa.bool_()),
)  # fmt: skip


@st.composite
def tables(draw):
    """Draw a table of up to 30 rows whose names promise what its cells need not keep."""
    n = draw(st.integers(0, 30))
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True))
    columns = {}
    for name in names:
        cells, kind = draw(st.sampled_from(KINDS))
        columns[name] = pa.array(draw(st.lists(cells, min_size=n, max_size=n)), kind)
    return pa.table(columns)


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(table=tables())
def test_any_table_gets_an_audit_that_can_be_told(table):
    found = audit(table, today=TODAY)
    assert json.dumps(found.as_data(), allow_nan=False)
    assert found.n_rows == table.num_rows
    assert set(found.verdicts) == {"operate", "decide", "official_statistics"}
    told_audit(found, language("en"))


@pytest.mark.parametrize("odd", [datetime(9999, 12, 31), datetime(1900, 1, 1)])  # noqa: DTZ001
def test_a_placeholder_for_a_date_makes_no_table_of_millions_of_days(odd):
    """What stands for no date is found as such; days are laid out without the centuries between."""
    rows = [*readings(3, 12).to_pylist(), {**readings(1).to_pylist()[0], "time": odd}]
    found = audit(pa.Table.from_pylist(rows), air_sheet(), today=TODAY)
    assert daily(found.series, "no2").day.size == 12
    assert found.checks["impossible_dates"].count >= 1
