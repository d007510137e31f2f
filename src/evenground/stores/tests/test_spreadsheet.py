from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from evenground.stores.spreadsheet import as_text


def book(rows, sheet="population", **sheets):
    """Return a workbook as bytes; further sheets by name."""
    made = openpyxl.Workbook()
    made.active.title = sheet
    for row in rows:
        made.active.append(row)
    for name, others in sheets.items():
        added = made.create_sheet(name)
        for row in others:
            added.append(row)
    return made


def content(made):
    target = BytesIO()
    made.save(target)
    return target.getvalue()


HEADER = ["area_id", "group", "count", "margin"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (True, "true"), (7, "7"), (7.0, "7"), (1.234, "1.2340"), (1.5, "1.5"),
        (datetime.fromisoformat("2025-04-03"), "2025-04-03"),
        (datetime.fromisoformat("2025-04-03T12:30"), "2025-04-03 12:30:00"),
        (date(2025, 4, 3), "2025-04-03"), ("=1+1", "=1+1"),
    ],
)  # fmt: skip
def test_a_cell_is_written_so_that_it_reads_back_in_one_way(value, text):
    assert as_text(value) == text


def test_typed_cells_and_texts_side_by_side(read):
    rows = [HEADER, ["0101", "total", 1200.5, 1.234], [102, "total", "1 300,5", None]]
    found = read(content(book(rows)), file="p.xlsx")
    assert found.table["area_id"].to_pylist() == ["0101", "102"]
    assert found.table["count"].to_pylist() == [1200.5, 1300.5]
    assert found.table["margin"].to_pylist() == [1.234, None]
    assert found.sheet == "population"


def test_the_sheet_is_named_or_called_like_the_table_or_first(read, codes):
    made = book([["x"]], sheet="Read me", population=[HEADER, ["01", "total", 5, None]])
    assert read(content(made), file="p.xlsx").table["count"].to_pylist() == [5]
    made = book([HEADER, ["01", "total", 6, None]], sheet="Table1", Table2=[["x"]])
    found = read(content(made), file="q.xlsx")
    assert found.table["count"].to_pylist() == [6]
    assert "several_layers" in codes(found)
    (problem,) = read(None, file="q.xlsx", sheet="Tabel1").problems
    assert (problem.code, problem.nearest) == ("sheet_missing", "Table1")


def test_titles_notes_and_note_rows(read):
    rows = [["Population 2024"], [], HEADER, ["# code as text", "# name"], ["01", "total", 5, 1]]
    rows += [["02", "total", 7, 1], [], ["Source: the register of the city"]]
    found = read(content(book(rows)), file="p.xlsx")
    assert found.rows.tolist() == [5, 6]
    assert [p.code for p in found.set_aside] == ["footnotes"]


def test_formulas_give_their_stored_value_or_say_that_there_is_none(read):
    made = book([HEADER, ["01", "total", "=1+1", 1], ["02", "total", 4, 1]])
    found = read(content(made), file="p.xlsx")
    assert found.table["count"].to_pylist() == [4]
    (problem,) = [p for p in found.problems if p.code == "formula_without_value"]
    assert (problem.place.row, problem.place.column, problem.n_rows) == (2, "C", 1)


def test_a_stored_value_of_a_formula_is_read(read):
    """A workbook as a spreadsheet program saves it: formula and value side by side."""
    import zipfile

    packed = content(book([HEADER, ["01", "total", 4242, 1]]))
    source, target = zipfile.ZipFile(BytesIO(packed)), BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for item in source.infolist():
            held = source.read(item)
            if item.filename.endswith("sheet1.xml"):
                assert b"<v>4242</v>" in held
                held = held.replace(b"<v>4242</v>", b"<f>21*202</f><v>4242</v>")
            made.writestr(item, held)
    found = read(target.getvalue(), file="p.xlsx")
    assert found.table["count"].to_pylist() == [4242]
    assert found.problems == ()


def test_error_cells_are_empty_and_said(read):
    made = book([HEADER, ["01", "total", 5, "#DIV/0!"]])
    found = read(content(made), file="p.xlsx")
    assert found.table["margin"].to_pylist() == [None]
    (problem,) = found.problems
    assert (problem.code, problem.value, problem.place.row) == ("cell_error", "#DIV/0!", 2)


def test_merged_cells_are_filled_and_said(read):
    made = book([HEADER, ["01", "total", 5, 1], [None, "young", 2, 1], ["02", "total", 7, 1]])
    made.active.merge_cells("A2:A3")
    found = read(content(made), file="p.xlsx")
    assert found.table["area_id"].to_pylist() == ["01", "01", "02"]
    (problem,) = found.problems
    assert (problem.code, problem.place.row, problem.n_rows) == ("merged_cells_filled", 2, 1)


def test_a_title_merged_over_columns_changes_nothing(read):
    made = book([["Population", None, None, None], HEADER, ["01", "total", 5, 1]])
    made.active.merge_cells("A1:D1")
    found = read(content(made), file="p.xlsx")
    assert found.table["count"].to_pylist() == [5]
    assert found.problems == ()


def test_one_read_serves_several_tables_of_a_workbook(read, folder):
    made = book([HEADER, ["01", "total", 5, 1]], areas=[["area_id"], ["01"]])
    assert read(content(made), file="p.xlsx").table.num_rows == 1
    assert read(None, "areas", file="p.xlsx").table.num_rows == 1
    (held,) = folder._described.values()
    assert set(held.kept["sheets"]) == {"population", "areas"}
