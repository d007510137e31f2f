"""A draft asks for all that may be said, and read back it is the datasheet that it was made of."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.language import language
from evenground.questions.data.datasheet import model, schemas
from evenground.questions.data.datasheet.drafting import MOST_COLUMNS, draft
from evenground.questions.data.datasheet.model import (
    Change,
    ColumnSheet,
    Datasheet,
    Declared,
    Pair,
    Reference,
)
from evenground.questions.data.datasheet.reading import datasheet_of
from evenground.questions.data.datasheet.toml_values import toml_key, toml_value
from evenground.questions.data.measures.columns.column_profile import ColumnProfile, Holds
from evenground.questions.data.measures.roles import Form, Roles

ENGLISH = language("en")
SAID = Declared(says="met", by="Ek", on=date(2026, 1, 2))
ROLES = Roles(form=Form.STREAM, sensor="gate", values=("PM 2.5",), zone="Europe/Stockholm")
SHEET = Datasheet(
    title='Air "at" gates',
    zone="Europe/Stockholm",
    cadence_seconds=300.0,
    made_by_residents=False,
    roles=ROLES,
    columns={"PM 2.5": ColumnSheet(unit="µg/m³", codes={"a b": "c"}, saturates_at=(0.5, 500.0))},
    reference=Reference(file="r.csv"),
    colocated=(Pair(first="a", second="b"), Pair(first="c", second="d", tolerance=1.5)),
    declared={"relevance": (SAID, replace(SAID, says="not_met"))},
    changes=(Change(on=None, what="inlet"),),
)  # fmt: skip


def profile(name, position=0, low=0.25, high=412.0, holds=Holds.NUMBER):
    return ColumnProfile(
        name=name, position=position, holds=holds, n=10, n_null=0, n_distinct=9, low=low, high=high
    )


def uncommented(text):
    """Return a draft with every example taken into effect."""
    lines = (re.sub(r"^# (\[+[a-z]|[a-z_]+ = )", r"\1", line) for line in text.splitlines())
    return "\n".join(lines)


@pytest.mark.parametrize("sheet", [Datasheet(), SHEET])
def test_a_draft_is_read_back_as_it_was(sheet):
    text = draft(sheet, speaks=ENGLISH, profiles=[profile("PM 2.5"), profile("NO2", 1)])
    assert datasheet_of(tomllib.loads(text)) == (sheet, ())


def test_every_example_can_be_taken_into_effect():
    text = uncommented(draft(Datasheet(), speaks=ENGLISH))
    sheet, problems = datasheet_of(tomllib.loads(text))
    assert [problem.code for problem in problems] == []
    unsaid = {
        field.name
        for field in fields(sheet)
        if getattr(sheet, field.name) == getattr(Datasheet(), field.name)
    }
    assert unsaid == set()


def test_every_key_that_is_read_is_asked_for():
    parts = {
        schemas.ACCESS: model.Access, schemas.COLUMN: model.ColumnSheet,
        schemas.NEEDED: model.Granularity, schemas.REFERENCE: model.Reference,
        schemas.MODELS: model.Model, schemas.DECLARED: model.Declared,
        schemas.CHANGES: model.Change, schemas.ROLES: Roles,
    }  # fmt: skip
    for schema, part in parts.items():
        read = {field.name for field in fields(part)} - {"zone", "crs"}
        assert set(schema.names) == read, schema.name
    tables = {schema.name for schema in schemas.DATASHEET_TABLES} - {"datasheet"}
    assert set(schemas.DATASHEET.names) | tables == {field.name for field in fields(Datasheet)}


def test_extremes_are_told_but_not_declared():
    text = draft(Datasheet(), speaks=ENGLISH, profiles=[profile("pm25")])
    assert "Found in the data: 0.25 to 412." in text
    sheet, _ = datasheet_of(tomllib.loads(text))
    assert "pm25" not in sheet.columns


def test_reasons_stand_beside_what_was_guessed():
    text = draft(SHEET, speaks=ENGLISH, guessed={"sensor": "few values,\nmany rows"})
    assert "# sensor: guessed: few values, many rows" in text
    assert datasheet_of(tomllib.loads(text)) == (SHEET, ())


def test_a_wide_table_is_not_asked_about_without_end():
    text = draft(Datasheet(), speaks=ENGLISH, profiles=[profile(f"c{i}", i) for i in range(5000)])
    assert text.count("[columns.c") == MOST_COLUMNS
    assert f"({5000 - MOST_COLUMNS})" in text


anything = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)


@given(
    st.dictionaries(anything, anything | st.booleans() | st.integers(-(2**60), 2**60), max_size=3)
)
def test_any_text_is_written_as_toml(values):
    text = "\n".join(f"{toml_key(key)} = {toml_value(value)}" for key, value in values.items())
    assert tomllib.loads(text) == values
