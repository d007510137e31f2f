"""Tables know their columns; settings know what the city changed."""

from __future__ import annotations

import pytest

from evenground.city import CITY_TABLES
from evenground.initiative import INITIATIVE_TABLES
from evenground.schema import Column, Kind, Setting, Settings, TableSchema

TABLES = {table.name: table for table in (*CITY_TABLES, *INITIATIVE_TABLES)}
each = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
DECLARED = {
    one.key: one
    for one in (
        Setting(key="a", default=5, meaning="A"),
        Setting(key="b", default=0.5, meaning="B"),
        Setting(key="c", default=False, meaning="C"),
    )
}


def test_a_column_is_found_by_name():
    table = TableSchema(
        name="t", meaning="T", columns=(Column(name="x", kind=Kind.TEXT, meaning="X"),)
    )
    assert table["x"].meaning == "X"
    assert table.names == ("x",)
    with pytest.raises(KeyError, match="y"):
        table["y"]


def test_settings_are_the_defaults_with_what_the_city_changed():
    settings = Settings(DECLARED, {"b": 0.25})
    assert dict(settings) == {"a": 5, "b": 0.25, "c": False}
    assert len(settings) == 3
    assert settings.number("b") == 0.25
    assert settings.whole("a") == 5
    assert type(settings.number("a")) is float
    assert settings.changed == {"b": (0.5, 0.25)}


def test_the_default_written_out_is_no_change():
    assert Settings(DECLARED, {"a": 5}).changed == {}


def test_nobody_s_setting_is_no_setting():
    with pytest.raises(KeyError, match="zebra"):
        Settings(DECLARED)["zebra"]


@each
def test_names_are_told_apart_and_keys_are_columns(table):
    assert len(set(table.names)) == len(table.names)
    assert set(table.key) <= set(table.names)
    assert {table.wide_key, table.wide_value, table.wide_margin} - {""} <= set(table.names)
    assert bool(table.wide_key) == bool(table.wide_value)


@each
def test_a_table_has_places_if_and_only_if_it_has_a_geometry(table):
    kinds = [column.name for column in table.columns if column.kind is Kind.GEOMETRY]
    assert bool(kinds) == bool(table.geometry)
    assert len(kinds) <= 1


@each
def test_every_column_is_explained(table):
    assert table.meaning
    for column in table.columns:
        assert column.meaning, column.name
        assert not column.choices or column.kind is Kind.TEXT
        bounded = column.low is not None or column.high is not None
        assert not bounded or column.kind in {Kind.NUMBER, Kind.INTEGER}
        if column.counts_people:
            assert column.kind is Kind.NUMBER
        if column.refers_to:
            table_name, name = column.refers_to.split(".")
            assert table_name == "options" or name in TABLES[table_name].names


def test_no_two_tables_share_a_name():
    assert len(TABLES) == len(CITY_TABLES) + len(INITIATIVE_TABLES)
