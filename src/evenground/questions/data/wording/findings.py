"""Findings of Data in words; no logic. Subjects are the data, never the people in them."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

# A sentence is a line.
# fmt: off
FINDINGS: Mapping[str, str | tuple[str, str]] = {
    "verdict.carries": N_("can carry a decision"),
    "verdict.does_not_carry": N_("cannot carry a decision"),
    "verdict.differs": N_("differs from dataset to dataset"),
    "verdict.faults": N_("faults found"),
    "verdict.no_faults": N_("no fault found"),
    "verdict.stated": N_("stated"),
    "verdict.partly_stated": N_("partly stated"),
    "verdict.not_stated": N_("not stated"),
    # headline
    "headline.none": N_("Nobody has listed the data that “{initiative}” makes or uses, so nobody can say whether they can carry a decision."),
    "headline.absent": N_("Data are listed and none was at hand to look at: {titles:list}."),
    "headline.one.carries": N_("“{title}” can carry a decision: each requirement is met."),
    "headline.one.does_not_carry": N_("“{title}” cannot carry a decision: {because:list}."),
    "headline.one.cannot_tell": N_("Whether “{title}” can carry a decision cannot be told: {because:list}."),
    "headline.many": N_("For deciding: {parts:list}."),
    "clause.carries": NN_("{titles:list} can carry it", "{titles:list} can carry it"),
    "clause.does_not_carry": NN_("{titles:list} cannot carry it", "{titles:list} cannot carry it"),
    "clause.cannot_tell": NN_("for {titles:list} it cannot be told", "for {titles:list} it cannot be told"),
    "caveat.absent": N_("Not at hand, and so not looked at: {titles:list}."),
    # what each can carry
    "carrying.carries": N_("“{title}” can carry a decision. {operate} {official}"),
    "carrying.does_not_carry": N_("“{title}” cannot carry a decision: {because:list}. {alone} {operate} {official}"),
    "carrying.cannot_tell": N_("Whether “{title}” can carry a decision cannot be told: {because:list}. {alone} {operate} {official}"),
    "also.operate.yes": N_("To run the system, they serve."),
    "also.operate.no": N_("To run the system, they do not serve."),
    "also.operate.cannot_tell": N_("Whether they serve to run the system stays open."),
    "also.official_statistics.yes": N_("They can be offered to official statistics; the authority in charge decides."),
    "also.official_statistics.no": N_("They cannot be offered to official statistics as they are."),
    "also.official_statistics.cannot_tell": N_("Whether they can be offered to official statistics stays open."),
    "alone.nothing_found_against_it": N_("The data alone show nothing against it."),
    "alone.fails": N_("The data alone speak against it."),
    "alone.cannot_tell": N_("The data alone do not tell."),
    "because.nothing": N_("nothing is known of them"),
    "because.more": NN_("{n} requirement more", "{n} requirements more"),
    "caveat.no_datasheet": N_("Nobody has written a datasheet, so who makes these data and who vouches for what is open, and what the columns stand for was guessed."),
    "label.n_rows": N_("Rows"),
    "label.n_required": N_("Requirements for deciding"),
    "label.n_met": N_("Met"),
    "label.n_not_met": N_("Not met"),
    "label.n_open": N_("Open"),
    "to.producer": N_("{name}, who makes these data"),
    "to.producer_unknown": N_("whoever makes these data"),
    "ask.datasheet": N_("Would you write the datasheet of “{title}”: what the columns stand for, how it is measured, who vouches for it?"),
    "ask.datasheet.unlocks": N_("the requirements that only a person can vouch for"),
    "ask.datasets": N_("Which datasets does it make or use, which decision does each inform, and where are the files?"),
    "ask.datasets.unlocks": N_("whether the data can carry what is to be decided with them"),
    "ask.file": N_("May we see the file of “{title}”?"),
    "ask.file.unlocks": N_("what is wrong with it, and what it can carry"),
    # faults
    "faults.faults": N_("In the {rows:count} rows of “{title}”: {faults:list}."),
    "faults.no_faults": N_("Kinds of fault looked for in “{title}”: {n_checks:count}. None was found."),
    "fault.counted": N_("{name} ({count})"),
    "fault.more": NN_("{n} kind of fault more", "{n} kinds of fault more"),
    "label.found": N_("Found"),
    "caveat.not_looked_for": N_("{name}: {reason}"),
    # who makes them
    "made.stated": N_("“{title}”: {said:list}."),
    "made.partly_stated": N_("“{title}”: {said:list}. Not stated: {blank:list}."),
    "made.not_stated": N_("Nobody has said who makes “{title}”, for what and for whom, who gains by it, and who is not in it."),
    "made.producer": N_("made by {words}"),
    "made.made_for": N_("made for this: {words}"),
    "made.for_whom": N_("for the use of {words}"),
    "made.who_profits": N_("who gains by it: {words}"),
    "made.not_in_it": N_("not in it: {words}"),
    "made.producer.name": N_("who makes it"),
    "made.made_for.name": N_("for what it is made"),
    "made.for_whom.name": N_("for whom"),
    "made.who_profits.name": N_("who gains by it"),
    "made.not_in_it.name": N_("who or what is not in it"),
    "made.residents": N_("Residents made these data; they stand here on equal terms."),
    "made.conditions": N_("Conditions of use: {words}."),
    "ask.made": N_("Who makes “{title}”, for what and for whom, who gains by it, and who or what is not in it?"),
    "ask.made.unlocks": N_("whom these data leave out, and whose interest they carry"),
    # names of tables in sentences
    "table.initiative_datasets": N_("datasets with their files"),
    "table.components": N_("list of what it is made of"),
    "table.purpose_rules": N_("what each purpose asks of data"),
}
