"""What can be wrong with one plain file and the columns asked of it, and the way out."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.errors import ProblemKind, Severity
from evenground.language import N_

NO_SUCH_FILE = ProblemKind(
    code="file_missing",
    what=N_("There is no file {value}."),
    rule=N_("Nothing can be computed without it."),
    way_out=N_("Check the name and the folder."),
    suggestion=N_("Did you mean {nearest}?"),
)
IS_FOLDER = ProblemKind(
    code="file_is_folder",
    what=N_("{value} is a folder."),
    rule=N_("A file is asked for here."),
    way_out=N_("Name the file in it that is meant."),
)
NO_COLUMN = ProblemKind(
    code="no_such_column",
    what=N_("{file} has no column {value}."),
    rule=N_("It is asked for with {option}."),
    way_out=N_("Its columns are: {known}."),
    suggestion=N_("Did you mean {nearest}? Its columns are: {known}."),
)
BELOW = ProblemKind(
    code="below_lowest",
    what=N_("{value} in {column} is below {low}."),
    rule=N_("{option} counts or measures something, and cannot be less than {low}."),
    way_out=N_("Correct row {row}, or leave the cell empty; rows without a value are set aside."),
)
ABOVE = ProblemKind(
    code="above_highest",
    what=N_("{value} in {column} is above {high}."),
    rule=N_("{option} was said to be {high} at most."),
    way_out=N_("Correct row {row}, or say what the largest possible value is."),
)
NOT_WHOLE = ProblemKind(
    code="not_a_whole_number",
    what=N_("{value} in {column} is not a whole number."),
    rule=N_("Chance places whole units; parts of one cannot be drawn, and a year is whole."),
    way_out=N_("Correct row {row}, or count whole things."),
)
NOT_A_NUMBER = ProblemKind(
    code="not_a_number",
    what=N_("{value} in {column} is not a number."),
    rule=N_("{option} is counted with."),
    way_out=N_("Write a number in row {row}, or leave the cell empty if there is none."),
)
DECIMAL_OPEN = ProblemKind(
    code="decimal_mark_open",
    severity=Severity.WARNING,
    what=N_(
        "Numbers in {column} can be read in two ways; “{value}” was taken as decimal mark. "
        "Say --decimal to settle it."
    ),
    rule=N_("1.234 is about one for some and more than a thousand for others."),
    way_out=N_("Say --decimal . or --decimal , to settle it."),
)
NO_VALUE = ProblemKind(
    code="no_value",
    severity=Severity.NOTE,
    what=N_("no value in {column} ({value})"),
    rule=N_("A missing value is not zero, and nothing can be counted there."),
    way_out=N_("Fill the cells in if the values are known."),
)
EMPTY_CELL = ProblemKind(
    code="empty_cell",
    severity=Severity.NOTE,
    what=N_("nothing in {column}"),
    rule=N_("A missing value is not zero, and nothing can be counted there."),
    way_out=N_("Fill the cells in if the values are known."),
)
TOTAL_ROW = ProblemKind(
    code="total_row",
    severity=Severity.NOTE,
    what=N_("a total, as {column} says ({value})"),
    rule=N_("A total beside its parts would count everybody twice."),
    way_out=N_("Rename the row if it is no total."),
)
NO_ROWS_LEFT = ProblemKind(
    code="no_rows_left",
    what=N_("{file} has no row with all that is asked for (rows read: {n_read})."),
    rule=N_("There is nothing to compute without rows."),
    way_out=N_("Check that the columns are the right ones: {known}."),
)
ONE_ROW = ProblemKind(
    code="only_one_row",
    what=N_("Only one row of {file} counts, so there is nothing to compare it with."),
    rule=N_("How even something is, and how sure that is, shows between rows only."),
    way_out=N_("Give a row for each area or person. Rows read: {n_read}."),
)
NOTHING_THERE = ProblemKind(
    code="nothing_there",
    what=N_("{column} adds up to 0."),
    rule=N_("No share of nothing can be formed."),
    way_out=N_("Check that {option} names the right column."),
)
CONTRADICTING_ROW = ProblemKind(
    code="contradicting_row",
    what=N_("Row {row} has the same {keys} as row {first}: {value}."),
    rule=N_("Only one of them can be right; adding them up might count the same things twice."),
    way_out=N_("Delete one of the two rows, or add them up in the file."),
)

PLAIN_WAYS: Mapping[str, tuple[str, str]] = {
    "empty_file": (
        N_("There is nothing to compute without rows."),
        N_("Export it again."),
    ),
    "sheet_missing": (
        N_("Numbers from another sheet would be other numbers."),
        N_("Its sheets are: {known}. Name one with --sheet."),
    ),
    "layer_missing": (
        N_("Numbers from another layer would be other numbers."),
        N_("Its layers are: {known}. Name one with --sheet."),
    ),
    "several_layers": (
        N_("Only one of them can be meant."),
        N_("Name the one that you mean with --sheet. There are: {known}."),
    ),
    "encoding_wrong": (
        N_("Names with special letters would be spoiled."),
        N_("Save the file as UTF-8."),
    ),
}
"""Rule and way out for what readers find, where theirs speak of a city's declaration."""

NOTHING_SHARED = ProblemKind(
    code="nothing_there",
    what=N_("Where there are people, {column} is 0 everywhere."),
    rule=N_("No share of nothing can be formed."),
    way_out=N_("Check that {option} names the right column."),
)
NO_PLACE = ProblemKind(
    code="no_place",
    severity=Severity.NOTE,
    what=N_("no place"),
    rule=N_("A distance needs two places."),
    way_out=N_("Fill in the coordinates if they are known."),
)
ZERO_PLACE = ProblemKind(
    code="zero_coordinates",
    severity=Severity.NOTE,
    what=N_("coordinates 0, 0"),
    rule=N_("Programs write zeros when no place was entered."),
    way_out=N_("Fill in the coordinates if they are known."),
)
NO_SHAPES = ProblemKind(
    code="no_places_in_file",
    what=N_("{file} holds no shapes, and no columns for x and y were named."),
    rule=N_("A distance needs two places."),
    way_out=N_("Name the columns with --x and --y. Its columns are: {known}."),
)
MIDDLES_TAKEN = ProblemKind(
    code="middles_taken",
    severity=Severity.NOTE,
    what=N_("Shapes that are not points were taken at their middle (rows: {n_rows})."),
    rule=N_("Distances are measured between points."),
    way_out=N_("Give points where people live if the areas are large."),
)
IN_DEGREES = ProblemKind(
    code="coordinates_in_degrees",
    what=N_("The coordinates of {file} are in degrees."),
    rule=N_("A degree east is shorter than a degree north, so distances would be wrong."),
    way_out=N_("Say --crs with a projected system in metres, such as EPSG:3006."),
    suggestion=N_("Say --crs {nearest}, which is in metres and fits these places."),
)
NOT_METRES = ProblemKind(
    code="system_not_metric",
    what=N_("{value} does not measure in metres."),
    rule=N_("Distances are measured in metres."),
    way_out=N_("Say --crs with a projected system in metres, such as EPSG:3006."),
    suggestion=N_("Say --crs {nearest}, which is in metres and fits these places."),
)
SYSTEM_UNKNOWN = ProblemKind(
    code="coordinate_system_unknown",
    what=N_("{value} is not a coordinate system that is known here."),
    rule=N_("Without it the places cannot be measured."),
    way_out=N_("Say --crs with an EPSG code such as EPSG:3006."),
)
SYSTEM_TAKEN = ProblemKind(
    code="coordinate_system_assumed",
    severity=Severity.NOTE,
    what=N_("{file} does not say its coordinate system; its numbers were taken as {value}."),
    rule=N_("The same numbers are other places in another system."),
    way_out=N_("Say --crs if that is wrong."),
)
METRES_TAKEN = ProblemKind(
    code="metres_assumed",
    severity=Severity.NOTE,
    what=N_("{file} does not say its coordinate system; its numbers were taken as metres."),
    rule=N_("Distances are measured in metres."),
    way_out=N_("Say --crs if that is wrong."),
)
DEGREES_NOT_METRES = ProblemKind(
    code="metres_declared_degrees",
    what=N_("{file} says that its places are in degrees, but the numbers are too large for that."),
    rule=N_("GeoJSON is in degrees unless told otherwise."),
    way_out=N_("Export the file again in degrees, or as a GeoPackage that says its system."),
)
ELSEWHERE = ProblemKind(
    code="far_away",
    what=N_("Most places of {file} lie outside the part of the world that {value} is for."),
    rule=N_("x and y may be swapped, or the numbers are in another system."),
    way_out=N_("Name the columns the other way round (longitude is x), or another --crs."),
)
SOME_ELSEWHERE = ProblemKind(
    code="some_far_away",
    severity=Severity.WARNING,
    what=N_(
        "Places outside the part of the world that {value} is for: {n_rows} (first: row {row})."
    ),
    rule=N_("A digit may be lost or added, or x and y swapped."),
    way_out=N_("Correct their coordinates."),
)
