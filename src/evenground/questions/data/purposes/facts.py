"""All that the 16 measures rest on: counts of checks, totals of readings, what people say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from evenground.questions.data.datasheet.model import Datasheet
from evenground.questions.data.measures.checks import Check, Status
from evenground.questions.data.measures.roles import Form, Roles
from evenground.questions.data.metadata.points import MetadataPoints
from evenground.questions.data.purposes.model import MeasureKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """Readings of all measured columns together.

    Attributes
    ----------
    expected
        From each series' first reading to its last, by its cadence; ``None`` without a cadence.
    expected_at_most
        The same over the whole period of the table: a series that begins late or ends early may
        have been meant to be there throughout.
    there
        Readings with a value.
    unmeasured, placeholders
        Of these, zeros from before anything was measured, and values that stand for none.
    n_instants
        Instants times columns: at least so many readings were meant.
    """

    expected: int | None
    expected_at_most: int | None
    there: int
    n_instants: int
    unmeasured: int = 0
    placeholders: int = 0

    @property
    def usable(self) -> int:
        """Readings that say something."""
        return max(self.there - self.unmeasured - self.placeholders, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Cells that should be filled, and those that are."""

    should: int
    filled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivering:
    """Series, those of them that still delivered at the end, and the longest silence in hours."""

    n_series: int
    n_still: int
    longest_gap_hours: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """What another measure found: a value with its interval, in the unit of who asks for it.

    ``n`` is how many pairs, residents or sites it rests on, ``of`` what they are.
    """

    low: float
    high: float
    value: float | None = None
    kind: MeasureKind = MeasureKind.BOUND
    level: float | None = None
    n: int | None = None
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """Rows alike in all columns that may tell who somebody is.

    ``smallest`` is the size of the smallest class (k), ``share_alone`` the share of rows that are
    alone in theirs, ``columns`` what was compared.
    """

    smallest: int
    share_alone: float
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of one dataset before it is judged.

    Attributes
    ----------
    today
        The day of the audit: what was declared may have run out by then.
    n_rows, n_columns, n_series
        Size; series are sensors, or one where there is none.
    columns, numeric
        Names of all columns, and of those that hold numbers.
    checks
        Every check by name.
    datasheet
        What people say; ``None`` where there is no datasheet at all.
    readings, recent, recent_days
        Of the whole period, and of its last days.
    cells
        Of the columns that should be filled.
    delivering
        Which series still deliver.
    cadence_seconds, spacing_metres
        Time from one reading to the next, and distance from one place to the next.
    coverage
        Share of residents (0-1) within reach of a place that works.
    relative_error
        Distance from the reference as a share of it (0 and more).
    disclosure, metadata
        What could be learnt of people; points of the catalogue's record.
    """

    today: date
    n_rows: int
    n_columns: int
    n_series: int = 0
    columns: tuple[str, ...] = ()
    numeric: tuple[str, ...] = ()
    roles: Roles = field(default_factory=Roles)
    checks: Mapping[str, Check] = field(default_factory=dict[str, Check])
    datasheet: Datasheet | None = None
    readings: Readings | None = None
    recent: Readings | None = None
    recent_days: int = 30
    cells: Cells | None = None
    delivering: Delivering | None = None
    cadence_seconds: Interval | None = None
    spacing_metres: Interval | None = None
    coverage: Interval | None = None
    relative_error: Interval | None = None
    disclosure: Disclosure | None = None
    metadata: MetadataPoints | None = None

    @property
    def sheet(self) -> Datasheet:
        """The datasheet, or an empty one."""
        return self.datasheet or Datasheet()

    @property
    def is_stream(self) -> bool:
        """Whether a row is a reading."""
        return self.roles.form is Form.STREAM

    def made(self, names: tuple[str, ...]) -> tuple[Check, ...]:
        """Return the checks of these names that were made."""
        known = (self.checks.get(name) for name in names)
        return tuple(one for one in known if one and one.status is not Status.NOT_ESTABLISHED)

    def not_made(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the names among these whose check is there and could not be made."""
        known = (self.checks.get(name) for name in names)
        return tuple(one.name for one in known if one and one.status is Status.NOT_ESTABLISHED)
