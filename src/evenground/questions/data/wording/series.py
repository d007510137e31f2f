"""Checks on a stream of readings in words: what each is called, what it counted, what it lacks."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

# A sentence is a line.
# fmt: off
SERIES: Mapping[str, str | tuple[str, str]] = {
    # names
    "check.duplicates": N_("Repeated rows"),
    "check.gaps": N_("Missing readings"),
    "check.nulls": N_("Empty readings"),
    "check.stuck_runs": N_("Stuck readings"),
    "check.zero_runs": N_("Runs of zeros"),
    "check.out_of_range": N_("Readings out of range"),
    "check.sentinels": N_("Placeholders among the readings"),
    "check.spikes": N_("Spikes"),
    "check.rate_of_change": N_("Changes that are too fast"),
    "check.saturation": N_("Readings at the limit of the instrument"),
    "check.order_inversions": N_("Rows out of order"),
    "check.late_arrivals": N_("Rows that arrived late"),
    "check.unmeasured_zeros": N_("Zeros from before anything was measured"),
    # time between readings
    "cadence.seconds": NN_("{n} second", "{n} seconds"),
    "cadence.minutes": NN_("{n} minute", "{n} minutes"),
    "cadence.hours": NN_("{n} hour", "{n} hours"),
    "cadence.days": NN_("{n} day", "{n} days"),
    "cadence.about": N_("{seconds:number} seconds"),
    # definitions
    "definition.duplicates": N_("Rows whose sensor and time an earlier row has already. Exact ones say the same in every measured column, conflicting ones something else."),
    "definition.gaps": N_("Readings missing between the first and the last of each sensor, where one is due every {cadence}. Sensors that begin late or end early are told apart."),
    "definition.gaps.several": N_("Readings missing between the first and the last of each sensor, where each has its own time between readings, most often {cadence}. Sensors that begin late or end early are told apart."),
    "definition.gaps.any": N_("Readings missing between the first and the last of each sensor."),
    "definition.nulls": N_("Times at which a sensor has a row but no value, column by column."),
    "definition.stuck_runs": N_("Runs of equal readings other than zero that last at least five intervals and ten minutes, and are so long that the signal itself would give one in {one_in_years:count} years of a sensor: from {low:count} to {high:count} readings on, by sensor. Empty readings do not end a run."),
    "definition.stuck_runs.declared": N_("Runs of equal readings other than zero of at least the declared length: from {low:count} to {high:count} readings on. Empty readings do not end a run."),
    "definition.zero_runs": N_("Runs of zeros that last at least ten intervals and twenty minutes and do not look like the signal’s own: they begin and end with a jump, or are more than three times as long as nearly all others. Zeros before the first other reading are told apart."),
    "definition.out_of_range": N_("Readings beyond the declared limits; where none are declared, readings further beyond the middle 98 % of the others than twenty times the width of those."),
    "definition.out_of_range.declared": N_("Readings beyond the declared limits."),
    "definition.sentinels": N_("Values such as −999 or 9999 that instruments write where they have none: they lie outside the declared limits, below zero where nothing else is, or far from all other readings."),
    "definition.spikes": N_("Single readings further from the middle of the two before and the two after than noise takes them: from {low:number} to {high:number} times the usual distance on, by sensor, so far that clean signals have one in some forty years."),
    "definition.spikes.declared": N_("Single readings further from the middle of the two before and the two after than the declared number of times the usual distance: {low:number} to {high:number}."),
    "definition.rate_of_change": N_("Readings that changed faster since the one before than the declared most per hour."),
    "definition.saturation": N_("Readings at the largest or smallest value of a sensor, where readings heap up there as at an instrument’s limit: at least ten, in three runs, more than three times as many as at any value nearby."),
    "definition.saturation.declared": N_("Readings at or beyond the declared limits of the instrument."),
    "definition.order_inversions": N_("Rows whose time is earlier than that of the row before of the same sensor."),
    "definition.late_arrivals": N_("Rows that arrived later than three intervals after their time."),
    "definition.late_arrivals.declared": N_("Rows that arrived later than {tolerance} after their time."),
    "definition.unmeasured_zeros": N_("Zeros before a sensor’s first other reading, where zeros are less than {rare:share} of what follows in {series:count} or more sensors. They say that nothing was measured yet, not that there was nothing; told only where they are {many:share} of all readings."),
    # reasons
    "reason.no_cadence": N_("The readings do not come regularly enough to tell what is missing. The time between them would have to be declared."),
    "reason.no_columns": N_("No column holds measured numbers."),
    "reason.no_stuck_limit": N_("The readings rest by their nature, never change, or do not come regularly, so equal ones prove nothing. The shortest run that cannot be right would have to be declared."),
    "reason.no_spike_limit": N_("The readings rest for most of the time, are too few, or do not come regularly, so no usual distance can be told. A reference instrument nearby would be needed."),
    "reason.no_rate": N_("No largest change per hour is declared."),
    "reason.few_values": N_("The readings take fewer than twenty different values, so that a limit cannot be told from the signal. The limits of the instrument would have to be declared."),
    "reason.no_row_order": N_("The rows have no order where they are stored. The file as it arrived would be needed."),
    "reason.no_arrival": N_("When rows arrived is not on record. A column with that time, and the time between readings, would be needed."),
    "reason.zeros_are_usual": N_("There are fewer than {series:count} sensors, or zeros are usual in the readings, so zeros at the beginning prove nothing. The date from which each sensor measures would be needed."),
}
