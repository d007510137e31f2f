"""Table Schema and CSVW say the same of a table, in and out."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.questions.data.datasheet.model import ColumnSheet, Datasheet
from evenground.questions.data.measures.columns.column_profile import ColumnProfile, Holds, Writing
from evenground.questions.data.measures.roles import Form, Roles
from evenground.questions.data.metadata.csvw import as_csvw, is_csvw, read_csvw
from evenground.questions.data.metadata.table_schema import (
    as_table_schema,
    is_table_schema,
    read_table_schema,
)
from evenground.questions.data.metadata.table_shape import TableShape, shape_of, sheet_with_shape

FRICTIONLESS = {
    "resources": [
        {
            "name": "counts",
            "schema": {
                "fields": [
                    {"name": "id", "type": "integer", "constraints": {"required": True}},
                    {"name": "at", "type": "datetime", "title": "When", "format": "default",
                     "rdfType": "http://www.w3.org/ns/sosa/resultTime"},
                    {"name": "n", "type": "number", "decimalChar": ",", "unit": "people",
                     "description": "People counted", "missingValues": ["-1"],
                     "constraints": {"minimum": 0, "maximum": "500"}},
                    {"name": "state", "type": "string",
                     "categories": [{"value": "A", "label": "working"}, {"value": "B"}]},
                    {"name": "kind", "type": "string", "constraints": {"enum": ["x", "y"]}},
                ],
                "primaryKey": "id", "missingValues": ["", "n/a"],
            },
        }
    ]
}  # fmt: skip
CSVW = {
    "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
    "tables": [
        {"url": "other.csv", "tableSchema": {"columns": [{"titles": "z"}]}},
        {
            "url": "counts.csv",
            "tableSchema": {
                "columns": [
                    {"name": "id", "titles": "Id", "datatype": "integer", "required": True},
                    {"name": "at", "titles": {"en": ["When"]}, "datatype": {
                        "base": "dateTime", "format": "dd/MM/yyyy HH:mm"},
                     "propertyUrl": "http://www.w3.org/ns/sosa/resultTime"},
                    {"name": "the%20n", "datatype": {"base": "decimal", "minimum": "0",
                     "maxInclusive": 500, "format": {"decimalChar": ","}}, "null": ["-1"]},
                    {"name": "state", "datatype": {"base": "string", "format": "^(A|B)$"}},
                    {"name": "row", "virtual": True},
                ],
                "primaryKey": ["id"],
            },
        },
    ],
}  # fmt: skip


def test_a_table_schema_is_read():
    assert is_table_schema(FRICTIONLESS)
    assert not is_table_schema(CSVW)
    shape = read_table_schema(FRICTIONLESS)
    assert tuple(shape.columns) == ("id", "at", "n", "state", "kind")
    assert shape.columns["n"] == ColumnSheet(
        meaning="People counted", unit="people", kind="number", decimal=",", low=0, high=500,
        placeholders=("-1",),
    )  # fmt: skip
    assert shape.columns["at"].meaning == "When"
    assert shape.columns["state"].codes == {"A": "working", "B": ""}
    assert shape.columns["kind"].codes == {"x": "", "y": ""}
    assert (shape.primary_key, shape.placeholders) == (("id",), ("n/a",))
    assert shape.stands_for == {"at": "time"}


def test_csvw_is_read_by_its_titles():
    assert is_csvw(CSVW)
    assert not is_csvw(FRICTIONLESS)
    shape = read_csvw(CSVW, url="counts.csv")
    assert tuple(shape.columns) == ("Id", "When", "the n", "state")
    assert shape.columns["When"].format == "dd/MM/yyyy HH:mm"
    number = shape.columns["the n"]
    assert (number.kind, number.low, number.high, number.decimal) == ("number", 0, 500, ",")
    assert number.placeholders == ("-1",)
    assert shape.columns["state"].codes == {"A": "", "B": ""}
    assert (shape.primary_key, shape.stands_for) == (("Id",), {"When": "time"})
    assert tuple(read_csvw(CSVW).columns) == ("z",)


@pytest.mark.parametrize("document", [{}, {"fields": None}, {"resources": []}, {"tables": []}])
def test_a_document_that_says_nothing_declares_no_column(document):
    assert read_table_schema(document).columns == {}
    assert read_csvw(document).columns == {}


words = st.text("abc-|( .é", min_size=1, max_size=6).map(str.strip).filter(bool)
limits = st.none() | st.integers(-1000, 1000).map(lambda n: n / 4)
columns = st.builds(
    ColumnSheet, meaning=words | st.just(""), unit=words | st.just(""),
    kind=st.sampled_from(["integer", "number", "boolean", "date", "datetime", "time"]),
    low=limits, high=limits, required=st.booleans(),
    placeholders=st.lists(words, max_size=2).map(tuple),
)  # fmt: skip
coded = st.builds(
    ColumnSheet, kind=st.just("text"), codes=st.dictionaries(words, st.just(""), max_size=3)
)
shapes = st.builds(
    TableShape, columns=st.dictionaries(words, columns | coded, min_size=1, max_size=4),
    placeholders=st.lists(words, max_size=2).map(tuple),
).flatmap(
    lambda shape: st.builds(
        replace, st.just(shape),
        primary_key=st.sampled_from([(), (next(iter(shape.columns)),)]),
        stands_for=st.dictionaries(
            st.sampled_from(list(shape.columns)), st.sampled_from(["sensor", "time", "values"])
        ),
    )
)  # fmt: skip


@given(shapes)
def test_what_is_written_as_table_schema_is_read_back(shape):
    assert read_table_schema(json.loads(json.dumps(as_table_schema(shape)))) == shape


@given(shapes)
def test_what_is_written_as_csvw_is_read_back(shape):
    assert read_csvw(json.loads(json.dumps(as_csvw(shape, url="t.csv"))), url="t.csv") == shape


def test_unique_values_and_meanings_of_codes_stand_in_a_table_schema():
    sheet = ColumnSheet(kind="text", codes={"A": "working"}, unique=True)
    shape = TableShape(columns={"a": sheet})
    assert read_table_schema(as_table_schema(shape)) == shape


def profile(name, holds, **more):
    given = {"n": 10, "n_null": 0, "n_distinct": 10, "position": 0, **more}
    return ColumnProfile(name=name, holds=holds, **given)


def test_types_come_from_the_data_and_rules_only_from_people():
    sheet = Datasheet(
        roles=Roles(form=Form.STREAM, sensor="s", time="t", values=("v",), row_id="i"),
        columns={"v": ColumnSheet(unit="µg/m³", low=0)},
    )
    profiles = [
        profile("i", Holds.WHOLE), profile("s", Holds.TEXT, writings={Writing.WORDS: 10}),
        profile("t", Holds.TEXT, writings={Writing.MOMENT: 10}),
        profile("v", Holds.NUMBER, low=-5.0, high=9.0),
        profile("e", Holds.TEXT, n_null=10, n_distinct=0),
        profile("m", Holds.TEXT, writings={Writing.WHOLE: 4, Writing.POINT: 6}),
    ]  # fmt: skip
    shape = shape_of(sheet, profiles)
    kinds = {name: one.kind for name, one in shape.columns.items()}
    assert kinds == {
        "i": "integer", "s": "text", "t": "datetime", "v": "number", "e": "", "m": "number",
    }  # fmt: skip
    assert (shape.columns["v"].low, shape.columns["v"].high) == (0, None)
    assert shape.primary_key == ("i",)
    assert shape.stands_for == {"s": "sensor", "t": "time", "v": "values", "i": "row_id"}


def test_a_declared_shape_fills_in_a_datasheet_and_overrides_nothing():
    sheet = Datasheet(columns={"n": ColumnSheet(meaning="Mine", low=1)}, roles=Roles(time="moment"))
    filled = sheet_with_shape(sheet, read_table_schema(FRICTIONLESS))
    assert filled.columns["n"].meaning == "Mine"
    assert (filled.columns["n"].low, filled.columns["n"].high) == (1, 500)
    assert filled.columns["id"].placeholders == ("n/a",)
    assert (filled.roles.time, filled.roles.row_id) == ("moment", "id")
