"""What can stand in the way of counting a ``.pb`` file, why it matters and the way out."""

from __future__ import annotations

from evenground.errors import ProblemKind
from evenground.language import N_

__all__ = [
    "BELOW_ZERO",
    "BUDGET_MISSING",
    "COLUMN_MISSING",
    "COST_ZERO",
    "ID_EMPTY",
    "NOT_A_NUMBER",
    "POINTS_BELOW_ZERO",
    "POINTS_MISSING",
    "POINTS_UNEQUAL",
    "PROJECT_TWICE",
    "PROJECT_UNKNOWN",
    "VOTED_TWICE",
    "VOTE_TYPE",
    "ProblemKind",
]

COLUMN_MISSING = ProblemKind(
    code="pb_column_missing",
    what=N_("{sheet} has no column {value}."),
    rule=N_("Without it nothing can be counted."),
    way_out=N_("Add the column."),
    suggestion=N_("Is it {nearest}? Then rename that column."),
)
NOT_A_NUMBER = ProblemKind(
    code="pb_not_a_number",
    what=N_("{column} on line {row} of {sheet} is no number: {value}."),
    rule=N_("Amounts are digits, with a point before decimals: 1994767.23."),
    way_out=N_("Write the number without currency, and without both comma and point."),
)
BUDGET_MISSING = ProblemKind(
    code="pb_budget_missing",
    what=N_("META does not state the budget."),
    rule=N_("Without it nothing can be counted."),
    way_out=N_("Add a line to META: budget;100000."),
)
BELOW_ZERO = ProblemKind(
    code="pb_below_zero",
    what=N_("{column} on line {row} is {value}, below 0."),
    rule=N_("There cannot be less than no money."),
    way_out=N_("Correct the amount."),
)
VOTE_TYPE = ProblemKind(
    code="pb_vote_type",
    what=N_("vote_type is ‘{value}’."),
    rule=N_("It says how ballots are read: {known}."),
    way_out=N_("Write one of these into META."),
    suggestion=N_("Did you mean {nearest}?"),
)
ID_EMPTY = ProblemKind(
    code="pb_id_empty",
    what=N_("The row on line {row} of {sheet} has no {column}."),
    rule=N_("Rows are told apart by it."),
    way_out=N_("Fill it in."),
)
PROJECT_TWICE = ProblemKind(
    code="pb_project_twice",
    what=N_("Project {value} stands on line {first} and again on line {row}."),
    rule=N_("A ballot that names it would mean either."),
    way_out=N_("Give one of the two another id, or take it out."),
)
COST_ZERO = ProblemKind(
    code="pb_cost_zero",
    what=N_("Project {project} on line {row} costs {value}."),
    rule=N_("Every rule compares costs; a project that costs nothing needs no vote."),
    way_out=N_("Write its cost, or take the project out."),
)
PROJECT_UNKNOWN = ProblemKind(
    code="pb_project_unknown",
    what=N_("The ballot on line {row} names project {value}, which PROJECTS does not have."),
    rule=N_("A vote for it can be given to nobody."),
    way_out=N_("Add the project, or correct the ballot ({n_rows} such entries from here on)."),
    suggestion=N_("Did it mean {nearest}? ({n_rows} such entries from here on.)"),
)
VOTED_TWICE = ProblemKind(
    code="pb_vote_twice",
    what=N_("The ballot on line {row} names project {value} twice."),
    rule=N_("A ballot counts once for each project."),
    way_out=N_("Take the second one out ({n_rows} such entries from here on)."),
)
POINTS_MISSING = ProblemKind(
    code="pb_points_missing",
    what=N_("VOTES has no column points."),
    rule=N_("With vote_type {vote_type} each ballot says how many points go to each project."),
    way_out=N_("Add the column, or correct vote_type."),
)
POINTS_UNEQUAL = ProblemKind(
    code="pb_points_unequal",
    what=N_("Projects on the ballot on line {row}: {n_projects}; numbers of points: {value}."),
    rule=N_("There is one number of points for each project, in the same order."),
    way_out=N_("Correct vote or points ({n_rows} such ballots from here on)."),
)
POINTS_BELOW_ZERO = ProblemKind(
    code="pb_points_below_zero",
    what=N_("The ballot on line {row} gives {value} points."),
    rule=N_("No counting rule here is defined for points below 0."),
    way_out=N_("Correct the points, or count without this ballot ({n_rows} from here on)."),
)
