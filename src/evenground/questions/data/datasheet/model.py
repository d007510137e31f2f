"""What a datasheet may say. Every field may stay empty; what is empty is open, not refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from evenground.questions.data.measures.roles import Roles


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What one person vouches for about one measure; several may, for other purposes.

    Attributes
    ----------
    says
        ``met``, ``not_met``, or empty where only ``words`` were written.
    words
        The statement itself.
    by, role, interest
        Who says so, in what role, and what they get from the data being used (money, a contract).
    on, valid_until
        When it was said, and until when it holds; without a date it is open.
    evidence
        Title or address of the document that shows it.
    purposes
        For which purposes it is said; empty for all.
    """

    says: str = ""
    words: str = ""
    by: str = ""
    role: str = ""
    interest: str = ""
    on: date | None = None
    valid_until: date | None = None
    evidence: str = ""
    purposes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSheet:
    """What one column means and which values it may have.

    Attributes
    ----------
    meaning, unit
        In words; the unit of a measured number.
    kind
        ``text``, ``integer``, ``number``, ``boolean``, ``date``, ``datetime``, ``time`` or empty.
    format, decimal
        How values are written (``%d/%m/%Y``), where it is not the usual way; the decimal sign,
        where it is a comma.
    low, high
        Smallest and largest value that the instrument can give.
    max_per_hour
        Fastest change that can be real, per hour.
    min_stuck
        How many equal readings in a row are too many.
    saturates_at
        Values at which the instrument stops rising or falling.
    placeholders
        Values that stand for "no reading" (-999).
    codes
        Meaning of each code; closed list where it is not empty.
    required, unique
        Whether it may be empty, and whether a value may come twice.
    """

    meaning: str = ""
    unit: str = ""
    kind: str = ""
    format: str = ""
    decimal: str = ""
    low: float | None = None
    high: float | None = None
    max_per_hour: float | None = None
    min_stuck: int | None = None
    saturates_at: tuple[float, ...] = ()
    placeholders: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict[str, str])
    required: bool = False
    unique: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Where and how others get the data.

    ``answers`` and ``download_answers`` say whether the addresses answered when somebody tried, on
    ``checked_on``; ``None`` where nobody has.
    """

    url: str = ""
    download_url: str = ""
    how: str = ""
    since: date | None = None
    rights: str = ""
    format: str = ""
    media_type: str = ""
    byte_size: int | None = None
    answers: bool | None = None
    download_answers: bool | None = None
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What the readings can be held against: a file, and what it is.

    ``kind`` is ``colocated_instrument``, ``manual_count``, ``register``, ``survey`` or ``other``;
    ``time`` and ``value`` are its columns, ``column`` the one of the data that it is for, and
    ``sensor`` the sensor beside it (empty: all).
    """

    file: str
    kind: str = "other"
    column: str = ""
    sensor: str = ""
    time: str = ""
    value: str = ""
    by: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two sensors that stand at one place and should agree, within ``tolerance`` of the column."""

    first: str
    second: str
    column: str = ""
    tolerance: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model whose output is in the data: who made it, for what, and what it was made from."""

    name: str
    column: str = ""
    made_by: str = ""
    made_for: str = ""
    paid_by: str = ""
    version: str = ""
    trained_on: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Granularity:
    """How fine data must be for one purpose, in seconds and metres, with who says so and why."""

    seconds: float | None = None
    metres: float | None = None
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of how things are measured or coded, with its date and reason."""

    on: date | None
    what: str
    why: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Datasheet:
    """What people say about a dataset; made by whomever, it is read in the same way.

    Attributes
    ----------
    title, description, keywords, themes, identifier, language
        What it is called and about.
    producer, made_for, for_whom, who_profits, not_in_it, collected_by
        Who produces it, for what, for whom, who gains from it, who or what is not in it, and who
        or what does the measuring.
    made_by_residents, conditions, not_for
        Whether residents or associations made it; conditions of use, whoever made it; purposes for
        which those who made it do not give it.
    licence, publisher, contact, access, update_frequency, issued, modified
        How others get and use it.
    starts_on, ends_on, place
        Period and place that it is about.
    legal_basis
        What entitles whoever holds it to do so.
    methods_document, standards
        Where the making is described; standards that it follows.
    about_people
        Whether rows are about people; ``None`` where nobody says.
    expected_rows, expected_rows_source
        How many rows there should be, and how that is known (a register, a sum published).
    zone, crs, roles, cadence_seconds, late_seconds, columns
        How its columns are to be read, and what they may hold.
    needed
        How fine it must be, by purpose.
    reference, colocated, models
        What to hold it against; sensors that should agree; models whose output it carries.
    declared
        What somebody vouches for, by measure.
    changes
        Changes that are known of.
    file
        The file itself, when it is named.
    """

    title: str = ""
    description: str = ""
    identifier: str = ""
    language: str = ""
    keywords: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    producer: str = ""
    made_for: str = ""
    for_whom: str = ""
    who_profits: str = ""
    not_in_it: str = ""
    collected_by: str = ""
    made_by_residents: bool | None = None
    conditions: str = ""
    not_for: tuple[str, ...] = ()
    licence: str = ""
    publisher: str = ""
    contact: str = ""
    access: Access = field(default_factory=Access)
    update_frequency: str = ""
    issued: date | None = None
    modified: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    place: str = ""
    legal_basis: str = ""
    methods_document: str = ""
    standards: tuple[str, ...] = ()
    about_people: bool | None = None
    expected_rows: int | None = None
    expected_rows_source: str = ""
    zone: str = ""
    crs: str = ""
    roles: Roles = field(default_factory=Roles)
    cadence_seconds: float | None = None
    late_seconds: float | None = None
    columns: Mapping[str, ColumnSheet] = field(default_factory=dict[str, ColumnSheet])
    needed: Mapping[str, Granularity] = field(default_factory=dict[str, Granularity])
    reference: Reference | None = None
    colocated: tuple[Pair, ...] = ()
    models: tuple[Model, ...] = ()
    declared: Mapping[str, tuple[Declared, ...]] = field(
        default_factory=dict[str, tuple[Declared, ...]]
    )
    changes: tuple[Change, ...] = ()
    file: str = ""
