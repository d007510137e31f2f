"""Make new folders and workbooks to be filled in; nothing that is there is ever overwritten."""

from __future__ import annotations

from pathlib import Path

from evenground.city import CITY_SETTINGS
from evenground.language import N_, Language
from evenground.questions import discover
from evenground.workspace.domains import Domain
from evenground.workspace.skeletons import city_toml, initiative_toml, questions_md
from evenground.workspace.workbook import sheets_for, workbook_bytes
from evenground.workspace.writing import write_atomic, write_together

WORKBOOK = ".xlsx"
_TITLES = {
    "city": N_("A city's tables"),
    "initiative": N_("An initiative"),
    "offer": N_("An offer and its city"),
}


def make_city(path: Path, *, speaks: Language) -> tuple[Path, ...]:
    """Write ``city.toml`` and ``city.xlsx`` into a folder, or one workbook if ``path`` names one.

    Raises
    ------
    WriteError
        If a file of that name is there already, or the disk refuses.
    """
    if path.suffix.lower() == WORKBOOK:
        return (write_atomic(path, _workbook("city", speaks), overwrite=False),)
    questions = discover()
    settings = [*CITY_SETTINGS, *(one for asked in questions for one in asked.settings)]
    files: dict[str, bytes | str] = {
        "city.toml": city_toml(speaks, settings, [asked.key for asked in questions]),
        "city.xlsx": _workbook("city", speaks, beside=True),
    }
    return write_together(path, files)


def make_initiative(
    path: Path, *, speaks: Language, domain: Domain | None = None
) -> tuple[Path, ...]:
    """Write ``initiative.toml``, ``initiative.xlsx`` and, for a domain, ``questions.md``.

    Raises
    ------
    WriteError
        If a file of that name is there already, or the disk refuses.
    """
    if path.suffix.lower() == WORKBOOK:
        data = _workbook("initiative", speaks, domain=domain)
        return (write_atomic(path, data, overwrite=False),)
    files: dict[str, bytes | str] = {
        "initiative.toml": initiative_toml(speaks, domain),
        "initiative.xlsx": _workbook("initiative", speaks, domain=domain, beside=True),
    }
    if domain is not None:
        files["questions.md"] = questions_md(domain, speaks)
    return write_together(path, files)


def make_offer(path: Path, *, speaks: Language, domain: Domain | None = None) -> tuple[Path, ...]:
    """Write one workbook that holds an initiative and its city.

    Raises
    ------
    WriteError
        If a file of that name is there already, or the disk refuses.
    """
    target = path if path.suffix.lower() == WORKBOOK else path.with_name(f"{path.name}{WORKBOOK}")
    return (write_atomic(target, _workbook("offer", speaks, domain=domain), overwrite=False),)


def _workbook(
    kind: str, speaks: Language, *, domain: Domain | None = None, beside: bool = False
) -> bytes:
    sheets = sheets_for(kind, speaks=speaks, questions=discover(), domain=domain, beside=beside)
    return workbook_bytes(sheets, speaks=speaks, title=speaks.text(_TITLES[kind]))
