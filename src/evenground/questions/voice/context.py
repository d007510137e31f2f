"""What every finding of Voice is made from: the case, the log, each time that people were asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evenground.evidence import Message, Source, sources_of
from evenground.frame.areas import Frame, frame
from evenground.frame.naming import case_names
from evenground.protocol import Case
from evenground.questions.voice.asked import Asked, asked_of, cost_of
from evenground.questions.voice.large_tables import LARGE_TABLES
from evenground.questions.voice.logged import Log, Row, log_of
from evenground.questions.voice.measures.timing.committed_share import Cost
from evenground.questions.voice.measures.timing.event import Event
from evenground.questions.voice.measures.timing.steps import steps_of

if TYPE_CHECKING:
    import pyarrow as pa

_LARGE = ("population", "indicators", "located_comments", "areas", *LARGE_TABLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The case with its log.

    ``tables`` are what was selected, ``rows`` the small ones; ``loose`` are events that belong to
    no step for certain; ``frame`` holds the areas, where there are any.
    """

    case: Case
    tables: Mapping[str, pa.Table]
    rows: Mapping[str, Sequence[Row]]
    log: Log
    asked: tuple[Asked, ...]
    loose: tuple[Event, ...]
    cost: Cost | None
    frame: Frame | None

    @property
    def confidence(self) -> float:
        """Of all intervals."""
        return self.case.settings.number("confidence")

    def known(self, **more: Any) -> dict[str, Any]:
        """Return the parameters that every sentence may name, and more."""
        return {**case_names(self.case), "initiative": self.case.initiative.title, **more}

    def sources(self, *tables: str) -> tuple[Source, ...]:
        """Return where the rows of some tables came from."""
        return sources_of(tables, self.case.sources)

    def body(self) -> Message:
        """Return whom to ask about the decision."""
        name = self.case.initiative.decision.body
        if name:
            return Message(code="to.body", parameters={"name": name})
        return Message(code="to.body_unknown")


def context_of(tables: Mapping[str, pa.Table], case: Case) -> Context:
    """Return the case and its log."""
    rows: dict[str, Sequence[Row]] = {
        name: table.to_pylist() for name, table in tables.items() if name not in _LARGE
    }
    log = log_of(rows.get("events", ()))
    cost = cost_of(case.initiative, log, rows.get("cost_lines", ()))
    found = steps_of(log.events)
    return Context(
        case=case,
        tables=tables,
        rows=rows,
        log=log,
        asked=tuple(
            asked_of(case, log, step, number=n, cost=cost)
            for n, step in enumerate(found.steps, start=1)
        ),
        loose=found.loose,
        cost=cost,
        frame=frame(tables, case),
    )
