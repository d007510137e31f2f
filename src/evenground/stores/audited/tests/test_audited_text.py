"""Delimited text: what is broken is listed, and nothing is lost."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.errors import EvengroundError, FormatError
from evenground.stores.audited import ROW, open_audited


@pytest.fixture
def opened(tmp_path):
    """Write bytes to a file, open it, and return its rows, the opened table and its codes."""

    def write_and_open(content: bytes | str, name: str = "data.csv", **said):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        with open_audited(path, **said) as audited:
            rows = audited.table.order_by(ROW).to_pyarrow().to_pylist()
            return rows, audited, [problem.code for problem in audited.problems]

    return write_and_open


def test_cells_stay_texts_and_rows_have_positions(opened):
    rows, audited, codes = opened("code,value\n007,1.50\n008,\n")
    assert rows == [
        {"code": "007", "value": "1.50", ROW: 0},
        {"code": "008", "value": None, ROW: 1},
    ]
    assert codes == []
    (file,) = audited.files
    assert (file.name, file.n_rows, file.first_row) == ("data.csv", 2, 2)
    assert file.sha256 == hashlib.sha256(b"code,value\n007,1.50\n008,\n").hexdigest()
    assert dict(file.columns) == {"code": "string", "value": "string"}


def test_short_row_is_kept_and_wide_row_set_aside_and_both_are_listed(opened):
    text = "a,b,c\n" + "1,2,3\n" * 50 + "4,5\n" + "6,7,8\n" * 30 + "1,2,3,4\n" + "9,9,9\n" * 20
    rows, audited, codes = opened(text)
    assert codes == ["too_few_cells", "too_many_cells"]
    assert [problem.place.row for problem in audited.problems] == [52, 83]
    assert len(rows) == 101
    assert rows[50] == {"a": "4", "b": "5", "c": None, ROW: 50}
    assert [row[ROW] for row in rows] == [*range(81), *range(82, 102)]


@pytest.mark.parametrize("most", [0, 1_000])
def test_positions_where_many_rows_are_refused(opened, monkeypatch, most):
    monkeypatch.setattr("evenground.stores.audited.delimited_text._AS_CASES", most)
    lines = [
        "1,2,3,4" if i % 37 == 36 else f"{i},5" if i % 41 == 0 else f"{i},5,6" for i in range(999)
    ]
    lines[0] = "0,5,6"
    rows, _, _ = opened("\n".join(["a,b,c", *lines, ""]))
    assert [(row["a"], row[ROW]) for row in rows] == [
        (line.split(",")[0], i) for i, line in enumerate(lines) if line != "1,2,3,4"
    ]


def test_quote_without_end_costs_one_row(opened):
    text = "a,b,c\n1,x,2\n" + '2,"z,3\n' + "".join(f"{i},w,4\n" for i in range(5_000))
    rows, audited, codes = opened(text)
    assert codes == ["quote_without_end"]
    assert audited.problems[0].place.row == 3
    assert len(rows) == 5_001
    assert rows[-1] == {"a": "4999", "b": "w", "c": "4", ROW: 5_001}


def test_two_stray_quotes_do_not_swallow_the_rows_between(opened):
    text = "a,b,c\n" + '1,"x,2\n' + "3,y,4\n" * 10 + '5,z",6\n' + "7,w,8\n"
    rows, _, codes = opened(text)
    assert codes[0] == "quote_without_end"
    assert sum(row["b"] == "y" for row in rows) == 10
    assert rows[-1]["a"] == "7"


def test_quoted_line_breaks_and_separators_are_one_cell(opened):
    rows, _, codes = opened('a,b\n1,"x\ny, z"\n2,"say ""hi"""\n')
    assert [row["b"] for row in rows] == ["x\ny, z", 'say "hi"']
    assert codes == []


@pytest.mark.parametrize(
    ("encoding", "noticed"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", []),
        ("utf-16-le", ["encoding_detected"]),
        ("cp1252", ["encoding_detected"]),
    ],
)
def test_encoding_is_found(opened, encoding, noticed):
    text = "name,n\n" + "Västra Götaland,1\nÅre,2\nMalmö – söder,3\n" * 20
    rows, _, codes = opened(text.encode(encoding))
    assert rows[2]["name"] == "Malmö – söder"
    assert len(rows) == 60
    assert codes == noticed


def test_letters_beyond_the_first_piece_decide_the_encoding(opened, monkeypatch):
    monkeypatch.setattr("evenground.stores.audited.text_look.CHUNK", 64)
    plain = "a,b\n" + "1,x\n" * 100
    rows, _, codes = opened(plain.encode() + "2,Åre\n".encode("cp1252"))
    assert codes == ["encoding_detected"]
    assert rows[-1]["b"] == "Åre"


def test_a_few_windows_bytes_in_utf8_are_read_and_told(opened):
    text = b"a,b\n" + "1,Århus ö ä å\n".encode() * 50 + "2,Malmö\n".encode("cp1252")
    rows, audited, codes = opened(text)
    assert codes == ["bytes_not_utf8"]
    assert audited.problems[0].place.row == 52
    assert rows[-1]["b"] == "Malmö"


def test_zero_bytes_are_left_out_and_told(opened):
    rows, audited, codes = opened(b"a,b\n1,x\n2,y\0y\n")
    assert codes == ["nul_bytes"]
    assert audited.problems[0].place.row == 3
    assert rows[1]["b"] == "yy"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends(opened, ends):
    rows, _, _ = opened(ends.join(["a,b", "1,2", "3,4", ""]))
    assert [row["a"] for row in rows] == ["1", "3"]


def test_mixed_line_ends_and_blank_lines(opened):
    rows, _, _ = opened("a,b\r\n1,2\n\n3,4\r\n\n5,6\r7,8\n")
    assert [row["a"] for row in rows] == ["1", "3", "5", "7"]


@pytest.mark.parametrize(
    ("mark", "told"),
    [(";", "delimiter_detected"), ("\t", "delimiter_detected"), ("|", "delimiter_detected")],
)
def test_delimiters(opened, mark, told):
    rows, _, codes = opened("\n".join([f"a{mark}b", f"1,5{mark}2", f"3,5{mark}4", ""]))
    assert rows[0] == {"a": "1,5", "b": "2", ROW: 0}
    assert codes == [told]


def test_title_above_the_names(opened):
    rows, audited, codes = opened("Counts of the city\n\nstreet,n,m\nHigh St,5,1\nLow St,6,2\n")
    assert codes == ["header_row_found"]
    assert [row["n"] for row in rows] == ["5", "6"]
    assert audited.files[0].first_row == 4


def test_no_names_at_all(opened):
    rows, _, codes = opened("2020-01-01,S1,5.5\n2020-01-02,S1,5.7\n2020-01-03,S2,1.0\n")
    assert codes == ["no_column_names"]
    assert len(rows) == 3
    assert rows[0]["column_1"] == "2020-01-01"


def test_numbers_as_names_are_names_where_others_name_their_column(opened):
    rows, _, codes = opened("voter,0,1\n5,1,-1\n6,0,1\n")
    assert codes == []
    assert rows[0] == {"voter": "5", "0": "1", "1": "-1", ROW: 0}


def test_repeated_unnamed_and_reserved_names(opened):
    rows, _, codes = opened("a,A,,__row\n1,2,3,4\n5,6,7,8\n")
    assert codes == ["repeated_column", "unnamed_column", "reserved_column"]
    assert rows[0] == {"a": "1", "A_2": "2", "column_3": "3", "__row_2": "4", ROW: 0}


def test_separator_at_the_end_of_each_line(opened):
    rows, _, codes = opened("a,b\n1,2,\n3,4,\n")
    assert [row["b"] for row in rows] == ["2", "4"]
    assert codes == []


def test_names_without_rows(opened):
    rows, _, codes = opened("a,b\n")
    assert rows == []
    assert codes == ["no_rows"]


def test_one_row_and_an_empty_column(opened):
    rows, _, _ = opened("a,b\n1,\n")
    assert rows == [{"a": "1", "b": None, ROW: 0}]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_nothing_at_all(opened, content):
    with pytest.raises(FormatError) as caught:
        opened(content)
    assert caught.value.problems[0].code == "empty_file"


def test_prose_is_no_table(opened):
    prose = "Dear Madam, dear Sir\nwe write, as you know, to you\nabout the bins\n" * 40
    with pytest.raises(FormatError) as caught:
        opened(prose, "letter.txt")
    assert caught.value.problems[0].code == "not_a_table"


def test_footnote_is_no_row(opened):
    rows, audited, codes = opened("a,b,c\n" + "1,2,3\n" * 30 + "Source: the city\n")
    assert len(rows) == 30
    assert codes == ["footnotes"]
    assert audited.problems[0].value == "Source: the city"


def test_five_thousand_columns(opened):
    names = [f"c{i}" for i in range(5_000)]
    line = ",".join(str(i) for i in range(5_000))
    rows, audited, _ = opened("\n".join([",".join(names), line, line, ""]))
    assert len(audited.files[0].columns) == 5_000
    assert rows[1]["c4999"] == "4999"


def test_an_encoding_that_does_not_exist(opened):
    with pytest.raises(FormatError) as caught:
        opened("a,b\n1,2\n", encoding="latin-99")
    assert caught.value.problems[0].code == "encoding_wrong"


def test_more_broken_rows_than_anybody_reads_are_counted(opened):
    text = "a,b,c\n" + "1,2,3\n" * 3_000 + "1,2,3,4\n" * 120
    _, audited, codes = opened(text)
    assert codes == ["too_many_cells"] * 50 + ["more_of_the_same"]
    assert sum(problem.n_rows for problem in audited.problems) == 120


CELL = st.text(
    st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=8
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=12))
def test_whatever_a_program_writes_reads_back(tmp_path_factory, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["first name", "second name", "third name"])
    writer.writerows(rows)
    path = tmp_path_factory.mktemp("written") / "data.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    with open_audited(path) as audited:
        read = audited.table.order_by(ROW).drop(ROW).to_pyarrow().to_pylist()
    wanted = [tuple(cell or None for cell in row) for row in rows]
    assert [tuple(row.values()) for row in read] == wanted


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_end_in_rows_or_in_a_clear_error(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("bytes") / "data.csv"
    path.write_bytes(content)
    with contextlib.suppress(EvengroundError), open_audited(path) as audited:
        assert audited.table.count().to_pyarrow().as_py() == audited.files[0].n_rows
