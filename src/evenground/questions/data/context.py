"""What every finding of Data is made from: the case, the audits, areas and people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evenground.evidence import Source, sources_of
from evenground.frame.areas import Frame
from evenground.frame.naming import case_names
from evenground.protocol import Case
from evenground.questions.data.audited import DatasetAudit

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The case with the audits of its datasets, in the order in which they are listed.

    ``tables`` are what ``prepare`` selected; ``frame`` is ``None`` without areas; ``absent`` are
    the titles of datasets that are listed and of which nobody gave the file.
    """

    case: Case
    tables: Mapping[str, pa.Table]
    audits: tuple[DatasetAudit, ...]
    absent: tuple[str, ...]
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
