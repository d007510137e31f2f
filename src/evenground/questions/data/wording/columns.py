"""What was found in columns, in words; why a column was taken for what; no logic."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_

# A sentence is a line.
# fmt: off
COLUMNS: Mapping[str, str | tuple[str, str]] = {
    # why a column was taken for something
    "guess.from_shapes": N_("It was worked out from the shapes of the file."),
    "guess.coordinates": N_("Names and values are those of coordinates."),
    "guess.form_places": N_("Each row has a place ({x}, {y}), and nothing tells when."),
    "guess.form_rows": N_("Nothing tells what a row is."),
    "guess.time": N_("It holds days or moments."),
    "guess.time_joined": N_("{column} holds days and {hour} hours."),
    "guess.zone": N_("It is written with its distance from UTC."),
    "guess.name": N_("It is called so."),
    "guess.thing": N_("It holds {n_distinct:count} different codes that come again and again."),
    "guess.values": N_("These are the columns of numbers that are no codes."),
    "guess.form_grid": N_("There is about one row for each of {n_things:count} codes in {column} at each of {n_times:count} times in {time}."),
    "guess.form_counts_grid": N_("There is about one row for each of {n_things:count} areas in {column} at each of {n_times:count} times in {time}."),
    "guess.form_regular": N_("{time} comes in steps of {minutes:number} minutes."),
    "guess.form_readings": N_("{column} names what measures, at times of its own in {time}."),
    "guess.form_events": N_("Each row has a time of its own ({n_times:count} different ones in {time})."),
    "guess.form_counts": N_("{column} holds areas, in {n:count} rows."),
    "guess.identifier": N_("It is different in nearly each row ({n_distinct:count} of {n:count})."),
    "guess.quasi": N_("They are called like what may tell somebody: age, birth, postcode and the like."),
    # names of checks
    "check.repeated_ids": N_("Repeated identifiers"),
    "check.missing_ids": N_("Missing identifiers"),
    "check.repeated_rows": N_("Rows that repeat another in every column"),
    "check.lost_leading_zeros": N_("Codes that lost their leading zeros"),
    "check.old_area_codes": N_("Codes of areas that are not the city's present ones"),
    "check.encoding": N_("Letters of a wrong encoding"),
    "check.decimal_commas": N_("Decimal commas"),
    "check.money_as_text": N_("Money written as text"),
    "check.mixed_types": N_("Cells of another kind than their column"),
    "check.empty_columns": N_("Empty columns"),
    "check.schema_changes": N_("Columns that come, go or change their type"),
    "check.category_changes": N_("Categories that are new or gone"),
    "check.meaning_changes": N_("Columns whose meaning changes"),
    "check.capped_shares": N_("Shares at exactly none or all"),
    "check.percentages_in_counts": N_("Percentages among counts"),
    "check.totals_off": N_("Totals that do not add up"),
    "check.small_denominators": N_("Denominators too small for a rate"),
    # definitions
    "definition.repeated_ids": N_("Rows whose identifier in {column} an earlier row has already, within one snapshot where a column tells. Rows without one are not counted. A repeated record is not a repeated report."),
    "definition.missing_ids": N_("Rows without an identifier. The column: {column}."),
    "definition.repeated_rows": N_("Rows that say the same as an earlier row in all of {n_columns:count} columns."),
    "definition.lost_leading_zeros": N_("Codes that are up to {most:count} digits short of the usual length while only codes of that length begin with zero; and codes that the city knows once zeros stand before them."),
    "definition.old_area_codes": N_("Rows whose code in {column} the city's present areas do not have. Where an earlier set of boundaries has it, a crosswalk by areal interpolation carries it on."),
    "definition.encoding": N_("Cells with letters that arise when a text is read in another encoding than it was written in."),
    "definition.decimal_commas": N_("Cells with a decimal comma in columns of numbers."),
    "definition.money_as_text": N_("Cells with a currency sign, or with thousands set apart, in columns of numbers."),
    "definition.mixed_types": N_("Cells that are no number, or no time, in columns where at least {mostly:share} are; fewer suffice where the name says what the column holds."),
    "definition.empty_columns": N_("Columns, of {n_columns:count}, that hold nothing in any row."),
    "definition.schema_changes": N_("Columns that are in one file or period and not in the next, or of another type there; in a period a column is there if at least {mostly:share} of the rows hold a value."),
    "definition.category_changes": N_("Categories with at least {least:count} rows that are new in a period or gone after one, which rows dealt out at random would give less than once in a thousand times."),
    "definition.meaning_changes": N_("Columns whose list of codes is replaced (at most {shared:share} of rows share codes with the period before), or whose numbers all grow or shrink at least {times:number} times."),
    "definition.capped_shares": N_("Rows at exactly none or all where at least {least:count} rows are, and more than within {near:share} of that end."),
    "definition.percentages_in_counts": N_("Cells with a per cent sign or a fraction in columns where at least {mostly:share} are whole numbers."),
    "definition.totals_off": N_("Rows in which a column that is the sum of others in at least {holds:share} of rows is not."),
    "definition.small_denominators": N_("Rows whose denominator is below {least:count}: a rate of it moves by more than it tells."),
    # what would be needed
    "reason.no_row_id": N_("No column is known that should tell each row from the others. It would have to be named."),
    "reason.too_many_rows": N_("Rows are not compared with one another beyond {most:count}; there are {n:count}."),
    "reason.too_many_columns": N_("Rows are not compared with one another in more than {most:count} columns."),
    "reason.one_period": N_("There is one file and no column tells periods apart, so that nothing can be compared over time."),
    "reason.no_codes": N_("No column holds codes or quantities in enough rows to be compared over time."),
    "reason.no_shares": N_("No column holds shares or percentages."),
    "reason.no_totals": N_("No column is the sum of others, so that there is nothing to add up."),
    "reason.no_denominators": N_("No column holds numbers of people or things that rates are formed of."),
    "reason.no_area_column": N_("No column holds codes of areas."),
    "reason.no_area_codes": N_("There is no city to compare codes with. Its areas would be needed."),
    "reason.too_many_area_codes": N_("There are more different codes than a city has areas."),
}
