"""What ``evenground benefits`` says."""

from __future__ import annotations

from evenground.language import N_, NN_

# A sentence is a line.
# fmt: off
IMPORTED = NN_("{n} promise from {file} now stands in {to}.", "{n} promises from {file} now stand in {to}.")
WOULD = NN_("Nothing was written. {n} promise from {file} would stand in {to}.", "Nothing was written. {n} promises from {file} would stand in {to}.")
READ_AS = N_("{heading}: read as {columns:list}")
KEPT = N_("Kept as written, in columns of the same name: {headings:list}.")
IN_WORDS = NN_("{heading}: row {rows:list} says something that no column takes; it is kept as written.", "{heading}: rows {rows:list} say something that no column takes; they are kept as written.")
NUMBERED = NN_("{n} benefit had no code and was given one, by its row: {rows:list}.", "{n} benefits had no code and were given one, by their rows: {rows:list}.")
DISBENEFITS = NN_("Row {rows:list} speaks of a disbenefit. List it in the table harms, with the largest change that is accepted.", "Rows {rows:list} speak of disbenefits. List them in the table harms, with the largest change that is accepted.")
LACKS = N_("{code}: {columns:list}")
LACKS_NOTHING = N_("No promise leaves anything out that can be written in this table.")
WHAT_IS_LEFT_OUT = N_("What promises leave out:")
NEXT = N_("Then: {command} check {folder}, and {command} seal {folder} before any result is known.")
EXPORTED = NN_("{n} promise stands in {to}.", "{n} promises stand in {to}.")
NOTICED = N_("Noticed in {file}:")
