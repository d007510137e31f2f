"""What can be wrong with demand, candidates, costs and floors, and the way out."""

from __future__ import annotations

from evenground.errors import ProblemKind, Severity
from evenground.language import N_

TWICE_ASKED = ProblemKind(
    code="column_asked_twice",
    what=N_("--groups names {value} more than once."),
    rule=N_("Everybody would be counted twice."),
    way_out=N_("Name each column once."),
)
NOT_KNOWN_FOR_GROUP = ProblemKind(
    code="group_unknown_for_places",
    severity=Severity.NOTE,
    what=N_("Nothing in {column} for some places ({n_rows}); they count for everybody only."),
    rule=N_("A missing value is not zero."),
    way_out=N_("Fill the cells in if the values are known."),
)
NOBODY_IN_GROUP = ProblemKind(
    code="nobody_in_group",
    severity=Severity.NOTE,
    what=N_("Nobody is in the group {value} of {column}; it is left out."),
    rule=N_("A mean over nobody has no value."),
    way_out=N_("Check the column of people there."),
)
MORE_THAN_PEOPLE = ProblemKind(
    code="group_above_people",
    severity=Severity.WARNING,
    what=N_(
        "In some places {column} is above the people there ({n_rows}; first: row {row}). Numbers "
        "in a column of groups count people."
    ),
    rule=N_("A group is a part of the people of a place."),
    way_out=N_("Give names of groups as text, or numbers of people."),
)
UNKNOWN_STATE = ProblemKind(
    code="candidate_state_unknown",
    what=N_("{value} in {column} is no state that is known here."),
    rule=N_("A candidate that is forced or forbidden by mistake changes the answer."),
    way_out=N_("Write open, forced or forbidden in row {row}, or existing; empty is open."),
)
NEITHER_YES_NOR_NO = ProblemKind(
    code="neither_yes_nor_no",
    what=N_("{value} in {column} is neither yes nor no."),
    rule=N_("Who gains and who loses is told against the sites of today."),
    way_out=N_("Write yes or no in row {row}; empty is no."),
)
NOT_A_CANDIDATE = ProblemKind(
    code="not_a_candidate",
    what=N_("{value} stands today and is no candidate of {other}."),
    rule=N_("Sites of today are compared with others on the same costs."),
    way_out=N_("List it among the candidates; forbidden there, it closes."),
    suggestion=N_("Did you mean {nearest}? Sites of today must be among the candidates."),
)
TODAY_TWICE = ProblemKind(
    code="today_twice",
    what=N_("--today and --today-column are both said."),
    rule=N_("Two accounts of what stands today may differ."),
    way_out=N_("Leave one of them out."),
)
TOO_MANY_UNITS = ProblemKind(
    code="siting_units",
    what=N_("--units is {value}, and {file} has {most} candidates that may be chosen."),
    rule=N_("A candidate can be chosen once, and one that is forbidden not at all."),
    way_out=N_("Say fewer units, or list more candidates."),
)
TOO_MANY_FORCED = ProblemKind(
    code="siting_units_forced",
    what=N_("{file} forces {n_forced} candidates, and --units is {value}."),
    rule=N_("Forced candidates are among the units."),
    way_out=N_("Say more units, or force fewer."),
)
NEEDS_RADIUS = ProblemKind(
    code="needs_radius",
    what=N_("{value} needs to know who counts as covered."),
    rule=N_("The answer depends on it, so there is no default."),
    way_out=N_("Say --radius in metres or in the unit of the costs, or --decay."),
)
RADIUS_ABOVE = ProblemKind(
    code="radius_not_above_0",
    what=N_("--radius is {value}."),
    rule=N_("A radius is a cost above 0."),
    way_out=N_("Say --radius in metres or in the unit of the costs."),
)
NEEDS_GROUPS = ProblemKind(
    code="needs_groups",
    what=N_("{value} compares groups, and none are named."),
    rule=N_("Who is to be no worse off than others has to be said."),
    way_out=N_("Name columns of people or of group names with --groups."),
)
TWO_AVERSIONS = ProblemKind(
    code="two_aversions",
    what=N_("Both --aversion and --kappa are said."),
    rule=N_("Kappa is the aversion in one over the unit of the costs; one follows from the other."),
    way_out=N_("Leave one of them out."),
)
NOT_FOR_OBJECTIVE = ProblemKind(
    code="option_without_use",
    what=N_("{value} is said, and {objective} does not know it."),
    rule=N_("What has no effect would seem to have one."),
    way_out=N_("Leave it out, or ask for an objective that knows it."),
)
CAPACITIES_UNKNOWN = ProblemKind(
    code="siting_capacities",
    what=N_("{file} has capacities in {column}, and {value} does not know them."),
    rule=N_("Passing over them in silence would promise room that is not there."),
    way_out=N_("Say --no-capacities to leave them aside, or ask for another objective."),
)
NO_FLOOR = ProblemKind(
    code="floor_of_nothing",
    what=N_("Row {row} sets no floor."),
    rule=N_("A floor is for a district (units) or for a group (mean_cost, covered)."),
    way_out=N_("Name either a district or a group in row {row}, and what it must have."),
)
FLOOR_UNKNOWN = ProblemKind(
    code="floor_unknown_name",
    what=N_("{value} in {column} is not known: {known}."),
    rule=N_("A floor for nobody would hold for nobody."),
    way_out=N_("Write names as the other files and --groups do."),
    suggestion=N_("Did you mean {nearest}?"),
)
NO_DISTRICTS = ProblemKind(
    code="no_districts",
    what=N_("{file} sets floors for districts, and {other} has no column {value}."),
    rule=N_("Which district a candidate is in has to be said."),
    way_out=N_("Name the column of districts among the candidates with --district."),
)
NO_PLACES_NO_COSTS = ProblemKind(
    code="no_places_in_file",
    what=N_("{file} holds no shapes and no coordinates, and no costs are given."),
    rule=N_("A choice of sites rests on what it costs to get to them."),
    way_out=N_("Say --costs with a file of costs, or --x and --y. Its columns are: {known}."),
)
LISTED_COSTS_ONLY = ProblemKind(
    code="option_without_costs",
    what=N_("{value} is said, and no --costs."),
    rule=N_("It says how a file of costs is to be read."),
    way_out=N_("Name the file with --costs."),
)
NOT_BESIDE_COSTS = ProblemKind(
    code="option_beside_costs",
    what=N_("{value} is said beside --costs."),
    rule=N_("Costs that are listed are taken as they are."),
    way_out=N_("Leave one of them out."),
)
NO_PAIR_LISTED = ProblemKind(
    code="no_pair_listed",
    what=N_("{file} lists no cost between a demand place and a candidate."),
    rule=N_("A pair that is not listed is out of reach."),
    way_out=N_("Check that the names are written alike: {value} – {nearest}, for one."),
)
OUT_OF_REACH = ProblemKind(
    code="demand_out_of_reach",
    what=N_(
        "Places with no candidate in reach that may be chosen: {n_rows}, home to {people} "
        "people, such as {value}."
    ),
    rule=N_("This objective is about everybody, and nothing says what they would pay."),
    way_out=N_(
        "Add candidates or costs there, say with --beyond what they pay, or ask for max-coverage."
    ),
)
