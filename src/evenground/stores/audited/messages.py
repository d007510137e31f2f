"""What can be wrong with a file that is to be audited, why it matters and the way out."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.errors import ProblemKind, Severity
from evenground.language import N_

NO_SUCH_SOURCE = ProblemKind(
    code="file_missing",
    what=N_("There is no file or folder {value}."),
    rule=N_("Nothing can be audited without it."),
    way_out=N_("Check the name and the folder."),
    suggestion=N_("Did you mean {nearest}?"),
)
NOTHING_IN_FOLDER = ProblemKind(
    code="folder_without_data",
    what=N_("The folder {value} holds no file that can be read."),
    rule=N_("These can be read: {known}."),
    way_out=N_("Name the folder that holds the files themselves."),
)
MIXED_FOLDER = ProblemKind(
    code="folder_of_several_kinds",
    what=N_("The folder {value} holds files of several kinds: {known}."),
    rule=N_("Files of one kind are read as one table; of several kinds, nobody can tell."),
    way_out=N_("Put the files that belong together into a folder of their own, or name one file."),
)
LEFT_ASIDE = ProblemKind(
    code="file_left_aside",
    severity=Severity.NOTE,
    what=N_("{value} was not read (files left aside: {n_rows})."),
    rule=N_("It is not of the kind of the others in the folder."),
    way_out=N_("Nothing needs doing if it holds no rows of this table."),
)
ANOTHER_KIND = ProblemKind(
    code="not_what_it_says",
    what=N_("{file} is called {value}, and its first bytes are those of {found}."),
    rule=N_("A file that pretends to be another kind may make a reader open other places."),
    way_out=N_("Give the file its right ending, or export it again."),
)
LINES_DIFFER = ProblemKind(
    code="not_a_table",
    what=N_(
        "{file} is no table: of its first {n_lines} lines, {n_rows} do not have {n_columns} cells."
    ),
    rule=N_("Rows of one table have the same number of cells."),
    way_out=N_("Export it again as CSV, one row a line, with column names in the first line."),
)
NO_DATA_ROWS = ProblemKind(
    code="no_rows",
    severity=Severity.WARNING,
    what=N_("{file} has column names and no rows."),
    rule=N_("Without rows there is nothing to audit but the names."),
    way_out=N_("Export it again."),
)
NO_COLUMN_NAMES = ProblemKind(
    code="no_column_names",
    severity=Severity.WARNING,
    what=N_(
        "{file} begins with values, not with column names; columns are called column_1 and so on."
    ),
    rule=N_("Without names nobody can tell what a column means."),
    way_out=N_("Write a first line with the name of each column."),
)
REPEATED_NAME = ProblemKind(
    code="repeated_column",
    severity=Severity.WARNING,
    what=N_("Two columns are called {value}; the later one is called {known} here."),
    rule=N_("Nobody can tell which of the two is meant. Capitals do not tell names apart."),
    way_out=N_("Rename one of them."),
)
UNNAMED = ProblemKind(
    code="unnamed_column",
    severity=Severity.WARNING,
    what=N_("The column at position {value} has no name; it is called {known} here."),
    rule=N_("Without a name nobody can tell what a column means."),
    way_out=N_("Give it a name."),
)
RESERVED_NAME = ProblemKind(
    code="reserved_column",
    severity=Severity.NOTE,
    what=N_("The column {value} is called {known} here."),
    rule=N_("The name stands for the position or the file of a row."),
    way_out=N_("Nothing needs doing."),
)
SHORT_ROW = ProblemKind(
    code="too_few_cells",
    severity=Severity.WARNING,
    what=N_("Row {row} has {value} cells, and there are {n_columns} column names."),
    rule=N_("The cells that are missing at its end count as empty; the row may be cut off."),
    way_out=N_("Compare row {row} with its source."),
)
WIDE_ROW = ProblemKind(
    code="too_many_cells",
    what=N_(
        "Row {row} has {value} cells, and there are {n_columns} column names; it was set aside."
    ),
    rule=N_("A separator inside a text shifts all values to its right."),
    way_out=N_("Put the text with the separator into double quotes, or take the separator out."),
)
OPEN_QUOTE = ProblemKind(
    code="quote_without_end",
    what=N_("A double quote in row {row} has no end; the row was set aside: {value}"),
    rule=N_("Everything up to the next quote would be taken for one cell."),
    way_out=N_("Take the quote out, or write it twice inside a quoted text."),
)
STRAY_QUOTE = ProblemKind(
    code="quote_inside",
    severity=Severity.WARNING,
    what=N_("A quoted text in row {row} goes on after its closing quote: {value}"),
    rule=N_("A quote inside a quoted text is written twice; the quotes were left out here."),
    way_out=N_("Write quotes inside a quoted text twice."),
)
LONG_ROW = ProblemKind(
    code="row_too_long",
    what=N_("Row {row} has {value} characters and was set aside."),
    rule=N_("No honest row is so long; line ends may be missing."),
    way_out=N_("Export the file again."),
)
NOTE_LINE = ProblemKind(
    code="footnotes",
    severity=Severity.NOTE,
    what=N_("A note, not a row: {value}"),
    rule=N_("It fills one cell, and the others are not there."),
    way_out=N_("Nothing needs doing if it is a note."),
)
MIXED_BYTES = ProblemKind(
    code="bytes_not_utf8",
    severity=Severity.WARNING,
    what=N_(
        "Single bytes that are not UTF-8 were read as Windows writes them "
        "(bytes: {n_rows}; the first is in row {row})."
    ),
    rule=N_("The rest of the file is UTF-8; texts of two encodings were joined."),
    way_out=N_("Convert each source to UTF-8 before joining them."),
)
TEXT_OF_NESTED = ProblemKind(
    code="column_as_text",
    severity=Severity.NOTE,
    what=N_("{column} holds values of type {value}; they were read as texts."),
    rule=N_("Lists, bytes and the like are no single values."),
    way_out=N_("Nothing needs doing unless the column is to be audited in depth."),
)
TYPES_DIFFER = ProblemKind(
    code="types_differ",
    severity=Severity.WARNING,
    what=N_("{column} is not stored alike in all files ({value}); it was read as {known}."),
    rule=N_("A column whose type changes may have changed its meaning."),
    way_out=N_("Write it in one way in all files."),
)
FILES_UNLIKE = ProblemKind(
    code="files_unlike",
    severity=Severity.WARNING,
    what=N_("Of {n_columns} columns, the files of {file} share {value}."),
    rule=N_("Files of one table have most columns in common; these may be several tables."),
    way_out=N_("Name one file, or put the files of one table into a folder of their own."),
)
BROKEN_PART = ProblemKind(
    code="unreadable",
    what=N_("{file} is damaged inside: {reason}"),
    rule=N_("A damaged file would give wrong numbers."),
    way_out=N_("Fetch or export it again."),
)
NO_DATABASE_TABLE = ProblemKind(
    code="database_table_unnamed",
    what=N_("The address {value} does not say which table."),
    rule=N_("A database holds many tables."),
    way_out=N_("Write it at the end, as in {known}."),
)
WRONG_ENCODING_NAME = ProblemKind(
    code="encoding_wrong",
    what=N_("The file cannot be read in the encoding {value}."),
    rule=N_("Names with special letters would be spoiled."),
    way_out=N_("Leave the encoding out, and it is found."),
)

PLAIN_WAYS: Mapping[str, tuple[str, str]] = {
    "empty_file": (N_("There is nothing to audit without rows."), N_("Export it again.")),
    "sheet_missing": (
        N_("Another sheet would be another table."),
        N_("Its sheets are: {known}. Name one with --sheet."),
    ),
    "layer_missing": (
        N_("Another layer would be another table."),
        N_("Its layers are: {known}. Name one with --sheet."),
    ),
    "several_layers": (
        N_("Only one of them is audited at a time."),
        N_("Name the one that you mean with --sheet. There are: {known}."),
    ),
    "encoding_detected": (
        N_("The file is not in UTF-8 and does not say what it is in."),
        N_("Save the file as UTF-8 if letters look wrong."),
    ),
    "encoding_wrong": (
        N_("Names with special letters would be spoiled."),
        N_("Save the file as UTF-8."),
    ),
    "delimiter_detected": (
        N_("The file does not say it; most rows have {n_columns} columns this way."),
        N_("Separate columns by commas if they look wrong."),
    ),
    "header_row_found": (
        N_("Titles above a table are common in spreadsheets."),
        N_("Delete the rows above the column names if this is wrong."),
    ),
}  # fmt: skip
"""Rule and way out for what readers find, where theirs speak of a city's declaration."""
