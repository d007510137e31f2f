"""What can be wrong with a benefits register and where it goes, and the way out."""

from __future__ import annotations

from evenground.errors import ProblemKind
from evenground.language import N_

NOT_A_REGISTER = ProblemKind(
    code="register_format",
    what=N_("{value} is no CSV and no XLSX file."),
    rule=N_("Registers are read from these two."),
    way_out=N_("Save it as CSV or XLSX in a spreadsheet program, or end its name so."),
)
NO_HEADING = ProblemKind(
    code="register_without_headings",
    what=N_("No heading of {value} is one of a benefits register."),
    rule=N_("At least the description of each benefit is needed: it is the promise."),
    way_out=N_("Call its column words, Description or Benefit description. Its columns: {known}."),
)
NO_WORDS = ProblemKind(
    code="promise_without_words",
    what=N_("Benefits without a description: {n_rows}, the first in row {row}."),
    rule=N_("A promise is what was said; without words there is none."),
    way_out=N_("Fill in the column, or delete the rows; nothing was written."),
)
SAME_CODE = ProblemKind(
    code="promise_code_twice",
    what=N_("Two benefits have the code {value}."),
    rule=N_("Plans, harms and responses name a promise by its code."),
    way_out=N_("Give row {row} another one; nothing was written."),
)
PROMISES_THERE = ProblemKind(
    code="promises_there",
    what=N_("The initiative has promises already, in {value}."),
    rule=N_("Nothing that you have filled in is ever overwritten."),
    way_out=N_("Move them away first. Those of an earlier import give way to --replace."),
)
A_WORKBOOK = ProblemKind(
    code="initiative_is_no_folder",
    what=N_("{value} is a single workbook."),
    rule=N_("Promises from a register become a file of their own, promises.csv."),
    way_out=N_("Put the workbook into a folder as initiative.xlsx, and name the folder."),
)
NOT_FOR_XLSX = ProblemKind(
    code="register_not_for_xlsx",
    what=N_("A cell of column {value}, row {row}, holds what an XLSX file cannot keep."),
    rule=N_("It is too long, or holds control characters; a part of it would be lost."),
    way_out=N_("Write the register as CSV, or shorten the cell."),
)
NO_PROMISES = ProblemKind(
    code="no_promises",
    what=N_("{value} has no promises."),
    rule=N_("A register without any would say that nothing was promised."),
    way_out=N_("Fill in the table promises, or import a register."),
)
