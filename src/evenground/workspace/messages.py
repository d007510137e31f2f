"""What can be wrong between tables, why it matters and the way out."""

from __future__ import annotations

from evenground.errors import ProblemKind, Severity
from evenground.language import N_

CODES_REPAIRED = ProblemKind(
    code="codes_repaired",
    severity=Severity.WARNING,
    what=N_("{column}: {value} was read as {example} (rows: {n_rows}); leading zeros were lost."),
    rule=N_("Spreadsheets turn codes into numbers; only one area fits each of these."),
    way_out=N_("Format the column as text in the spreadsheet before typing or pasting codes."),
)
CODES_WERE_FLOATS = ProblemKind(
    code="codes_were_floats",
    severity=Severity.WARNING,
    what=N_("{column}: {value} was read as {example} (rows: {n_rows}); a code is no number."),
    rule=N_("A column of codes with gaps was saved as decimal numbers."),
    way_out=N_("Format the column as text and export again."),
)
CODES_WITH_PREFIX = ProblemKind(
    code="codes_with_prefix",
    severity=Severity.NOTE,
    what=N_("{column}: {value} was read as {example} (rows: {n_rows}); a census prefix."),
    rule=N_("The U.S. Census Bureau puts summary level and country before the code."),
    way_out=N_("Nothing needs doing."),
)
CODES_SPELLED_OTHERWISE = ProblemKind(
    code="codes_spelled_otherwise",
    severity=Severity.WARNING,
    what=N_("{column}: {value} was read as {example} (rows: {n_rows})."),
    rule=N_("Capitals, spaces or dashes differ from the table of areas."),
    way_out=N_("Write codes as in the table of areas."),
)
ZEROS_LOST_IN_AREAS = ProblemKind(
    code="zeros_lost_in_areas",
    severity=Severity.WARNING,
    what=N_("Codes in {column} are numbers of {value} digits; leading zeros may be lost."),
    rule=N_("Codes of one level have one length, as a rule; other tables may have the zeros."),
    way_out=N_("Compare row {row} with the source; format the column as text in the spreadsheet."),
)
AREA_UNKNOWN = ProblemKind(
    code="area_unknown",
    what=N_("{value} in {column} is not the code of an area (rows: {n_rows})."),
    rule=N_("Numbers of an area that is not there cannot be placed, so the rows were set aside."),
    way_out=N_("Add the area to the table of areas, or correct the code in row {row}."),
    suggestion=N_("Is it {nearest}? Correct row {row}, or add the area to the table of areas."),
)
AREA_UNKNOWN_SIMPLE = ProblemKind(
    code="area_unknown",
    severity=Severity.WARNING,
    what=N_("{value} in {column} is not the code of an area (rows: {n_rows})."),
    rule=N_("What is linked to an area that is not there cannot be placed by its code."),
    way_out=N_("Correct the code in row {row}, or leave it empty."),
    suggestion=N_("Is it {nearest}? Correct row {row}."),
)
BOUNDARY_SET_DIFFERS = ProblemKind(
    code="boundary_set_differs",
    what=N_("{n_unknown} of {n_codes} codes in {column} are not areas, and the others are."),
    rule=N_("This looks like another edition of the boundaries: areas were split or joined."),
    way_out=N_(
        "Add areas of that edition, or a table crosswalk, and say edition under [tables.{table}]."
    ),
)
BEYOND_THE_CITY = ProblemKind(
    code="beyond_the_city",
    severity=Severity.NOTE,
    what=N_("The file holds areas beyond the city, such as {value} (rows: {n_rows})."),
    rule=N_("It has the city's areas among many others, which are not in the table of areas."),
    way_out=N_("Nothing needs doing; with where, only the rows of the city are read."),
)
NO_CODE_KNOWN = ProblemKind(
    code="no_code_known",
    what=N_("No code in {column} is an area; the first is {value}, an area is called {example}."),
    rule=N_("The two tables use different codes, so nothing can be placed."),
    way_out=N_("Match another column to area_id, or use the codes of this file for the areas."),
)
SET_ASIDE_UNKNOWN = ProblemKind(
    code="unknown_area",
    severity=Severity.NOTE,
    what=N_("The code is not an area ({value})."),
    rule=N_("Numbers without an area cannot be placed."),
    way_out=N_("See the problems of this file."),
)
OTHER_LEVEL = ProblemKind(
    code="other_level",
    severity=Severity.NOTE,
    what=N_("Areas of another level ({value})."),
    rule=N_("Results are made at one level; counting two would count everybody twice."),
    way_out=N_("Change level in city.toml if you want results at that level."),
)
LEVEL_NOT_THERE = ProblemKind(
    code="level_not_there",
    what=N_("level is {value}, and no area has that level."),
    rule=N_("Results are made for areas of one level."),
    way_out=N_("Levels in the table of areas are: {known}."),
    suggestion=N_("Write {nearest}. Levels in the table of areas are: {known}."),
)
EDITION_NOT_THERE = ProblemKind(
    code="edition_not_there",
    what=N_("edition is {value}, and no area has that edition."),
    rule=N_("Results are made for one set of boundaries."),
    way_out=N_("Editions in the table of areas are: {known}."),
    suggestion=N_("Write {nearest}. Editions in the table of areas are: {known}."),
)
LEVEL_CHOSEN = ProblemKind(
    code="level_chosen",
    severity=Severity.WARNING,
    what=N_("There are several levels of areas; {value} was taken, which has most areas."),
    rule=N_("Results are made for areas of one level."),
    way_out=N_('Write level = "{value}", or another one: {known}.'),
)
EDITION_CHOSEN = ProblemKind(
    code="edition_chosen",
    severity=Severity.WARNING,
    what=N_("There are several editions of the boundaries; {value} was taken."),
    rule=N_("Results are made for one set of boundaries."),
    way_out=N_('Write edition = "{value}", or another one: {known}.'),
)
REPEATED_ROW = ProblemKind(
    code="repeated_row",
    severity=Severity.WARNING,
    what=N_("Row {row} says the same as row {first} ({value})."),
    rule=N_("Counting it twice would be wrong, so it was set aside."),
    way_out=N_("Delete one of the two rows."),
)
CONTRADICTING_ROW = ProblemKind(
    code="contradicting_row",
    what=N_("Row {row} has the same {keys} as row {first} ({value}), and other values."),
    rule=N_("Only one of them can be right; the first was used."),
    way_out=N_("Delete the wrong row, or correct what makes them the same."),
)
MANY_CONTRADICTING_ROWS = ProblemKind(
    code="many_contradicting_rows",
    what=N_("Rows with the same {keys} and other values: {n_rows} (the first is row {row})."),
    rule=N_("So many are no slips: something else tells them apart, such as the year."),
    way_out=N_(
        "Match the column that tells them apart ({free}), or keep one set of rows with where."
    ),
)
CODE_IS_NO_KEY = ProblemKind(
    code="code_is_no_key",
    severity=Severity.WARNING,
    what=N_("{keys} is the same in several rows that differ: {n_rows} (such as {value})."),
    rule=N_("A code names one thing; all rows were kept and count."),
    way_out=N_("If they are one thing, keep one row of each; else match another column as code."),
)
REPEATED = ProblemKind(
    code="repeated",
    severity=Severity.NOTE,
    what=N_("Repeats a row above ({value})."),
    rule=N_("Counting it twice would be wrong."),
    way_out=N_("See the problems of this file."),
)
PARENT_UNKNOWN = ProblemKind(
    code="parent_unknown",
    what=N_("{value} in {column} is not the code of an area (rows: {n_rows})."),
    rule=N_("An area lies in the area on the level above whose code it names."),
    way_out=N_("Add the area {value} to the table of areas, or correct row {row}."),
    suggestion=N_("Is it {nearest}? Correct row {row}."),
)
OWN_PARENT = ProblemKind(
    code="own_parent",
    what=N_("The area {value} lies in itself, by way of its parents."),
    rule=N_("Levels go up, never round."),
    way_out=N_("Correct the parent in row {row}."),
)
OUTSIDE_PARENT = ProblemKind(
    code="outside_parent",
    severity=Severity.WARNING,
    what=N_("{per_cent} % of the area {value} lies outside its parent {parent}."),
    rule=N_("An area lies within the area above it, apart from small gaps between drawings."),
    way_out=N_("Correct the parent in row {row}, or check whether both are of one edition."),
)
PARENT_SUM_DIFFERS = ProblemKind(
    code="parent_sum_differs",
    severity=Severity.WARNING,
    what=N_("{group} in {value} is {parent}, and its areas add up to {children}."),
    rule=N_("The difference is more than margins of error or rounding explain."),
    way_out=N_("Check whether an area is missing or lies in the wrong parent."),
)
CARRIED_BY_CROSSWALK = ProblemKind(
    code="carried_by_crosswalk",
    severity=Severity.NOTE,
    what=N_("Rows of edition {value} were carried over to {edition} by the crosswalk: {n_rows}."),
    rule=N_("Boundaries were reformed in between."),
    way_out=N_("Nothing needs doing; findings that use these rows say so."),
)
CARRIED_BY_AREA = ProblemKind(
    code="carried_by_area",
    severity=Severity.WARNING,
    what=N_("Rows of edition {value} were carried over to {edition} by surface: {n_rows}."),
    rule=N_("People are taken to live evenly over each old area, which is seldom quite true."),
    way_out=N_(
        "Add a table crosswalk with the shares of people, if the statistical office has one."
    ),
)
CANNOT_CARRY = ProblemKind(
    code="cannot_carry",
    what=N_("Rows of edition {value} cannot be carried over to {edition}: {n_rows}."),
    rule=N_("There is neither a crosswalk nor a drawing of both sets of boundaries."),
    way_out=N_("Add the areas of edition {value} to the table of areas, or a table crosswalk."),
)
EDITION_TAKEN_AS_SAME = ProblemKind(
    code="edition_taken_as_same",
    severity=Severity.WARNING,
    what=N_("Rows of edition {value} were taken for {edition}: {n_rows}."),
    rule=N_("Their codes are those of the areas in force, and no other boundaries are at hand."),
    way_out=N_("Say the same edition in both tables, or add the areas of edition {value}."),
)
NOT_CARRIED = ProblemKind(
    code="not_carried",
    severity=Severity.NOTE,
    what=N_("Could not be carried over to the boundaries in force ({value})."),
    rule=N_("Numbers of areas that are no more cannot be placed."),
    way_out=N_("See the problems of this file."),
)
COUNT_OR_SHARE = ProblemKind(
    code="count_or_share",
    severity=Severity.WARNING,
    what=N_("Nobody can tell whether the indicator {value} counts or is a share or mean."),
    rule=N_("Counts are divided over new areas, shares are averaged; it was set aside."),
    way_out=N_('Write its unit, such as "people" or "%", in the column unit.'),
)
RANKS_NOT_CARRIED = ProblemKind(
    code="ranks_not_carried",
    severity=Severity.WARNING,
    what=N_("The indicator {value} is a rank or class, which cannot be carried over."),
    rule=N_("Ranks of areas that are no more say nothing about the new ones."),
    way_out=N_("Use the score or share behind the rank, or ranks of the boundaries in force."),
)
EDITION_NOTICED = ProblemKind(
    code="edition_noticed",
    severity=Severity.WARNING,
    what=N_("Codes in {column} are those of edition {value} ({n_known} of {n_codes} known)."),
    rule=N_("The table does not say its edition; in the boundaries in force fewer are known."),
    way_out=N_('Write values = {{edition = "{value}"}} under [tables.{table}] if this is right.'),
)
CROSSWALK_SUM = ProblemKind(
    code="crosswalk_sum",
    severity=Severity.WARNING,
    what=N_("The shares of the old area {value} add up to {total}, not to 1."),
    rule=N_("All people of the old area live somewhere in the new ones."),
    way_out=N_("Add the missing rows of {value}, or correct its shares."),
)
LOCATED = ProblemKind(
    code="located",
    severity=Severity.NOTE,
    what=N_("The area was found from the place (rows: {n_rows})."),
    rule=N_("The table does not name areas and has places."),
    way_out=N_("Nothing needs doing."),
)
IN_NO_AREA = ProblemKind(
    code="in_no_area",
    severity=Severity.NOTE,
    what=N_("The place is in no area (rows: {n_rows}, the first is row {row})."),
    rule=N_("What lies outside all areas belongs to none."),
    way_out=N_("Correct the places if they should be in the city."),
)
