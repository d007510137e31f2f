"""Counts, totals and shares in words: what is called how, what it counted, what it lacks."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_

# A sentence is a line.
# fmt: off
COUNTED: Mapping[str, str | tuple[str, str]] = {
    # names
    "check.percentages_in_counts": N_("Percentages among counts"),
    "check.totals_off": N_("Totals that do not add up"),
    "check.small_denominators": N_("Shares of too few"),
    "check.capped_shares": N_("Shares piled up at nothing or all"),
    # definitions
    "definition.percentages_in_counts": N_("Cells with a per cent sign or a number between 0 and 1 in columns of counts: those that are called a count and hold whole numbers in at least {named:share} of the cells, and others with whole numbers in {whole:share}. In a column that is called a count and nearly always whole, numbers with decimals below 100 count too."),
    "definition.totals_off": N_("Rows in which a total differs from the sum of its parts. Parts are the columns whose sum it is in most rows: more than {named:share} of those that can tell where the column is called a total, {mostly:share} elsewhere. Whole numbers must add up exactly; where all numbers are rounded to fives, tens or decimals, each may be half a unit off. A row that is called a total is compared with all others of its period."),
    "definition.small_denominators": N_("Rows with a share or mean in which a column of people or things that it may be of holds fewer than {least:count}."),
    "definition.capped_shares": N_("Cells that hold exactly nothing or exactly all, where at least {least:count} do, more than {times:count} times as many as hold any one value within {near:share} of the range beside it. They may be caps, placeholders, or shares of very few."),
    # reasons
    "reason.no_sums": N_("No column is the sum of others in most rows, so it cannot be told whether totals add up. The parts of each total would be needed."),
    "reason.no_bases": N_("The table holds shares or means but not of how many people or things they are. A column with that number would be needed."),
}
