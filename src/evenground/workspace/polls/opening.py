"""Open the file of a vote: Pabulib's ``.pb``, or the exports of Decidim or CONSUL."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from evenground.connectors.exported_table import ExportedTable, flattened
from evenground.connectors.pabulib.checks.listing import pabulib_problems
from evenground.connectors.pabulib.document import PabulibFile
from evenground.connectors.pabulib.reading import read_pabulib
from evenground.connectors.platforms.consul import consul_vote
from evenground.connectors.platforms.decidim import decidim_vote
from evenground.connectors.platforms.messages import COLUMN
from evenground.connectors.platforms.terms import VoteTerms
from evenground.errors import (
    FormatError,
    InvalidInputError,
    Place,
    ProblemKind,
    Severity,
    UntrustedInputError,
    UsageError,
    nearest_name,
)
from evenground.language import N_
from evenground.stores.entries import TableEntry
from evenground.stores.files import read_raw
from evenground.stores.folder import DataFile, sha256_of
from evenground.stores.limits import MAX_FILE_BYTES, MEBIBYTE
from evenground.stores.spreadsheet import as_text
from evenground.workspace.existing_file import existing_file
from evenground.workspace.polls.pabulib_poll import pabulib_poll
from evenground.workspace.polls.poll import Poll

FILE_UNREADABLE = ProblemKind(
    code="ballots_unreadable",
    what=N_("{file} cannot be opened: {reason}."),
    rule=N_("Ballots are read from a file."),
    way_out=N_("Check whether you may read it."),
)
FILE_LARGE = ProblemKind(
    code="ballots_large",
    what=N_("{file} is larger than {most} MiB."),
    rule=N_("No vote of a city needs as much; a file made to harm might."),
    way_out=N_("Take out what is not needed to count."),
)
NOT_JSON = ProblemKind(
    code="export_not_json",
    what=N_("{file} is not a list of records in JSON: {reason}."),
    rule=N_("An export in JSON is a list with a record for each project or order."),
    way_out=N_("Export it again, as JSON or CSV."),
)
BUDGET_NO_NUMBER = ProblemKind(
    code="budget_no_number",
    what=N_("--budget is {value}."),
    rule=N_("It is money in digits, with a point before decimals."),
    way_out=N_("Write it without currency and without commas: 1994767.23."),
)
EXPORT = ProblemKind(
    code="ballots_export",
    what=N_("{value} is an export, not a file of ballots (.pb)."),
    rule=N_("An export needs the name of its platform ({known}), the projects and the budget."),
    way_out=N_(
        "Add --platform, --projects and --budget, or make a .pb file of it first: "
        "evenground convert-ballots."
    ),
)
_EXPORTS = (".csv", ".xlsx", ".json")
_MONEY = re.compile(r"[0-9]+(\.[0-9]+)?")
Reader = Callable[..., PabulibFile]
PLATFORMS: Mapping[str, Reader] = {"decidim": decidim_vote, "consul": consul_vote}
"""Platforms whose exports can be read, by name."""


def open_pabulib(path: Path) -> PabulibFile:
    """Return a ``.pb`` file as it stands, with what is wrong with its structure.

    Raises
    ------
    NotFoundError
        If there is no such file.
    FormatError, UntrustedInputError
        If it cannot be opened, or is too large.
    """
    return read_pabulib(_bytes(path), file=str(path))


def open_poll(path: Path, *, checked: bool = False) -> Poll:
    """Return the vote that a ``.pb`` file holds.

    Parameters
    ----------
    path
        The file.
    checked
        Whether its warnings are all that ``check-ballots`` finds, not those of its structure only.

    Raises
    ------
    NotFoundError
        If there is no such file.
    UsageError
        If it is a table or JSON: an export, of which a platform has to be named.
    FormatError, UntrustedInputError
        If it cannot be opened, or is too large.
    InvalidInputError
        If something in it stands in the way of counting: every problem, each with its line.
    """
    if path.suffix.lower() in _EXPORTS:
        raise UsageError(EXPORT.at(Place(), value=str(path), known=", ".join(PLATFORMS)))
    file = open_pabulib(path)
    poll = pabulib_poll(file)
    problems = pabulib_problems(file) if checked else poll.warnings
    warnings = tuple(one for one in problems if one.severity is not Severity.NOTE)
    return replace(poll, warnings=warnings, sha256=sha256_of(path, name=str(path)))


def open_export(platform: str, projects: Path, ballots: Path, *, terms: VoteTerms) -> PabulibFile:
    """Return the rows of a vote held with a platform; they can be checked, counted and written.

    Parameters
    ----------
    platform
        One of ``PLATFORMS``.
    projects, ballots
        Exports as CSV, XLSX or JSON.
    terms
        What the exports do not say.

    Raises
    ------
    UsageError
        If the platform is unknown, or the budget is no number.
    InvalidInputError
        If a column is missing without which nothing can be counted.
    FormatError
        If JSON holds something else than records.
    EvengroundError
        As the stores do, if a file is missing or cannot be read.
    """
    if platform not in PLATFORMS:
        raise UsageError(
            ProblemKind(
                code="platform_unknown",
                what=N_("There is no reader for {value}."),
                rule=N_("Exports can be read of: {known}."),
                way_out=N_("Name one of these, or make a .pb file."),
            ).at(
                Place(),
                value=platform,
                nearest=nearest_name(platform, PLATFORMS),
                known=", ".join(PLATFORMS),
            )
        )
    if terms.budget and not _MONEY.fullmatch(terms.budget.strip()):
        raise UsageError(BUDGET_NO_NUMBER.at(Place(), value=terms.budget))
    file = PLATFORMS[platform](_table(projects), _table(ballots), terms=terms)
    missing = [problem for problem in file.problems if problem.code == COLUMN.code]
    if missing:
        raise InvalidInputError(*missing)
    return file


def open_export_poll(platform: str, projects: Path, ballots: Path, *, terms: VoteTerms) -> Poll:
    """Return the vote that the exports of a platform hold.

    Raises
    ------
    EvengroundError
        As ``open_export``.
    InvalidInputError
        If something stands in the way of counting.
    """
    poll = pabulib_poll(open_export(platform, projects, ballots, terms=terms))
    return replace(poll, sha256=sha256_of(ballots, name=str(ballots)))


def _bytes(path: Path) -> bytes:
    at = Place(file=str(path))
    try:
        if existing_file(path).stat().st_size > MAX_FILE_BYTES:
            raise UntrustedInputError(FILE_LARGE.at(at, most=MAX_FILE_BYTES // MEBIBYTE))
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise FormatError(FILE_UNREADABLE.at(at, reason=reason)) from error


def _table(path: Path) -> ExportedTable:
    """Return the rows of an export as text."""
    name = str(path)
    if path.suffix.lower() == ".json":
        return flattened(_records(path), file=name)
    file = DataFile(path=existing_file(path), name=name, sha256=sha256_of(path, name=name))
    raw = read_raw(file, TableEntry(table="", file=name), set())
    return ExportedTable(
        file=name,
        columns={
            column: [as_text(value) for value in values.to_pylist()]
            for column, values in raw.columns.items()
        },
        rows=raw.rows.tolist(),
    )


def _records(path: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads(_bytes(path).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FormatError(NOT_JSON.at(Place(file=str(path)), reason=str(error))) from error
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise FormatError(NOT_JSON.at(Place(file=str(path)), reason=type(found).__name__))
    return found
