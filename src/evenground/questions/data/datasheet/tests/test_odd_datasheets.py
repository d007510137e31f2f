"""Whatever a datasheet holds, what can be read of it is read, and the rest is a problem."""

from __future__ import annotations

from datetime import date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from evenground.questions.data.datasheet.model import ColumnSheet, Datasheet
from evenground.questions.data.datasheet.reading import datasheet_of, unknown_columns
from evenground.questions.data.datasheet.rules import series_rules
from evenground.questions.data.datasheet.schemas import DATASHEET_TABLES
from evenground.questions.data.datasheet.writing import as_mapping
from evenground.questions.data.measures.series.rules import ColumnRules, SeriesRules

NAMES = sorted({name for schema in DATASHEET_TABLES for name in (schema.name, *schema.names)})
plain = (
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats()
    | st.sampled_from(["", "met", "decide", "stream", "a; b", "a=b", "2026-01-01", "Europe/Paris"])
    | st.just(date(2026, 1, 1)) | st.just(datetime(2026, 1, 1, 2)) | st.just(time(3))  # noqa: DTZ001
)  # fmt: skip
anything = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*NAMES, "x", "decide", "relevance"]), inner, max_size=5)
    ),
    max_leaves=30,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(NAMES), anything, max_size=8))
def test_anything_is_read_as_far_as_it_can_be(values):
    sheet, problems = datasheet_of(values, today=date(2026, 3, 1))
    for problem in problems:
        for template in (problem.what, problem.rule, problem.way_out):
            assert template.format(**problem.fields)
    unknown_columns(sheet, ("a",))
    series_rules(sheet)
    again, _ = datasheet_of(as_mapping(sheet))
    assert again == sheet


def test_rules_for_series_are_what_the_datasheet_declares():
    sheet = Datasheet(
        cadence_seconds=300, late_seconds=900,
        columns={"v": ColumnSheet(low=0, saturates_at=(500.0,)), "w": ColumnSheet(unit="g")},
    )  # fmt: skip
    assert series_rules(sheet) == SeriesRules(
        cadence_seconds=300, late_seconds=900,
        columns={"v": ColumnRules(low=0, saturates_at=(500.0,))},
    )  # fmt: skip
