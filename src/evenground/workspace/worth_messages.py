"""What can be wrong in a file of costs and effects, why it matters and the way out."""

from __future__ import annotations

from evenground.errors import ProblemKind
from evenground.language import N_

MISSING = ProblemKind(
    code="worth_key_missing",
    what=N_("{column} is missing."),
    rule=N_("It stands for: {meaning}. The row cannot be used without it."),
    way_out=N_("Add a line: {key} = …"),
)
OUTSIDE = ProblemKind(
    code="worth_out_of_range",
    what=N_("{column} is {value}."),
    rule=N_("It must lie between {low} and {high}; it stands for: {meaning}."),
    way_out=N_("Write a number from {low} to {high}."),
)
UNKNOWN_OPTION = ProblemKind(
    code="worth_unknown_option",
    what=N_("{value} in {column} is not an option of this file."),
    rule=N_("Costs and values belong to an option that is described."),
    way_out=N_("Describe it under [[options]], or use one of: {known}."),
    suggestion=N_("Write {nearest}. The options are: {known}."),
)
UNKNOWN_PROMISE = ProblemKind(
    code="worth_unknown_promise",
    what=N_("{value} in {column} is not described under [[effect]]."),
    rule=N_("A value says what one unit of a promise's effect is worth."),
    way_out=N_("Describe it under [[effect]], or use one of: {known}."),
    suggestion=N_("Write {nearest}. Described are: {known}."),
)
EFFECT_REPEATED = ProblemKind(
    code="worth_effect_repeated",
    what=N_("{value} is described twice under [[effect]]."),
    rule=N_("Two effects with one code cannot be told apart."),
    way_out=N_("Give the second one a promise_id of its own."),
)
INTERVAL_INCOMPLETE = ProblemKind(
    code="effect_without_interval",
    what=N_("{column} has no whole interval: value, low and high belong together."),
    rule=N_("What an effect is worth is no surer than the effect is."),
    way_out=N_("Give all three; where nothing was measured yet, leave out all three."),
)
INTERVAL_CROSSED = ProblemKind(
    code="effect_interval_crossed",
    what=N_("{value} does not lie between {low} and {high}."),
    rule=N_("An interval holds its estimate; more is better, so a loss is below 0."),
    way_out=N_("Check the three numbers and their signs."),
)
NOTHING = ProblemKind(
    code="worth_nothing_given",
    what=N_("{file} gives no cost of any option."),
    rule=N_("What an option costs is asked first; what it is worth is set against it."),
    way_out=N_("Add [[options]] with cost = {{2026 = 90000}}, or [[cost_lines]]."),
)
NOT_TOML = ProblemKind(
    code="worth_not_a_file",
    what=N_("{value} is neither a TOML file of costs nor an initiative."),
    rule=N_("Costs, values and the effect are read from one or the other."),
    way_out=N_(
        "Name a file that ends in .toml, a folder with initiative.toml, or its workbook (.xlsx)."
    ),
)
NO_SUCH_PROMISE = ProblemKind(
    code="no_such_promise",
    what=N_("The initiative has no promise {value}."),
    rule=N_("An effect belongs to a promise."),
    way_out=N_("Say --promise with one of: {known}."),
    suggestion=N_("Did you mean {nearest}? There are: {known}."),
)
EFFECT_IN_FILE = ProblemKind(
    code="effect_in_file",
    what=N_("{value} is given beside a TOML file."),
    rule=N_("Such a file says itself what the effect is."),
    way_out=N_("Write value, low and high under [effect] in {file}."),
)
