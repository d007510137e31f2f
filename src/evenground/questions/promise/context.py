"""What every finding of Promise is made from: the case, the promises, and rows of tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evenground.evidence import Message, Source, sources_of
from evenground.frame.naming import case_names
from evenground.protocol import Case
from evenground.questions.promise.stated import Promise, stated
from evenground.questions.promise.tables import SCHEMAS

if TYPE_CHECKING:
    import pyarrow as pa

Rows = Sequence[Mapping[str, Any]]
_LARGE = ("outcomes", "agency_indicators")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The case with its promises; ``tables`` are what was selected, ``rows`` the small ones."""

    case: Case
    tables: Mapping[str, pa.Table]
    rows: Mapping[str, Rows]
    promises: tuple[Promise, ...]

    @property
    def confidence(self) -> float:
        """Of all intervals, unless a promise's own error rate was set beforehand."""
        return self.case.settings.number("confidence")

    @property
    def may_evaluate(self) -> bool:
        """Whether outcome data may be held against the promises: sealed, or asked for unsealed."""
        return self.case.permission.allowed

    def known(self, **more: Any) -> dict[str, Any]:
        """Return the parameters that every sentence may name, and more."""
        return {**case_names(self.case), "initiative": self.case.initiative.title, **more}

    def sources(self, *tables: str) -> tuple[Source, ...]:
        """Return where the rows of some tables came from."""
        return sources_of(tables, self.case.sources)

    def offerer(self) -> Message:
        """Return whom to ask about the offer."""
        name = self.case.initiative.offered_by
        if name:
            return Message(code="to.offerer", parameters={"name": name})
        return Message(code="to.offerer_unknown")


def context_of(tables: Mapping[str, pa.Table], case: Case) -> Context:
    """Return the case and its promises; rows without what the data model requires are left out."""
    whole = {name: _whole(name, table) for name, table in tables.items()}
    rows: dict[str, Rows] = {
        name: table.to_pylist() for name, table in whole.items() if name not in _LARGE
    }
    return Context(case=case, tables=whole, rows=rows, promises=stated(rows))


def _whole(name: str, table: pa.Table) -> pa.Table:
    schema = SCHEMAS.get(name)
    required = [one.name for one in schema.columns if one.required] if schema else []
    for column in required:
        if column in table.column_names and table[column].null_count:
            table = table.filter(table[column].is_valid())
    return table
