"""Sentences on the count of a participatory budget: why projects won or lost, who fared how."""

from __future__ import annotations

from evenground.language import N_, NN_

# A sentence is a line, so that they read as a text.
# fmt: off

COUNTING: dict[str, str | tuple[str, str]] = {
    # why a project was funded
    "why.funded": NN_("Funded as number {place}: {n:count} voter named it, and it costs {cost:money}.", "Funded as number {place}: {n:count} voters named it, and it costs {cost:money}."),
    "why.funded.paid": NN_("Funded as number {place}: {n:count} voter named it; it costs {cost:money}, of which a supporter paid {price:number} at most.", "Funded as number {place}: {n:count} voters named it; it costs {cost:money}, of which a supporter paid {price:number} at most."),
    "why.funded.completion": NN_("Funded as number {place} with money that was left after the count: {n:count} voter named it, and it costs {cost:money}.", "Funded as number {place} with money that was left after the count: {n:count} voters named it, and it costs {cost:money}."),
    # why it was not
    "why.left_out": N_("Not funded: it took no part in the count."),
    "why.no_votes": N_("Not funded: nobody named it."),
    "why.money_gone": NN_("Not funded: its {n:count} supporter had {left:money} left, {missing:money} less than it costs.", "Not funded: its {n:count} supporters had {left:money} left together, {missing:money} less than it costs."),
    "why.money_gone.enough": NN_("Not funded by the count as it ended: its {n:count} supporter had {left:money} left.", "Not funded by the count as it ended: its {n:count} supporters had {left:money} left together."),
    "why.too_dear": NN_("Not funded: {n:count} voter named it; when it was its turn, {left:money} were left, {missing:money} less than it costs.", "Not funded: {n:count} voters named it; when it was its turn, {left:money} were left, {missing:money} less than it costs."),
    "why.stopped": NN_("Not funded: {n:count} voter named it; counting had stopped before its turn, at a project that cost more than was left.", "Not funded: {n:count} voters named it; counting had stopped before its turn, at a project that cost more than was left."),
    "why.kept_out": NN_("Not funded: {n:count} voter named it; the budget, a cap or a project that excludes it kept it out.", "Not funded: {n:count} voters named it; the budget, a cap or a project that excludes it kept it out."),
    "why.outranked": NN_("Not funded: {n:count} voter named it, and the rule chose others.", "Not funded: {n:count} voters named it, and the rule chose others."),
    "why.took": N_("Of what its supporters paid, most went to {project}: {money:money}."),
    "why.price": N_("All else as it was, it would have been funded at a cost of {price:money}, and not at one unit of money more."),
    "why.price.none": N_("No lower cost was found at which it would have been funded."),
    "why.votes.those_with_most_money": NN_("With the money that everyone had in the end, {n:count} more of those who voted would have had to name it too: the one with most money left.", "With the money that everyone had in the end, at least {n:count} more of those who voted would have had to name it too: those with most money left."),
    "why.votes.new": NN_("{n:count} more voter who named it alone would have been enough.", "{n:count} more voters who named it alone would have been enough, and one fewer would not."),
    # fairness
    "fair.holds": N_("No group of voters was entitled to a project that was not funded (EJR+ up to any project, if a project is worth {worth} to those who named it)."),
    "fair.fails": NN_("{n:count} project that was not funded was owed to a group that its supporters form, if a project is worth {worth} to those who named it (EJR+ up to any project).", "{n:count} projects that were not funded were each owed to a group that their supporters form, if a project is worth {worth} to those who named it (EJR+ up to any project)."),
    "fair.group": NN_("{n:count} voter who named {project} could have paid for it: an even share of the budget is {share:money}. The funded projects give that voter {most}.", "{n:count} voters who named {project} could have paid for it: their even share of the budget is {share:money}. The funded projects give none of them more than {most}."),
    "fair.undefined": N_("Whether a group was entitled to more is not defined here: {why}."),
    "fair.undefined.ballots": N_("ballots hold points or ranks, not approvals"),
    "fair.undefined.rule": N_("the rule states no utilities of its own"),
    "fair.worth.cost": N_("its cost"),
    "fair.worth.cardinality": N_("the same as any other"),
    "fair.most.cost": N_("{money:money} of projects that they named"),
    "fair.most.cardinality": NN_("{n:count} project that they named", "{n:count} projects that they named"),
    "fair.excluded": NN_("{n:count} voter of {all:count} got none of the projects that they named.", "{n:count} voters of {all:count} got none of the projects that they named."),
    "fair.gini": N_("Voters got {mean:number} of the projects that they named on average; how unevenly these are spread over voters, a Gini of {gini:number} says, where 0 is all alike and 1 all to one."),
    "fair.profile": N_("Of that group by {attribute}: {parts:list}."),
    "fair.profile.part": N_("{category}: {count}"),
    "fair.profile.hidden": N_("too few to be told"),
    "fair.profile.unknown": N_("not known"),
    # steadiness
    "steady.same": N_("Left out at random, {n_left_out:count} ballots changed nothing in {n_draws:count} draws."),
    "steady.changed": N_("Left out at random, {n_left_out:count} ballots changed what is funded in {changed:count} of {n_draws:count} draws; least sure is {project}, which was funded in {wins:count}."),
    "steady.ties.none": N_("No tie occurred."),
    "steady.ties.same": NN_("{n:count} tie occurred; none of the other orders that were counted would have changed what is funded.", "{n:count} ties occurred; none of the other orders that were counted would have changed what is funded."),
    "steady.ties.changed": NN_("{n:count} tie occurred, and another order of ties would have funded {gain:list} in place of {lose:list}.", "{n:count} ties occurred, and another order of ties would have funded {gain:list} in place of {lose:list}."),
    "steady.endowment": N_("The same projects are funded for any endowment from {low:number} to {high:number} per voter that was counted, in steps of {unit:number}; the count ended with {endowment:number}."),
    "steady.group.same": N_("The ballots of {group} alone ({n_voters:count}) would have funded the same."),
    "steady.group.changed": N_("The ballots of {group} alone ({n_voters:count}) would have funded {gain:list} and not {lose:list}."),
    "steady.nothing": N_("nothing"),
}
"""Templates by code; a pair is chosen by ``n``."""
