"""One call for a whole set of tables: what an audience's edition may be computed from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenground.errors import Problem, UsageError, nearest_name
from evenground.language import N_
from evenground.methods.disclosure.indicators import protect_indicators
from evenground.methods.disclosure.people import AUDIENCES, accounts_for
from evenground.methods.disclosure.points import protect_points
from evenground.methods.disclosure.population import Protected, people_of, protect
from evenground.methods.disclosure.population_system import TOTAL, counts_of, small_counts
from evenground.methods.disclosure.rules import (
    Certificate,
    Nesting,
    People,
    Rules,
    emptied,
    nesting_of,
    texts,
)
from evenground.methods.disclosure.table_system import Flags
from evenground.schema import TableSchema


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed:
    """Tables that an edition may be computed from, and what was left out to make them.

    Attributes
    ----------
    tables
        Same names and columns as given. Tables without people are the very same objects.
    kept
        Boolean mask over the *given* rows for every table that lost rows; ``places_for`` cuts the
        places alike and gives them the tables' numbers.
    suppressed
        Cells taken out or replaced, by table; what ``Case.suppressed`` wants. Only tables with at
        least one are listed.
    withheld
        By table, names of whole groups whose total could not be published either.
    left_out
        Accounts left out for want of consent, by table.
    people
        Bounds of every suppressed population count; ``None`` when the table is absent or exempt.
    certificates
        The audit's outcome by table.
    """

    tables: Mapping[str, pa.Table]
    kept: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict[str, NDArray[np.bool_]])
    suppressed: Mapping[str, int] = field(default_factory=dict[str, int])
    withheld: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    left_out: Mapping[str, int] = field(default_factory=dict[str, int])
    people: Protected | None = None
    certificates: Mapping[str, Certificate] = field(default_factory=dict[str, Certificate])


def disclose(
    tables: Mapping[str, pa.Table],
    *,
    audience: str,
    rules: Rules,
    published: Mapping[str, bool],
    schemas: Collection[TableSchema],
) -> Disclosed:
    """Return the tables that the edition for ``audience`` is computed from.

    Call it once, on the tables of *all* levels and vintages (before a level is chosen), before any
    question is asked, so that every dossier of the same city leaves out the same cells.

    Parameters
    ----------
    tables
        The city's and the initiative's tables by name, model columns only. ``areas`` (all levels
        and editions) tells which areas lie within which; ``areas_all`` is taken instead if given.
    audience
        ``"public"`` or ``"internal"``. Internal: only accounts with consent ``withdrawn`` go.
    published
        Tables whose numbers are public already (``published = true``) are exempt.
    schemas
        Schemas of all tables, those that questions bring included: their columns with
        ``counts_people`` are protected, their rows with a ``consent`` column sorted by it.

    Raises
    ------
    UsageError
        If ``audience`` is neither, or a count is negative or not finite.
    """
    if audience not in AUDIENCES:
        raise _unknown_audience(audience)
    work = _Work(tables=dict(tables))
    for schema in schemas:
        if schema.name in work.tables and "consent" in schema.names:
            work.cut(schema.name, accounts_for(audience, tables[schema.name]))
    if audience == "internal" or rules.threshold <= 1:
        return work.finished()
    nesting = nesting_of(tables.get("areas_all", tables.get("areas")))
    open_to_all = {name for name, is_public in published.items() if is_public}
    if "population" in tables:
        work.protect_people(rules, nesting, is_public="population" in open_to_all)
    if "indicators" in tables and "indicators" not in open_to_all:
        work.protect_indicators(rules, nesting)
    if "points" in tables and "points" not in open_to_all:
        work.protect_points(rules)
    for schema in schemas:
        if schema.name not in {*open_to_all, "population", "indicators", "points"}:
            work.empty_small(schema, rules)
    return work.finished()


class _Work:
    """Tables in the making, and what was left out of them so far."""

    def __init__(self, tables: dict[str, pa.Table]) -> None:
        self.tables = tables
        self.kept: dict[str, Flags] = {}
        self.suppressed: dict[str, int] = {}
        self.withheld: dict[str, tuple[str, ...]] = {}
        self.left_out: dict[str, int] = {}
        self.people: Protected | None = None
        self.hidden: People = People()
        self.new_totals: dict[str, float] = {}
        self.certificates: dict[str, Certificate] = {}

    def finished(self) -> Disclosed:
        """Return what was made."""
        return Disclosed(
            tables=self.tables,
            kept=self.kept,
            suppressed={name: n for name, n in self.suppressed.items() if n},
            withheld={name: names for name, names in self.withheld.items() if names},
            left_out={name: n for name, n in self.left_out.items() if n},
            people=self.people,
            certificates=self.certificates,
        )

    def cut(self, name: str, keep: Flags) -> None:
        """Leave out rows for want of consent."""
        if not keep.all():
            self.tables[name] = self.tables[name].filter(pa.array(keep))
            self.kept[name] = keep
            self.left_out[name] = int((~keep).sum())

    def protect_people(self, rules: Rules, nesting: Nesting, *, is_public: bool) -> None:
        """Protect the table of people, and remember what it hides."""
        given = self.tables["population"]
        if is_public:
            self.hidden = people_of(given, None, rules=rules, nesting=nesting)
            return
        people = protect(given, rules=rules, nesting=nesting)
        self.people = people
        self.tables["population"] = people.table
        if not people.kept.all():
            self.kept["population"] = people.kept
        self.suppressed["population"] = people.n_suppressed
        self.withheld["population"] = people.withheld
        self.certificates["population"] = people.certificate
        self.hidden = people_of(given, people, rules=rules, nesting=nesting)
        self.new_totals = {
            area: count
            for area, group, count, gone in zip(
                texts(people.table, "area_id"),
                texts(people.table, "group"),
                people.table.column("count").to_pylist(),
                people.suppressed.to_pylist(),
                strict=True,
            )
            if gone and group == TOTAL
        }

    def protect_indicators(self, rules: Rules, nesting: Nesting) -> None:
        """Empty indicators that rest on small counts."""
        found = protect_indicators(
            self.tables["indicators"], rules=rules, nesting=nesting, people=self.hidden
        )
        self.tables["indicators"] = found.table
        self.suppressed["indicators"] = int(found.suppressed.sum())
        self.certificates["indicators"] = found.certificate

    def protect_points(self, rules: Rules) -> None:
        """Even out small counts at points."""
        self.tables["points"], changed = protect_points(
            self.tables["points"], rules=rules, area_totals=self.new_totals
        )
        self.suppressed["points"] = int(changed.sum())

    def empty_small(self, schema: TableSchema, rules: Rules) -> None:
        """Empty small counts of people in a table of which no totals are known."""
        table = self.tables.get(schema.name)
        for column in schema.columns:
            if table is None or not column.counts_people or column.name not in table.column_names:
                continue
            value, known = counts_of(table, column.name)
            none = np.zeros(0, dtype=np.int64)
            gone = known & small_counts(value, (none, none), rules)
            if gone.any():
                old = table.column(column.name).combine_chunks()
                place = table.column_names.index(column.name)
                table = table.set_column(place, table.field(place), emptied(old, gone))
                self.suppressed[schema.name] = self.suppressed.get(schema.name, 0) + int(gone.sum())
                self.tables[schema.name] = table


def _unknown_audience(audience: str) -> UsageError:
    return UsageError(
        Problem(
            code="unknown_audience",
            value=audience,
            nearest=nearest_name(audience, AUDIENCES),
            what=N_("{value} is not an audience."),
            rule=N_("What a dossier may hold depends on who may read it."),
            way_out=N_("Use public or internal."),
        )
    )
