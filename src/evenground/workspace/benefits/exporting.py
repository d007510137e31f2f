"""Promises as a register with the headings that an office knows, and everything else beside."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.initiative.tables import PROMISES
from evenground.workspace.benefits.cells import Habit, said, told
from evenground.workspace.benefits.headings import TEMPLATES, Heading, Holds, Profile, folded
from evenground.workspace.benefits.register import TOLD, Register, kept_name

_HABIT = Habit()


def as_register(promises: Register, profile: Profile) -> Register:
    """Return promises under a profile's headings: a superset of its template, nothing left out.

    The template's headings come first, in its order; then columns of promises that it has no
    heading for; then what a register held beside. Words that were kept stay as they were written
    for as long as they say what the promise's own columns say.
    """
    template = TEMPLATES[profile]
    if not template:
        return promises
    rows = [dict(zip(promises.names, row, strict=True)) for row in promises.rows]
    renamed = {one.column for one in template.values() if one.column}
    others = tuple(
        name
        for name in promises.names
        if name not in renamed and not (_is_kept(name) and _is_told_by(template, name))
    )
    return Register(
        names=(*template, *others),
        rows=tuple(
            (
                *(_cell(name, heading, row) for name, heading in template.items()),
                *(row[name] for name in others),
            )
            for row in rows
        ),
        numbers=promises.numbers,
    )


def _is_kept(name: str) -> bool:
    return name not in PROMISES.names


def _is_told_by(template: Mapping[str, Heading], name: str) -> bool:
    """Whether a kept column stands under a heading of the template, which no column takes alone."""
    open_ = {folded(one) for one, heading in template.items() if not heading.column}
    return folded(name) in open_


def _cell(name: str, heading: Heading, row: Mapping[str, str]) -> str:
    if heading.column:
        return row.get(heading.column, "")
    same = {folded(kept_name(name)), folded(name)}
    kept = next((row[one] for one in row if _is_kept(one) and folded(one) in same), "")
    if heading.holds not in TOLD:
        return kept
    return kept if kept and _still_holds(kept, heading, row) else told(heading.holds, row)


def _still_holds(kept: str, heading: Heading, row: Mapping[str, str]) -> bool:
    """Whether words that were kept say nothing that the promise's own columns contradict."""
    if heading.holds is Holds.KEPT:
        return True
    found = said(kept, heading, _HABIT).columns
    return all(row.get(column, "") == value for column, value in found.items())
