"""``evenground seal``: fix promises, and how they will be judged, before the outcome is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evenground.cli.options import AsJson
from evenground.cli.paragraphs import paragraph
from evenground.cli.printing import say, say_json
from evenground.cli.wording import seal as words
from evenground.errors import Problem, UsageError
from evenground.language import N_, Language, language

if TYPE_CHECKING:
    from evenground.record.sealed_text import DataPresent, SealedText
    from evenground.workspace.sealing import Made, Terms


def seal(  # noqa: PLR0913 - a command's options, each with a name
    initiative: Annotated[Path, typer.Argument(help="Folder of the initiative, or its workbook.")],
    *,
    by: Annotated[str, typer.Option(help="Who seals: best an office, not a name.")] = "",
    amend: Annotated[
        str, typer.Option(help="Seal the changed tables beside the earlier seal: the reason.")
    ] = "",
    open_: Annotated[
        bool, typer.Option("--open", help="Publish the texts and keys of all entries.")
    ] = False,
    afterwards: Annotated[
        str, typer.Option(help="Who put the promises together after the fact.")
    ] = "",
    note: Annotated[str, typer.Option(help="Record a note.")] = "",
    decision: Annotated[str, typer.Option(help="Record what was decided, by whom, and why.")] = "",
    key_lost: Annotated[
        int | None, typer.Option(min=1, help="Number of an entry whose key is lost.")
    ] = None,
    city: Annotated[
        Path | None, typer.Option(help="City folder, if promises name outcome data in it.")
    ] = None,
    show: Annotated[bool, typer.Option(help="Show what would be sealed; write nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Seal the promises of an initiative, and how they will be judged.

    Only a commitment becomes public; text and key stay apart until --open.
    """
    from evenground.workspace.sealing import Terms

    chosen = {
        "--amend": amend,
        "--open": open_,
        "--note": note,
        "--decision": decision,
        "--key-lost": key_lost,
        "--show": show,
    }
    asked = [name for name, value in chosen.items() if value]
    _refuse_together(asked)
    terms = Terms(by=by, afterwards_by=afterwards, city=city)
    if show:
        _show(initiative, terms, as_json=as_json)
        return
    made = _made(initiative, asked[0] if asked else "", chosen, terms)
    if as_json:
        say_json(_as_data(made))
        return
    for line in _lines(made, language("en"), initiative):
        say(line)


def _made(initiative: Path, asked: str, chosen: dict[str, Any], terms: Terms) -> Made:
    from evenground.record.entry import EntryKind
    from evenground.workspace import sealing

    match asked:
        case "--amend":
            return sealing.amend(initiative, chosen[asked], terms=terms)
        case "--open":
            return sealing.open_seals(initiative, terms=terms)
        case "--note":
            return sealing.add_words(initiative, chosen[asked], terms=terms)
        case "--decision":
            kind = EntryKind.DECISION
            return sealing.add_words(initiative, chosen[asked], kind=kind, terms=terms)
        case "--key-lost":
            return sealing.report_key_lost(initiative, chosen[asked], terms=terms)
        case _:
            return sealing.seal(initiative, terms=terms)


def _refuse_together(asked: list[str]) -> None:
    if len(asked) > 1:
        raise UsageError(
            Problem(
                code="options_apart",
                value=" ".join(asked),
                what=N_("These options do not go together: {value}"),
                rule=N_("An entry records one thing."),
                way_out=N_("Run the command once for each."),
            )
        )


def _show(initiative: Path, terms: Terms, *, as_json: bool) -> None:
    """Show the tables cell by cell, as they would be sealed."""
    from evenground.workspace.sealing import state_of

    state, title = state_of(initiative, city=terms.city)
    if as_json:
        tables = [table.as_json for table in state.tables]
        present = [one.as_json for one in state.data_present]
        say_json({"initiative": title, "tables": tables, "data_present": present})
        return
    speaks = language("en")
    say(speaks.text(words.SHOWN))
    for table in state.tables:
        say(speaks.say(words.ROWS, {"table": table.table, "n": len(table.rows)}))
        for row in table.rows:
            cells = zip(table.columns, row, strict=True)
            shown = "; ".join(f"{column}: {text}" for column, text in cells if text)
            for line in paragraph(shown, inset=2, hanging=4):
                say(line)
    for line in _data_lines(state.data_present, speaks):
        say(line)


def _lines(made: Made, speaks: Language, initiative: Path) -> Iterator[str]:
    from evenground.workspace.sealing.files import OPENED, PUBLIC, record_of

    entry, files = made.entry, record_of(initiative)
    opened = [str(number) for number in made.opened]
    known = {"sequence": entry.sequence, "stated_on": entry.stated_on, "opened": opened}
    yield speaks.say(words.MADE[entry.kind.value], known)
    if entry.kind.seals:
        yield from _sealed_lines(made.text, speaks)
    yield speaks.say(words.CODE, {"code": made.code})
    yield speaks.say(words.HEAD, {"head": made.head})
    yield from paragraph(speaks.text(words.TELL))
    if made.opened:
        where = {"file": OPENED, "chain": PUBLIC}
        yield from paragraph(speaks.say(words.PUBLISHED, where))
    else:
        yield from paragraph(speaks.say(words.KEEP, {"folder": files.private.parent}))


def _sealed_lines(text: SealedText, speaks: Language) -> Iterator[str]:
    for table in text.tables:
        yield "  " + speaks.say(words.ROWS, {"table": table.table, "n": len(table.rows)})
    absent = _not_there(text)
    if absent:
        yield from paragraph(speaks.say(words.NOT_THERE, {"tables": absent}), inset=2)
    yield from _data_lines(text.data_present, speaks)


def _data_lines(present: tuple[DataPresent, ...], speaks: Language) -> Iterator[str]:
    for one in present:
        template = words.DATA if one.last_date else words.DATA_UNDATED
        known = {
            "role": speaks.text(words.ROLES[one.role.value]),
            "dataset": one.dataset,
            "file": one.file,
            "until": one.last_date,
        }
        told = speaks.say(template if one.sha256 else words.DATA_NONE, known)
        yield from paragraph(told, inset=2, hanging=4)


def _not_there(text: SealedText) -> list[str]:
    from evenground.record.sealed_text import SEALED_TABLES

    there = {table.table for table in text.tables if table.rows}
    return [name for name in SEALED_TABLES if name not in there]


def _as_data(made: Made) -> dict[str, Any]:
    entry, text = made.entry, made.text
    return {
        "sequence": entry.sequence,
        "kind": entry.kind.value,
        "stated_on": entry.stated_on.isoformat(),
        "head": made.head,
        "code": made.code,
        "commitment": entry.commitment,
        "outcomes_until": entry.outcomes_until,
        "afterwards": entry.afterwards,
        "tables": {table.table: len(table.rows) for table in text.tables},
        "not_there": _not_there(text) if entry.kind.seals else [],
        "data_present": [one.as_json for one in text.data_present],
        "opened": list(made.opened),
    }
