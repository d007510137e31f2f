"""What can be wrong with money, ballots and totals of a ``.pb`` file, and the way out."""

from __future__ import annotations

from evenground.errors import ProblemKind, Severity
from evenground.language import N_

VOTER_TWICE = ProblemKind(
    code="pb_voter_twice",
    what=N_("Voter {value} stands on line {first} and again on line {row}."),
    rule=N_("Each voter has one ballot; both were read."),
    way_out=N_("Take one of the two out, or correct the id ({n_rows} such rows from here on)."),
)
BALLOT_LONG = ProblemKind(
    code="pb_ballot_long",
    what=N_("Projects on the ballot on line {row}: {value}; max_length is {limit}."),
    rule=N_("A ballot that breaks the city's own limit should not have been counted."),
    way_out=N_("Correct max_length, or take the ballot out ({n_rows} such from here on)."),
)
BALLOT_SHORT = ProblemKind(
    code="pb_ballot_short",
    what=N_("Projects on the ballot on line {row}: {value}; min_length is {limit}."),
    rule=N_("A ballot that breaks the city's own limit should not have been counted."),
    way_out=N_("Correct min_length, or take the ballot out ({n_rows} such from here on)."),
)
LENGTH_UNUSED = ProblemKind(
    code="pb_length_unused",
    severity=Severity.WARNING,
    what=N_("No ballot names as many projects as max_length admits ({value})."),
    rule=N_("Somebody usually does; perhaps max_length is wrong."),
    way_out=N_("Check max_length."),
)
LENGTH_ONE = ProblemKind(
    code="pb_length_one",
    severity=Severity.WARNING,
    what=N_("Ballots name one project on average, and max_length is {value}."),
    rule=N_("Perhaps each voter could name one only."),
    way_out=N_("Check max_length and vote_type."),
)
NOT_ONE = ProblemKind(
    code="pb_not_one_project",
    what=N_("Projects on the ballot on line {row}: {value}."),
    rule=N_("With vote_type choose-1 each ballot names exactly one."),
    way_out=N_("Correct the ballot or vote_type ({n_rows} such from here on)."),
)
POINTS_NEEDLESS = ProblemKind(
    code="pb_points_needless",
    what=N_("The ballot on line {row} gives points: {value}."),
    rule=N_("With vote_type {vote_type} ballots give none; they were not read."),
    way_out=N_("Take the points out, or correct vote_type ({n_rows} such from here on)."),
)
POINTS_LOW = ProblemKind(
    code="pb_points_low",
    what=N_("Points for a project on line {row}: {value}; min_points is {limit}."),
    rule=N_("It breaks the city's own limit for one project."),
    way_out=N_("Correct min_points or the ballot ({n_rows} such from here on)."),
)
POINTS_HIGH = ProblemKind(
    code="pb_points_high",
    what=N_("Points for a project on line {row}: {value}; max_points is {limit}."),
    rule=N_("It breaks the city's own limit for one project."),
    way_out=N_("Correct max_points or the ballot ({n_rows} such from here on)."),
)
TOTAL_LOW = ProblemKind(
    code="pb_total_low",
    severity=Severity.WARNING,
    what=N_("Points on the ballot on line {row} in all: {value}; min_sum_points is {limit}."),
    rule=N_("It breaks the city's own limit for a ballot."),
    way_out=N_("Correct min_sum_points or the ballot ({n_rows} such from here on)."),
)
TOTAL_HIGH = ProblemKind(
    code="pb_total_high",
    severity=Severity.WARNING,
    what=N_("Points on the ballot on line {row} in all: {value}; max_sum_points is {limit}."),
    rule=N_("Such a voter had more say than others."),
    way_out=N_("Correct max_sum_points or the ballot ({n_rows} such from here on)."),
)
POINTS_UNSORTED = ProblemKind(
    code="pb_points_unsorted",
    severity=Severity.WARNING,
    what=N_("The ballot on line {row} does not list the project with most points first."),
    rule=N_("Files list them so; a different order may mean that points were mixed up."),
    way_out=N_("Check a few such ballots ({n_rows} such from here on)."),
)
BALLOT_CHEAP = ProblemKind(
    code="pb_ballot_cheap",
    severity=Severity.WARNING,
    what=N_("Projects on the ballot on line {row} cost {value} together; min_sum_cost is {limit}."),
    rule=N_("It breaks the city's own limit."),
    way_out=N_("Check min_sum_cost ({n_rows} such from here on)."),
)
BALLOT_DEAR = ProblemKind(
    code="pb_ballot_dear",
    severity=Severity.WARNING,
    what=N_("Projects on the ballot on line {row} cost {value} together; max_sum_cost is {limit}."),
    rule=N_("It breaks the city's own limit."),
    way_out=N_("Check max_sum_cost ({n_rows} such from here on)."),
)
N_PROJECTS = ProblemKind(
    code="pb_num_projects",
    what=N_("num_projects is {value}; projects in PROJECTS: {found}."),
    rule=N_("The two agree unless rows are missing."),
    way_out=N_("Look for missing rows; else correct num_projects."),
)
N_VOTES = ProblemKind(
    code="pb_num_votes",
    what=N_("num_votes is {value}; ballots in VOTES: {found}."),
    rule=N_("The two agree unless rows are missing."),
    way_out=N_("Look for missing rows; else correct num_votes."),
)
VOTES_DIFFER = ProblemKind(
    code="pb_votes_differ",
    what=N_("Votes of project {project} on line {row}: {value} by PROJECTS, {found} by VOTES."),
    rule=N_("What was announced and what was cast should agree."),
    way_out=N_("Look for missing ballots; else correct votes."),
)
SCORES_DIFFER = ProblemKind(
    code="pb_scores_differ",
    what=N_("Score of project {project} on line {row}: {value} by PROJECTS, {found} by VOTES."),
    rule=N_("What was announced and what was cast should agree."),
    way_out=N_("Look for missing ballots; else correct score."),
)
NO_VOTES = ProblemKind(
    code="pb_no_votes",
    severity=Severity.WARNING,
    what=N_("Project {value} on line {row} has no votes."),
    rule=N_("Perhaps it was not on the ballot."),
    way_out=N_("Take it out if nobody could vote for it."),
)
NO_TOTALS = ProblemKind(
    code="pb_no_totals",
    severity=Severity.WARNING,
    what=N_("PROJECTS has neither votes nor score."),
    rule=N_("With them it can be checked that no ballot is missing."),
    way_out=N_("Add the totals that the city announced."),
)
COST_ABOVE_BUDGET = ProblemKind(
    code="pb_cost_above_budget",
    what=N_("Project {project} on line {row} costs {value}; the budget is {budget}."),
    rule=N_("It can never be funded from this budget."),
    way_out=N_("Check its cost and the budget."),
)
WITHDRAWN = ProblemKind(
    code="pb_withdrawn",
    severity=Severity.WARNING,
    what=N_("Project {project} on line {row} was withdrawn after the vote (cost {value})."),
    rule=N_("Pabulib marks it so; counts leave it out."),
    way_out=N_("Nothing needs doing if it is so; else write its cost."),
)
WITHDRAWN_SELECTED = ProblemKind(
    code="pb_withdrawn_selected",
    what=N_("Project {project} on line {row} was withdrawn (cost {value}) and is selected."),
    rule=N_("A project that was withdrawn cannot be funded."),
    way_out=N_("Correct cost or selected."),
)
OVERSPENT = ProblemKind(
    code="pb_overspent",
    what=N_("Selected projects cost {value} together; the budget is {budget}."),
    rule=N_("Projects that were funded with other money are selected 2 or 3."),
    way_out=N_("Correct the budget, costs or selected."),
)
NOT_FULLY_FUNDED = ProblemKind(
    code="pb_not_fully_funded",
    what=N_("fully_funded is 1, and all projects cost {value}; the budget is {budget}."),
    rule=N_("It says that there was money for all."),
    way_out=N_("Take fully_funded out, or correct the amounts."),
)
ALL_AFFORDABLE = ProblemKind(
    code="pb_all_affordable",
    what=N_("All projects cost {value} together, within the budget of {budget}."),
    rule=N_("Then there is nothing to decide, and META says fully_funded;1."),
    way_out=N_("Add fully_funded;1, or correct the amounts."),
)
SELECTED_MISSING = ProblemKind(
    code="pb_selected_missing",
    severity=Severity.WARNING,
    what=N_("PROJECTS does not say which projects were selected."),
    rule=N_("Without it the announced result cannot be checked."),
    way_out=N_("Add the column selected: 1 funded, 0 not, 2 or 3 with other money."),
)
MONEY_LEFT = ProblemKind(
    code="pb_money_left",
    what=N_("{left} is left, and {value} could have been funded with it."),
    rule=N_("By rule {counted_by} money goes on as long as a project fits."),
    way_out=N_("Check selected, costs and rule."),
)
MONEY_LEFT_OTHERWISE = ProblemKind(
    code="pb_money_left_otherwise",
    severity=Severity.WARNING,
    what=N_("{left} is left, and {value} could have been funded with it."),
    rule=N_("By rule {counted_by} that may be so, for reasons which the file does not hold."),
    way_out=N_("Check it with what the city wrote about its rule."),
)
RULE_BROKEN = ProblemKind(
    code="pb_rule_broken",
    what=N_("By rule {counted_by} other projects win: not {value}; instead {instead}."),
    rule=N_("The announced result and the announced rule do not go together."),
    way_out=N_("Check rule, selected, costs and votes; count with --check-announced to see which."),
)
RULE_DOUBTFUL = ProblemKind(
    code="pb_rule_doubtful",
    severity=Severity.WARNING,
    what=N_("By the plain greedy rule other projects win: not {value}; instead {instead}."),
    rule=N_("By rule {counted_by} that may be so, for reasons which the file does not hold."),
    way_out=N_("Check it with what the city wrote about its rule."),
)
BELOW_THRESHOLD = ProblemKind(
    code="pb_below_threshold",
    what=N_("Project {project} on line {row} is selected with {value}; the least is {limit}."),
    rule=N_("min_project_score_threshold keeps it out."),
    way_out=N_("Correct the threshold, votes or selected."),
)
THRESHOLD_MISSING = ProblemKind(
    code="pb_threshold_missing",
    what=N_("rule is greedy-threshold, and min_project_score_threshold is missing."),
    rule=N_("Without the threshold nobody can count again."),
    way_out=N_("Add it."),
)
THRESHOLD_NEEDLESS = ProblemKind(
    code="pb_threshold_needless",
    what=N_("rule is greedy, and min_project_score_threshold is {value}."),
    rule=N_("With a threshold the rule is greedy-threshold."),
    way_out=N_("Write greedy-threshold, or take the threshold out."),
)
CUSTOM_UNEXPLAINED = ProblemKind(
    code="pb_custom_unexplained",
    severity=Severity.WARNING,
    what=N_("rule is greedy-custom, and there is no comment."),
    rule=N_("Nobody can count again by a rule that is not written down."),
    way_out=N_("Explain the rule in comment."),
)
