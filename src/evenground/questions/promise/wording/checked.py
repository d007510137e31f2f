"""What was tried against an effect, in words."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

# A sentence is a line.
# fmt: off
CHECKED: Mapping[str, str | tuple[str, str]] = {
    "verdict.withstands_what_was_tried": N_("nothing that was tried speaks against it"),
    "verdict.something_speaks_against_it": N_("something that was tried speaks against it"),
    "verdict.nothing_could_be_tried": N_("nothing could be tried against it"),
    "checked.withstands_what_was_tried": NN_("“{words}” {n} check was tried against what was found of that; it does not speak against it.", "“{words}” {n:count} checks were tried against what was found of that; none of them speaks against it."),
    "checked.something_speaks_against_it": NN_("“{words}” Of {of:count} checks that were tried against what was found of that, {n} speaks against taking it as it stands.", "“{words}” Of {of:count} checks that were tried against what was found of that, {n:count} results speak against taking it as it stands."),
    "checked.nothing_could_be_tried": N_("“{words}” Nothing could be tried against what was found of that; the table says why."),
    "label.n_tried": N_("Checks tried"),
    "label.n_against": N_("Speaking against it"),
    "table.tried": N_("What was tried against what was found"),
    "column.check": N_("What was asked"),
    "column.came_out": N_("What came out"),
    "column.meaning": N_("What that means"),
    "small": N_("{text}"),
    # what was asked
    "check.pre_trend": N_("Did the treated and the others drift apart before the start?"),
    "check.magnitudes": N_("What if they drift apart afterwards as they did before?"),
    "check.smoothness": N_("What if a drift of before simply went on?"),
    "check.donors": N_("Does the result hang on a single unit of comparison?"),
    "check.backdated": N_("Is as much found at dates on which nothing began?"),
    "check.spillover": N_("Did anything change next to the treated?"),
    "check.groups": N_("Who has something of it?"),
    "check.not_tried": N_("Not tried."),
    # drift before
    "out.pre_trend.shows": N_("A drift before the start is seen."),
    "out.pre_trend.quiet": N_("No drift before the start is seen."),
    "means.pre_trend.shows": N_("Some of what was found, or all of it, may have been under way already."),
    "means.pre_trend.quiet": N_("That is no proof of none: it would mostly have been seen from {seen} per period on, and a drift of that size, going on, would add {adds} to the result."),
    "means.pre_trend.blind": N_("With so few units no drift, however strong, could have been told from chance."),
    "caveat.checked.pre_trend": N_("The treated and the others drifted apart before the start already; that drift may be what was found."),
    # honest bounds
    "out.magnitudes.range": N_("Held against the last period before the start, and with steps apart as large as the largest one seen before: {ends}."),
    "means.magnitudes.robust": N_("Zero is left out until steps apart are more than {times} times the largest seen before."),
    "means.magnitudes.fragile": N_("Steps apart of more than {times} times the largest seen before are enough for zero to be possible."),
    "means.magnitudes.not_told": N_("Held against that one period, the result cannot be told from zero even if nothing drifts."),
    "caveat.checked.magnitudes": N_("Were the treated and the others to drift apart after the start by more than {times} times the largest step seen before, that alone could be what was found."),
    "out.smoothness.range": N_("With the drift of before drawn on as a straight line: {ends}."),
    "means.smoothness.stays": N_("Zero is left out as long as that line bends by no more than {bend} from one period to the next."),
    "means.smoothness.gone": N_("A straight drift that simply goes on is enough for zero to be possible."),
    "caveat.checked.smoothness": N_("If a drift of before simply went on as a straight line, zero would be possible: {ends}."),
    # one donor
    "out.donors.range": N_("Left out in turn, {n:count} of {of:count} units of comparison: the result lies at {ends}."),
    "means.donors.steady": N_("No single unit of comparison turns the result round."),
    "means.donors.turns": N_("Without one of them the direction is another; “{unit}” moves it most."),
    "caveat.checked.donors": N_("The direction of the result hangs on a single unit of comparison; “{unit}” moves it most."),
    # other dates
    "out.backdated.starts": N_("With the start put to {n:count} earlier dates in turn, as much or more is found at {as_large:count} of them."),
    "out.backdated.one_more": N_("With the start put to one earlier date, as much or more is found."),
    "out.backdated.one_less": N_("With the start put to one earlier date, less is found."),
    "means.backdated.seldom": N_("Such a result is not what this method finds where nothing began."),
    "means.backdated.often": N_("This method finds such results where nothing began."),
    "caveat.checked.backdated": NN_("Put to {n} earlier date on which nothing began, the same method finds as much or more.", "Put to {n} earlier dates on which nothing began, the same method finds as much or more at {as_large:count} of them."),
    # neighbours
    "out.spillover.ring": NN_("In {n} untreated unit within {metres:metres}: {effect} in the promised direction ({ends}).", "In {n} untreated units within {metres:metres}: {effect} in the promised direction ({ends})."),
    "means.spillover.none": N_("Nothing is seen that could not be chance."),
    "means.spillover.blind": N_("With so few units near by, nothing could be told from chance."),
    "means.spillover.gain": N_("Neighbours have something of it too; where they serve as comparison, the result is too small."),
    "means.spillover.lose": N_("Neighbours lose by it; where they serve as comparison, the result is too large, and some of it may only have moved."),
    "caveat.checked.spillover": N_("Untreated units within {metres:metres} changed as well ({effect} in the promised direction, {ends}): the comparison is not untouched."),
    # groups
    "out.groups.range": N_("From {least} for “{least_group}” to {most} for “{most_group}”."),
    "means.groups.adds_up": N_("Each group counts by its share of people before the start; together they make {total}."),
    # why not
    "not_tried.by_lot": N_("Lots decided who is treated; whether drifts are alike need not be taken on trust."),
    "not_tried.few_treated": N_("With so few treated units the errors that this rests on cannot be trusted."),
    "not_tried.no_comparison": N_("There is nothing to compare with."),
    "not_tried.short_before": N_("There are too few periods before the start."),
    "not_tried.few_clusters": N_("There are too few units, treated or not, for that."),
    "not_tried.few_donors": N_("There are fewer than three units to compare with."),
    "not_tried.no_distances": N_("Nobody has said how far it may reach, or it is not known where units lie."),
    "not_tried.no_groups": N_("Outcomes are not given by group."),
    "not_tried.no_shares": N_("Nobody has counted how many people each group has."),
    "not_tried.data_do_not_allow": N_("The data that there are do not allow it."),
}
