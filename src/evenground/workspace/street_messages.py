"""What can be wrong with a file of streets and what is asked of it, and the way out."""

from __future__ import annotations

from evenground.errors import ProblemKind, Severity
from evenground.language import N_

NO_STREETS = ProblemKind(
    code="no_streets_in_file",
    what=N_("{file} holds no shapes."),
    rule=N_("Ways are found along the lines of streets."),
    way_out=N_("Give a map file with a line for each street: GeoPackage, GeoJSON, GeoParquet …"),
)
NO_LINE = ProblemKind(
    code="street_not_a_line",
    what=N_("The shape of row {row} is no line but a {value}."),
    rule=N_("Ways are found along the lines of streets."),
    way_out=N_("Give the layer of centre lines, with --sheet if the file has several."),
)
NO_LENGTH = ProblemKind(
    code="street_without_length",
    severity=Severity.NOTE,
    what=N_("no line with a length"),
    rule=N_("A street of no length leads nowhere."),
    way_out=N_("Draw its line if it is a street."),
)
UNKNOWN_WAY = ProblemKind(
    code="street_way_unknown",
    what=N_("{value} in {column} says no way that is known here (rows: {n_rows})."),
    rule=N_("A one-way taken for another way leads people astray."),
    way_out=N_(
        "Write forward, backward or both (or 1, -1, 0; yes, reverse, no), along the line as drawn. "
        "On foot, leave --one-way out."
    ),
)
ONE_END = ProblemKind(
    code="one_end_named",
    what=N_("{value} names one end of streets, and nothing the other."),
    rule=N_("A street leads from one node to another."),
    way_out=N_("Say both --from-node and --to-node, or neither: ends then meet by nearness."),
)
NAMED_AND_SNAPPED = ProblemKind(
    code="named_and_snapped",
    what=N_("--snap {value} is said beside --from-node and --to-node."),
    rule=N_("Ends that have names meet by name, however far apart they are drawn."),
    way_out=N_("Leave --snap out, or the columns of nodes."),
)
NEEDS_STREETS = ProblemKind(
    code="needs_streets",
    what=N_("{value} is said, and no --streets."),
    rule=N_("It says how a file of streets is to be read."),
    way_out=N_("Name the file with --streets."),
)
STREETS_AND_COSTS = ProblemKind(
    code="streets_and_costs",
    what=N_("Both --streets and --costs are given."),
    rule=N_("Travel is either found along streets or taken as it is listed."),
    way_out=N_("Leave one of them out."),
)
STREETS_ELSEWHERE = ProblemKind(
    code="streets_elsewhere",
    what=N_("Most places of {value} lie more than {far} m from any street of {file}."),
    rule=N_("The streets are another town’s, or the numbers of a file are in another system."),
    way_out=N_("Check both files on a map; a file that does not say its system needs --crs."),
)
FAR_FROM_STREETS = ProblemKind(
    code="far_from_streets",
    severity=Severity.WARNING,
    what=N_("Rows more than {far} m from any street of {value}: {n_rows} (first: row {row})."),
    rule=N_("The straight line to the street is part of their way, and may lead through a river."),
    way_out=N_("Check their coordinates, or whether streets are missing."),
)
CUT_OFF = ProblemKind(
    code="cut_off",
    severity=Severity.WARNING,
    what=N_("Rows from which the streets of {value} lead to no site: {n_rows} (first: row {row})."),
    rule=N_("An end drawn short of the crossing cuts off all that lies behind it."),
    way_out=N_("Say a larger --snap, or mend the lines there."),
)
LOST_SITES = ProblemKind(
    code="lost_sites",
    severity=Severity.WARNING,
    what=N_("Rows that the streets of {value} lead to from nowhere: {n_rows} (first: row {row})."),
    rule=N_("An end drawn short of the crossing cuts off all that lies behind it."),
    way_out=N_("Say a larger --snap, or mend the lines there."),
)
