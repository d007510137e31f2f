"""Draft a dataset's datasheet: what its columns seem to be, for a person to correct and finish."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from evenground.language import Language
from evenground.questions.data import QUESTION
from evenground.questions.data.datasheet.drafting import draft
from evenground.questions.data.plan import sheet_of
from evenground.workspace.auditing.opening import Named, opened
from evenground.workspace.telling import Teller

if TYPE_CHECKING:
    from evenground.questions.data.measures.roles import Roles

Progress = Callable[[float | None, str], None]


def _quiet(_: float | None, __: str) -> None:
    """Say nothing."""


def drafted_datasheet(
    source: Path | str,
    speaks: Language,
    *,
    sheet: str = "",
    roles: Mapping[str, Any] | None = None,
    progress: Progress = _quiet,
) -> tuple[str, Roles]:
    """Return a datasheet as commented TOML, and what the columns were taken for.

    Parameters
    ----------
    source
        A file, a folder of files, or the address of a table in PostgreSQL.
    speaks
        Language of the notes.
    sheet
        Sheet or layer of a file.
    roles
        What columns stand for, where somebody knows better than a guess.
    progress
        Told how far things are.

    Raises
    ------
    EvengroundError
        If it cannot be read at all.
    """
    teller = Teller(QUESTION.wording, speaks)
    named = Named(roles=roles or {})
    with opened(source, named, sheet=sheet, progress=progress) as one:
        found = sheet_of(one.card)
        guessed = {role: teller.message(why) for role, why in one.card.guessed.items()}
        text = draft(found, speaks=speaks, profiles=one.card.columns, guessed=guessed)
        return text, found.roles


def datasheet_name(source: str) -> str:
    """Return what a datasheet is called unless a name is given: after its data, in TOML."""
    if "://" in source:
        table = parse_qs(urlsplit(source).query).get("table", [""])[0]
        stem = table.rpartition(".")[2]
    else:
        stem = Path(source.rstrip("/\\")).name.split(".", maxsplit=1)[0]
    return f"{stem or 'data'}.datasheet.toml"
