"""What ``evenground count`` says."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

# A sentence is a line.
# fmt: off
COUNTED = N_("{file}: {n_voters:count} voters, {n_projects:count} projects, a budget of {budget:money}.")
RULE: Mapping[bool, str] = {
    True: N_("Counted as the file says the city did: {words}."),
    False: N_("Counted as asked: {words}."),
}
RULE_GREEDY = N_("The file names no rule that can be counted; counted as most cities do: {words}.")
FUNDED = NN_("{n:count} project is funded, for {cost:money}; {left:money} of the budget are left.", "{n:count} projects are funded, for {cost:money}; {left:money} of the budget are left.")
FUNDED_ABOVE = NN_("{n:count} project is funded, for {cost:money}: {above:money} of it from a reserve, above the budget.", "{n:count} projects are funded, for {cost:money}: {above:money} of it from a reserve, above the budget.")
CERTIFICATE: Mapping[str, str] = {
    "replayed": N_("The count is exact: a second program went over each of its {n_steps:count} steps in whole numbers and fractions and agreed."),
    "recounted": N_("The count is exact: rounding had led the fast count astray, so all of it was done in whole numbers and fractions."),
    "whole_numbers": N_("The count is exact: it needs whole numbers only, and each project was checked by itself."),
    "proven_optimal": N_("The count is exact: no other set of projects within the budget is worth more to voters; this is proven in whole numbers."),
    "floats": N_("The count is not proven: {reason}."),
}
OPTIMAL_SETS = NN_("{n} set of projects is worth as much.", "{n} sets of projects are worth as much; the order of ties chose among them. In some of them only: {names:list}.")
TIES = NN_("{n:count} project stood level with others when it was chosen; the order of ties ({order}) decided: {names:list}.", "{n:count} projects stood level with others when they were chosen; the order of ties ({order}) decided: {names:list}.")
HEADER = (N_("Funded, in order"), N_("Votes"), N_("Cost"))
HEADER_SCORE = (N_("Funded, in order"), N_("Votes"), N_("Points"), N_("Cost"))
LOST = N_("Not funded:")
LOST_MORE = NN_("… and {n:count} more project; --json and --write tell of all.", "… and {n:count} more projects; --json and --write tell of all.")
NAMED = N_("{title} ({id}): {why}")
NAMED_BY_ID = N_("{title}: {why}")
SAID_ABOVE = N_("Not funded: ")
VARIANT_AMOUNT = N_("{value} (about {amount:amount})")
FAIR = N_("Fair?")
VARIANTS = N_("What the result rests on:")
VARIANT = N_("{key}: {value}")
LACKS = N_("The source does not say: {what}")
STEADY = N_("What else could have come out?")
STEADY_LONG = N_("Other ties, other endowments and ways of voting alone were not counted: it would take long.")
STEADY_DRAWS = NN_("Over all ways of leaving out {n:count} ballot, {project} is funded in {low:share} to {high:share} of them (95 % limits from {n_draws:count} draws; seed {seed}).", "Over all ways of leaving out {n:count} ballots, {project} is funded in {low:share} to {high:share} of them (95 % limits from {n_draws:count} draws; seed {seed}).")
STEADY_DRAWS_LONG = N_("Ballots were not left out at random: it would take long. --draws asks for it.")
WARNING = N_("Look at {where}: {what}")
WARNING_LINE = N_("line {row} of the file")
WARNING_FILE = N_("the file")
WARNING_MORE = NN_("… and {n:count} more thing; evenground check-ballots lists all.", "… and {n:count} more things; evenground check-ballots lists all.")
CONFIRMED: Mapping[bool, str] = {
    True: N_("A second program asked this of every voter, in fractions, and agreed."),
    False: N_("A second program did not come to the same, so that nothing is claimed on groups that were entitled to more."),
}
COUNTED_AGAIN = N_("Counted again: {n}")
WRITTEN = N_("Written: {file}")
ANNOUNCED: Mapping[str, str] = {
    "reproduced_stated": N_("The announced result follows from the ballots by the rule that the file states: {rule}."),
    "reproduced": N_("The announced result follows from the ballots by this rule: {rule}."),
    "stated_not": N_("By the rule that the file states it does not."),
    "not": N_("The announced result follows from the ballots by none of the rules tried. The nearest is: {rule}."),
    "also": N_("It follows by these as well, so that it does not tell which rule was used: {rules:list}."),
}
DEVIATION: Mapping[str, str] = {
    "withdrawn": N_("{title} ({id}): it was withdrawn after the vote."),
    "below_threshold": N_("{title} ({id}): announced as funded, but it has fewer votes than the threshold."),
    "outside_pool": N_("{title} ({id}): the city funded it with money from outside the pool."),
    "tie": N_("{title} ({id}): it stood level with another project, so the order of ties decides."),
    "no_room": N_("{title} ({id}): announced as funded, but the count does not fund it; it costs {missing:money} more than the count leaves."),
    "no_room.fits": N_("{title} ({id}): announced as funded, but the count does not fund it."),
    "first_in_count": N_("{title} ({id}): the count funds it, but it was not announced."),
}
