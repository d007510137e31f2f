"""Whether what is promised is sealed, in words."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_
from evenground.record import wording as record

# A sentence is a line.
# fmt: off
SEALED: Mapping[str, str | tuple[str, str]] = {
    "verdict.not_sealed": N_("not sealed"),
    "verdict.record_broken": N_("the record does not hold"),
    "verdict.seal_without_key": N_("sealed, key lost"),
    "verdict.not_what_was_sealed": N_("not what was sealed"),
    "verdict.sealed_afterwards": N_("put together afterwards"),
    "verdict.sealed_and_amended": N_("sealed, and amended since"),
    "verdict.sealed": N_("sealed"),
    "seal.not_sealed": N_("What {initiative} promises is not sealed: it could be written anew once the result is known, and nobody would see it."),
    "seal.record_broken": NN_("The record of what {initiative} promised does not hold at {n} place: what was sealed, and when, cannot be shown from it.", "The record of what {initiative} promised does not hold at {n} places: what was sealed, and when, cannot be shown from it."),
    "seal.seal_without_key": N_("What {initiative} promises was sealed on {on:date}, and the key is lost: nobody can show any more what was sealed."),
    "seal.not_what_was_sealed": NN_("What {initiative} promises today is not what was sealed: {n} cell or row differs, and no amendment says so.", "What {initiative} promises today is not what was sealed: {n} cells or rows differ, and no amendment says so."),
    "seal.sealed_afterwards": N_("What {initiative} promises was put together afterwards, by {who}, and sealed on {on:date}: it is what was understood, not what was fixed beforehand."),
    "seal.sealed_and_amended": NN_("What {initiative} promises was sealed on {on:date} and amended {n} time since, on {last:date}.", "What {initiative} promises was sealed on {on:date} and amended {n} times since, last on {last:date}."),
    "seal.sealed": N_("What {initiative} promises was sealed on {on:date}."),
    "seal.nobody_named": N_("somebody who is not named here"),
    "label.n_amendments": N_("Amendments"),
    "label.n_differing": N_("Differing from what was sealed"),
    # tables
    "table.seals": N_("What was sealed when"),
    "table.changed": N_("What changed, cell by cell"),
    "column.seal_entry": N_("Entry"),
    "column.seal_day": N_("Day"),
    "column.seal_why": N_("Why"),
    "column.seal_until": N_("Outcome data then present, until"),
    "column.seal_table": N_("Table"),
    "column.seal_row": N_("Row"),
    "column.seal_column": N_("Column"),
    "column.seal_was": N_("Was"),
    "column.seal_is": N_("Is"),
    "seal.row_sealed": N_("sealed for the first time"),
    "seal.no_data": N_("none, or none with dates"),
    "seal.when_opened": N_("shows when it is opened"),
    "seal.today": N_("since, without an entry"),
    "seal.whole_row": N_("the whole row"),
    **{f"seal.{part}": words for part, words in record.PARTS.items()},
    "seal.all_rows": N_("all rows"),
    "seal.many_added": N_("{n:count} rows added"),
    "seal.many_removed": N_("{n:count} rows taken out"),
    "seal.many_changed": N_("{n:count} cells changed"),
    "seal.not_listed": N_("not listed here"),
    "seal.nothing": N_("nothing"),
    "seal.table.promises": N_("promises"),
    "seal.table.evaluation": N_("how they will be judged"),
    "seal.table.harms": N_("harms"),
    "seal.table.responses": N_("what the city would do"),
    "seal.table.rollout": N_("plan of the roll-out"),
    # caveats
    "caveat.seal.unchanged": N_("What stands there today is what was sealed."),
    "caveat.seal.not_compared": N_("Whether what stands there today is what was sealed cannot be told here: the sealed text is not at hand."),
    "caveat.seal.no_plan": N_("How the promises will be judged is not sealed with them: the method can still be chosen once the result is known."),
    "caveat.seal.not_held": N_("There are outcome data. They are not held against the promises unless these are sealed and unchanged, or somebody asks for it all the same; page one then says so."),
    "caveat.seal.held_unsealed": N_("What came is held against the promises as they stand today, although no seal shows that they stood so before."),
    "caveat.seal.after_start": N_("The seal is of {on:date}; the first unit was to start on {starts:date}, before it."),
    "caveat.seal.data_after_start": N_("When it was sealed, outcome data until {until} were there; the first unit was to start on {starts:date}. A part of the result could have been known."),
    "caveat.seal.witness": record.LIMITS["witness"],
    "caveat.seal.city_only": record.LIMITS["city_only"],
    "caveat.seal.nobody_looked": record.LIMITS["nobody_looked"],
    # asks
    "ask.sealing": N_("Will the promises, and how they will be judged, be sealed before more of the outcome is known, and the code be written into the minutes?"),
    "ask.sealing.unlocks": N_("whether what is held against the outcome later is what was promised now"),
    "ask.seal_backup": N_("Who has a copy of the record from before it was altered?"),
    "ask.seal_backup.unlocks": N_("what was sealed, and when"),
    "ask.seal_copy": N_("Who else has in writing what was promised: minutes, a letter, the auditor?"),
    "ask.seal_copy.unlocks": N_("what was promised, from papers that the seal no longer proves"),
    "ask.seal_amend": N_("Why is what stands there not what was sealed, and will an amendment say so openly?"),
    "ask.seal_amend.unlocks": N_("which of the two is promised"),
    "ask.seal_code": N_("Is the code {code} in the minutes and with the auditor, and since which day?"),
    "ask.seal_code.unlocks": N_("whether anybody outside the city vouches for the day"),
}  # fmt: skip
