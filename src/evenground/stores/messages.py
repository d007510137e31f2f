"""What can be wrong with a file as a whole, why it matters and the way out."""

from __future__ import annotations

from evenground.errors import ProblemKind, Severity
from evenground.language import N_

UNITS = (N_("rows"), N_("columns"), N_("bytes"), N_("corners"), N_("files"), N_("characters"))
"""Units of the reading limits, as sentences name them."""

FILE_MISSING = ProblemKind(
    code="file_missing",
    what=N_("There is no file {value}."),
    rule=N_("The table {table} is read from it."),
    way_out=N_("Put the file there, or change file under [tables.{table}]."),
    suggestion=N_("Did you mean {nearest}? Change file under [tables.{table}]."),
)
FILE_OUTSIDE = ProblemKind(
    code="file_outside",
    what=N_("The file {value} lies outside the data folder."),
    rule=N_("A folder that was handed over must not read other files of this machine."),
    way_out=N_('Copy the file into the folder, or name its folder once at the top: data = "…"'),
)
UNKNOWN_FORMAT = ProblemKind(
    code="unknown_format",
    what=N_("{value} is not a kind of file that can be read."),
    rule=N_("These can: {known}."),
    way_out=N_("Save it as CSV, XLSX or GeoPackage."),
    suggestion=N_("Did you mean {nearest}?"),
)
UNREADABLE = ProblemKind(
    code="unreadable",
    what=N_("{file} cannot be read as what its name says: {reason}"),
    rule=N_("A damaged or misnamed file would give wrong numbers."),
    way_out=N_("Open it in the program that made it and save it again as {wanted}."),
)
NOT_WHAT_IT_SAYS = ProblemKind(
    code="not_what_it_says",
    what=N_("{file} does not begin as a {wanted} file does."),
    rule=N_("A file that pretends to be another kind may make a reader open other places."),
    way_out=N_("Give the file its right ending, or export it again as {wanted}."),
)
EMPTY_FILE = ProblemKind(
    code="empty_file",
    what=N_("{file} holds no rows."),
    rule=N_("The table {table} has nothing to say without rows."),
    way_out=N_("Export it again, or take it out of [tables.{table}]."),
)
SHEET_MISSING = ProblemKind(
    code="sheet_missing",
    what=N_("{file} has no sheet called {value}."),
    rule=N_("The table {table} is read from that sheet."),
    way_out=N_("Its sheets are: {known}. Change sheet under [tables.{table}]."),
    suggestion=N_("Write {nearest}. Its sheets are: {known}."),
)
LAYER_MISSING = ProblemKind(
    code="layer_missing",
    what=N_("{file} has no layer called {value}."),
    rule=N_("The table {table} is read from that layer."),
    way_out=N_("Its layers are: {known}. Change layer under [tables.{table}]."),
    suggestion=N_("Write {nearest}. Its layers are: {known}."),
)
SEVERAL_LAYERS = ProblemKind(
    code="several_layers",
    severity=Severity.WARNING,
    what=N_("{file} has several layers or sheets; {value} was read."),
    rule=N_("Only one of them can be the table {table}."),
    way_out=N_("Name the one that you mean under [tables.{table}]. There are: {known}."),
)
LIBRARY_SAID = ProblemKind(
    code="map_library_said",
    severity=Severity.NOTE,
    what=N_("The reader of map files noticed: {value}"),
    rule=N_("It may explain why a shape or a letter looks wrong."),
    way_out=N_("Export the file again if something looks wrong."),
)
TOO_LARGE = ProblemKind(
    code="too_large",
    what=N_("{file} has {value} {unit}; at most {limit} are read."),
    rule=N_("A file beyond every honest size can bring the machine down."),
    way_out=N_("Cut it to the city and to the columns needed, or split it into several files."),
)
UNPACKS_TOO_FAR = ProblemKind(
    code="unpacks_too_far",
    what=N_("{file} unpacks to far more than it holds ({value} bytes and more)."),
    rule=N_("Small files that unpack to huge ones are a known attack."),
    way_out=N_("Ask the sender for plain CSV or GeoPackage."),
)
UNSAFE_ZIP_NAME = ProblemKind(
    code="unsafe_zip_name",
    what=N_("{file} holds an entry called {value}."),
    rule=N_("Such a name would be unpacked outside its folder; this is a known attack."),
    way_out=N_("Make the zip again from the plain files, without folders."),
)
XML_ENTITIES = ProblemKind(
    code="xml_entities",
    what=N_("{file} declares XML entities in {value}."),
    rule=N_("No spreadsheet program writes them; they are used to exhaust memory or read files."),
    way_out=N_("Open it in a spreadsheet program and save it again, or ask the sender."),
)
NUL_BYTES = ProblemKind(
    code="nul_bytes",
    severity=Severity.WARNING,
    what=N_(
        "Zero bytes stand in the text and were left out (rows: {n_rows}; the first is row {row})."
    ),
    rule=N_("Text holds no zero bytes; the file may be damaged."),
    way_out=N_("Export the file again as CSV in UTF-8 and compare row {row}."),
)
ENCODING_SAID = ProblemKind(
    code="encoding_detected",
    severity=Severity.NOTE,
    what=N_("The text was read as {value}."),
    rule=N_("The file is not in UTF-8 and does not say what it is in."),
    way_out=N_('If letters look wrong, write encoding = "…" under [tables.{table}].'),
)
ENCODING_WRONG = ProblemKind(
    code="encoding_wrong",
    what=N_("The file cannot be read in the encoding {value}."),
    rule=N_("Names with special letters would be spoiled."),
    way_out=N_('Take encoding out under [tables.{table}], or write encoding = "{nearest}".'),
)
DELIMITER_SAID = ProblemKind(
    code="delimiter_detected",
    severity=Severity.NOTE,
    what=N_("Columns are separated by {value}."),
    rule=N_("The file does not say it; most rows have {n_columns} columns this way."),
    way_out=N_('If columns look wrong, write delimiter = "…" under [tables.{table}].'),
)
HEADER_SAID = ProblemKind(
    code="header_row_found",
    severity=Severity.NOTE,
    what=N_("The column names stand in row {value}; the rows above were not read as data."),
    rule=N_("Titles above a table are common in spreadsheets."),
    way_out=N_("If this is wrong, write header_row = … under [tables.{table}]."),
)
HEADER_BEYOND = ProblemKind(
    code="header_row_beyond",
    what=N_("header_row is {value}, and the file has {n_lines} rows."),
    rule=N_("Without column names nothing can be matched."),
    way_out=N_("Write the row number that the spreadsheet shows beside the column names."),
)
UNNAMED_COLUMN = ProblemKind(
    code="unnamed_column",
    severity=Severity.WARNING,
    what=N_("Column {value} holds values and has no name in row {row}."),
    rule=N_("A column without a name cannot be matched, so it was not read."),
    way_out=N_("Give it a name, also where cells were merged over several columns."),
)
REPEATED_COLUMN = ProblemKind(
    code="repeated_column",
    what=N_("Two columns are called {value}; the first was read."),
    rule=N_("Nobody can tell which of the two is meant."),
    way_out=N_("Rename one of them in row {row}."),
)
TOO_MANY_CELLS = ProblemKind(
    code="too_many_cells",
    what=N_("Row {row} has {value} cells, and there are {n_columns} column names."),
    rule=N_("A separator inside a text shifts all values to its right, so the row was set aside."),
    way_out=N_("Put the text with the separator into double quotes, or take the separator out."),
)
FORMULA_WITHOUT_VALUE = ProblemKind(
    code="formula_without_value",
    severity=Severity.WARNING,
    what=N_(
        "Formulas without a stored value are empty here (cells: {n_rows}; the first is row {row})."
    ),
    rule=N_("Formulas are never run; only the values that a spreadsheet program stored are read."),
    way_out=N_("Open the workbook in a spreadsheet program, save it, and read it again."),
)
CELL_ERROR = ProblemKind(
    code="cell_error",
    severity=Severity.WARNING,
    what=N_(
        "Cells with the error {value} are empty here (cells: {n_rows}; the first is row {row})."
    ),
    rule=N_("An error is not a value."),
    way_out=N_("Repair the formula in row {row}, save the workbook, and read it again."),
)
MERGED_FILLED = ProblemKind(
    code="merged_cells_filled",
    severity=Severity.WARNING,
    what=N_("Merged cells were filled with their common value, {value} (rows: {n_rows})."),
    rule=N_("A merged cell stands in its first row only; the rows below would be empty."),
    way_out=N_("Check these rows, or undo the merge in the workbook."),
)
FOOTNOTES = ProblemKind(
    code="footnotes",
    severity=Severity.NOTE,
    what=N_("A note under the table: {value}"),
    rule=N_("They have one cell of text and no values."),
    way_out=N_("Nothing needs doing if these are notes."),
)
SHAPEFILE_PARTS = ProblemKind(
    code="shapefile_parts",
    what=N_("The zip {file} lacks {value}."),
    rule=N_("A shapefile is several files that belong together (.shp, .shx, .dbf)."),
    way_out=N_("Zip all files of the shapefile together, or export a GeoPackage."),
)
