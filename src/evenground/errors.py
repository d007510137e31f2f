"""What can go wrong, where, and the way out.

A ``Problem`` is one defect in an input: code, place, value, rule, way out. ``EvengroundError`` and
its kinds carry one or more problems. Sentences are templates in ``MESSAGES``-style catalogues, one
per package that raises them; codes and parameters stay apart from words so that ``--json`` and
translations need nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

SHOWN_CHARACTERS = 80
"""How much of a value a problem repeats; the place says where the rest stands."""


class Severity(StrEnum):
    """How far a problem reaches: stops the table, sets a row aside, or is only said."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a problem stands; the row is the number a spreadsheet program shows (header = 1)."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One defect of an input.

    ``what`` says what is wrong, ``rule`` why it matters, ``way_out`` what to do; each is a template
    filled from ``parameters`` (``value`` and ``nearest`` are always among the fields).
    """

    code: str
    severity: Severity = Severity.ERROR
    place: Place = field(default_factory=Place)
    value: str = ""
    nearest: str = ""
    n_rows: int = 1
    what: str = ""
    rule: str = ""
    way_out: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def fields(self) -> dict[str, Any]:
        """Every field that the three templates may name."""
        return {
            "value": self.value,
            "nearest": self.nearest,
            "n_rows": self.n_rows,
            "file": self.place.file,
            "sheet": self.place.sheet,
            "row": self.place.row,
            "column": self.place.column,
            **self.parameters,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemKind:
    """A sort of defect with its sentences; ``at`` makes the problem of one place.

    ``suggestion`` replaces ``way_out`` when a nearest valid name is known.
    """

    code: str
    what: str
    rule: str
    way_out: str
    suggestion: str = ""
    severity: Severity = Severity.ERROR

    def at(
        self,
        place: Place,
        *,
        value: object = "",
        nearest: str = "",
        n_rows: int = 1,
        **parameters: Any,
    ) -> Problem:
        """Return the problem of this kind at ``place``."""
        shown = str(value)
        if len(shown) > SHOWN_CHARACTERS:
            shown = shown[: SHOWN_CHARACTERS - 1] + "…"
        return Problem(
            code=self.code,
            severity=self.severity,
            place=place,
            value=shown,
            nearest=nearest,
            n_rows=n_rows,
            what=self.what,
            rule=self.rule,
            way_out=self.suggestion if nearest and self.suggestion else self.way_out,
            parameters=parameters,
        )


def nearest_name(name: str, names: Iterable[str]) -> str:
    """Return the valid name most like ``name`` (case ignored); empty if none is near."""
    folded = {known.casefold(): known for known in sorted(names, reverse=True)}
    close = get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else ""


class EvengroundError(Exception):
    """Wrong use or an unusable input; ``problems`` lists every defect found, not only the first."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{p.code}: {p.what.format(**p.fields)}" for p in problems))


class UsageError(EvengroundError):
    """The call itself is wrong: an unknown option, setting, question or domain."""

    exit_code = 2


class NotFoundError(EvengroundError):
    """A file, folder, sheet, layer or column that was named is not there."""

    exit_code = 3


class FormatError(EvengroundError):
    """A file cannot be read as what it claims to be."""

    exit_code = 4


class InvalidInputError(EvengroundError):
    """A file was read but breaks a rule of the data model."""

    exit_code = 5


class UntrustedInputError(EvengroundError):
    """A file exceeds a reading limit or tries something that data must not do."""

    exit_code = 6


class VersionError(EvengroundError):
    """A file was written in another format version; ``evenground migrate`` may help."""

    exit_code = 7


class WriteError(EvengroundError):
    """A result could not be written; whatever stood there before is unchanged."""

    exit_code = 8


class Cancelled(EvengroundError):  # noqa: N818 - it is a wish of the user's, not a fault
    """The user asked to stop."""

    exit_code = 130
