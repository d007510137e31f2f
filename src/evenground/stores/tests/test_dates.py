from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.stores.cells.dates import (
    DAY_FIRST,
    MONTH_FIRST,
    DateHabit,
    is_open,
    read_date,
    usual_order,
)

DAYS, MONTHS = DateHabit(order=DAY_FIRST), DateHabit(order=MONTH_FIRST)


@pytest.mark.parametrize(
    ("text", "habit", "day"),
    [
        ("2025-04-03", DAYS, date(2025, 4, 3)),
        ("2025-4-3", DAYS, date(2025, 4, 3)),
        ("2025/04/03", MONTHS, date(2025, 4, 3)),
        ("20250403", DAYS, date(2025, 4, 3)),
        ("3.4.2025", MONTHS, date(2025, 4, 3)),
        ("03/04/2025", DAYS, date(2025, 4, 3)),
        ("03/04/2025", MONTHS, date(2025, 3, 4)),
        ("13/04/2025", MONTHS, date(2025, 4, 13)),
        ("04/13/2025", DAYS, date(2025, 4, 13)),
        ("03.04.25", DAYS, date(2025, 4, 3)),
        ("03.04.85", DAYS, date(1985, 4, 3)),
        ("3 April 2025", DAYS, date(2025, 4, 3)),
        ("April 3, 2025", DAYS, date(2025, 4, 3)),
        ("3 maj 2025", DAYS, date(2025, 5, 3)),
        ("3. Dezember 2025", DAYS, date(2025, 12, 3)),
        ("2025", DAYS, date(2025, 1, 1)),
        ("2025-04", DAYS, date(2025, 4, 1)),
        ("2025-04-03T23:30:00", DAYS, date(2025, 4, 3)),
        ("2025-04-03 00:00:00", DAYS, date(2025, 4, 3)),
        ("31.02.2025", DAYS, None),
        ("2025-13-01", DAYS, None),
        ("13/13/2025", DAYS, None),
        ("in spring", DAYS, None),
        ("12", DAYS, None),
        ("12:30", DAYS, None),
    ],
)
def test_dates_as_people_write_them(text, habit, day):
    assert read_date(text, habit) == day


def test_a_moment_is_the_city_s_own_day():
    text = "2016-08-16T02:00:00Z"
    assert read_date(text, DateHabit(time_zone="America/New_York")) == date(2016, 8, 15)
    assert read_date(text, DateHabit(time_zone="Europe/Stockholm")) == date(2016, 8, 16)


def test_a_declared_format_decides():
    assert read_date("250403", DateHabit(form="%y%m%d")) == date(2025, 4, 3)
    assert read_date("2025-04-03", DateHabit(form="%y%m%d")) is None


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_every_day_reads_back_in_every_form(day):
    for form, habit in (("%d/%m/%Y", DAYS), ("%m/%d/%Y", MONTHS), ("%d.%m.%Y", DAYS)):
        text = f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
        if form == "%m/%d/%Y":
            text = f"{day.month:02d}/{day.day:02d}/{day.year:04d}"
        if form == "%d.%m.%Y":
            text = text.replace("/", ".")
        assert read_date(text, habit) == day
    assert read_date(day.isoformat(), DAYS) == day


def test_one_cell_above_twelve_decides_for_the_column():
    assert usual_order(["03/04/2025", "25/04/2025"], MONTH_FIRST) == (DAY_FIRST, True)
    assert usual_order(["03/04/2025", "04/25/2025"], DAY_FIRST) == (MONTH_FIRST, True)
    assert usual_order(["03/04/2025"], DAY_FIRST) == (DAY_FIRST, False)


def test_what_is_open_is_known():
    assert is_open("03/04/2025")
    assert not is_open("03/03/2025")
    assert not is_open("03.04.2025")
    assert not is_open("13/04/2025")
