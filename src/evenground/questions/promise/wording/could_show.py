"""What a pilot could show, and what it ends too early for, in words."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

# A sentence is a line.
# fmt: off
COULD_SHOW: Mapping[str, str | tuple[str, str]] = {
    "verdict.could_show": N_("a pilot could show it"),
    "verdict.could_only_tell": N_("it could be told from chance, not that it is worth it"),
    "verdict.could_not_show": N_("this pilot cannot answer"),
    "verdict.could_show_from": N_("it depends on how much is promised"),
    "could_show.could_show": N_("“{words}” A pilot as planned could show it: with {pilot}, a change of {effect:number} {unit} would be told from chance in {power:share} of cases.{least}"),
    "could_show.could_only_tell": N_("“{words}” With {pilot}, a change of {effect:number} {unit} would be told from chance in {power:share} of cases, but only in {power_of_rule:share} would it be shown to reach {minimum:number} {unit}, the smallest that is worth it; in the others the rule could not say “scale”, even if the promise is kept.{least}"),
    "could_show.could_not_show": N_("“{words}” This pilot cannot answer: with {pilot}, a change of {effect:number} {unit} would be told from chance in {power:share} of cases only; in the others it could not be told whether anything came.{least}"),
    "could_show.could_show_from": N_("“{words}” How much is promised, nobody has said by number. With {pilot}, it depends on that whether a pilot can answer.{least}"),
    "could_show.too_few_areas": N_("“{words}” This pilot cannot answer: with {pilot}, there are too few areas for any change, however large, to be told from chance at the error that is accepted."),
    "could_show.nothing_to_compare": N_("“{words}” This pilot cannot answer: all areas are to start at once, and nothing is left to compare with."),
    "could_show.untold": N_("“{words}” What a pilot could show of it cannot be told. {why}"),
    "least.from": N_(" From {least:number} {unit} on, a change would be told from chance in four cases of five."),
    "pilot.some": N_("{n_treated:count} of {of:count} areas treated over {length}"),
    "pilot.wedge": N_("{of:count} areas treated one after the other over {length}"),
    "pilot.length": NN_("{n} month", "{n} months"),
    "history.none": N_("There are no values of “{indicator}” from before the start."),
    "history.few_units": NN_("Of “{indicator}” before the start, {n} area has every period; four at least are needed.", "Of “{indicator}” before the start, {n} areas have every period; four at least are needed."),
    "history.no_length": N_("How long after the start “{indicator}” will be looked at, nobody has said."),
    "history.short": N_("Before the start there are {n_times:count} periods of “{indicator}”; to lay a pilot of that length into the past, it takes {n_needed:count} at least."),
    "history.treated_lack": N_("The areas that are to be treated have no values from before the start."),
    "label.least_shown": N_("Least change that would be told from chance in four cases of five"),
    "label.power_of_promise": N_("Chance that the promised change would be told from chance"),
    "table.could_show": N_("How often a change would be told from chance"),
    "column.effect_of": N_("Change"),
    "column.seen_in": N_("Told from chance"),
    "caveat.adds_alike": N_("This holds for a change that is as large in every area and at all times. One that grows or fades has to be looked at anew."),
    "caveat.like_the_past": N_("The time to come is taken to swing as the past did."),
    "caveat.no_plan": N_("Nobody has said which areas start when: half of them, drawn by lot, are taken to start at once."),
    "caveat.not_by_lot": N_("Who is treated is not drawn by lot: areas that were chosen may take another course of their own, which no number of them cures."),
    "caveat.short_past": NN_("The past holds only {n} stretch as long as the pilot that does not overlap another; how sure this is, is told rather too well.", "The past holds only {n} stretches as long as the pilot that do not overlap; how sure this is, is told rather too well."),
    "could.half": N_("A pilot with {n_areas:count} areas, {n_treated:count} of them treated by lot over {length}, would be enough in {power:share} of cases."),
    "could.wedge": N_("A pilot in which {n_areas:count} areas start in {n_steps:count} steps by lot over {length} would be enough in {power:share} of cases."),
    "could.none": N_("No pilot of these areas that fits into their past would be enough: more areas, a longer past, or a figure that swings less would be needed."),
    "ask.history": N_("What was “{indicator}” in each area, period by period, for at least as long before the start as it will be looked at after it?"),
    "ask.history.unlocks": N_("whether a pilot can answer at all, before it is paid for"),
    "ask.pilot": N_("Can the pilot for “{words}” be made larger or longer, or started by lot, or is it not meant to answer whether it works?"),
    "ask.pilot.unlocks": N_("a result that can be told from chance"),
    "verdict.ends_too_early": N_("the pilot ends too early for some of it"),
    "verdict.sees_what_is_due": N_("the pilot sees what is due"),
    "horizon.ends_too_early": N_("The pilot ends on {end:date}. What is due later it cannot see: {names:list}."),
    "horizon.sees_what_is_due": N_("The pilot ends on {end:date}; nothing that was promised is due later."),
    "horizon.contract": N_("Subscriptions are planned for {months:count} months beyond the pilot."),
    "horizon.life": N_("The pilot covers {part:share} of the time for which costs are planned."),
    "label.pilot_months": N_("Length of the pilot"),
    "figure.horizons": N_("What the pilot sees, on one axis of time"),
    "figure.horizons.alternative": N_("Bars from the start, {start:date}: the pilot of {months:count} months, what is paid for how long, and until when each promise is due. A dotted line marks the end of the pilot."),
    "axis.horizons": N_("Months from the start"),
    "span.pilot": N_("Pilot"),
    "span.contract": N_("Subscriptions"),
    "span.asset_life": N_("Costs of any kind"),
    "column.length_of": N_("What"),
    "column.months_from_start": N_("Months from the start"),
}
