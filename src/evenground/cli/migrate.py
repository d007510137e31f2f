"""``evenground migrate``: carry files over to the format that this version reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evenground.cli.printing import say, say_json

if TYPE_CHECKING:
    from evenground.workspace.migrating import Migrated


def migrate(
    paths: Annotated[
        list[Path], typer.Argument(help="city.toml, initiative.toml, dossier.json, or folders.")
    ],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Bring city, initiative and dossier files to the newest format.

    Comments stay. The old file is kept beside the new one. Nothing is written before every file
    has been understood.
    """
    from evenground.workspace.migrating import files_with_format, migrated_file

    files = list(dict.fromkeys(file for path in paths for file in files_with_format(path)))
    found = [(file, migrated_file(file)) for file in files]
    kept = {file: _replace(file, one) for file, one in found if one.changed and not dry_run}
    if as_json:
        say_json([_as_data(file, one, kept.get(file)) for file, one in found])
        return
    for file, one in found:
        say(_line(file, one, kept.get(file)))


def _replace(file: Path, one: Migrated) -> Path:
    """Keep the old file under a name of its own, then write the new one."""
    from evenground.workspace.writing import write_atomic

    old = file.with_name(f"{file.stem}.format{one.was}{file.suffix}")
    write_atomic(old, file.read_bytes(), overwrite=False)
    write_atomic(file, one.text)
    return old


def _line(file: Path, one: Migrated, old: Path | None) -> str:
    if not one.changed:
        return f"{file}: format {one.now} already"
    if old is None:
        return f"{file}: would go from format {one.was} to format {one.now}"
    return f"{file}: from format {one.was} to format {one.now}; the old file is {old.name}"


def _as_data(file: Path, one: Migrated, old: Path | None) -> dict[str, object]:
    return {
        "file": str(file),
        "was": one.was,
        "now": one.now,
        "changed": one.changed,
        "old_file": str(old) if old else None,
    }
