"""What can be wrong with the fields of a ``.pb`` file, why it matters and the way out."""

from __future__ import annotations

from evenground.errors import ProblemKind, Severity
from evenground.language import N_

FIELD_MISSING = ProblemKind(
    code="pb_field_missing",
    what=N_("{sheet} has no {column}."),
    rule=N_("Whoever counts again needs it."),
    way_out=N_("Add {column}."),
)
FIELD_EMPTY = ProblemKind(
    code="pb_field_empty",
    what=N_("{column} is empty on line {row} of {sheet}."),
    rule=N_("A field that is listed says something; this one may not be empty."),
    way_out=N_("Fill it in, or take the field out ({n_rows} such cells from here on)."),
)
NOT_WHOLE = ProblemKind(
    code="pb_not_whole",
    what=N_("{column} on line {row} of {sheet} is {value}, not a whole number."),
    rule=N_("It counts something, or stands for one choice of a few."),
    way_out=N_("Write digits only ({n_rows} such cells from here on)."),
)
NO_NUMBER = ProblemKind(
    code="pb_no_number",
    what=N_("{column} on line {row} of {sheet} is no number: {value}."),
    rule=N_("It is compared and added up."),
    way_out=N_("Write digits, with a point before decimals ({n_rows} such cells from here on)."),
)
COMMA = ProblemKind(
    code="pb_decimal_comma",
    what=N_("{column} on line {row} of {sheet} has a comma: {value}."),
    rule=N_("Decimals stand after a point; others read a comma as the end of the number."),
    way_out=N_("Write a point. Here it was read as one ({n_rows} such cells from here on)."),
)
NOT_ALLOWED = ProblemKind(
    code="pb_value_unknown",
    what=N_("{column} on line {row} of {sheet} is {value}."),
    rule=N_("It is one of: {known}."),
    way_out=N_("Write one of these ({n_rows} such cells from here on)."),
    suggestion=N_("Did you mean {nearest}? ({n_rows} such cells from here on.)"),
)
AGE = ProblemKind(
    code="pb_age",
    what=N_("age on line {row} is {value}."),
    rule=N_("An age is a whole number, or a span such as 40-59 with the lower end first."),
    way_out=N_("Correct it, or leave it empty ({n_rows} such cells from here on)."),
)
FIELD_UNKNOWN = ProblemKind(
    code="pb_field_unknown",
    what=N_("{sheet} has a field that the format does not know: {value}."),
    rule=N_("It is kept, but other programs will not read it."),
    way_out=N_("Take it out, or move what it says into the comment."),
    suggestion=N_("Is it {nearest}? Then rename it."),
)
FIELD_RENAMED = ProblemKind(
    code="pb_field_renamed",
    what=N_("{sheet} has {value}, which is called {nearest} today."),
    rule=N_("Checkers refuse the old name since April 2026; it was read here."),
    way_out=N_("Rename it."),
)
FIELD_ORDER = ProblemKind(
    code="pb_field_order",
    severity=Severity.WARNING,
    what=N_("Fields of {sheet} stand in another order than usual: {value}."),
    rule=N_("The usual order is {usual}."),
    way_out=N_("Reorder them; nothing here depends on it."),
)
COUNTRY = ProblemKind(
    code="pb_country",
    what=N_("country is {value}, which is the name of none."),
    rule=N_("It is a name of ISO 3166 in English, or Worldwide."),
    way_out=N_("Write the country's name in English."),
    suggestion=N_("Did you mean {nearest}?"),
)
LANGUAGE = ProblemKind(
    code="pb_language",
    what=N_("language is {value}."),
    rule=N_("It is a code of two letters (ISO 639-1), such as pl."),
    way_out=N_("Write the code."),
)
CURRENCY = ProblemKind(
    code="pb_currency",
    what=N_("currency is {value}."),
    rule=N_("It is a code of three letters (ISO 4217), such as PLN."),
    way_out=N_("Write the code."),
)
DATE = ProblemKind(
    code="pb_date",
    what=N_("{column} is {value}."),
    rule=N_("It is a day of the calendar as DD.MM.YYYY, or a year."),
    way_out=N_("Write 21.04.2023, or 2023."),
    suggestion=N_("Write {nearest}."),
)
DATES_REVERSED = ProblemKind(
    code="pb_dates_reversed",
    what=N_("The vote ends ({value}) before it begins ({begin})."),
    rule=N_("date_begin is not later than date_end."),
    way_out=N_("Correct one of the two."),
)
RULE_UNKNOWN = ProblemKind(
    code="pb_rule_unknown",
    what=N_("rule is {value}."),
    rule=N_("It is one of: {known}."),
    way_out=N_("Write one of these; greedy-custom with a comment for a rule of your own."),
    suggestion=N_("Did you mean {nearest}?"),
)
RULE_UNSTATED = ProblemKind(
    code="pb_rule_unstated",
    severity=Severity.WARNING,
    what=N_("rule is unknown."),
    rule=N_("Without the rule nobody can check the result."),
    way_out=N_("Ask the city by which rule it counted."),
)
NEEDS_TOTAL = ProblemKind(
    code="pb_needs_max_sum_points",
    what=N_("With vote_type cumulative META has to say max_sum_points."),
    rule=N_("It is what each voter had to give."),
    way_out=N_("Add max_sum_points."),
)
CHOOSE_ONE_LENGTH = ProblemKind(
    code="pb_choose_one_length",
    what=N_("{column} is {value} with vote_type choose-1."),
    rule=N_("Each ballot names one project."),
    way_out=N_("Write 1, or correct vote_type."),
)
CHOOSE_ONE_LIKELY = ProblemKind(
    code="pb_choose_one_likely",
    severity=Severity.WARNING,
    what=N_("max_length is 1, and vote_type is {value}."),
    rule=N_("Ballots that name one project are vote_type choose-1."),
    way_out=N_("Write choose-1 if it was so."),
)
LENGTH_ABOVE_PROJECTS = ProblemKind(
    code="pb_length_above_projects",
    what=N_("max_length is {value}, above num_projects ({n_projects})."),
    rule=N_("Nobody can name more projects than there are."),
    way_out=N_("Correct one of the two."),
)
FIELD_NEEDLESS = ProblemKind(
    code="pb_field_needless",
    severity=Severity.WARNING,
    what=N_("{column} says nothing with vote_type {vote_type}."),
    rule=N_("There are no points on such ballots."),
    way_out=N_("Take it out, or correct vote_type."),
)
COMMENT = ProblemKind(
    code="pb_comment",
    what=N_("comment does not begin with ‘#1: ’."),
    rule=N_("Comments are numbered: #1: … #2: …"),
    way_out=N_("Begin it with ‘#1: ’."),
)
COMMENT_NUMBERS = ProblemKind(
    code="pb_comment_numbers",
    severity=Severity.WARNING,
    what=N_("Comments are numbered {value}."),
    rule=N_("They are numbered from 1 on, without a gap."),
    way_out=N_("Number them again."),
)
CAP_LISTS = ProblemKind(
    code="pb_cap_lists",
    what=N_("Amounts in {column}: {value}; names in {names}: {n_names}."),
    rule=N_("The two lists belong together, entry by entry; without that no cap was read."),
    way_out=N_("Make them equally long."),
)
LABEL_UNUSED = ProblemKind(
    code="pb_label_unused",
    severity=Severity.WARNING,
    what=N_("{column} lists {value}, which no row uses."),
    rule=N_("Often a label is spelled in two ways."),
    way_out=N_("Correct the spelling, or take the label out."),
    suggestion=N_("Rows have {nearest}: is it the same?"),
)
LABEL_UNDECLARED = ProblemKind(
    code="pb_label_undeclared",
    severity=Severity.WARNING,
    what=N_("{sheet} uses {value} in {column}, which {names} in META does not list."),
    rule=N_("Caps by label miss such rows."),
    way_out=N_("Add the label to META, or correct the rows ({n_rows})."),
    suggestion=N_("Is it {nearest}? ({n_rows} rows.)"),
)
LABEL_TWICE = ProblemKind(
    code="pb_label_twice",
    severity=Severity.WARNING,
    what=N_("{column} on line {row} lists {value} twice."),
    rule=N_("A row has a label or has it not."),
    way_out=N_("Take the second one out."),
)
LABELS_ALIKE = ProblemKind(
    code="pb_labels_alike",
    severity=Severity.WARNING,
    what=N_("{column} in {sheet} is spelled in several ways: {value}."),
    rule=N_("They differ by capitals, spaces or accents only, and count as different."),
    way_out=N_("Choose one spelling."),
)
LIST_SPACES = ProblemKind(
    code="pb_list_spaces",
    what=N_("{column} on line {row} of {sheet} has spaces around a comma: {value}."),
    rule=N_("Other programs take the space for a part of the name and find no such project."),
    way_out=N_("Take the spaces out ({n_rows} such cells from here on)."),
)
COORDINATE_ALONE = ProblemKind(
    code="pb_coordinate_alone",
    what=N_("The project on line {row} has {column} alone."),
    rule=N_("A place has latitude and longitude."),
    way_out=N_("Add the other, or empty both."),
)
COORDINATE_RANGE = ProblemKind(
    code="pb_coordinate_range",
    what=N_("{column} on line {row} is {value}."),
    rule=N_("Latitude lies within -90 and 90, longitude within -180 and 180."),
    way_out=N_("Correct it; often the two are exchanged."),
)
COORDINATES_SAME = ProblemKind(
    code="pb_coordinates_same",
    severity=Severity.WARNING,
    what=N_("All projects have the same place (with coordinates: {n_rows})."),
    rule=N_("That is rarely so; often the town hall was filled in."),
    way_out=N_("Check the coordinates."),
)
