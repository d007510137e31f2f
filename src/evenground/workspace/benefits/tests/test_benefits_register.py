"""A register's cells become columns of promises, whole or not at all, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.initiative.tables import PROMISES
from evenground.workspace.benefits.cells import habit_of, said, told
from evenground.workspace.benefits.exporting import as_register
from evenground.workspace.benefits.headings import (
    ALSO,
    ATAP,
    GREEN_BOOK,
    TEMPLATES,
    Heading,
    Holds,
    Profile,
    folded,
    headings,
)
from evenground.workspace.benefits.register import Register, as_promises, kept_name

IMPROVED, TARGET = Heading(holds=Holds.IMPROVEMENT), Heading(holds=Holds.TARGET)
BASELINE, DAY = Heading(holds=Holds.BASELINE), Heading(holds=Holds.DATE, column="by")


def columns(text, heading, *around):
    return dict(said(text, heading, habit_of([text, *around])).columns)


def register(**cells):
    """Return a register of one row for each list entry."""
    rows = tuple(zip(*cells.values(), strict=True))
    return Register(names=tuple(cells), rows=rows, numbers=tuple(range(2, len(rows) + 2)))


def rows_of(one):
    return [
        {name: cell for name, cell in zip(one.names, row, strict=True) if cell} for row in one.rows
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25 % fewer", {"change_share": "0.25", "direction": "less"}),
        ("12.5 per cent increase", {"change_share": "0.1250", "direction": "more"}),
        ("reduce by 40", {"change": "40", "direction": "less"}),
        ("-40", {"change": "40", "direction": "less"}),
        ("to 30", {"target": "30"}),
        ("reduce to 30", {"target": "30", "direction": "less"}),
        ("1,200 additional", {"change": "1200", "direction": "more"}),
        ("up to 25 %", {}),
        ("about 25 %", {}),
        ("10 to 20 % fewer", {}),
        ("may fall by 25 %", {}),
        ("more or less 5 %", {"change_share": "0.05"}),
        ("better", {}),
        ("", {}),
    ],
)
def test_an_improvement_is_read_and_a_hedge_is_not(text, expected):
    assert columns(text, IMPROVED) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("40", {"baseline": "40"}),
        ("40 (2025-06-01)", {"baseline": "40", "baseline_date": "2025-06-01"}),
        ("40, as at 30/06/2025", {"baseline": "40", "baseline_date": "2025-06-30"}),
        ("40 in 2024", {"baseline": "40", "baseline_date": "2024-12-31"}),
        ("nobody counted", {}),
        ("40 %", {}),
    ],
)
def test_a_baseline_is_read_with_its_date(text, expected):
    assert columns(text, BASELINE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-06-30", {"by": "2027-06-30"}),
        ("2027", {"by": "2027-12-31"}),
        ("2027-02", {"by": "2027-02-28"}),
        ("2028-02", {"by": "2028-02-29"}),
        ("31/12/2027", {"by": "2027-12-31"}),
        ("Year 2", {}),
        ("0000", {}),
        ("2027-13", {}),
    ],
)
def test_a_promise_has_until_the_last_day_that_was_named(text, expected):
    assert columns(text, DAY) == expected


def test_the_order_of_day_and_month_is_that_of_the_register():
    assert columns("03/04/2027", DAY, "12/31/2026") == {"by": "2027-03-04"}
    assert columns("03/04/2027", DAY, "31/12/2026") == {"by": "2027-04-03"}


def test_a_decimal_comma_is_that_of_the_register():
    assert columns("1,5", Heading(holds=Holds.NUMBER, column="baseline"), "2,75") == {
        "baseline": "1.5"
    }
    habit = habit_of(["1,500"], decimal=",")
    assert said("1,500", Heading(holds=Holds.NUMBER, column="baseline"), habit).columns == {
        "baseline": "1.5"
    }


def test_headings_of_both_guidelines_are_columns_of_promises_or_kept():
    """HM Treasury (2022), The Green Book, Box 9; ATAP guidelines, T6, section 6.1.2."""
    assert len(GREEN_BOOK) == 11
    assert len(ATAP) == 9
    for template in (GREEN_BOOK, ATAP, ALSO):
        for name, heading in template.items():
            assert headings()[folded(name)].column == heading.column
            assert not heading.column or heading.column in PROMISES.names


def test_capitals_marks_and_brackets_make_no_other_heading():
    names = ("Benefit  number", "BENEFIT NUMBER (ID)", "benefit_number", "Benefit number:")
    assert {folded(name) for name in names} == {"benefit number"}


def test_what_no_column_takes_is_kept_as_written():
    found = as_promises(
        register(Description=["Cleaner streets"], Timescale=["Year 2"], Mood=["hopeful"])
    )
    assert found.kept == ("Timescale", "Mood")
    assert rows_of(found.promises) == [
        {"promise_id": "row-2", "words": "Cleaner streets", "Timescale": "Year 2",
         "Mood": "hopeful"},
    ]  # fmt: skip
    assert found.numbered == (2,)


def test_of_two_headings_for_one_column_the_second_is_kept():
    found = as_promises(register(words=["A"], Description=["B"], Benefit=["A"]))
    assert rows_of(found.promises)[0]["words"] == "A"
    assert found.kept == ("Description",)
    assert rows_of(found.promises)[0]["Description (as written)"] == "B"


def test_a_column_whose_name_is_the_model_s_is_kept_under_another():
    found = as_promises(register(words=["A", "B"], baseline=["40 pieces", "30"]))
    assert "baseline (as written)" in found.promises.names
    assert rows_of(found.promises)[0]["baseline (as written)"] == "40 pieces"
    assert rows_of(found.promises)[1]["baseline"] == "30"
    assert found.in_words == {"baseline": (2,)}


def test_numbers_that_are_given_avoid_codes_that_are_there():
    found = as_promises(register(promise_id=["row-3", ""], words=["A", "B"]))
    assert [row["promise_id"] for row in rows_of(found.promises)] == ["row-3", "row-3x"]


def test_disbenefits_are_named_by_row():
    kinds = ["Dis-benefit", "benefit", "disbenefits"]
    found = as_promises(register(Description=["A", "B", "C"], Category=kinds))
    assert found.disbenefits == (2, 4)


TEXT = st.text(
    st.characters(codec="utf-8", categories=["L", "Nd", "P", "Zs", "Sm", "Sc"]), max_size=20
)
CELL = TEXT.map(str.strip)
VALUE = st.one_of(
    st.just(""), st.integers(-999, 999).map(str),
    st.floats(-1e6, 1e6, allow_subnormal=False).map(lambda x: str(round(x, 5))),
)  # fmt: skip
NAMES = st.lists(st.sampled_from([*GREEN_BOOK, *ATAP, *ALSO, *PROMISES.names, "Mood", "x"]),
                 unique_by=folded, max_size=9)  # fmt: skip


@st.composite
def registers(draw):
    """Draw registers of any headings with any cells: words, numbers, what may be read as such."""
    names = ("words", *(name for name in draw(NAMES) if folded(name) != "words"))
    n = draw(st.integers(1, 4))
    cells = {
        name: [draw(st.one_of(CELL, VALUE, st.sampled_from(["5 % fewer", "40 (2025)", "to 7"])))
               for _ in range(n)]
        for name in names
    }  # fmt: skip
    cells["words"] = [f"Benefit {at}" for at in range(n)]
    if "promise_id" in cells:
        cells["promise_id"] = [f"b{at}" for at in range(n)]
    return register(**cells)


@given(registers())
def test_every_cell_of_a_register_is_found_again(one):
    """What was read as a column says the same, and all else stands as it was written."""
    found = as_promises(one)
    known = headings()
    for name in one.names:
        cells = one.column(name)
        heading = known.get(folded(name), Heading(holds=Holds.KEPT))
        if name in found.kept:
            stands = next(
                found.promises.column(other) for other in found.promises.names
                if other == kept_name(name)
            )  # fmt: skip
            for row, cell, stood in zip(rows_of(found.promises), cells, stands, strict=True):
                assert stood == cell or cell.strip() == told(heading.holds, row)
            continue
        for row, cell in zip(rows_of(found.promises), cells, strict=True):
            if heading.holds in {Holds.BASELINE, Holds.TARGET, Holds.IMPROVEMENT}:
                same = said(cell, heading, habit_of([])).columns
                assert (
                    cell.strip() == told(heading.holds, row)
                    or not same
                    or all(row.get(key) == value for key, value in same.items())
                )
            elif heading.column and heading.holds is Holds.TEXT and cell.strip():
                assert row[heading.column] == cell


@pytest.mark.parametrize("profile", Profile)
@given(one=registers())
def test_promises_come_back_from_every_profile(profile, one):
    promises = as_promises(one).promises
    back = as_promises(as_register(promises, profile)).promises
    assert rows_of(back) == rows_of(promises)


@pytest.mark.parametrize("profile", [Profile.GREEN_BOOK, Profile.ATAP])
def test_a_template_s_headings_come_first_and_in_its_order(profile):
    written = as_register(as_promises(register(words=["A"], Mood=["fine"])).promises, profile)
    template = tuple(TEMPLATES[profile])
    assert written.names[: len(template)] == template
    assert "Mood" in written.names


def test_words_that_no_longer_hold_give_way_to_what_the_columns_say():
    """A share that somebody has since changed is written, not the old words beside it."""
    kept = as_promises(register(Description=["A"], **{"Target improvement": ["25 % fewer"]}))
    changed = Register(
        names=kept.promises.names,
        rows=tuple(
            tuple(
                "0.5" if name == "change_share" else cell
                for name, cell in zip(kept.promises.names, row, strict=True)
            )
            for row in kept.promises.rows
        ),
        numbers=kept.promises.numbers,
    )
    same, other = (
        rows_of(as_register(one, Profile.GREEN_BOOK))[0]["Target improvement"]
        for one in (kept.promises, changed)
    )
    assert (same, other) == ("25 % fewer", "50 % less")
