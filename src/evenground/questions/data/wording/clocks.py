"""Checks on clocks in words: names, what was counted, what lacks."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_

# A sentence is a line.
# fmt: off
CLOCKS: Mapping[str, str | tuple[str, str]] = {
    # names
    "check.daylight_saving": N_("Gaps and repeats of daylight saving"),
    "check.nonexistent_times": N_("Times that never were"),
    "check.ambiguous_times": N_("Times that came twice"),
    "check.impossible_dates": N_("Dates that cannot be"),
    "check.clock_shifts": N_("Clocks off by whole hours"),
    # definitions
    "definition.daylight_saving": N_("Rows repeated in an hour that the clock of {zone} has twice, and readings missing in an hour that it skips: daylight saving explains them, and they are no faults of the sensors."),
    "definition.daylight_saving.no_zone": N_("Rows repeated in an hour that the clock has twice, and readings missing in an hour that it skips."),
    "definition.nonexistent_times": N_("Rows that bear a time which the clock of {zone} skipped when it was put forward. Their clock does not follow that zone."),
    "definition.nonexistent_times.no_zone": N_("Rows that bear a time which the clock skipped when it was put forward."),
    "definition.ambiguous_times": N_("Rows that bear a time which the clock of {zone} showed twice when it was put back. Which of the two is meant cannot be told from the time alone."),
    "definition.ambiguous_times.no_zone": N_("Rows that bear a time which the clock showed twice when it was put back."),
    "definition.impossible_dates": N_("Rows dated more than {n_days:count} day ahead or before 1800, with a date that no calendar has, or with one that stands for none (the zero of a computer’s clock or of a spreadsheet) and at least {times:number} times as many rows as any day within {n_beside:count} days of it."),
    "definition.impossible_dates.planned": N_("Rows dated more than {n_days:count} days ahead or before 1800, with a date that no calendar has, or with one that stands for none (the zero of a computer’s clock or of a spreadsheet) and at least {times:number} times as many rows as any day within {n_beside:count} days of it."),
    "definition.clock_shifts": N_("Stretches of {n_weeks:count} weeks or more in which a sensor’s day, hour by hour, is like that of its network (or its own at other times) once it is turned by whole hours: a correlation of at least {alike:number}, and {better:number} more than without."),
    # reasons
    "reason.no_zone": N_("The time zone of the clock is not declared. Its name, such as Europe/Stockholm, would be needed."),
    "reason.clock_shifts.no_profile": N_("The course of each sensor’s day was not worked out. Readings at least every hour would be needed."),
    "reason.clock_shifts.too_few_weeks": N_("Fewer than {n:count} weeks do not tell what a sensor’s day is like. More weeks would be needed."),
    # kinds of dates
    "date.epoch_zero": N_("the zero of a computer’s clock, 1 January 1970"),
    "date.first_year": N_("1 January of the year 1"),
    "date.filetime_zero": N_("the zero of Windows file times, 1 January 1601"),
    "date.spreadsheet_zero": N_("the zero of a spreadsheet’s dates"),
    "date.gps_zero": N_("the zero of satellite time, 6 January 1980"),
    "date.epoch_overflow": N_("the end of 32-bit clocks, 19 January 2038"),
    "date.last_year": N_("31 December of the year 9999"),
    "date.too_late": N_("ahead of today"),
    "date.too_early": N_("before 1800"),
    "date.no_such_day": N_("no day of the calendar"),
}
