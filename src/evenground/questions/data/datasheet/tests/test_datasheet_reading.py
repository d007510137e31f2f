"""A datasheet is read as it was written, and what cannot be read is listed with a way out."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.questions.data.datasheet.model import (
    Access,
    Change,
    ColumnSheet,
    Datasheet,
    Declared,
    Granularity,
    Model,
    Pair,
    Reference,
)
from evenground.questions.data.datasheet.reading import datasheet_of, unknown_columns
from evenground.questions.data.datasheet.writing import as_mapping
from evenground.questions.data.measures.roles import Form, Roles
from evenground.questions.data.purposes.model import MEASURES, PURPOSES

TODAY = date(2026, 3, 1)
FULL = """
title = "Air at school gates"
producer = "Parents of Bromma"
made_by_residents = true
conditions = "Name the association; not for fining anybody."
not_for = ["official_statistics"]
licence = "https://creativecommons.org/licenses/by/4.0/"
zone = "Europe/Stockholm"
cadence_seconds = 300
keywords = ["air", "school"]
starts_on = 2025-01-01
ends_on = 2025-12-31

[access]
url = "https://example.org/air"
answers = true
checked_on = 2026-02-01

[roles]
form = "stream"
sensor = "gate"
time = "at"
values = ["pm25", "no2"]

[columns.pm25]
meaning = "Fine dust"
unit = "µg/m³"
low = 0
high = 500
saturates_at = [500]
placeholders = ["-999"]

[needed.decide]
seconds = 3600
metres = 500
by = "Environment board"

[reference]
file = "counts.csv"
kind = "colocated instrument"
column = "pm25"

[[colocated]]
sensors = ["a", "b"]
column = "pm25"
tolerance = 2.5

[[models]]
name = "filler"
made_by = "A company"

[declared.relevance]
says = "met"
by = "Anna Ek"
role = "head of unit"
on = 2026-01-15
evidence = "Minutes 12"
purposes = ["decide"]

[[declared.methodological_transparency]]
says = "not met"
by = "Anna Ek"
on = 2026-01-15

[[changes]]
on = 2025-06-01
what = "new inlet"
"""


def codes(problems):
    return [problem.code for problem in problems]


def test_a_whole_datasheet_is_read():
    sheet, problems = datasheet_of(tomllib.loads(FULL), today=TODAY)
    assert problems == ()
    assert sheet.made_by_residents is True
    assert sheet.about_people is None
    assert sheet.not_for == ("official_statistics",)
    assert sheet.roles == Roles(
        form=Form.STREAM, sensor="gate", time="at", values=("pm25", "no2"), zone="Europe/Stockholm"
    )
    assert sheet.columns["pm25"].saturates_at == (500,)
    assert sheet.columns["pm25"].placeholders == ("-999",)
    assert sheet.needed["decide"].metres == 500
    assert sheet.reference is not None
    assert sheet.reference.kind == "colocated_instrument"
    assert sheet.colocated == (Pair(first="a", second="b", column="pm25", tolerance=2.5),)
    assert sheet.declared["relevance"][0].purposes == ("decide",)
    assert sheet.declared["methodological_transparency"][0].says == "not_met"
    assert datasheet_of(as_mapping(sheet), today=TODAY) == (sheet, ())


def test_an_empty_datasheet_is_one():
    assert datasheet_of({}) == (Datasheet(), ())
    assert as_mapping(Datasheet()) == {}


@pytest.mark.parametrize(
    ("text", "code", "near"),
    [
        ('titel = "x"', "unknown_key", "title"),
        ("cadence_seconds = 0", "not_above_zero", ""),
        ('cadence_seconds = "often"', "not_a_number", ""),
        ('zone = "Europe/Stokholm"', "unknown_time_zone", "Europe/Stockholm"),
        ("starts_on = 2026-02-02\nends_on = 2026-02-01", "ends_before_it_begins", ""),
        ('issued = "31 Feb"', "not_a_day", ""),
        ("modified = 2031-01-01", "impossible_day", ""),
        ('not_for = ["decid"]', "unknown_purpose", "decide"),
        ("[columns.a]\nlow = 5\nhigh = 1", "low_above_high", ""),
        ('[columns.a]\nkind = "numbr"', "not_a_choice", "number"),
        ("[columns.a]\nmaximum = 3", "unknown_key", ""),
        ('[declared.relevence]\nsays = "met"', "unknown_measure", "relevance"),
        ('[declared.relevance]\nsays = "met"', "nobody_vouches", ""),
        ("[needed.operation]\nseconds = 3", "unknown_purpose", "operate"),
        ('[reference]\nkind = "register"', "reference_without_file", ""),
        ('made_by_residents = "perhaps"', "not_a_yes_or_no", ""),
        ('access = "https://example.org"', "not_a_table", ""),
        ("expected_rows = 1.5", "not_a_whole_number", ""),
    ],
)
def test_each_defect_is_said_with_the_nearest_name(text, code, near):
    sheet, problems = datasheet_of(tomllib.loads(text), today=TODAY)
    assert isinstance(sheet, Datasheet)
    assert codes(problems) == [code]
    assert problems[0].nearest == near
    for template in (problems[0].what, problems[0].rule, problems[0].way_out):
        assert template.format(**problems[0].fields)


def test_one_defect_never_hides_the_next():
    text = 'titel = "x"\ncadence_seconds = -1\nproducer = "A"\n[roles]\nform = "strem"\ntime = "t"'
    sheet, problems = datasheet_of(tomllib.loads(text))
    assert sorted(codes(problems)) == ["not_a_choice", "not_above_zero", "unknown_key"]
    assert (sheet.producer, sheet.roles.time) == ("A", "t")


def test_columns_that_the_data_lack_are_pointed_out():
    sheet, _ = datasheet_of(tomllib.loads(FULL))
    problems = unknown_columns(sheet, ("gate", "at", "pm_25", "no2"))
    assert [problem.value for problem in problems] == ["pm25", "pm25"]
    assert {problem.nearest for problem in problems} == {"pm_25"}


words = st.text(alphabet="abc äß.", min_size=1, max_size=8).map(str.strip).filter(bool)
days = st.dates(date(2000, 1, 1), date(2025, 12, 31))
above_zero = st.integers(1, 10**6).map(float)
columns = st.builds(
    ColumnSheet, meaning=words, unit=words, low=st.none() | st.just(-1.5),
    high=st.none() | above_zero, min_stuck=st.none() | st.integers(1, 99),
    codes=st.dictionaries(words, words, max_size=2), required=st.booleans(),
    kind=st.sampled_from(["", "number", "datetime"]),
)  # fmt: skip
declared = st.builds(
    Declared, says=st.sampled_from(["met", "not_met"]), by=words, on=days, evidence=words,
    purposes=st.lists(st.sampled_from(PURPOSES), unique=True).map(tuple),
)  # fmt: skip
sheets = st.builds(
    Datasheet, title=words, not_in_it=words, keywords=st.lists(words).map(tuple),
    made_by_residents=st.none() | st.booleans(), about_people=st.none() | st.booleans(),
    issued=st.none() | days, cadence_seconds=st.none() | above_zero,
    access=st.builds(Access, url=words, answers=st.none() | st.booleans(), since=days),
    columns=st.dictionaries(words, columns, max_size=3),
    needed=st.dictionaries(
        st.sampled_from(PURPOSES), st.builds(Granularity, seconds=above_zero, by=words)
    ),
    reference=st.none() | st.builds(Reference, file=words, on=days),
    models=st.lists(st.builds(Model, name=words, made_for=words), max_size=2).map(tuple),
    declared=st.dictionaries(
        st.sampled_from(MEASURES), st.lists(declared, min_size=1, max_size=2).map(tuple),
        max_size=3,
    ),
    changes=st.lists(st.builds(Change, on=days, what=words), max_size=2).map(tuple),
)  # fmt: skip


@given(sheets)
def test_what_is_written_out_is_read_back(sheet):
    assert datasheet_of(as_mapping(sheet)) == (sheet, ())
