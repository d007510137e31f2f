"""What an answer is made of: findings with estimates, figures, sources, accounts and objections.

Everything here is data: codes and parameters, never sentences. ``wording.py`` of a question turns a
code into a sentence, ``dossier`` puts sentences on a page.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Self

Parameter = Any
"""A value that a sentence may name: text, number, date, ``Estimate`` or a sequence of texts."""

SIGNIFICANT_DIGITS = 10


def settled(value: float) -> float:
    """Round to 10 significant digits, so that platforms agree on what is written down.

    Thresholds are compared before this; infinite and not-a-number values pass unchanged.
    """
    if value == 0 or not math.isfinite(value):
        return value
    return float(f"{value:.{SIGNIFICANT_DIGITS - 1}e}")


class EstimateKind(StrEnum):
    """How a number is known: counted, estimated with an interval, or bounded."""

    EXACT = "exact"
    ESTIMATED = "estimated"
    BOUND = "bound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number with its unit and uncertainty.

    Attributes
    ----------
    name
        Code of what is measured; its label stands in the question's wording as ``label.<name>``.
    value
        The number, or ``None`` when only bounds are known.
    unit
        Unit in the field's usual writing, e.g. ``share``, ``m``, ``per 10,000 residents``.
    kind, low, high, level
        ``exact``: no interval. ``estimated``: ``low``-``high`` at confidence ``level`` (0-1).
        ``bound``: ``low``-``high`` holds for certain, ``level`` is ``None``.
    about
        What the number is about when one name serves several (a group, an area, a date).
    """

    name: str
    value: float | None
    unit: str
    kind: EstimateKind
    low: float | None = None
    high: float | None = None
    level: float | None = None
    about: str = ""

    def __post_init__(self) -> None:
        """Round at the boundary and refuse an interval that its kind must or must not have."""
        for name in ("value", "low", "high"):
            number = getattr(self, name)
            if number is not None:
                whole = isinstance(number, int) and not isinstance(number, bool)
                object.__setattr__(self, name, number if whole else settled(float(number)))
        has_interval = self.low is not None and self.high is not None
        if (self.kind is EstimateKind.EXACT) == has_interval:
            msg = f"{self.name}: an exact estimate has no interval, any other has one"
            raise ValueError(msg)
        if (self.kind is EstimateKind.ESTIMATED) != (self.level is not None):
            msg = f"{self.name}: a confidence level belongs to estimated values, and only to them"
            raise ValueError(msg)

    @classmethod
    def exact(cls, name: str, value: float, *, unit: str, about: str = "") -> Self:
        """Return a counted number."""
        return cls(name=name, value=value, unit=unit, kind=EstimateKind.EXACT, about=about)

    @classmethod
    def estimated(
        cls,
        name: str,
        value: float,
        *,
        interval: tuple[float, float, float],
        unit: str,
        about: str = "",
    ) -> Self:
        """Return an estimate; ``interval`` is ``(low, high, level)``."""
        low, high, level = interval
        return cls(
            name=name, value=value, unit=unit, kind=EstimateKind.ESTIMATED,
            low=low, high=high, level=level, about=about,
        )  # fmt: skip

    @classmethod
    def bound(
        cls,
        name: str,
        value: float | None,
        *,
        bounds: tuple[float, float],
        unit: str,
        about: str = "",
    ) -> Self:
        """Return a number that certainly lies within ``bounds``."""
        return cls(
            name=name, value=value, unit=unit, kind=EstimateKind.BOUND,
            low=bounds[0], high=bounds[1], about=about,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """A question's own word for what it found; there is no scale that questions share.

    The words stand in the question's wording as ``verdict.<code>``.
    """

    code: str

    CANNOT_TELL: ClassVar[Verdict]
    NOT_ASKED: ClassVar[Verdict]
    DESCRIBED: ClassVar[Verdict]


Verdict.CANNOT_TELL = Verdict("cannot_tell")
Verdict.NOT_ASKED = Verdict("not_asked")
Verdict.DESCRIBED = Verdict("described")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A sentence to be: a wording code and its parameters. Caveats are messages too."""

    code: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict[str, Parameter])


Caveat = Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where numbers came from: a file (name inside its folder), its SHA-256 and the rows used."""

    table: str
    file: str
    sha256: str
    rows_read: int
    rows_used: int
    title: str = ""
    licence: str = ""
    vintage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How a number was made: the field's name, the formula in plain text, the literature."""

    name: str
    formula: str = ""
    literature: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A small table for people: cells are plain values, messages or estimates.

    ``columns`` are wording codes; one that is headed by somebody's own words brings them along, as
    ``code|name=words``.
    """

    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Parameter, ...], ...]
    title: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A Vega-Lite specification with the finding as its title, a text alternative and its numbers.

    Any string in ``spec`` that starts with ``wording:`` is replaced by that wording before drawing.
    Data that figures share (area outlines) is named in the specification and handed over once per
    dossier in ``Dossier.datasets``.
    """

    key: str
    spec: Mapping[str, Any]
    title: Message
    alternative: Message
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What somebody said, did or knew; evidence beside the figures."""

    words: str
    role: str
    how_gathered: str
    consent: str
    when: date | None = None
    place: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Whom to ask for what, why, and what the reply would unlock or change."""

    to: Message
    what: Message
    unlocks: Message
    by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Somebody disputes a finding or a statement; printed beside it."""

    words: str
    by: str
    when: date | None = None
    against: str = ""
    answer: str = ""
    changed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a question found, with all that it rests on.

    ``tables`` are shown under the sentence; ``bears_on`` names options of the decision (keys);
    ``claims`` are rows of the mission such as ``M18``. A finding may rest on accounts alone.
    """

    code: str
    verdict: Verdict
    parameters: Mapping[str, Parameter] = field(default_factory=dict[str, Parameter])
    estimates: tuple[Estimate, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    caveats: tuple[Message, ...] = ()
    sources: tuple[Source, ...] = ()
    method: Method | None = None
    claims: tuple[str, ...] = ()
    accounts: tuple[Account, ...] = ()
    bears_on: tuple[str, ...] = ()
    would_change: tuple[Message, ...] = ()
    asks: tuple[Ask, ...] = ()
    objections: tuple[Objection, ...] = ()

    @property
    def message(self) -> Message:
        """The finding's own sentence."""
        return Message(code=self.code, parameters=self.parameters)

    def estimate(self, name: str, about: str = "") -> Estimate:
        """Return the estimate of that name; ``KeyError`` if there is none."""
        for estimate in self.estimates:
            if estimate.name == name and estimate.about == about:
                return estimate
        raise KeyError((name, about))


def sources_of(
    tables: Sequence[str], known: Mapping[str, tuple[Source, ...]]
) -> tuple[Source, ...]:
    """Return the sources of several tables, in order, without repeats."""
    return tuple(dict.fromkeys(source for table in tables for source in known.get(table, ())))
