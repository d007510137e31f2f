"""What changes over files and periods in words: what is called how, what it counted, what it lacks."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_

# A sentence is a line.
# fmt: off
CHANGES: Mapping[str, str | tuple[str, str]] = {
    # names
    "check.schema_changes": N_("Columns that come, go or change their type"),
    "check.category_changes": N_("Categories that come or go"),
    "check.meaning_changes": N_("Columns that change their meaning"),
    # definitions
    "definition.schema_changes.files": N_("Columns that are not in every file with the same type, or are empty in every row of a period although at least {expected:count} values would be expected there."),
    "definition.schema_changes.periods": N_("Columns that are empty in every row of a period although at least {expected:count} values would be expected there, going by the other periods."),
    "definition.category_changes": N_("Categories that are new from some period on or not seen again after one, with at least {expected:count} rows where they are there and as many expected where they are not. Where each category has a column of counts, columns that are zero throughout count too."),
    "definition.meaning_changes": N_("Columns of which, from one period with at least {rows:count} values to the next, either the list of codes is replaced (fewer than {shared:share} of the rows on either side have a code that the other side has, too), or {form:share} of the texts are written in another form or in codes of another length, or the lower quarter, the middle and the upper quarter of the numbers are all more than {times:count} times as large or as small."),
    # reasons
    "reason.one_file": N_("There is one file, and no column says which edition or period a row belongs to. An earlier or later file of the same kind would be needed."),
    "reason.files_without_dates": N_("The names of the files bear no dates of their own, and no column says which period a row belongs to, so it cannot be told what came first. A date in each name or a column with the period would be needed."),
}
