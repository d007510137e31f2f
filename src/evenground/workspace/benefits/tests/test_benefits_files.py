"""Registers as files: what spreadsheets hold, what is refused, and what is never replaced."""

from __future__ import annotations

import csv
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook

from evenground.errors import FormatError, InvalidInputError, NotFoundError, WriteError
from evenground.stores.spreadsheet import as_text
from evenground.workspace.benefits.exporting import as_register
from evenground.workspace.benefits.files import (
    How,
    csv_text,
    guarded,
    import_register,
    promises_of,
    read_register,
    unguarded,
    write_register,
)
from evenground.workspace.benefits.headings import Profile
from evenground.workspace.benefits.register import Register
from evenground.workspace.opening import open_initiative

INITIATIVE = 'format = 1\ntitle = "Sensor bins"\nstage = "proposed"\n'
ATAP_ROWS = (
    ("Transport system objective", "Benefit description", "KPI", "Benefit metric",
     "Measurement source", "Baseline measurement", "Target measure", "Target measure date",
     "Benefit owner", "Mood"),
    ("Clean", "Fewer full bins", "full_bins", "bins a week", "rounds", "40 (2025-06-01)", "30",
     "2027-06-30", "Head of Waste", "hopeful"),
    ("Clean", "Fewer rounds", "rounds", "rounds a week", "diary", "12", "25 % less", "2027",
     "Head of Waste", ""),
)  # fmt: skip
HOSTILE = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "'=1", "=", "--", "“quoted”, and, so",
           "inf", "-nan", "1e400", "0", "007", "1_000", "12.3450")  # fmt: skip


@pytest.fixture
def initiative(tmp_path):
    """Return the folder of an initiative without promises."""
    return folder_at(tmp_path / "initiative")


def folder_at(path):
    path.mkdir()
    (path / "initiative.toml").write_text(INITIATIVE, encoding="utf-8")
    return path


def written(path, rows):
    """Write rows as CSV or XLSX, by the ending of the name."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return path
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def promises_in(folder):
    return promises_of(open_initiative(folder), name=str(folder))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_register_becomes_promises_that_the_initiative_reads(tmp_path, initiative, suffix):
    read = read_register(written(tmp_path / f"register{suffix}", ATAP_ROWS))
    imported = import_register(read, initiative)
    assert len(read.sha256) == 64
    assert imported.kept == ("Transport system objective", "Target measure date", "Mood")
    table = next(
        one.table for one in open_initiative(initiative).readings if one.schema.name == "promises"
    )
    first, second = table.to_pylist()
    assert (first["baseline"], first["target"], first["unit"]) == (40.0, 30.0, "bins a week")
    assert (str(first["baseline_date"]), str(first["by"])) == ("2025-06-01", "2027-06-30")
    assert (second["change_share"], second["direction"]) == (0.25, "less")
    assert str(second["by"]) == "2027-12-31"


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_is_exported_comes_back_the_same(tmp_path, initiative, suffix, profile):
    rows = [(*row, cell) for row, cell in zip(ATAP_ROWS, ("Note", *HOSTILE[:2]), strict=True)]
    rows += [("", f"Benefit {n}", *[""] * 8, cell) for n, cell in enumerate(HOSTILE)]
    import_register(read_register(written(tmp_path / "register.csv", rows)), initiative)
    before = promises_in(initiative)
    path = write_register(as_register(before, profile), tmp_path / f"out{suffix}")
    again = folder_at(tmp_path / "again")
    import_register(read_register(path), again)
    after = promises_in(again)
    assert (after.names, after.rows) == (before.names, before.rows)


def test_nothing_that_is_written_runs_in_a_spreadsheet_program(tmp_path, initiative):
    rows = [("Description", "Note"), *((f"Benefit {n}", one) for n, one in enumerate(HOSTILE))]
    import_register(read_register(written(tmp_path / "register.csv", rows)), initiative)
    text = (initiative / "promises.csv").read_text(encoding="utf-8")
    for row in csv.reader(text.splitlines()):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row), row
    assert "'-nan" in text
    book = write_register(promises_in(initiative), tmp_path / "out.xlsx")
    cells = [cell for row in load_workbook(book).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert {as_text(cell.value) for cell in cells} >= {*HOSTILE, "=1"} - {"'=1"}


@pytest.mark.parametrize(
    "cell", [*HOSTILE, "", "-5", "+5", "1e5", "-1.5e-3", "-inf", "'", "''=", "plain"]
)
def test_a_mark_before_a_formula_is_taken_away_again(cell):
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell) == cell or guarded(cell) == f"'{cell}"


def test_a_title_above_and_headings_that_are_merged_are_read(tmp_path, initiative):
    book = Workbook()
    page = book.active
    page.append(["Benefits register, version 3", None, None, None, None])
    page.merge_cells("A1:E1")
    page.append(["Benefit description", "Baseline measurement", "Target measure", "Owner"])
    page.append([None, None, None, None])
    for column in "ABCD":
        page.merge_cells(f"{column}2:{column}3")
    page.append(["Fewer full bins", 40, 30, "Ann"])
    page.append(["Fewer rounds", datetime(2025, 1, 1), "25 % fewer", "Ann"])  # noqa: DTZ001
    book.save(tmp_path / "register.xlsx")
    read = read_register(tmp_path / "register.xlsx")
    import_register(read, initiative)
    found = promises_in(initiative)
    assert found.column("words") == ["Fewer full bins", "Fewer rounds"]
    assert found.column("baseline") == ["40", ""]
    assert found.column("who") == ["Ann", "Ann"]
    everything = {cell for row in found.rows for cell in row}
    assert {"25 % fewer", "2025-01-01"} <= everything
    assert read.told


def test_one_of_several_sheets_is_named(tmp_path, initiative):
    book = Workbook()
    book.active.title = "Read me"
    book.active.append(["How to fill in this book"])
    book.create_sheet("Register").append(["Description", "Owner"])
    book["Register"].append(["Fewer full bins", "Ann"])
    book.save(tmp_path / "register.xlsx")
    import_register(read_register(tmp_path / "register.xlsx", sheet="Register"), initiative)
    assert promises_in(initiative).column("who") == ["Ann"]
    with pytest.raises(NotFoundError):
        read_register(tmp_path / "register.xlsx", sheet="Registre")


def test_promises_that_are_there_are_replaced_when_asked_and_only_an_import_s(tmp_path, initiative):
    first = read_register(written(tmp_path / "a.csv", [("Description",), ("One",)]))
    second = read_register(written(tmp_path / "b.csv", [("Description",), ("Two",)]))
    import_register(first, initiative, how=How(dry_run=True))
    assert not (initiative / "promises.csv").exists()
    import_register(first, initiative)
    with pytest.raises(WriteError) as caught:
        import_register(second, initiative)
    assert caught.value.problems[0].code == "promises_there"
    assert promises_in(initiative).column("words") == ["One"]
    import_register(second, initiative, how=How(replace=True))
    assert promises_in(initiative).column("words") == ["Two"]


def test_promises_of_another_file_are_never_replaced(tmp_path, initiative):
    book = Workbook()
    book.active.title = "promises"
    book.active.append(["promise_id", "words"])
    book.active.append(["a", "By hand"])
    book.save(initiative / "initiative.xlsx")
    read = read_register(written(tmp_path / "a.csv", [("Description",), ("One",)]))
    with pytest.raises(WriteError) as caught:
        import_register(read, initiative, how=How(replace=True))
    assert "initiative.xlsx" in caught.value.problems[0].value
    assert promises_in(initiative).column("words") == ["By hand"]


def test_a_single_workbook_is_no_folder(tmp_path):
    book = Workbook()
    book.active.title = "initiative"
    book.active.append(["key", "value"])
    book.active.append(["title", "Sensor bins"])
    book.save(tmp_path / "offer.xlsx")
    read = read_register(written(tmp_path / "a.csv", [("Description",), ("One",)]))
    with pytest.raises(WriteError) as caught:
        import_register(read, tmp_path / "offer.xlsx")
    assert caught.value.problems[0].code == "initiative_is_no_folder"


@pytest.mark.parametrize(
    ("rows", "code", "row"),
    [
        ([("Colour", "Shape"), ("red", "round")], "register_without_headings", None),
        ([("Description", "Owner"), ("One", "Ann"), ("", "Ann")], "promise_without_words", 3),
        ([("Owner", "KPI"), ("Ann", "bins")], "promise_without_words", 2),
        ([("ID", "Description"), ("a", "One"), ("a", "Two")], "promise_code_twice", 3),
    ],
)
def test_an_unusable_register_is_refused_by_file_and_row(tmp_path, initiative, rows, code, row):
    read = read_register(written(tmp_path / "register.csv", rows))
    with pytest.raises((FormatError, InvalidInputError)) as caught:
        import_register(read, initiative)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert (problem.place.file, problem.place.row) == (str(tmp_path / "register.csv"), row)
    assert not (initiative / "promises.csv").exists()


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("Description", "", "Owner"), ("One", "in the north", "Ann")], "unnamed_column"),
        ([("Description", "Note", "Note"), ("One", "a", "b")], "repeated_column"),
        ([("Description", "Note"), ("One", "a"), ("Two", "b", "c"), ("Three",)], "too_many_cells"),
    ],
)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_cells_that_would_be_lost_are_refused(tmp_path, initiative, rows, code, suffix):
    read = read_register(written(tmp_path / f"register{suffix}", rows))
    with pytest.raises(InvalidInputError) as caught:
        import_register(read, initiative)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.place.row is not None
    assert problem.way_out
    assert not (initiative / "promises.csv").exists()


def test_two_columns_under_one_merged_heading_are_refused(tmp_path, initiative):
    book = Workbook()
    book.active.append(["Benefit description", None, "Owner"])
    book.active.merge_cells("A1:B1")
    book.active.append(["Fewer full bins", "in the north", "Ann"])
    book.save(tmp_path / "register.xlsx")
    with pytest.raises(InvalidInputError) as caught:
        import_register(read_register(tmp_path / "register.xlsx"), initiative)
    assert caught.value.problems[0].value == "B"


def test_files_that_are_none_and_names_that_are_near(tmp_path):
    (tmp_path / "register.csv").write_text("Description\nOne\n", encoding="utf-8")
    with pytest.raises(NotFoundError) as caught:
        read_register(tmp_path / "registre.csv")
    assert caught.value.problems[0].nearest == str(tmp_path / "register.csv")
    (tmp_path / "register.pdf").write_bytes(b"%PDF")
    with pytest.raises(FormatError):
        read_register(tmp_path / "register.pdf")
    with pytest.raises(FormatError):
        write_register(read_register(tmp_path / "register.csv").register, tmp_path / "out.ods")


def test_no_file_is_replaced_and_no_promises_are_said(tmp_path, initiative):
    with pytest.raises(NotFoundError) as caught:
        promises_in(initiative)
    assert caught.value.problems[0].code == "no_promises"
    read = read_register(written(tmp_path / "a.csv", [("Description",), ("One",)]))
    with pytest.raises(WriteError):
        write_register(read.register, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").split() == ["Description", "One"]


def test_an_empty_register_is_refused_or_says_nothing_promised(tmp_path, initiative):
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    with pytest.raises(FormatError):
        import_register(read_register(tmp_path / "empty.csv"), initiative)


def test_the_same_promises_give_the_same_bytes_and_columns_wide_enough(tmp_path, initiative):
    import_register(read_register(written(tmp_path / "a.csv", ATAP_ROWS)), initiative)
    one, two = (
        write_register(promises_in(initiative), tmp_path / f"{n}.xlsx").read_bytes() for n in "ab"
    )
    assert one == two
    page = load_workbook(tmp_path / "a.xlsx").active
    assert page.column_dimensions["C"].width > len("Fewer full bins")
    assert page["A1"].font.bold
    assert page.freeze_panes == "A2"


@pytest.mark.parametrize("cell", ["x" * 40_000, "bell \a"])
def test_what_xlsx_cannot_keep_is_refused_there_and_kept_in_csv(tmp_path, cell):
    register = Register(names=("words",), rows=(("One",), (cell,)), numbers=(2, 3))
    with pytest.raises(FormatError) as caught:
        write_register(register, tmp_path / "out.xlsx")
    assert (caught.value.problems[0].place.row, caught.value.problems[0].value) == (3, "words")
    assert not (tmp_path / "out.xlsx").exists()
    assert cell in write_register(register, tmp_path / "out.csv").read_text(encoding="utf-8")


def test_text_of_a_register_reads_back_with_line_breaks_and_quotes(tmp_path):
    rows = [("Description", "Note"), ('A "b", c', "one\ntwo"), ("Ångström ½ 漢", "x;y")]
    register = read_register(written(tmp_path / "a.csv", rows)).register
    (tmp_path / "b.csv").write_text(csv_text(register), encoding="utf-8")
    assert read_register(tmp_path / "b.csv").register == register
