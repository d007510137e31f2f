"""Lines of a paragraph."""

from __future__ import annotations

from evenground.cli.paragraphs import WIDTH, paragraph

HARD = "\N{NO-BREAK SPACE}"


def test_what_a_no_break_space_joins_stays_on_one_line():
    for before in range(60, WIDTH + 1):
        for space in (HARD, "\N{NARROW NO-BREAK SPACE}"):
            text = f"{'a' * before} 11{space}130{space}PLN are left."
            lines = list(paragraph(text))
            assert any("11 130 PLN" in line for line in lines)
            assert all(len(line) <= WIDTH for line in lines)


def test_nothing_steers_the_terminal_and_spaces_are_plain():
    assert list(paragraph(f"a\x1b[2Jb{HARD}c\nd")) == ["a [2Jb c d"]


def test_lines_are_set_in():
    lines = list(paragraph("word " * 40, inset=2, hanging=4))
    assert lines[0].startswith("  word")
    assert all(line.startswith("    word") for line in lines[1:])
