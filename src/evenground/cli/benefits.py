"""``evenground benefits``: a benefits register in, as promises; promises out, as a register."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evenground.cli.options import AsJson, Decimal, Sheet
from evenground.cli.paragraphs import paragraph
from evenground.cli.printing import command_name, say, say_json
from evenground.cli.wording import benefits as words
from evenground.language import Language, language
from evenground.workspace.benefits.headings import Profile

if TYPE_CHECKING:
    from evenground.workspace.benefits.files import ReadRegister
    from evenground.workspace.benefits.register import Imported

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Read a benefits register into promises, or write promises as one.",
)


@app.command("import")
def import_(  # noqa: PLR0913 - a command's options, each with a name
    register: Annotated[Path, typer.Argument(help="Benefits register: CSV or XLSX.")],
    *,
    into: Annotated[Path, typer.Option(help="Folder of the initiative.")],
    sheet: Sheet = "",
    decimal: Decimal = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the promises of an earlier import.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read a benefits register into an initiative, as its table of promises (promises.csv).

    Headings of the Green Book's template and of the ATAP guidelines are known, and those of the
    table of promises. Nothing is lost: what no column takes is kept as it was written.
    """
    from evenground.workspace.benefits import files

    read = files.read_register(register, sheet=sheet)
    imported = files.import_register(
        read, into, how=files.How(replace=replace, decimal=decimal, dry_run=dry_run)
    )
    target = into / files.FILE
    if as_json:
        say_json(_imported_data(read, imported, target, written=not dry_run))
        return
    for line in _imported_lines(read, imported, target, written=not dry_run):
        say(line)


@app.command()
def export(
    initiative: Annotated[Path, typer.Argument(help="Folder of the initiative, or its workbook.")],
    *,
    to: Annotated[Path, typer.Option(help="File to write: .csv or .xlsx.")],
    profile: Annotated[
        Profile, typer.Option("--as", help="Whose headings the register is to have.")
    ] = Profile.EVENGROUND,
    as_json: AsJson = False,
) -> None:
    """Write the promises of an initiative as a benefits register; no file is ever replaced.

    Whatever a template has no heading for follows after it, so that reading the register back
    gives the same promises.
    """
    from evenground.workspace.benefits import files
    from evenground.workspace.benefits.exporting import as_register
    from evenground.workspace.opening import open_initiative

    promises = files.promises_of(open_initiative(initiative), name=str(initiative))
    register = as_register(promises, profile)
    files.write_register(register, to)
    n = len(register.rows)
    if as_json:
        say_json({"file": str(to), "n_promises": n, "columns": list(register.names)})
        return
    say(language("en").say(words.EXPORTED, {"n": n, "to": str(to)}))


def _imported_lines(
    read: ReadRegister, imported: Imported, target: Path, *, written: bool
) -> Iterator[str]:
    from evenground.workspace.benefits.headings import folded

    speaks = language("en")
    known = {"n": len(imported.promises.rows), "file": read.file, "to": str(target)}
    yield from paragraph(speaks.say(words.IMPORTED if written else words.WOULD, known))
    for heading, columns in imported.read_as.items():
        if columns != (folded(heading).replace(" ", "_"),):
            told = speaks.say(words.READ_AS, {"heading": heading, "columns": columns})
            yield from paragraph(told, inset=2, hanging=4)
    if imported.kept:
        yield from paragraph(speaks.say(words.KEPT, {"headings": imported.kept}))
    yield from _row_lines(imported, speaks)
    yield from _noticed_lines(read, speaks)
    yield from _lacking_lines(imported, speaks)
    if written:
        told = {"command": command_name(), "folder": str(target.parent)}
        yield from paragraph(speaks.say(words.NEXT, told))


def _row_lines(imported: Imported, speaks: Language) -> Iterator[str]:
    for heading, rows in imported.in_words.items():
        known = {"heading": heading, "rows": [str(row) for row in rows], "n": len(rows)}
        yield from paragraph(speaks.say(words.IN_WORDS, known))
    for template, rows in (
        (words.NUMBERED, imported.numbered),
        (words.DISBENEFITS, imported.disbenefits),
    ):
        if rows:
            known = {"rows": [str(row) for row in rows], "n": len(rows)}
            yield from paragraph(speaks.say(template, known))


def _noticed_lines(read: ReadRegister, speaks: Language) -> Iterator[str]:
    from evenground.workspace.telling_problems import tell

    if read.told:
        yield speaks.say(words.NOTICED, {"file": read.file})
    for problem in read.told:
        yield from paragraph(tell(problem, speaks).what, inset=2, hanging=4)


def _lacking_lines(imported: Imported, speaks: Language) -> Iterator[str]:
    from evenground.workspace.benefits.lacking import lacking

    found = [one for one in lacking(imported.promises) if one.columns]
    if not found:
        yield from paragraph(speaks.text(words.LACKS_NOTHING))
        return
    yield speaks.text(words.WHAT_IS_LEFT_OUT)
    for one in found:
        known = {"code": one.promise_id, "columns": one.columns}
        yield from paragraph(speaks.say(words.LACKS, known), inset=2, hanging=4)


def _imported_data(
    read: ReadRegister, imported: Imported, target: Path, *, written: bool
) -> dict[str, Any]:
    from evenground.workspace.benefits.lacking import lacking

    return {
        "file": read.file,
        "sha256": read.sha256,
        "to": str(target),
        "written": written,
        "n_promises": len(imported.promises.rows),
        "read_as": imported.read_as,
        "kept": imported.kept,
        "in_words": imported.in_words,
        "numbered": imported.numbered,
        "disbenefits": imported.disbenefits,
        "left_out": {one.promise_id: one.columns for one in lacking(imported.promises)},
    }
