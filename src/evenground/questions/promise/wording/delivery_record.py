"""The city's own delivery record, in words."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

# A sentence is a line.
# fmt: off
DELIVERY_RECORD: Mapping[str, str | tuple[str, str]] = {
    "record.rated": NN_("Of {of:count} indicators that agencies list, {n} has a target and an actual figure that can be compared.", "Of {of:count} indicators that agencies list, {n:count} have a target and an actual figure that can be compared: {fully:per_cent} of these reached it fully, {partly:per_cent} partly, {not_at_all:per_cent} did not."),
    "record.none_rated": N_("What agencies reached of their own targets cannot be told: of {of:count} indicators, none has a target and an actual figure that can be compared."),
    "label.n_indicators": N_("Indicators listed"),
    "label.n_with_target": N_("With a target"),
    "label.n_rated": N_("With target and actual that can be compared"),
    "label.share_fully": N_("Fully reached, worked out anew"),
    "label.n_rated_published": N_("With a published rating"),
    "label.share_fully_published": N_("Fully reached, as published"),
    "table.by_year": N_("Targets and what was reached, by year"),
    "table.by_agency": N_("Targets and what was reached, by agency"),
    "column.by_year": N_("Year"),
    "column.by_agency": N_("Agency"),
    "column.n_indicators": N_("Indicators"),
    "column.n_with_target": N_("With a target"),
    "column.n_rated": N_("Comparable"),
    "column.n_fully": N_("Fully reached"),
    "column.n_partly": N_("Partly"),
    "column.n_not": N_("Not"),
    "column.share_fully": N_("Fully, share"),
    "table.ratings_beside": N_("Worked out anew, beside what was published"),
    "column.worked_out": N_("Worked out as"),
    "column.published_not": N_("Published as not"),
    "column.published_partly": N_("As partly"),
    "column.published_fully": N_("As fully"),
    "rated.fully": N_("fully reached"),
    "rated.partly": N_("partly reached"),
    "rated.not": N_("not reached"),
    "caveat.unrated": N_("{n:count} of {of:count} indicators cannot be compared: {with_target:count} have a target that is a number; the others lack one, lack an actual figure, or have no better direction."),
    "caveat.ratings_differ": NN_("Of {of:count} indicators rated both ways, {n} is published with another rating than its own figures give; {better:count} of these with a better one.", "Of {of:count} indicators rated both ways, {n:count} are published with another rating than their own figures give; {better:count} of these with a better one."),
    "caveat.ratings_agree": N_("All {of:count} indicators rated both ways are published with the rating that their own figures give."),
    "caveat.own_targets": N_("Agencies set these targets themselves: one that is easily reached says little. Partly means at least {part:per_cent} of the target. The interval is what it would be if these targets were a sample of such targets."),
    "caveat.inform_nothing": N_("For {n:count} of {of:count} indicators no decision is named that they inform."),
    "ask.record": N_("Which target did each indicator have, in numbers, what was reached, and which way is better?"),
    "ask.record.unlocks": N_("how often the city reaches what it sets itself"),
}
