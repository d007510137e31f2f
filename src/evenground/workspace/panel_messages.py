"""What can be wrong with a pool of people and its quotas, and the way out."""

from __future__ import annotations

from evenground.errors import ProblemKind
from evenground.language import N_

NOBODY_TWICE = ProblemKind(
    code="person_twice",
    what=N_("{value} is in the pool twice: rows {first} and {row}."),
    rule=N_("Whoever is listed twice would have two lots."),
    way_out=N_("Delete one of the two rows, or give each person an id of their own."),
)
NO_ID = ProblemKind(
    code="person_unnamed",
    what=N_("Row {row} has no {column}."),
    rule=N_("Everybody in the pool is told their chance, and needs an id for that."),
    way_out=N_("Fill the cell in; a running number will do."),
)
NO_FEATURE = ProblemKind(
    code="feature_missing",
    what=N_("{person} has no {column} (rows without: {n_rows})."),
    rule=N_("Without it nobody can say which quotas this person counts for."),
    way_out=N_("Fill the cell in, or add a value for “not said” here and among the quotas."),
)
UNKNOWN_VALUE = ProblemKind(
    code="feature_value_unknown",
    what=N_("{person} has {value} in {column}, which no quota names (rows: {n_rows})."),
    rule=N_("Every value of a feature needs a quota, were it 0 to the size of the panel."),
    way_out=N_("Correct the cell, or add a quota for it. Quotas name: {known}."),
    suggestion=N_("Did you mean {nearest}? Otherwise add a quota for it. Quotas name: {known}."),
)
QUOTA_TWICE = ProblemKind(
    code="quota_twice",
    what=N_("There are two quotas for {value}: rows {first} and {row}."),
    rule=N_("Only one of them can hold."),
    way_out=N_("Delete one of the two rows."),
)
QUOTA_OPEN = ProblemKind(
    code="quota_incomplete",
    what=N_("Row {row} of the quotas has no {column}."),
    rule=N_("A quota needs a feature, a value, a least and a largest number."),
    way_out=N_("Fill the cell in; 0 and the size of the panel leave a value free."),
)
QUOTA_CROSSED = ProblemKind(
    code="quota_crossed",
    what=N_("The quota for {value} asks for {low} at least and {high} at most."),
    rule=N_("No number is both."),
    way_out=N_("Exchange the two, or correct row {row}."),
)
NO_PANEL = ProblemKind(
    code="quotas_infeasible",
    what=N_("No panel of {size} from these {n_people} people meets all quotas."),
    rule=N_("The smallest change moves quotas by {total} in all."),
    way_out=N_("Any one of these would do: {ways}{more}."),
)
TOO_FEW = ProblemKind(
    code="pool_too_small",
    what=N_("A panel of {size} cannot be made of {n_people} people, whatever the quotas."),
    rule=N_("Each person is on a panel once, and of a household at most one."),
    way_out=N_("Choose a smaller panel, or invite more people."),
)
UNSETTLED = ProblemKind(
    code="panel_unsettled",
    what=N_("Within the work allowed no panel of {size} was found, nor that there is none."),
    rule=N_("Looking is stopped at a limit, so that it never goes on for hours."),
    way_out=N_("Widen some quotas, or leave out the feature with most values."),
)
NEEDS_ANOTHER = ProblemKind(
    code="option_needs_another",
    what=N_("{value} is of no use without {other}."),
    rule=N_("A ticket is drawn from a list by a seed; a place is drawn anew on a panel."),
    way_out=N_("Say {other} too, or leave {value} out."),
)
NO_OBJECTIVE = ProblemKind(
    code="objective_unknown",
    what=N_("--objective is {value}."),
    rule=N_("It is one of: {known}."),
    way_out=N_("Write one of these, or leave it out for leximin."),
    suggestion=N_("Did you mean {nearest}?"),
)
SEED_SHORT = ProblemKind(
    code="seed_short",
    what=N_("The secret seed has {n} bytes."),
    rule=N_("With fewer than {least} somebody could find it by trying, and know the draw before."),
    way_out=N_(
        "Write a longer text into the file of --seed-file, such as a sentence nobody guesses."
    ),
)
SEED_NO_TEXT = ProblemKind(
    code="seed_no_text",
    what=N_("The secret seed is no text."),
    rule=N_("Everybody has to be able to type it after the draw, to work the number out again."),
    way_out=N_("Write a sentence into the file, and save it as text (UTF-8)."),
)
MANY_LETTERS = ProblemKind(
    code="letters_range",
    what=N_("--letters is {value}, and the register has {n_households} households."),
    rule=N_("A household gets one letter at most."),
    way_out=N_("Write to {n_households} or fewer, or take a larger register."),
)
NO_ANSWERS = ProblemKind(
    code="response_range",
    what=N_("Stratum {value} is expected to answer no letter."),
    rule=N_(
        "Letters are divided by how many of them bring somebody; 0 would ask for endless ones."
    ),
    way_out=N_("Write a chance above 0 into row {row}, were it 0.01."),
)
NOT_ON_PANEL = ProblemKind(
    code="person_not_known",
    what=N_("{value} is not {where}."),
    rule=N_("Only people of the panel can drop out, and all of them are of the pool."),
    way_out=N_("Correct the id."),
    suggestion=N_("Did you mean {nearest}?"),
)
UNKNOWN_STRATUM = ProblemKind(
    code="stratum_unknown",
    what=N_(
        "{value} in row {row} of the register is no stratum of the other file (rows: {n_rows})."
    ),
    rule=N_("Letters are divided among strata; a household outside would have no chance of one."),
    way_out=N_("Correct it, or add a stratum. There are: {known}."),
    suggestion=N_("Did you mean {nearest}? Otherwise add a stratum. There are: {known}."),
)
TWO_STRATA = ProblemKind(
    code="household_in_two_strata",
    what=N_("Household {value} is in two strata (row {row})."),
    rule=N_("It would have two chances of a letter."),
    way_out=N_("Give every household one stratum, or each its own name."),
)
STRATUM_TWICE = ProblemKind(
    code="stratum_twice",
    what=N_("There are two rows for stratum {value}; the second is row {row}."),
    rule=N_("Only one of them can hold."),
    way_out=N_("Delete one of the two rows."),
)
