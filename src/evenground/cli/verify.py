"""``evenground verify``: whether sealed promises are still what they were, without any network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evenground.cli.options import AsJson
from evenground.cli.paragraphs import paragraph
from evenground.cli.printing import say, say_json
from evenground.cli.witness import Head, On, witness_of
from evenground.cli.wording import seal as words
from evenground.language import Language, language
from evenground.record.differences import told_apart
from evenground.record.wording import BREAKS, LIMITS, PARTS

if TYPE_CHECKING:
    from evenground.record.differences import Difference
    from evenground.record.status import Amendment, SealStatus

_HOLDS, _DOES_NOT_HOLD = 0, 1


def verify(
    record: Annotated[
        Path, typer.Argument(help="Folder or workbook of an initiative, or its seals.jsonl.")
    ],
    *,
    head: Head = "",
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """Check a record: the chain, opened texts, and whether the tables are those that were sealed.

    Ends with 0 when all holds, 1 when something is broken, differs or was never sealed; with
    another number when the call is wrong or nothing can be read.
    """
    from evenground.workspace.sealing import seal_status

    status = seal_status(record, witness=witness_of(head, on), internal=True)
    holds = status.sealed and status.unbroken and not status.differs
    code = _HOLDS if holds else _DOES_NOT_HOLD
    speaks = language("en")
    if as_json:
        say_json({"exit_code": code, **_as_data(status, speaks)})
    else:
        for line in _lines(status, speaks):
            say(line)
    raise typer.Exit(code)


def _lines(status: SealStatus, speaks: Language) -> Iterator[str]:
    if status.n_entries:
        counted = {"n": status.n_entries, "code": status.code}
        yield speaks.say(words.ENTRIES, counted)
    if status.breaks:
        yield speaks.text(words.BROKEN)
        for sentence in _breaks(status, speaks):
            yield from paragraph(sentence, inset=2, hanging=4)
    elif status.n_entries:
        unwitnessed = status.witness is None
        yield from paragraph(speaks.text(words.NO_WITNESS if unwitnessed else words.UNBROKEN))
    if not status.sealed:
        yield speaks.text(words.NO_SEAL)
        return
    for sentence in _limits(status, speaks):
        yield from paragraph(sentence)
    yield from _seal_lines(status, speaks)
    for amendment in status.amendments:
        yield from _amendment_lines(amendment, speaks)
    yield from _differences_now(status, speaks)
    yield from paragraph(speaks.text(LIMITS["nobody_looked"]))


def _seal_lines(status: SealStatus, speaks: Language) -> Iterator[str]:
    known = {"sequence": status.sequence, "stated_on": status.sealed_on, "by": status.by}
    yield speaks.say(words.SEAL, known)
    if status.by:
        yield from paragraph(speaks.say(words.BY, known))
    yield speaks.text(words.OPENED if status.opened else words.CLOSED)
    until = status.outcomes_until
    told = words.OUTCOMES if until else words.NO_OUTCOMES
    yield from paragraph(speaks.say(told, {"until": until}))


def _breaks(status: SealStatus, speaks: Language) -> list[str]:
    return [
        speaks.say(BREAKS[one.code], {"line": one.line, **one.parameters}) for one in status.breaks
    ]


def _limits(status: SealStatus, speaks: Language) -> Iterator[str]:
    """Yield what the record cannot show, and what a witness adds."""
    seen = status.witness
    if seen is not None and seen.sequence is not None:
        known = {"on": seen.on, "sequence": seen.sequence}
        yield speaks.say(LIMITS["witness" if seen.on else "witness_undated"], known)
        later = [str(number) for number in range(seen.sequence + 1, status.n_entries + 1)]
        if later:
            yield speaks.say(LIMITS["later"], {"later": later})
        if seen.dated_before:
            entries = [str(number) for number in seen.dated_before]
            yield speaks.say(LIMITS["dated_before"], {"entries": entries})
    if status.afterwards:
        named = "afterwards" if status.afterwards_by else "afterwards_unnamed"
        yield speaks.say(LIMITS[named], {"who": status.afterwards_by})
    for number in status.keys_lost:
        yield speaks.say(LIMITS["key_lost"], {"sequence": number})
    for number in status.keys_missing:
        yield speaks.say(LIMITS["key_missing"], {"sequence": number})


def _amendment_lines(amendment: Amendment, speaks: Language) -> Iterator[str]:
    known = {
        "sequence": amendment.sequence,
        "stated_on": amendment.stated_on,
        "words": amendment.words,
    }
    told = words.AMENDED if amendment.words else words.AMENDED_CLOSED
    yield from paragraph(speaks.say(told, known))
    yield from _differences(amendment.changed or (), speaks)


def _differences_now(status: SealStatus, speaks: Language) -> Iterator[str]:
    if status.differs is None:
        yield from paragraph(speaks.text(words.NOT_COMPARED))
        return
    yield from paragraph(speaks.text(words.DIFFERS if status.differs else words.SAME))
    yield from _differences(status.differs, speaks)


def _differences(found: Sequence[Difference], speaks: Language) -> Iterator[str]:
    each, many = told_apart(found)
    for one in each:
        yield from paragraph(_difference(one, speaks), inset=2, hanging=4)
    for one in many:
        known = {"table": one.table, "n": one.n}
        yield from paragraph(speaks.say(words.MANY[one.change.value], known), inset=2, hanging=4)


def _difference(one: Difference, speaks: Language) -> str:
    template = {"added": words.ADDED, "removed": words.REMOVED}.get(one.change.value, words.CHANGED)
    nothing = speaks.text(words.NOTHING)
    known = {
        "table": one.table,
        "row": one.row or nothing,
        "column": speaks.text(PARTS.get(one.column, one.column)),
        "before": one.before or nothing,
        "after": one.after or nothing,
    }
    return speaks.say(template, known)


def _as_data(status: SealStatus, speaks: Language) -> dict[str, Any]:
    from dataclasses import asdict

    seen = status.witness
    return {
        "sealed": status.sealed,
        "unbroken": status.unbroken,
        "dated_by": status.dated_by.value,
        "entries": status.n_entries,
        "head": status.head,
        "code": status.code,
        "sequence": status.sequence,
        "sealed_on": status.sealed_on,
        "opened": status.opened,
        "by": status.by,
        "afterwards": status.afterwards,
        "afterwards_by": status.afterwards_by,
        "outcomes_until": status.outcomes_until,
        "data_present": [one.as_json for one in status.data_present],
        "keys_lost": list(status.keys_lost),
        "keys_missing": list(status.keys_missing),
        "witness": None if seen is None else {
            "sequence": seen.sequence, "on": seen.on, "dated_before": list(seen.dated_before)
        },
        "breaks": [
            {"code": one.code, "line": one.line, "says": says}
            for one, says in zip(status.breaks, _breaks(status, speaks), strict=True)
        ],
        "amendments": [asdict(one) for one in status.amendments],
        "differs": None if status.differs is None else [asdict(one) for one in status.differs],
    }  # fmt: skip
