"""What can be wrong with a datasheet, and the way out."""

from __future__ import annotations

from evenground.errors import ProblemKind, Severity
from evenground.language import N_

UNKNOWN_MEASURE = ProblemKind(
    code="unknown_measure",
    severity=Severity.WARNING,
    what=N_("There is no measure called {value} that could be declared."),
    rule=N_("What is declared of a measure that is not known has no effect."),
    way_out=N_("Use one of: {known}."),
    suggestion=N_("Write {nearest} instead."),
)
UNKNOWN_PURPOSE = ProblemKind(
    code="unknown_purpose",
    severity=Severity.WARNING,
    what=N_("There is no purpose called {value}."),
    rule=N_("What is said of a purpose that is not known has no effect."),
    way_out=N_("Use one of: {known}."),
    suggestion=N_("Write {nearest} instead."),
)
UNKNOWN_COLUMN = ProblemKind(
    code="unknown_column",
    severity=Severity.WARNING,
    what=N_("{column} names the column {value}, which the data do not have."),
    rule=N_("What is said of a column that is not there has no effect."),
    way_out=N_("The columns are: {known}."),
    suggestion=N_("Write {nearest} instead."),
)
UNKNOWN_ZONE = ProblemKind(
    code="unknown_time_zone",
    what=N_("{value} is not the name of a time zone."),
    rule=N_("Without it nobody can tell which instants the times mean."),
    way_out=N_("Write a name such as Europe/Stockholm, or UTC."),
    suggestion=N_("Write {nearest} instead."),
)
ENDS_BEFORE = ProblemKind(
    code="ends_before_it_begins",
    what=N_("{column} is {value}, which is before {start}."),
    rule=N_("A period that ends before it begins cannot be used, so its end was left out."),
    way_out=N_("Correct one of the two dates."),
)
IMPOSSIBLE_DAY = ProblemKind(
    code="impossible_day",
    severity=Severity.WARNING,
    what=N_("{column} is {value}, which lies after today ({today})."),
    rule=N_("Nobody can have vouched for, checked or changed anything on a day that is to come."),
    way_out=N_("Correct the date."),
)
LOW_ABOVE_HIGH = ProblemKind(
    code="low_above_high",
    what=N_("{column} goes from {value} to {high}."),
    rule=N_("No value lies within such a range, so it was left out."),
    way_out=N_("Exchange low and high."),
)
NOT_ABOVE_ZERO = ProblemKind(
    code="not_above_zero",
    what=N_("{column} is {value}, and should be more than 0."),
    rule=N_("A length of time, a distance or a number of rows is above 0; it was left out."),
    way_out=N_("Correct it, or take the line out."),
)
NOT_VOUCHED = ProblemKind(
    code="nobody_vouches",
    severity=Severity.WARNING,
    what=N_("{column} says “{value}”, but not {missing}."),
    rule=N_("A statement that nobody signs, or without its day, leaves the measure open."),
    way_out=N_('Add: by = "who says so", on = 2026-03-01'),
)
NO_REFERENCE_FILE = ProblemKind(
    code="reference_without_file",
    what=N_("The reference names no file."),
    rule=N_("Without it there is nothing to hold the readings against."),
    way_out=N_('Write: file = "manual counts 2026.csv"'),
)
