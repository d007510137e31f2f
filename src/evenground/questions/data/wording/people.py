"""How it was found out who is in the data, and why it could not be, in words; no logic."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

# A sentence is a line. Reasons of reporting follow a colon, so they begin small.
# fmt: off
PEOPLE: Mapping[str, str | tuple[str, str]] = {
    # what was counted
    "definition.representation": N_("Each group’s share of those in the data is set beside its share of the city’s people; limits are exact for counts in the data (Clopper and Pearson), carry the margins of error of the city’s counts, and hold whoever those are whose group is not known."),
    "definition.weights": N_("Weights make the shares in the data equal to the city’s on {n_margins:count} margins at once (raking, Deming and Stephan 1940); what they cost is Kish’s design effect."),
    "definition.weights.trimmed": N_("No weight is more than {trimmed_at:number} times the average; what was cut off, {moved:share} of all weight, went to the others."),
    "definition.r_indicator": N_("The chance to be in the data is compared between {n_kinds:count} kinds of people; R is 1 minus twice its standard deviation, with what chance alone would bring taken off (Schouten, Cobben and Bethlehem 2009)."),
    "definition.variation": N_("A mean worked out from the data is off by at most this many standard deviations, if the kinds of people compared tell all that decides who is there."),
    "definition.data_defect": N_("For each correlation between being in the data and what is measured: how many people drawn by lot would tell as much (Meng 2018)."),
    "definition.coverage": N_("A resident counts as covered at a moment when at least one sensor within {metres:metres} works. The figure takes sensors to break down independently; the bounds hold however they break down together."),
    "definition.coverage.by_area": N_("The group is counted by area. The bounds hold wherever in an area its people live."),
    "definition.reporting": N_("Reports after the first one of an incident, until it ended, divided by the days in which they could come (Liu, Bhandaram and Garg 2024)."),
    "definition.area_bounds": N_("The least and the most that may be true of people in the group, by the counts of each area and their margins of error (Duncan and Davis 1953)."),
    "definition.goodman": N_("A straight line through the areas (Goodman 1953), used to see whether the areas contradict it, never to estimate."),
    "definition.zonings": N_("The figure is worked out anew for {n_zonings:count} other maps, in which neighbouring areas are merged at random, at {n_scales:count} scales."),
    "definition.binning": N_("The figure is worked out anew for {n_widths:count} other lengths of interval and {n_phases:count} starting points each."),
    # names
    "label.share_in_data": N_("Share of those in the data"),
    "label.share_in_population": N_("Share of the city’s people"),
    "label.share_difference": N_("Share in the data minus share of the city’s people"),
    "label.representation_ratio": N_("Share in the data, as a multiple of the share of the city’s people"),
    "label.effective_size": N_("People drawn by lot who would tell as much"),
    "label.r_indicator": N_("R-indicator"),
    "label.variation": N_("Variation of the chance to be in the data"),
    "label.partial_unconditional": N_("Differences by this trait alone"),
    "label.partial_conditional": N_("Differences by this trait beyond the others"),
    "label.data_defect_correlation": N_("Correlation between being in the data and what is measured"),
    "label.covered_working": N_("Share of residents with a working sensor in reach"),
    "label.covered_if_all_worked": N_("The same, if no sensor were ever down"),
    "label.reporting_ratio": N_("How many times as readily reported"),
    # what has to be said beside
    "caveat.area.open": N_("Areas leave open which of the two it is: by their counts, the difference between people lies anywhere from {low:number} to {high:number}."),
    "caveat.area.goodman": N_("The areas contradict the assumption that people of a group are alike wherever they live: it would need shares of {in_group:number} and {others:number}."),
    "caveat.area.turns": N_("Other boundaries tell another story: over {n_zonings:count} other zonings of the same map the difference runs from {low:number} to {high:number}, and at some scale only {same_sign:share} of them point the same way."),
    "caveat.area.keeps": N_("Other boundaries point the same way: over {n_zonings:count} other zonings of the same map the difference runs from {low:number} to {high:number}."),
    "caveat.few_in_data": N_("Only {share:share} of the city’s people are in the data. Then R is near 1 whoever they are; the variation tells more."),
    "caveat.weights_help_only": N_("Weights mend what goes with the attributes they use, and nothing else."),
    "caveat.independent_breakdowns": N_("Sensors on one line or power supply break down together; then fewer people are covered than the figure says, and never fewer than the lower bound."),
    "caveat.reporting.constant": N_("It takes incidents to be reported as readily after the first report as before. Where people see that somebody has reported already, the rate comes out too low."),
    "caveat.reporting.unlike": N_("Incidents differ more than one rate would make them. Those that are seldom reported are seldom in the file, so the average wait is longer than told here."),
    # why it could not be established, and what would be needed
    "reason.reporting.no_ids": N_("no row says which incident it is of. An identifier of the incident that repeated reports share would be needed."),
    "reason.reporting.no_ends": N_("nothing says when incidents ended. A date of inspection or repair would be needed, or a time for which such incidents surely stay."),
    "reason.reporting.no_repeats": NN_("the {n} incident was never reported again. Reports after the first would have to be kept as rows of their own.", "none of the {n:count} incidents was ever reported again. Reports after the first would have to be kept as rows of their own."),
    "reason.reporting.records": NN_("the {n} row that names an incident again bears the same time as the row before: it is a copy of a record, not a further report.", "of the {n:count} rows that name an incident again, {n_same:count} bear the same time as another: they are copies of records, not further reports."),
    "reason.reporting.traits_alike": N_("the {n_traits:count} traits cannot be told apart in {n:count} incidents."),
    "reason.goodman.no_line": N_("With {n:count} areas, or with the same share of the group in all of them, there is no line to lay; {least:count} areas that differ are needed."),
    "reason.zonings.too_few": N_("Whether other boundaries would tell another story cannot be told: merged, {n:count} areas leave fewer than {least:count} zones, or the figure has no value there."),
    "reason.binning.too_few": N_("Whether other intervals would tell another story cannot be told: {n:count} complete intervals are fewer than {least:count}, or the figure has no value there."),
    "reason.weights.nobody": N_("Nobody in the data has all the attributes that weights would use."),
    "reason.weights.empty_category": NN_("Nobody in the data is of {n} category that {share:share} of the city’s people belong to. No weight can stand for them; they would have to be asked.", "Nobody in the data is of {n:count} categories that {share:share} of the city’s people belong to. No weight can stand for them; they would have to be asked."),
    "reason.weights.no_fit": N_("No weights fit all margins at once: after {n_cycles:count} rounds a share was still off by {gap:share}. Fewer margins, or wider categories, would be needed."),
    "reason.r_indicator.one_kind": N_("There are not two kinds of people to compare; counts of people by area or group would be needed."),
    "reason.r_indicator.nobody": N_("Nobody is in the data."),
    "reason.r_indicator.not_persons": N_("More are in the data ({n:count}) than people live there ({people:count}): rows are not persons. An identifier of persons would be needed."),
    "reason.defect.no_contrast": N_("Everybody or nobody is in the data, or all are alike in what is measured, so that there is no correlation to speak of."),
}
