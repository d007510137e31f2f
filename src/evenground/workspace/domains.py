"""Templates of service domains: what to ask, who holds what, simpler ways, whose work changes."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar, cast

from evenground.errors import (
    FormatError,
    InvalidInputError,
    NotFoundError,
    Place,
    Problem,
    ProblemKind,
    UsageError,
    nearest_name,
)
from evenground.language import N_

FORMAT = 1
HOME = "evenground.workspace"
LARGEST_BYTES = 1_000_000

UNKNOWN_DOMAIN = ProblemKind(
    code="unknown_domain",
    what=N_("There is no template for the domain {value}."),
    rule=N_("A template holds the questions to ask about a service; there is one for: {known}."),
    way_out=N_(
        "Leave --domain out and write domain into initiative.toml yourself, or give a template of "
        "your own with --template FILE."
    ),
    suggestion=N_("Use --domain {nearest}, or a template of your own with --template FILE."),
)
NO_TEMPLATE = ProblemKind(
    code="template_missing",
    what=N_("There is no file {value}."),
    rule=N_("The template is read from it."),
    way_out=N_("Check the name and the folder."),
)
NOT_A_TEMPLATE = ProblemKind(
    code="template_unreadable",
    what=N_("{file} cannot be read as a template: {reason}."),
    rule=N_("A template is a TOML file of at most one megabyte."),
    way_out=N_("Compare it with the templates that come with Evenground."),
)
BAD_TEMPLATE = ProblemKind(
    code="template_incomplete",
    what=N_("{column} of the template {file} is missing or of the wrong kind."),
    rule=N_("It is shown to whoever fills the folder in."),
    way_out=N_("Add it as a text; the other templates show how."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, whom to ask, what the reply changes, the rows of the mission that it serves."""

    ask: str
    of: str
    why: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Data that usually exist, who holds them, which table they fill, what to beware of."""

    what: str
    held_by: str
    table: str
    beware: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A simpler way to the same end, as a question."""

    way: str
    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """People whose work changes, how, and what to ask them."""

    who: str
    change: str
    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """The template of one service."""

    key: str
    name: str
    about: str
    unit: str
    unit_plural: str
    questions: tuple[Question, ...]
    data: tuple[Held, ...]
    ways: tuple[Way, ...]
    work: tuple[Work, ...]


def known_domains() -> tuple[str, ...]:
    """Return the domains that have a template, in alphabetical order."""
    names = [file.name for file in resources.files(HOME).joinpath("templates").iterdir()]
    return tuple(
        sorted(name[:-5] for name in names if name.endswith(".toml") and name.count(".") == 1)
    )


def domain_named(key: str, *, language: str = "en") -> Domain:
    """Return the template of a domain in a language, in English where there is no translation.

    Raises
    ------
    UsageError
        If there is no template for it; the nearest known one is named.
    """
    known = known_domains()
    if key not in known:
        raise UsageError(
            UNKNOWN_DOMAIN.at(
                Place(), value=key, nearest=nearest_name(key, known), known=", ".join(known)
            )
        )
    folder = resources.files(HOME).joinpath("templates")
    for name in (f"{key}.{language}.toml", f"{key}.toml"):
        file = folder.joinpath(name)
        if file.is_file():
            return parse_domain(file.read_text(encoding="utf-8"), file=name)
    raise NotFoundError(NO_TEMPLATE.at(Place(), value=f"{key}.toml"))


def domain_from(path: Path) -> Domain:
    """Return the template in a file of the city's own.

    Raises
    ------
    NotFoundError
        If there is no such file.
    FormatError, InvalidInputError
        If it cannot be read as a template.
    """
    if not path.is_file():
        raise NotFoundError(NO_TEMPLATE.at(Place(file=path.name), value=path))
    if path.stat().st_size > LARGEST_BYTES:
        reason = f"{path.stat().st_size} bytes"
        raise FormatError(NOT_A_TEMPLATE.at(Place(file=path.name), reason=reason))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(NOT_A_TEMPLATE.at(Place(file=path.name), reason=str(error))) from error
    return parse_domain(text, file=path.name)


def parse_domain(text: str, *, file: str) -> Domain:
    """Return the template that a TOML text holds.

    Raises
    ------
    FormatError
        If the text is not TOML.
    InvalidInputError
        If something is missing or of the wrong kind; everything that is, is listed.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormatError(NOT_A_TEMPLATE.at(Place(file=file), reason=str(error))) from error
    reader = _Reader(file=file, problems=[])
    if values.get("format") != FORMAT:
        reader.bad("format")
    domain = Domain(
        **{
            name: reader.text(values, name, name)
            for name in ("key", "name", "about", "unit", "unit_plural")
        },
        questions=reader.items(values, "questions", Question),
        data=reader.items(values, "data", Held),
        ways=reader.items(values, "ways", Way),
        work=reader.items(values, "work", Work),
    )
    if reader.problems:
        raise InvalidInputError(*reader.problems)
    return domain


Item = TypeVar("Item", Question, Held, Way, Work)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    file: str
    problems: list[Problem]

    def bad(self, column: str) -> None:
        self.problems.append(BAD_TEMPLATE.at(Place(file=self.file, column=column)))

    def text(self, values: dict[str, Any], key: str, column: str) -> str:
        value = values.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.bad(column)
        return ""

    def items(self, values: dict[str, Any], key: str, kind: type[Item]) -> tuple[Item, ...]:
        listed = values.get(key, [])
        if not isinstance(listed, list):
            self.bad(key)
            return ()
        rows = cast("list[object]", listed)
        return tuple(self._item(row, f"{key}[{n}]", kind) for n, row in enumerate(rows, start=1))

    def _item(self, row: object, column: str, kind: type[Item]) -> Item:
        values = cast("dict[str, Any]", row) if isinstance(row, dict) else {}
        names = [one.name for one in fields(kind)]
        found: dict[str, Any] = {
            name: self.text(values, name, f"{column}.{name}") for name in names if name != "claims"
        }
        if "claims" in names:
            claims: Sequence[object] = values.get("claims", ())
            found["claims"] = tuple(str(claim) for claim in claims)
        return kind(**found)
