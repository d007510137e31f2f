"""What ``evenground design-pilot`` says."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

# A sentence is a line.
# fmt: off
PERIODS: Mapping[str, tuple[str, str]] = {
    "day": NN_("{n} day", "{n} days"),
    "week": NN_("{n} week", "{n} weeks"),
    "month": NN_("{n} month", "{n} months"),
    "quarter": NN_("{n} quarter", "{n} quarters"),
    "year": NN_("{n} year", "{n} years"),
    "": NN_("{n} period", "{n} periods"),
}
PILOT: Mapping[str, str] = {
    "parallel": N_("{n_areas:count} areas, {n_treated:count} of them treated by lot for {periods}, compared as they are"),
    "difference_in_differences": N_("{n_areas:count} areas, {n_treated:count} of them treated by lot for {periods}, compared by their change since {baseline} before"),
    "ancova": N_("{n_areas:count} areas, {n_treated:count} of them treated by lot for {periods}, adjusted for {baseline} before"),
    "stepped_wedge": N_("{n_areas:count} areas, treated one group after the other in {n_steps:count} steps by lot, over {periods}"),
}
VERDICT: Mapping[str, str] = {
    "can_answer": N_("This pilot can answer. With {pilot}, an effect of {effect} as promised would be seen in {power} of cases; {goal} were asked for."),
    "cannot_answer": N_("This pilot cannot answer. With {pilot}, an effect of {effect} as promised would be seen in {power} of cases only; {goal} were asked for."),
    "nothing_promised": N_("Whether this pilot can answer depends on what is promised: say --effect. It has {pilot}."),
    "too_few_lots": N_("This pilot cannot answer, whatever comes. With {pilot}, lots are so few that chance alone gives any one result in {least} of cases; an error of {alpha} was asked for."),
}
LEAST = N_("The least effect that it would see in {goal} of cases is {least} ({low} to {high}).")
LEAST_NONE = N_("No effect would be seen in {goal} of cases, however large.")
LEAST_BEYOND = N_("Seen means here: the whole interval lies beyond {worthwhile}, the smallest effect that is worth it.")
CHEAPEST: Mapping[str, str] = {
    "another": N_("The cheapest of the {n_designs:count} designs looked at that can: {pilot}. It sees the promise in {power} of cases and costs {cost}, this pilot {own}."),
    "this_one": N_("Of the {n_designs:count} designs looked at, none that can is cheaper."),
    "nothing": N_("None of the {n_designs:count} designs that fit into this history can see any effect: there are too few areas."),
    "none": N_("None of the {n_designs:count} designs that fit into this history can. The one that sees the smallest effect sees {least} or more: {pilot}. More areas, a longer history, or an outcome that swings less would be needed, or a smaller question."),
}
COST_PERIODS = N_("{cost} periods under treatment")
CAVEATS = N_("It rests on this:")
CAVEAT: Mapping[str, str | tuple[str, str]] = {
    "additive": N_("The effect adds as much in every area at all times. If it grows, fades or is a share of the outcome, the pilot has to be simulated anew."),
    "past": N_("The time to come swings as the past did: every stretch of the history served as a pilot in which nothing was done."),
    "spill": N_("Nothing spills over from treated areas to others."),
    "wedge": N_("In a stepped wedge, an effect that grows with time is told too small."),
    "stretches": NN_("The history holds only {n} stretch of that length that does not overlap another; the intervals are rather too short.", "The history holds only {n} stretches of that length that do not overlap; the intervals are rather too short."),
    "no_period": N_("How long a period is cannot be read off the times: say --every for the check of what a pilot cannot see by its end."),
}
BESIDE = N_("The least effect that other designs would see in {goal} of cases (a first look, from fewer draws):")
BESIDE_PROMISED = N_("The least effect that other designs would see in {goal} of cases (a first look, from fewer draws; with * the promise could be seen):")
HEADER = (N_("Design"), N_("Areas"))
CAN = N_("{least} *")
DESIGN: Mapping[str, str] = {
    "parallel": N_("by lot, as they are"),
    "difference_in_differences": N_("by lot, change"),
    "ancova": N_("by lot, adjusted"),
    "stepped_wedge": N_("stepped wedge"),
}
CURVE = N_("How often an effect would be seen:")
CURVE_HEADER = (N_("Effect"), N_("Seen"))
HORIZON = N_("Months from the start:")
SPAN: Mapping[str, str] = {"pilot": N_("pilot"), "contract": N_("contract"), "asset_life": N_("life of the thing")}
UNSEEN = N_("By the end of the pilot it cannot be seen: {names:list}.")
BARELY = N_("Showing late, with less than half of the pilot left to see it: {names:list}.")
BEYOND: Mapping[str, str] = {
    "contract": N_("The contract binds for {months} months beyond the pilot."),
    "asset_life": N_("The pilot sees {share} of the life of the thing."),
}
DRAWN = N_("Drawn by lot and written to {file} (seed {seed}; {balance}). Seal it before anything starts: a lot is drawn once.")
BALANCED, UNBALANCED = N_("balanced on the baseline to a threshold that stands in it"), N_("no rule of balance")
DRAWS = N_("Stretches of history and lots drawn from seed {seed}. The same input gives the same output.")
