"""What can be wrong with the structure of a ``.pb`` file, why it matters and the way out."""

from __future__ import annotations

from evenground.errors import ProblemKind, Severity
from evenground.language import N_

ENCODING = ProblemKind(
    code="pb_encoding",
    severity=Severity.WARNING,
    what=N_("The file is not UTF-8; it was read as {value}."),
    rule=N_("Letters with accents come out wrong where the guess is wrong."),
    way_out=N_("Save the file as UTF-8."),
)
UNREADABLE = ProblemKind(
    code="pb_unreadable",
    what=N_("Line {row} cannot be taken apart: {reason}."),
    rule=N_("Cells stand apart by semicolons; one that holds a semicolon or a quote is quoted."),
    way_out=N_("Close the quote that was opened, or double the quotes inside the cell."),
)
BROKEN_CELL = ProblemKind(
    code="pb_line_break",
    severity=Severity.WARNING,
    what=N_("A cell of the row that begins on line {row} holds a line break ({value})."),
    rule=N_("Most programs take each line for a row; a quote left open swallows rows."),
    way_out=N_("Replace the line break by a space; if rows are missing, close the quote."),
)
SECTION_MISSING = ProblemKind(
    code="pb_section_missing",
    what=N_("There is no section {section}."),
    rule=N_("A .pb file has META, PROJECTS and VOTES, each word alone on its line."),
    way_out=N_("Add the line {section} above its rows."),
)
SECTION_TWICE = ProblemKind(
    code="pb_section_twice",
    what=N_("Section {sheet} begins a second time on line {row}."),
    rule=N_("Each section stands once; its rows were put together here."),
    way_out=N_("Take out the second heading, and the second header if there is one."),
)
SECTION_ORDER = ProblemKind(
    code="pb_section_order",
    what=N_("Section {sheet} stands too late, on line {row}."),
    rule=N_("The order is META, PROJECTS, VOTES."),
    way_out=N_("Move the section to its place."),
)
OUTSIDE = ProblemKind(
    code="pb_outside_sections",
    what=N_("Line {row} stands before any section: {value} (such rows: {n_rows})."),
    rule=N_("Every row belongs to META, PROJECTS or VOTES."),
    way_out=N_("Begin the file with a line that says META."),
)
META_HEADER = ProblemKind(
    code="pb_meta_header",
    what=N_("META does not begin with key;value."),
    rule=N_("The line below META names its two columns."),
    way_out=N_("Write key;value below META."),
)
HEADER_MISSING = ProblemKind(
    code="pb_header_missing",
    what=N_("Section {sheet} has no line that names its columns."),
    rule=N_("The line below the heading names the columns."),
    way_out=N_("Write the names of the columns below {sheet}."),
)
FIRST_COLUMN = ProblemKind(
    code="pb_first_column",
    what=N_("The first column of {sheet} is {value}, not {first}."),
    rule=N_("The first column says which row it is."),
    way_out=N_("Put {first} first."),
)
COLUMN_TWICE = ProblemKind(
    code="pb_column_twice",
    what=N_("{sheet} has the column {value} twice."),
    rule=N_("Which of the two counts cannot be known; the first one is read."),
    way_out=N_("Rename or take out one of them."),
)
KEY_EMPTY = ProblemKind(
    code="pb_key_empty",
    what=N_("Line {row} of META has no key: {value}."),
    rule=N_("A value without a key says nothing."),
    way_out=N_("Write the key, or take the line out."),
)
KEY_TWICE = ProblemKind(
    code="pb_key_twice",
    what=N_("{column} stands in META a second time on line {row}, with {value}."),
    rule=N_("Each key stands once; the first value is read."),
    way_out=N_("Keep the line that is right."),
)
CELLS_SURPLUS = ProblemKind(
    code="pb_cells_surplus",
    severity=Severity.WARNING,
    what=N_("Line {row} has more cells than there are columns: {value}."),
    rule=N_("What stands beyond the last column belongs to none; often a text holds a semicolon."),
    way_out=N_("Put quotes around the text that holds the semicolon."),
)
CELLS_MISSING = ProblemKind(
    code="pb_cells_missing",
    severity=Severity.WARNING,
    what=N_(
        "The row of {value} on line {row} ends before the column {column}; cells missing: {n}."
    ),
    rule=N_("Missing cells are read as empty."),
    way_out=N_("Write a semicolon for each empty cell."),
)
EMPTY_LINES = ProblemKind(
    code="pb_empty_lines",
    severity=Severity.WARNING,
    what=N_("Empty lines: {n_rows}; the first is line {row}."),
    rule=N_("A row has its cells on one line; other programs stop at an empty one."),
    way_out=N_("Take the empty lines out."),
)
SPACES = ProblemKind(
    code="pb_spaces",
    what=N_("Spaces around ‘{value}’ on line {row} ({n_rows} such cells)."),
    rule=N_("Other programs take the spaces for a part of the name."),
    way_out=N_("Take the spaces out."),
)
