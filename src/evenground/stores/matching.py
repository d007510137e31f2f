"""Match a file's columns to the data model: declared names first, then the model's own names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evenground.errors import Place, Problem, ProblemKind, Severity, nearest_name
from evenground.language import N_
from evenground.schema import Kind, TableSchema
from evenground.stores.entries import TableEntry
from evenground.stores.raw import RawTable

NO_SUCH_MODEL_COLUMN = ProblemKind(
    code="no_such_model_column",
    what=N_("The table {table} of the data model has no column {value}."),
    rule=N_("Names on the left are the model's, names on the right those of your file."),
    way_out=N_("Use one of: {known}."),
    suggestion=N_("Write {nearest}. The model's columns are: {known}."),
)
NO_SUCH_COLUMN = ProblemKind(
    code="no_such_column",
    what=N_("{data_file} has no column {value}."),
    rule=N_("It is wanted for {wanted} of the table {table}."),
    way_out=N_("Its columns are: {known}."),
    suggestion=N_("Did you mean {nearest}? Its columns are: {known}."),
)
COLUMN_MISSING = ProblemKind(
    code="column_missing",
    what=N_("{file} has no column {column}, which the table {table} must have."),
    rule=N_("{column} is: {meaning}."),
    way_out=N_('Rename a column to {column}, or add: columns = {{{column} = "its name"}}.'),
    suggestion=N_('Is it {nearest}? Then add: columns = {{{column} = "{nearest}"}}.'),
)
NOT_USED = ProblemKind(
    code="columns_not_used",
    severity=Severity.NOTE,
    what=N_("Columns that were not used ({n_columns}): {value}"),
    rule=N_("The data model has no place for them, or nobody matched them."),
    way_out=N_("Match what you need under columns or wide."),
)
NO_MARGIN_COLUMN = ProblemKind(
    code="no_margin_column",
    severity=Severity.WARNING,
    what=N_("No column fits the margins of error: {value} is not there."),
    rule=N_("Without margins the counts look surer than they are."),
    way_out=N_("Change wide_margin, where {{column}} stands for the column of the count."),
    suggestion=N_("Did you mean {nearest}? {{column}} stands for the column of the count."),
)
AREA = "areas.area_id"
_SHAPES = ("geometry", "geom", "the_geom", "wkt", "shape", "wkb_geometry")
_X = ("x", "lon", "lng", "long", "longitude", "easting", "x_coord", "xcoord", "point_x", "e")
_Y = ("y", "lat", "latitude", "northing", "y_coord", "ycoord", "point_y", "n")
_SHOWN_COLUMNS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class WideColumn:
    """One group's or indicator's own column, and the column of its margins (may be empty)."""

    name: str
    column: str
    margin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Which source column serves which model column.

    ``usable`` is false when a required column is not there. ``x``, ``y`` and ``shape`` name the
    columns that hold a place in words.
    """

    columns: Mapping[str, str]
    wide: Sequence[WideColumn]
    x: str = ""
    y: str = ""
    shape: str = ""
    usable: bool = True
    problems: tuple[Problem, ...] = ()
    noticed: tuple[Problem, ...] = ()


class _Matcher:
    def __init__(self, raw: RawTable, schema: TableSchema, entry: TableEntry) -> None:
        self.raw, self.schema, self.entry = raw, schema, entry
        self.names = list(raw.columns)
        self.folded = {name.casefold(): name for name in reversed(self.names)}
        self.problems: list[Problem] = []
        self.columns: dict[str, str] = {}

    @property
    def header(self) -> Place:
        return replace(self.raw.place, row=self.raw.header_row)

    def source(self, name: str, *keys: str) -> str:
        """Return the source column of a name declared at ``keys``, or say that there is none."""
        found = name if name in self.raw.columns else self.folded.get(name.casefold(), "")
        if not found:
            self.problems.append(
                NO_SUCH_COLUMN.at(
                    self.entry.at(*keys), value=name, nearest=nearest_name(name, self.names),
                    wanted=keys[-1], table=self.schema.name, known=self._listed(),
                    data_file=self.raw.place.file,
                )
            )  # fmt: skip
        return found

    def declared(self) -> None:
        """Take the columns that the entry names."""
        possible = (*self.schema.names, "x", "y")
        for model, name in self.entry.columns.items():
            if model in possible:
                if found := self.source(name, "columns", model):
                    self.columns[model] = found
            else:
                self._unknown("columns", model, possible)
        for model in self.entry.values:
            if model not in possible:
                self._unknown("values", model, possible)

    def _unknown(self, key: str, model: str, possible: Sequence[str]) -> None:
        self.problems.append(
            NO_SUCH_MODEL_COLUMN.at(
                self.entry.at(key, model), value=model, nearest=nearest_name(model, possible),
                table=self.schema.name, known=", ".join(self.schema.names),
            )
        )  # fmt: skip

    def own_names(self) -> None:
        """Take columns that bear the model's own names, unless the entry named another."""
        for column in self.schema.columns:
            if column.kind is Kind.GEOMETRY or column.name in self.entry.columns:
                continue
            if column.name in self.entry.values:
                continue
            found = self.folded.get(column.name.casefold())
            if found and found not in self.columns.values():
                self.columns[column.name] = found

    def wide(self) -> list[WideColumn]:
        """Return the columns that hold one group or indicator each."""
        found: list[WideColumn] = []
        for name, column in self.entry.wide.items():
            source = self.source(column, "wide", name)
            if source:
                found.append(
                    WideColumn(name=name, column=source, margin=self._margin(name, source))
                )
        if self.entry.wide_margin and found and not any(one.margin for one in found):
            pattern = self.entry.wide_margin
            wanted = pattern if isinstance(pattern, str) else ", ".join(pattern.values())
            example = wanted.replace("{column}", found[0].column)
            self.problems.append(
                NO_MARGIN_COLUMN.at(
                    self.entry.at("wide_margin"),
                    value=example,
                    nearest=nearest_name(example, self.names),
                )
            )
        return found

    def _margin(self, name: str, column: str) -> str:
        pattern = self.entry.wide_margin
        if not isinstance(pattern, str):
            given = pattern.get(name, "")
            return self.source(given, "wide_margin", name) if given else ""
        wanted = pattern.replace("{column}", column) if pattern else ""
        return self.folded.get(wanted.casefold(), "")

    def required(self, *, has_place: bool) -> bool:
        """Say which required columns are missing; return whether none is."""
        given = {*self.columns, *self.entry.values}
        if self.entry.wide:
            given |= {self.schema.wide_key, self.schema.wide_value}
        complete = True
        for column in self.schema.columns:
            if has_place and column.refers_to == AREA:
                continue  # the area is found from the place
            if column.required and column.name not in given:
                complete = False
                if column.name in self.entry.columns:
                    continue  # said already: the column that was named is not there
                spare = [name for name in self.names if name not in self.columns.values()]
                self.problems.append(
                    COLUMN_MISSING.at(
                        replace(self.header, column=column.name),
                        nearest=nearest_name(column.name, spare), table=self.schema.name,
                        meaning=column.meaning,
                    )
                )  # fmt: skip
        return complete

    def place_column(self, model: str, names: Sequence[str]) -> str:
        """Return the column that holds a coordinate or shape, declared or by its usual name."""
        if model in self.columns:
            return self.columns.pop(model)
        if not self.schema.geometry or self.raw.geometry is not None:
            return ""
        free = [self.folded[n] for n in names if n in self.folded]
        return next((name for name in free if name not in self.columns.values()), "")

    def unused(self, used: set[str]) -> tuple[Problem, ...]:
        spare = [name for name in self.names if name not in used]
        if not spare:
            return ()
        shown = ", ".join(spare[:_SHOWN_COLUMNS]) + (" …" if len(spare) > _SHOWN_COLUMNS else "")
        return (NOT_USED.at(self.header, value=shown, n_columns=len(spare)),)

    def _listed(self) -> str:
        more = " …" if len(self.names) > _SHOWN_COLUMNS else ""
        return ", ".join(self.names[:_SHOWN_COLUMNS]) + more


def match_columns(raw: RawTable, schema: TableSchema, entry: TableEntry) -> Match:
    """Return which columns of a file serve the table, and what is wrong or left over."""
    matcher = _Matcher(raw, schema, entry)
    matcher.declared()
    matcher.own_names()
    wide = matcher.wide()
    x, y = matcher.place_column("x", _X), matcher.place_column("y", _Y)
    shape = matcher.place_column("geometry", _SHAPES)
    has_place = raw.geometry is not None or bool(shape) or bool(x and y)
    usable = matcher.required(has_place=has_place) and bool(wide or not entry.wide)
    used = {*matcher.columns.values(), *entry.where, x, y, shape}
    used |= {one.column for one in wide} | {one.margin for one in wide}
    return Match(
        columns=matcher.columns,
        wide=wide,
        x=x if x and y else "",
        y=y if x and y else "",
        shape=shape,
        usable=usable,
        problems=tuple(matcher.problems),
        noticed=matcher.unused(used),
    )
