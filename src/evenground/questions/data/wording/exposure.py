"""How far rows give people away, in words."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

# A sentence is a line.
# fmt: off
EXPOSURE: Mapping[str, str | tuple[str, str]] = {
    # rows that are alike
    "label.k_anonymity": N_("Rows alike, at least"),
    "definition.k_anonymity": N_("Rows are alike if they agree in {names:list}; a missing value is a value of its own. Told are the size of the smallest group of like rows (k), and the share of rows in groups of fewer than {least:count}."),
    "reason.k_anonymity.no_quasi": N_("No columns are named by which a person could be told. They would have to be named in the datasheet (quasi)."),
    "reason.k_anonymity.no_people": N_("The rows are not of people, so that none can be told apart by them."),
    "reason.exposure.no_rows": N_("There are no rows."),
    # the secret among rows that are alike
    "label.l_diversity": N_("Different values among like rows, at least"),
    "definition.l_diversity": N_("Among rows that agree in {names:list}, the number of different values of {sensitive}. Told are the fewest (l), the same by entropy, and the rows in groups with fewer than {least:count}; where all of a group share one value, whoever is known to be in it is known."),
    "reason.l_diversity.no_sensitive": N_("No column is named that must not be learnt of a person. It would have to be named in the datasheet (sensitive)."),
    "label.t_closeness": N_("Largest distance of a group’s values from the table’s"),
    "definition.t_closeness": N_("Half the sum of differences between the shares of values among like rows and in the whole table; 0 means that being in a group tells nothing more."),
    # traces
    "label.unicity": N_("Traces that a few points single out"),
    "definition.unicity.every": N_("The share of people who are the only one with {n_points:count} points of their trace, averaged over every set of so many points (sets: {n_sets:count}). Counted are so many of the people."),
    "definition.unicity.drawn": N_("The share of people who are the only one with {n_points:count} points of their trace, in sets of so many points drawn by lot (sets: {n_sets:count}), with the interval that the draw leaves. Counted are so many of the people."),
    "reason.unicity.no_place": N_("No columns say where and when, so that there are no points to know of anybody."),
    "check.singled_out_traces": N_("People whom a few points of their trace single out"),
    "definition.singled_out_traces": N_("People are counted whom a few points of their trace single out."),
    "reason.unicity.too_many": N_("There are too many rows to compare the traces of people; at most {most:count} are. A sample of people drawn by lot would tell."),
    "verdict.traces_single_out": N_("a few points single people out"),
    "verdict.traces_alike": N_("no trace stands alone"),
    "traced.traces_single_out": N_("Who knows {points:count} points of somebody’s trace in “{title}” finds that trace alone in {share:share} of cases, on average over {n:count} people."),
    "traced.traces_alike": N_("No {points:count} points of a trace in “{title}” single anybody out among {n:count} people."),
    "label.n_traces": N_("People with a trace"),
    "caveat.as_written": N_("Places are compared as they are written, times by the hour. Coarser ones would give less away."),
    "caveat.short_traces": NN_("{n} person has fewer than {points:count} points; all of them were taken as known.", "{n:count} people have fewer than {points:count} points; all of them were taken as known."),
    # sample and population
    "check.unique_rows": N_("Rows like no other"),
    "definition.unique_rows": N_("Rows that are like no other in {names:list}; a missing value is a value of its own."),
    "caveat.match_risk": N_("If each row were one resident, drawn by lot, somebody found by a row like no other would be the right person with a chance between {low:share} and {high:share}."),
    "label.match_risk": N_("Chance that somebody found by a unique row is the right person"),
    "definition.match_risk": N_("Estimated from rows that are unique and rows that are alike in pairs, in a table that holds {fraction:share} of all people, drawn by lot."),
    "reason.match_risk.no_fraction": N_("It is not said which part of all people the table holds, so that it cannot be told whether a unique row is a unique person."),
    # tables of counts
    "label.suppression_need": N_("Cells that should not be shown"),
    "definition.suppression_need": N_("Cells with fewer than {threshold:count} people but not none, and further cells without which the totals would give them away."),
    "label.given_away": N_("Suppressed cells that the totals give away"),
    "definition.given_away": N_("Suppressed cells that, by the totals shown, could take fewer than {threshold:count} different values."),
    "reason.given_away.contradiction": N_("The totals shown do not add up with the cells shown, so that nothing can be worked out from them."),
}
