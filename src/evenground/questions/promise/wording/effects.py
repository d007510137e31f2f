"""Effects, and how they were found, in words."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

# A sentence is a line.
# fmt: off
EFFECTS: Mapping[str, str | tuple[str, str]] = {
    # methods
    "method.sdid": N_("synthetic difference-in-differences"),
    "method.sc": N_("synthetic control"),
    "method.did": N_("difference-in-differences"),
    "method.ascm": N_("augmented synthetic control"),
    "method.cs": N_("group-time effects"),
    "method.bjs": N_("imputation of what would have been"),
    "method.its": N_("interrupted time series"),
    "method.prewhitened": N_("the same, freed of autocorrelation first"),
    "method.two_way_fixed_effects": N_("two-way fixed effects"),
    # designs
    "design.randomised": N_("It was drawn by lot who is treated."),
    "design.few_treated": NN_("{n} unit is treated and its past is long: it is compared with a mixture of the {n_never:count} others that moved as it did before.", "{n} units are treated and their past is long: they are compared with a mixture of the {n_never:count} others that moved as they did before."),
    "design.few_treated_short": NN_("{n} unit is treated and its past is short: its change is compared with that of the {n_never:count} others.", "{n} units are treated and their past is short: their change is compared with that of the {n_never:count} others."),
    "design.staggered": N_("Treatment begins at {n_starts:count} different times: each start is compared with units not treated by then."),
    "design.many_areas": N_("{n:count} units are treated from one time on: their change is compared with that of the {n_never:count} others."),
    "design.no_comparison": N_("Every unit is treated from the same time on: the series is held against its own past. Whatever else began at that time counts as effect."),
    # refusals
    "refusal.nobody_treated": N_("Nobody is treated in these data: there is no effect to find."),
    "refusal.only_where_treated": N_("The outcome exists only where and since the initiative is there. Nothing tells what would have been without it."),
    "refusal.no_time_before": N_("There is no time before the start: what changed cannot be told from what was different anyway."),
    "refusal.too_short": N_("There are no units to compare with, and the series is too short to stand on its own."),
    # caveats
    "caveat.level_not_attainable": N_("There are {n:count} possible choices. That is too few for any result to be told from chance at the level asked for; the interval is the one that can be had, with {level:share} confidence."),
    "caveat.few_treated_clusters": NN_("{n} cluster is treated. With so few, errors by cluster are far too small and the bootstrap cannot mend it.", "{n} clusters are treated. With so few, errors by cluster are too small and the bootstrap does not wholly mend it."),
    "caveat.lone_cohorts": NN_("{n} start is that of a single unit: how much it varies cannot be told from the data.", "{n} starts are those of single units: how much they vary cannot be told from the data."),
    "caveat.forbidden_comparisons": N_("In two-way fixed effects, {part:share} of the weight holds units against others that were treated already; it is shown beside, not used."),
    "caveat.no_comparison": N_("Nothing is compared: whatever else changed at the start counts as effect. This is the weakest of all designs."),
    "caveat.season_not_seen": N_("The past is shorter than the seasons that its dates suggest; they were left out, and may look like an effect."),
    "caveat.uneven_times": N_("Times are not evenly spaced: seasons were left out, and neighbours in the series may lie far apart."),
    "caveat.hangs_together": N_("Neighbouring values hang together so closely that a slow drift looks like an effect."),
    "caveat.no_scatter": N_("The series lies on straight lines without any scatter: no error can be told from it."),
    "caveat.as_if_by_lot": N_("The interval takes it that lots decided who is treated; nothing shows that they did."),
    "caveat.another_method": N_("By the design, {own} would be taken; {chosen} was asked for."),
}
