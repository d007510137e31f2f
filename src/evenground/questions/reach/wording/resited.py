"""Where as many units would be nearer, for all and for those who have farthest to go."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_

# A sentence is a line.
# fmt: off
RESITED: Mapping[str, str | tuple[str, str]] = {
    "resited.could_be_nearer": N_("At other places, as many {units} could be nearer for every group: {worst_could:metres} away on average {at_worst}, who have farthest to go, instead of {worst_now:metres}. Where distance counts most in all, it would be {could:metres} instead of {now:metres}; {gaining:count} residents would have one nearer, {losing:count} farther."),
    "resited.could_be_nearer_for_some": N_("At other places, as many {units} could be nearer for some and not for all groups: {could:metres} away on average instead of {now:metres}; {gaining:count} residents would have one nearer, {losing:count} farther."),
    "resited.near_already": N_("At other places, as many {units} could hardly be nearer: {could:metres} away on average, and {now:metres} as they stand."),
    "resited.too_many": N_("There are too many places and people to seek better places for the {units} here; the command for sites can take longer."),
    "verdict.could_be_nearer": N_("as many could be nearer for every group"),
    "verdict.could_be_nearer_for_some": N_("as many could be nearer for some groups"),
    "verdict.near_already": N_("about as near as so many can be"),
    "plan.today": N_("as they stand"),
    "plan.same.efficient": N_("as many, least distance in all"),
    "plan.same.fair": N_("as many, least for the group that has farthest"),
    "plan.more.efficient": N_("with new ones, least distance in all"),
    "plan.more.fair": N_("with new ones, least for the group that has farthest"),
    "plan.no_price": N_("–"),
    "everybody": N_("everybody"),
    "table.resited": N_("Mean distance to the nearest, in metres"),
    "table.who_moves": N_("Who would have one nearer, and who farther"),
    "column.plan": N_("Places"),
    "column.everybody": N_("Everybody"),
    "column.price": N_("More distance in all, for that"),
    "column.nearer": N_("Nearer"),
    "column.farther": N_("Farther"),
    "column.metres": N_("Metres"),
    "label.mean_distance": N_("Mean distance of all residents"),
    "label.worst_distance": N_("Mean distance of the group that has farthest to go"),
    "caveat.candidate_places": N_("Possible places are the {n:count} where the {units} stand and the points of all services, {n_candidates:count} together. Beside as many at other places, {more:count} new ones were put where they would do most."),
    "caveat.gap": N_("Places for “{plan}” are the nearest that were found; others may be up to {gap:share} nearer."),
    "caveat.proven": N_("It is proven that no choice among these places is nearer by more than {gap:share}."),
    "caveat.siting_is_no_plan": N_("This says how much room there is, and is no plan: what a place costs, whether it can be had and who would lose by a move is for those who know it to say."),
    "figure.resited": N_("To the nearest {unit}: {worst_now:metres} {at_worst}, {worst_could:metres} if as many stood elsewhere"),
    "figure.resited.alternative": N_("A row for each group with three dots on a scale of distance: as they stand, with the least distance in all, and with the least for the group that has farthest to go. The table holds the numbers."),
    "legend.efficient": N_("least in all"),
    "legend.fair": N_("least for the farthest"),
    "axis.resited": N_("Mean distance to the nearest {unit}, metres"),
}
