"""An audit in words: values with their units, what a purpose asks, what came of it; no logic."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

# A sentence is a line.
# fmt: off
AUDITS: Mapping[str, str | tuple[str, str]] = {
    # the table "measure by purpose"
    "table.measures": N_("What was measured of “{title}”, and what each purpose asks"),
    "column.measure": N_("Measure"),
    "column.found": N_("Found"),
    "column.purpose.operate": N_("To run the system"),
    "column.purpose.decide": N_("To decide on"),
    "column.purpose.official_statistics": N_("To offer to official statistics"),
    "found.nothing": N_("not established"),
    "found.declared": N_("{by} says so ({on})"),
    "found.declared.unnamed": N_("stated, by nobody named"),
    "found.declared_not": N_("{by} says it is not so ({on})"),
    "found.declared_not.unnamed": N_("stated not to be so, by nobody named"),
    "found.declared_open": N_("stated, and still open"),
    "found.between": N_("{low} to {high}"),
    "found.interval": N_("{value} ({low} to {high})"),
    "cell.not_required": N_("not asked for"),
    "cell.met": N_("met: {rule}"),
    "cell.failed": N_("not met: {rule}"),
    "cell.open": N_("open: {rule}"),
    "rule.at_least": N_("at least {value}"),
    "rule.at_most": N_("at most {value}"),
    "rule.between": N_("{low} to {high}"),
    "rule.declared": N_("somebody must vouch for it"),
    "rule.need_not_stated": N_("how fine it must be is not stated"),
    "unit.share": N_("{n:per_cent}"),
    "unit.m": N_("{n:metres}"),
    "unit.people": NN_("{n:count} person", "{n:count} people"),
    "unit.points": NN_("{n:count} point", "{n:count} points"),
    "unit.rows": NN_("{n:count} row", "{n:count} rows"),
    "unit.days": N_("{n:number} days"),
    "unit.hours": N_("{n:number} h"),
    "unit.minutes": N_("{n:number} min"),
    "unit.seconds": N_("{n:number} s"),
    "unit.open_end": N_("no limit"),
    # the table of what was found
    "table.faults": N_("What was looked for in “{title}”, and found"),
    "column.check": N_("Looked for"),
    "column.count": N_("Found"),
    "column.counted": N_("What is counted"),
    "count.rows": NN_("{n:count} row", "{n:count} rows"),
    "count.readings": NN_("{n:count} reading", "{n:count} readings"),
    "count.runs": NN_("{n:count} run", "{n:count} runs"),
    "count.gaps": NN_("{n:count} gap", "{n:count} gaps"),
    "count.sensors": NN_("{n:count} sensor", "{n:count} sensors"),
    "count.columns": NN_("{n:count} column", "{n:count} columns"),
    "count.cells": NN_("{n:count} cell", "{n:count} cells"),
    "count.categories": NN_("{n:count} category", "{n:count} categories"),
    "count.changes": NN_("{n:count} change", "{n:count} changes"),
    "count.stretches": NN_("{n:count} stretch of time", "{n:count} stretches of time"),
    "count.shifts": NN_("{n:count} shift", "{n:count} shifts"),
    "count.pairs": NN_("{n:count} pair", "{n:count} pairs"),
    "count.sites": NN_("{n:count} site", "{n:count} sites"),
    "count.groups": NN_("{n:count} group", "{n:count} groups"),
    "count.people": NN_("{n:count} person", "{n:count} people"),
    "count.other": NN_("{n:count} time", "{n:count} times"),
    "count.not_established": N_("not established"),
}
