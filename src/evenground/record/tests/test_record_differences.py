"""What differs between two states of the sealed tables: every changed character, no other order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.record.differences import (
    FILE,
    ORDER,
    READING,
    Change,
    Difference,
    Many,
    assignments_that_differ,
    differences,
    told_apart,
)
from evenground.record.sealed_text import DataPresent, DataRole, PlainTable
from evenground.record.tests.chains import FIRST, SECOND, promises

COLUMNS = ("promise_id", "words", "target")
cells = st.text("ab1.,", max_size=3)
tables = st.lists(st.tuples(cells, cells, cells), max_size=5)


def table(rows, columns=COLUMNS, **more) -> PlainTable:
    return PlainTable(table="promises", columns=columns, rows=tuple(map(tuple, rows)), **more)


def test_a_changed_cell_by_hand():
    """Row B2 is known again by its key; one cell of it is another."""
    assert differences((FIRST,), (SECOND,)) == (
        Difference(
            table="promises", row="B2", change=Change.CHANGED, column="target", before="63",
            after="80",
        ),
    )  # fmt: skip


def test_rows_that_came_and_went_by_hand():
    new = promises(("B3", "Quieter", "2"), *FIRST.rows[1:])
    gone, come = differences((FIRST,), (new,))
    assert (gone.change, gone.row) == (Change.REMOVED, "B1")
    assert gone.before == "promise_id: B1; target: 3.0; words: A quarter fewer overflows"
    assert (come.change, come.row, come.before) == (Change.ADDED, "B3", "")


def test_a_table_that_came_or_went_is_its_rows():
    assert {one.change for one in differences((), (FIRST,))} == {Change.ADDED}
    assert {one.change for one in differences((FIRST,), ())} == {Change.REMOVED}


@given(tables)
def test_nothing_differs_from_itself(rows):
    assert differences((table(rows),), (table(rows),)) == ()


@given(
    st.lists(st.tuples(cells, cells, cells), max_size=5, unique_by=lambda row: row[0] or row),
    st.randoms(use_true_random=False),
)
def test_order_and_files_make_no_difference(rows, random):
    """Where no two rows have the same key."""
    order = random.sample(range(3), 3)
    moved = random.sample(rows, len(rows))
    columns = [COLUMNS[at] for at in order]
    turned = [[row[at] for at in order] for row in moved]
    cut = random.randint(0, len(rows))
    split = (table(turned[:cut], tuple(columns)), table(turned[cut:], tuple(columns)))
    assert differences((table(rows), table(())), split) == ()


@given(tables)
def test_empty_rows_and_columns_make_no_difference(rows):
    padded = [(*row, "") for row in rows] + [("", "", "", "")]
    assert differences((table(rows),), (table(padded, (*COLUMNS, "note")),)) == ()


@given(tables, tables)
def test_it_is_empty_only_where_the_same_rows_stand(before, after):
    """As often, too; a row without text is none. What came one way goes the other."""
    found = differences((table(before),), (table(after),))
    back = differences((table(after),), (table(before),))
    same = sorted(row for row in before if any(row)) == sorted(row for row in after if any(row))
    keys = {row[0] for row in (*before, *after)} - {""}
    in_order = all(
        [row for row in before if row[0] == key] == [row for row in after if row[0] == key]
        for key in keys
    )
    assert (found == ()) is (same and in_order)
    turned = {Change.ADDED: Change.REMOVED, Change.REMOVED: Change.ADDED}
    assert sorted((turned.get(one.change, one.change), one.after, one.before) for one in found) == (
        sorted((one.change, one.before, one.after) for one in back)
    )


@given(st.integers(0, 1), st.integers(0, 2), cells)
def test_every_changed_cell_is_found(row, column, text):
    rows = [list(one) for one in FIRST.rows]
    old, rows[row][column] = rows[row][column], text
    found = differences((FIRST,), (table(rows),))
    assert bool(found) is (text != old)


def test_two_rows_of_one_key_are_not_paired():
    """Which of the two changed cannot be told, so both are told whole."""
    twice = promises(("B1", "One", "1"), ("B1", "Two", "2"))
    other = promises(("B1", "One", "1"), ("B1", "Two", "3"), ("B1", "Four", "4"))
    assert {one.change for one in differences((twice,), (other,))} == {Change.ADDED, Change.REMOVED}


def test_how_a_file_is_read_is_a_difference():
    """The same texts mean other numbers where the decimal mark is another."""
    (found,) = differences((FIRST,), (replace(FIRST, read_as={"decimal": ","}),))
    assert (found.column, found.row, found.before) == (READING, "", "[{}]")


def test_a_row_that_goes_to_a_file_which_is_read_in_another_way_is_a_difference():
    """Both files hold two rows, and are read as they were: two rows changed places."""
    less, more = ({"values": {"direction": one}} for one in ("less", "more"))
    rows = [(f"B{n}", "x", "1") for n in range(4)]
    before = (table(rows[:2], read_as=less), table(rows[2:], read_as=more))
    after = (table([rows[0], rows[3]], read_as=less), table([rows[2], rows[1]], read_as=more))
    found = differences(before, after)
    assert [(one.row, one.column) for one in found] == [("B1", READING), ("B3", READING)]
    assert ("less" in found[0].before, "more" in found[0].after) == (True, True)
    assert differences(before, tuple(reversed(before))) == ()


def test_the_order_of_rows_with_the_same_key_is_a_difference():
    """Only one of them can be used, and which one is a matter of their order."""
    strict, lax = (("B1", "x", alpha) for alpha in ("0.05", "0.5"))
    (found,) = differences((table([strict, lax]),), (table([lax, strict]),))
    assert (found.row, found.column, found.change) == ("B1", ORDER, Change.CHANGED)
    assert ("0.05" in found.before, "0.5;" in found.after) == (True, True)
    assert differences((table([strict, lax]),), (table([strict, lax]),)) == ()


@pytest.mark.parametrize(
    ("columns", "read_as"),
    [
        (("Nr", "words", "target"), {"columns": {"promise_id": "nr"}}),
        (("PROMISE_ID", "words", "target"), {}),
    ],
)
def test_a_row_is_known_again_whatever_the_file_calls_its_code(columns, read_as):
    old, new = (table([("B1", "x", one)], columns, read_as=read_as) for one in "12")
    (found,) = differences((old,), (new,))
    assert (found.row, found.column, found.before, found.after) == ("B1", "target", "1", "2")


def test_a_code_that_is_given_for_a_whole_file_is_part_of_a_row():
    one, other = (
        table([("x", "1")], COLUMNS[1:], read_as={"values": {"promise_id": n}}) for n in "12"
    )
    assert {found.row for found in differences((one,), (other,))} == {"1", "2", ""}


LOOK_ALIKES = [
    ("B1", "А quarter fewer overflows"),  # noqa: RUF001 - a Cyrillic A is the point
    ("B1", "A quarter fewer\u00a0overflows"),
    ("B1", "A quarter fewer overflows\u200b"),
    ("B1", "A quarter fewer overflows "),
    ("B1", "A quarter fewer overﬂows"),
]


@pytest.mark.parametrize(("key", "words"), LOOK_ALIKES)
def test_characters_that_look_the_same_are_other_characters(key, words):
    (found,) = differences((FIRST,), (promises((key, words, "3.0"), FIRST.rows[1]),))
    assert (found.row, found.column) == ("B1", "words")


@pytest.mark.parametrize(
    ("role", "after", "n"),
    [
        (DataRole.ASSIGNMENT, "b", 1),
        (DataRole.ASSIGNMENT, "a", 0),
        (DataRole.ASSIGNMENT, "", 1),
        (DataRole.OUTCOME, "b", 0),
        (DataRole.BASELINE, "b", 0),
    ],
)
def test_a_scheme_of_assignment_must_stay_the_file_that_it_was(role, after, n):
    def present(sha256):
        return (DataPresent(role=role, dataset="lots", file="lots.json", sha256=sha256 * 64),)

    found = assignments_that_differ(present("a"), present(after))
    assert [(one.table, one.row, one.column) for one in found] == [("evaluation", "lots", FILE)] * n


def test_a_scheme_that_was_not_there_yet_is_no_change():
    bare = DataPresent(role=DataRole.ASSIGNMENT, dataset="lots")
    drawn = replace(bare, file="lots.json", sha256="a" * 64)
    assert assignments_that_differ((bare,), (drawn,)) == ()


def test_many_of_a_kind_are_told_as_a_number():
    found = differences((), (promises(*((f"B{n}", "x", "1") for n in range(3))),))
    assert told_apart(found, most=3) == (found, ())
    assert told_apart(found, most=2) == (
        (), (Many(table="promises", change=Change.ADDED, n=3),),
    )  # fmt: skip
