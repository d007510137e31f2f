import pytest

from evenground.stores.delimited import find_delimiter

PEOPLE = "area_id{d}group{d}count\n0101{d}total{d}{one}\n0102{d}total{d}{two}\n"


def people(d=",", one="1200", two="800"):
    return PEOPLE.format(d=d, one=one, two=two)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(read, codes, delimiter):
    found = read(people(delimiter))
    assert found.table["count"].to_pylist() == [1200, 800]
    assert ("delimiter_detected" in codes(found)) == (delimiter != ",")


def test_semicolons_with_decimal_commas(read):
    found = read(people(";", "1.200", "800,5"))
    assert found.table["count"].to_pylist() == [1200, 800.5]
    assert found.problems == ()


def test_a_delimiter_in_most_lines_wins_over_one_in_a_title():
    lines = ["Folkmängd, efter område, 2024", "kod;namn;antal", "01;Norra;5", "02;Södra;7"]
    assert find_delimiter(lines) == ";"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("utf-16-le", True),
        ("cp1252", True), ("latin-1", True),
    ],
)  # fmt: skip
def test_encodings_are_found_and_said(read, codes, encoding, said):
    text = "area_id,name\n0101,Børs Place på Åsen\n0102,Smörgåsgränd i Älvsjö\n"
    found = read(text.encode(encoding), "areas")
    assert found.table["name"].to_pylist() == ["Børs Place på Åsen", "Smörgåsgränd i Älvsjö"]
    assert ("encoding_detected" in codes(found)) == said


def test_typographic_signs_of_windows_survive(read):
    found = read("area_id,name\n01,“Norra” – 5 €\n".encode("cp1252"), "areas")
    assert found.table["name"].to_pylist() == ["“Norra” – 5 €"]


def test_a_declared_encoding_that_does_not_fit_is_refused_with_one_that_does(read):
    found = read("area_id,name\n01,Åsen\n".encode("cp1252"), "areas", encoding="utf-8")
    assert found.table.num_rows == 0
    (problem,) = found.problems
    assert (problem.code, problem.nearest) == ("encoding_wrong", "cp1252")


def test_titles_above_and_notes_below_are_no_rows(read, codes):
    text = (
        "Population by area,,\n,,\n"
        + people()
        + ",,\nx = fewer than five people,,\nSource: register 2024,,\n"
    )
    found = read(text)
    assert found.table["count"].to_pylist() == [1200, 800]
    assert found.rows.tolist() == [4, 5]
    assert {"header_row_found", "footnotes"} <= set(codes(found))
    assert found.n_read == 4
    assert found.n_used == 2


def test_a_declared_header_row_decides(read):
    text = "a,b,c\n" + people()
    assert read(text, header_row=2).rows.tolist() == [3, 4]
    (problem,) = read(text, header_row=99).problems
    assert problem.code == "header_row_beyond"


def test_a_list_of_words_has_no_footnotes(read):
    text = "group,estimate,source\nvisitors,,\npeople who work here and live elsewhere,,\n"
    found = read(text, "uncounted_groups")
    assert found.table["group"].to_pylist() == [
        "visitors",
        "people who work here and live elsewhere",
    ]


def test_a_quoted_line_break_is_one_row(read):
    text = 'area_id,name\n01,"two\nlines"\n02,one\n'
    found = read(text, "areas")
    assert found.rows.tolist() == [2, 3]
    assert found.table["name"].to_pylist() == ["two\nlines", "one"]


def test_a_row_with_too_many_cells_is_set_aside_and_listed(read):
    text = people() + "0103,total,5,shifted\n"
    found = read(text)
    assert found.table.num_rows == 2
    (problem,) = [p for p in found.problems if p.code == "too_many_cells"]
    assert problem.place.row == 4
    assert found.n_read == 3


def test_unnamed_and_repeated_columns_are_said(read, codes):
    text = "area_id,name,,name\n01,Norra,5,Nord\n02,Södra,6,Syd\n"
    found = read(text, "areas")
    assert found.table["name"].to_pylist() == ["Norra", "Södra"]
    assert {"unnamed_column", "repeated_column"} <= set(codes(found))


def test_empty_rows_are_no_rows_and_keep_the_numbering(read):
    found = read("area_id,name\n\n01,Norra\n,\n02,Södra\n\n", "areas")
    assert found.rows.tolist() == [3, 5]
    assert found.n_read == 2


def test_an_empty_file_and_one_with_names_only(read):
    (problem,) = read("").problems
    assert problem.code == "empty_file"
    assert [p.code for p in read("area_id,group,count\n").problems] == ["no_rows"]


def test_formulas_in_text_stay_text(read):
    text = 'area_id,name\n01,"=HYPERLINK(""http://x"",""y"")"\n02,+1\n03,@SUM(A1)\n'
    assert read(text, "areas").table["name"].to_pylist() == [
        '=HYPERLINK("http://x","y")',
        "+1",
        "@SUM(A1)",
    ]
