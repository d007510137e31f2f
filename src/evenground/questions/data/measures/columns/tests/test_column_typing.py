"""Numbers and times as people write them, read alike in every way of writing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import ibis
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evenground.questions.data.measures.columns.column_profile import ColumnProfile, Holds, Writing
from evenground.questions.data.measures.columns.profile import columns_of, profile
from evenground.questions.data.measures.columns.readings import Reading, readings_of
from evenground.questions.data.measures.columns.typing import typed, unread, unread_name
from evenground.questions.data.measures.columns.writings import writing_of
from evenground.questions.data.measures.roles import Roles

ZERO = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(*parts):
    return (datetime(*parts, tzinfo=UTC) - ZERO) // timedelta(microseconds=1)


def read(texts, reading, kind=None):
    table = ibis.memtable(pa.table({"row": range(len(texts)), "text": pa.array(texts, kind)}))
    profiles = (
        ColumnProfile(name="text", position=0, holds=Holds.TEXT, n=0, n_null=0, n_distinct=0),
    )
    read_table = typed(table, profiles, {"text": reading}).order_by("row")
    return read_table.to_pyarrow()["text"].to_pylist()


def profiles_of(columns):
    plan = profile(ibis.memtable(pa.table(columns)))
    return columns_of(plan, [table.to_pyarrow() for table in plan.tables])


WRITTEN = {
    "": Writing.EMPTY, "  ": Writing.EMPTY, "12": Writing.WHOLE, "-3": Writing.WHOLE,
    " 7 ": Writing.WHOLE, "0": Writing.WHOLE, "007": Writing.LEADING_ZERO, "1.5": Writing.POINT,
    ".5": Writing.POINT, "2.": Writing.POINT, "1e-3": Writing.POINT, "1.5E+06": Writing.POINT,
    "1,5": Writing.COMMA, "0,123": Writing.COMMA, "1.234,5": Writing.COMMA,
    "1.234.567": Writing.COMMA, "1,234": Writing.COMMA_OR_THOUSANDS,
    "1,234,567": Writing.THOUSANDS, "1,234.5": Writing.THOUSANDS, "1 234": Writing.THOUSANDS,
    "1\N{NO-BREAK SPACE}234,5": Writing.THOUSANDS, "$1,200": Writing.MONEY,
    "(12.50)": Writing.MONEY,
    "12 kr": Writing.MONEY, "€ 5": Writing.MONEY, "SEK 1 000": Writing.MONEY,
    "45 %": Writing.PERCENT,
    "45.5%": Writing.PERCENT, "2012-07-17": Writing.DAY, "2012/7/5": Writing.DAY,
    "2012-07-17 09:30": Writing.MOMENT, "2012-07-17T09:30:01.5": Writing.MOMENT,
    "2012/07/17 09:30:00+00": Writing.MOMENT_ZONED, "2012-07-17T09:30:00Z": Writing.MOMENT_ZONED,
    "2012-07": Writing.MONTH, "07/17/2012 09:30:00 AM": Writing.LOCAL, "17.07.2012": Writing.LOCAL,
    "5-Apr-16": Writing.NAMED_MONTH, "17 July 2012": Writing.NAMED_MONTH,
    "Sat Nov 17 05:09:36 WIB 2018": Writing.NAMED_MONTH, "09:30": Writing.CLOCK,
    "N/A": Writing.SIGN, "-": Writing.SIGN, "..": Writing.SIGN, "yes": Writing.FLAG,
    "Main St": Writing.WORDS, "12E": Writing.WORDS, "PO 540750": Writing.WORDS,
    "14th St": Writing.WORDS, "123-456": Writing.WORDS,
}  # fmt: skip


def test_each_writing_is_told():
    table = ibis.memtable(pa.table({"text": list(WRITTEN)}))
    found = table.mutate(looks=writing_of(table.text)).to_pyarrow().to_pylist()
    assert {row["text"]: Writing(row["looks"]) for row in found} == WRITTEN


@pytest.mark.parametrize(
    ("texts", "reading", "wanted"),
    [
        (["12", " 7 ", "007", "-3.5", "1e-3"], Reading.POINT, [12, 7, 7, -3.5, 0.001]),
        (["1,234", "1,234.5", "1 234", "1,5"], Reading.POINT, [1234, 1234.5, 1234, 1.5]),
        (["1,234", "1.234", "1.234,5", "1.5"], Reading.COMMA, [1.234, 1234, 1234.5, 1.5]),
        (["$1,200.50", "(12.50)", "-$3", "$.75"], Reading.POINT, [1200.5, -12.5, -3, 0.75]),
        (["1.200,50 €", "12 kr", "12,5 kr"], Reading.COMMA, [1200.5, 12, 12.5]),
        (["45 %", "45.5%", "45,5 %"], Reading.POINT, [45, 45.5, 45.5]),
        (["n/a", "", "x", None, "2012-07-17", "--"], Reading.POINT, [None] * 6),
    ],
)
def test_numbers(texts, reading, wanted):
    assert read(texts, reading, pa.string()) == wanted


TIMES = (
    ("2012-07-17", Reading.ISO, (2012, 7, 17)),
    ("2012/7/5 9:05", Reading.ISO, (2012, 7, 5, 9, 5)),
    ("2012-07-17T09:30:01.25", Reading.ISO, (2012, 7, 17, 9, 30, 1, 250_000)),
    ("2012/07/17 23:59:59+00", Reading.ISO, (2012, 7, 17, 23, 59, 59)),
    ("2012-07-17T09:30:00Z", Reading.ISO, (2012, 7, 17, 9, 30)),
    ("2012-07-17 00:30:00+02:00", Reading.ISO, (2012, 7, 16, 22, 30)),
    ("2012-07-17 22:00:00-0530", Reading.ISO, (2012, 7, 18, 3, 30)),
    ("2016-02-29", Reading.ISO, (2016, 2, 29)),
    ("2000-02-29", Reading.ISO, (2000, 2, 29)),
    ("1969-12-31 20:00:00", Reading.ISO, (1969, 12, 31, 20)),
    ("07/17/2012 09:30:00 AM", Reading.MONTH_FIRST, (2012, 7, 17, 9, 30)),
    ("07/17/2012 12:05:00 AM", Reading.MONTH_FIRST, (2012, 7, 17, 0, 5)),
    ("07/17/2012 12:05 pm", Reading.MONTH_FIRST, (2012, 7, 17, 12, 5)),
    ("7/4/99", Reading.MONTH_FIRST, (1999, 7, 4)),
    ("17.07.2012 18:00", Reading.DAY_FIRST, (2012, 7, 17, 18)),
    ("3/4/2012", Reading.DAY_FIRST, (2012, 4, 3)),
    ("5-Apr-16", Reading.NAMED_MONTH, (2016, 4, 5)),
    ("17 July 2012 10:15", Reading.NAMED_MONTH, (2012, 7, 17, 10, 15)),
    ("5 maj 2016", Reading.NAMED_MONTH, (2016, 5, 5)),
    ("July 4, 2012", Reading.NAMED_MONTH, (2012, 7, 4)),
    ("Sat Nov 17 05:09:36 WIB 2018", Reading.NAMED_MONTH, (2018, 11, 17, 5, 9, 36)),
    ("2012-07", Reading.MONTH, (2012, 7, 1)),
    ("2012", Reading.YEAR, (2012, 1, 1)),
    ("2012.0", Reading.YEAR, (2012, 1, 1)),
    ("1403054214", Reading.EPOCH_SECONDS, (2014, 6, 18, 1, 16, 54)),
    ("1403054214196", Reading.EPOCH_MILLISECONDS, (2014, 6, 18, 1, 16, 54, 196_000)),
)


@pytest.mark.parametrize("reading", sorted({reading for _, reading, _ in TIMES}))
def test_times(reading):
    given = {text: wanted for text, how, wanted in TIMES if how is reading}
    wanted = [microseconds(*parts) for parts in given.values()]
    assert read(list(given), reading) == wanted


NO_TIMES = (
    ("2015-02-29", Reading.ISO),
    ("1900-02-29", Reading.ISO),
    ("2015-13-01", Reading.ISO),
    ("2015-04-31 10:00", Reading.ISO),
    ("2015-04-30 24:00", Reading.ISO),
    ("2015-04-30 10:60", Reading.ISO),
    ("2015-04-30 10:00:60", Reading.ISO),
    ("31.02.2012", Reading.DAY_FIRST),
    ("13/01/2012", Reading.MONTH_FIRST),
    ("yesterday", Reading.ISO),
    ("", Reading.ISO),
    ("N/A", Reading.NAMED_MONTH),
)


@pytest.mark.parametrize("reading", sorted({reading for _, reading in NO_TIMES}))
def test_days_and_hours_that_do_not_exist_are_none(reading):
    texts = [text for text, how in NO_TIMES if how is reading]
    assert read(texts, reading) == [None] * len(texts)


LONG_AGO, FAR_OFF = datetime(1600, 1, 1), datetime(2999, 12, 31)  # noqa: DTZ001 - wall clock
LAST = datetime(1999, 12, 31, 23, 59, 59, 999_999)  # noqa: DTZ001 - wall clock


@settings(max_examples=6, deadline=None)
@given(st.lists(st.datetimes(LONG_AGO, FAR_OFF), min_size=1, max_size=50))
@example([LAST])
def test_stored_and_written_times_are_the_calendars(moments):
    since = timedelta(microseconds=1)
    wanted = [(moment.replace(tzinfo=UTC) - ZERO) // since for moment in moments]
    assert read(moments, Reading.STORED_TIME, pa.timestamp("us")) == wanted
    assert read([moment.isoformat(sep=" ") for moment in moments], Reading.ISO) == wanted
    days = [one // 86_400_000_000 * 86_400_000_000 for one in wanted]
    assert read([moment.date() for moment in moments], Reading.STORED_TIME) == days


def test_stored_instants_are_in_utc():
    table = pa.table({"text": pa.array([1_500_000_000_123_456], pa.timestamp("us", "UTC"))})
    connection = ibis.duckdb.connect()
    connection.raw_sql("SET TimeZone = 'UTC'")
    rows = connection.create_table("rows", table)
    (column,) = profiles_of(table.to_pydict())
    read_table = typed(rows, (column,), {"text": Reading.STORED_TIME})
    assert read_table.to_pyarrow()["text"].to_pylist() == [1_500_000_000_123_456]
    connection.disconnect()


AMOUNTS = st.tuples(st.floats(-1e12, 1e12, allow_nan=False), st.integers(0, 6))


@settings(max_examples=6, deadline=None)
@given(st.lists(AMOUNTS, min_size=1, max_size=50))
def test_a_number_is_the_same_in_every_writing(amounts):
    point = [f"{value:.{decimals}f}" for value, decimals in amounts]
    grouped = [f"{value:,.{decimals}f}" for value, decimals in amounts]
    swapped = [text.translate(str.maketrans(",.", ".,")) for text in grouped]
    spaced = [text.replace(",", " ") for text in grouped]
    wanted = [float(text) for text in point]
    for texts in (point, grouped, spaced):
        assert read(texts, Reading.POINT) == wanted
    assert read(swapped, Reading.COMMA) == wanted


def test_columns_with_a_role_are_read_and_codes_stay():
    columns = {
        "sensor": ["001", "002"],
        "dteday": ["2011-01-01", "2011-01-01"],
        "hr": ["0", "23"],
        "cnt": ["16", "x"],
        "note": ["1", "2"],
    }
    roles = Roles(sensor="sensor", time="dteday+hr", values=("cnt",))
    profiles = profiles_of(columns)
    readings = readings_of(profiles, roles)
    assert readings == {"cnt": Reading.POINT, "dteday": Reading.ISO}
    table = typed(ibis.memtable(pa.table(columns)), profiles, readings, joined=roles.time)
    assert table.order_by("sensor").to_pyarrow().to_pylist()[1] == {
        "sensor": "002", "dteday": microseconds(2011, 1, 1), "hr": "23", "cnt": None, "note": "2",
        "dteday+hr": microseconds(2011, 1, 1, 23),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "reading"),
    [
        (["1.5", "2.5", "n/a"], Reading.POINT),
        (["1,5", "1,234", "7"], Reading.COMMA),
        (["1,234", "1,234,567", "12.5"], Reading.POINT),
    ],
)
def test_decimal_mark_is_what_the_cells_show(texts, reading):
    (column,) = profiles_of({"value": texts})
    assert readings_of((column,), Roles(values=("value",))) == {"value": reading}


@pytest.mark.parametrize(
    ("texts", "reading"),
    [
        (["03/04/2012", "12/31/2012"], Reading.MONTH_FIRST),
        (["03/04/2012", "31/12/2012"], Reading.DAY_FIRST),
        (["2012", "2013"], Reading.YEAR),
        (["1403054214196", "1726860583813"], Reading.EPOCH_MILLISECONDS),
        (["2012-01", "2012-02"], Reading.MONTH),
    ],
)
def test_times_are_read_as_they_are_written(texts, reading):
    (column,) = profiles_of({"value": texts})
    assert readings_of((column,), Roles(time="value")) == {"value": reading}


def test_what_is_declared_wins():
    (column,) = profiles_of({"value": ["03/04/2012", "12/31/2012"]})
    declared = {"value": Reading.DAY_FIRST}
    assert readings_of((column,), Roles(time="value"), declared) == declared


def test_cells_that_cannot_be_read_are_told_from_empty_ones():
    columns = {"text": ["1", "", "N/A", None, "x", "2012"], "other": [1.5, None, 1, 2, 3, 4]}
    profiles = profiles_of(columns)
    readings = {"text": Reading.POINT, "other": Reading.NUMBER}
    looked = unread(ibis.memtable(pa.table(columns)), profiles, readings)
    assert looked.columns[:2] == ("text", "other")
    found = looked.filter(looked[unread_name("text")])
    assert found.to_pyarrow()["text"].to_pylist() == ["x"]
    assert looked[unread_name("other")].sum().to_pyarrow().as_py() == 0


def test_an_empty_profile_has_no_share():
    column = ColumnProfile(name="a", position=0, holds=Holds.TEXT, n=0, n_null=0, n_distinct=0)
    assert column.is_empty
    assert column.share_written(Writing) == 0
