"""What figures say; no logic."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

# A sentence is a line.
# fmt: off
FIGURES: Mapping[str, str | tuple[str, str]] = {
    # availability
    "figure.availability.alone": N_("Of the readings expected, {share:share} are there."),
    "figure.availability.many": N_("Of the readings expected from {n:count} sensors, {share:share} are there."),
    "figure.availability.alternative": N_("One strip for each sensor from the first reading of any to the last of any, those with most missing first. The darker a stretch of {step}, the more of the expected readings are there; hatched where there is none. The table holds the share for each sensor."),
    "figure.availability.together": N_("One strip for each sensor from the first reading of any to the last of any, those with most missing first. The darker a stretch of {step}, the more of the expected readings are there; hatched where there is none. Of {n:count} sensors, {n_others:count} share the last strip, which shows their mean. The table holds the share for each sensor."),
    "figure.whole_table": N_("all rows"),
    "figure.others": N_("{n_others:count} others"),
    "axis.availability": N_("Each step: {step}"),
    "legend.availability": N_("Expected readings there"),
    "availability.none": N_("none"),
    "availability.some": N_("under 50 %"),
    "availability.half": N_("50 to 90 %"),
    "availability.most": N_("90 to 99 %"),
    "availability.all": N_("99 % or more"),
    "length.days": NN_("{n} day", "{n} days"),
    "length.hours": NN_("{n} hour", "{n} hours"),
    "column.sensor": N_("Sensor"),
    "column.there": N_("Share there"),
    "column.stretches_empty": N_("Stretches with none"),
    "column.stretches": N_("Stretches"),
    # flagged days
    "figure.flagged_days.sensor": NN_("Readings of {sensor} are flagged on {n} day of {n_days:count}.", "Readings of {sensor} are flagged on {n:count} days of {n_days:count}."),
    "figure.flagged_days.one": NN_("Readings are flagged on {n} day of {n_days:count}.", "Readings are flagged on {n:count} days of {n_days:count}."),
    "figure.flagged_days.alternative": N_("A line through the middle reading of each day and a bar from the lowest to the highest, with a mark on each flagged day; each check has a mark of its own shape. Sensors with flagged days: {n_sensors:count}; this one has most. The table lists the days."),
    "axis.day_median": N_("{column}: middle reading of each day, and its span"),
    "legend.flagged_days": N_("Flagged as"),
    "check.other": N_("Anything else"),
    "column.day": N_("Day"),
    "column.flagged_by": N_("Flagged as"),
    "column.day_median": N_("Middle"),
    "column.day_low": N_("Lowest"),
    "column.day_high": N_("Highest"),
    # who is in reach
    "figure.coverage_map": N_("{share:share} of residents live within {metres:metres} of a sensor while it works."),
    "figure.coverage_map.alternative": N_("A map of areas, darker where more residents are in reach of a working sensor; discs are sensors that work, crosses those that do not half of the time. The table counts areas and residents by class."),
    "legend.shading": N_("Residents in reach of a working sensor"),
    "legend.working": N_("sensor that works"),
    "legend.idle": N_("sensor that works less than half of the time"),
    "coverage.none": N_("nobody"),
    "coverage.some": N_("under 50 %"),
    "coverage.half": N_("50 to 90 %"),
    "coverage.most": N_("90 to 99 %"),
    "coverage.all": N_("99 % or more"),
    "class.none": N_("not known"),
    "map.north": N_("N"),
    "column.in_reach": N_("In reach"),
    "column.n_areas": N_("Areas"),
    "column.residents": N_("Residents"),
    # zonings
    "figure.zoning_range": N_("{statistic}: what other boundaries would make of it"),
    "figure.zoning_range.alternative": N_("A dot at the value with the areas as they are, with a dashed line down from it, and a bar for each coarser scale that holds 95 % of random zonings, with a tick at their middle. The table holds the numbers."),
    "axis.zoning": N_("{statistic}"),
    "zoning.areas": N_("{n:count} areas as they are"),
    "zoning.zones": N_("{n:count} zones, drawn many ways"),
    "zoning.areas_named": N_("{areas} areas as they are"),
    "zoning.zones_named": N_("{zones} zones, drawn many ways"),
    "column.zoning": N_("Boundaries"),
    "column.value": N_("Value"),
    "column.zoned_low": N_("From"),
    "column.zoned_high": N_("To"),
}
# fmt: on
