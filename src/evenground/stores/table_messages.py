"""What can be wrong in the rows and cells of a table, why it matters and the way out."""

from __future__ import annotations

from evenground.errors import ProblemKind, Severity
from evenground.language import N_

TABLE_NOT_USABLE = ProblemKind(
    code="table_not_usable",
    severity=Severity.NOTE,
    what=N_("A column that the table {table} must have is missing."),
    rule=N_("Without it the rows cannot be placed or counted."),
    way_out=N_("Match the missing column; see the problems of this file."),
)
WHERE_UNKNOWN = ProblemKind(
    code="where_unknown_column",
    what=N_("where asks for the column {value}, which {file} does not have."),
    rule=N_("Rows are kept by what stands in that column."),
    way_out=N_("The columns are: {known}."),
)
WHERE_NOTHING = ProblemKind(
    code="where_keeps_nothing",
    what=N_("No row has {value} in {wanted}."),
    rule=N_("where keeps only rows with that value, so nothing is left."),
    way_out=N_("Values in this column are: {known}."),
)
NOT_ASKED_FOR = ProblemKind(
    code="not_asked_for",
    severity=Severity.NOTE,
    what=N_("Something else than {value} in {column}."),
    rule=N_("The city asked for rows with that value only."),
    way_out=N_("Nothing needs doing if where is as you want it."),
)
TOTAL_ROW = ProblemKind(
    code="total_row",
    severity=Severity.NOTE,
    what=N_("A total, not an area: {value}."),
    rule=N_("Counting it beside the areas would count everybody twice."),
    way_out=N_("Nothing needs doing if it is a total."),
)
REQUIRED_EMPTY = ProblemKind(
    code="required_empty",
    severity=Severity.WARNING,
    what=N_("Nothing in {column}; the first such row is row {row}."),
    rule=N_("A row without it says nothing that can be used."),
    way_out=N_("Fill the cells in, or delete the rows."),
)
REQUIRED_MISSING = ProblemKind(
    code="required_missing",
    severity=Severity.NOTE,
    what=N_("{column} is not known ({value})."),
    rule=N_("Not known is not zero; these rows give no number."),
    way_out=N_("Nothing needs doing if the source gives no number."),
)
REQUIRED_WITHHELD = ProblemKind(
    code="required_withheld",
    severity=Severity.NOTE,
    what=N_("{column} is withheld to protect people ({value})."),
    rule=N_("Withheld is not zero; these rows give no number."),
    way_out=N_("Ask the publisher for larger areas or groups if these rows matter."),
)
REQUIRED_UNREADABLE = ProblemKind(
    code="required_unreadable",
    severity=Severity.NOTE,
    what=N_("{column} cannot be read ({value})."),
    rule=N_("A row without it says nothing that can be used."),
    way_out=N_("Correct the values; each is listed among the problems."),
)
NO_VALUE_IN_ROW = ProblemKind(
    code="no_value_in_row",
    severity=Severity.NOTE,
    what=N_("No value in any of the columns asked for."),
    rule=N_("There is nothing to take from them."),
    way_out=N_("Nothing needs doing if the source gives no numbers there."),
)
GAPS = ProblemKind(
    code="gaps",
    severity=Severity.NOTE,
    what=N_("Cells without a number: {n_cells} ({n_missing} missing, {n_withheld} withheld)."),
    rule=N_("A missing or withheld number is not zero; nothing is counted there."),
    way_out=N_("Nothing needs doing if the source gives no numbers there."),
)
READ_AS_MISSING = ProblemKind(
    code="read_as_missing",
    severity=Severity.NOTE,
    what=N_("{value} in {column} was read as missing (cells: {n_rows})."),
    rule=N_("It is a common sign for no number; it is not zero."),
    way_out=N_('If it means zero here, write zero = ["{value}"] under [tables.{table}].'),
)
READ_AS_WITHHELD = ProblemKind(
    code="read_as_withheld",
    severity=Severity.NOTE,
    what=N_("{value} in {column} was read as withheld (cells: {n_rows})."),
    rule=N_("It is a common sign for a number that is kept back to protect people."),
    way_out=N_('If it means missing here, write missing = ["{value}"] under [tables.{table}].'),
)
PLACEHOLDER_DATES = ProblemKind(
    code="placeholder_dates",
    severity=Severity.WARNING,
    what=N_("The date {value} in {column} was read as missing (rows: {n_rows})."),
    rule=N_("Programs write this day when no date was ever entered."),
    way_out=N_("Ask whoever keeps the file for the real dates, or match another column."),
)
DECIMAL_COMMA = ProblemKind(
    code="decimal_comma",
    severity=Severity.NOTE,
    what=N_("Numbers in {column} were read with a decimal comma."),
    rule=N_("Some cells can be read in no other way."),
    way_out=N_('If this is wrong, write decimal = "." under [tables.{table}].'),
)
DECIMAL_MARK_OPEN = ProblemKind(
    code="decimal_mark_open",
    severity=Severity.WARNING,
    what=N_("Numbers in {column} can be read in two ways; “{value}” was taken as decimal mark."),
    rule=N_("1.234 is about one for some and more than a thousand for others."),
    way_out=N_('Write decimal = "." or decimal = "," under [tables.{table}].'),
)
DECIMAL_MARKS_MIXED = ProblemKind(
    code="decimal_marks_mixed",
    severity=Severity.WARNING,
    what=N_("{column} mixes decimal commas and decimal points."),
    rule=N_("Where a cell can be read in two ways, “{value}” was taken as decimal mark."),
    way_out=N_("Write all numbers of the column in one way."),
)
DATE_ORDER_OPEN = ProblemKind(
    code="date_order_open",
    severity=Severity.WARNING,
    what=N_("Dates in {column} can be read in two ways; they were read as {value}."),
    rule=N_("03/04/2025 is in March for some and in April for others."),
    way_out=N_('Write date_format = "%d/%m/%Y" or "%m/%d/%Y" under [tables.{table}].'),
)
NOT_A_NUMBER = ProblemKind(
    code="not_a_number",
    what=N_("{value} in {column} is not a number."),
    rule=N_("{column} is counted and added up."),
    way_out=N_("Write a number in row {row}, or leave the cell empty if there is none."),
)
NOT_WHOLE = ProblemKind(
    code="not_a_whole_number",
    what=N_("{value} in {column} is not a whole number."),
    rule=N_("A year or a page is a whole number."),
    way_out=N_("Correct row {row}."),
)
NOT_A_DATE = ProblemKind(
    code="not_a_date",
    what=N_("{value} in {column} is not a date."),
    rule=N_("Things that begin and end are ordered by their days."),
    way_out=N_("Write row {row} as year-month-day, for example 2025-04-03."),
)
NOT_YES_OR_NO = ProblemKind(
    code="not_yes_or_no",
    what=N_("{value} in {column} is neither yes nor no."),
    rule=N_("This column says whether something holds."),
    way_out=N_("Write yes or no in row {row}."),
)
NOT_A_CHOICE = ProblemKind(
    code="not_a_choice",
    what=N_("{value} in {column} is not one of the possible values (rows: {n_rows})."),
    rule=N_("Only these are understood: {known}."),
    way_out=N_("Write one of: {known}."),
    suggestion=N_("Write {nearest}."),
)
OUT_OF_RANGE = ProblemKind(
    code="out_of_range",
    what=N_("{value} in {column} lies outside {low} to {high}."),
    rule=N_("It cannot be true: {column} runs from {low} to {high} ({unit})."),
    way_out=N_("Correct row {row}; the value was left out."),
)
BELOW_LOWEST = ProblemKind(
    code="below_lowest",
    what=N_("{value} in {column} is below {low}."),
    rule=N_("It cannot be less than {low}."),
    way_out=N_("Correct row {row}; the value was left out."),
)
PERCENT_AS_SHARE = ProblemKind(
    code="percent_as_share",
    severity=Severity.WARNING,
    what=N_("{column} reaches {value}, so it was read as per cent and divided by 100."),
    rule=N_("{column} is a share, from 0 to 1."),
    way_out=N_("Divide the column by 100 in the file, or leave it if this is right."),
)
NO_ROWS = ProblemKind(
    code="no_rows",
    severity=Severity.WARNING,
    what=N_("{file} has column names and no rows."),
    rule=N_("The table {table} has nothing to say without rows."),
    way_out=N_("Export it again, or take it out of [tables.{table}]."),
)
YEARS_AS_DATES = ProblemKind(
    code="years_as_dates",
    severity=Severity.NOTE,
    what=N_("Years alone in {column} were read as 1 January, such as {value}."),
    rule=N_("A date is a day; the year does not say which."),
    way_out=N_("Nothing needs doing if days do not matter here."),
)
MARGINS_ALL_ZERO = ProblemKind(
    code="margins_all_zero",
    severity=Severity.WARNING,
    what=N_("All margins of error in {column} are zero; they were read as not published."),
    rule=N_("A margin of zero claims that a count is certain."),
    way_out=N_("Leave the column empty when no margins are published."),
)
MORE_OF_THE_SAME = ProblemKind(
    code="more_of_the_same",
    what=N_("More of the same in {column} from row {row} on (rows: {n_rows})."),
    rule=N_("They are the same defect as the {n_listed} listed before."),
    way_out=N_("Repair the listed ones first; the same repair will fit the rest."),
)
