"""The one interface between questions and everything else: tables in, findings out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from evenground.city import City
from evenground.errors import Problem
from evenground.evidence import Finding, Source
from evenground.initiative import Initiative
from evenground.record import Permission, SealStatus, may_evaluate
from evenground.schema import Setting, Settings, TableSchema

if TYPE_CHECKING:
    import geopandas as gpd
    import ibis
    import numpy as np
    import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A table that a question reads and the columns it must have.

    ``each`` stands for a list of datasets whose rows are read too: each is ``datasets/<id>``.
    """

    table: str
    columns: tuple[str, ...] = ()
    optional: bool = False
    each: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetCard:
    """What is known of a dataset beside its rows, which are the table ``datasets/<id>``.

    Attributes
    ----------
    title, informs
        Its name; the decision that it informs, if any is named.
    stated, has_datasheet
        Its datasheet as a mapping, completed by what its columns were taken for; whether anybody
        wrote one.
    guessed
        Which of that was guessed, and from what, by role.
    columns, facts
        Profiles of its columns, and what else is known before rows are asked, as the question that
        reads them defines it.
    n_rows
        How many rows it has; ``None`` where nobody gave the file.
    sources, problems
        The files that its rows come from; what was found on opening them.
    """

    title: str
    informs: str = ""
    stated: Mapping[str, Any] = field(default_factory=dict[str, Any])
    has_datasheet: bool = False
    guessed: Mapping[str, Any] = field(default_factory=dict[str, Any])
    columns: tuple[Any, ...] = ()
    facts: Any = None
    n_rows: int | None = None
    sources: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that is not a table. ``places`` are small geometries in the city's projected CRS.

    ``sources`` says for each table where its rows came from; ``suppressed`` how many cells the
    edition's disclosure control took out of it; ``notes`` carries what readers noticed and a
    finding may have to say (codes such as ``interpolated``), by table; ``datasets`` what is known
    of each dataset of the initiative beside its rows. ``seal`` is the state of its sealed promises,
    ``unsealed`` whether somebody asked for an evaluation whatever that is.
    """

    initiative: Initiative
    city: City
    settings: Settings
    today: date
    places: Mapping[str, gpd.GeoDataFrame]
    rng: Callable[[str], np.random.Generator]
    progress: Callable[[float | None, str], None]
    sources: Mapping[str, tuple[Source, ...]] = field(default_factory=dict[str, tuple[Source, ...]])
    suppressed: Mapping[str, int] = field(default_factory=dict[str, int])
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    datasets: Mapping[str, DatasetCard] = field(default_factory=dict[str, DatasetCard])
    seal: SealStatus = field(default_factory=SealStatus)
    unsealed: bool = False

    @property
    def permission(self) -> Permission:
        """Whether outcome data may be held against promises, and on what ground."""
        return may_evaluate(self.seal, unsealed=self.unsealed)


class Fold(Protocol):
    """A pure reducer over ordered Arrow batches of the lazy table ``over``, run by the store.

    Rows come sorted by ``by`` and ``order_by``; each combination of the ``by`` columns has a state
    of its own, and ``finish`` is called once for each.
    """

    @property
    def over(self) -> ibis.Table:
        """The rows."""
        ...

    @property
    def by(self) -> tuple[str, ...]:
        """Columns that set states apart."""
        ...

    @property
    def order_by(self) -> tuple[str, ...]:
        """Columns by which the rows of a state come in order."""
        ...

    def step(self, state: Any, batch: pa.RecordBatch) -> Any:
        """Take one batch into the state (``None`` at first) and return the new state."""
        ...

    def finish(self, state: Any) -> pa.Table:
        """Turn the last state into a small table."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question's answer: one headline, findings in reading order, and what was missing."""

    headline: Finding
    findings: tuple[Finding, ...] = ()
    unmet: tuple[Need, ...] = ()


Prepare = Callable[[Mapping[str, "ibis.Table"], Case], Mapping[str, "ibis.Table | Fold"]]
Reply = Callable[[Mapping[str, "pa.Table"], Case], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question is a value. ``answer`` is pure; ``None`` stands for "not asked yet"."""

    key: str
    title: str
    asks: str
    order: int
    needs: tuple[Need, ...] = ()
    tables: tuple[TableSchema, ...] = ()
    settings: tuple[Setting, ...] = ()
    prepare: Prepare | None = None
    answer: Reply | None = None
    wording: Mapping[str, str | tuple[str, str]] = field(
        default_factory=dict[str, "str | tuple[str, str]"]
    )
