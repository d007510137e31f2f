"""Columns are held against what was declared of them; what cannot be told is not held against."""

from __future__ import annotations

import pytest

from evenground.questions.data.datasheet.model import ColumnSheet
from evenground.questions.data.measures.checks import Status
from evenground.questions.data.measures.columns.column_profile import ColumnProfile, Holds, Writing
from evenground.questions.data.metadata.conformity import conformity
from evenground.questions.data.metadata.table_shape import TableShape


def profile(holds=Holds.TEXT, **more):
    given = {"name": "a", "n": 10, "n_null": 0, "n_distinct": 10, "position": 0, **more}
    return ColumnProfile(holds=holds, **given)


def kinds(sheet, one, *, found_codes=None, **shape):
    declared = TableShape(columns={"a": sheet}, **shape)
    check = conformity([one], declared, found_codes=found_codes)
    return [violation["kind"] for violation in check.detail["violations"]]


def test_without_a_declared_schema_nothing_is_established():
    for declared in (None, TableShape(columns={})):
        check = conformity([profile()], declared)
        assert check.status is Status.NOT_ESTABLISHED
        assert check.reason is not None


def test_columns_that_are_missing_or_not_foreseen_are_counted():
    declared = TableShape(columns={"a": ColumnSheet(), "b": ColumnSheet()})
    check = conformity([profile(), profile(name="c")], declared)
    assert (check.count, check.unit) == (2, "columns")
    assert check.detail["columns"] == ("b", "c")
    assert check.detail["columns_declared"] == 2
    found = {one["column"]: one["kind"] for one in check.detail["violations"]}
    assert found == {"b": "missing", "c": "not_foreseen"}


@pytest.mark.parametrize(
    ("sheet", "one", "expected"),
    [
        (ColumnSheet(kind="integer"), profile(Holds.WHOLE), []),
        (ColumnSheet(kind="integer"), profile(Holds.NUMBER, n_whole=10), []),
        (ColumnSheet(kind="integer"), profile(Holds.NUMBER, n_whole=9), ["type"]),
        (ColumnSheet(kind="number"), profile(Holds.WHOLE), []),
        (ColumnSheet(kind="text"), profile(Holds.WHOLE), ["type"]),
        (ColumnSheet(kind="integer"), profile(writings={Writing.WHOLE: 10}), []),
        (
            ColumnSheet(kind="integer"),
            profile(writings={Writing.WHOLE: 9, Writing.WORDS: 1}),
            ["type"],
        ),
        (ColumnSheet(kind="number"), profile(writings={Writing.COMMA: 10}), ["type"]),
        (ColumnSheet(kind="number", decimal=","), profile(writings={Writing.COMMA: 10}), []),
        (ColumnSheet(kind="date"), profile(writings={Writing.LOCAL: 10}), ["type"]),
        (ColumnSheet(kind="date", format="%d/%m/%Y"), profile(writings={Writing.LOCAL: 10}), []),
        (ColumnSheet(kind="datetime"), profile(Holds.MOMENT_UTC), []),
        (ColumnSheet(kind="integer"), profile(n_null=10, n_distinct=0), []),
        (ColumnSheet(), profile(writings={Writing.WORDS: 10}), []),
    ],
)
def test_types_are_compared_by_what_cells_look_like(sheet, one, expected):
    assert kinds(sheet, one) == expected


def test_how_many_cells_are_of_another_type_is_told():
    mixed = profile(writings={Writing.WHOLE: 7, Writing.WORDS: 2, Writing.EMPTY: 1})
    check = conformity([mixed], TableShape(columns={"a": ColumnSheet(kind="integer")}))
    assert check.detail["violations"] == [{"column": "a", "kind": "type", "rows": 2}]


def test_what_must_be_there_and_come_once_is():
    assert kinds(ColumnSheet(required=True), profile(n_null=1)) == ["empty"]
    assert kinds(ColumnSheet(unique=True), profile(n_distinct=9)) == ["repeated"]
    assert kinds(ColumnSheet(), profile(n_null=1, n_distinct=8), primary_key=("a",)) == [
        "empty", "repeated",
    ]  # fmt: skip
    estimated = profile(n_distinct=9, distinct_exact=False)
    assert kinds(ColumnSheet(unique=True), estimated) == []
    assert kinds(ColumnSheet(), profile(n_distinct=5), primary_key=("a", "b")) == []


def test_a_placeholder_at_the_end_is_not_out_of_range():
    sheet = ColumnSheet(low=0, high=100)
    assert kinds(sheet, profile(Holds.NUMBER, low=0.0, high=100.0)) == []
    assert kinds(sheet, profile(Holds.NUMBER, low=-999.0, high=50.0)) == ["range"]
    ends = profile(Holds.NUMBER, low=-999.0, high=50.0)
    assert kinds(sheet, ends, placeholders=("-999", "n/a")) == []
    assert kinds(ColumnSheet(low=0, placeholders=("-999",)), ends) == []


def test_codes_are_compared_as_far_as_they_are_known():
    sheet = ColumnSheet(codes={"A": "", "B": ""})
    fine = profile(n_distinct=2, first_text="A", last_text="B")
    assert kinds(sheet, fine) == []
    assert kinds(sheet, profile(n_distinct=2, first_text="A", last_text="C")) == ["code"]
    assert kinds(sheet, profile(n_distinct=3, first_text="A", last_text="B")) == ["code"]
    with_empty = profile(n_distinct=3, first_text="", last_text="B", writings={Writing.EMPTY: 1})
    assert kinds(sheet, with_empty) == []
    signs = profile(n_distinct=4, first_text="-", last_text="B", writings={Writing.SIGN: 1})
    assert kinds(sheet, signs) == []
    assert kinds(sheet, fine, found_codes={"a": {"A", "X"}}) == ["code"]
    assert kinds(sheet, signs, found_codes={"a": {"A", "B"}}) == []
    numbers = ColumnSheet(codes={"1": "", "2": ""})
    whole = profile(Holds.WHOLE, n_distinct=2, low=1.0, high=2.0)
    assert kinds(numbers, whole) == []
    assert kinds(numbers, profile(Holds.WHOLE, n_distinct=2, low=1.0, high=9.0)) == ["code"]
