"""The audit of one dataset: all that was found, and what it can carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from evenground.errors import Problem
from evenground.evidence import Figure, Message, Source
from evenground.questions.data.datasheet.model import Datasheet
from evenground.questions.data.measures.checks import Check, Status
from evenground.questions.data.measures.fidelity import Fidelity
from evenground.questions.data.measures.roles import Roles
from evenground.questions.data.purposes.model import Measured, PurposeVerdict

if TYPE_CHECKING:
    import pyarrow as pa

    from evenground.questions.data.covering import Reached
    from evenground.questions.data.exposing import Exposure
    from evenground.questions.data.predicting import Judged


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetAudit:
    """What an audit of one dataset found.

    Attributes
    ----------
    key, title
        Its short code, and what it is called.
    n_rows, n_columns, period
        Its size, and from which day to which it reaches (``None`` without times).
    roles, guessed
        What its columns stand for; for each role that was guessed, why.
    sources, problems
        The files, and what was found on opening them.
    checks
        Every fault looked for, by name, in the order in which it is told.
    measures, verdicts
        The 16 measures by name, and for each purpose whether the data can carry it.
    figures
        Pictures of it.
    series
        One row per sensor: the table that ``measures.series`` describes; ``None`` without any.
    held
        How far values are from a reference; ``None`` without one.
    reached
        Who lives within reach of its sensors; ``None`` without places or people.
    judged
        How predictions in it fared, by group and by area; empty without any.
    exposure
        What its rows and traces give away of people.
    datasheet, datasheet_given
        What people say about it, and whether they said anything.
    """

    key: str
    title: str
    n_rows: int
    n_columns: int
    roles: Roles
    datasheet: Datasheet
    period: tuple[date, date] | None = None
    guessed: Mapping[str, Message] = field(default_factory=dict[str, Message])
    sources: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()
    checks: Mapping[str, Check] = field(default_factory=dict[str, Check])
    measures: Mapping[str, Measured] = field(default_factory=dict[str, Measured])
    verdicts: Mapping[str, PurposeVerdict] = field(default_factory=dict[str, PurposeVerdict])
    figures: tuple[Figure, ...] = ()
    series: pa.Table | None = None
    held: Fidelity | None = None
    reached: Reached | None = None
    judged: tuple[Judged, ...] = ()
    exposure: Exposure | None = None
    datasheet_given: bool = False

    def found(self) -> Iterator[Check]:
        """Yield what was found."""
        return (check for check in self.checks.values() if check.status is Status.FOUND)

    def not_established(self) -> Iterator[Check]:
        """Yield what could not be established."""
        return (c for c in self.checks.values() if c.status is Status.NOT_ESTABLISHED)

    def flags(self) -> pa.Table:
        """Return one row per flagged value, in the order of the checks."""
        import pyarrow as pa

        from evenground.questions.data.measures.checks import flag_schema

        parts = [check.flags for check in self.checks.values() if check.flags is not None]
        return pa.concat_tables(parts) if parts else flag_schema().empty_table()

    def as_data(self) -> dict[str, Any]:
        """Return the audit as plain values, in the shape that programs can rely on."""
        from evenground.questions.data.plain_audit import as_data

        return as_data(self)

    def _repr_html_(self) -> str:
        """Return verdicts and measures as tables, for notebooks."""
        from evenground.questions.data.notebook_view import notebook_view

        return notebook_view(self)
