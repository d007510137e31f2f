"""What is said of a record and its breaks."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_

BREAKS: Mapping[str, str] = {
    "no_line_end": N_("Line {line}: the file ends in the middle of a line."),
    "line_ends": N_(
        "Line {line}: another program changed the line ends; nothing else may be wrong."
    ),
    "no_entry": N_("Line {line} is no entry as Evenground writes it: a character was changed."),
    "altered": N_("Line {line}: entry {sequence} is not what it was; its hash does not fit."),
    "out_of_order": N_(
        "Line {line}: entry {sequence} stands where entry {expected} belongs: entries were taken out, put in or moved."
    ),
    "does_not_follow": N_("Line {line}: entry {sequence} does not follow from the one before it."),
    "goes_back": N_(
        "Line {line}: entry {sequence} is dated {stated_on:date}, before the one above it ({before:date})."
    ),
    "head_not_there": N_(
        "No entry has the code {code}: the chain was cut short or made anew since it was noted."
    ),
    "dated_after_witness": N_(
        "Entry {sequence} is dated {stated_on:date}, and its code was noted on {on:date} already."
    ),
    "opened_unread": N_("Line {row} of the opened texts is not what was written there."),
    "opened_fits_none": N_("An opened text fits no entry: it, or its key, is not what was sealed."),
    "opened_not_there": N_(
        "Entry {sequence} was opened, and its text is not among the opened ones."
    ),
    "text_unreadable": N_(
        "The text of entry {sequence} fits its commitment and is of no format known here."
    ),
    "text_contradicts": N_("The text of entry {sequence} says something else than the entry."),
}
"""What is wrong, by code."""

PARTS: Mapping[str, str] = {
    "file": N_("the whole file"),
    "read_as": N_("how the file is to be read"),
    "order": N_("which of the rows with this code comes first"),
}
"""What differs where it is no single cell, by what stands for the column in ``differences``."""

LIMITS: Mapping[str, str] = {
    "city_only": N_("Dated by the city only: nobody outside it vouches for the day."),
    "witness": N_("A code noted outside on {on:date} covers entry {sequence} and all before it."),
    "witness_undated": N_(
        "A code noted outside covers entry {sequence} and all before it; on which day, nobody says."
    ),
    "later": N_("Entries after it are dated by the city only: {later:list}."),
    "dated_before": N_(
        "Added after the code was noted and dated before that day: {entries:list}. Either the code was not the newest, or the date is wrong."
    ),
    "nobody_looked": N_(
        "A seal shows what was promised before. It cannot show that nobody had looked at the outcome."
    ),
    "key_lost": N_("Entry {sequence}: sealed, key lost. The text can no longer be proven."),
    "key_missing": N_(
        "Entry {sequence}: text and key are not here, so it cannot be checked against them."
    ),
    "afterwards": N_("The promises were put together afterwards, by {who}."),
    "afterwards_unnamed": N_(
        "The promises were put together afterwards; the opened text says by whom."
    ),
}
"""What a record can and cannot show, by code."""
