"""What came before: promised, spent, built."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

# A sentence is a line.
# fmt: off
BEFORE: Mapping[str, str | tuple[str, str]] = {
    "record.past.there": NN_("On record is {n} earlier initiative, {n_same:count} in {domain}, {n_left:count} stopped or declined. Of {amount:money} spent since {spent_first}, {money_there:share} went to {areas} that get one of the {units}, where {people_there:share} of residents live.", "On record are {n} earlier initiatives, {n_same:count} of them in {domain}, {n_left:count} stopped or declined. Of {amount:money} spent since {spent_first}, {money_there:share} went to {areas} that get one of the {units}, where {people_there:share} of residents live."),
    "record.past.spent": NN_("On record is {n} earlier initiative, {n_same:count} in {domain}, {n_left:count} stopped or declined. {amount:money} were spent since {spent_first}.", "On record are {n} earlier initiatives, {n_same:count} of them in {domain}, {n_left:count} stopped or declined. {amount:money} were spent since {spent_first}."),
    "record.past.none": NN_("On record is {n} earlier initiative, {n_same:count} in {domain}, {n_left:count} stopped or declined. What was spent where is not on record.", "On record are {n} earlier initiatives, {n_same:count} of them in {domain}, {n_left:count} stopped or declined. What was spent where is not on record."),
    "record.no_past.there": N_("No earlier initiative is on record. Of {amount:money} spent since {spent_first}, {money_there:share} went to {areas} that get one of the {units}, where {people_there:share} of residents live."),
    "record.no_past.spent": N_("No earlier initiative is on record. {amount:money} were spent since {spent_first}."),
    "this_service": N_("this service"),
    "label.money_there": N_("Share of the money that went to {areas} with {units}"),
    "label.people_there": N_("Share of residents who live in them"),
    "table.past": N_("Earlier initiatives, those of the same service first"),
    "column.initiative": N_("Initiative"),
    "column.domain": N_("Service"),
    "column.stage": N_("How far it got"),
    "column.years": N_("Years"),
    "column.promised": N_("Promised"),
    "column.came": N_("What came"),
    "stage.idea": N_("idea"),
    "stage.proposed": N_("proposed"),
    "stage.decided": N_("decided"),
    "stage.running": N_("running"),
    "stage.ended": N_("ended"),
    "stage.stopped": N_("stopped"),
    "stage.declined": N_("declined"),
    "stage.unknown": N_("not given"),
    "table.programmes": N_("What was spent, programme by programme"),
    "column.programme": N_("Programme"),
    "column.money_there": N_("Where the units stand"),
    "figure.record": N_("What was tried and paid for since {first}"),
    "figure.record.alternative": N_("A row for each earlier initiative with a bar from its start to its end, and one for each programme with a dot for each year, larger where more was spent. The table holds the numbers."),
    "legend.initiative": N_("initiative"),
    "legend.money": N_("money spent in a year (larger: more)"),
    "column.what": N_("What"),
    "column.amount": N_("Amount"),
    "caveat.record_as_kept": N_("A record holds what somebody kept. What ended early or was never written down is missing from it."),
    "caveat.spending_left": NN_("{n} row of spending without area, year or a positive amount, or in another currency, is left out.", "{n} rows of spending without area, year or a positive amount, or in another currency, are left out."),
    "caveat.prices_differ": N_("Amounts are in prices of their own years, or nobody says of which, and were not converted."),
}
