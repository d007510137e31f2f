"""What ``seal`` and ``verify`` say."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

MADE: Mapping[str, str] = {
    "seal": N_("Entry {sequence}, {stated_on:date}: sealed."),
    "amendment": N_("Entry {sequence}, {stated_on:date}: amended. The earlier seal stays."),
    "opening": N_("Entry {sequence}, {stated_on:date}: opened {opened:list}."),
    "decision": N_("Entry {sequence}, {stated_on:date}: decision recorded."),
    "note": N_("Entry {sequence}, {stated_on:date}: note recorded."),
    "key_lost": N_(
        "Entry {sequence}, {stated_on:date}: key reported lost. That text can no longer be proven."
    ),
}
SHOWN = N_("Nothing was written. This would be sealed:")
ROWS = NN_("{table}: {n} row", "{table}: {n} rows")
NOT_THERE = N_("Not there, so not fixed by this seal: {tables:list}.")
DATA = N_("Data present ({role}): {dataset}, {file}, until {until}")
DATA_UNDATED = N_("Data present ({role}): {dataset}, {file}, no dates found in it")
DATA_NONE = N_("Data present ({role}): {dataset}, no file yet")
ROLES: Mapping[str, str] = {
    "outcome": N_("outcome"),
    "baseline": N_("value before"),
    "assignment": N_("scheme of assignment"),
}
CODE = N_("Short code: {code}")
HEAD = N_("Head: {head}")
TELL = N_(
    "Have the short code written into the committee's minutes, and send it to the auditor. While the city alone holds text, key and chain, the seal proves nothing."
)
KEEP = N_(
    "Texts and keys lie in {folder}. Back that folder up, and do not publish it before opening: who loses a key can never prove the text."
)
PUBLISHED = N_("Texts and keys stand in {file}: publish it beside {chain}.")

NO_SEAL = N_("No seal here.")
ENTRIES = NN_(
    "{n} entry. Short code of the last: {code}", "{n} entries. Short code of the last: {code}"
)
UNBROKEN = N_("Unbroken: every entry is what it was when the next one was made.")
NO_WITNESS = N_(
    "Unbroken, but no witness: dated by the city only. Whoever holds the files could have made all of them anew. A code from the minutes or the auditor shows more: --head CODE --on DATE"
)
BROKEN = N_("Broken:")
SEAL = N_("Seal in force: entry {sequence}, {stated_on:date}.")
BY = N_("Sealed by: {by}.")
OPENED = N_("Opened: text and key are public and fit the commitment.")
CLOSED = N_("Not opened: only commitments are public.")
OUTCOMES = N_("Outcome data when it was sealed: until {until}.")
NO_OUTCOMES = N_("Outcome data when it was sealed: none, or none with dates.")
AMENDED = N_("Amended on {stated_on:date} (entry {sequence}): {words}")
AMENDED_CLOSED = N_(
    "Amended on {stated_on:date} (entry {sequence}). What changed shows when it is opened."
)
SAME = N_("The tables are those that were sealed.")
DIFFERS = N_("The tables are not those that were sealed. An amendment would say so openly.")
NOT_COMPARED = N_(
    "Whether the tables are those that were sealed cannot be told: text and key, or the tables, are not here."
)
CHANGED = N_("{table}, {row}: {column} was {before}, is {after}")
ADDED = N_("{table}: row added: {row}")
REMOVED = N_("{table}: row taken out: {row}")
MANY: Mapping[str, str] = {
    "added": N_("{table}: {n:count} rows added; --json lists them"),
    "removed": N_("{table}: {n:count} rows taken out; --json lists them"),
    "changed": N_("{table}: {n:count} cells changed; --json lists them"),
}
NOTHING = N_("(empty)")
