"""Pabulib files: read without loss, written again byte for byte, structure told line by line."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.connectors.pabulib import reading
from evenground.connectors.pabulib.document import pabulib_file
from evenground.connectors.pabulib.reading import read_pabulib
from evenground.connectors.pabulib.writing import pabulib_bytes

TEXT = """META
key;value
description;Green budget
country;Poland
budget;1000
vote_type;approval
PROJECTS
project_id;cost;votes;name
1;400;2;Trees
2;700;1;"Benches ""by the river""; two"
VOTES
voter_id;vote;age
a;1,2;34
b;1;
"""


def table(rows):
    return [
        [None if cell is None else cell for cell in row]
        for row in zip(*[column.to_pylist() for column in rows.cells.columns], strict=True)
    ]


def content(file):
    meta = [(line.key, line.value, line.surplus) for line in file.meta]
    return meta, *(
        (rows.names, table(rows), dict(rows.surplus)) for rows in (file.projects, file.votes)
    )


def test_by_hand():
    file = read_pabulib(TEXT.encode(), file="a.pb")
    assert not file.problems
    assert file.value("budget") == "1000"
    assert file.meta_line("vote_type") == 6
    assert file.projects.texts("name") == ["Trees", 'Benches "by the river"; two']
    assert file.projects.lines.tolist() == [9, 10]
    assert file.votes.lines.tolist() == [13, 14]
    assert file.votes.texts("age") == ["34", ""]
    assert file.votes.texts("sex") == ["", ""]
    assert pabulib_bytes(file) == TEXT.encode()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("last", [True, False])
def test_layout_comes_back(end, mark, last):
    text = TEXT.replace("Green", "Zielony świat").replace("\n", end)
    data = mark + (text if last else text.removesuffix(end)).encode()
    file = read_pabulib(data)
    assert not file.problems
    assert pabulib_bytes(file) == data


def test_one_line_that_ends_otherwise_comes_back():
    data = TEXT.replace("\n", "\r\n").replace("country;Poland\r\n", "country;Poland\n").encode()
    assert pabulib_bytes(read_pabulib(data)) == data


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_comes_back(encoding):
    mark = codecs.BOM_UTF16_LE if encoding.endswith("le") else codecs.BOM_UTF16_BE
    data = mark + TEXT.replace("Green", "Łódź").encode(encoding)
    file = read_pabulib(data)
    assert file.value("description") == "Łódź budget"
    assert pabulib_bytes(file) == data


def test_other_encoding_is_told():
    data = TEXT.replace("Green budget", "Budżet obywatelski dla Łodzi i Gdańska, zażółć gęślą jaźń")
    file = read_pabulib(data.encode("cp1250"), file="a.pb")
    assert [problem.code for problem in file.problems] == ["pb_encoding"]


CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=6
)
NAMES = st.sampled_from(["votes", "name", "odd field", "category"])


@given(
    st.dictionaries(NAMES, CELLS, max_size=4),
    st.lists(st.tuples(CELLS, CELLS), max_size=5),
    st.lists(st.tuples(CELLS, CELLS), max_size=5),
)
def test_whatever_a_file_holds_comes_back(meta, projects, votes):
    made = pabulib_file(
        meta,
        {
            "project_id": [f"p{at}" for at in range(len(projects))],
            "cost": [row[0] for row in projects],
            "name": [row[1] for row in projects],
        },
        {
            "voter_id": [f"v{at}" for at in range(len(votes))],
            "vote": [row[0] for row in votes],
            "extra": [row[1] for row in votes],
        },
    )
    data = pabulib_bytes(made)
    read = read_pabulib(data)
    assert content(read) == content(made)
    assert pabulib_bytes(read) == data


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6))
def test_votes_read_at_once_or_with_care_are_the_same(votes):
    votes_of = {
        "voter_id": [f"v{at}" for at in range(len(votes))],
        "vote": [row[0] for row in votes],
        "age": [row[1] for row in votes],
    }
    data = pabulib_bytes(pabulib_file({"budget": "1"}, {"project_id": ["1"]}, votes_of))
    one = read_pabulib(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "plain_rows", lambda *_, **__: None)
        two = read_pabulib(data)
    assert content(one) == content(two)
    assert one.votes.lines.tolist() == two.votes.lines.tolist()
    assert [problem.code for problem in one.problems] == [problem.code for problem in two.problems]


@pytest.mark.parametrize(
    ("old", "new", "code", "section", "line"),
    [
        ("META\n", "", "pb_outside_sections", "", 1),
        ("META\n", "", "pb_section_missing", "META", None),
        ("META\n", " META\n", "pb_spaces", "META", 1),
        ("key;value\n", "", "pb_meta_header", "META", 2),
        ("country;Poland", "budget;900", "pb_key_twice", "META", 5),
        ("country;Poland", ";Poland", "pb_key_empty", "META", 4),
        ("country;Poland", "country;Poland;PL", "pb_cells_surplus", "META", 4),
        ("country;Poland", "country; Poland", "pb_spaces", "META", 4),
        ("project_id;cost", "cost;project_id", "pb_first_column", "PROJECTS", 8),
        ("votes;name", "name;name", "pb_column_twice", "PROJECTS", 8),
        ("2;Trees", "2;Trees;more", "pb_cells_surplus", "PROJECTS", 9),
        ("1;400;2;Trees", "1;400", "pb_cells_missing", "PROJECTS", 9),
        ('"Benches ', '"Benches\n', "pb_line_break", "", 10),
        ("b;1;\n", "b;1\n", "pb_cells_missing", "VOTES", 14),
        ("b;1;\n", "b;1;2;3\n", "pb_cells_surplus", "VOTES", 14),
        ("b;1;\n", "\nb;1;\n", "pb_empty_lines", "", 14),
        ("voter_id;", "id;", "pb_first_column", "VOTES", 12),
        ("voter_id;vote;age\na;1,2;34\nb;1;\n", "", "pb_header_missing", "VOTES", 11),
        ("VOTES\n", "VOTES\nvoter_id;vote\nVOTES\n", "pb_section_twice", "VOTES", 13),
    ],
)
def test_structure_is_told_by_line(old, new, code, section, line):
    file = read_pabulib(TEXT.replace(old, new, 1).encode(), file="a.pb")
    found = [problem for problem in file.problems if problem.code == code]
    assert found, [problem.code for problem in file.problems]
    assert (found[0].place.file, found[0].place.sheet, found[0].place.row) == (
        "a.pb",
        section,
        line,
    )
    assert found[0].rule
    assert found[0].way_out


def test_sections_in_another_order_are_read_and_told():
    head, rest = TEXT.split("PROJECTS\n")
    projects, votes = rest.split("VOTES\n")
    file = read_pabulib(f"{head}VOTES\n{votes}PROJECTS\n{projects}".encode())
    assert [problem.code for problem in file.problems] == ["pb_section_order"]
    assert file.votes.n_rows == 2
    assert file.projects.texts("cost") == ["400", "700"]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\x00\x01\xff\xfe", b"META", b'"', b"VOTES\n\n"])
def test_what_is_no_ballot_file_is_told(data):
    assert any(problem.code == "pb_section_missing" for problem in read_pabulib(data).problems)


def test_cell_beyond_what_a_program_reads_is_told():
    data = TEXT.replace("Trees", f'"{"x" * 200_000}"').encode()
    assert "pb_unreadable" in [problem.code for problem in read_pabulib(data).problems]
