"""What was measured of a dataset, what a purpose asks of it, and whether it can carry that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from evenground.evidence import Message

MEASURES: tuple[str, ...] = (
    "access", "sustainability_and_reliability", "transparency_and_interpretability", "privacy",
    "fidelity", "cleanliness", "completeness", "spatial_granularity", "temporal_granularity",
    "spatial_coverage", "coherence", "metadata_availability", "changes_over_time",
    "standardisation", "methodological_transparency", "relevance",
)  # fmt: skip
"""The 16 measures, in the order of their source.

Source: Kitchin & Stehle 2021, Journal of Official Statistics 37(1):121-147 (the list only; what
each means here is said by ``measure.<name>.meaning``).
"""


class Purpose(StrEnum):
    """What is to be done with the data."""

    OPERATE = "operate"
    """Run the system that makes them."""
    DECIDE = "decide"
    """Base a decision on them."""
    OFFICIAL_STATISTICS = "official_statistics"
    """Offer them to official statistics, where the authority in charge decides."""


PURPOSES: tuple[str, ...] = tuple(purpose.value for purpose in Purpose)


class MeasureStatus(StrEnum):
    """Whether anything is known; what somebody declared with evidence is known."""

    ESTABLISHED = "established"
    NOT_ESTABLISHED = "not_established"


class MeasureKind(StrEnum):
    """How a value is known: counted, estimated with an interval, bounded, or declared."""

    EXACT = "exact"
    ESTIMATED = "estimated"
    BOUND = "bound"
    DECLARED = "declared"


class Basis(StrEnum):
    """Where a value comes from: the data themselves, what is written about them, or a person."""

    DATA = "data"
    METADATA = "metadata"
    DECLARED = "declared"


class Outcome(StrEnum):
    """What became of one requirement."""

    MET = "met"
    FAILED = "failed"
    OPEN = "open"
    NOT_REQUIRED = "not_required"


class CanCarry(StrEnum):
    """Whether data can carry a purpose."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot_tell"


class DataAlone(StrEnum):
    """What the data show without anybody's word for it."""

    NOTHING_FOUND = "nothing_found_against_it"
    FAILS = "fails"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A value with its interval, of a measure or of one aspect of it.

    Attributes
    ----------
    value, low, high
        In ``unit``. ``value`` is ``None`` where only an interval is known; all three are ``None``
        where nothing is.
    unit
        ``share`` (0-1), ``m``, ``s``, ``people`` or ``declared`` (1 met, 0 not met).
    kind, level
        How it is known; the confidence of an estimated interval.
    basis
        Where it comes from.
    status, reason
        Whether it is known; why not, or not more narrowly, and what would be needed.
    evidence
        Of what was declared: ``by``, ``role``, ``interest``, ``on``, ``document``,
        ``valid_until``, ``words``, as far as given.
    """

    unit: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    kind: MeasureKind = MeasureKind.EXACT
    level: float | None = None
    basis: Basis = Basis.DATA
    status: MeasureStatus = MeasureStatus.ESTABLISHED
    reason: Message | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def established(self) -> bool:
        """Whether anything is known."""
        return self.status is MeasureStatus.ESTABLISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured(Known):
    """One of the 16 measures of one dataset.

    Attributes
    ----------
    name
        One of ``MEASURES``; its wording is ``measure.<name>`` and ``measure.<name>.meaning``.
    method
        How it was worked out, with the numbers that it rests on: wording ``method.<name>...``.
    aspects
        Values beside the first one that a purpose may ask for by name (``recent``), each with its
        own interval; wording ``aspect.<measure>.<aspect>``.
    parts
        Further figures, ready for JSON; a unit ends each key.
    checks
        Names of the checks that it rests on; their flags are the rows behind it.
    notes
        What must be read beside it, such as that its maker vouches for it.
    """

    name: str
    method: Message
    aspects: Mapping[str, Known] = field(default_factory=dict[str, Known])
    parts: Mapping[str, float | None] = field(default_factory=dict[str, float | None])
    checks: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()

    def known(self, aspect: str = "") -> Known | None:
        """Return the measure itself, or one of its aspects; ``None`` if there is none so called."""
        return self.aspects.get(aspect) if aspect else self


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeRule:
    """What a purpose asks of one measure, or of one aspect of it.

    Attributes
    ----------
    at_least, at_most
        Thresholds in ``unit``, both included. Where both are ``None`` the need has to be declared
        (how fine in time or space) and is open until it is.
    declared
        Whether a person has to vouch for it, with evidence and date.
    origin
        Who set the threshold: a law, a standard, or a convention of Evenground's, said plainly.
    """

    measure: str
    purpose: str
    unit: str
    origin: str
    aspect: str = ""
    at_least: float | None = None
    at_most: float | None = None
    declared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of the table "measure by purpose".

    ``rule`` and ``known`` are ``None`` where nothing is required; ``because`` says why it is
    ``failed`` or ``open``, ``would_change`` what would change that.
    """

    measure: str
    purpose: str
    outcome: Outcome
    aspect: str = ""
    rule: PurposeRule | None = None
    known: Known | None = None
    because: Message | None = None
    would_change: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeVerdict:
    """Whether the data can carry one purpose, why, and what would change that.

    ``cells`` has a cell for each rule and one, ``not_required``, for each measure without a rule,
    in the order of ``MEASURES``.
    """

    purpose: str
    verdict: CanCarry
    from_data_alone: DataAlone
    because: tuple[Message, ...] = ()
    would_change: tuple[Message, ...] = ()
    cells: tuple[Cell, ...] = ()
    notes: tuple[Message, ...] = ()
