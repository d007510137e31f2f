"""What runs the pages: it must fail where a reader would."""

from __future__ import annotations

import openpyxl
import pytest


def fenced(language, text, before=""):
    return f"Some words.\n\n{before}```{language}\n{text}\n```\n\n"


def test_blocks_of_a_page_share_variables_and_folder(page_of, reader):
    page = page_of(
        fenced("python", "from pathlib import Path\nx = 3\nPath('a.txt').write_text('hello')")
        + fenced("console", "$ cat a.txt\nhello")
        + fenced("python", "assert x == 3")
        + fenced("bash", "test -f a.txt")
    )
    assert reader.work_through(page) == 4


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (fenced("console", "$ echo a\nb"), "expected\nb"),
        (fenced("console", "$ echo a\n$ false"), "ended with 1"),
        (fenced("console", "$ false\n$ true"), "ended with 1"),
        (fenced("console", "echo a"), "starts with a command"),
        (fenced("bash", "false\ntrue"), "ended with 1"),
        (fenced("console", "$ true", "<!-- exit: 2 -->\n"), "ended with 0 instead of 2"),
        (fenced("python", ">>> 1 + 1\n2"), "without prompts"),
        (fenced("python", "print(1)") + fenced("text", "2", "<!-- output -->\n"), "expected\n2"),
        (fenced("toml", "x = 1", "<!-- file: ../x.toml -->\n"), "outside"),
    ],
)
def test_what_does_not_hold_fails(page_of, reader, block, said):
    page = page_of(block)
    with pytest.raises(AssertionError, match=r"page\.md") as caught:
        reader.work_through(page)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (fenced("sh", "true"), "write bash"),
        (fenced("pycon", ">>> 1"), "write python"),
        (fenced("python", "1 / 0", "<!-- not run: -->\n"), "say why"),
        (fenced("python", "pass", "<!-- exit: 2 -->\n"), "exit wants"),
        (fenced("toml", "x = 1", "<!-- file: -->\n"), "say which file"),
        (fenced("toml", "x = 1", "<!-- append: -->\n"), "say which file"),
    ],
)
def test_marks_that_say_nothing_are_refused(page_of, block, said):
    with pytest.raises(AssertionError, match=said):
        page_of(block)


def test_a_python_error_names_the_line_of_the_page(page_of, reader):
    page = page_of("One.\n\nTwo.\n\n" + fenced("python", "x = 1\nx / 0"))
    with pytest.raises(ZeroDivisionError) as caught:
        reader.work_through(page)
    last = caught.traceback[-1]
    assert str(last.path).endswith("page.md")
    assert page.path.read_text(encoding="utf-8").splitlines()[last.lineno] == "x / 0"


def test_a_block_with_a_reason_is_left_out(page_of, reader):
    page = page_of(fenced("python", "1 / 0", "<!-- not run: takes a day -->\n"))
    assert reader.work_through(page) == 0
    assert not page.runs


def test_the_mark_belongs_to_the_block_right_after_it(page_of, reader):
    page = page_of("<!-- not run: takes a day -->\n\nWords.\n\n" + fenced("console", "$ false"))
    with pytest.raises(AssertionError, match="ended with 1"):
        reader.work_through(page)


def test_a_file_is_written_as_it_stands(page_of, reader, tmp_path):
    page = page_of(fenced("toml", 'name = "Åby"', "<!-- file: city/city.toml -->\n"))
    assert reader.work_through(page) == 1
    assert (tmp_path / "city" / "city.toml").read_text(encoding="utf-8") == 'name = "Åby"\n'


def test_a_file_grows_by_what_is_appended(page_of, reader, tmp_path):
    page = page_of(
        fenced("toml", "a = 1", "<!-- file: city.toml -->\n")
        + fenced("toml", "[b]", "<!-- append: city.toml -->\n")
    )
    assert reader.work_through(page) == 2
    assert (tmp_path / "city.toml").read_text(encoding="utf-8") == "a = 1\n\n[b]\n"


def test_a_file_grows_below_a_line(page_of, reader, tmp_path):
    page = page_of(
        fenced("toml", "a = 1\n[b]\nc = 2", "<!-- file: x.toml -->\n")
        + fenced("toml", "d = 3", "<!-- append: x.toml below [b] -->\n")
    )
    assert reader.work_through(page) == 2
    assert (tmp_path / "x.toml").read_text(encoding="utf-8") == "a = 1\n[b]\nd = 3\nc = 2\n"


@pytest.mark.parametrize(("text", "n"), [("a = 2", 0), ("b = 1\nb = 1", 2)])
def test_a_file_grows_below_one_line_only(page_of, reader, text, n):
    page = page_of(
        fenced("toml", text, "<!-- file: x.toml -->\n")
        + fenced("toml", "d = 3", "<!-- append: x.toml below b = 1 -->\n")
    )
    with pytest.raises(AssertionError, match=f"has {n} lines 'b = 1'"):
        reader.work_through(page)


def test_what_a_reader_does_by_hand_is_done_between_the_blocks(page_of, reader, tmp_path):
    page = page_of(
        fenced("toml", "a = 1\nb = 2", "<!-- file: city.toml -->\n")
        + fenced("bash", "grep -q 'b = 2' city.toml")
        + "Make it three.\n\n<!-- hand: city.toml: b = 2 becomes b = 3 -->\n\n"
        + fenced("bash", "grep -q 'b = 3' city.toml")
    )
    assert reader.work_through(page) == 4
    assert (tmp_path / "city.toml").read_text(encoding="utf-8") == "a = 1\nb = 3\n"


def test_a_cell_of_a_workbook_is_changed_by_hand(page_of, reader, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Code", 211])
    book.save(tmp_path / "people.xlsx")
    reader.work_through(page_of("<!-- hand: people.xlsx: 211 becomes 0224 -->\n"))
    sheet = openpyxl.load_workbook(tmp_path / "people.xlsx").active
    assert [cell.value for cell in sheet[1]] == ["Code", "0224"]


def test_rows_are_filled_into_a_sheet(page_of, reader, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "options"
    for row in (["key", "name"], ["as_today", None]):
        book.active.append(row)
    book.save(tmp_path / "offer.xlsx")
    rows = "key,name\nas_today,As today\nall,All 200"
    assert reader.work_through(page_of(fenced("csv", rows, "<!-- sheet: offer.xlsx options -->\n")))
    sheet = openpyxl.load_workbook(tmp_path / "offer.xlsx").active
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["as_today", "As today"],
        ["all", "All 200"],
    ]
    page = page_of(fenced("csv", "kind\nfull", "<!-- sheet: offer.xlsx options -->\n"))
    with pytest.raises(AssertionError, match="options has no column kind"):
        reader.work_through(page)


@pytest.mark.parametrize(("old", "n"), [("b", 0), ("a", 2)])
def test_a_change_by_hand_wants_one_place(page_of, reader, old, n):
    page = page_of(
        fenced("csv", "a,a", "<!-- file: x.csv -->\n") + f"<!-- hand: x.csv: {old} becomes c -->\n"
    )
    with pytest.raises(AssertionError, match=f"holds '{old}' {n} times"):
        reader.work_through(page)


def test_an_expected_failure_is_none(page_of, reader):
    page = page_of(fenced("console", "$ echo no; exit 3\nno", "<!-- exit: 3 -->\n"))
    assert reader.work_through(page) == 1


def test_dots_stand_for_anything(page_of, reader):
    text = "$ printf 'rows: 12 of 14\\nmore\\nand more\\nend\\n'\nrows: ... of 14\n...\nend"
    assert reader.work_through(page_of(fenced("console", text))) == 1
    with pytest.raises(AssertionError, match="expected"):
        reader.work_through(page_of(fenced("console", text.replace("of 14\n...", "of 15\n..."))))


def test_printed_output_is_compared(page_of, reader):
    page = page_of(fenced("python", "print('a', 1)") + fenced("text", "a ...", "<!-- output -->\n"))
    assert reader.work_through(page) == 2


def test_a_command_may_go_on_on_the_next_line(page_of, reader):
    assert reader.work_through(page_of(fenced("console", "$ echo a \\\n    b\na b"))) == 1


def test_files_come_along_from_the_repository(page_of, reader, tmp_path):
    page = page_of("<!-- copy: LICENSE as text/licence.txt -->\n" + fenced("bash", "ls text"))
    assert reader.work_through(page) == 1
    assert "Apache" in (tmp_path / "text" / "licence.txt").read_text(encoding="utf-8")


def test_the_demo_city_comes_along(page_of, reader, tmp_path):
    page = page_of("<!-- demo: city as town -->\n" + fenced("bash", "ls town/city.toml"))
    assert reader.work_through(page) == 1


def test_a_comment_shown_in_a_sentence_is_no_comment(page_of, reader):
    page = page_of("Write `<!-- copy: nothing as x -->` to bring it along.\n")
    assert reader.work_through(page) == 0


def test_a_page_on_real_data_is_skipped_without_them(page_of, reader, monkeypatch, tmp_path):
    monkeypatch.setenv("EVENGROUND_REAL_DATA", str(tmp_path))
    page = page_of("<!-- real: nowhere as downloads -->\n" + fenced("bash", "ls downloads"))
    with pytest.raises(pytest.skip.Exception, match="real data"):
        reader.work_through(page)


def test_a_block_in_a_list_is_run(page_of, reader):
    page = page_of("1. Do this:\n\n   ```console\n   $ echo a\n   a\n   ```\n")
    assert reader.work_through(page) == 1


def test_a_dead_link_is_found(page_of):
    page = page_of("[a](page.md) [b](nowhere.md) [c](https://example.org) [d](#here)\n")
    assert page.dead_links() == ["page.md: nowhere.md"]
