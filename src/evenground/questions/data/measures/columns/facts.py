"""What checks of columns know before they ask the rows anything, and how they flag rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from evenground.evidence import Message
from evenground.questions.data.measures.checks import Check, flag_schema
from evenground.questions.data.measures.columns.column_profile import (
    RESERVED,
    ColumnProfile,
    Holds,
)
from evenground.questions.data.measures.columns.moments import Expression
from evenground.questions.data.measures.columns.readings import parts_of
from evenground.questions.data.measures.roles import Roles

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

ROW, FILE = RESERVED
FLAGS_KEPT = 10_000
"""Flagged rows that a check keeps; the count says how many there are."""
LOOKED_AT = 120
"""Columns that are looked at row by row; figures are known of all."""
EXACT_ROWS = 5_000_000
"""Tables with more rows are not compared row by row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileColumns:
    """One file of a dataset: its name and rows, and its columns with their types, in order."""

    name: str
    columns: Mapping[str, str]
    n_rows: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a table.

    Attributes
    ----------
    profiles, roles
        What its columns hold and stand for.
    files
        The files that its rows are from, in order.
    has_row
        Whether rows have a position (``ROW``); flags have no row where they do not.
    area_codes
        Codes of areas by edition, the present edition first; empty where no city is known.
    denominators_from
        The smallest denominator that a rate may have.
    """

    profiles: tuple[ColumnProfile, ...]
    roles: Roles
    files: tuple[FileColumns, ...] = ()
    has_row: bool = True
    area_codes: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    denominators_from: int = 20

    @property
    def n(self) -> int:
        """Rows of the table."""
        return max((column.n for column in self.profiles), default=0)

    @property
    def has_file(self) -> bool:
        """Whether rows have the name of their file (``FILE``)."""
        return len(self.files) > 1

    def column(self, name: str) -> ColumnProfile | None:
        """Return the profile of a column, if there is such a one."""
        return next((column for column in self.profiles if column.name == name), None)

    @property
    def time_columns(self) -> tuple[str, ...]:
        """Columns that hold the time of a row."""
        parts = parts_of(self.roles.time, {one.name: one for one in self.profiles})
        return parts or ((self.roles.time,) if self.column(self.roles.time) else ())

    def narrowed(self) -> Facts:
        """Return the facts of the columns that are looked at row by row: at most ``LOOKED_AT``.

        Those with a role first, then the others in their order.
        """
        if len(self.profiles) <= LOOKED_AT:
            return self
        roles = self.roles
        named = {
            roles.sensor, roles.arrived, roles.x, roles.y, roles.area, roles.row_id,
            roles.prediction, roles.outcome, roles.person, *self.time_columns, *roles.values,
        }  # fmt: skip
        first = [column for column in self.profiles if column.name in named]
        others = [column for column in self.profiles if column.name not in named]
        kept = sorted((first + others)[:LOOKED_AT], key=lambda column: column.position)
        return replace(self, profiles=tuple(kept))

    def texts(self) -> Iterator[ColumnProfile]:
        """Yield the columns of texts."""
        return (column for column in self.profiles if column.holds is Holds.TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnCheck:
    """One check: what it asks of the rows (lazily), and what it makes of the replies.

    ``finds`` is handed a table for each key of ``asks``. ``of_all`` says that it counts by the
    figures of all columns, however many there are; others look at ``Facts.narrowed`` only.
    """

    name: str
    asks: Callable[[ibis.Table, Facts], Mapping[str, ibis.Table]]
    finds: Callable[[Facts, Mapping[str, pa.Table]], Check]
    of_all: bool = False


def nothing_asked(_: ibis.Table, __: Facts) -> Mapping[str, ibis.Table]:
    """Ask nothing: the profiles know it all."""
    return {}


def definition(name: str, **parameters: Any) -> Message:
    """Return the definition of a check, with what held when it was made."""
    return Message(code=f"definition.{name}", parameters=parameters)


def reason(code: str, **parameters: Any) -> Message:
    """Return why something is not established."""
    return Message(code=f"reason.{code}", parameters=parameters)


def is_blank(column: Expression) -> Expression:
    """Whether a cell holds nothing, or only spaces."""
    missing = column.isnull()
    if not column.type().is_string():
        return missing
    return missing | column.re_search("^[ \t\r\n\N{NO-BREAK SPACE}]*$")


def flagged(table: ibis.Table, facts: Facts, column: str, condition: Expression) -> ibis.Table:
    """Return the first ``FLAGS_KEPT`` rows where a condition holds, with the value of a column."""
    import ibis

    kept: Any = table.filter(condition)
    sensor = facts.roles.sensor
    row = kept[ROW].cast("int64") if facts.has_row else ibis.null("int64")
    chosen: Any = kept.select(
        row=row,
        sensor=kept[sensor].cast("string") if sensor in table.columns else ibis.null("string"),
        column=ibis.literal(column),
        value=kept[column].cast("string") if column in table.columns else ibis.null("string"),
    )
    order = ["row"] if facts.has_row else ["value"]
    return chosen.order_by(order).limit(FLAGS_KEPT)


def flagged_in(
    table: ibis.Table, facts: Facts, conditions: Mapping[str, Expression]
) -> Mapping[str, ibis.Table]:
    """Return ``flags`` for several columns, each with its own condition; none if there is none."""
    import ibis

    parts = [flagged(table, facts, column, one) for column, one in conditions.items()]
    if not parts:
        return {}
    return {"flags": ibis.union(*parts) if len(parts) > 1 else parts[0]}


def flags_of(check: str, found: Mapping[str, pa.Table], *keys: str) -> pa.Table | None:
    """Return flags as every check has them, in the order of rows and columns."""
    import pyarrow as pa

    tables = [found[key] for key in keys or ("flags",) if key in found]
    if not tables:
        return None
    rows: list[dict[str, Any]] = [row for table in tables for row in table.to_pylist()]
    rows.sort(key=_in_order)
    shaped = [
        {
            "row": row["row"], "sensor": row["sensor"] or "", "time": None,
            "column": row["column"], "check": check, "value": row["value"],
        }
        for row in rows[:FLAGS_KEPT]
    ]  # fmt: skip
    return pa.Table.from_pylist(shaped, schema=flag_schema())


def _in_order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["row"] is None, row["row"] or 0, row["column"], row["value"] or ""


def by_column(counts: Mapping[str, int], most: int = 50) -> dict[str, int]:
    """Return counts by column, the largest first, without zeros and beyond a number."""
    held = [(name, n) for name, n in counts.items() if n]
    return dict(sorted(held, key=lambda one: (-one[1], one[0]))[:most])


def single(found: Mapping[str, pa.Table], key: str) -> dict[str, Any]:
    """Return the one row of a reply."""
    rows = found[key].to_pylist()
    return rows[0] if rows else {}


def union_of(tables: Sequence[ibis.Table]) -> ibis.Table:
    """Return several tables of one shape as one."""
    import ibis

    return ibis.union(*tables) if len(tables) > 1 else tables[0]
